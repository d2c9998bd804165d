#include "tests/core/engine/arranged_incidents.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

const IncidentMember* memberOf(const engine::Pipeline& held, IncidentId id, const EntityRef& entity)
{
    return held.files().at(id).incident.member(entity);
}

bool saysWhoConfirmed(const IncidentMember& member)
{
    return std::any_of(member.why.begin(), member.why.end(), [](const Text& why) { return why.code == "scope.confirmed_by"; });
}

/// A step of `id` that waits for people, on something that stands in `other` too and that nobody confirmed there.
const Step* waitingOnShared(const engine::Pipeline& held, IncidentId id, IncidentId other)
{
    for (const Step& step : held.files().at(id).plan.steps) {
        const IncidentMember* there = memberOf(held, other, step.action.targets.front());
        if (step.state == StepState::AwaitingApproval && there && !there->isConfirmedByPerson)
            return &step;
    }
    return nullptr;
}

} // namespace

/// What people arranged and took back: what somebody confirmed is again as it was.
class TestArrangedAgain : public QObject
{
    Q_OBJECT

private slots:
    void aConfirmationStaysWhereItWasGiven()
    {
        TwoIncidents two;
        const std::vector<AlertId> all = two.held->files().at(first).incident.alerts;
        const std::vector<AlertId> half(all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end());
        VERIFY_DONE(obey(*two.held, two, engine::Arrange{"split", first, {}, half, {}, "another matter", analyst}));
        QVERIFY(two.held->files().contains(third));
        const Step* step = waitingOnShared(*two.held, third, first);
        QVERIFY(step != nullptr);
        const EntityRef target = step->action.targets.front();
        const std::string request = step->request;
        for (const char* person : {commander, "user:commander-b"}) {
            if (two.held->approvals().find(request)->state == govern::RequestState::Pending)
                VERIFY_DONE(two.held->apply(engine::SubmitReply{two.answer(*two.held, request, person).reply}, {}));
        }
        QVERIFY(memberOf(*two.held, third, target)->isConfirmedByPerson);
        QVERIFY(!memberOf(*two.held, first, target)->isConfirmedByPerson);

        two.held.reset(); // each command by itself, as from a terminal
        two.held = two.wake();
        VERIFY_DONE(obey(*two.held, two, merge(first, third)));
        QVERIFY(memberOf(*two.held, first, target)->isConfirmedByPerson);
        QVERIFY(saysWhoConfirmed(*memberOf(*two.held, first, target)));
        const std::string order = two.ledger("incident.merged").back().data["order"].asString();
        for (const bool isMadeAnew : {false, true}) {
            two.held.reset();
            if (isMadeAnew)
                std::filesystem::remove(two.folder() / "case.db");
            two.held = two.wake();
            if (!isMadeAnew)
                VERIFY_DONE(obey(*two.held, two, undo(order)));
            QVERIFY(!memberOf(*two.held, first, target)->isConfirmedByPerson);
            QVERIFY(!saysWhoConfirmed(*memberOf(*two.held, first, target)));
            QVERIFY(memberOf(*two.held, third, target)->isConfirmedByPerson);
            QVERIFY(saysWhoConfirmed(*memberOf(*two.held, third, target)));
        }
    }
};

QTEST_GUILESS_MAIN(TestArrangedAgain)
#include "tst_arranged_again.moc"
