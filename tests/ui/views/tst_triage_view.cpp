#include "tests/ui/support/fake_queries.h"
#include "ui/dialogs/arrange_dialog.h"
#include "ui/dialogs/close_dialog.h"
#include "ui/dialogs/decision_dialog.h"
#include "ui/dialogs/event_bytes_dialog.h"
#include "ui/dialogs/reason_dialog.h"
#include "ui/dialogs/undo_dialog.h"
#include "ui/views/containment_panel.h"
#include "ui/views/incident_graph.h"
#include "ui/views/incident_pane.h"
#include "ui/views/incident_story.h"
#include "ui/views/step_card.h"
#include "ui/views/step_content.h"
#include "ui/views/triage_view.h"
#include "ui/widgets/graph_canvas.h"
#include "ui/widgets/story_text.h"
#include "ui/widgets/timeline_strip.h"

#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSplitter>
#include <QTabBar>
#include <QTableView>
#include <QTest>

using namespace cordon;
using namespace cordon::ui;

class TestTriageView : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsACardForEveryStep();
    void theAgentsStepsAreDoneAndCanBeUndone();
    void whatWaitsCanBeReviewed();
    void aLaterStepSaysWhatItWaitsFor();
    void skippingAsksForAReason();
    void undoGoesOutOnceConfirmed();
    void whyIsOneClickAway();
    void aCitationOpensTheExactBytes();
    void oneKeyAssigns();
    void whatBecameVoidIsAskedAgainOnceTheAgentRuns();
    void aReviewerReadsWhoMayDecide();
    void aPausedSessionGoesOnOnceSomebodyLooked();
    void closingAsksForAVerdictAndTellsWhatIsOpen();
    void aClosedIncidentSaysHowAndIsOpenedAgain();
    void incidentsAreMergedWithAReasonAndTheOwnFactors();
    void selectedAlertsAreSplitOff();
    void tablesAreFilledWhenTheyAreLookedAt();
    void anOrderThatStandsIsTakenBack();
    void whereTheTimelineDoesNotFitItFolds();
    void theGraphFoldsManySecrets();
    void whoGaveWhomWhichRightIsALineInTheGraph();
    void theStoryNumbersEachEventOnce();

private:
    [[nodiscard]] QPushButton* buttonNamed(const QString& name) const;
    [[nodiscard]] static QPushButton* acceptOf(const QDialog* dialog, const QString& words)
    {
        for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
            if (button->text() == words)
                return button;
        }
        return nullptr;
    }
    std::vector<engine::Command> m_sent;
    QStringList m_orders; ///< what the step-up program would be asked to sign
    int m_signIns = 0;
    std::unique_ptr<bridge::CaseQueries> m_queries;
    std::unique_ptr<bridge::Commander> m_commander;
    std::unique_ptr<views::TriageView> m_view;
};

void TestTriageView::init()
{
    m_sent.clear();
    m_orders.clear();
    m_signIns = 0;
    m_queries = std::make_unique<bridge::CaseQueries>(test::openFakeCase());
    m_commander = std::make_unique<bridge::Commander>([this](engine::Command command) { m_sent.push_back(std::move(command)); });
    connect(m_commander.get(), &bridge::Commander::factorsNeeded, this, [this](const QString& order) { m_orders += order; });
    connect(m_commander.get(), &bridge::Commander::signInNeeded, this, [this] { ++m_signIns; });
    m_commander->choose(QStringLiteral("user:analyst-a"));
    m_view = std::make_unique<views::TriageView>(*m_queries, *m_commander, nullptr);
    m_view->resize(1280, 800);
    m_view->show();
    m_view->caseChanged(test::FakeCase::notice());
    QTRY_COMPARE(m_view->findChildren<views::StepCard*>().size(), 6);
}

void TestTriageView::cleanup()
{
    m_view.reset();
    m_commander.reset();
    m_queries.reset();
}

QPushButton* TestTriageView::buttonNamed(const QString& name) const
{
    for (QPushButton* button : m_view->findChildren<QPushButton*>()) {
        if (button->accessibleName() == name)
            return button;
    }
    return nullptr;
}

