#pragma once

#include "core/engine/detection.h"
#include "core/ingest/log_reader.h"
#include "core/value/json.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace cordon::tests {

/// One record of the shared data.
struct SeenRecord
{
    std::string file; ///< below the shared folder
    std::uint64_t line = 0;
    std::string id;
    std::string name;
    std::string program;
    std::string key;
    std::string identity;
};

/// What a rule raised, on one record or on several that were counted together.
struct SeenAlert
{
    const RuleInfo* rule = nullptr;
    std::vector<std::size_t> records;
};

/// What was found in some files, which were read as one log.
struct Seen
{
    std::vector<SeenRecord> records;
    std::vector<SeenAlert> alerts;
};

/// Reads files of the shared data with one set of rules. Correlations are counted within one group of files.
class RecordedReading
{
public:
    explicit RecordedReading(const std::filesystem::path& data)
        : m_data(data)
    {
        engine::Detection::Wish wish{CORDON_SOURCE_DIR "/resources", {data / "sigma"}, true};
        m_detection = std::move(*engine::Detection::load(wish));
    }

    /// @param isApart  each record stands for itself: nothing is counted over several
    Seen read(const std::vector<std::string>& files, bool isApart = false)
    {
        Seen seen;
        std::vector<detect::CorrelationInput> inputs;
        for (const std::string& file : files) {
            Sink sink(*m_detection, file, seen, inputs);
            Nowhere evidence;
            (void)ingest::readLog(m_data / file, m_detection->maps, m_detection->plan, evidence, sink);
        }
        std::size_t judged = 0;
        while (judged < inputs.size()) {
            const detect::EventRef first = inputs[judged].event;
            for (; judged < inputs.size() && (!isApart || inputs[judged].event == first); ++judged)
                m_detection->correlations->add(inputs[judged]);
            std::map<std::pair<detect::RuleIndex, std::uint64_t>, detect::CorrelationMatch> newest;
            for (detect::CorrelationMatch& match : m_detection->correlations->finish())
                newest[{match.rule, match.episode}] = std::move(match);
            for (const auto& [key, match] : newest) {
                SeenAlert alert{&m_detection->program->rule(match.rule).info, {}};
                for (const detect::EventRef event : match.events)
                    alert.records.push_back(event.value);
                if (m_detection->program->rule(match.rule).raisesAlert)
                    seen.alerts.push_back(std::move(alert));
            }
        }
        return seen;
    }

private:
    class Nowhere final : public EvidenceSink
    {
    public:
        Result<void> addPacked(ByteView) override { return {}; }
        Result<void> addDecoded(ByteView) override { return {}; }
    };

    class Sink final : public ingest::RecordSink
    {
    public:
        Sink(const engine::Detection& detection, std::string file, Seen& seen,
             std::vector<detect::CorrelationInput>& inputs)
            : m_detection(detection)
            , m_file(std::move(file))
            , m_seen(seen)
            , m_inputs(inputs)
        {}
        Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t record) override
        {
            // what labels the truth is only asked of CloudTrail
            const bool isLabelled = m_file.starts_with("aws-cloudtrail/");
            const Value raw = isLabelled ? json::parse(view.raw()).value_or(Value()) : Value();
            const std::size_t number = m_seen.records.size();
            m_seen.records.push_back({m_file, record + 1, raw["eventID"].asString(), raw["eventName"].asString(),
                                      raw["userAgent"].asString(), raw["userIdentity"]["accessKeyId"].asString(),
                                      raw["userIdentity"]["arn"].asString()});
            m_detection.program->match(view, m_scratch, m_matches);
            for (const detect::RuleIndex index : m_matches) {
                const detect::Rule& rule = m_detection.program->rule(index);
                m_detection.correlations->collect(index, view, event.time, detect::EventRef{number}, m_inputs);
                if (rule.raisesAlert)
                    m_seen.alerts.push_back({&rule.info, {number}});
            }
            return {};
        }
        void onRejected(RejectedRecord) override {}

    private:
        const engine::Detection& m_detection;
        std::string m_file;
        Seen& m_seen;
        std::vector<detect::CorrelationInput>& m_inputs;
        detect::MatchScratch m_scratch;
        std::vector<detect::RuleIndex> m_matches;
    };

    std::filesystem::path m_data;
    std::unique_ptr<engine::Detection> m_detection;
};

inline Value readJson(const std::filesystem::path& file)
{
    std::ifstream stream(file);
    std::stringstream text;
    text << stream.rdbuf();
    return json::parse(text.str()).value_or(Value());
}

inline std::set<std::string> textsOf(const Value& list)
{
    std::set<std::string> texts;
    for (const Value& item : list.asArray())
        texts.insert(item.asString());
    return texts;
}

/// Whether a record belongs to the attack of a case of cases.json. The list of affected events there is cut short, so
/// that events of the same call by the same attack count too. Names and programs only label the truth here.
inline bool isKeyEvent(const Value& attack, const SeenRecord& record)
{
    std::set<std::string> names;
    bool hasIds = false;
    for (const Value& affected : attack["affected"].asArray()) {
        hasIds = hasIds || !affected["eventID"].asString().empty();
        if (!record.id.empty() && affected["eventID"].asString() == record.id)
            return true;
        if (!affected["eventName"].asString().empty())
            names.insert(affected["eventName"].asString());
    }
    if (attack["tier"].asString()[0] == 'B' || attack["source"].asString() != "aws-cloudtrail")
        return true;
    if (names.empty()) // the case that stands for the whole recording
        return !attack["actors"].asArray().empty() && attack["actors"].asArray()[0]["arn"].asString() == record.identity;
    if (!names.contains(record.name))
        return false;
    const std::string& selector = attack["event_selector"].asString();
    if (const std::size_t at = selector.find("userAgent contains "); at != std::string::npos)
        return record.program.find(selector.substr(at + 19, 12)) != std::string::npos;
    if (hasIds && record.file.find("/invictus") == std::string::npos)
        return true;
    for (const Value& actor : attack["actors"].asArray()) {
        if (!record.key.empty() && actor["accessKeyId"].asString() == record.key)
            return true;
    }
    return false;
}

} // namespace cordon::tests
