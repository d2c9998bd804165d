#include "core/ingest/follower.h"

#include "core/ingest/follow_bytes.h"
#include "core/ingest/readers/evtx_source.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

FileNumber numberOf(const SeenFile& seen)
{
    return {seen.device, seen.inode};
}

FollowedFile newFile(const SeenFile& seen)
{
    FollowedFile file;
    file.root = seen.root;
    return file;
}

/// Position and marks of a file whose bytes these are too.
void goOnFrom(FollowedFile& mine, const FollowedFile& other)
{
    mine.position = other.position;
    mine.head = other.head;
    mine.tail = other.tail;
}

std::string leftOver(std::uint64_t bytes)
{
    return bytes == 0 ? std::string() : "; its last " + std::to_string(bytes) + " bytes were not read";
}

} // namespace

Follower::Follower(std::vector<FollowedFile> known)
{
    for (const FollowedFile& file : known) {
        m_files.put(file);
        m_restless.insert(file.id);
    }
}

void Follower::look()
{
    m_queue.clear();
    m_seen.clear();
    m_gone.clear();
    m_shut.clear();
    m_unreachable.clear();
    m_isOffered = false;
    m_isGoneListed = false;
    for (const std::string& root : m_roots) {
        auto files = filesBelow(root);
        if (!files) {
            m_unreachable[root] = files.error().detail;
            continue;
        }
        for (SeenFile& seen : *files) {
            if (seen.isFolder)
                m_shut.insert(seen.path.string());
            if (m_seen.emplace(numberOf(seen), seen).second)
                m_queue.push_back(std::move(seen));
        }
    }
    std::erase_if(m_ahead, [this](const auto& one) { return !m_seen.contains(one.first); });
    // What became of the known ones must be clear before new ones are compared with them.
    std::stable_partition(m_queue.begin(), m_queue.end(),
                          [this](const SeenFile& seen) { return m_files.byNumber(numberOf(seen)) != nullptr; });
}

std::optional<FollowStep> Follower::next(Timestamp now)
{
    if (m_isOffered && !m_queue.empty())
        m_queue.pop_front();
    m_isOffered = true;
    for (; !m_queue.empty(); m_queue.pop_front()) {
        m_queue.front().leftAlone = leftAlone(m_queue.front(), now);
        auto step = examine(m_queue.front(), now);
        if (!step && step.error().code == ErrorCode::NotFound)
            continue; // it went away while it was looked at
        if (!step)
            step = failedStep(m_queue.front(), step.error().detail);
        if (*step)
            return std::move(*step);
        if (const FollowedFile* known = m_files.byNumber(numberOf(m_queue.front())))
            m_restless.erase(known->id);
    }
    return nextGone();
}

void Follower::keep(const FollowedFile& file)
{
    m_isOffered = false; // the same file again: it may have more
    m_files.put(file);
    m_restless.insert(file.id);
    m_waiting.erase(file.id);
}

void Follower::wait(const FollowedFile& mine, Timestamp until)
{
    if (mine.id.isSet())
        m_waiting[mine.id] = until;
}

/// A time ahead of the machine's clock says nothing: then it is the time at which the file was first seen like that.
Timestamp Follower::leftAlone(const SeenFile& seen, Timestamp now)
{
    if (seen.changed <= now) {
        m_ahead.erase(numberOf(seen));
        return seen.changed;
    }
    auto& [before, since] = m_ahead.try_emplace(numberOf(seen), seen, now).first->second;
    if (before.size != seen.size || before.changed != seen.changed || since > now) {
        before = seen;
        since = now;
    }
    return since;
}

/// Whether it stood below a folder that was not looked into: it may be there all the same.
bool Follower::isShut(const FollowedFile& file) const
{
    for (platform::Path path = file.path; !m_shut.empty() && path.has_relative_path(); path = path.parent_path()) {
        if (m_shut.contains(path.string()))
            return true;
    }
    return false;
}

bool Follower::isThere(const FollowedFile& file) const
{
    return file.state == FollowState::Following && m_seen.contains({file.device, file.inode});
}

