#include "ui/dialogs/agent_key_dialog.h"
#include "ui/theme/apply.h"
#include "ui/theme/fonts.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cordon;
using namespace cordon::ui;

namespace {

class Drawer : public crypto::SecretStore
{
public:
    std::string kept;
    bool isBroken = false;
    Result<crypto::SecretBytes> find(const std::string&) override { return fail(ErrorCode::NotFound, "nothing"); }
    Result<void> keep(const std::string&, const crypto::SecretBytes& secret) override
    {
        if (isBroken)
            return fail(ErrorCode::Io, "no room in the drawer");
        kept = std::string(secret.text());
        return {};
    }
    bool isUnlocked() override { return true; }
    Result<void> forget(const std::string&) override { return {}; }
};

} // namespace

/// The window's question for the passphrase of the agent's key.
class TestAgentKeyDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    std::shared_ptr<Drawer> m_drawer;

    std::shared_ptr<engine::AgentIdentity> identity(bool hasKeyring = true)
    {
        return std::make_shared<engine::AgentIdentity>(m_home->path().toStdString(), hasKeyring ? m_drawer : nullptr,
                                                       crypto::ScryptCost{1U << 10U, 8, 1});
    }
    static void type(QDialog& dialog, const QStringList& texts)
    {
        const auto fields = dialog.findChildren<QLineEdit*>();
        QCOMPARE(fields.size(), texts.size());
        for (qsizetype i = 0; i < texts.size(); ++i)
            fields[i]->setText(texts[i]);
    }
    static QPushButton* button(QDialog& dialog, const QString& text)
    {
        for (QPushButton* one : dialog.findChildren<QPushButton*>()) {
            if (one->text() == text)
                return one;
        }
        return nullptr;
    }
    static bool says(QDialog& dialog, const QString& words)
    {
        return QTest::qWaitFor([&] {
            const auto labels = dialog.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](QLabel* one) { return one->text().contains(words); });
        });
    }

private slots:
    void initTestCase()
    {
        QVERIFY(theme::loadFonts());
        theme::apply(*qApp, theme::Mode::Dark);
    }
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_drawer = std::make_shared<Drawer>();
    }

    void theFirstTimeItIsTypedTwiceAndKeptOnlyWhereAPersonSaysSo()
    {
        const auto who = identity();
        bridge::AgentKeyDesk desk(who);
        auto* dialog = new dialogs::AgentKeyDialog(desk, false, nullptr);
        QSignalSpy accepted(dialog, &QDialog::accepted);
        dialog->open();
        QPushButton* make = button(*dialog, QStringLiteral("Make key"));
        QVERIFY(make && !make->isEnabled() && !make->isDefault() && !make->autoDefault());
        type(*dialog, {"too short", "too short"});
        QVERIFY(!make->isEnabled());
        type(*dialog, {"correct horse battery", "correct horse batterz"});
        make->click();
        QVERIFY(says(*dialog, QStringLiteral("another one")));
        for (const QLineEdit* field : dialog->findChildren<QLineEdit*>())
            QVERIFY(field->text().isEmpty());
        QVERIFY(!dialog->findChild<QCheckBox*>()->isChecked()); // never the default
        type(*dialog, {"correct horse battery", "correct horse battery"});
        make->click();
        QVERIFY(accepted.wait());
        QVERIFY(who->key() && m_drawer->kept.empty());
    }

    void laterItIsTypedOnceAndAKeyringThatRefusesIsTold()
    {
        const auto passphrase = crypto::SecretBytes::copyOf("correct horse battery");
        QVERIFY(identity()->open(passphrase, passphrase));
        const auto who = identity();
        bridge::AgentKeyDesk desk(who);
        auto* dialog = new dialogs::AgentKeyDialog(desk, false, nullptr);
        QSignalSpy accepted(dialog, &QDialog::accepted);
        QSignalSpy notKept(dialog, &dialogs::AgentKeyDialog::notKept);
        dialog->open();
        QPushButton* open = button(*dialog, QStringLiteral("Open key"));
        type(*dialog, {"not the passphrase"});
        open->click();
        QVERIFY(says(*dialog, QStringLiteral("does not open it")));
        QVERIFY(!who->key());
        m_drawer->isBroken = true;
        dialog->findChild<QCheckBox*>()->setChecked(true);
        type(*dialog, {"correct horse battery"});
        open->click();
        QVERIFY(accepted.wait());
        QCOMPARE(notKept.size(), 1);
        QVERIFY(who->key());
    }

    void withoutAKeyringThereIsNoBoxAndLaterLeavesItClosed()
    {
        const auto who = identity(false);
        bridge::AgentKeyDesk desk(who);
        auto* dialog = new dialogs::AgentKeyDialog(desk, false, nullptr);
        QSignalSpy rejected(dialog, &QDialog::rejected);
        dialog->open();
        QVERIFY(!dialog->findChild<QCheckBox*>());
        button(*dialog, QStringLiteral("Later"))->click();
        QCOMPARE(rejected.size(), 1);
        desk.leaveClosed();
        QVERIFY(!who->key() && who->problem().rfind("not_opened", 0) == 0);
    }
};

QTEST_MAIN(TestAgentKeyDialog)
#include "tst_agent_key_dialog.moc"
