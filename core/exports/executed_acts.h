#pragma once

#include "core/exports/case_contents.h"

namespace cordon::exports {

/// An action that was begun, with what came of it, from the ledger's entries.
struct ExecutedAct
{
    std::int64_t intendedSeq = 0;
    std::int64_t outcomeSeq = -1; ///< -1: none is known
    std::string incident;
    std::string step;
    std::string title;   ///< English
    Value action;        ///< the exact action
    std::string digest;
    std::string tier;
    std::string actor;   ///< agent
    std::string begun;   ///< case clock, RFC 3339
    std::string ended;   ///< "" while open
    std::string outcome = "unknown"; ///< verified, failed, unknown
    std::string detail;
    std::vector<std::string> clauses; ///< that allowed it
    std::vector<std::string> approvers;
    std::int64_t decisionSeq = -1;
    bool isUndo = false;
};

/// In the order in which they were begun. Holds those that have no outcome yet.
[[nodiscard]] Result<void> eachExecutedAct(CaseContents& contents, const std::string& only,
                                           const std::function<Result<void>(const ExecutedAct&)>& visit);

} // namespace cordon::exports
