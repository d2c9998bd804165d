#pragma once

#include "core/platform/file.h"
#include "core/store/database.h"

#include <stop_token>

namespace cordon::record {

/// A copy of a case's index as it stands, whole and without a journal, that goes away with this. Made beside a writer.
class IndexCopy
{
public:
    /// @param index  what this connection sees
    /// @param beside  the copy gets a name of its own in this file's folder, for the owner alone
    /// @param entries  so many of the ledger are named in it
    /// @return ErrorCode::Cancelled when stopped
    [[nodiscard]] static Result<IndexCopy> make(store::Database& index, const platform::Path& beside,
                                                std::int64_t entries, const std::stop_token& stop);
    /// The same narrowed to one incident: its alerts, the records that they cite or that its story names, what these say
    /// of entities, and the ledger's entries with the given numbers.
    [[nodiscard]] static Result<IndexCopy> makeOfIncident(const platform::Path& database, const platform::Path& beside,
                                                          std::int64_t incident,
                                                          const std::vector<std::int64_t>& events,
                                                          const std::vector<std::int64_t>& entries);
    IndexCopy(IndexCopy&& other) noexcept;
    IndexCopy& operator=(IndexCopy&&) = delete;
    ~IndexCopy();
    [[nodiscard]] const platform::Path& path() const { return m_path; }

private:
    explicit IndexCopy(platform::Path path) : m_path(std::move(path)) {}
    Result<void> fill(store::Database& index, std::int64_t entries, const std::stop_token& stop);
    platform::Path m_path; ///< empty once moved from
};

} // namespace cordon::record
