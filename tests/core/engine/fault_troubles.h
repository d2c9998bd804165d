#pragma once

#include "core/act/expected_state.h"
#include "core/domain/action.h"

#include <array>
#include <set>
#include <string>
#include <vector>

namespace cordon::tests {

/// One thing that goes wrong, once, while one step of a sequence is done, or taken back.
enum class Trouble {
    Timeout,        ///< it was done, and nobody answers
    Hang,           ///< no answer within the time of a call; nothing was done
    ServerError,    ///< 5xx; nothing was done
    Throttle,       ///< "too many requests"; nothing was done
    Refusal,        ///< the provider says no
    HalfDone,       ///< says done; half of it is
    BrokenOff,      ///< several calls make the act: half of them went well, the next is answered 5xx
    Lie,            ///< says done; nothing is
    ConsoleBefore,  ///< the console dies before the call
    ConsoleAfter,   ///< the console dies after the call, before it is written down
    ConnectorBefore, ///< the connector dies before it did anything, and has to be started anew
    ConnectorAfter, ///< the connector dies after it did it, and has to be started anew
    Drift,          ///< somebody else changes the target between decision and call
    Halt,           ///< people halt between permit and call, and resume
    LeaseEnd,       ///< all goes well, and the lease ends
};

struct TroubleRow
{
    Trouble trouble;
    const char* name;
};
inline constexpr std::array<TroubleRow, 15> allTroubles{{{Trouble::Timeout, "timeout"},
                                                         {Trouble::Hang, "hang"},
                                                         {Trouble::ServerError, "5xx"},
                                                         {Trouble::Throttle, "throttle"},
                                                         {Trouble::Refusal, "refusal"},
                                                         {Trouble::HalfDone, "half-done"},
                                                         {Trouble::BrokenOff, "5xx between two calls"},
                                                         {Trouble::Lie, "lie"},
                                                         {Trouble::ConsoleBefore, "console dies before"},
                                                         {Trouble::ConsoleAfter, "console dies after"},
                                                         {Trouble::ConnectorBefore, "connector dies before"},
                                                         {Trouble::ConnectorAfter, "connector dies after"},
                                                         {Trouble::Drift, "drift"},
                                                         {Trouble::Halt, "halt"},
                                                         {Trouble::LeaseEnd, "lease end"}}};

/// What goes wrong: with the step, or with taking it back.
struct Mishap
{
    Trouble trouble = Trouble::LeaseEnd;
    bool isInUndo = false;
};

/// A step of an exercise by what it does to what.
struct StepName
{
    std::string verb;
    std::string target; ///< id
    bool canBeTakenBack = false;
    [[nodiscard]] bool isOf(const Action& action) const
    {
        return action.type == verb && !action.targets.empty() && action.targets.front().id == target;
    }
};

/// How one step stood in the end, and what was wrong with that.
struct FaultCell
{
    std::string state;                 ///< "verified", "failed"…, with "kept" and the like behind it
    std::string why;                   ///< as the step's card says it
    bool canBeUndone = false;
    int attempts = 0;                  ///< acts begun
    std::vector<std::string> problems; ///< what must not be
};

/// How a step may stand after a trouble. What was not done must not be told as done, and the other way round.
/// Source: docs/reliability.md, "What goes wrong with one step"
inline std::set<std::string> goodEnds(const StepName& name, Trouble trouble)
{
    const Verb* verb = findVerb(name.verb);
    const bool isRepeated = !verb->changes; // what changes nothing, and what surely was not noted, is done anew
    switch (trouble) {
    case Trouble::Timeout:
    case Trouble::ConsoleAfter:
    case Trouble::ConnectorAfter:
    case Trouble::Halt: return {"verified"};
    case Trouble::Hang:
    case Trouble::ServerError:
    case Trouble::ConsoleBefore:
    case Trouble::ConnectorBefore:
    case Trouble::Throttle:
    case Trouble::Refusal:
    case Trouble::HalfDone:
    case Trouble::Lie: return {isRepeated ? "verified" : "failed"};
    case Trouble::BrokenOff: return isRepeated ? std::set<std::string>{"verified"} : std::set<std::string>{"failed", "verified"};
    case Trouble::Drift: return {act::attributesChangedBy(name.verb)->empty() ? "verified" : "failed"};
    case Trouble::LeaseEnd: break;
    }
    return {"verified", "verified, kept", "reverted"};
}

/// The same of taking it back: it is done, or the step stands as before and can be taken back another time.
inline std::set<std::string> goodEndsOfUndo(Trouble trouble)
{
    switch (trouble) {
    case Trouble::Timeout:
    case Trouble::ConsoleAfter:
    case Trouble::ConnectorAfter:
    case Trouble::Halt: return {"reverted"};
    case Trouble::HalfDone:
    case Trouble::BrokenOff: return {"reverted", "verified"}; // one call may be all of it
    default: return {"verified"};
    }
}

/// "" or what is wrong with the end of a cell.
inline std::string wrongEnd(const StepName& name, const Mishap& mishap, const FaultCell& cell)
{
    const std::set<std::string> good = mishap.isInUndo ? goodEndsOfUndo(mishap.trouble) : goodEnds(name, mishap.trouble);
    if (good.contains(cell.state))
        return {};
    return "stands as " + cell.state + " (" + cell.why + "), and " + *good.begin() + " would be right";
}

} // namespace cordon::tests