bool Follower::isAtRest(const FollowedFile& known, const SeenFile& seen, Timestamp now) const
{
    if (known.path != seen.path)
        return false;
    if (known.state == FollowState::Skipped)
        return true;
    if (known.size != seen.size || known.changed != seen.changed || m_restless.contains(known.id))
        return false;
    if (known.state == FollowState::Copy) {
        const FollowedFile* read = m_files.byId(known.sameAs);
        return read && isThere(*read);
    }
    const auto waiting = m_waiting.find(known.id);
    return known.state != FollowState::Failed && (waiting == m_waiting.end() || now < waiting->second);
}

Result<Follower::MaybeStep> Follower::examine(const SeenFile& seen, Timestamp now)
{
    if (seen.refusal)
        return refuse(seen);
    const FollowedFile* known = m_files.byNumber(numberOf(seen));
    if (known && isAtRest(*known, seen, now))
        return MaybeStep();
    if (!seen.isLog) {
        FollowedFile mine = known ? *known : newFile(seen);
        mine.state = FollowState::Skipped;
        mine.reason = "skipped: not a log by its name";
        return stateStep(std::move(mine), seen);
    }
    CORDON_TRY(const auto file, openSeen(seen));
    if (!file)
        return MaybeStep(); // gone or another by now: the next look tells
    CORDON_TRY(std::string head, bytesAt(*file, 0, markLength));
    if (isPacked(head))
        return examinePacked(seen, now);
    return examinePlain(seen, *file, std::move(head), now);
}

Result<Follower::MaybeStep> Follower::refuse(const SeenFile& seen) const
{
    const FollowedFile* known = m_files.byNumber(numberOf(seen));
    FollowedFile mine = known ? *known : newFile(seen);
    if (mine.position > 0) { // a log had this number
        mine.state = FollowState::Ended;
        mine.reason = goneReason;
        return MaybeStep(FollowStep{std::move(mine), 0, {}, {}});
    }
    mine.state = *seen.refusal;
    mine.reason = seen.reason;
    return stateStep(std::move(mine), seen);
}

Result<Follower::MaybeStep> Follower::examinePlain(const SeenFile& seen, const platform::File& file, std::string head,
                                                   Timestamp now)
{
    const FollowedFile* known = m_files.byNumber(numberOf(seen));
    const bool wasRead = known && known->position > 0 && known->state != FollowState::Copy;
    if (wasRead) {
        CORDON_TRY(const bool isSame, isStill(*known, file, seen.size));
        if (!isSame) { // what stands there now is a log of its own
            FollowedFile ended = *known;
            ended.state = FollowState::Ended;
            ended.reason = seen.size < known->position ? "cut short in place" : "replaced in place";
            return MaybeStep(FollowStep{std::move(ended), 0, {}, {}});
        }
        FollowedFile mine = *known;
        mine.state = FollowState::Following;
        mine.reason.clear();
        return plainPiece(std::move(mine), seen, file, now);
    }
    if (head.empty())
        return MaybeStep(); // an empty file is nothing yet
    FollowedFile mine = known ? *known : newFile(seen);
    mine.position = 0;
    mine.state = FollowState::Following;
    mine.reason.clear();
    mine.sameAs = {};
    if (known && isShorterCopy(*known, head, seen.size))
        return stateStep(*known, seen);
    CORDON_TRY(const FollowedFile* twin, twinOf(seen, file, head));
    if (twin && isThere(*twin)) {
        mine.state = FollowState::Copy;
        mine.sameAs = twin->id;
        return stateStep(std::move(mine), seen);
    }
    if (twin)
        goOnFrom(mine, *twin);
    else if (seen.isSibling && !known)
        return MaybeStep(); // stands beside the followed file and has nothing to do with it
    if (!mine.id.isSet() || mine.position > 0)
        return stateStep(std::move(mine), seen); // known first, read next
    return plainPiece(std::move(mine), seen, file, now);
}

