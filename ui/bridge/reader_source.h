#pragma once

#include "ui/bridge/case_source.h"

namespace cordon::ui::bridge {

/// A case on disk. Belongs to the query thread.
class ReaderSource : public CaseSource
{
public:
    [[nodiscard]] static Result<std::unique_ptr<CaseSource>> open(const std::filesystem::path& folder);

    [[nodiscard]] Result<engine::CaseSummary> summary() override;
    [[nodiscard]] Result<std::vector<engine::IncidentRow>> incidents() override;
    [[nodiscard]] Result<engine::IncidentDetail> incident(IncidentId id) override;
    [[nodiscard]] Result<std::int64_t> countEvents(const engine::EventFilter& filter) override;
    [[nodiscard]] Result<std::vector<Event>> events(const engine::EventFilter& filter, std::int64_t offset,
                                                    int limit) override;
    [[nodiscard]] Result<Event> event(EventId id) override;
    [[nodiscard]] Result<std::string> eventBytes(EventId id) override;
    [[nodiscard]] Result<std::vector<std::int64_t>> histogram(const engine::EventFilter& filter, Timestamp from,
                                                              Timestamp to, int buckets) override;
    [[nodiscard]] Result<std::vector<engine::TimelineMark>> marks(std::optional<IncidentId> incident) override;
    [[nodiscard]] Result<std::int64_t> countLedger() override;
    [[nodiscard]] Result<std::vector<engine::LedgerRow>> ledger(std::int64_t offset, int limit) override;
    [[nodiscard]] Result<std::string> ledgerEntry(std::int64_t seq) override;
    [[nodiscard]] Result<std::vector<engine::ApprovalRow>> approvals() override;
    [[nodiscard]] Result<std::vector<engine::SourceRow>> sources() override;
    [[nodiscard]] Result<std::vector<engine::EvidenceRow>> evidence() override;
    [[nodiscard]] Result<std::string> sealFile(const std::filesystem::path& file) override;
    [[nodiscard]] Result<void> exportEvidence(const std::string& digest, const std::filesystem::path& file) override;
    [[nodiscard]] Result<engine::ListPicture> lists() override;
    [[nodiscard]] Result<std::vector<engine::ArrangementRow>> arrangements() override;
    [[nodiscard]] Result<std::vector<engine::FollowedRow>> followed() override;
    [[nodiscard]] Result<std::vector<RejectedRecord>> rejected(std::int64_t offset, int limit) override;
    [[nodiscard]] Result<std::vector<engine::SystemState>> systems() override;
    [[nodiscard]] Result<engine::AgentPicture> agent() override;
    [[nodiscard]] Result<engine::AgentRecord> agentRecord() override;
    [[nodiscard]] Result<std::string> mandateText() override;
    [[nodiscard]] Result<engine::MandateTrial> tryMandate(const std::string& text) override;
    [[nodiscard]] Result<std::vector<engine::PersonRow>> people() override;

private:
    explicit ReaderSource(std::unique_ptr<engine::CaseReader> reader);
    std::unique_ptr<engine::CaseReader> m_reader;
};

} // namespace cordon::ui::bridge
