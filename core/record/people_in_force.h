#pragma once

#include "core/domain/ledger_entry.h"
#include "core/record/known_people.h"
#include "core/value/value.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace cordon::record {

/// Who counts at a place in a ledger, and with which key. In an exercise the ledger says it: the people of its first mandate
/// and who joined, as the installation knows them that began it. In a real case the installation that began it knows; elsewhere an entry's own word stands, and is
/// counted. Source: docs/formats/ledger.md, "What the auditor asks of entries"
class PeopleInForce
{
public:
    struct Person
    {
        crypto::PublicKey key;
        std::set<std::string> roles;
        bool isRoleKnown = true; ///< false where only the entry says who it is
    };

    explicit PeopleInForce(std::optional<KnownPeople> known = {}) : m_known(std::move(known)) {}

    /// @return what is wrong with the entry, "" when it is not about people or mandates, or holds. What is wrong changes nobody.
    [[nodiscard]] std::string add(const LedgerEntry& entry);
    /// The person under whose key something was signed at an entry.
    /// @param named  the key that the entry gives them, for a real case
    /// ErrorCode::Untrusted with words for the report when they do not count
    [[nodiscard]] Result<Person> find(const std::string& person, const Value& named, Timestamp at) const;
    /// True for somebody who can sign here, as far as can be told here.
    [[nodiscard]] bool isKnown(const std::string& person, Timestamp at) const;
    /// Whether an order can have been signed for an entry at `at`: within ten minutes of it, and not for a time before one that the
    /// ledger had reached, unless the order names that time itself: nobody can have known it before.
    [[nodiscard]] bool isFresh(Timestamp issued, const Value& args, Timestamp at) const;
    /// Somebody vouched for a clock that was set back, and named the time that the ledger had reached.
    void trust(const LedgerEntry& entry);
    /// The latest time of any entry since somebody last did.
    [[nodiscard]] Timestamp reached() const { return m_latest; }

    /// False in an exercise that has no people yet: whoever is named there is nobody.
    [[nodiscard]] bool isAnybody() const { return !m_isExercise || !m_people.empty(); }
    [[nodiscard]] bool isExercise() const { return m_isExercise; }
    [[nodiscard]] const std::map<std::string, Person>& inExercise() const { return m_people; }
    [[nodiscard]] const std::optional<crypto::PublicKey>& agentKey() const { return m_agentKey; }
    /// Who answers for what is done under a mandate, "" for one that was never in force.
    [[nodiscard]] std::string accountableUnder(const std::string& mandate) const;
    [[nodiscard]] const std::string& origin() const { return m_origin; }
    [[nodiscard]] int signatures() const { return m_signatures; } ///< of people who joined, and of owners
    [[nodiscard]] int unknown() const { return m_unknown; } ///< mandates whose owners nobody here can tell

private:
    [[nodiscard]] std::string takeMandate(const LedgerEntry& entry);
    [[nodiscard]] std::string whyNotSuccessor(const Value& data) const;
    [[nodiscard]] std::string whyNotSigned(const LedgerEntry& entry);
    [[nodiscard]] std::string takePeople(const Value& data);
    [[nodiscard]] std::string join(const LedgerEntry& entry);
    [[nodiscard]] std::string whyNotJoined(const LedgerEntry& entry, const crypto::PublicKey& key);

    std::optional<KnownPeople> m_known;
    std::string m_origin;
    Timestamp m_latest; ///< reached: a clock that is said to be set back makes nobody somebody again
    bool m_isExercise = true;
    bool m_isFromHere = false; ///< this installation began the case
    Value m_first;             ///< data of the first mandate in force; null before it
    std::int64_t m_revision = -1; ///< the newest of an exercise's
    std::map<std::string, std::pair<std::int64_t, std::string>> m_newest; ///< by mandate: revision and digest
    std::map<std::string, std::string> m_accountable; ///< by digest of a mandate
    std::map<std::string, Person> m_people; ///< in force, those who joined among them
    std::map<std::string, Person> m_joined; ///< no mandate names them, and none sends them away
    std::set<std::string> m_nonces;         ///< of orders to join
    std::optional<crypto::PublicKey> m_agentKey;
    int m_signatures = 0;
    int m_unknown = 0;
};

} // namespace cordon::record
