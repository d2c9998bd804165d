#include "app/bench/recorded_attacks.h"

#include "core/engine/detection.h"
#include "core/ingest/log_reader.h"
#include "core/platform/file.h"
#include "core/value/json.h"

#include <algorithm>
#include <set>

namespace cordon::bench {
namespace {

namespace fs = std::filesystem;

class Nowhere final : public EvidenceSink
{
public:
    Result<void> addPacked(ByteView) override { return {}; }
    Result<void> addDecoded(ByteView) override { return {}; }
};

/// Which records of a file are the attack's: one recording may hold several.
struct Choice
{
    std::string program;        ///< the user agent contains it; "" when every record may be meant
    std::set<std::string> keys; ///< done with one of these; empty: with any

    Choice(const Value& attack, bool takesAll)
    {
        if (takesAll)
            return;
        const std::string& selector = attack["event_selector"].asString();
        constexpr std::string_view start = "userAgent contains ";
        if (const std::size_t at = selector.find(start); at != std::string::npos) {
            program = selector.substr(at + start.size());
            program.resize(std::min(program.find(' '), program.size()));
        } else if (attack["files"].asArray().size() > 2) {
            for (const Value& actor : attack["actors"].asArray())
                keys.insert(actor["accessKeyId"].asString());
        }
    }
    [[nodiscard]] bool takes(const EventView& view) const
    {
        if (program.empty() && keys.empty())
            return true;
        const Value raw = json::parse(view.raw()).value_or(Value());
        if (!program.empty())
            return raw["userAgent"].asString().find(program) != std::string::npos;
        return keys.contains(raw["userIdentity"]["accessKeyId"].asString());
    }
};

class Sink final : public ingest::RecordSink
{
public:
    Sink(const engine::Detection& detection, const Choice& choice, RecordedAttacks& all, RecordedAttack& attack,
         std::vector<detect::CorrelationInput>& inputs)
        : m_detection(detection)
        , m_choice(choice)
        , m_all(all)
        , m_attack(attack)
        , m_inputs(inputs)
    {}
    Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t record) override
    {
        if (!m_choice.takes(view))
            return {};
        event.id = EventId{static_cast<std::int64_t>(m_attack.events.size()) + 1};
        event.cite.offset = record;
        m_detection.program->match(view, m_scratch, m_matches);
        for (const detect::RuleIndex index : m_matches) {
            const detect::Rule& rule = m_detection.program->rule(index);
            m_detection.correlations->collect(index, view, event.time,
                                              detect::EventRef{static_cast<std::uint64_t>(event.id.value)}, m_inputs);
            if (!rule.raisesAlert)
                continue;
            m_all.rules.emplace(rule.info.id, rule.info);
            m_attack.hits.push_back({rule.info.id, {event}});
        }
        m_attack.events.push_back(std::move(event));
        return {};
    }
    void onRejected(RejectedRecord) override {}

private:
    const engine::Detection& m_detection;
    const Choice& m_choice;
    RecordedAttacks& m_all;
    RecordedAttack& m_attack;
    std::vector<detect::CorrelationInput>& m_inputs;
    detect::MatchScratch m_scratch;
    std::vector<detect::RuleIndex> m_matches;
};

void addCorrelations(const engine::Detection& detection, const std::vector<detect::CorrelationInput>& inputs,
                     RecordedAttacks& all, RecordedAttack& attack)
{
    for (const detect::CorrelationInput& input : inputs)
        detection.correlations->add(input);
    for (const detect::CorrelationMatch& match : detection.correlations->finish()) {
        const detect::Rule& rule = detection.program->rule(match.rule);
        if (!rule.raisesAlert)
            continue;
        engine::RuleHit hit{rule.info.id, {}};
        for (const detect::EventRef event : match.events)
            hit.events.push_back(attack.events[static_cast<std::size_t>(event.value) - 1]);
        if (hit.events.empty())
            continue;
        all.rules.emplace(rule.info.id, rule.info);
        attack.hits.push_back(std::move(hit));
    }
}

} // namespace

Result<RecordedAttacks> readRecordedAttacks(const fs::path& data, const fs::path& resources)
{
    engine::Detection::Wish wish{resources, {data / "sigma"}, true};
    CORDON_TRY(const auto detection, engine::Detection::load(wish));
    CORDON_TRY(const std::string text, platform::readFile(data / "cases.json"));
    CORDON_TRY(const Value cases, json::parse(text));
    RecordedAttacks all;
    for (const Value& attack : cases["cases"].asArray()) {
        if (!attack["tier"].asString().starts_with("A"))
            continue;
        RecordedAttack read{attack["case_id"].asString(), {}, {}};
        const bool isRecording = read.id.ends_with("-whole");
        const Choice choice(attack, isRecording);
        std::vector<detect::CorrelationInput> inputs;
        for (const Value& file : attack["files"].asArray()) {
            // The same Windows records lie beside the log as JSON.
            if (attack["source"].asString() == "windows-evtx" && !file.asString().ends_with(".evtx"))
                continue;
            Sink sink(*detection, choice, all, read, inputs);
            Nowhere evidence;
            (void)ingest::readLog(data / file.asString(), detection->maps, detection->plan, evidence, sink);
        }
        addCorrelations(*detection, inputs, all, read);
        if (isRecording)
            all.recordings.push_back(std::move(read));
        else if (read.hits.empty())
            all.silent.push_back(read.id);
        else
            all.attacks.push_back(std::move(read));
    }
    return all;
}

} // namespace cordon::bench
