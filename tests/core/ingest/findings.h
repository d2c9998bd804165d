#pragma once

#include "core/ingest/log_reader.h"

#include <fstream>
#include <string>
#include <vector>

namespace cordon::ingest {

/// What reading one log gave, findings told apart from events.
struct ReadSample
{
    struct Found
    {
        Event event;
        Alert alert;
        std::string raw;
        std::uint64_t record = 0;
    };
    std::vector<Found> findings;
    std::vector<Event> events;
    std::vector<RejectedRecord> rejected;
};

class FindingSink final : public RecordSink
{
public:
    explicit FindingSink(ReadSample& into)
        : m_into(into)
    {}
    Result<void> onRecord(Event&& event, const EventView&, std::uint64_t) override
    {
        m_into.events.push_back(std::move(event));
        return {};
    }
    Result<void> onFinding(Event&& event, Alert&& alert, const EventView& view, std::uint64_t record) override
    {
        m_into.findings.push_back({std::move(event), std::move(alert), std::string(view.raw()), record});
        return {};
    }
    void onRejected(RejectedRecord record) override { m_into.rejected.push_back(std::move(record)); }

private:
    ReadSample& m_into;
};

class NoBytes final : public EvidenceSink
{
public:
    Result<void> addPacked(ByteView) override { return {}; }
    Result<void> addDecoded(ByteView) override { return {}; }
};

/// Reads a file with the shipped maps.
inline ReadSample readFindings(const std::string& file)
{
    FieldPlan plan;
    auto maps = FieldMaps::load(CORDON_SOURCE_DIR "/resources/field_maps", plan);
    ReadSample sample;
    if (!maps)
        return sample;
    maps->complete(plan);
    FindingSink sink(sample);
    NoBytes evidence;
    (void)readLog(file, *maps, plan, evidence, sink);
    return sample;
}

inline ReadSample readSample(const std::string& name)
{
    return readFindings(CORDON_SOURCE_DIR "/tests/samples/findings/" + name);
}

inline std::string textOfFile(const std::string& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// "actor account:…, via credential:…", in order.
inline std::string entityText(const Alert& alert)
{
    std::string text;
    for (const AlertEntity& entity : alert.entities)
        text += (text.empty() ? "" : ", ") + entity.part + " " + entity.entity.key();
    return text;
}

inline std::string joined(const std::vector<std::string>& texts)
{
    std::string whole;
    for (const std::string& text : texts)
        whole += (whole.empty() ? "" : " ") + text;
    return whole;
}

} // namespace cordon::ingest
