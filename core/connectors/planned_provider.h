#pragma once

#include "core/act/connector_settings.h"
#include "core/act/provider.h"
#include "core/connectors/asker.h"
#include "core/connectors/session.h"

#include <map>
#include <utility>

namespace cordon::connectors {

/// A verb that a provider can do, and how well it can be taken back where that is less than the catalogue says.
struct Ability
{
    std::string_view verb;
    std::optional<act::Capability> instead = std::nullopt;
};

/// A provider that plans each deed before it does it: facts, calls, calls that take them back. What changes nothing is not
/// done; what is half done is told as unknown; what somebody else changed is not taken back; what was just done is read back until it shows, for
/// a few seconds.
class PlannedProvider : public act::Provider
{
public:
    [[nodiscard]] std::vector<act::Capability> capabilities() const final;
    [[nodiscard]] Result<Value> check(const act::CallContext& context) final;
    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const act::CallContext& context) final;
    [[nodiscard]] Result<Preview> preview(const Action& action, const act::CallContext& context) final;
    [[nodiscard]] Result<act::ExecuteReply> execute(const Action& action, const act::CallContext& context) final;
    [[nodiscard]] Result<Outcome> verify(const Action& action, const act::CallContext& context) final;
    [[nodiscard]] Result<act::ExecuteReply> undo(const Action& action, const Value& undoRecord, bool overwritesDrift,
                                                 const act::CallContext& context) final;
    [[nodiscard]] std::optional<act::MadeValue> takeMade() final { return std::exchange(m_made, std::nullopt); }

protected:
    /// @param pause  waits between two looks; none: really
    PlannedProvider(act::ConnectorSettings settings, std::vector<Ability> abilities, Asker::Pause pause);
    [[nodiscard]] const act::ConnectorSettings& settings() const { return m_settings; }
    /// Whether an action changes nothing: its facts are what it brings. Snapshots that a system takes of something are made.
    [[nodiscard]] virtual bool isReading(const Action& action) const;
    /// @param verb  what the session may do besides reading, or ""
    [[nodiscard]] virtual Result<std::unique_ptr<Session>> open(const std::string& verb, const act::CallContext& context) = 0;

private:
    /// What was done here, until another call undoes it: what reading back should come to see.
    struct Awaited
    {
        bool isThere;
        Timestamp since;
    };
    [[nodiscard]] Result<std::unique_ptr<Session>> begin(const std::string& verb, const act::CallContext& context);
    [[nodiscard]] Result<Value> tenantChecked(Session& session) const;
    [[nodiscard]] Result<TargetFacts> factsOf(Session& session, const EntityRef& target, const act::CallContext& context) const;
    [[nodiscard]] Result<Deed> deedOf(Session& session, const Action& action, const TargetFacts& facts) const;
    [[nodiscard]] Result<Outcome> readBack(Session& session, const Action& action, const act::CallContext& context,
                                           std::optional<Timestamp> since) const;
    [[nodiscard]] Value wayBack(const Action& action, Value::Array targets) const;
    [[nodiscard]] Result<void> checkDrift(const Value& part, const TargetFacts& facts, bool overwrites) const;

    act::ConnectorSettings m_settings;
    std::vector<Ability> m_abilities;
    Asker::Pause m_pause;
    std::optional<act::MadeValue> m_made;
    std::map<std::string, Awaited> m_awaited; ///< by the action's canonical form
};

} // namespace cordon::connectors