void TestTriageView::showsACardForEveryStep()
{
    const auto cards = m_view->findChildren<views::StepCard*>();
    QCOMPARE(cards[0]->content().tier, QStringLiteral("Observe"));
    QCOMPARE(cards[2]->content().tier, QStringLiteral("Disruptive")); // raised from Low by the gate
    QCOMPARE(cards[3]->content().tier, QStringLiteral("Destructive"));
    QCOMPARE(cards[3]->content().card, QStringLiteral("attacker"));
}

void TestTriageView::theAgentsStepsAreDoneAndCanBeUndone()
{
    const views::StepContent& content = m_view->findChildren<views::StepCard*>()[1]->content();
    QCOMPARE(content.state, QStringLiteral("Agent · 12:06:42.871"));
    QCOMPARE(content.verdict, QStringLiteral("verified"));
    QCOMPARE(content.stateTone, QStringLiteral("agent"));
    QCOMPARE(content.back, QStringLiteral("↺ held: made by the intruder"));
    QVERIFY(content.canUndo);
    QVERIFY(!content.canReview);
    QVERIFY(buttonNamed(QStringLiteral("Undo step 2")));
    QVERIFY(!buttonNamed(QStringLiteral("Undo step 1"))); // nothing was changed
}

void TestTriageView::whatWaitsCanBeReviewed()
{
    QSignalSpy asked(m_view.get(), &views::CaseView::reviewRequested);
    QTest::mouseClick(buttonNamed(QStringLiteral("Review step 3")), Qt::LeftButton);
    QTest::keyClick(m_view.get(), Qt::Key_R);
    QCOMPARE(asked.count(), 2);
    QCOMPARE(asked.at(0).first().toString(), QStringLiteral("AR-0018"));
    QVERIFY(m_sent.empty()); // looking is not deciding
}

void TestTriageView::aLaterStepSaysWhatItWaitsFor()
{
    const views::StepContent& content = m_view->findChildren<views::StepCard*>()[4]->content();
    QCOMPARE(content.state, QStringLiteral("after step 4"));
    QVERIFY(!content.canReview);
    QVERIFY(!content.canSkip);
}

