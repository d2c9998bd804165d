#include "tests/core/record/heard_entries.h"

using namespace cordon;
using namespace cordon::record;

/// The agent gives back only what its lease let it, and nobody takes back one thing by an order for another.
class TestUndoAudit : public QObject, private test::HeardEntries
{
    Q_OBJECT

private:
    /// An act that was done in a step, under a lease until an hour later.
    void done(const std::string& target, const char* lease = "2026-11-21T13:00:00Z")
    {
        m_at = "2026-11-21T12:00:00Z";
        decide(target, "allow");
        intend(target);
        Value data = Value::Object{{"digest", digest(target)}, {"step", target}};
        if (lease)
            data.set("lease_until", lease);
        add("outcome.verified", std::move(data));
        m_at = "2026-11-21T13:00:00Z";
    }
    void undoBy(Actor::Kind kind, const std::string& target, const std::string& step)
    {
        const Value decision = Value::Object{{"digest", digest(target)}, {"effect", "allow"}, {"tier", "T1"}, {"clauses", Value::Array{"C2"}}};
        add("decision", Value::Object{{"decision", decision}, {"undo", true}, {"step", step}}, kind);
        add("action.intended", Value::Object{{"digest", digest(target)}, {"action", action(target)}, {"permit", "u"}, {"undo", true}, {"step", step}}, kind);
    }

private slots:
    void init() { begin(); }
    void theAgentGivesBackWhenALeaseHasEnded();
    void theAgentGivesNothingBackBeforeThatOrWithoutALease();
    void theAgentGivesNothingBackThatPeopleConfirmed();
    void nobodyShortensALease();
    void anOrderForOneStepTakesBackNoOther();
    void somebodyElseDoesNotTakeItBackOrSayHowItEnded();
};

void TestUndoAudit::theAgentGivesBackWhenALeaseHasEnded()
{
    done("a");
    undoBy(Actor::Kind::Agent, "a", "a");
    QVERIFY2(m_audit.problems().empty(), m_audit.problems().empty() ? "" : m_audit.problems().front().what.c_str());
}

// MAESTRO L5
void TestUndoAudit::theAgentGivesNothingBackBeforeThatOrWithoutALease()
{
    const std::string words = "an undo by nobody's order, and no lease had ended";
    done("a");
    m_at = "2026-11-21T12:59:59Z";
    undoBy(Actor::Kind::Agent, "a", "a");
    QCOMPARE(onlyProblem(), words);
    begin();
    done("a", nullptr);
    undoBy(Actor::Kind::Agent, "a", "a");
    QCOMPARE(onlyProblem(), words);
    begin();
    done("a");
    add("lease.overdue", Value::Object{{"step", "a"}});
    undoBy(Actor::Kind::Engine, "a", "a");
    QCOMPARE(onlyProblem(), words);
}

void TestUndoAudit::theAgentGivesNothingBackThatPeopleConfirmed()
{
    done("a");
    take("user:commander-a", "done-elsewhere", Value::Object{{"step", "b"}, {"note", ""}});
    add("step.done_elsewhere", Value::Object{{"step", "b"}, {"note", ""}, {"outcome", Value::Object{{"state", "verified"}}}}, Actor::Kind::Person);
    undoBy(Actor::Kind::Agent, "a", "a");
    QCOMPARE(onlyProblem(), std::string("an undo by nobody's order of what people had confirmed"));
}

void TestUndoAudit::nobodyShortensALease()
{
    done("a");
    add("lease.extended", Value::Object{{"step", "a"}, {"until", "2026-11-21T14:00:00Z"}}, Actor::Kind::Engine); // it stood still while halted
    QVERIFY(m_audit.problems().empty());
    undoBy(Actor::Kind::Agent, "a", "a");
    QCOMPARE(m_audit.problems().size(), std::size_t(1));
    add("lease.extended", Value::Object{{"step", "a"}, {"until", "2026-11-21T12:30:00Z"}}, Actor::Kind::Engine);
    QCOMPARE(m_audit.problems().back().what, std::string("a lease that was shortened, or given anew, by nobody"));
}

// MAESTRO L5
void TestUndoAudit::anOrderForOneStepTakesBackNoOther()
{
    done("a");
    done("b");
    take("user:commander-a", "undo", Value::Object{{"step", "a"}});
    undoBy(Actor::Kind::Person, "b", "a"); // by the order for step a, and with what step b did
    QCOMPARE(onlyProblem(), std::string("an undo of something that was not done"));
    take("user:commander-a", "undo", Value::Object{{"step", "a"}});
    undoBy(Actor::Kind::Person, "a", "a");
    QCOMPARE(m_audit.problems().size(), std::size_t(1));
}

void TestUndoAudit::somebodyElseDoesNotTakeItBackOrSayHowItEnded()
{
    done("a");
    decide("a", "allow", "T1", true);
    add("action.intended", Value::Object{{"digest", digest("a")}, {"action", action("a")}, {"permit", "u"}, {"undo", true}, {"step", "a"}},
        Actor::Kind::Person, "user:commander-b");
    QCOMPARE(onlyProblem(), std::string("an undo without a decision that allows it"));
    begin();
    done("a");
    decide("a", "allow", "T1", true);
    takeBack("a");
    add("outcome.verified", Value::Object{{"digest", digest("a")}, {"permit", "u"}, {"undo", true}}, Actor::Kind::Person, "user:commander-b");
    QCOMPARE(onlyProblem(), std::string("an outcome in the name of somebody else than who began it: user:commander-b"));
}

QTEST_GUILESS_MAIN(TestUndoAudit)
#include "tst_undo_audit.moc"
