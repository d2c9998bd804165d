#include "core/govern/kill_switch.h"

#include "core/crypto/random.h"
#include "core/govern/small_file.h"
#include "core/value/json.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace cordon::govern {
namespace {

Value toValue(const HaltRecord& record)
{
    Value::Array persons;
    for (const std::string& person : record.resumedBy)
        persons.emplace_back(person);
    return Value::Object{{"v", 1},
                         {"id", record.id},
                         {"who", record.who},
                         {"why", record.why},
                         {"at", record.at.toString()},
                         {"drill", record.isDrill},
                         {"needs", Value::Object{{"T0", record.needs.observe}, {"T1", record.needs.act}}},
                         {"resumed_by", std::move(persons)}};
}

constexpr std::int64_t mostPeople = 9; // as a mandate may ask for
constexpr auto longestWaitToHalt = std::chrono::milliseconds(50);

ResumeRule stricter(const ResumeRule& a, const ResumeRule& b)
{
    return {std::max(a.observe, b.observe), std::max(a.act, b.act)};
}

Result<HaltRecord> recordIn(const Result<std::string>& text)
{
    if (!text)
        return fail(text.error());
    CORDON_TRY(const Value value, json::parse(*text));
    if (value["v"].asInt() != 1 || value["id"].asString().size() != 32)
        return fail(ErrorCode::Invalid, "not a halt record");
    HaltRecord record;
    record.id = value["id"].asString();
    record.who = value["who"].asString();
    record.why = value["why"].asString();
    CORDON_TRY(record.at, Timestamp::parse(value["at"].asString()));
    record.isDrill = value["drill"].asBool();
    if (const Value& needs = value["needs"]; needs.isObject())
        record.needs = stricter({}, {static_cast<int>(std::min<std::int64_t>(needs["T0"].asInt(), mostPeople)),
                                     static_cast<int>(std::min<std::int64_t>(needs["T1"].asInt(), mostPeople))});
    for (const Value& person : value["resumed_by"].asArray())
        record.resumedBy.push_back(person.asString());
    return record;
}

Result<HaltRecord> readRecord(const std::filesystem::path& file)
{
    return recordIn(readSmallFile(file));
}

enum class Presence { Absent, Present, Unreadable };

/// Absent only when the folder is there and can be looked into.
Presence presenceOf(const std::filesystem::path& file)
{
    struct stat status
    {};
    if (::lstat(file.c_str(), &status) == 0)
        return Presence::Present;
    if (errno != ENOENT)
        return Presence::Unreadable;
    const bool isFolderThere = ::stat(file.parent_path().c_str(), &status) == 0 && S_ISDIR(status.st_mode);
    return isFolderThere ? Presence::Absent : Presence::Unreadable;
}

} // namespace

std::string_view toString(StopState state)
{
    switch (state) {
    case StopState::Running:
        return "running";
    case StopState::ObserveOnly:
        return "observe_only";
    case StopState::Halted:
        return "halted";
    case StopState::Unreadable:
        break;
    }
    return "unreadable";
}

KillSwitch::KillSwitch(std::filesystem::path file, Write write)
    : m_file(std::move(file))
    , m_write(write ? std::move(write) : Write(writeSmallFile))
{}

KillSwitch::KillSwitch(std::filesystem::path file, std::filesystem::path installation)
    : m_file(std::move(file))
    , m_write(writeSmallFile)
    , m_installation(std::make_unique<KillSwitch>(std::move(installation)))
{}

std::filesystem::path KillSwitch::liftedFile() const
{
    return m_file.string() + ".lifted";
}

StopState KillSwitch::state() const
{
    const StopState own = ownState();
    return m_installation ? std::max(own, m_installation->state()) : own; // in the order of their strictness
}

StopState KillSwitch::ownState() const
{
    if (m_isOnlyHere.load())
        return StopState::Halted;
    const Presence presence = presenceOf(m_file);
    if (presence == Presence::Unreadable)
        return m_isHalted.load() ? StopState::Halted : StopState::Unreadable;
    if (presence == Presence::Absent) {
        if (!m_isHalted.load())
            return StopState::Running;
        // The file went away: only a resume that names this halt lifts it, not a deleted file. A case's own is lifted
        // in this process or not at all, whatever its folder holds.
        const auto lifted = m_installation ? Result<HaltRecord>(fail(ErrorCode::NotFound, "not here"))
                                           : readRecord(liftedFile());
        const std::lock_guard guard(m_mutex);
        if (!lifted || lifted->id != m_haltId)
            return StopState::Halted;
        m_isHalted = false;
        return StopState::Running;
    }
    const auto record = readRecord(m_file);
    if (!record)
        return m_isHalted.load() ? StopState::Halted : StopState::Unreadable;
    const std::lock_guard guard(m_mutex);
    m_haltId = record->id;
    m_isHalted = true;
    const auto people = static_cast<int>(record->resumedBy.size());
    return people >= record->needs.observe && people < record->needs.act ? StopState::ObserveOnly : StopState::Halted;
}

