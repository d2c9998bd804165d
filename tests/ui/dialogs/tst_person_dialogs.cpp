#include "ui/dialogs/person_dialogs.h"

#include <QCheckBox>
#include <QDateEdit>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace cordon;
using namespace cordon::ui;

/// Other roles and training of somebody who is enrolled: what is drawn up here counts once owners have signed.
class TestPersonDialogs : public QObject
{
    Q_OBJECT

    QWidget m_window;

    static QPushButton* button(const QDialog& dialog, const char* text)
    {
        for (QPushButton* one : dialog.findChildren<QPushButton*>()) {
            if (one->text() == QString::fromUtf8(text))
                return one;
        }
        return nullptr;
    }
    static QCheckBox* role(const QDialog& dialog, const char* name)
    {
        for (QCheckBox* one : dialog.findChildren<QCheckBox*>()) {
            if (one->text() == QLatin1String(name))
                return one;
        }
        return nullptr;
    }
    static bool says(const QWidget& dialog, const char* words)
    {
        const auto labels = dialog.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [words](const QLabel* one) { return one->text().contains(QString::fromUtf8(words), Qt::CaseInsensitive); });
    }

private slots:
    void rolesAreSignedOnlyWhereTheyChangeAndSomeAreLeft()
    {
        // In whatever order somebody's roles were written.
        auto* dialog = new dialogs::RolesDialog(QStringLiteral("ada"), {QStringLiteral("commander"), QStringLiteral("analyst")}, &m_window);
        QSignalSpy answers(dialog, &dialogs::RolesDialog::answered);
        QPushButton* sign = button(*dialog, "Sign as owner…");
        QVERIFY(sign && !sign->isEnabled());
        role(*dialog, "commander")->click();
        QVERIFY(sign->isEnabled());
        role(*dialog, "analyst")->click();
        QVERIFY(!sign->isEnabled()); // without any role nobody stays
        role(*dialog, "reviewer")->click();
        sign->click();
        QCOMPARE(answers.size(), 1);
        QCOMPARE(answers[0][0].toStringList(), QStringList{QStringLiteral("reviewer")});
    }

    void trainingEndsWithTheDayThatWasNamed()
    {
        const QDate day(2031, 3, 9);
        auto* dialog = new dialogs::TrainingDialog(QStringLiteral("ada"), day, &m_window);
        QSignalSpy answers(dialog, &dialogs::TrainingDialog::answered);
        QVERIFY(dialog->findChild<QDateEdit*>()->minimumDate() > QDateTime::currentDateTimeUtc().date()); // none that is over
        button(*dialog, "Sign as owner…")->click();
        QCOMPARE(answers.size(), 1);
        QCOMPARE(answers[0][0].toDate(), day);
        QCOMPARE(dialogs::endOf(day).toString().substr(0, 19), std::string("2031-03-09T23:59:59"));
    }

    void aDialogOfADialogSaysTooThatItIsReal()
    {
        m_window.setProperty(dialogs::PlainDialog::realProperty, QStringLiteral("prod"));
        auto* outer = new dialogs::PlainDialog(QStringLiteral("outer"), &m_window);
        auto* inner = new dialogs::RolesDialog(QStringLiteral("ada"), {}, outer);
        QVERIFY(says(*inner, "Real systems · prod"));
        m_window.setProperty(dialogs::PlainDialog::realProperty, QString());
        auto* later = new dialogs::RolesDialog(QStringLiteral("ada"), {}, &m_window);
        QVERIFY(!says(*later, "Real systems"));
    }
};

QTEST_MAIN(TestPersonDialogs)
#include "tst_person_dialogs.moc"
