#pragma once

#include "core/govern/mandate_note.h"
#include "core/govern/people.h"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cordon::govern {

/// The owners whose signatures count: people with the role owner whose key is not revoked.
[[nodiscard]] std::vector<OwnerKey> ownersAmong(const PeopleDirectory& people);

/// A revision that was in force here, kept even where its file is gone.
struct SeenRevision
{
    std::int64_t revision = -1;
    std::string digest;
};

/// The mandates in force of an installation: `$CORDON_HOME/mandates/ID/revision-N.mandate.yaml` with the owners' note
/// beside it, and `newest.json`, which only ever rises. That file can be taken away, so a second witness counts too.
/// Source: docs/formats/mandate.md, "In force"
class MandateShelf
{
public:
    /// @param witnessed  newest revisions by id that were in force here, from a place that nobody shortens unseen
    explicit MandateShelf(std::filesystem::path folder, std::map<std::string, SeenRevision> witnessed = {});

    /// Checks a file by every loader rule and puts it in force. ErrorCode::Invalid (`FILE:LINE: reason`), Untrusted
    /// (too few owners' signatures), Conflict (a revision not above the newest seen), Denied (a mandate of an exercise,
    /// which is in force only in its case). A mark that was taken away is made anew by no lower revision.
    /// @param witness  tells the second witness, before the mandate is in force; its failure keeps it from that
    [[nodiscard]] Result<LoadedMandate> put(const std::filesystem::path& file, const std::vector<OwnerKey>& owners,
                                            const std::function<Result<void>(const Mandate&)>& witness = {});
    /// The newest revision, checked again as it lies there. ErrorCode::NotFound without one; else as `put`, and
    /// Conflict when what lies there is older than the newest seen.
    [[nodiscard]] Result<LoadedMandate> inForce(const std::string& id, const std::vector<OwnerKey>& owners) const;
    /// Where the text of a mandate in force lies.
    [[nodiscard]] std::filesystem::path fileInForce(const Mandate& mandate) const;
    /// Ids with a mandate in force, sorted.
    [[nodiscard]] std::vector<std::string> ids() const;
    /// Absent when this id was never in force. ErrorCode::Corrupt when the mark cannot be read, or is lower than the
    /// second witness or gone: then nothing is in force.
    [[nodiscard]] Result<std::optional<SeenRevision>> newest(const std::string& id) const;

private:
    [[nodiscard]] std::filesystem::path folderOf(const std::string& id) const;

    [[nodiscard]] Result<std::optional<SeenRevision>> mark(const std::string& id) const;
    [[nodiscard]] std::optional<SeenRevision> witnessed(const std::string& id) const;

    std::filesystem::path m_folder;
    std::map<std::string, SeenRevision> m_witnessed;
};

} // namespace cordon::govern
