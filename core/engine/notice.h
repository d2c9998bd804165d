#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cordon::engine {

/// What the engine is busy with.
enum class Phase { Opening, Ingesting, Deciding, Live, Closed };

/// What the response agent is doing, as shown in the top bar.
enum class AgentState { Observing, Acting, Waiting, Halted, Paused };

/// A folded picture of the whole engine, sent whenever something changed. Cheap to copy.
struct Notice
{
    std::uint64_t revision = 0; ///< grows with every change of the case; views reload what they show when it moved
    Phase phase = Phase::Opening;
    AgentState agent = AgentState::Observing;

    std::int64_t events = 0;
    std::int64_t rejected = 0;
    std::int64_t alerts = 0;
    std::int64_t incidents = 0;
    std::int64_t ledgerEntries = 0;
    bool isLedgerHealthy = true;
    int waitingApprovals = 0;
    int needsYou = 0;              ///< incidents in which a step waits for people

    std::uint64_t bytesRead = 0;   ///< of the files being read
    std::uint64_t bytesTotal = 0;
    double bytesPerSecond = 0;
    std::string currentFile;

    Timestamp caseNow;             ///< case clock
    Timestamp logReaches;          ///< time of the newest event
    int actionsUsed = 0;
    int actionsMost = 0;           ///< 0 = no session yet
    std::optional<Timestamp> sessionUntil;

    bool isFollowed = false;       ///< another process holds the case; this one looks on
    std::string holder;            ///< its process number, "" when nobody holds it any more

    std::vector<IncidentId> changed; ///< incidents touched since the last notice
    std::optional<Text> message;     ///< something a person should read now
    bool isProblem = false;          ///< `message` is about something that went wrong
};

/// Hears the engine. Called on the engine thread: copy and return at once.
class Listener
{
public:
    Listener() = default;
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    virtual ~Listener() = default;
    virtual void onNotice(const Notice& notice) = 0;
};

} // namespace cordon::engine
