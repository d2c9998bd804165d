#pragma once

#include "core/ingest/field_map.h"
#include "core/ingest/record_route.h"

namespace cordon::ingest {

class JsonEventView;

/// Tells which field map reads a record and which log source it belongs to. Keeps its memory from record to record;
/// belongs to one thread.
class RecordRouter
{
public:
    /// @param maps  complete
    explicit RecordRouter(const FieldMaps& maps) : m_maps(maps) {}

    /// Recognises the record and routes the view by it. Null when no map fits; the view is then left as it was.
    /// @param carrier  of the envelope that the record stands in, see WrappedRecords
    const FieldMap* route(JsonEventView& view, std::string_view carrier = {});

private:
    [[nodiscard]] const LogRoute* chosen(const FieldMap& map, const JsonEventView& view);
    [[nodiscard]] const LogRoute* lookUp(const FieldMap& map, const JsonEventView& view);

    struct Known
    {
        const FieldMap* map = nullptr;
        const LogRoute* route = nullptr;
    };
    static constexpr std::size_t mostKnown = 1024; ///< values are the log's own

    const FieldMaps& m_maps;
    std::string m_key;
    std::string m_whole;
    std::unordered_map<std::string, Known> m_known; ///< what was found for these values before
};

} // namespace cordon::ingest
