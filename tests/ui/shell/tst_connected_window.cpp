#include "core/engine/case_reader.h"
#include "tests/app/connected_installation.h"
#include "ui/dialogs/agent_key_dialog.h"
#include "ui/dialogs/vault_dialog.h"
#include "ui/shell/bands.h"
#include "ui/shell/first_run.h"
#include "ui/shell/main_window.h"
#include "ui/shell/workspace.h"
#include "ui/theme/apply.h"
#include "ui/theme/fonts.h"
#include "ui/views/systems_view.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

using namespace cordon;
using namespace cordon::tests;
using namespace cordon::ui;

/// The window on real systems: an account of AWS that the tests play, through the same process and mandate as
/// `cordonctl run --connect`.
class TestConnectedWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<ConnectedInstallation> m_here;
    std::unique_ptr<shell::MainWindow> m_window;

    void makeWindow()
    {
        shell::Places places;
        places.home = m_here->ctl.home();
        places.resources = QStringLiteral(CORDON_SOURCE_DIR "/resources");
        places.programs = QStringLiteral(CORDON_BINARY_DIR "/bin");
        m_window = std::make_unique<shell::MainWindow>(places, theme::Mode::Dark);
        m_window->resize(1280, 800);
        m_window->show();
    }
    [[nodiscard]] shell::CaseWish wish(bool withLog = true) const
    {
        shell::CaseWish made;
        made.folder = m_here->ctl.caseFolder();
        made.connect = m_here->ctl.path("systems.yaml");
        if (withLog)
            made.logs = QStringList{m_here->log()};
        return made;
    }
    template<class T>
    [[nodiscard]] T* found() const
    {
        for (T* one : m_window->findChildren<T*>()) {
            if (one->isVisible())
                return one;
        }
        return nullptr;
    }
    template<class T>
    [[nodiscard]] T* awaited(int millis = 10'000) const
    {
        (void)QTest::qWaitFor([this] { return found<T>() != nullptr; }, millis);
        return found<T>();
    }
    static QPushButton* button(QWidget* in, const QString& text)
    {
        for (QPushButton* one : in->findChildren<QPushButton*>()) {
            if (one->text() == text)
                return one;
        }
        return nullptr;
    }
    static void answer(QDialog* dialog, const QString& passphrase, const QString& yes)
    {
        dialog->findChild<QLineEdit*>()->setText(passphrase);
        button(dialog, yes)->click();
    }
    /// Both secrets, as a person gives them.
    void giveSecrets() const
    {
        auto* key = awaited<dialogs::AgentKeyDialog>();
        QVERIFY(key);
        answer(key, QString::fromLatin1(ConnectedInstallation::agentPassphrase), QStringLiteral("Open key"));
        auto* vault = awaited<dialogs::VaultDialog>();
        QVERIFY(vault);
        answer(vault, QString::fromLatin1(ConnectedInstallation::vaultPassphrase), QStringLiteral("Open vault"));
    }
    [[nodiscard]] bool says(const QString& words) const
    {
        const auto labels = m_window->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](QLabel* one) { return one->isVisible() && one->text().contains(words); });
    }
    [[nodiscard]] QString band() const
    {
        const auto* real = m_window->findChild<shell::RealBand*>();
        return real && real->isVisible() ? real->accessibleName() : QString();
    }
    [[nodiscard]] bool isContained(const char* entry = "outcome.verified") const
    {
        return m_here->entryOf(entry, "credential.deactivate", m_here->accounts.front().newKey).has_value();
    }
    /// What the table of that name shows in one cell; "" where there is none.
    [[nodiscard]] QString cell(const QString& table, int row, int column) const
    {
        for (const QTableView* one : m_window->findChildren<QTableView*>()) {
            if (one->accessibleName() == table)
                return one->model()->index(row, column).data().toString();
        }
        return {};
    }

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("cordon-tests"));
        QVERIFY(theme::loadFonts());
        theme::apply(*qApp, theme::Mode::Dark);
    }
    void init()
    {
        m_here = std::make_unique<ConnectedInstallation>();
        qputenv("CORDON_HOME", m_here->ctl.home().toUtf8());
    }
    void cleanup()
    {
        m_window.reset();
        m_here.reset();
    }

    void withoutAMandateNothingIsOfferedAndNothingIsOpened()
    {
        m_here->putInForce("staging"); // the systems are in prod
        makeWindow();
        m_window->useSettings(m_here->ctl.path("systems.yaml"), true);
        auto* first = m_window->findChild<shell::FirstRun*>();
        QTRY_VERIFY(says(QStringLiteral("no mandate in force for this agent and environment prod")));
        for (const QRadioButton* choice : first->findChildren<QRadioButton*>())
            QVERIFY(choice->isEnabled() != choice->text().startsWith(QStringLiteral("Real systems")));
        QVERIFY(first->actOn() != shell::ActOn::Systems);
        m_window->start(wish());
        QTRY_VERIFY(says(QStringLiteral("No real system was connected")));
        QVERIFY(!QFile::exists(m_here->ctl.caseFolder()));
        QVERIFY(!found<dialogs::AgentKeyDialog>() && !found<dialogs::VaultDialog>()); // no secret is asked for what cannot be
        // Each other thing that is missing has its sentence.
        m_window->useSettings(m_here->ctl.path("nowhere.yaml"), false);
        QTRY_VERIFY(says(QStringLiteral("No settings of real systems")));
        m_here->write("bad.yaml", "connectors: cordon/v1\nsystems:\n  - name: aws\n    secret: no\n");
        m_window->useSettings(m_here->ctl.path("bad.yaml"), false);
        QTRY_VERIFY(says(QStringLiteral("cannot be used")));
    }

    void aSecretThatIsNotGivenLeavesEverythingClosed()
    {
        m_here->putInForce();
        makeWindow();
        m_window->start(wish());
        auto* key = awaited<dialogs::AgentKeyDialog>();
        QVERIFY(key);
        button(key, QStringLiteral("Later"))->click();
        QTRY_VERIFY(says(QStringLiteral("key stays closed")));
        QVERIFY(!QFile::exists(m_here->ctl.caseFolder()));
        m_window->start(wish());
        key = awaited<dialogs::AgentKeyDialog>();
        QVERIFY(key);
        answer(key, QString::fromLatin1(ConnectedInstallation::agentPassphrase), QStringLiteral("Open key"));
        auto* vault = awaited<dialogs::VaultDialog>();
        QVERIFY(vault);
        QVERIFY(says(QStringLiteral("aws-prod in prod")));
        answer(vault, QStringLiteral("another passphrase"), QStringLiteral("Open vault"));
        QTRY_VERIFY(says(QStringLiteral("does not open it")));
        QVERIFY(vault->findChild<QLineEdit*>()->text().isEmpty());
        button(vault, QStringLiteral("Cancel"))->click();
        QTRY_VERIFY(says(QStringLiteral("credentials stay closed")));
        QVERIFY(!QFile::exists(m_here->ctl.caseFolder()));
        QVERIFY(m_here->accounts.front().fake.done.empty());
    }

    // GOV-OUTCOME, in the window
    void fromTheLogToTheSystemUnderTheEyesOfAPerson()
    {
        m_here->putInForce();
        AttackedAccount& account = m_here->accounts.front();
        makeWindow();
        m_window->useSettings(m_here->ctl.path("systems.yaml"), true);
        auto* first = m_window->findChild<shell::FirstRun*>();
        QTRY_COMPARE(first->actOn(), shell::ActOn::Systems);
        QVERIFY(says(QStringLiteral("aws-prod, under mandate m-cloud revision 1")));
        m_window->start(wish());
        giveSecrets();
        QTRY_VERIFY_WITH_TIMEOUT(isContained(), 60'000);
        QCOMPARE(account.fake.keys[account.newKey].status, std::string("Inactive"));
        QCOMPARE(account.fake.keys[account.oldKey].status, std::string("Active")); // it waits for people
        QCOMPARE(m_here->entries("systems.connected").size(), 1U);
        // Nobody can miss that it is real.
        QTRY_VERIFY2(band().contains(QStringLiteral("happens, in prod: aws-prod")), qPrintable(band()));
        QVERIFY(m_window->windowTitle().startsWith(QStringLiteral("REAL SYSTEMS")));
        QVERIFY(!m_window->findChild<shell::ExerciseBand*>()->isVisible());
        // How the system answers, on both screens that list it.
        for (const char* table : {"Real systems of this case", "Real systems that the agent acts on"}) {
            const QString name = QString::fromLatin1(table);
            QTRY_COMPARE(cell(name, 0, 0), QStringLiteral("aws-prod"));
            QTRY_VERIFY2(cell(name, 0, 1) == QLatin1String("connected"), qPrintable(cell(name, 0, 1) + QStringLiteral(": ") + cell(name, 0, 5)));
            QTRY_COMPARE(cell(name, 0, 2), QStringLiteral("running"));
            QTRY_COMPARE(cell(name, 0, 3), QStringLiteral("empty"));
            QTRY_VERIFY2(cell(name, 0, 4).startsWith(QStringLiteral("20")), qPrintable(cell(name, 0, 4))); // it answered
        }
        m_window->go(shell::Workspace::Sources);
        auto* systems = m_window->findChild<views::SystemsView*>();
        QTRY_VERIFY(button(systems, QStringLiteral("Test connections…"))->isEnabled());
        button(systems, QStringLiteral("Test connections…"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("What the connection test found"), 0, 1), QStringLiteral("works"), 20'000);
        // What a person decides elsewhere is done here, at once.
        std::string request;
        for (const LedgerEntry& entry : m_here->entries("approval.requested")) {
            if (entry.data["desk"]["request"]["action"].asString().find(account.oldKey) != std::string::npos)
                request = entry.data["request"].asString();
        }
        QVERIFY(!request.empty());
        const auto isListed = [&] { // a screen and another process read it from the index
            const auto reader = engine::CaseReader::open(m_here->ctl.caseFolder().toStdString());
            const auto rows = reader ? (*reader)->approvals() : Result<std::vector<engine::ApprovalRow>>(fail(reader.error()));
            return rows && std::any_of(rows->begin(), rows->end(), [&](const engine::ApprovalRow& row) { return row.id == request; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isListed(), 20'000);
        const Ran given = m_here->asAnalyst({"approve", m_here->ctl.caseFolder(), QString::fromStdString(request)});
        VERIFY_STATUS(given, 0);
        QTRY_COMPARE_WITH_TIMEOUT(account.fake.keys[account.oldKey].status, std::string("Inactive"), 20'000);
        m_window.reset();
        const Ran verified = m_here->ctl.run({"verify", m_here->ctl.caseFolder()});
        VERIFY_STATUS(verified, 0);
        QCOMPARE(std::count(account.fake.done.begin(), account.fake.done.end(), "UpdateAccessKey"), 2); // nothing twice
    }

    void aCaseThatActedIsOnlyReadUntilAPersonConnectsIt()
    {
        m_here->putInForce();
        const Ran first = m_here->run({m_here->log()});
        VERIFY_STATUS(first, 0);
        QVERIFY(isContained());
        AttackedAccount& account = m_here->accounts.front();
        const std::size_t before = account.fake.done.size();
        makeWindow();
        m_window->useSettings(m_here->ctl.path("systems.yaml"), false);
        shell::CaseWish plain;
        plain.folder = m_here->ctl.caseFolder();
        m_window->open(plain);
        auto* key = awaited<dialogs::AgentKeyDialog>();
        QVERIFY(key);
        answer(key, QString::fromLatin1(ConnectedInstallation::agentPassphrase), QStringLiteral("Open key"));
        QTRY_VERIFY2_WITH_TIMEOUT(band().contains(QStringLiteral("None is connected here")), qPrintable(band()), 20'000);
        QCOMPARE(cell(QStringLiteral("Real systems of this case"), 0, 1), QStringLiteral("not connected here"));
        QCOMPARE(account.fake.done.size(), before);
        auto* real = m_window->findChild<shell::RealBand*>();
        button(real, QStringLiteral("Connect…"))->click();
        auto* vault = awaited<dialogs::VaultDialog>(); // the key is open by now
        QVERIFY(vault);
        answer(vault, QString::fromLatin1(ConnectedInstallation::vaultPassphrase), QStringLiteral("Open vault"));
        QTRY_VERIFY2_WITH_TIMEOUT(band().contains(QStringLiteral("happens, in prod")), qPrintable(band()), 30'000);
        QCOMPARE(m_here->entries("systems.connected").size(), 2U);
        QCOMPARE(account.fake.keys[account.newKey].status, std::string("Inactive"));
    }
};

QTEST_MAIN(TestConnectedWindow)
#include "tst_connected_window.moc"
