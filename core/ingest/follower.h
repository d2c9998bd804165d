#pragma once

#include "core/domain/followed_file.h"
#include "core/ingest/follow_bytes.h"
#include "core/ingest/follow_scan.h"
#include "core/ingest/followed_files.h"
#include "core/ingest/log_reader.h"

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace cordon::ingest {

/// What is to be done next about a followed file.
struct FollowStep
{
    FollowedFile file;        ///< as it stands once this step is in the case
    std::uint64_t begins = 0; ///< the piece to read begins here; unpacked bytes
    std::string head;         ///< for ReadOptions::head
    ReadOptions::Open open;   ///< opens the piece, at most up to a whole record; unset: only the file's state changed
    std::uint64_t lastRecord = 0; ///< for ReadOptions
    std::uint64_t position = 0;   ///< for ReadOptions
};

/// Finds out what is new below folders: files that grow, come, are renamed, copied, cut short, replaced or packed. Says
/// what to read so that each record is read once, and relies on nothing but the files and what was kept of them. Has no
/// clock and no thread: `look`, then `next` until there is nothing; each step that is in the case is given to `keep`.
/// Source: docs/formats/following.md
class Follower
{
public:
    /// A piece is not made longer than this, unless a single document is.
    static constexpr std::size_t longestPiece = 32U << 20U;
    /// What ends within a record waits for its rest until the file was left alone for so long.
    static constexpr std::chrono::seconds patience{60};
    /// The same for the last lines of an audit log, whose record may have more, and for files that are read as a whole.
    static constexpr std::chrono::seconds shortPatience{5};

    /// @param known  as kept by the case
    explicit Follower(std::vector<FollowedFile> known);

    void add(const platform::Path& root) { m_roots.insert(root.string()); }
    void remove(const platform::Path& root) { m_roots.erase(root.string()); }
    [[nodiscard]] const std::set<std::string>& roots() const { return m_roots; }

    /// Lists what is there now.
    void look();
    /// The next step of this look; a step that was not kept is not given again before the next look.
    /// @param now  machine time, for `patience`
    [[nodiscard]] std::optional<FollowStep> next(Timestamp now);
    /// The step is in the case. @param file  with its id
    void keep(const FollowedFile& file);

    /// Roots that could not be read in the last look, and why.
    [[nodiscard]] const std::map<std::string, std::string>& unreachable() const { return m_unreachable; }

private:
    using MaybeStep = std::optional<FollowStep>;
    [[nodiscard]] bool isAtRest(const FollowedFile& known, const SeenFile& seen, Timestamp now) const;
    [[nodiscard]] bool isThere(const FollowedFile& file) const;
    [[nodiscard]] Result<MaybeStep> examine(const SeenFile& seen, Timestamp now);
    [[nodiscard]] Result<MaybeStep> examinePlain(const SeenFile& seen, const platform::File& file, std::string head,
                                                 Timestamp now);
    [[nodiscard]] Result<MaybeStep> examinePacked(const SeenFile& seen, Timestamp now);
    [[nodiscard]] Result<MaybeStep> plainPiece(FollowedFile mine, const SeenFile& seen, const platform::File& file,
                                               Timestamp now);
    [[nodiscard]] Result<MaybeStep> binaryPiece(FollowedFile mine, const SeenFile& seen, const platform::File& file,
                                                std::string_view start, Timestamp now);
    [[nodiscard]] Result<const FollowedFile*> twinOf(const SeenFile& seen, const platform::File& file,
                                                     const std::string& head);
    [[nodiscard]] Result<std::optional<platform::File>> openRead(const FollowedFile& other);
    [[nodiscard]] Result<bool> isCopyOf(const FollowedFile& other, const SeenFile& seen, const platform::File& file);
    [[nodiscard]] Result<bool> isRestOf(const FollowedFile& other, const SeenFile& seen, const platform::File& file) const;
    /// A packed file as it stands, and the file whose bytes it has.
    [[nodiscard]] Result<std::pair<PackedLook, const FollowedFile*>> packedTwinOf(const SeenFile& seen,
                                                                                  const PackedLook& start);
    [[nodiscard]] Result<bool> isStartOf(const FollowedFile& other, const PackedLook& packed);
    [[nodiscard]] bool isShorterCopy(const FollowedFile& known, std::string_view head, std::uint64_t size) const;
    [[nodiscard]] MaybeStep stateStep(FollowedFile mine, const SeenFile& seen) const;
    [[nodiscard]] MaybeStep failedStep(const SeenFile& seen, const std::string& reason);
    [[nodiscard]] MaybeStep nextGone();
    [[nodiscard]] Result<MaybeStep> refuse(const SeenFile& seen) const;
    [[nodiscard]] Timestamp leftAlone(const SeenFile& seen, Timestamp now);
    [[nodiscard]] bool isShut(const FollowedFile& file) const;
    void wait(const FollowedFile& mine, Timestamp until);

    std::set<std::string> m_roots;
    std::map<std::string, std::string> m_unreachable;
    FollowedFiles m_files;
    std::map<FileNumber, SeenFile> m_seen; ///< in this look
    std::deque<SeenFile> m_queue;
    std::deque<FollowedFileId> m_gone;
    std::set<std::string> m_shut; ///< folders that were not looked into in this look
    /// Files whose time lies ahead of the machine's clock, as seen, and since when they are seen so.
    std::map<FileNumber, std::pair<SeenFile, Timestamp>> m_ahead;
    bool m_isOffered = false; ///< the last step was neither kept nor given up
    bool m_isGoneListed = false;
    std::set<FollowedFileId> m_restless;          ///< may have more although they look the same
    std::map<FollowedFileId, Timestamp> m_waiting; ///< end within a record: looked at again from then on
};

} // namespace cordon::ingest
