#include "core/engine/judge.h"

#include <QTest>

using namespace cordon;
using namespace cordon::engine;

/// Who depends on a thing, from its own system and from the log.
class TestJudge : public QObject
{
    Q_OBJECT

private:
    const EntityRef m_role{EntityKind::Role, "arn:aws:iam::123456789012:role/app", {}, {}};
    const EntityRef m_instance{EntityKind::Workload, "i-0one", {}, {}};
    const EntityRef m_pipeline{EntityKind::Account, "arn:aws:iam::123456789012:user/deploy", {}, {}};

    /// @param system  who the system names; none: it does not know
    std::size_t dependents(std::optional<std::vector<EntityRef>> system, bool isInPart, bool isInLog = true) const
    {
        IncidentFile file;
        if (isInLog)
            file.brief.dependents.push_back({m_role, m_pipeline, 12, Timestamp::fromMicros(1)});
        TargetFacts facts;
        facts.target = m_role;
        facts.exists = true;
        facts.dependents = std::move(system);
        if (isInPart)
            facts.state["dependents_listed"] = "in part";
        AgentDesk desk;
        Judge(desk).addDependents(file, facts);
        return facts.dependents ? facts.dependents->size() : 99;
    }

private slots:
    void whoIsNamedInPartCountsBesideTheLog()
    {
        const std::vector<EntityRef> instance{m_instance};
        QCOMPARE(dependents(instance, true), std::size_t(2));
        QCOMPARE(dependents(instance, false), std::size_t(1)); // all of them: the log sees the same uses from outside
        QCOMPARE(dependents(std::vector<EntityRef>(), true), std::size_t(1)); // known to have none, and the log knows better
        QCOMPARE(dependents(std::vector<EntityRef>(), true, false), std::size_t(0));
        QCOMPARE(dependents(std::vector<EntityRef>{m_pipeline}, true), std::size_t(1)); // not twice
        QCOMPARE(dependents(std::nullopt, false), std::size_t(1));
        QCOMPARE(dependents(std::nullopt, false, false), std::size_t(99)); // unknown, not none
    }
};

QTEST_GUILESS_MAIN(TestJudge)
#include "tst_judge.moc"
