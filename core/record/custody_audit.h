#pragma once

#include "core/domain/ledger_entry.h"
#include "core/record/known_people.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cordon::record {

/// Checks from the ledger alone that whatever people did with evidence is what they signed: exhibits, legal hold,
/// transfers by both sides, erasure. Source: docs/formats/ledger.md, "What the auditor asks of entries"
class CustodyAudit
{
public:
    using People = std::map<std::string, crypto::PublicKey>;

    explicit CustodyAudit(std::optional<KnownPeople> known = {}) : m_known(std::move(known)) {}
    /// @param people  of an exercise, in force at this entry; empty in a real case
    /// @return  what is wrong with the entry, "" when it is no act on evidence, or one that holds
    [[nodiscard]] std::string add(const LedgerEntry& entry, const People& people);

    struct Counts
    {
        int signatures = 0; ///< orders under a signature that holds
        int unknown = 0;    ///< of these: the key is the one that the entry names, whose it is nobody here can tell
        int transfers = 0;
        int received = 0;
    };
    [[nodiscard]] const Counts& counts() const { return m_counts; }

private:
    struct Item
    {
        std::string number; ///< EX-0001
        bool isHeld = false;
        std::string holder{};            ///< a person: who brought it, or received it last; "" while no person has it
        crypto::PublicKey holdersKey{};
        std::string onItsWay{};          ///< number of an open transfer
    };
    struct Transfer
    {
        std::string from;
        std::string to;
        std::vector<std::string> digests;
        bool isReceived = false;
    };
    [[nodiscard]] Result<crypto::PublicKey> keyOf(const LedgerEntry& entry, const People& people);
    [[nodiscard]] std::string judge(const LedgerEntry& entry, const Value& args, const People& people);
    [[nodiscard]] std::string takeExhibit(const LedgerEntry& entry, const Value& args);
    [[nodiscard]] std::string takeItem(const LedgerEntry& entry, const Value& args);
    [[nodiscard]] std::string takeTransfer(const LedgerEntry& entry, const Value& args, const People& people);
    [[nodiscard]] std::string takeReceipt(const LedgerEntry& entry, const Value& args);
    [[nodiscard]] std::string whyNotGivable(const Item& item, const LedgerEntry& entry, const People& people) const;
    [[nodiscard]] bool isNamed(const std::string& digest, const std::string& name) const;

    std::optional<KnownPeople> m_known;
    std::string m_origin;
    bool m_isFromHere = false; ///< this installation began the case
    std::map<std::string, Item> m_items;         ///< by digest
    std::map<std::string, Transfer> m_transfers; ///< by number
    std::size_t m_exhibits = 0;
    std::set<std::string> m_nonces;
    std::set<std::string> m_ended; ///< sittings
    crypto::PublicKey m_signer; ///< of the entry that is looked at
    Counts m_counts;
};

} // namespace cordon::record
