#include "core/engine/followed_case.h"

#include "core/crypto/random.h"
#include "core/govern/kill_switch.h"
#include "core/platform/file.h"
#include "core/record/case_folder.h"
#include "core/value/json.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace cordon::engine {
namespace {

namespace fs = std::filesystem;

/// Changes whenever the holder commits something.
std::string stampOf(const fs::path& folder)
{
    std::string stamp;
    for (const char* ending : {"", "-wal"}) {
        const fs::path file = record::databasePath(folder).string() + ending;
        std::error_code none;
        const auto size = fs::file_size(file, none);
        const auto time = fs::last_write_time(file, none);
        if (!none)
            stamp += std::to_string(size) + '@' + std::to_string(time.time_since_epoch().count()) + ' ';
    }
    return stamp;
}

std::string holderOf(const fs::path& folder)
{
    auto text = platform::readFile(folder / "holder.lock", 64);
    return text ? text->substr(0, text->find_first_not_of("0123456789")) : std::string();
}

} // namespace

FollowedCase::FollowedCase(EngineOptions options, const MachineClock& clock, Tell tell,
                           std::unique_ptr<CaseReader> reader)
    : m_options(std::move(options))
    , m_machine(clock)
    , m_tell(std::move(tell))
    , m_reader(std::move(reader))
{
    m_notice.isFollowed = true;
    m_notice.phase = Phase::Live;
}

Result<std::unique_ptr<FollowedCase>> FollowedCase::open(const EngineOptions& options, const MachineClock& clock,
                                                         Tell tell)
{
    CORDON_TRY(auto reader, CaseReader::open(options.folder));
    std::unique_ptr<FollowedCase> followed(new FollowedCase(options, clock, std::move(tell), std::move(reader)));
    CORDON_CHECK(followed->look());
    return followed;
}

bool FollowedCase::isHeld() const
{
    const int lock = ::open((m_options.folder / "holder.lock").c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (lock < 0)
        return false;
    const bool isFree = ::flock(lock, LOCK_SH | LOCK_NB) == 0;
    ::close(lock);
    return !isFree;
}

Result<void> FollowedCase::look()
{
    constexpr int beatsBetweenLocks = 5;
    hearFromInbox();
    bool isNew = false;
    if (m_beats++ % beatsBetweenLocks == 0) {
        const std::string holder = isHeld() ? holderOf(m_options.folder) : std::string();
        isNew = holder != m_notice.holder;
        m_notice.holder = holder;
    }
    const govern::KillSwitch killSwitch(record::haltPath(m_options.folder), m_options.home / "halt");
    const govern::StopState stops = killSwitch.state();
    const bool isHalted = stops == govern::StopState::Halted || stops == govern::StopState::Unreadable;
    const AgentState agent = isHalted ? AgentState::Halted
                             : m_notice.waitingApprovals > 0 ? AgentState::Waiting : AgentState::Observing;
    isNew = isNew || agent != m_notice.agent;
    m_notice.agent = agent;
    const std::string stamp = stampOf(m_options.folder);
    if (stamp != m_seen) {
        m_seen = stamp;
        CORDON_CHECK(reread());
        isNew = true;
    }
    if (isNew)
        send();
    return {};
}

Result<void> FollowedCase::reread()
{
    CORDON_TRY(const CaseSummary summary, m_reader->summary());
    CORDON_TRY(const auto incidents, m_reader->incidents());
    CORDON_TRY(const auto approvals, m_reader->approvals());
    CORDON_TRY(m_notice.ledgerEntries, m_reader->countLedger());
    CORDON_TRY(const auto newest, m_reader->ledger(0, 1));
    m_notice.events = summary.events;
    m_notice.rejected = summary.rejected;
    m_notice.alerts = summary.alerts;
    m_notice.logReaches = summary.last;
    m_notice.incidents = static_cast<std::int64_t>(incidents.size());
    m_notice.needsYou = static_cast<int>(std::count_if(incidents.begin(), incidents.end(),
                                                       [](const IncidentRow& row) { return row.needsYou; }));
    m_notice.waitingApprovals = static_cast<int>(std::count_if(
        approvals.begin(), approvals.end(),
        [](const ApprovalRow& row) { return row.state == "waiting" || row.state == "partly"; }));
    if (!newest.empty())
        m_notice.caseNow = newest.front().at;
    for (const IncidentRow& row : incidents)
        m_notice.changed.push_back(row.id);
    return {};
}

void FollowedCase::send()
{
    ++m_notice.revision;
    m_tell(m_notice);
    m_notice.changed.clear();
    m_notice.message.reset();
    m_notice.isProblem = false;
}

void FollowedCase::say(Text message, bool isProblem)
{
    m_notice.message = std::move(message);
    m_notice.isProblem = isProblem;
    send();
}

Result<void> FollowedCase::submit(const Command& command)
{
    if (const auto* given = std::get_if<Signed>(&command))
        return leave(given->text, ".command");
    if (const auto* reply = std::get_if<SubmitReply>(&command))
        return leave(reply->text, ".reply");
    if (const auto* test = std::get_if<TestDecision>(&command)) {
        test->answer(fail(ErrorCode::Unsupported, "only the console that holds this case can ask its gate"));
        return {};
    }
    if (std::holds_alternative<Halt>(command))
        return {}; // done at once
    return fail(ErrorCode::Unsupported, "only the console that holds this case can do that");
}

Result<void> FollowedCase::leave(const std::string& text, const char* extension)
{
    const fs::path file = record::inboxPath(m_options.folder) / (crypto::randomHex(16) + extension);
    CORDON_CHECK(platform::writeFileAtomically(file, text));
    m_left.push_back(file);
    say(Text{"engine.left_in_inbox", {}}, false);
    return {};
}

/// The holder renames what it took or refused; why it refused is in its ledger.
void FollowedCase::hearFromInbox()
{
    for (auto file = m_left.begin(); file != m_left.end();) {
        std::error_code none;
        const bool isTaken = fs::exists(fs::path(*file).concat(".taken"), none);
        if (!isTaken && !fs::exists(fs::path(*file).concat(".refused"), none)) {
            ++file;
            continue;
        }
        if (isTaken) {
            say(Text{"engine.inbox_taken", {}}, false);
        } else {
            const auto why = m_reader->whyRefused(file->filename().string());
            say(Text{"engine.inbox_refused", {{"why", why.value_or("")}}}, true);
        }
        file = m_left.erase(file);
    }
}

} // namespace cordon::engine