void TestTriageView::skippingAsksForAReason()
{
    QTest::mouseClick(buttonNamed(QStringLiteral("Skip step 3")), Qt::LeftButton);
    auto* dialog = m_view->window()->findChild<dialogs::ReasonDialog*>();
    QVERIFY(dialog);
    QVERIFY(m_sent.empty());
    dialog->findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("owner rotates it himself"));
    for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
        if (button->text() == QLatin1String("Skip step"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QVERIFY(m_sent.empty()); // it waits for the person's sign-in
    QCOMPARE(m_signIns, 1);
}

void TestTriageView::undoGoesOutOnceConfirmed()
{
    QTest::mouseClick(buttonNamed(QStringLiteral("Undo step 2")), Qt::LeftButton);
    auto* dialog = m_view->window()->findChild<dialogs::UndoDialog*>();
    QVERIFY(dialog);
    QTest::keyClick(dialog, Qt::Key_Return); // Enter decides nothing
    QVERIFY(m_sent.empty());
    for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
        if (button->text() == QLatin1String("Undo"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(m_orders.size(), 1);
    QVERIFY(m_orders[0].contains(QStringLiteral("INC-0007/S2")) && m_orders[0].contains(QStringLiteral("\"undo\"")));
}

void TestTriageView::whyIsOneClickAway()
{
    QTest::mouseClick(buttonNamed(QStringLiteral("Why: decision on step 3")), Qt::LeftButton);
    QTRY_VERIFY(m_view->window()->findChild<dialogs::DecisionDialog*>());
}

void TestTriageView::aCitationOpensTheExactBytes()
{
    auto* story = m_view->findChild<views::IncidentPane*>()->findChild<widgets::StoryText*>();
    QVERIFY(story);
    emit story->linkActivated(QStringLiteral("cite:0"));
    auto* dialog = m_view->window()->findChild<dialogs::EventBytesDialog*>();
    QVERIFY(dialog);
    auto* bytes = dialog->findChild<QPlainTextEdit*>();
    QTRY_VERIFY(bytes->toPlainText().contains(QLatin1String("CreateAccessKey")));
}

void TestTriageView::oneKeyAssigns()
{
    QTest::keyClick(m_view.get(), Qt::Key_A);
    QVERIFY(m_sent.empty());
    QCOMPARE(m_signIns, 1);
}

void TestTriageView::whatBecameVoidIsAskedAgainOnceTheAgentRuns()
{
    auto* panel = m_view->findChild<views::ContainmentPanel*>();
    test::FakeCase fake;
    auto detail = *fake.incident(IncidentId{7});
    detail.plan.steps[2].state = StepState::Expired;
    panel->setHalted(true);
    panel->setDetail(detail);
    const QString name = QStringLiteral("Ask again for step 3");
    QVERIFY(!buttonNamed(name));
    QVERIFY(views::contentOf(detail.plan.steps[2], detail.plan, true).state.startsWith(QLatin1String("Halted")));
    panel->setHalted(false);
    QPushButton* again = buttonNamed(name);
    QVERIFY(again);
    QSignalSpy asked(again->parentWidget()->parentWidget(), SIGNAL(askAgainRequested(QString)));
    again->click();
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().toString(), QStringLiteral("INC-0007/S3"));
    QVERIFY(m_signIns + m_orders.size() + static_cast<int>(m_sent.size()) > 0); // it goes the way of all commands
}

void TestTriageView::aReviewerReadsWhoMayDecide()
{
    m_commander->setPeople(*test::FakeCase().people());
    m_commander->choose(QStringLiteral("user:reviewer-a"));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the cards from before
    for (const char* name : {"Review step 3", "Skip step 3", "Step 3 was done elsewhere", "Undo step 2", "Assign to me", "Close", "Add note"}) {
        QPushButton* control = buttonNamed(QString::fromLatin1(name));
        QVERIFY2(control, name);
        QVERIFY2(!control->isEnabled(), name);
        QVERIFY2(control->toolTip().contains(QLatin1String("analyst or a commander")), qPrintable(control->toolTip()));
    }
    QSignalSpy asked(m_view.get(), &views::CaseView::reviewRequested);
    QTest::keyClick(m_view.get(), Qt::Key_R);
    QTest::keyClick(m_view.get(), Qt::Key_A);
    QCOMPARE(asked.count() + m_signIns, 0);
    m_commander->choose(QStringLiteral("user:analyst-a"));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(buttonNamed(QStringLiteral("Review step 3"))->isEnabled());
}

void TestTriageView::aPausedSessionGoesOnOnceSomebodyLooked()
{
    auto* panel = m_view->findChild<views::ContainmentPanel*>();
    QVERIFY(!buttonNamed(QStringLiteral("Continue"))->isVisible());
    QTest::qWait(0);
    engine::IncidentDetail detail = *test::FakeCase().incident(IncidentId{7});
    detail.isSessionPaused = true;
    panel->setDetail(detail);
    QPushButton* goOn = buttonNamed(QStringLiteral("Continue"));
    QVERIFY(goOn->isVisible() && goOn->isEnabled());
    goOn->click();
    QCOMPARE(m_orders.size(), 1); // the person's own factors, not the sitting's key
    QVERIFY(m_orders.first().contains(QLatin1String("continue")) && m_orders.first().contains(QLatin1String("INC-0007")));
    panel->setHalted(true);
    QVERIFY(!goOn->isEnabled());
}

void TestTriageView::closingAsksForAVerdictAndTellsWhatIsOpen()
{
    QVERIFY(!buttonNamed(QStringLiteral("Open again"))->isVisible());
    engine::IncidentDetail detail = *test::FakeCase().incident(IncidentId{7});
    detail.plan.steps[1].leaseUntil = *Timestamp::parse("2026-11-21T13:30:00Z");
    m_view->findChild<views::IncidentPane*>()->setDetail(detail);
    QTest::mouseClick(buttonNamed(QStringLiteral("Close")), Qt::LeftButton);
    auto* dialog = m_view->window()->findChild<dialogs::CloseDialog*>();
    QVERIFY(dialog);
    QString told;
    for (const QLabel* label : dialog->findChildren<QLabel*>())
        told += label->text() + QLatin1Char('\n');
    QVERIFY2(told.contains(QLatin1String("A lease is open until")), qPrintable(told));
    QVERIFY2(told.contains(QLatin1String("not to be done any more: ")), qPrintable(told));
    QList<std::pair<Verdict, QString>> answers;
    connect(dialog, &dialogs::CloseDialog::answered, this,
            [&](Verdict verdict, const QString& reason) { answers.append({verdict, reason}); });
    QPushButton* close = nullptr;
    for (QPushButton* button : dialog->findChildren<QPushButton*>())
        close = button->accessibleName() == QLatin1String("Close the incident") ? button : close;
    const auto choices = dialog->findChildren<QRadioButton*>();
    QCOMPARE(choices.size(), 3);
    for (const QRadioButton* choice : choices)
        QVERIFY(!choice->isChecked()); // nothing is preselected
    auto* reason = dialog->findChild<QPlainTextEdit*>();
    reason->setPlainText(QStringLiteral("a test"));
    QVERIFY(!close->isEnabled());
    choices[1]->click();
    QVERIFY(close->isEnabled());
    reason->setPlainText(QStringLiteral("  "));
    QVERIFY(!close->isEnabled());
    reason->setPlainText(QStringLiteral("a test"));
    close->click();
    QCOMPARE(answers.size(), 1);
    QVERIFY(answers.first().first == Verdict::FalsePositive && answers.first().second == QLatin1String("a test"));
    QCOMPARE(m_signIns, 1); // the key of a sitting signs it, and none has begun
}

void TestTriageView::aClosedIncidentSaysHowAndIsOpenedAgain()
{
    auto* pane = m_view->findChild<views::IncidentPane*>();
    engine::IncidentDetail detail = *test::FakeCase().incident(IncidentId{7});
    detail.incident.status = IncidentStatus::Closed;
    detail.closing = Closing{Verdict::Benign, "a <b>test</b>", "user:analyst-a", *Timestamp::parse("2026-11-21T12:30:00Z"), 3};
    pane->setDetail(detail);
    QVERIFY(!buttonNamed(QStringLiteral("Close"))->isVisible());
    QVERIFY(buttonNamed(QStringLiteral("Open again"))->isVisible());
    const auto labels = pane->findChildren<QLabel*>();
    const bool isTold = std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().startsWith(QLatin1String("Closed: Benign")) &&
               label->text().contains(QLatin1String("<b>")) && label->textFormat() == Qt::PlainText;
    });
    QVERIFY(isTold);
    QTest::mouseClick(buttonNamed(QStringLiteral("Open again")), Qt::LeftButton);
    QVERIFY(m_view->window()->findChild<dialogs::ReasonDialog*>());
    QTest::keyClick(m_view.get(), Qt::Key_C);
    QVERIFY(!m_view->window()->findChild<dialogs::CloseDialog*>());
}

