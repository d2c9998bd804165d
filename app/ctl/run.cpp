#include "app/ctl/agent_start.h"
#include "app/ctl/ctl.h"
#include "app/ctl/interrupts.h"
#include "app/tty/terminal.h"
#include "core/act/credential_vault.h"
#include "core/engine/pipeline.h"
#include "core/platform/heap.h"
#include "core/record/case_folder.h"
#include "core/words/counted.h"

#include <chrono>
#include <iostream>
#include <memory>
#include <thread>
#include <unistd.h>

namespace cordon::ctl {
namespace {

struct RunWish
{
    std::string folder;
    std::vector<std::string> rules;
    std::string placeholders;
    bool isWithoutBuiltin = false;
    std::vector<std::string> baselines;
    std::string mandate;
    std::string exercise;
    std::string connect;
    int vaultFd = -1; ///< gives the passphrase of the vault with the systems' credentials
    std::string now;
    bool isReplay = false;
    bool isStrict = false;
    bool encryptsEvidence = false;
    ImportWish import;
    std::vector<std::string> follow;
    int threads = 0; ///< 0: as the engine sees fit
    std::int64_t untilIdle = 0; ///< seconds; 0: until interrupted
    std::vector<std::string> logs;
    AgentWish agent;
};

/// Progress on a terminal, at most four times a second.
class Progress
{
public:
    void operator()(const engine::Notice& notice)
    {
        if (!isatty(STDERR_FILENO))
            return;
        const auto now = std::chrono::steady_clock::now();
        if (now - m_last < std::chrono::milliseconds(250))
            return;
        m_last = now;
        std::cerr << "\r\033[K";
        if (notice.bytesTotal > 0 && notice.bytesRead < notice.bytesTotal)
            std::cerr << notice.bytesRead * 100 / notice.bytesTotal << " %  "
                      << static_cast<std::int64_t>(notice.bytesPerSecond / 1e6) << " MB/s  ";
        std::cerr << words::counted(notice.events, "event") << ", " << words::counted(notice.incidents, "incident")
                  << std::flush;
        m_hasPrinted = true;
    }
    ~Progress()
    {
        if (m_hasPrinted)
            std::cerr << "\r\033[K";
    }

private:
    std::chrono::steady_clock::time_point m_last;
    bool m_hasPrinted = false;
};

/// Acting takes two secrets: the agent's key, which signs, and the vault with the systems' credentials.
Result<engine::ConnectWish> connection(const Context& context, const RunWish& wish, const engine::AgentIdentity* identity)
{
    if (!identity)
        return fail(ErrorCode::Denied, "--connect takes the agent's key of this installation: --passphrase-fd or --keyring");
    if (!identity->key())
        return fail(ErrorCode::Denied, "--connect: the agent's key stays closed, so nothing can be done in its name");
    if (wish.vaultFd < 0)
        return fail(ErrorCode::Denied, "--connect takes the systems' credentials: --vault-fd gives the vault's passphrase");
    CORDON_TRY(auto vault, act::CredentialVault::open(context.home, tty::secretLine(wish.vaultFd)));
    return engine::ConnectWish{wish.connect, context.program.parent_path() / "cordon_connector", std::move(vault)};
}

Result<engine::EngineOptions> optionsFrom(const Context& context, const RunWish& wish)
{
    engine::EngineOptions options = openOptions(context, wish.folder);
    options.rules.assign(wish.rules.begin(), wish.rules.end());
    options.usesBuiltinRules = !wish.isWithoutBuiltin;
    options.placeholders = wish.placeholders;
    options.baselines.assign(wish.baselines.begin(), wish.baselines.end());
    options.logs.assign(wish.logs.begin(), wish.logs.end());
    options.maps.assign(wish.import.maps.begin(), wish.import.maps.end());
    CORDON_TRY(options.import, wish.import.options());
    options.threads = wish.threads;
    options.exercise = wish.exercise;
    options.encryptsEvidence = wish.encryptsEvidence;
    options.replay = wish.isReplay ? engine::ReplayMode::Batch : engine::ReplayMode::None;
    if (!wish.mandate.empty() && wish.exercise.empty())
        return fail(ErrorCode::Unsupported, "--mandate needs --exercise: on real systems the mandate that owners put in force "
                                            "by `cordonctl mandate sign` is in force, and without any there is nothing to allow");
    if (!wish.mandate.empty())
        options.mandate = wish.mandate;
    if (wish.agent.isAny() && !wish.exercise.empty())
        return fail(ErrorCode::Unsupported, "an exercise makes an agent key of its own: without --exercise only");
    if (wish.agent.isAny())
        options.identity = startAgent(context.home, wish.agent);
    if (!wish.connect.empty()) {
        CORDON_TRY(options.connect, connection(context, wish, options.identity.get()));
    }
    if (!wish.now.empty()) {
        CORDON_TRY(options.now, Timestamp::parse(wish.now));
    }
    return options;
}

/// Work on real systems goes on side by side, so that one that hangs holds up nobody else: waits until all of it is over.
Result<void> awaitWork(engine::Pipeline& pipeline, const std::stop_token& stop)
{
    using namespace std::chrono_literals;
    while (!pipeline.work().isIdle() && !stop.stop_requested()) {
        {
            const engine::WorkTable::Rest rest(pipeline.work());
            std::this_thread::sleep_for(5ms);
        }
        CORDON_CHECK(pipeline.tick(stop));
    }
    return {};
}

/// Follows until somebody ends it, or until nothing came for as long as was asked.
Result<void> followOn(engine::Pipeline& pipeline, const RunWish& wish, const std::stop_token& stop)
{
    using namespace std::chrono_literals;
    CORDON_CHECK(pipeline.openFollowing(false));
    for (const std::string& root : wish.follow)
        CORDON_CHECK(pipeline.follow(root, "user:local"));
    auto lastNews = std::chrono::steady_clock::now();
    auto nextLook = lastNews;
    while (!stop.stop_requested()) {
        const bool hasChanged = [&pipeline] {
            const engine::WorkTable::Rest rest(pipeline.work());
            return pipeline.awaitsChange(pipeline.isStillLooking() ? 0ms : 100ms);
        }();
        const auto now = std::chrono::steady_clock::now();
        CORDON_CHECK(pipeline.tick(stop));
        if (!hasChanged && !pipeline.isStillLooking() && now < nextLook)
            continue;
        nextLook = now + 2s; // where the system tells of no change
        CORDON_TRY(const bool hasRead, pipeline.followSome(stop));
        if (hasRead || pipeline.isStillLooking())
            lastNews = std::chrono::steady_clock::now();
        else if (wish.untilIdle > 0 && now - lastNews >= std::chrono::seconds(wish.untilIdle))
            break;
    }
    CORDON_CHECK(pipeline.endFollowing(stop));
    CORDON_CHECK(awaitWork(pipeline, stop));
    return pipeline.finish();
}

/// What people left in the inbox, and what ran out, while nobody was connected.
Result<void> takeUp(engine::Pipeline& pipeline, const std::stop_token& stop)
{
    CORDON_CHECK(pipeline.wake()); // where another process has the agent's key, this one may only look
    CORDON_CHECK(pipeline.tick(stop));
    CORDON_CHECK(awaitWork(pipeline, stop));
    return pipeline.finish();
}

int statusOf(const engine::Pipeline& pipeline, const RunWish& wish, bool isInterrupted)
{
    if (isInterrupted)
        return Incomplete;
    if (pipeline.rejectedInRun() == 0)
        return Done;
    std::cerr << "cordonctl: " << words::counted(pipeline.rejectedInRun(), "piece") << " of the input rejected; the report lists "
              << (pipeline.rejectedInRun() == 1 ? "it" : "them") << "\n";
    if (pipeline.recordsInRun() == 0) {
        std::cerr << "cordonctl: nothing usable in the input\n";
        return Bad;
    }
    return wish.isStrict ? Incomplete : Done;
}

int run(const Context& context, const RunWish& wish)
{
    platform::shareHeap();
    const Interrupts interrupts;
    auto options = optionsFrom(context, wish);
    if (!options)
        return failed(options.error());
    const bool goesOn = options->connect && record::isCase(wish.folder); // what people decided meanwhile is done
    if (options->logs.empty() && wish.follow.empty() && !goesOn &&
        (options->exercise.empty() || options->exercise == "from-log")) {
        std::cerr << "cordonctl: run: name at least one log file or folder, or one to --follow\n";
        return Usage;
    }
    for (const std::filesystem::path& log : options->logs) {
        std::error_code problem;
        if (!std::filesystem::exists(log, problem)) // said before a case is made of it
            return failed({ErrorCode::NotFound, log.string() + (problem ? ": " + problem.message() : ": there is no such file or folder")});
    }
    const MachineClock clock;
    auto progress = std::make_shared<Progress>();
    auto pipeline =
        engine::Pipeline::open(*options, clock, [progress](const engine::Notice& notice) { (*progress)(notice); });
    if (!pipeline)
        return failed(pipeline.error());
    if (options->connect)
        (*pipeline)->share();
    if (auto done = (*pipeline)->run(interrupts.token()); !done)
        return failed(done.error());
    if (options->connect) {
        if (auto done = takeUp(**pipeline, interrupts.token()); !done)
            return failed(done.error());
    }
    if (!wish.follow.empty()) {
        if (auto done = followOn(**pipeline, wish, interrupts.token()); !done)
            return failed(done.error());
    }
    (*pipeline)->stopSharing();
    const auto events = (*pipeline)->folder().store().queries().countEvents({});
    if (!events)
        return failed(events.error());
    progress.reset();
    if (*events == 0 && (*pipeline)->rejectedInRun() == 0)
        std::cerr << "cordonctl: no log records found in the input\n";
    const auto format = context.wantsJson ? engine::ReportFormat::Json : engine::ReportFormat::Text;
    if (auto written = (*pipeline)->writeReport(format, std::cout); !written)
        return failed(written.error());
    std::cout << (context.wantsJson ? "\n" : "");
    const bool isBrokenOff = wish.follow.empty() && interrupts.token().stop_requested(); // following has no other end
    return statusOf(**pipeline, wish, isBrokenOff);
}

} // namespace

void addRun(CLI::App& app, Context& context, int& status)
{
    auto wish = std::make_shared<RunWish>();
    CLI::App* command = app.add_subcommand("run", "the whole job: read, detect, correlate, plan, act within the mandate");
    command->add_option("--case", wish->folder, "case folder; made when missing")->required();
    command->add_option("--rules", wish->rules, "further Sigma rule file or folder")->allow_extra_args(false);
    command->add_flag("--no-builtin", wish->isWithoutBuiltin, "leave Cordon's own rules out");
    command->add_option("--placeholders", wish->placeholders, "values for placeholders of rules, a YAML file");
    command->add_option("--baseline", wish->baselines, "a case to learn from what is usual; repeatable")
        ->type_name("CASE")
        ->allow_extra_args(false);
    command->add_option("--mandate", wish->mandate, "mandate for the exercise, signed by enrolled owners");
    auto* exercise = command->add_option("--exercise", wish->exercise, "a shipped exercise, or from-log");
    auto* connect = command->add_option("--connect", wish->connect, "settings of the real systems to act on");
    exercise->excludes(connect);
    command->add_option("--vault-fd", wish->vaultFd, "file descriptor that gives the passphrase of the vault with their credentials")
        ->needs(connect);
    auto* now = command->add_option("--now", wish->now, "start of the case clock (RFC 3339)");
    auto* replay = command->add_flag("--replay", wish->isReplay, "time is the log's own");
    now->excludes(replay);
    connect->excludes(now)->excludes(replay); // what is done outside is done now
    auto* follow = command->add_option("--follow", wish->follow, "follow a folder or growing file until Ctrl-C")
                       ->allow_extra_args(false);
    command->add_option("--until-idle", wish->untilIdle, "end after so many seconds without anything new")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{86'400 * 365}))
        ->needs(follow);
    command->add_option("--threads", wish->threads, "that parse and match while logs are read; one for each core unless told")
        ->check(CLI::Range(1, 64));
    command->add_flag("--encrypt-evidence", wish->encryptsEvidence, "each piece of evidence under a key of its own, from now on");
    command->add_flag("--strict", wish->isStrict, "exit 2 when any input was rejected");
    auto* passphrase = command->add_option("--passphrase-fd", wish->agent.passphraseFd,
                                           "file descriptor that gives the passphrase of the agent's key; twice the first time");
    command->add_flag("--keep-passphrase", wish->agent.isKept, "leave it with this desktop's keyring")->needs(passphrase);
    command->add_flag("--keyring", wish->agent.isFromKeyring, "ask this desktop's keyring for it")->excludes(passphrase);
    wish->import.addTo(*command);
    command->add_option("LOG", wish->logs, "log files and folders");
    command->callback([&context, &status, wish] { status = run(context, *wish); });
}

} // namespace cordon::ctl
