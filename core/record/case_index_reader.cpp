#include "core/platform/file.h"
#include "core/platform/packed_folder.h"
#include "core/record/case_queries.h"
#include "core/record/case_schema.h"

namespace cordon::record {
namespace {

/// An index in a sealed file is never brought to another shape: the file is what was signed, and nothing is written
/// beside it.
Result<void> checkShape(store::Database& database, const std::string& name)
{
    CORDON_TRY(auto statement, database.prepare("PRAGMA user_version"));
    CORDON_TRY([[maybe_unused]] const bool hasRow, statement.step());
    const std::int64_t version = statement.integer(0);
    if (version == caseSchemaVersion())
        return {};
    return fail(ErrorCode::Unsupported,
                name + ": its index has version " + std::to_string(version) + " and this program reads " +
                    std::to_string(caseSchemaVersion()) +
                    ": another version of the program sealed it. Its ledger, evidence and seal can be verified all the same");
}

} // namespace

Result<std::unique_ptr<CaseIndexReader>> CaseIndexReader::open(const std::filesystem::path& database)
{
    const auto packed = platform::PackedFolder::find(database);
    if (packed && !packed->part)
        return fail(ErrorCode::NotFound, database.string() + ": no such database");
    CORDON_TRY(auto opened, packed ? store::Database::openPart(packed->folder->file().descriptor(), packed->part->at,
                                                               packed->part->size, database.string())
                                   : store::Database::open(database, store::Database::Mode::ReadOnly));
    if (packed)
        CORDON_CHECK(checkShape(opened, database.string()));
    return std::unique_ptr<CaseIndexReader>(new CaseIndexReader(std::move(opened)));
}

Result<std::unique_ptr<CaseIndexReader>> CaseIndexReader::openToJudge(const std::filesystem::path& database)
{
    std::error_code ignored;
    const bool isInUse = std::filesystem::exists(std::filesystem::path(database).concat("-wal"), ignored);
    if (isInUse || platform::PackedFolder::find(database)) {
        CORDON_TRY(auto reader, open(database));
        CORDON_CHECK(reader->m_database.refuseStrange());
        return reader;
    }
    CORDON_TRY(const auto file, platform::File::openForReading(database));
    CORDON_TRY(const std::uint64_t size, file.size());
    CORDON_TRY(auto opened, store::Database::openPart(file.descriptor(), 0, size, database.string()));
    return std::unique_ptr<CaseIndexReader>(new CaseIndexReader(std::move(opened)));
}

} // namespace cordon::record