void TestTriageView::incidentsAreMergedWithAReasonAndTheOwnFactors()
{
    QTest::keyClick(m_view.get(), Qt::Key_M);
    QTRY_VERIFY(m_view->window()->findChild<dialogs::ArrangeDialog*>());
    auto* dialog = m_view->window()->findChild<dialogs::ArrangeDialog*>();
    auto* others = dialog->findChildren<QListWidget*>()[0];
    QVERIFY(others->isVisible() && others->count() > 0);
    for (int i = 0; i < others->count(); ++i)
        QVERIFY(!others->item(i)->text().contains(QLatin1String("INC-0007"))); // never into itself
    QPushButton* merge = acceptOf(dialog, QStringLiteral("Merge"));
    QVERIFY(!merge->isEnabled());
    others->item(0)->setCheckState(Qt::Checked);
    QVERIFY(!merge->isEnabled()); // no reason yet
    dialog->findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("one campaign"));
    QVERIFY(merge->isEnabled());
    QTest::mouseClick(merge, Qt::LeftButton);
    QCOMPARE(m_orders.size(), 1); // the person's own factors, not the sitting's key
    QVERIFY(m_sent.empty());
    for (const char* part : {"\"merge\"", "INC-0007", "one campaign"})
        QVERIFY2(m_orders.first().contains(QLatin1String(part)), qPrintable(m_orders.first()));
    QVERIFY(m_orders.first().contains(others->item(0)->data(Qt::UserRole).toString()));
}

