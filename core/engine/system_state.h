#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>
#include <vector>

namespace cordon::engine {

/// One real system as people see it. Source: docs/formats/connectors.md
struct SystemState
{
    std::string name; ///< as mandates name it
    std::string kind; ///< "aws", "okta"…
    std::string tenant;
    std::string environment;
    std::string address;            ///< where it is asked, as its settings say; "" where they say nothing
    std::vector<std::string> verbs; ///< that it can do

    bool isConnected = false; ///< this process acts on it; all that follows is known only then
    bool isProcessAlive = false;
    int waiting = 0;          ///< calls that stand in its queue
    bool isAsked = false;     ///< a call is under way
    bool isStuck = false;     ///< one that nobody waits for any more still runs
    std::optional<Timestamp> answered; ///< newest call that ended well, machine time
    std::optional<Timestamp> failed;   ///< newest one that did not
    std::string problem;               ///< of that one
};

} // namespace cordon::engine
