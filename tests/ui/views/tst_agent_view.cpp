#include "tests/ui/support/fake_queries.h"
#include "ui/dialogs/mandate_editor_dialog.h"
#include "ui/dialogs/test_decision_dialog.h"
#include "ui/views/agent_view.h"
#include "ui/widgets/numbered_text_edit.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace cordon;
using namespace cordon::ui;

class TestAgentView : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_sent.clear();
        m_queries = std::make_unique<bridge::CaseQueries>(test::openFakeCase());
        m_commander = std::make_unique<bridge::Commander>([this](engine::Command command) { m_sent.push_back(std::move(command)); });
        m_view = std::make_unique<views::AgentView>(*m_queries, *m_commander, nullptr);
        m_view->resize(1280, 800);
        m_view->show();
        m_view->caseChanged(test::FakeCase::notice());
        QTRY_VERIFY(tableNamed("Every proposal")->model()->rowCount() == 4);
    }
    void cleanup()
    {
        m_view.reset();
        m_commander.reset();
        m_queries.reset();
    }

    void everyClauseStandsBesideWhatItAllows()
    {
        QStringList shown;
        for (const QLabel* label : m_view->findChildren<QLabel*>())
            shown += label->text();
        for (const char* clause : {"S1", "D2", "C10", "F1"})
            QVERIFY2(shown.contains(QLatin1String(clause)), clause);
        QVERIFY(shown.contains(QStringLiteral("2 approvers")));
    }

    void aControlWithoutEvidenceSaysSoAndOthersLeadToTheLedger()
    {
        QTableView* controls = tableNamed("Controls");
        QTRY_COMPARE(controls->model()->rowCount(), 2);
        QCOMPARE(controls->model()->index(1, 3).data().toString(), QStringLiteral("no evidence in this case"));
        QSignalSpy opened(m_view.get(), &views::AgentView::ledgerEntryRequested);
        emit controls->activated(controls->model()->index(1, 0));
        QCOMPARE(opened.size(), 0);
        emit controls->activated(controls->model()->index(0, 0));
        QCOMPARE(opened.at(0).at(0).toLongLong(), 47);
        emit tableNamed("Every proposal")->activated(tableNamed("Every proposal")->model()->index(0, 0));
        QCOMPARE(opened.at(1).at(0).toLongLong(), 47);
    }

    void aSessionShowsWhatItUsed()
    {
        QTableView* sessions = tableNamed("Sessions");
        QTRY_COMPARE(sessions->model()->rowCount(), 2);
        QCOMPARE(sessions->model()->index(0, 3).data().toString(), QStringLiteral("3 of 8"));
        QCOMPARE(sessions->model()->index(1, 2).data().toString(), QStringLiteral("ended"));
    }

    void testingADecisionSendsOneQuestionAndShowsEveryPart()
    {
        buttonNamed(*m_view, "Test a decision…")->click();
        auto* dialog = m_view->findChild<dialogs::TestDecisionDialog*>();
        QVERIFY(dialog);
        QComboBox* target = nullptr;
        for (QComboBox* box : dialog->findChildren<QComboBox*>()) {
            if (box->accessibleName() == QLatin1String("Target"))
                target = box;
        }
        QTRY_VERIFY(target->count() > 3);
        const auto kind = [dialog] { return dialog->findChildren<QComboBox*>().at(2)->currentData().toString(); };
        QCOMPARE(kind(), QStringLiteral("account")); // of the member that is chosen at first
        QCOMPARE(dialog->findChildren<QComboBox*>().at(1)->currentData().toString(), QStringLiteral("evidence.collect")); // of its step
        target->setCurrentIndex(1);
        QCOMPARE(kind(), QStringLiteral("credential"));
        buttonNamed(*dialog, "Ask the gate")->click();
        QCOMPARE(m_sent.size(), std::size_t(1));
        const auto* sent = std::get_if<engine::TestDecision>(&m_sent.front());
        QVERIFY(sent);
        QCOMPARE(sent->question.verb, std::string("credential.deactivate"));
        QCOMPARE(sent->question.targets.front().id, test::FakeCase::newKey().id);
        engine::TestedDecision tested;
        tested.floor = Tier::T1;
        tested.decision.effect = Effect::Hold;
        tested.decision.tier = Tier::T2;
        tested.decision.clauses = {"C2", "S2"};
        tested.decision.missing = {"approval"};
        tested.decision.reasons = {{"raised by three dependents", {}}};
        tested.decision.digest = std::string(64, 'a');
        sent->answer(tested);
        const auto has = [&](const QString& part) {
            for (const QLabel* label : dialog->findChildren<QLabel*>()) {
                if (label->text().contains(part))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(has(QStringLiteral("held")));
        for (const char* part : {"C2 of the mandate: low: deactivate key\nS2 of the mandate: secret values", "Disruptive (floor of the verb: Low)", "raised by three dependents", "aaaaaaaa aaaaaaaa", "nothing: this was a question"})
            QVERIFY2(has(QString::fromUtf8(part)), part);
    }

    void anAnswerForAClosedDialogIsDropped()
    {
        buttonNamed(*m_view, "Test a decision…")->click();
        auto* dialog = m_view->findChild<dialogs::TestDecisionDialog*>();
        QTRY_VERIFY(buttonNamed(*dialog, "Ask the gate")->isEnabled());
        QTRY_VERIFY(dialog->findChildren<QComboBox*>().at(3)->count() > 3);
        buttonNamed(*dialog, "Ask the gate")->click();
        delete dialog;
        std::get<engine::TestDecision>(m_sent.front()).answer(engine::TestedDecision{});
        QCoreApplication::processEvents();
    }

    void theEditorMarksBrokenLinesAndSavesNothingThatCannotBeLoaded()
    {
        auto* editor = openEditor();
        auto* text = editor->findChild<widgets::NumberedTextEdit*>();
        QPushButton* save = buttonNamed(*editor, "Save for signing…");
        QTRY_VERIFY(save->isEnabled());
        text->appendPlainText(QStringLiteral("broken: yes"));
        QVERIFY(!save->isEnabled());
        auto* problems = editor->findChild<QListWidget*>();
        QTRY_COMPARE(problems->count(), 1);
        QVERIFY(problems->item(0)->text().startsWith(QLatin1String("Line 2")));
        QVERIFY(!save->isEnabled());
        emit problems->itemActivated(problems->item(0));
        QCOMPARE(text->textCursor().blockNumber(), 1);
    }

    void theEditorShowsWhatWouldHaveBeenDecidedDifferently()
    {
        auto* editor = openEditor();
        QTableView* past = editor->findChild<QTableView*>();
        QTRY_COMPARE(past->model()->rowCount(), 2);
        QVERIFY(past->model()->index(0, 3).data().toString().startsWith(QLatin1String("not judged again: the ledger does not hold")));
        editor->findChild<widgets::NumberedTextEdit*>()->appendPlainText(QStringLiteral("stricter: now"));
        QTRY_COMPARE(past->model()->index(0, 3).data().toString(), QStringLiteral("refused · Low · default"));
        QCOMPARE(past->model()->index(0, 0).data().toString(), QStringLiteral("43"));
    }

    void anUnchangedRevisionIsNotPraised()
    {
        auto* editor = openEditor();
        QTRY_VERIFY(buttonNamed(*editor, "Save for signing…")->isEnabled());
        const QLabel* verdict = nullptr;
        for (const QLabel* one : editor->findChildren<QLabel*>()) {
            if (one->accessibleName() == QLatin1String("Whether the text can be loaded"))
                verdict = one;
        }
        QVERIFY(verdict);
        QVERIFY2(verdict->text().contains(QLatin1String("only a revision above 3")), qPrintable(verdict->text()));
        QVERIFY(verdict->property("tone").toString() != QLatin1String("good"));
    }

    void savingWritesTheTextAndSendsNoCommand()
    {
        const QTemporaryDir folder;
        auto* editor = openEditor();
        QTRY_VERIFY(buttonNamed(*editor, "Save for signing…")->isEnabled());
        QVERIFY(editor->saveTo(folder.filePath(QStringLiteral("m.yaml"))));
        QFile file(folder.filePath(QStringLiteral("m.yaml")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("mandate: cordon/v1\nrevision: 3\n"));
        QVERIFY(!editor->saveTo(folder.filePath(QStringLiteral("no/such/m.yaml"))));
        QVERIFY(m_sent.empty());
    }

    void editedTextIsNotLostByOneKey()
    {
        const QPointer<dialogs::MandateEditorDialog> editor = openEditor();
        QTRY_VERIFY(buttonNamed(*editor, "Save for signing…")->isEnabled());
        editor->findChild<widgets::NumberedTextEdit*>()->appendPlainText(QStringLiteral("stricter: now"));
        QTest::keyClick(editor.data(), Qt::Key_Escape);
        QVERIFY(editor && editor->isVisible());
        QTest::keyClick(editor.data(), Qt::Key_Escape);
        QVERIFY(!editor || !editor->isVisible());
    }

private:
    [[nodiscard]] QTableView* tableNamed(const char* start) const
    {
        for (QTableView* view : m_view->findChildren<QTableView*>()) {
            if (view->accessibleName().startsWith(QLatin1String(start)))
                return view;
        }
        return nullptr;
    }
    [[nodiscard]] static QPushButton* buttonNamed(const QWidget& inside, const char* text)
    {
        for (QPushButton* button : inside.findChildren<QPushButton*>()) {
            if (button->text() == QString::fromUtf8(text))
                return button;
        }
        return nullptr;
    }
    [[nodiscard]] dialogs::MandateEditorDialog* openEditor() const
    {
        buttonNamed(*m_view, "Edit mandate…")->click();
        return m_view->findChild<dialogs::MandateEditorDialog*>();
    }

    std::vector<engine::Command> m_sent;
    std::unique_ptr<bridge::CaseQueries> m_queries;
    std::unique_ptr<bridge::Commander> m_commander;
    std::unique_ptr<views::AgentView> m_view;
};

QTEST_MAIN(TestAgentView)
#include "tst_agent_view.moc"
