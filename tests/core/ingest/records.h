#pragma once

#include "core/ingest/json_event_view.h"
#include "core/ingest/normaliser.h"
#include "core/ingest/record_framer.h"
#include "core/ingest/record_router.h"

#include <algorithm>
#include <string>
#include <vector>

namespace cordon::ingest {

/// JSON with ' for ", so that test tables stay readable.
inline std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

/// What a framer made of a stream; the bytes are copies.
struct Framed
{
    std::vector<std::string> records;
    std::vector<std::uint64_t> offsets; ///< of the records
    std::vector<Frame> rejected;
    bool isCutShort = false;
};

/// Frames `text`, fed in pieces of `piece` bytes.
inline Framed frameText(std::string_view text, std::size_t piece, std::size_t longest = RecordFramer::longestRecord)
{
    RecordFramer framer(longest);
    Framed framed;
    const auto take = [&] {
        while (auto frame = framer.next()) {
            if (frame->isRecord) {
                framed.records.emplace_back(frame->bytes);
                framed.offsets.push_back(frame->offset);
            } else {
                framed.rejected.push_back(std::move(*frame));
            }
        }
    };
    while (!text.empty()) {
        const std::size_t size = std::min(piece, text.size());
        std::copy_n(text.data(), size, framer.space(size));
        framer.written(size);
        text.remove_prefix(size);
        take();
    }
    framer.finish();
    take();
    framed.isCutShort = framer.isCutShort();
    return framed;
}

/// The shipped field maps and a view over one record at a time.
class MappedRecords
{
public:
    MappedRecords()
        : m_maps(FieldMaps::load(CORDON_SOURCE_DIR "/resources/field_maps", m_plan))
    {
        if (m_maps)
            m_maps->complete(m_plan);
    }

    /// Null when the maps load; else why not.
    [[nodiscard]] const Error* error() const { return m_maps ? nullptr : &m_maps.error(); }
    [[nodiscard]] const FieldMaps& maps() const { return *m_maps; }
    [[nodiscard]] const FieldPlan& plan() const { return m_plan; }

    Result<Event> event(const std::string& record)
    {
        m_bytes = record + std::string(RecordFramer::padding, ' ');
        if (!m_view)
            m_view = std::make_unique<JsonEventView>(m_plan);
        CORDON_CHECK(m_view->read({m_bytes.data(), record.size()}));
        const FieldMap* map = RecordRouter(*m_maps).route(*m_view);
        if (!map)
            return fail(ErrorCode::NotFound, "not recognised");
        return normalise(*map, *m_view);
    }

private:
    FieldPlan m_plan;
    Result<FieldMaps> m_maps;
    std::string m_bytes;
    std::unique_ptr<JsonEventView> m_view;
};

} // namespace cordon::ingest
