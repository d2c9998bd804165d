#include "app/ctl/ctl.h"
#include "app/ctl/detect_reading.h"
#include "app/ctl/found_correlations.h"
#include "app/ctl/record_heads.h"
#include "core/base/display_escape.h"
#include "core/engine/detection.h"
#include "core/ingest/file_list.h"
#include "core/value/json.h"
#include "core/words/counted.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <limits>
#include <memory>

namespace cordon::ctl {
namespace {

/// About how much of a large log one thread takes at a time.
constexpr std::uint64_t pieceSize = 16U << 20U;

struct DetectWish
{
    std::vector<std::string> rules;
    std::string placeholders;
    bool isWithoutBuiltin = false;
    bool wantsStats = false;
    bool isStrict = false;
    int threads = 1;
    ImportWish import;
    std::vector<std::string> logs;
};

std::string readable(const Value& line)
{
    // titles, authors and file names are not ours: they may hold anything
    return line["time"].asString() + "  " + line["level"].asString() + "  " +
           escapedForDisplay(line["title"].asString()) + "  (" + escapedForDisplay(line["file"].asString()) + " #" +
           std::to_string(line["record"].asInt()) + ", by " + escapedForDisplay(line["author"].asString()) + ")";
}

/// What `detect` prints, and what correlations need until the end.
class Printing
{
public:
    Printing(const Context& context, engine::Detection& detection, std::vector<std::filesystem::path> files)
        : m_context(context)
        , m_detection(detection)
        , m_files(std::move(files))
    {}

    /// @param base  records of the piece's file before the piece
    void take(MatchBatch& batch, std::size_t file, std::uint64_t base)
    {
        m_matchCount += batch.lines.size();
        for (MatchBatch::Line& line : batch.lines)
            printLine(line, file, base + line.record);
        for (MatchBatch::Head& head : batch.heads)
            m_heads.add(refOf(file, base + head.record), head.time, head.entities);
        for (detect::CorrelationInput& input : batch.inputs) {
            input.event = detect::EventRef{refOf(file, base + input.event.value)};
            m_detection.correlations->add(input);
        }
        for (const RejectedRecord& rejected : batch.rejected)
            tell(rejected);
    }

    void tell(const RejectedRecord& rejected)
    {
        ++m_rejectedCount;
        std::cerr << "cordonctl: " << escapedForDisplay(rejected.file) << ": offset " << rejected.offset << ": "
                  << escapedForDisplay(rejected.reason) << '\n';
    }

    /// Correlations are known when all is read.
    void printCorrelations()
    {
        FoundCorrelations found;
        m_detection.correlations->finish([&found](const detect::CorrelationMatch& match) {
            if (!match.events.empty())
                found.add(match);
        });
        found.each([this](const FoundCorrelations::Found& match) { printCorrelation(match); });
        m_matchCount += found.size();
    }
    [[nodiscard]] std::size_t matchCount() const { return m_matchCount; }
    [[nodiscard]] std::size_t rejectedCount() const { return m_rejectedCount; }

private:
    /// File and record in one number.
    static std::uint64_t refOf(std::size_t file, std::uint64_t record) { return static_cast<std::uint64_t>(file) << 40U | record; }

    static void printWritten(const std::string& json, std::uint64_t record)
    {
        std::cout << "{\"record\":" << record << ',' << std::string_view(json).substr(1) << '\n';
    }

    void printLine(MatchBatch::Line& line, std::size_t file, std::uint64_t record) const
    {
        if (line.json.empty())
            print(std::move(line.value), file, record);
        else
            printWritten(line.json, record);
    }

    void print(Value line, std::size_t file, std::uint64_t record) const
    {
        line.set("file", m_files[file].string());
        line.set("record", record);
        std::cout << (m_context.wantsJson ? json::write(line) : readable(line)) << '\n';
    }

    void printCorrelation(const FoundCorrelations::Found& match)
    {
        const auto placeOf = [](detect::EventRef ref) {
            return std::pair(static_cast<std::size_t>(ref.value >> 40U), ref.value & ((std::uint64_t{1} << 40U) - 1));
        };
        const RecordHeads::Head head = m_heads.find(match.events.front().value).value_or(RecordHeads::Head());
        Value line = matchLine(m_detection.program->rule(match.rule).info, head.time,
                               json::parse(head.entities).value_or(Value()));
        Value::Array records;
        for (const detect::EventRef ref : match.events) {
            const auto place = placeOf(ref);
            records.push_back(Value::Array{Value(m_files[place.first].string()), Value(place.second)});
        }
        line.set("records", std::move(records));
        const bool isWhole = std::abs(match.count) < 1e15 && match.count == std::floor(match.count);
        line.set("count", isWhole ? Value(static_cast<std::int64_t>(match.count)) : Value(match.count));
        const auto [file, record] = placeOf(match.events.front());
        print(std::move(line), file, record);
    }

