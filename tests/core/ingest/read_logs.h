#pragma once

#include "core/ingest/log_format.h"
#include "core/ingest/log_reader.h"
#include "core/value/json.h"

#include <QFile>
#include <QTemporaryDir>
#include <algorithm>

namespace cordon::ingest {

/// What a record source made of a text; copies.
struct SourceOutput
{
    std::vector<Value> records;
    std::vector<std::string> raw;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> places;
    std::vector<Frame> rejected;
    bool isAllJson = true;
};

/// Feeds `text` in pieces of `piece` bytes.
inline SourceOutput readThrough(RecordSource& source, std::string_view text, std::size_t piece = 4096)
{
    SourceOutput out;
    const auto take = [&] {
        while (auto frame = source.next()) {
            if (!frame->isRecord) {
                out.rejected.push_back(*frame);
                continue;
            }
            auto value = json::parse(frame->bytes);
            out.isAllJson = out.isAllJson && value.has_value();
            out.records.push_back(value ? std::move(*value) : Value());
            out.raw.emplace_back(frame->raw);
            out.places.emplace_back(frame->offset, frame->length);
        }
    };
    while (!text.empty()) {
        const std::size_t size = std::min(piece, text.size());
        std::copy_n(text.data(), size, source.space(size));
        source.written(size);
        text.remove_prefix(size);
        take();
    }
    source.finish();
    take();
    return out;
}

/// Everything that a log file gives through maps and normaliser.
class LogRun final : public RecordSink
{
public:
    /// @param given  text of a map that a person wrote; "" for none
    explicit LogRun(const std::string& given = {})
    {
        std::vector<platform::Path> own;
        if (!given.empty()) {
            write("given.yml", given);
            own.push_back(path("given.yml"));
        }
        auto loaded = FieldMaps::load(CORDON_SOURCE_DIR "/resources/field_maps", m_plan, own);
        if (!loaded) {
            problem = loaded.error().detail;
            return;
        }
        m_maps = std::move(*loaded);
        m_maps.complete(m_plan);
    }

    Result<ReadSummary> read(const std::string& text, const ImportOptions& import = {}, const char* name = "a.log")
    {
        write(name, text);
        return readFile(path(name), import);
    }

    Result<ReadSummary> readFile(const platform::Path& file, const ImportOptions& import = {})
    {
        class NoEvidence final : public EvidenceSink
        {
        public:
            Result<void> addPacked(ByteView) override { return {}; }
            Result<void> addDecoded(ByteView) override { return {}; }
        } evidence;
        ReadOptions options;
        options.import = import;
        return readLog(file, m_maps, m_plan, evidence, *this, options);
    }

    Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t) override
    {
        std::string route = std::string(view.product()) + '/' + std::string(view.service());
        for (const std::string& category : view.categories())
            route += '/' + category;
        routes.push_back(route);
        events.push_back(std::move(event));
        return {};
    }
    void onRejected(RejectedRecord record) override { rejected.push_back(std::move(record)); }

    [[nodiscard]] platform::Path path(const char* name) const { return m_folder.filePath(name).toStdString(); }

    std::vector<Event> events;
    std::vector<std::string> routes;
    std::vector<RejectedRecord> rejected;
    std::string problem; ///< why the maps do not load

private:
    void write(const char* name, const std::string& text) const
    {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text.data(), static_cast<qint64>(text.size()));
    }

    QTemporaryDir m_folder;
    FieldPlan m_plan;
    FieldMaps m_maps;
};

} // namespace cordon::ingest
