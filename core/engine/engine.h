#pragma once

#include "core/act/connector.h"
#include "core/act/credential_source.h"
#include "core/base/result.h"
#include "core/crypto/secret_bytes.h"
#include "core/engine/commands.h"
#include "core/engine/notice.h"
#include "core/ingest/import_options.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cordon::engine {

class AgentIdentity;
class ConnectedSystems;

/// The real systems that a case acts on.
struct ConnectWish
{
    std::filesystem::path settings; ///< docs/formats/connectors.md, "Settings"
    std::filesystem::path program;  ///< cordon_connector
    std::shared_ptr<act::CredentialSource> credentials;
    std::shared_ptr<ConnectedSystems> systems = {}; ///< who shows them looks there; null: nobody does
};

/// How log time drives the case clock.
enum class ReplayMode {
    None,  ///< wall clock
    Batch, ///< nothing acts until input ends; then the clock starts at the last event
    Paced, ///< the clock follows log time at a pace, then runs on
};

/// What a case is opened with.
struct EngineOptions
{
    std::filesystem::path folder;                  ///< X.cordon; made when missing
    std::filesystem::path home;                    ///< $CORDON_HOME
    std::filesystem::path resources;               ///< folder that holds rules/, playbooks/, mandates/, field_maps/
    std::vector<std::filesystem::path> logs;       ///< files and folders
    std::vector<std::filesystem::path> maps;       ///< field maps that a person wrote for these logs
    ingest::ImportOptions import;                  ///< what is said of the logs' times
    std::vector<std::filesystem::path> follow;     ///< folders and growing files to follow
    std::vector<std::filesystem::path> rules;      ///< further rule files and folders
    bool usesBuiltinRules = true;
    std::filesystem::path placeholders;            ///< file with values for the modifier `expand`; empty: none
    std::vector<std::filesystem::path> baselines;  ///< cases from whose events what is usual is learned
    std::optional<std::filesystem::path> mandate;  ///< none: the exercise's own, or no acting
    std::string exercise;                          ///< "", "from-log", or the name of a shipped scenario
    std::optional<ConnectWish> connect;            ///< none: a real case only proposes
    ReplayMode replay = ReplayMode::None;
    double pace = 0;                               ///< log seconds per second, for ReplayMode::Paced; 0: the exercise's own
    int threads = 0;                               ///< that match while logs are read; 0: one for each core, at most 8
    std::optional<int> mostSessions;               ///< agent sessions at once, where fewer than the mandate allows
    Duration callTime = std::chrono::seconds(30);  ///< so long a connector may take for one call
    /// Given each connector that is made, gives the one that is used: how a test watches what is called.
    std::function<std::unique_ptr<act::Connector>(std::unique_ptr<act::Connector>)> watchConnector;
    std::optional<Timestamp> now;                  ///< fixes the start of the case clock
    std::string operatorId = "user:local";
    /// The agent's own identity; an exercise has one of its own. Null: nobody asked, and the agent is nobody.
    std::shared_ptr<AgentIdentity> identity;
    bool rebuildsIndex = false;                    ///< `case.db` is made anew even where it is whole
    bool encryptsEvidence = false;                 ///< from now on: docs/formats/evidence.md, "Encrypted objects"
    std::shared_ptr<const crypto::SecretBytes> evidencePassphrase = {}; ///< under which that key lies; null: under none
};

/// The whole engine of one case on its own thread.
class Engine
{
public:
    /// Starts the thread, which opens or makes the case, or follows one that another process holds; a case that cannot be opened is told by a notice with
    /// Phase::Closed and the reason, so that a window never waits here.
    /// @param listener  outlives the engine
    [[nodiscard]] static Result<std::unique_ptr<Engine>> start(EngineOptions options, Listener& listener);
    /// Stops at once and leaves a case that opens.
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Safe from any thread. `Halt` takes effect before this returns. What `needsSignature` is refused unless it comes
    /// in a `Signed`.
    void submit(Command command);

private:
    struct State;
    explicit Engine(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace cordon::engine