Result<Follower::MaybeStep> Follower::examinePacked(const SeenFile& seen, Timestamp now)
{
    const FollowedFile* known = m_files.byNumber(numberOf(seen));
    const bool wasRead = known && known->position > 0 && known->state != FollowState::Copy;
    CORDON_TRY(const PackedLook start, lookInto(seen.path, {}));
    if (start.damage && now - seen.leftAlone < patience) {
        if (known)
            wait(*known, seen.leftAlone + patience);
        return MaybeStep(); // still being written
    }
    CORDON_TRY(const auto found, packedTwinOf(seen, start));
    const auto& [packed, twin] = found;
    FollowedFile mine = known ? *known : newFile(seen);
    if (wasRead && !twin) {
        mine.state = FollowState::Ended;
        mine.reason = "replaced in place";
        return MaybeStep(FollowStep{std::move(mine), 0, {}, {}});
    }
    mine.state = FollowState::Following;
    mine.reason.clear();
    mine.sameAs = {};
    if (known && isShorterCopy(*known, packed.head, packed.size))
        return stateStep(*known, seen);
    if (!wasRead) {
        mine.position = 0;
        if (twin && isThere(*twin)) {
            mine.state = FollowState::Copy;
            mine.sameAs = twin->id;
            return stateStep(std::move(mine), seen);
        }
        if (twin)
            goOnFrom(mine, *twin);
        else if (seen.isSibling && !known)
            return MaybeStep();
        if (!mine.id.isSet())
            return stateStep(std::move(mine), seen);
    }
    if (mine.position >= packed.size)
        return stateStep(std::move(mine), seen);
    const std::uint64_t begins = mine.position;
    mine.position = packed.size;
    mine.head = packed.head;
    mine.tail = packed.tail;
    auto step = stateStep(std::move(mine), seen);
    if (EvtxSource::startsOne(packed.head)) { // only as a whole can its records be read
        step->position = begins;
        step->open = openPackedFrom(0);
        return step;
    }
    step->begins = begins;
    step->head = begins > 0 ? packed.head : std::string();
    step->open = openPackedFrom(begins);
    return step;
}

/// Nothing when it is known like that already.
Follower::MaybeStep Follower::stateStep(FollowedFile mine, const SeenFile& seen) const
{
    mine.path = seen.path.string();
    mine.device = seen.device;
    mine.inode = seen.inode;
    mine.size = seen.size;
    mine.changed = seen.changed;
    const FollowedFile* known = m_files.byId(mine.id);
    if (known && *known == mine)
        return std::nullopt;
    return FollowStep{std::move(mine), 0, {}, {}};
}

Follower::MaybeStep Follower::failedStep(const SeenFile& seen, const std::string& reason)
{
    const FollowedFile* known = m_files.byNumber(numberOf(seen));
    FollowedFile mine = known ? *known : newFile(seen);
    mine.state = FollowState::Failed;
    mine.reason = reason;
    return stateStep(std::move(mine), seen);
}

Follower::MaybeStep Follower::nextGone()
{
    if (!m_isGoneListed) {
        m_isGoneListed = true;
        for (const auto& [id, file] : m_files.all()) {
            const bool isLookedFor = file.state != FollowState::Ended && m_roots.contains(file.root) &&
                                     !m_unreachable.contains(file.root);
            if (isLookedFor && !m_seen.contains({file.device, file.inode}) && !isShut(file))
                m_gone.push_back(id);
        }
    }
    while (!m_gone.empty()) {
        const FollowedFile* file = m_files.byId(m_gone.front());
        m_gone.pop_front();
        if (!file || file->state == FollowState::Ended)
            continue;
        FollowedFile ended = *file;
        ended.state = FollowState::Ended;
        std::error_code ignored;
        if (std::filesystem::is_directory(file->path, ignored)) {
            ended.reason = "folder is looked into by now";
            return FollowStep{std::move(ended), 0, {}, {}};
        }
        ended.reason = std::string(goneReason) +
                       leftOver(file->state == FollowState::Following && m_waiting.contains(file->id) &&
                                        file->size > file->position
                                    ? file->size - file->position
                                    : 0);
        return FollowStep{std::move(ended), 0, {}, {}};
    }
    return std::nullopt;
}

} // namespace cordon::ingest
