#pragma once

#include "app/ctl/ctl.h"
#include "app/ctl/step_up_call.h"

#include <functional>
#include <memory>

namespace cordon::ctl {

/// Who gives a command and where the factors come from.
struct PersonWish
{
    std::string folder;
    std::string target; ///< request or step
    std::string person;
    std::string reason;
    std::string until;
    FactorWish factors;
    bool hasSecurityKey = false;
    bool overwritesDrift = false;
    bool isAgentPaused = false;
    bool isDrill = false;
};

/// `--as` and the descriptors that give the factors.
void addFactors(CLI::App& command, const std::shared_ptr<PersonWish>& wish);
/// Whether the person's vault is on this machine, in the exercise or with the installation.
[[nodiscard]] bool hasVault(const Context& context, const PersonWish& wish);
/// A command for the case of that ledger, signed by the person in the approval program.
[[nodiscard]] Result<std::string> signFor(const Context& context, const PersonWish& wish, const std::string& command, Value args,
                                          const std::string& origin);
/// Has the person sign a command in the approval program, and gives it to the case or leaves it in its inbox.
/// @param signedOnly  done between the two, such as what only a signature allows; its failure ends the command
[[nodiscard]] Result<Value> giveCommand(const Context& context, const PersonWish& wish, const std::string& command,
                                        Value args, const std::function<Result<void>()>& signedOnly = {});
/// Prints what came of a command. @return the exit status for it
int told(const Context& context, const Result<Value>& answer);

/// What changes no containment: notes, who works on what, steps left out, verdicts, joining an exercise.
void addSmallCommands(CLI::App& app, Context& context, int& status);

} // namespace cordon::ctl
