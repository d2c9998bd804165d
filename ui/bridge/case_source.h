#pragma once

#include "core/engine/case_reader.h"

namespace cordon::ui::bridge {

/// What the screens may ask of a case: `engine::CaseReader` in the program, made-up answers in tests. Belongs to the
/// query thread. Answers mean what case_reader.h says.
class CaseSource
{
public:
    CaseSource() = default;
    CaseSource(const CaseSource&) = delete;
    CaseSource& operator=(const CaseSource&) = delete;
    virtual ~CaseSource() = default;

    [[nodiscard]] virtual Result<engine::CaseSummary> summary() = 0;
    [[nodiscard]] virtual Result<std::vector<engine::IncidentRow>> incidents() = 0;
    [[nodiscard]] virtual Result<engine::IncidentDetail> incident(IncidentId id) = 0;
    [[nodiscard]] virtual Result<std::int64_t> countEvents(const engine::EventFilter& filter) = 0;
    [[nodiscard]] virtual Result<std::vector<Event>> events(const engine::EventFilter& filter, std::int64_t offset,
                                                            int limit) = 0;
    [[nodiscard]] virtual Result<Event> event(EventId id) = 0;
    [[nodiscard]] virtual Result<std::string> eventBytes(EventId id) = 0;
    [[nodiscard]] virtual Result<std::vector<std::int64_t>> histogram(const engine::EventFilter& filter, Timestamp from,
                                                                      Timestamp to, int buckets) = 0;
    [[nodiscard]] virtual Result<std::vector<engine::TimelineMark>> marks(std::optional<IncidentId> incident) = 0;
    [[nodiscard]] virtual Result<std::int64_t> countLedger() = 0;
    [[nodiscard]] virtual Result<std::vector<engine::LedgerRow>> ledger(std::int64_t offset, int limit) = 0;
    [[nodiscard]] virtual Result<std::string> ledgerEntry(std::int64_t seq) = 0;
    [[nodiscard]] virtual Result<std::vector<engine::ApprovalRow>> approvals() = 0;
    [[nodiscard]] virtual Result<std::vector<engine::SourceRow>> sources() = 0;
    [[nodiscard]] virtual Result<std::vector<engine::EvidenceRow>> evidence() = 0;
    [[nodiscard]] virtual Result<std::string> sealFile(const std::filesystem::path& file) = 0;
    [[nodiscard]] virtual Result<void> exportEvidence(const std::string& digest, const std::filesystem::path& file) = 0;
    [[nodiscard]] virtual Result<engine::ListPicture> lists() { return engine::ListPicture{}; }
    [[nodiscard]] virtual Result<std::vector<engine::ArrangementRow>> arrangements() { return std::vector<engine::ArrangementRow>{}; }
    [[nodiscard]] virtual Result<std::vector<engine::FollowedRow>> followed() = 0;
    [[nodiscard]] virtual Result<std::vector<RejectedRecord>> rejected(std::int64_t offset, int limit) = 0;
    [[nodiscard]] virtual Result<std::vector<engine::SystemState>> systems() { return std::vector<engine::SystemState>{}; }
    [[nodiscard]] virtual Result<engine::AgentPicture> agent() = 0;
    [[nodiscard]] virtual Result<engine::AgentRecord> agentRecord() = 0;
    [[nodiscard]] virtual Result<std::string> mandateText() = 0;
    [[nodiscard]] virtual Result<engine::MandateTrial> tryMandate(const std::string& text) = 0;
    [[nodiscard]] virtual Result<std::vector<engine::PersonRow>> people() = 0;
};

} // namespace cordon::ui::bridge
