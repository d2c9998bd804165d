#pragma once

#include "core/act/actuator.h"
#include "core/act/expected_state.h"
#include "core/act/permit_check.h"
#include "core/tenant/exercise_connector.h"
#include "core/value/yaml.h"
#include "tests/support/permit_maker.h"

#include <QTemporaryDir>

#include <optional>
#include <string>

namespace cordon::test {

/// A small exercise tenant with its connector, a clock that tests move, and permits for whatever they want done.
/// Only for programs that do not link cordon_govern.
class ExerciseFixture
{
public:
    class MovingClock : public Clock
    {
    public:
        Timestamp time = *Timestamp::parse("2026-11-21T12:00:00Z");
        [[nodiscard]] Timestamp now() const override { return time; }
    };

    QTemporaryDir folder;
    MovingClock clock;
    std::optional<tenant::ExerciseConnector> connector;

    ExerciseFixture()
    {
        auto made =
            tenant::Tenant::create(folder.filePath("tenant.db").toStdString(), *yaml::parse(description), clock);
        if (!made)
            qFatal("%s", made.error().detail.c_str());
        connector.emplace(std::move(*made));
    }

    tenant::Tenant& contents() { return connector->contents(); }

    /// An action on one target as it stands now.
    Action action(const std::string& verb, EntityKind kind, const std::string& id, Value params = Value::Object{})
    {
        Action made;
        made.type = verb;
        made.connector = "exercise";
        made.tenant = "acme";
        made.targets = {{kind, id, {}, {}}};
        made.params = std::move(params);
        made.incident = "INC-0001";
        made.expectedState = act::expectedState(verb, *contents().facts(made.targets[0])).value_or("");
        return made;
    }

    Permit permit(const Action& wanted)
    {
        return govern::Gate::permit(*act::actionDigest(wanted), "exercise", "serial-" + std::to_string(++m_serial),
                                    clock.time + std::chrono::minutes(5));
    }

    Result<Outcome> run(const Action& wanted)
    {
        act::Actuator actuator(*connector, clock, [] { return false; });
        return actuator.run(permit(wanted), wanted, {});
    }

    Result<Outcome> undo(const Action& done, const Outcome& outcome, bool overwritesDrift = false)
    {
        act::Actuator actuator(*connector, clock, [] { return false; });
        return actuator.undo(permit(done), done, outcome.undoRecord, overwritesDrift, {});
    }

    Value stateOf(EntityKind kind, const std::string& id, const std::string& attribute)
    {
        const TargetFacts facts = *contents().facts({kind, id, {}, {}});
        const auto found = facts.state.find(attribute);
        return found == facts.state.end() ? Value() : found->second;
    }

private:
    static constexpr const char* description =
        "tenant: cordon/v1\n"
        "name: acme\n"
        "environment: exercise\n"
        "entities:\n"
        "  - {kind: account, id: svc, type: service, name: svc,\n"
        "     state: {policies: [p-extra, p-base], grants: [g1], consents: [app1]}}\n"
        "  - {kind: account, id: bare, type: service, name: bare}\n"
        "  - {kind: credential, id: AKIA1, type: access_key, owner: {kind: account, id: svc}}\n"
        "  - {kind: credential, id: AKIA2, type: access_key, owner: {kind: account, id: other}}\n"
        "  - {kind: credential, id: AKIA3, type: access_key, owner: {kind: account, id: other}}\n"
        "  - {kind: credential, id: tok1, type: token, owner: {kind: account, id: svc}}\n"
        "  - {kind: role, id: r1, name: r1, state: {policies: [p-extra], trust: {allows: [svc]}}}\n"
        "  - {kind: credential, id: ASIA1, type: session, parent: {kind: role, id: r1},\n"
        "     made_with: {kind: credential, id: AKIA1},\n"
        "     created_at: '2026-11-21T11:30:00Z', expires_at: '2026-11-21T12:30:00Z'}\n"
        "  - {kind: workload, id: i-1, type: instance, name: web, state: {security_groups: [sg-web]}}\n"
        "  - {kind: workload, id: job, type: container, name: job, state: {configuration: {credential: AKIA1}}}\n"
        "  - {kind: secret, id: s1, name: s1,\n"
        "     state: {versions: [{id: v1, stage: AWSPREVIOUS}, {id: v2, stage: AWSCURRENT}]}}\n"
        "dependents:\n"
        "  - {of: {kind: credential, id: AKIA1}, by: {kind: workload, id: job}}\n";

    int m_serial = 0;
};

} // namespace cordon::test