Result<void> KillSwitch::halt(const std::string& who, const std::string& why, Timestamp at, bool isDrill)
{
    HaltRecord record{crypto::randomHex(16), who, why, at, isDrill, {}, {}};
    std::uint64_t which = 0;
    {
        const std::lock_guard guard(m_mutex);
        m_isOnlyHere = true;
        m_isHalted = true;
        m_haltId = record.id;
        which = ++m_halts;
    }
    {
        // Whoever lifts a halt holds the lock for microseconds; one that hangs there keeps nobody from halting.
        [[maybe_unused]] const auto lock = FileLock::takeWithin(lockFile(), longestWaitToHalt);
        CORDON_CHECK(m_write(m_file, json::write(toValue(record))));
    }
    {
        const std::lock_guard guard(m_mutex);
        if (which == m_halts)
            m_isOnlyHere = false;
    }
    return isDrill ? m_write(drillFile(), json::write(toValue(record))) : Result<void>();
}

std::filesystem::path KillSwitch::lockFile() const
{
    return std::filesystem::path(m_file).concat(".lock");
}

std::filesystem::path KillSwitch::drillFile() const
{
    return std::filesystem::path(m_file).concat(".drill");
}

std::optional<Timestamp> KillSwitch::lastDrill() const
{
    const auto record = readRecord(drillFile());
    const auto own = record ? std::optional(record->at) : std::nullopt;
    return m_installation ? std::max(own, m_installation->lastDrill()) : own;
}

std::optional<Timestamp> KillSwitch::lastLifted() const
{
    const auto record = readRecord(liftedFile());
    const auto own = record ? std::optional(record->at) : std::nullopt;
    return m_installation ? std::max(own, m_installation->lastLifted()) : own;
}

DrillState drillState(std::optional<Timestamp> last, Timestamp now)
{
    if (!last || now - *last >= drillEvery || now < *last)
        return DrillState::Overdue;
    return now - *last >= drillEvery - drillWarning ? DrillState::DueSoon : DrillState::Fine;
}

Result<StopState> KillSwitch::resume(const std::vector<std::string>& persons, Timestamp at, const ResumeRule& rule)
{
    if (ownState() == StopState::Running)
        return fail(ErrorCode::NotFound, "nothing is halted");
    std::set<std::string> distinct(persons.begin(), persons.end());
    distinct.erase("");
    if (distinct.empty())
        return fail(ErrorCode::Denied, "a resume needs a person's name");
    HaltRecord halted;
    std::uint64_t which = 0;
    const auto before = readSmallFile(m_file);
    {
        const std::lock_guard guard(m_mutex);
        which = m_halts;
        // Unreadable, or halted here while the file could not be written: the persons decide over this very state.
        halted.id = m_haltId.empty() ? crypto::randomHex(16) : m_haltId;
        halted.at = at;
        if (auto onDisk = recordIn(before); onDisk && !m_isOnlyHere.load())
            halted = std::move(*onDisk);
    }
    distinct.insert(halted.resumedBy.begin(), halted.resumedBy.end());
    halted.resumedBy.assign(distinct.begin(), distinct.end());
    halted.needs = stricter(halted.needs, rule);
    const bool isLifted = static_cast<int>(halted.resumedBy.size()) >= halted.needs.act;
    const std::filesystem::path written =
        isLifted ? liftedFile() : std::filesystem::path(m_file).concat("." + crypto::randomHex(6));
    CORDON_CHECK(m_write(written, json::write(toValue(halted))));
    {
        CORDON_TRY(const FileLock lock, FileLock::take(lockFile()));
        // A halt that came since, here or from another process, is another one than these persons decided over.
        const auto now = readSmallFile(m_file);
        if (now.has_value() != before.has_value() || (now && *now != *before)) {
            if (!isLifted)
                ::unlink(written.c_str());
            return fail(ErrorCode::Conflict, "halted again, or resumed by somebody else, at this very moment");
        }
        const bool isDone = isLifted ? ::unlink(m_file.c_str()) == 0 || errno == ENOENT
                                     : ::rename(written.c_str(), m_file.c_str()) == 0;
        if (!isDone)
            return fail(ErrorCode::Io, m_file.string() + ": cannot be replaced or removed");
    }
    {
        const std::lock_guard guard(m_mutex);
        if (which == m_halts) {
            m_haltId = halted.id;
            m_isOnlyHere = false;
            m_isHalted = !isLifted;
        }
    }
    return state();
}

void KillSwitch::recall(const std::string& halt, Timestamp noted)
{
    const auto lifted = m_installation ? Result<HaltRecord>(fail(ErrorCode::NotFound, "not here"))
                                       : readRecord(liftedFile());
    if (lifted && (lifted->id == halt || lifted->at > noted))
        return;
    const std::lock_guard guard(m_mutex);
    m_haltId = halt;
    m_isHalted = true;
}

std::optional<HaltRecord> KillSwitch::record() const
{
    if (m_installation && m_installation->state() > ownState())
        return m_installation->record();
    auto record = readRecord(m_file);
    return record ? std::optional(*record) : std::nullopt;
}

} // namespace cordon::govern