    const Context& m_context;
    engine::Detection& m_detection;
    std::vector<std::filesystem::path> m_files;
    RecordHeads m_heads; ///< of records that correlations count
    std::size_t m_matchCount = 0;
    std::size_t m_rejectedCount = 0;
};

int detectAll(const Context& context, const DetectWish& wish)
{
    const auto start = std::chrono::steady_clock::now();
    engine::Detection::Wish load{context.resources, {}, !wish.isWithoutBuiltin};
    load.rules.assign(wish.rules.begin(), wish.rules.end());
    load.placeholders = wish.placeholders;
    load.maps.assign(wish.import.maps.begin(), wish.import.maps.end());
    auto import = wish.import.options();
    if (!import)
        return failed(import.error());
    auto detection = engine::Detection::load(load);
    if (!detection)
        return failed(detection.error());
    const auto& loaded = (*detection)->program->rules().rules();
    const auto pastRules =
        std::count_if(loaded.begin(), loaded.end(), [](const detect::Rule& rule) { return rule.usesBaseline; });
    if (pastRules > 0)
        std::cerr << "cordonctl: " << pastRules << " rules ask about an identity's past and run in a case only (cordonctl run)\n";
    const ingest::FileList list =
        ingest::listFiles(std::vector<std::filesystem::path>(wish.logs.begin(), wish.logs.end()));
    Printing printing(context, **detection, list.files);
    for (const RejectedRecord& rejected : list.rejected)
        printing.tell(rejected);
    const int threads = std::max(1, wish.threads);
    const std::vector<LogPiece> pieces =
        cutLogs(list.files, threads > 1 ? pieceSize : std::numeric_limits<std::uint64_t>::max() / 2);
    std::uint64_t records = 0;
    std::uint64_t usable = 0;
    std::uint64_t bytes = 0;
    {
        DetectReading reading(**detection, list.files, pieces, *import, threads, context.wantsJson);
        std::uint64_t base = 0; // records of the file before the piece
        for (std::size_t at = 0; at < pieces.size(); ++at) {
            const LogPiece& piece = pieces[at];
            base = piece.from == 0 ? 0 : base;
            MatchBatch batch;
            do {
                batch = reading.next(at);
                printing.take(batch, piece.file, base);
            } while (!batch.end);
            if (*batch.end) {
                base += (*batch.end)->records;
                records += (*batch.end)->records;
                usable += (*batch.end)->events;
                bytes += (*batch.end)->decodedBytes;
            } else {
                printing.tell({list.files[piece.file].string(), piece.from, 0, batch.end->error().detail});
            }
        }
    }
    printing.printCorrelations();
    if (printing.matchCount() == 0)
        std::cerr << "cordonctl: 0 matches in " << words::counted(static_cast<std::int64_t>(usable), "event") << '\n';
    if (wish.wantsStats) {
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        std::cerr << json::write(Value::Object{
                         {"events", records},
                         {"bytes", bytes},
                         {"seconds", seconds},
                         {"rules_loaded", static_cast<std::int64_t>((*detection)->ruleCount())},
                         {"rules_rejected",
                          static_cast<std::int64_t>((*detection)->program->rules().rejected().size())}})
                  << '\n';
    }
    if (usable == 0 && printing.rejectedCount() > 0)
        return Bad;
    return printing.rejectedCount() > 0 && wish.isStrict ? Incomplete : Done;
}

} // namespace

void addDetect(CLI::App& app, Context& context, int& status)
{
    auto wish = std::make_shared<DetectWish>();
    CLI::App* command = app.add_subcommand("detect", "match rules only; writes no case");
    command->add_option("--rules", wish->rules, "further Sigma rule file or folder")->allow_extra_args(false);
    command->add_flag("--no-builtin", wish->isWithoutBuiltin, "leave Cordon's own rules out");
    command->add_option("--placeholders", wish->placeholders, "values for placeholders of rules, a YAML file");
    command->add_option("--threads", wish->threads, "readers: files, and parts of large files of JSON documents, side by side")->check(CLI::Range(1, 64));
    command->add_flag("--stats", wish->wantsStats, "a last line of numbers on standard error");
    command->add_flag("--strict", wish->isStrict, "exit 2 when any input was rejected");
    wish->import.addTo(*command);
    command->add_option("LOG", wish->logs, "log files and folders")->required();
    command->callback([&context, &status, wish] { status = detectAll(context, *wish); });
}

} // namespace cordon::ctl
