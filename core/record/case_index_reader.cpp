#include "core/platform/file.h"
#include "core/platform/packed_folder.h"
#include "core/record/case_queries.h"

namespace cordon::record {

Result<std::unique_ptr<CaseIndexReader>> CaseIndexReader::open(const std::filesystem::path& database)
{
    const auto packed = platform::PackedFolder::find(database);
    if (packed && !packed->part)
        return fail(ErrorCode::NotFound, database.string() + ": no such database");
    CORDON_TRY(auto opened, packed ? store::Database::openPart(packed->folder->file().descriptor(), packed->part->at,
                                                               packed->part->size, database.string())
                                   : store::Database::open(database, store::Database::Mode::ReadOnly));
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
