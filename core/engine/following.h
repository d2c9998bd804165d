#pragma once

#include "core/detect/quiet_watch.h"
#include "core/ingest/follower.h"
#include "core/platform/folder_watch.h"
#include "core/record/case_store.h"

#include <map>
#include <memory>
#include <optional>
#include <set>

namespace cordon::engine {

/// What a case follows: folders and files, how far each is read, and how often each source usually speaks. Keeps all of it
/// in the case. Belongs to the engine thread.
class Following
{
public:
    /// What the case knew when it was open last; its folders are followed on only when `goesOn`.
    [[nodiscard]] static Result<std::unique_ptr<Following>> open(record::CaseStore& store, bool goesOn);

    /// @param by  who wants it
    /// @param import  nothing said: what the case keeps of it
    [[nodiscard]] Result<void> add(const platform::Path& root, const std::string& by,
                                   const ingest::ImportOptions& import = {});
    /// What was forgotten in the case is forgotten here: marks and gaps are read again, the folders stay these.
    [[nodiscard]] Result<std::unique_ptr<Following>> reopened() const;
    /// What was said of the logs below a root.
    [[nodiscard]] const ingest::ImportOptions& importOf(const std::string& root) { return m_imports[root]; }
    /// Marks keep what was read, so that following it again goes on there. ErrorCode::NotFound when it is not followed.
    [[nodiscard]] Result<void> remove(const platform::Path& root);
    [[nodiscard]] bool isEmpty() const { return m_follower.roots().empty(); }

    /// The next thing to do in this look; nothing at its end, and the call after that begins a new look.
    [[nodiscard]] std::optional<ingest::FollowStep> next(Timestamp now);
    /// The step is in the case.
    void keep(const FollowedFile& file) { m_follower.keep(file); }
    /// Whether the look that began has not come to its end.
    [[nodiscard]] bool isLooking() const { return m_isLooking; }
    /// Gives the look that began up.
    void endLook() { m_isLooking = false; }
    /// Whether something below the folders may have changed; waits at most `time`.
    [[nodiscard]] bool hasChanged(std::chrono::milliseconds time) { return m_watch.hasChanged(time); }

    [[nodiscard]] detect::QuietWatch& quiet() { return m_quiet; }
    /// Writes down what `quiet` learned. Within the caller's transaction.
    [[nodiscard]] Result<void> keepQuiet();
    /// Writes down which folders cannot be read and whether there is more to read at once.
    [[nodiscard]] Result<void> keepStates();

    /// Name of an event's source for `quiet`: kind and tenant.
    [[nodiscard]] static std::string sourceOf(const Event& event);

private:
    Following(record::CaseStore& store, std::vector<FollowedFile> known)
        : m_store(store)
        , m_follower(std::move(known))
    {}

    record::CaseStore& m_store;
    ingest::Follower m_follower;
    platform::FolderWatch m_watch;
    detect::QuietWatch m_quiet;
    std::map<std::string, std::string> m_people; ///< who asked for each root
    std::map<std::string, ingest::ImportOptions> m_imports; ///< by root
    std::map<std::string, std::string> m_kept;   ///< root to the page that was written last
    bool m_isLooking = false;
};

} // namespace cordon::engine
