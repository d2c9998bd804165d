#include "core/record/ledger_reader.h"

#include "core/record/entry_codec.h"
#include "core/record/frame_reader.h"
#include "core/record/incident_part.h"
#include "core/record/merkle_tree.h"

#include <optional>

namespace cordon::record {
namespace {

/// Visits raw entries; `visit` answers whether to go on.
Result<void> eachFrame(const platform::Path& caseFolder,
                       const std::function<Result<bool>(std::int64_t, std::string_view)>& visit)
{
    CORDON_TRY(FrameReader reader, FrameReader::open(caseFolder));
    for (;;) {
        CORDON_TRY(const FrameReader::Step step, reader.next());
        if (step == FrameReader::Step::Bad)
            return fail(ErrorCode::Corrupt, reader.place().toString());
        if (step != FrameReader::Step::Frame)
            return {};
        CORDON_TRY(const bool goesOn, visit(reader.seq(), reader.entry()));
        if (!goesOn)
            return {};
    }
}

} // namespace

Result<void> eachEntryBytes(const platform::Path& caseFolder,
                            const std::function<bool(std::string_view, const LedgerEntry&)>& visit)
{
    return eachFrame(caseFolder, [&](std::int64_t, std::string_view bytes) -> Result<bool> {
        CORDON_TRY(const LedgerEntry entry, decodeEntry(bytes));
        return visit(bytes, entry);
    });
}

Result<void> eachEntry(const platform::Path& caseFolder, std::int64_t from,
                       const std::function<bool(const LedgerEntry&)>& visit)
{
    if (isIncidentPart(caseFolder))
        return eachPartEntry(caseFolder, [&](std::string_view, const LedgerEntry& entry) { return entry.seq < from || visit(entry); });
    return eachFrame(caseFolder, [&](std::int64_t seq, std::string_view bytes) -> Result<bool> {
        if (seq < from)
            return true;
        CORDON_TRY(const LedgerEntry entry, decodeEntry(bytes));
        return visit(entry);
    });
}

Result<void> eachEntryOf(const platform::Path& caseFolder, std::string_view type,
                         const std::function<bool(const LedgerEntry&)>& visit)
{
    if (isIncidentPart(caseFolder))
        return eachPartEntry(caseFolder, [&](std::string_view, const LedgerEntry& entry) {
            return !entry.type.starts_with(type) || visit(entry);
        });
    const std::string said = "\"type\":\"" + std::string(type); // entries are canonical: it is written in no other way
    return eachFrame(caseFolder, [&](std::int64_t, std::string_view bytes) -> Result<bool> {
        if (bytes.find(said) == std::string_view::npos)
            return true;
        CORDON_TRY(const LedgerEntry entry, decodeEntry(bytes));
        return !entry.type.starts_with(type) || visit(entry);
    });
}

Result<LedgerEntry> entryAt(const platform::Path& caseFolder, std::int64_t seq)
{
    std::optional<LedgerEntry> found;
    CORDON_CHECK(eachEntry(caseFolder, seq, [&found](const LedgerEntry& entry) {
        found = entry;
        return false;
    }));
    if (!found || found->seq != seq)
        return fail(ErrorCode::NotFound, "the ledger has no entry " + std::to_string(seq));
    return *found;
}

Result<std::vector<Digest>> leafHashes(const platform::Path& caseFolder, std::int64_t size)
{
    std::vector<Digest> leaves;
    CORDON_CHECK(eachFrame(caseFolder, [&](std::int64_t seq, std::string_view bytes) -> Result<bool> {
        if (seq < size)
            leaves.push_back(leafHash(bytes));
        return seq + 1 < size;
    }));
    if (static_cast<std::int64_t>(leaves.size()) < size)
        return fail(ErrorCode::NotFound, "the ledger has " + std::to_string(leaves.size()) + " entries");
    return leaves;
}

} // namespace cordon::record
