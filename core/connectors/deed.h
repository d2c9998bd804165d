#pragma once

#include "core/domain/target_facts.h"

namespace cordon::connectors {

/// One call that changes something, in its provider's own words.
struct Step
{
    Value call;        ///< what `Session::run` takes; kept in undo records
    std::string shown; ///< as previews show it, such as `iam:UpdateAccessKey AccessKeyId=AKIA… Status=Inactive`
};

/// What doing a verb to one target comes to: calls, the calls that take it back, and what people should know.
struct Deed
{
    std::vector<Step> calls; ///< in order
    std::vector<Step> undo;  ///< in order; empty when there is no way back
    Value before = Value::Object{};
    Value after = Value::Object{}; ///< attributes of expected-state.md that change
    std::vector<EntityRef> dependents;
    std::vector<std::string> stillOpen;
    std::string undoCost;
    bool exposes = false; ///< taking it back would make a value good again that leaked: only when a person says so
    bool removes = false; ///< the target itself is gone afterwards, and `undo` makes it again

    /// Notes that an attribute changes from what the facts say to `now`.
    void change(const TargetFacts& facts, const std::string& attribute, Value now);
};

/// An attribute of the facts, or null.
[[nodiscard]] const Value& stateOf(const TargetFacts& facts, const std::string& attribute);
/// Whether a list of texts holds one.
[[nodiscard]] bool holds(const Value& list, const std::string& id);
/// The list without that text.
[[nodiscard]] Value without(const Value& list, const std::string& id);
/// Texts as a sorted list.
[[nodiscard]] Value sortedList(std::vector<std::string> texts);

} // namespace cordon::connectors
