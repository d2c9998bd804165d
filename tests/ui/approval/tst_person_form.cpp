#include "core/crypto/sealed_box.h"
#include "core/govern/person_vault.h"
#include "core/value/json.h"
#include "tests/core/govern/people_fixture.h"
#include "tests/support/software_key.h"
#include "ui/approval/person_form.h"
#include "ui/theme/apply.h"
#include "ui/theme/fonts.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cordon;
using namespace cordon::ui::approval;
using govern::fixture::PeopleMaker;

/// The form for sign-in, commands and people.
class TestPersonForm : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    MachineClock m_clock;

    std::string folder() const { return m_dir.filePath("people").toStdString(); }
    std::unique_ptr<PersonForm> form(PersonForm::Kind kind, const std::string& text, const std::string& person = "user:ann")
    {
        PersonForm::Input input;
        input.kind = kind;
        input.folder = folder();
        input.person = person;
        input.text = text;
        input.installation = std::string(64, 'a');
        auto made = PersonForm::make(std::move(input), m_clock);
        return made ? std::move(*made) : nullptr;
    }
    static QLineEdit* field(PersonForm& form, const QString& name)
    {
        for (QLineEdit* edit : form.findChildren<QLineEdit*>()) {
            if (edit->accessibleName().startsWith(name))
                return edit;
        }
        return nullptr;
    }
    static QPushButton* button(PersonForm& form, const QString& text)
    {
        for (QPushButton* one : form.findChildren<QPushButton*>()) {
            if (one->text() == text)
                return one;
        }
        return nullptr;
    }
    std::string signInWish()
    {
        return json::write(Value::Object{{"case", "a.cordon"}, {"session_key", crypto::SigningKey::generate().publicKey().toString()}});
    }

