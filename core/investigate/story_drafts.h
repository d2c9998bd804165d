#pragma once

#include "core/investigate/story_telling.h"

namespace cordon::investigate {

/// So many things of one kind, made by one identity, are told one by one; of more, the most telling and all others in a
/// sentence together.
constexpr std::size_t mostApart = 3;

/// Names in the order in which they came up, each once.
class NameList
{
public:
    void add(const std::string& key, const std::string& name);
    void add(const NameList& others);
    [[nodiscard]] std::size_t count() const { return m_keys.size(); }
    /// The first name, or `alice, bob, carol … (12)`; `something unnamed` when there is none.
    [[nodiscard]] std::string text(bool isList) const;

private:
    std::set<std::string> m_keys;
    std::vector<std::string> m_names; ///< the first few
};

/// Acts that share a sentence, with what is needed to write it.
struct Draft
{
    Kind kind = Kind::RuleMatched;
    const Event* first = nullptr;
    const Event* last = nullptr;
    const Event* weightiest = nullptr; ///< that the gravest rule matched
    Telling telling; ///< of the first event
    NameList objects;
    NameList subjects;
    NameList actions;
    std::vector<EventId> events;
    std::optional<Severity> gravest;                         ///< of the rules that matched any of them
    std::optional<std::pair<Timestamp, Timestamp>> reported; ///< what findings say of first and last, not their records
};

/// What keeps acts apart.
struct DraftKey
{
    Kind kind;
    std::string doer;
    std::string outcome; ///< `done`, `denied`, `failed`, `rehearsed`
    std::string apart;

    bool operator<(const DraftKey& other) const
    {
        return std::tie(kind, doer, outcome, apart) < std::tie(other.kind, other.doer, other.outcome, other.apart);
    }
};

/// The acts of the incident by what they are told as. However many things it made, few are told one by one: what was used
/// is more telling than what the gravest rules speak of.
[[nodiscard]] std::map<DraftKey, Draft> draftsOf(const Inquiry& inquiry);

} // namespace cordon::investigate
