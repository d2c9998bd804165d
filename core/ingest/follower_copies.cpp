// Which files have the bytes of another one.
#include "core/ingest/follow_bytes.h"
#include "core/ingest/follower.h"

namespace cordon::ingest {
namespace {

/// Shorter ends are too common to tell the rest of a log that is gone.
constexpr std::uint64_t tellingLength = 64;

/// Nothing can be said of it now; the next look tells. Comparing it with what is no longer there would make a new log of
/// a copy, and its records would stand in the case twice.
tl::unexpected<Error> changedMeanwhile(const platform::Path& path)
{
    return fail(ErrorCode::NotFound, path.string() + ": changed while it was looked at");
}

} // namespace

/// A copy made before the last records that were read out of the file itself: it has nothing more.
bool Follower::isShorterCopy(const FollowedFile& known, std::string_view head, std::uint64_t size) const
{
    const FollowedFile* read = known.state == FollowState::Copy ? m_files.byId(known.sameAs) : nullptr;
    const bool isAlike = read && (head.starts_with(read->head) || read->head.starts_with(head));
    return isAlike && !isThere(*read) && size < read->position;
}

/// The file that was read and has the same bytes: all of them when it is there, those before its position when not.
/// ErrorCode::NotFound when one of the two changes meanwhile.
Result<const FollowedFile*> Follower::twinOf(const SeenFile& seen, const platform::File& file,
                                             const std::string& head)
{
    for (const FollowedFile* other : m_files.beginningLike(head)) {
        // A log that was cut may say the same again. One that was not seen for a look, as beside a rename, goes on.
        const bool isItself = FileNumber{other->device, other->inode} == FileNumber{seen.device, seen.inode};
        if (other->position == 0 || (isItself && !other->reason.starts_with(goneReason)))
            continue;
        CORDON_TRY(const bool isSame, isThere(*other) ? isCopyOf(*other, seen, file) : isRestOf(*other, seen, file));
        if (isSame)
            return other;
    }
    return nullptr;
}

/// A file that is there and was read, opened; nothing when it is packed, so that its bytes tell nothing.
/// ErrorCode::NotFound when it is not what was read any more: the next look tells what became of it.
Result<std::optional<platform::File>> Follower::openRead(const FollowedFile& other)
{
    const SeenFile& place = m_seen.at({other.device, other.inode});
    CORDON_TRY(auto original, openSeen(place));
    if (!original)
        return changedMeanwhile(place.path);
    CORDON_TRY(const std::string head, bytesAt(*original, 0, markLength));
    if (isPacked(head) && !isPacked(other.head))
        return std::optional<platform::File>();
    CORDON_TRY(const std::uint64_t size, original->size());
    CORDON_TRY(const bool isUncut, isStill(other, *original, size));
    if (!isUncut) {
        m_restless.insert(other.id); // whatever its size and time say
        return changedMeanwhile(place.path);
    }
    return original;
}

/// Whether every byte of the file stands at the start of another one, which is there.
Result<bool> Follower::isCopyOf(const FollowedFile& other, const SeenFile& seen, const platform::File& file)
{
    CORDON_TRY(const auto original, openRead(other));
    if (!original)
        return false;
    CORDON_TRY(const bool isSame, startAlike(file, *original, seen.size));
    if (!isSame) // unless the other one was cut just now
        CORDON_CHECK(openRead(other).map([](const auto&) {}));
    return isSame;
}

/// Whether the file has what was read out of another one, which is gone or was cut, so that it goes on behind that.
Result<bool> Follower::isRestOf(const FollowedFile& other, const SeenFile& seen, const platform::File& file) const
{
    if (other.position < tellingLength)
        return false;
    CORDON_TRY(const std::uint64_t size, file.size());
    CORDON_TRY(const bool isSame, isStill(other, file, size));
    if (isSame && seen.size < other.position)
        return changedMeanwhile(seen.path); // was half made when it was listed
    return isSame;
}

Result<std::pair<PackedLook, const FollowedFile*>> Follower::packedTwinOf(const SeenFile& seen,
                                                                          const PackedLook& start)
{
    const FollowedFile* known = m_files.byNumber({seen.device, seen.inode});
    const bool wasRead = known && known->position > 0 && known->state != FollowState::Copy;
    std::vector<const FollowedFile*> others;
    if (wasRead)
        others.push_back(known);
    else if (!start.head.empty())
        others = m_files.beginningLike(start.head);
    std::vector<std::uint64_t> places;
    for (const FollowedFile* other : others)
        places.push_back(other->position);
    std::pair<PackedLook, const FollowedFile*> found{start, nullptr};
    if (!places.empty()) {
        CORDON_TRY(found.first, lookInto(seen.path, places));
    }
    const PackedLook& packed = found.first;
    for (std::size_t i = 0; i < others.size() && !found.second; ++i) {
        const FollowedFile& other = *others[i];
        const bool isTelling = wasRead || other.position >= tellingLength;
        bool isSame = isTelling && packed.size >= other.position && packed.head.starts_with(other.head) &&
                      packed.before[i].ends_with(other.tail);
        if (!wasRead && isTelling && packed.size < other.position && isThere(other)) {
            CORDON_TRY(isSame, isStartOf(other, packed));
        }
        found.second = isSame ? &other : nullptr;
    }
    return found;
}

/// Whether what is packed was copied off the other file, which is there, before the last records that were read out of it.
Result<bool> Follower::isStartOf(const FollowedFile& other, const PackedLook& packed)
{
    CORDON_TRY(const auto original, openRead(other));
    if (!original)
        return false;
    CORDON_TRY(const std::string tail, bytesAt(*original, packed.size - packed.tail.size(), packed.tail.size()));
    return tail == packed.tail && other.head.starts_with(packed.head);
}

} // namespace cordon::ingest
