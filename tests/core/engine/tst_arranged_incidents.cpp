#include "tests/core/engine/arranged_incidents.h"

using namespace cordon;
using namespace cordon::tests;

/// Merging, splitting and moving by hand.
class TestArrangedIncidents : public QObject
{
    Q_OBJECT

private slots:
    void mergingKeepsNotesStepsAndHistory()
    {
        TwoIncidents two;
        QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second}));
        const std::size_t alerts = two.held->files().at(first).incident.alerts.size() +
                                   two.held->files().at(second).incident.alerts.size();
        VERIFY_DONE(obey(*two.held, two, merge(first, second)));
        QVERIFY(numbers(*two.held) == std::vector<IncidentId>{first});
        QCOMPARE(two.held->files().at(first).incident.alerts.size(), alerts);
        QVERIFY(hasNote(*two.held, first, "user:analyst-a: about the first"));
        QVERIFY(hasNote(*two.held, first, "INC-0002 · user:commander-a: about the second"));
        QCOMPARE(two.ledger("incident.merged").size(), std::size_t{1});
        QCOMPARE(two.ledger("incident.merged").front().actor.id, std::string(analyst));
        QCOMPARE(two.ledger("incident.absorbed").size(), std::size_t{1});
        QCOMPARE(two.ledger("incident.absorbed").front().incident, std::string("INC-0002"));
    }

    void whatIsMergedIsMergedWhenTheCaseIsOpenedAgain()
    {
        TwoIncidents two;
        VERIFY_DONE(obey(*two.held, two, merge(first, second)));
        two.held.reset();
        two.held = two.wake();
        QVERIFY(numbers(*two.held) == std::vector<IncidentId>{first});
        QVERIFY(hasNote(*two.held, first, "INC-0002 · user:commander-a: about the second"));
        VERIFY_DONE(obey(*two.held, two, engine::Arrange{"undo-arrangement", {}, {}, {}, "ORD-0001", "no", commander}));
        QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second}));
        QVERIFY(hasNote(*two.held, second, "user:commander-a: about the second"));
        QVERIFY(!hasNote(*two.held, first, "INC-0002 · user:commander-a: about the second"));
        QCOMPARE(two.ledger("incident.restored").size(), std::size_t{1});
        two.held.reset();
        two.held = two.wake();
        QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second}));
    }

    void whatIsMergedIsMergedWhenTheIndexIsMadeAnew()
    {
        TwoIncidents two;
        VERIFY_DONE(obey(*two.held, two, merge(first, second)));
        two.held.reset();
        std::filesystem::remove(two.folder() / "case.db");
        two.held = two.wake();
        QVERIFY(numbers(*two.held) == std::vector<IncidentId>{first});
        const auto& notes = two.held->files().at(first).notes;
        QVERIFY(std::any_of(notes.begin(), notes.end(), [](const auto& note) {
            return note.second.find("about the second") != std::string::npos;
        }));
    }

    /// What is read later and happened earlier gives every alert another number.
    void aNumberNeverMeansAnotherIncidentWhenAlertsAreNumberedAnew_data()
    {
        QTest::addColumn<bool>("isOpenedAgain");
        QTest::newRow("in one go") << false;
        QTest::newRow("with the case opened again before each") << true;
    }

    void aNumberNeverMeansAnotherIncidentWhenAlertsAreNumberedAnew()
    {
        QFETCH(bool, isOpenedAgain);
        TwoIncidents two;
        const auto again = [&] {
            if (!isOpenedAgain)
                return;
            two.held.reset();
            two.held = two.wake();
        };
        const auto about = picture(*two.held).at(second);
        VERIFY_DONE(obey(*two.held, two, merge(first, second)));
        again();
        writeOther(two.path("earlier.json"), "erika", "2026-11-21T08:00:00Z");
        VERIFY_DONE(two.held->apply(engine::AddSources{{two.path("earlier.json")}, {}, {}}, {}));
        QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, third}));
        QCOMPARE(picture(*two.held).at(third).first, std::string("erika "));
        QVERIFY(two.held->files().at(third).notes.empty());
        again();
        VERIFY_DONE(obey(*two.held, two, undo("ORD-0001")));
        QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second, third}));
        QVERIFY(picture(*two.held).at(second) == about);
        QVERIFY(hasNote(*two.held, second, "user:commander-a: about the second"));
        QCOMPARE(picture(*two.held).at(third).first, std::string("erika "));
        QVERIFY(two.held->files().at(third).notes.empty());
    }

    void whatIsSplitOffHasANumberOfItsOwn()
    {
        TwoIncidents two;
        const std::vector<AlertId> all = two.held->files().at(first).incident.alerts;
        QVERIFY(all.size() > 2);
        const AlertId last = all.back();
        VERIFY_DONE(obey(*two.held, two, engine::Arrange{"split", first, {}, {last}, {}, "another matter", analyst}));
        QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second, {3}}));
        QVERIFY(two.held->files().at(IncidentId{3}).incident.alerts == std::vector<AlertId>{last});
        QCOMPARE(two.held->files().at(first).incident.alerts.size(), all.size() - 1);
        QVERIFY(hasNote(*two.held, first, "user:analyst-a: about the first"));
        two.held.reset();
        two.held = two.wake();
        QCOMPARE(numbers(*two.held).size(), std::size_t{3});
        QCOMPARE(two.held->files().at(IncidentId{3}).incident.alerts.size(), std::size_t{1});
    }

    void numbersStayWhateverIsDoneAndTakenBack()
    {
        TwoIncidents two;
        const std::vector<AlertId> all = two.held->files().at(first).incident.alerts;
        const auto apply = [&two](const engine::Arrange& order) {
            two.held.reset(); // each command by itself, as from a terminal
            two.held = two.wake();
            return obey(*two.held, two, order);
        };
        for (const AlertId alert : {all.back()}) { // which shares events with others
            VERIFY_DONE(apply({"split", first, {}, {alert}, {}, "another matter", analyst}));
            QCOMPARE(numbers(*two.held).size(), std::size_t{3});
            const IncidentId own = numbers(*two.held).back();
            QVERIFY(own >= third);
            QVERIFY(two.held->files().at(own).incident.alerts == std::vector<AlertId>{alert});
            const std::string split = two.ledger("incident.split").back().data["order"].asString();
            VERIFY_DONE(apply({"merge", first, {own}, {}, {}, "the same after all", analyst}));
            QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second}));
            const std::string merge = two.ledger("incident.merged").back().data["order"].asString();
            VERIFY_DONE(apply({"undo-arrangement", {}, {}, {}, merge, "no", analyst}));
            QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second, own}));
            QVERIFY(two.held->files().at(own).incident.alerts == std::vector<AlertId>{alert});
            VERIFY_DONE(apply({"undo-arrangement", {}, {}, {}, split, "no", analyst}));
            QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second}));
            QCOMPARE(two.held->files().at(first).incident.alerts.size(), all.size());
        }
    }

    void whatIsMovedIsInTheOtherIncident()
    {
        TwoIncidents two;
        const AlertId last = two.held->files().at(first).incident.alerts.back();
        VERIFY_DONE(obey(*two.held, two, engine::Arrange{"move", second, {}, {last}, {}, "belongs there", analyst}));
        const auto& there = two.held->files().at(second).incident.alerts;
        QVERIFY(std::find(there.begin(), there.end(), last) != there.end());
        QCOMPARE(two.ledger("incident.moved").size(), std::size_t{1});
    }

    void whatWaitsIsAskedAnewInTheIncidentThatHoldsItAndNotDenied()
    {
        TwoIncidents two;
        const auto first0 = waitingIn(*two.held, first);
        const auto second0 = waitingIn(*two.held, second);
        QVERIFY(!first0.empty() && !second0.empty());
        VERIFY_DONE(obey(*two.held, two, merge(first, second)));
        for (const Step& step : two.held->files().at(first).plan.steps) {
            QVERIFY2(step.state != StepState::Denied, stateName(&step).c_str());
            QVERIFY2(step.action.incident == "INC-0001" || step.state != StepState::AwaitingApproval, step.id.c_str());
        }
        const auto merged = waitingIn(*two.held, first);
        for (const auto& [act, request] : first0)
            QCOMPARE(merged.at(act), request); // bound to what it shows: the incident that stays
        for (const auto& [act, request] : second0) {
            QVERIFY2(merged.contains(act), act.c_str());
            QVERIFY(merged.at(act) != request);
            QCOMPARE(std::string(toString(two.held->approvals().find(request)->state)), std::string("void"));
            QCOMPARE(two.held->approvals().find(request)->why, std::string("incident_merged"));
        }
        const auto voids = two.ledger("approval.void");
        QCOMPARE(voids.size(), second0.size());
        QCOMPARE(voids.front().incident, std::string("INC-0002"));
        QCOMPARE(voids.front().data["into"].asString(), std::string("INC-0001"));
        QCOMPARE(words::english(engine::ledgerSummary("approval.void", json::write(voids.front().data))),
                 voids.front().data["desk"]["request"].asString() +
                     " became void: its incident went into another one, which asks anew");
        VERIFY_DONE(obey(*two.held, two, undo("ORD-0001")));
        QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second}));
        QVERIFY(waitingIn(*two.held, first) == first0);
        QVERIFY(actsIn(waitingIn(*two.held, second)) == actsIn(second0));
        for (const auto& [act, request] : waitingIn(*two.held, second)) {
            QVERIFY(request != second0.at(act) && request != merged.at(act));
            QCOMPARE(two.held->approvals().find(merged.at(act))->why, std::string("incident_arranged"));
            QCOMPARE(stepOn(*two.held, second, act)->action.incident, std::string("INC-0002"));
        }
    }

    void whatWasDoneWhileMergedStaysDoneWhereItIsAboutSomething()
    {
        TwoIncidents two;
        const auto second0 = waitingIn(*two.held, second);
        QVERIFY(!second0.empty());
        const auto& [act, old] = *second0.begin();
        const auto late = two.answer(*two.held, old, commander);
        VERIFY_DONE(obey(*two.held, two, merge(first, second)));
        QVERIFY(!two.held->apply(engine::SubmitReply{late.reply}, {}) || !two.held->lastAnswer().isAccepted);
        const std::string asked = waitingIn(*two.held, first).at(act);
        for (const char* person : {commander, "user:commander-b"}) {
            const int slot = person == commander ? 1 : 2;
            const auto reply = two.answer(*two.held, asked, person, true, slot);
            QVERIFY2(reply.isGiven(), (reply.reason + reply.detail).c_str());
            VERIFY_DONE(two.held->apply(engine::SubmitReply{reply.reply}, {}));
            QVERIFY2(two.held->lastAnswer().isAccepted, two.held->lastAnswer().reason.c_str());
        }
        COMPARE_STATE(stepOn(*two.held, first, act), StepState::Verified);
        const std::string done = stepOn(*two.held, first, act)->id;
        for (const bool isOpenedAgain : {false, true}) {
            if (isOpenedAgain) {
                two.held.reset();
                two.held = two.wake();
                COMPARE_STATE(stepOn(*two.held, first, act), StepState::Verified);
            }
            VERIFY_DONE(obey(*two.held, two, undo(isOpenedAgain ? "ORD-0002" : "ORD-0001")));
            COMPARE_STATE(stepOn(*two.held, second, act), StepState::Verified);
            QCOMPARE(stepOn(*two.held, second, act)->id, done);
            QVERIFY(!two.held->files().at(first).plan.steps.empty() && !stepOn(*two.held, first, act));
            if (!isOpenedAgain)
                VERIFY_DONE(obey(*two.held, two, merge(first, second)));
        }
        two.held.reset();
        two.held = two.wake();
        COMPARE_STATE(stepOn(*two.held, second, act), StepState::Verified);
    }

    void whatWasDoneBeforeIsTakenBackWhereItIsShown()
    {
        TwoIncidents two;
        std::string done;
        for (const Step& step : two.held->files().at(second).plan.steps)
            done = step.state == StepState::Verified && step.outcome && !step.outcome->undoRecord.isNull() ? step.id : done;
        QVERIFY(done.starts_with("INC-0002/"));
        VERIFY_DONE(obey(*two.held, two, merge(first, second)));
        QVERIFY(two.held->files().at(first).plan.steps.size() > 0 && two.held->fileOfStep(done)->incident.id == first);
        two.held.reset();
        two.held = two.wake();
        COMPARE_STATE(two.held->fileOfStep(done)->step(done), StepState::Verified);
        VERIFY_DONE(obey(*two.held, two, engine::UndoStep{done, commander, false}));
        COMPARE_STATE(two.held->fileOfStep(done)->step(done), StepState::Reverted);
        VERIFY_DONE(obey(*two.held, two, undo("ORD-0001")));
        QVERIFY(two.held->fileOfStep(done)->incident.id == second);
        COMPARE_STATE(two.held->fileOfStep(done)->step(done), StepState::Reverted);
    }

    void theLowerNumberStaysAndTheOtherComesBack()
    {
        ThreeIncidents three;
        const auto before = picture(*three.held);
        QCOMPARE(before.size(), std::size_t{3});
        QVERIFY(before.at(second).second > before.at(first).second);
        for (const bool isOpenedAgain : {false, true}) {
            VERIFY_DONE(obey(*three.held, three, merge(second, first)));
            QVERIFY(numbers(*three.held) == (std::vector<IncidentId>{first, third}));
            if (isOpenedAgain)
                three.openAgain();
            VERIFY_DONE(obey(*three.held, three, undo(isOpenedAgain ? "ORD-0002" : "ORD-0001")));
            QVERIFY(picture(*three.held) == before);
        }
    }

    void oneAfterTheOtherMergedComesBackInAnyOrder()
    {
        for (const bool isFirstFirst : {false, true}) {
            ThreeIncidents three;
            VERIFY_DONE(obey(*three.held, three, engine::AddNote{third, "about the third", analyst}));
            const auto before = picture(*three.held);
            VERIFY_DONE(obey(*three.held, three, merge(second, third)));
            VERIFY_DONE(obey(*three.held, three, merge(first, second)));
            QVERIFY(numbers(*three.held) == std::vector<IncidentId>{first});
            three.openAgain();
            VERIFY_DONE(obey(*three.held, three, undo(isFirstFirst ? "ORD-0001" : "ORD-0002")));
            three.openAgain();
            VERIFY_DONE(obey(*three.held, three, undo(isFirstFirst ? "ORD-0002" : "ORD-0001")));
            QVERIFY(picture(*three.held) == before);
            QVERIFY(hasNote(*three.held, third, "user:analyst-a: about the third"));
            QVERIFY(three.held->files().at(first).notes.empty() && three.held->files().at(second).notes.empty());
            for (const auto& [id, file] : three.held->files()) {
                for (const Step& step : file.plan.steps)
                    QVERIFY2(step.id.starts_with(toString(id)) && step.state != StepState::Denied, stateName(&step).c_str());
            }
        }
    }

    void numbersStayWhenTheIndexIsMadeAnew()
    {
        ThreeIncidents three;
        const auto before = picture(*three.held);
        VERIFY_DONE(obey(*three.held, three, merge(first, second)));
        const auto merged = picture(*three.held);
        three.held.reset();
        std::filesystem::remove(three.folder() / "case.db");
        three.held = three.wake();
        QVERIFY(picture(*three.held) == merged);
        VERIFY_DONE(obey(*three.held, three, undo("ORD-0001")));
        QVERIFY(picture(*three.held) == before);
    }

    void whoTookAnIncidentOnGoesAlongAndComesBack()
    {
        TwoIncidents two;
        VERIFY_DONE(obey(*two.held, two, engine::Assign{second, commander, commander}));
        VERIFY_DONE(obey(*two.held, two, merge(first, second)));
        QCOMPARE(two.held->files().at(first).incident.assignee, std::string(commander));
        VERIFY_DONE(obey(*two.held, two, undo("ORD-0001")));
        QCOMPARE(two.held->files().at(first).incident.assignee, std::string());
        QCOMPARE(two.held->files().at(second).incident.assignee, std::string(commander));
        QVERIFY(two.held->files().at(first).acceptedBy.empty());
        QVERIFY(two.held->files().at(second).acceptedBy.contains(commander));
    }

    void whatMakesNoSenseIsRefused()
    {
        TwoIncidents two;
        QVERIFY(!two.held->apply(merge(first, first), {}));
        QVERIFY(!two.held->apply(merge(first, IncidentId{9}), {}));
        QVERIFY(!two.held->apply(engine::Arrange{"merge", first, {}, {}, {}, "", analyst}, {}));
        QVERIFY(!two.held->apply(engine::Arrange{"burn", first, {}, {}, {}, "", analyst}, {}));
        QVERIFY(!two.held->apply(engine::Arrange{"undo-arrangement", {}, {}, {}, "ORD-0007", "", analyst}, {}));
        const std::vector<AlertId> all = two.held->files().at(first).incident.alerts;
        QVERIFY(!two.held->apply(engine::Arrange{"split", first, {}, all, {}, "", analyst}, {}));
        QVERIFY(!two.held->apply(engine::Arrange{"split", second, {}, {all.front()}, {}, "", analyst}, {}));
        QVERIFY(!two.held->apply(engine::Arrange{"move", first, {}, {all.front()}, {}, "", analyst}, {}));
        QVERIFY(two.ledger("incident.merged").empty() && two.ledger("incident.split").empty());
    }
};

QTEST_GUILESS_MAIN(TestArrangedIncidents)
#include "tst_arranged_incidents.moc"
