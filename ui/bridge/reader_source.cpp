#include "ui/bridge/reader_source.h"

namespace cordon::ui::bridge {

Result<std::unique_ptr<CaseSource>> ReaderSource::open(const std::filesystem::path& folder)
{
    CORDON_TRY(auto reader, engine::CaseReader::open(folder));
    return std::unique_ptr<CaseSource>(new ReaderSource(std::move(reader)));
}

ReaderSource::ReaderSource(std::unique_ptr<engine::CaseReader> reader)
    : m_reader(std::move(reader))
{
}

Result<engine::CaseSummary> ReaderSource::summary()
{
    return m_reader->summary();
}

Result<std::vector<engine::IncidentRow>> ReaderSource::incidents()
{
    return m_reader->incidents();
}

Result<engine::IncidentDetail> ReaderSource::incident(IncidentId id)
{
    return m_reader->incident(id);
}

Result<std::int64_t> ReaderSource::countEvents(const engine::EventFilter& filter)
{
    return m_reader->countEvents(filter);
}

Result<std::vector<Event>> ReaderSource::events(const engine::EventFilter& filter, std::int64_t offset, int limit)
{
    return m_reader->events(filter, offset, limit);
}

Result<Event> ReaderSource::event(EventId id)
{
    return m_reader->event(id);
}

Result<std::string> ReaderSource::eventBytes(EventId id)
{
    return m_reader->eventBytes(id);
}

Result<std::vector<std::int64_t>> ReaderSource::histogram(const engine::EventFilter& filter, Timestamp from, Timestamp to, int buckets)
{
    return m_reader->histogram(filter, from, to, buckets);
}

Result<std::vector<engine::TimelineMark>> ReaderSource::marks(std::optional<IncidentId> incident)
{
    return m_reader->marks(incident);
}

Result<std::int64_t> ReaderSource::countLedger()
{
    return m_reader->countLedger();
}

Result<std::vector<engine::LedgerRow>> ReaderSource::ledger(std::int64_t offset, int limit)
{
    return m_reader->ledger(offset, limit);
}

Result<std::string> ReaderSource::ledgerEntry(std::int64_t seq)
{
    return m_reader->ledgerEntry(seq);
}

Result<std::vector<engine::ApprovalRow>> ReaderSource::approvals()
{
    return m_reader->approvals();
}

Result<std::vector<engine::SourceRow>> ReaderSource::sources()
{
    return m_reader->sources();
}

Result<std::vector<engine::EvidenceRow>> ReaderSource::evidence()
{
    return m_reader->evidence();
}

Result<std::string> ReaderSource::sealFile(const std::filesystem::path& file)
{
    return m_reader->sealFile(file);
}

Result<void> ReaderSource::exportEvidence(const std::string& digest, const std::filesystem::path& file)
{
    return m_reader->exportEvidence(digest, file);
}

Result<engine::ListPicture> ReaderSource::lists()
{
    return m_reader->lists();
}

Result<std::vector<engine::ArrangementRow>> ReaderSource::arrangements()
{
    return m_reader->arrangements();
}

Result<std::vector<engine::FollowedRow>> ReaderSource::followed()
{
    return m_reader->followed();
}

Result<std::vector<RejectedRecord>> ReaderSource::rejected(std::int64_t offset, int limit)
{
    return m_reader->rejected(offset, limit);
}

Result<std::vector<engine::SystemState>> ReaderSource::systems()
{
    return m_reader->systems();
}

Result<engine::AgentPicture> ReaderSource::agent()
{
    return m_reader->agent();
}

Result<engine::AgentRecord> ReaderSource::agentRecord()
{
    return m_reader->agentRecord();
}

Result<std::string> ReaderSource::mandateText()
{
    return m_reader->mandateText();
}

Result<engine::MandateTrial> ReaderSource::tryMandate(const std::string& text)
{
    return m_reader->tryMandate(text);
}

Result<std::vector<engine::PersonRow>> ReaderSource::people()
{
    return m_reader->people();
}

} // namespace cordon::ui::bridge
