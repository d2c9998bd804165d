#pragma once

#include "core/domain/ledger_entry.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon::record {

/// What an order asks for and what an act says that it was asked for, in words that are equal when both are the same thing.
/// Source: docs/formats/ledger.md, "What the auditor asks of entries"
struct OrderRule
{
    std::string_view command;
    std::vector<std::string> (*asked)(const Value& args);
    std::vector<std::string> (*done)(const LedgerEntry& entry); ///< nothing for an act that nobody can have ordered
    const char* each = nullptr; ///< member that tells the acts of one order apart; nothing: one order, one act
};

/// The rule for an act of that type in a person's name; nullptr when it follows no command by these rules.
[[nodiscard]] const OrderRule* orderRule(std::string_view entryType);
/// What of an order an act may follow by these rules; nothing when none does.
[[nodiscard]] const OrderRule* orderRuleOf(std::string_view command);

/// Acts that nobody but a person does, whatever name stands over them.
[[nodiscard]] bool isPersonsAlone(const LedgerEntry& entry);

} // namespace cordon::record
