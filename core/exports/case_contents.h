#pragma once

#include "core/record/case_queries.h"
#include "core/value/value.h"

#include <filesystem>
#include <functional>
#include <stop_token>

namespace cordon::exports {

/// What an export reads of a case, a piece at a time: a folder or an opened sealed case, beside a running engine or not.
/// Belongs to one thread. A visitor's failure ends the visit and is passed on.
class CaseContents
{
public:
    /// ErrorCode::NotFound when there is no case.
    [[nodiscard]] static Result<std::unique_ptr<CaseContents>> open(const std::filesystem::path& folder);

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] const std::string& origin() const { return m_origin; } ///< of the ledger
    [[nodiscard]] bool isExercise() const { return m_isExercise; }
    [[nodiscard]] record::CaseQueries& queries() { return m_index->queries(); }

    /// Visits end with ErrorCode::Cancelled once it is asked.
    void setStop(std::stop_token stop) { m_stop = std::move(stop); }

    /// Highest risk first, in the report's shape. ErrorCode::NotFound when only one is wanted and it is not there.
    /// @param only  INC-0001, "" for all
    [[nodiscard]] Result<void> eachIncident(const std::string& only,
                                            const std::function<Result<void>(const Value&)>& visit);
    /// By time, in the report's shape.
    [[nodiscard]] Result<void> eachAlert(const std::string& only, const std::function<Result<void>(const Value&)>& visit);
    /// Ledger entries, oldest first: of one incident, or all.
    [[nodiscard]] Result<void>
    eachEntry(const std::string& only,
              const std::function<Result<void>(const record::StoredEntry&, const Value& data)>& visit);
    /// Events by time: of one incident (those of its alerts and of its members meanwhile), or all.
    [[nodiscard]] Result<void> eachEvent(const std::string& only, const std::function<Result<void>(const Event&)>& visit);

private:
    CaseContents() = default;
    [[nodiscard]] Result<std::vector<IncidentId>> wanted(const std::string& only);
    [[nodiscard]] Result<void> goesOn() const;

    std::filesystem::path m_folder;
    std::string m_name;
    std::string m_origin;
    bool m_isExercise = false;
    std::stop_token m_stop;
    std::unique_ptr<record::CaseIndexReader> m_index;
};

} // namespace cordon::exports
