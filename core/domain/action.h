#pragma once

#include "core/base/digest.h"
#include "core/domain/entity.h"
#include "core/value/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon {

/// Risk class of an action. Names shown to people: Observe, Low, Disruptive, Destructive, Never.
enum class Tier { T0, T1, T2, T3, T4 };
[[nodiscard]] std::string_view toString(Tier tier); ///< "T0"…
[[nodiscard]] std::optional<Tier> tierFrom(std::string_view text);

/// Whether an action can be taken back.
enum class Back { Reversible, Partly, None };
[[nodiscard]] std::string_view toString(Back back); ///< "reversible", "partly", "none"

/// A row of the verb catalogue. Source: docs/formats/verbs.md
struct Verb
{
    std::string_view name;  ///< "credential.deactivate"
    Tier floor;
    Back back;
    std::string_view undo;  ///< verb, "snapshot", or "" when there is none
    bool changes;           ///< false for T0 verbs
};

/// The whole catalogue, in the order of docs/formats/verbs.md.
[[nodiscard]] const std::vector<Verb>& verbCatalogue();
/// The row of that name, or null: an unknown verb is never executed.
[[nodiscard]] const Verb* findVerb(std::string_view name);

/// What exactly would be done. Its canonical form has one digest; approvals and permits bind to that digest.
/// Source: docs/formats/action.md
struct Action
{
    std::string type;       ///< verb of the catalogue
    std::string connector;
    std::string tenant;
    std::vector<EntityRef> targets; ///< 1 to 25 of one kind; only kind and id are part of the canonical form
    Value params = Value::Object{}; ///< typed by verb; strings, integers, bools, entity ids
    std::string expectedState;      ///< hex SHA-256 of the attributes that the verb changes
    std::string incident;           ///< INC-0001
    std::string session;
    std::string mandate;            ///< hex digest of the mandate in force
    std::optional<std::string> rollback; ///< undo verb, "snapshot", or none

    /// {v, type, connector, tenant, targets, params, expected_state, incident, session, mandate, rollback}
    [[nodiscard]] Value toValue() const;
    [[nodiscard]] static Result<Action> fromValue(const Value& value);
    /// The exact bytes that are digested, approved and executed.
    [[nodiscard]] Result<std::string> canonical() const;
};

} // namespace cordon