void TestTriageView::selectedAlertsAreSplitOff()
{
    const engine::IncidentDetail detail = *test::FakeCase().incident(IncidentId{7});
    dialogs::ArrangeDialog dialog({detail, *test::FakeCase().incidents(), {}, {detail.alerts.front().id}}, m_view.get());
    QString act;
    Value args;
    connect(&dialog, &dialogs::ArrangeDialog::answered, this, [&](const QString& what, const Value& how) {
        act = what;
        args = how;
    });
    auto* alerts = dialog.findChildren<QListWidget*>()[1];
    QCOMPARE(alerts->count(), static_cast<int>(detail.alerts.size()));
    QCOMPARE(alerts->item(0)->checkState(), Qt::Checked);
    dialog.findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("another matter"));
    QPushButton* split = acceptOf(&dialog, QStringLiteral("Split off"));
    QVERIFY(split->isEnabled());
    for (int i = 0; i < alerts->count(); ++i)
        alerts->item(i)->setCheckState(Qt::Checked);
    QVERIFY(!split->isEnabled()); // something stays
    for (int i = 1; i < alerts->count(); ++i)
        alerts->item(i)->setCheckState(Qt::Unchecked);
    split->click();
    QCOMPARE(act, QStringLiteral("split"));
    QCOMPARE(args["incident"].asString(), std::string("INC-0007"));
    QCOMPARE(args["alerts"].asArray().size(), std::size_t{1});
    QCOMPARE(args["alerts"].asArray().front().asString(), toString(detail.alerts.front().id));
}

void TestTriageView::tablesAreFilledWhenTheyAreLookedAt()
{
    auto* pane = m_view->findChild<views::IncidentPane*>();
    QTableView* alerts = nullptr;
    for (QTableView* view : pane->findChildren<QTableView*>()) {
        if (view->accessibleName() == QLatin1String("Alerts of the incident"))
            alerts = view;
    }
    QVERIFY(alerts);
    engine::IncidentDetail detail = pane->detail();
    const int count = static_cast<int>(detail.alerts.size());
    QVERIFY(count > 1);
    QCOMPARE(alerts->model()->rowCount(), 0); // the story is in front
    auto* tabs = pane->findChild<QTabBar*>();
    tabs->setCurrentIndex(2);
    QCOMPARE(alerts->model()->rowCount(), count);
    alerts->selectRow(0);
    detail.alerts.pop_back();
    pane->setDetail(detail);
    QCOMPARE(alerts->model()->rowCount(), count - 1); // in front it follows at once
    tabs->setCurrentIndex(0);
    detail.incident.id = IncidentId{6};
    pane->setDetail(detail);
    QVERIFY(alerts->selectionModel()->selectedRows().isEmpty()); // nothing of another incident stays selected
    tabs->setCurrentIndex(2);
    QCOMPARE(alerts->model()->rowCount(), count - 1);
    QVERIFY(alerts->selectionModel()->selectedRows().isEmpty());
}

void TestTriageView::anOrderThatStandsIsTakenBack()
{
    const engine::IncidentDetail detail = *test::FakeCase().incident(IncidentId{7});
    engine::ArrangementRow order{"ORD-0002", "merge", "INC-0007", {"INC-0003"}, {}, "user:analyst-a", {}, "one campaign", 90, {}};
    engine::ArrangementRow undone = order;
    undone.id = "ORD-0001";
    undone.undoneBy = "user:analyst-a";
    dialogs::ArrangeDialog dialog({detail, *test::FakeCase().incidents(), {undone, order}, {}}, m_view.get());
    QString act;
    Value args;
    connect(&dialog, &dialogs::ArrangeDialog::answered, this, [&](const QString& what, const Value& how) {
        act = what;
        args = how;
    });
    dialog.findChildren<QRadioButton*>()[3]->click();
    auto* orders = dialog.findChildren<QListWidget*>()[2];
    QCOMPARE(orders->count(), 1); // what was taken back is no order any more
    QVERIFY(orders->item(0)->text().contains(QLatin1String("INC-0003 merged into INC-0007")));
    dialog.findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("two matters after all"));
    QVERIFY(!acceptOf(&dialog, QStringLiteral("Take back"))->isEnabled());
    orders->setCurrentRow(0);
    acceptOf(&dialog, QStringLiteral("Take back"))->click();
    QCOMPARE(act, QStringLiteral("undo-arrangement"));
    QCOMPARE(args["order"].asString(), std::string("ORD-0002"));
}

