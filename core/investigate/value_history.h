#pragma once

#include "core/investigate/changed_values.h"

#include <map>
#include <set>

namespace cordon::investigate {

/// What the log tells of attributes from one change of a thing to the next: a call that sets something tells what the one
/// after it replaces or takes away. Changes are given in order of time; one that was not read is to be told, so that
/// nothing stale is said.
class ValueHistory
{
public:
    /// What the change set to what. A deletion or detachment has nothing after it, and what it took away before it, where
    /// the log tells. Of a call that failed only what it asked for.
    [[nodiscard]] std::vector<ChangedValue> next(const IdentityChange& change, const std::vector<ToldValue>& told);
    /// Nothing is known of the changed thing any more, nor, where it is somebody, of what they have.
    void forget(const IdentityChange& change);
    /// Whose right, and which: changes of the same thing have the same.
    [[nodiscard]] static std::string thingOf(const IdentityChange& change);

private:
    /// By attribute; null: known to be absent.
    using Known = std::map<std::string, Value, std::less<>>;

    void take(const IdentityChange& change, const ToldValue& told, std::vector<ChangedValue>& values);
    void removed(const IdentityChange& change, const std::vector<ToldValue>& told, std::vector<ChangedValue>& values);

    std::map<std::string, Known> m_known;
};

} // namespace cordon::investigate
