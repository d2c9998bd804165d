#include "core/engine/log_look.h"

#include "core/ingest/file_list.h"
#include "core/ingest/follow_bytes.h"
#include "core/ingest/log_reader.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace cordon::engine {
namespace {

constexpr std::size_t mostFiles = 300;
constexpr std::size_t startLength = 128U << 10U;
/// No log is of this year: a time that has it has none of its own.
constexpr int strangeYear = 1972;

class NoEvidence final : public EvidenceSink
{
public:
    Result<void> addPacked(ByteView) override { return {}; }
    Result<void> addDecoded(ByteView) override { return {}; }
};

/// What came of reading the start of a log.
struct Tally
{
    std::string source;
    std::string reason;
    std::size_t events = 0;
    bool isStrange = false;
};

class TallySink final : public ingest::RecordSink
{
public:
    explicit TallySink(Tally& tally) : m_tally(tally) {}
    Result<void> onRecord(Event&& event, const EventView&, std::uint64_t) override
    {
        if (m_tally.events++ == 0)
            m_tally.source = event.source;
        const bool isOld = event.time < *Timestamp::parse("1974-01-01T00:00:00Z");
        m_tally.isStrange = m_tally.isStrange || (!event.timeText.empty() && isOld);
        return {};
    }
    void onRejected(RejectedRecord record) override
    {
        if (m_tally.reason.empty())
            m_tally.reason = std::move(record.reason);
    }

private:
    Tally& m_tally;
};

Result<std::string> startOf(const std::filesystem::path& file)
{
    CORDON_TRY(const auto stream, platform::ByteStream::open(file));
    std::string bytes(startLength, '\0');
    std::size_t held = 0;
    while (held < bytes.size()) {
        const auto count = stream->read(bytes.data() + held, bytes.size() - held);
        if (!count || *count == 0)
            break; // what can be read is enough to tell
        held += *count;
    }
    bytes.resize(held);
    return bytes;
}

class Looking
{
public:
    Looking(const ingest::FieldMaps& maps, const FieldPlan& plan) : m_maps(maps), m_plan(plan) {}

    [[nodiscard]] LogLook at(const std::filesystem::path& file) const
    {
        LogLook look;
        look.file = file;
        const auto start = startOf(file);
        if (!start) {
            look.reason = start.error().detail;
            look.needsMap = true;
            return look;
        }
        const Tally plain = read(file, *start, {});
        ingest::ImportOptions told;
        told.zone = "UTC";
        told.year = strangeYear;
        const Tally zoned = read(file, *start, told);
        look.source = plain.source.empty() ? zoned.source : plain.source;
        look.needsZone = zoned.events > plain.events;
        told.year = 2020;
        look.lacksYear = zoned.isStrange && !read(file, *start, told).isStrange;
        look.needsMap = zoned.events == 0 && !start->empty();
        look.reason = look.needsMap ? zoned.reason : std::string();
        return look;
    }

private:
    [[nodiscard]] Tally read(const std::filesystem::path& file, const std::string& start,
                             const ingest::ImportOptions& import) const
    {
        Tally tally;
        TallySink sink(tally);
        NoEvidence evidence;
        ingest::ReadOptions options;
        options.import = import;
        options.open = ingest::openBytes(start);
        const auto done = ingest::readLog(file, m_maps, m_plan, evidence, sink, options);
        if (!done && tally.reason.empty())
            tally.reason = done.error().detail;
        return tally;
    }

    const ingest::FieldMaps& m_maps;
    const FieldPlan& m_plan;
};

std::vector<std::string> timeZoneNames()
{
    std::vector<std::string> names;
    std::ifstream table("/usr/share/zoneinfo/tzdata.zi");
    for (std::string line; std::getline(table, line);) {
        std::istringstream words(line);
        std::string kind;
        std::string name;
        words >> kind >> name;
        if (kind == "L")
            words >> name; // a link's own name
        if ((kind == "Z" || kind == "L") && name.find('/') != std::string::npos && ingest::TimeZone::named(name))
            names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    names.insert(names.begin(), "UTC");
    return names;
}

} // namespace

Result<LogLooks> lookAtLogs(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& resources,
                            const std::vector<std::filesystem::path>& maps, const std::stop_token& stop)
{
    FieldPlan plan;
    CORDON_TRY(ingest::FieldMaps fieldMaps, ingest::FieldMaps::load(resources / "field_maps", plan, maps));
    fieldMaps.complete(plan);
    const Looking looking(fieldMaps, plan);
    const ingest::FileList list = ingest::listFiles(paths);
    LogLooks looks;
    looks.zones = timeZoneNames();
    for (const std::filesystem::path& file : list.files) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "looking at the logs was cancelled");
        if (looks.files.size() < mostFiles)
            looks.files.push_back(looking.at(file));
    }
    looks.notLookedAt = list.files.size() - looks.files.size();
    return looks;
}

} // namespace cordon::engine
