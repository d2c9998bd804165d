#pragma once

#include "core/domain/event.h"
#include "core/domain/mandate.h"

#include <set>
#include <string>
#include <vector>

namespace cordon::govern {

/// What a record is measured against: the incident that the agent looks into.
struct SeeScope
{
    Timestamp newest;            ///< of the incident's events: a clause's window reaches back from here
    std::set<EntityRef> members; ///< for clauses that reach members only
};

/// What the agent may read, from the mandate's `see` clauses. Everything that no clause names is not read.
/// Source: docs/formats/mandate.md, "What the agent may see"
class SeeRules
{
public:
    /// No mandate, or one without clauses: nothing may be read.
    explicit SeeRules(const Mandate* mandate = nullptr);

    /// Ids of the clauses that let the record be read; empty: the agent may not read it.
    [[nodiscard]] std::vector<std::string> clausesFor(const Event& event, const SeeScope& scope) const;
    [[nodiscard]] bool sees(const Event& event, const SeeScope& scope) const;
    /// Takes out of the record what the clauses that let it be read want hidden. @return whether anything was
    [[nodiscard]] bool redact(Event& event, const SeeScope& scope) const;
    /// True when every record of these sources between the two times may be read as it is, whatever it names.
    [[nodiscard]] bool seesAllOf(const std::set<std::string, std::less<>>& sources, Timestamp oldest,
                                 Timestamp newest) const;
    /// Ids of the clauses that speak of these sources.
    [[nodiscard]] std::vector<std::string> clausesAbout(const std::set<std::string, std::less<>>& sources) const;
    /// Ids of the clauses that let the agent ask a connector about an entity; empty: it may not ask.
    [[nodiscard]] std::vector<std::string> inventoryClauses(bool isMember) const;

private:
    /// Of the clauses that name a source those that name it most exactly.
    [[nodiscard]] std::vector<const SeeClause*> about(std::string_view source) const;
    [[nodiscard]] std::vector<const SeeClause*> matching(const Event& event, const SeeScope& scope) const;

    std::vector<SeeClause> m_clauses;
};

/// True when the clause's `source` names the source: the same word, `prefix.*`, or `"*"`.
[[nodiscard]] bool namesSource(std::string_view pattern, std::string_view source);
/// True for what `redact` may name: a field (address, user_agent, error, region, external_id), or a word of free text
/// such as `token`, whose value is then hidden wherever it is written as token=…, token: … or "token":"…".
[[nodiscard]] bool isRedaction(std::string_view name);
/// Hides the values of one such word in a text.
[[nodiscard]] std::string withoutValueOf(std::string_view word, std::string_view text);

} // namespace cordon::govern
