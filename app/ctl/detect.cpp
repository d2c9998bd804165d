#include "app/ctl/ctl.h"
#include "core/base/display_escape.h"
#include "core/engine/codec.h"
#include "core/engine/detection.h"
#include "core/ingest/file_list.h"
#include "core/ingest/log_reader.h"
#include "core/value/json.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <iostream>
#include <memory>
#include <thread>

namespace cordon::ctl {
namespace {

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

/// Matching alone keeps no bytes.
class NoEvidence final : public EvidenceSink
{
public:
    Result<void> addPacked(ByteView) override { return {}; }
    Result<void> addDecoded(ByteView) override { return {}; }
};

struct FileMatches
{
    std::vector<Value> lines;
    std::vector<detect::CorrelationInput> inputs;
    std::map<std::uint64_t, Event> events; ///< of inputs, by record
    std::uint64_t records = 0;
    std::uint64_t bytes = 0;
    std::vector<RejectedRecord> rejected;
};

Value entitiesOf(const Event& event)
{
    Value::Array entities;
    if (event.actor)
        entities.push_back(engine::codec::toValue(*event.actor));
    if (event.via)
        entities.push_back(engine::codec::toValue(*event.via));
    for (const EventTarget& target : event.targets)
        entities.push_back(engine::codec::toValue(target.entity));
    return entities;
}

Value head(const RuleInfo& rule, const std::string& file, std::uint64_t record, const Event& event)
{
    return Value::Object{{"rule", rule.id},
                         {"title", rule.title},
                         {"level", toString(rule.level)},
                         {"author", rule.author},
                         {"license", rule.license},
                         {"file", file},
                         {"record", record},
                         {"time", event.time.toString()},
                         {"entities", entitiesOf(event)}};
}

class MatchSink final : public ingest::RecordSink
{
public:
    MatchSink(const engine::Detection& detection, std::size_t file, std::string name, FileMatches& out)
        : m_detection(detection), m_file(file), m_name(std::move(name)), m_out(out)
    {
    }
    Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t record) override
    {
        m_matches.clear();
        m_detection.program->match(view, m_scratch, m_matches);
        const std::size_t before = m_out.inputs.size();
        for (const detect::RuleIndex index : m_matches) {
            const detect::Rule& rule = m_detection.program->rule(index);
            if (rule.usesBaseline)
                continue; // needs a past, which only a case keeps
            // file and record in one number: a correlation match is told by both
            const detect::EventRef ref{static_cast<std::uint64_t>(m_file) << 40U | record};
            m_detection.correlations->collect(index, view, event.time, ref, m_out.inputs);
            if (rule.raisesAlert)
                m_out.lines.push_back(head(rule.info, m_name, record, event));
        }
        if (m_out.inputs.size() > before)
            m_out.events.emplace(record, std::move(event));
        return {};
    }
    /// Another product's alert is a match like any other: of its own words, in every version that the log holds.
    Result<void> onFinding(Event&& event, Alert&& alert, const EventView& view, std::uint64_t record) override
    {
        const Value whole = engine::codec::toValue(alert);
        Value line = head(alert.rule, m_name, record, event);
        line.set("entities", whole["entities"]);
        line.set("external", whole["external"]);
        m_out.lines.push_back(std::move(line));
        return onRecord(std::move(event), view, record);
    }
    void onRejected(RejectedRecord rejected) override { m_out.rejected.push_back(std::move(rejected)); }

private:
    const engine::Detection& m_detection;
    std::size_t m_file;
    std::string m_name;
    FileMatches& m_out;
    detect::MatchScratch m_scratch;
    std::vector<detect::RuleIndex> m_matches;
};

void readOne(const engine::Detection& detection, std::size_t index, const std::filesystem::path& file,
             const ingest::ReadOptions& options, FileMatches& out)
{
    NoEvidence evidence;
    MatchSink sink(detection, index, file.string(), out);
    auto summary = ingest::readLog(file, detection.maps, detection.plan, evidence, sink, options);
    if (summary) {
        out.records = summary->records;
        out.bytes = summary->decodedBytes;
    } else {
        out.rejected.push_back({file.string(), 0, 0, summary.error().detail});
    }
}

void addCorrelations(engine::Detection& detection, const std::vector<std::filesystem::path>& files,
                     std::vector<FileMatches>& matches)
{
    for (const FileMatches& file : matches) {
        for (const detect::CorrelationInput& input : file.inputs)
            detection.correlations->add(input);
    }
    std::map<std::pair<detect::RuleIndex, std::uint64_t>, detect::CorrelationMatch> newest;
    for (detect::CorrelationMatch& match : detection.correlations->finish())
        newest[{match.rule, match.episode}] = std::move(match);
    for (const auto& [key, match] : newest) {
        const detect::Rule& rule = detection.program->rule(match.rule);
        if (!rule.raisesAlert || match.events.empty())
            continue;
        const auto placeOf = [](detect::EventRef ref) {
            return std::pair(static_cast<std::size_t>(ref.value >> 40U), ref.value & ((std::uint64_t{1} << 40U) - 1));
        };
        const auto [file, record] = placeOf(match.events.front());
        Value line = head(rule.info, files[file].string(), record, matches[file].events.at(record));
        Value::Array records;
        for (const detect::EventRef ref : match.events) {
            const auto place = placeOf(ref);
            records.push_back(Value::Array{Value(files[place.first].string()), Value(place.second)});
        }
        line.set("records", std::move(records));
        const bool isWhole = std::abs(match.count) < 1e15 && match.count == std::floor(match.count);
        line.set("count", isWhole ? Value(static_cast<std::int64_t>(match.count)) : Value(match.count));
        matches[file].lines.push_back(std::move(line));
    }
}

std::string readable(const Value& line)
{
    return line["time"].asString() + "  " + line["level"].asString() + "  " + line["title"].asString() + "  (" +
           line["file"].asString() + " #" + std::to_string(line["record"].asInt()) + ", by " +
           line["author"].asString() + ")";
}

int detectAll(const Context& context, const DetectWish& wish)
{
    const auto start = std::chrono::steady_clock::now();
    engine::Detection::Wish load{context.resources, {}, !wish.isWithoutBuiltin};
    load.rules.assign(wish.rules.begin(), wish.rules.end());
    load.placeholders = wish.placeholders;
    load.maps.assign(wish.import.maps.begin(), wish.import.maps.end());
    ingest::ReadOptions options;
    auto import = wish.import.options();
    if (!import)
        return failed(import.error());
    options.import = *import;
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
    std::vector<FileMatches> matches(list.files.size());
    std::atomic<std::size_t> next{0};
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < std::max(1, wish.threads); ++i) {
            workers.emplace_back([&] {
                for (std::size_t file = next++; file < list.files.size(); file = next++)
                    readOne(**detection, file, list.files[file], options, matches[file]);
            });
        }
    }
    addCorrelations(**detection, list.files, matches);
    std::uint64_t records = 0;
    std::uint64_t bytes = 0;
    std::vector<RejectedRecord> rejected = list.rejected;
    for (FileMatches& file : matches) {
        std::stable_sort(file.lines.begin(), file.lines.end(),
                         [](const Value& a, const Value& b) { return a["record"].asInt() < b["record"].asInt(); });
        for (const Value& line : file.lines)
            std::cout << (context.wantsJson ? json::write(line) : readable(line)) << '\n';
        records += file.records;
        bytes += file.bytes;
        rejected.insert(rejected.end(), file.rejected.begin(), file.rejected.end());
    }
    for (const RejectedRecord& one : rejected)
        std::cerr << "cordonctl: " << escapedForDisplay(one.file) << ": offset " << one.offset << ": "
                  << escapedForDisplay(one.reason) << '\n';
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
    if (records == 0 && !rejected.empty())
        return Bad;
    return !rejected.empty() && wish.isStrict ? Incomplete : Done;
}

} // namespace

void addDetect(CLI::App& app, Context& context, int& status)
{
    auto wish = std::make_shared<DetectWish>();
    CLI::App* command = app.add_subcommand("detect", "match rules only; writes no case");
    command->add_option("--rules", wish->rules, "further Sigma rule file or folder")->expected(1)->take_all();
    command->add_flag("--no-builtin", wish->isWithoutBuiltin, "leave Cordon's own rules out");
    command->add_option("--placeholders", wish->placeholders, "values for placeholders of rules, a YAML file");
    command->add_option("--threads", wish->threads, "files read at once")->check(CLI::Range(1, 64));
    command->add_flag("--stats", wish->wantsStats, "a last line of numbers on standard error");
    command->add_flag("--strict", wish->isStrict, "exit 2 when any input was rejected");
    wish->import.addTo(*command);
    command->add_option("LOG", wish->logs, "log files and folders")->required();
    command->callback([&context, &status, wish] { status = detectAll(context, *wish); });
}

} // namespace cordon::ctl