void TestTriageView::whereTheTimelineDoesNotFitItFolds()
{
    auto* pane = m_view->findChild<views::IncidentPane*>();
    const auto* timeline = pane->findChild<widgets::TimelineStrip*>();
    const auto graphs = pane->findChildren<widgets::GraphCanvas*>(); // one beside the story, one on a page of its own
    const auto* graph = graphs.at(0)->accessibleName().contains(QLatin1String("large")) ? graphs.at(1) : graphs.at(0);
    const auto staysInPlace = [&] { return graph->mapTo(pane, QPoint(0, graph->height())).y() <= pane->height(); };
    m_view->resize(1860, 1100);
    QTRY_VERIFY(timeline->isVisible());
    QTRY_VERIFY(graph->isVisible());
    QTRY_VERIFY2(staysInPlace(), qPrintable(QStringLiteral("%1 of %2").arg(graph->mapTo(pane, QPoint(0, graph->height())).y()).arg(pane->height())));
    for (int height = 699; timeline->isVisible() && height > 500; height -= 20) { // 699: a window of 1280×800 in an exercise
        m_view->resize(1216, height);
        QCoreApplication::processEvents();
        QVERIFY2(graph->isVisible() && staysInPlace(), qPrintable(QString::number(height)));
    }
    QVERIFY(!timeline->isVisible());
    const QList<int> widths = m_view->findChild<QSplitter*>()->sizes();
    QVERIFY2(widths.at(1) > 500, qPrintable(QString::number(widths.at(1))));
    buttonNamed(QStringLiteral("Show the timeline"))->click(); // it takes the graph's place
    QVERIFY(timeline->isVisible() && !graph->isVisible());
    buttonNamed(QStringLiteral("Hide the timeline"))->click();
    QVERIFY(!timeline->isVisible() && graph->isVisible());
}

void TestTriageView::theGraphFoldsManySecrets()
{
    const widgets::Graph graph = views::graphOf(test::FakeCase().incident(IncidentId{7})->incident);
    QVERIFY(graph.hasScope);
    QStringList labels;
    for (const widgets::GraphNode& node : graph.nodes)
        labels += node.label;
    QVERIFY(labels.contains(QStringLiteral("secrets ×6")));
    QCOMPARE(graph.nodes.size(), 7U); // 12 members, six of them one node
}

void TestTriageView::whoGaveWhomWhichRightIsALineInTheGraph()
{
    Incident incident = test::FakeCase().incident(IncidentId{7})->incident;
    std::erase_if(incident.links, [](const IncidentLink& link) { return link.from == test::FakeCase::policy() || link.to == test::FakeCase::policy(); });
    const auto linesOf = [](const widgets::Graph& graph) {
        QStringList lines;
        for (const widgets::GraphEdge& edge : graph.edges) {
            if (graph.nodes[static_cast<std::size_t>(edge.to)].label == QLatin1String("ci-extra"))
                lines += graph.nodes[static_cast<std::size_t>(edge.from)].label + QLatin1Char(' ') + edge.label;
        }
        return lines;
    };
    QVERIFY(linesOf(views::graphOf(incident)).isEmpty());
    IdentityChange change;
    change.actor = test::FakeCase::person();
    change.subject = test::FakeCase::account();
    change.object = test::FakeCase::policy();
    change.relation = "attached";
    QCOMPARE(linesOf(views::graphOf(incident, {change})), (QStringList{QStringLiteral("svc-deploy-ci attached"), QStringLiteral("dev-c attached")}));
    change.hasSucceeded = false; // what was only tried ties nobody
    QVERIFY(linesOf(views::graphOf(incident, {change})).isEmpty());
}

void TestTriageView::theStoryNumbersEachEventOnce()
{
    Brief brief;
    brief.story = {{{"one", {}}, {EventId{5}}}, {{"two", {}}, {EventId{5}, EventId{6}, EventId{9}}}};
    const views::IncidentStory story = views::storyOf(brief);
    QCOMPARE(story.sentences[0].cites.front().shown, QStringLiteral("1"));
    QCOMPARE(story.sentences[1].cites.front().shown, QStringLiteral("1–3"));
    QCOMPARE(story.cited.size(), 2U);
}

QTEST_MAIN(TestTriageView)
#include "tst_triage_view.moc"