private slots:
    void initTestCase()
    {
        QVERIFY(ui::theme::loadFonts());
        ui::theme::apply(*qApp, ui::theme::Mode::Dark);
        QVERIFY(govern::createPerson(folder(), "user:ann", "Ann", {"analyst"}, crypto::SecretBytes::copyOf("209841"),
                                     crypto::SecretBytes::copyOf("12345678901234567890"), {}, {16, 1, 1}));
    }

    void takesInASecurityKeyAfterItWasTouched()
    {
        test::SoftwareKey token;
        const auto sheetWith = [&] {
            PersonForm::Input input;
            input.kind = PersonForm::Kind::AddKey;
            input.folder = folder();
            input.person = "user:ann";
            input.text = json::write(Value::Object{{"basis", std::string(64, 'a')}, {"name", "blue key"}, {"why", ""}});
            input.authenticator = &token;
            return std::move(*PersonForm::make(std::move(input), m_clock));
        };
        const auto sheet = sheetWith();
        QSignalSpy decided(sheet.get(), &PersonForm::decided);
        const auto give = [&](const char* keyPin, int ahead) {
            field(*sheet, QStringLiteral("PIN"))->setText(QStringLiteral("209841"));
            const auto secret = crypto::SecretBytes::copyOf("12345678901234567890");
            field(*sheet, QStringLiteral("Authenticator"))
                ->setText(QString::fromStdString(crypto::totpCode(secret, m_clock.now().micros() / 30'000'000 + ahead)));
            field(*sheet, QStringLiteral("PIN of the security key"))->setText(QString::fromLatin1(keyPin));
            QTest::mouseClick(button(*sheet, QStringLiteral("Touch it")), Qt::LeftButton);
        };
        sheet->show();
        const auto says = [&](const QString& words) {
            return QTest::qWaitFor([&] {
                const auto labels = sheet->findChildren<QLabel*>();
                return std::any_of(labels.begin(), labels.end(), [&](QLabel* one) { return one->text().contains(words); });
            });
        };
        give("0000", 0);
        QVERIFY(says(QStringLiteral("refused its PIN")));
        QCOMPARE(decided.size(), 0);
        give("1379", 1);
        QVERIFY(decided.wait());
        const auto signedAct = govern::readPeopleAct(decided[0][0].toString().toStdString());
        QVERIFY(signedAct && signedAct->act.securityKey == token.publicHalf("blue key"));
        QCOMPARE(token.touches, 1);
    }

    void signsInWithThePinAndNotByEnter()
    {
        const auto sheet = form(PersonForm::Kind::SignIn, signInWish());
        QVERIFY(sheet);
        QSignalSpy decided(sheet.get(), &PersonForm::decided);
        QSignalSpy later(sheet.get(), &PersonForm::notNow);
        sheet->show();
        QPushButton* sign = button(*sheet, QStringLiteral("Sign in"));
        QVERIFY(!sign->isEnabled() && !sign->isDefault());
        QCOMPARE(sheet->focusWidget(), static_cast<QWidget*>(field(*sheet, "PIN")));
        field(*sheet, "PIN")->setText("000000");
        QTest::keyClick(field(*sheet, "PIN"), Qt::Key_Return);
        QCOMPARE(decided.count(), 0);
        sign->click();
        QCOMPARE(decided.count(), 0);
        QVERIFY(field(*sheet, "PIN")->text().isEmpty());
        field(*sheet, "PIN")->setText("209841");
        sign->click();
        QCOMPARE(decided.count(), 1);
        QVERIFY(decided.at(0).at(0).toString().startsWith(QStringLiteral("cordon.presence.v1\n")));
        QTest::keyClick(sheet.get(), Qt::Key_Escape);
        QCOMPARE(later.count(), 1);
    }

    void showsTheCommandThatItSigns()
    {
        const std::string order = json::write(Value::Object{{"command", "undo"}, {"args", Value::Object{{"step", "INC-0001/S\xE2\x80\xAE""3"}, {"overwrite_drift", true}, {"unheard", "x"}}}, {"case", "a.cordon"}});
        const auto sheet = form(PersonForm::Kind::Order, order);
        QStringList shown;
        for (const QLabel* label : sheet->findChildren<QLabel*>())
            shown += label->text();
        QVERIFY(shown.contains(QStringLiteral("Take a step back")));
        QVERIFY(shown.contains(QStringLiteral("undo it all the same")));
        QVERIFY(shown.contains(QStringLiteral("unheard"))); // what has no word is shown as it is, never left out
        QVERIFY(!shown.join(QString()).contains(QStringLiteral("overwrite_drift")));
        QVERIFY2(!shown.join(QString()).contains(QChar(0x202E)), "text that turns itself around is shown as it is");
        QVERIFY(shown.join(QString()).contains(QStringLiteral("u{202E}"), Qt::CaseInsensitive));
        QVERIFY(!form(PersonForm::Kind::Order, "nothing"));
        QVERIFY(!form(PersonForm::Kind::People, "nothing"));
    }

    void resumingTakesTheAuthenticatorCode()
    {
        const auto order = [](const char* command) {
            return json::write(Value::Object{{"command", command}, {"args", Value::Object{}}, {"case", "a.cordon"}});
        };
        QVERIFY(!field(*form(PersonForm::Kind::Order, order("undo")), "Authenticator code"));
        const auto sheet = form(PersonForm::Kind::Order, order("resume"));
        QLineEdit* code = field(*sheet, "Authenticator code");
        QVERIFY(code);
        field(*sheet, "PIN")->setText("209841");
        QVERIFY(!button(*sheet, QStringLiteral("Sign"))->isEnabled());
    }

    void enrolsWithASecretThatIsShownOnceThePinIsChosen()
    {
        PeopleMaker maker;
        govern::PeopleAct wish = maker.act(govern::PeopleAct::Kind::Enrol, "user:new");
        wish.name = "New";
        wish.roles = {"owner"};
        const auto sheet = form(PersonForm::Kind::Enrol, json::write(govern::Enrolment::wishOf(wish)), "");
        QVERIFY(sheet);
        QSignalSpy decided(sheet.get(), &PersonForm::decided);
        QPushButton* go = button(*sheet, QStringLiteral("Continue"));
        field(*sheet, "New PIN")->setText("417733");
        field(*sheet, "The same again")->setText("417734");
        go->click();
        QVERIFY(!field(*sheet, "The six digits"));
        field(*sheet, "New PIN")->setText("417733");
        field(*sheet, "The same again")->setText("417733");
        go->click();
        QLineEdit* code = field(*sheet, "The six digits");
        QVERIFY(code && !go->isEnabled());
        QStringList shown;
        for (const QLabel* label : sheet->findChildren<QLabel*>())
            shown << label->text();
        QString secret;
        for (const QLabel* label : sheet->findChildren<QLabel*>()) {
            if (label->accessibleName() == QLatin1String("Secret for the authenticator"))
                secret = label->text().remove(QLatin1Char(' '));
        }
        const auto raw = crypto::SecretBytes::copyOf(*crypto::fromBase32(secret.toStdString()));
        code->setText(QString::fromStdString(crypto::totpCode(raw, m_clock.now().micros() / 30'000'000)));
        go->click();
        QCOMPARE(decided.count(), 1);
        const std::string block = decided.at(0).at(0).toString().toStdString();
        QCOMPARE(maker.why(block), std::string());
        QVERIFY(shown.contains(QString::fromStdString(maker.roll.people().find("user:new")->key.fingerprint())));
        QVERIFY(block.find("417733") == std::string::npos && block.find(secret.toStdString()) == std::string::npos);
    }

    void everyControlHasAName()
    {
        for (const auto kind : {PersonForm::Kind::SignIn, PersonForm::Kind::ChangePin}) {
            const auto sheet = form(kind, signInWish());
            for (const QWidget* widget : sheet->findChildren<QWidget*>()) {
                const bool isControl = qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget);
                QVERIFY2(!isControl || !widget->accessibleName().isEmpty() || !widget->property("text").toString().isEmpty(),
                         widget->metaObject()->className());
            }
        }
    }
};

QTEST_MAIN(TestPersonForm)
#include "tst_person_form.moc"
