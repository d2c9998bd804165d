#include "core/engine/sealed_replay.h"

#include "core/base/display_escape.h"
#include "core/base/log.h"
#include "core/crypto/random.h"
#include "core/engine/case_report.h"
#include "core/engine/codec.h"
#include "core/engine/pipeline.h"
#include "core/platform/packed_folder.h"
#include "core/record/incident_part.h"
#include "core/value/json.h"
#include "core/words/counted.h"
#include "core/words/words.h"

#include <map>
#include <set>

namespace cordon::engine {
namespace {

namespace fs = std::filesystem;

/// A folder for the owner alone that goes away with this.
class Scratch
{
public:
    [[nodiscard]] static Result<Scratch> make(const fs::path& below)
    {
        removeLeft(below);
        fs::path folder = below / (std::string(start) + crypto::randomHex(8));
        CORDON_CHECK(platform::makeFolders(folder, 0700));
        CORDON_TRY(auto lock, platform::File::createExclusively(folder / lockName));
        CORDON_CHECK(lock.lock());
        return Scratch(std::move(folder), std::move(lock));
    }
    Scratch(Scratch&& other) noexcept : m_folder(std::exchange(other.m_folder, {})), m_lock(std::move(other.m_lock)) {}
    Scratch& operator=(Scratch&&) = delete;
    ~Scratch()
    {
        std::error_code error;
        if (!m_folder.empty())
            fs::remove_all(m_folder, error);
        if (error)
            logWarning(m_folder.string() + ": " + error.message());
    }
    [[nodiscard]] const fs::path& path() const { return m_folder; }

private:
    static constexpr std::string_view start = "cordon-replay-";
    static constexpr const char* lockName = "in-use";

    Scratch(fs::path folder, platform::File lock) : m_folder(std::move(folder)), m_lock(std::move(lock)) {}

    /// What a replay that was killed left there, logs in plain among it.
    static void removeLeft(const fs::path& below)
    {
        std::error_code error;
        for (fs::directory_iterator next(below, error), end; !error && next != end; next.increment(error)) {
            if (!next->path().filename().string().starts_with(start) || !platform::isPlainFile(next->path() / lockName))
                continue;
            auto lock = platform::File::openForAppending(next->path() / lockName);
            std::error_code ignored;
            if (lock && lock->lock())
                fs::remove_all(next->path(), ignored);
        }
    }

    fs::path m_folder;
    platform::File m_lock; ///< held while the folder is in use
};

/// A log out of the vault as the plain file that it was.
Result<void> unpack(const record::EvidenceVault& vault, const std::string& digest, const fs::path& to, const std::stop_token& stop)
{
    constexpr std::uint64_t block = 1U << 20U;
    CORDON_TRY(const Digest name, Digest::fromHex(digest));
    CORDON_TRY(auto object, vault.open(name));
    CORDON_TRY(auto file, platform::File::createExclusively(to));
    for (std::uint64_t at = 0; at < object.size(); at += block) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the replay was stopped");
        CORDON_TRY(const std::string bytes, object.read(at, static_cast<std::size_t>(std::min(block, object.size() - at))));
        CORDON_CHECK(file.write(bytes));
    }
    return {};
}

/// Things of both cases by what makes them the same, each with what is shown of it.
using Named = std::map<std::string, Value>;

Value difference(const Named& before, const Named& after)
{
    Value::Array fresh;
    Value::Array gone;
    std::int64_t same = 0;
    for (const auto& [key, shown] : after) {
        if (before.contains(key))
            ++same;
        else
            fresh.push_back(shown);
    }
    for (const auto& [key, shown] : before) {
        if (!after.contains(key))
            gone.push_back(shown);
    }
    return Value::Object{{"same", same}, {"new", std::move(fresh)}, {"gone", std::move(gone)}};
}

/// What a report holds, by names that do not depend on how things are numbered.
struct Contents
{
    Named alerts;
    Named incidents;
    Named steps;
};

std::string placesOf(const Value& alert)
{
    std::set<std::string> places;
    for (const Value& event : alert["events"].asArray())
        places.insert(event["evidence"].asString() + "+" + std::to_string(event["offset"].asInt()));
    std::string text;
    for (const std::string& place : places)
        text += " " + place;
    return text;
}

Contents contentsOf(const Value& report)
{
    Contents contents;
    std::map<std::string, std::string> keyOf; // alert id -> its name here
    for (const Value& alert : report["alerts"].asArray()) {
        const std::string key = alert["rule"].asString() + placesOf(alert);
        keyOf[alert["id"].asString()] = key;
        contents.alerts[key] = Value::Object{{"id", alert["id"]}, {"rule", alert["rule"]}, {"title", alert["title"]}, {"level", alert["level"]}, {"time", alert["time"]}};
    }
    for (const Value& incident : report["incidents"].asArray()) {
        std::set<std::string> entities; // an incident is the same where the same things take part in it
        for (const Value& entity : incident["entities"].asArray()) {
            if (entity["misused"].asBool() || entity["role"].asString() == "attacker")
                entities.insert(entity["kind"].asString() + ":" + entity["id"].asString());
        }
        if (entities.empty()) { // or where the same alerts are
            for (const Value& alert : incident["alerts"].asArray())
                entities.insert(keyOf[alert.asString()]);
        }
        std::string key;
        for (const std::string& entity : entities)
            key += entity + " ";
        contents.incidents[key] = Value::Object{{"id", incident["id"]}, {"title", incident["title"]["text"]}, {"severity", incident["severity"]}, {"risk", incident["risk"]}};
        for (const Value& step : incident["plan"]["steps"].asArray()) {
            const std::string name = step["action"].asString() + " " + step["target"]["kind"].asString() + ":" + step["target"]["id"].asString();
            contents.steps[name] = Value::Object{{"id", step["id"]}, {"action", step["action"]}, {"target", step["target"]["name"]}, {"title", step["title"]["text"]}, {"tier", step["tier"]}};
        }
    }
    return contents;
}

/// The same logs once more, in a case of its own.
Result<Value> detectedAgain(const ReplayWish& wish, const Scratch& scratch, record::CaseQueries& queries, const std::stop_token& stop)
{
    EngineOptions options;
    options.folder = scratch.path() / "again.cordon";
    options.home = scratch.path() / "home";
    options.resources = wish.resources;
    options.rules = wish.rules;
    options.usesBuiltinRules = wish.usesBuiltinRules;
    options.placeholders = wish.placeholders;
    options.replay = ReplayMode::Batch;
    const MachineClock clock;
    CORDON_TRY(const auto pipeline, Pipeline::open(options, clock));
    CORDON_TRY(const std::string origin, record::caseOrigin(wish.place));
    const crypto::SecretBytes none;
    CORDON_TRY(record::CaseKey key, record::caseKey(wish.home, origin, false, wish.evidencePassphrase ? *wish.evidencePassphrase : none));
    const record::EvidenceVault vault(record::evidencePath(wish.place), std::move(key), false);
    CORDON_TRY(const auto sources, queries.sources());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const record::StoredSource& source = sources[i];
        if (source.digest.empty())
            continue; // a file of which nothing could be read
        if (wish.progress)
            wish.progress("log " + std::to_string(i + 1) + " of " + std::to_string(sources.size()));
        const fs::path folder = scratch.path() / "logs" / std::to_string(i);
        CORDON_CHECK(platform::makeFolders(folder));
        const fs::path file = folder / ("log" + fs::path(source.file).extension().string());
        CORDON_CHECK(unpack(vault, source.digest, file, stop));
        ingest::ImportOptions import;
        import.zone = source.zone;
        import.clockOffset = source.clockOffset;
        CORDON_CHECK(pipeline->read({file}, stop, import));
        std::error_code ignored;
        fs::remove(file, ignored);
    }
    if (wish.progress)
        wish.progress("correlating");
    CORDON_CHECK(pipeline->prepare());
    while (const auto due = pipeline->nextAlert()) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the replay was stopped");
        CORDON_CHECK(pipeline->advance(std::max(*due, pipeline->logReaches()), stop));
    }
    CORDON_CHECK(pipeline->finish());
    return pipeline->report();
}

Value decisionsUnder(const MandateTrial& trial)
{
    Value::Array different;
    std::int64_t same = 0;
    std::int64_t unjudged = 0;
    for (const RejudgedRow& row : trial.decisions) {
        if (!row.would)
            ++unjudged;
        else if (!row.isDifferent)
            ++same;
        else
            different.push_back(Value::Object{{"seq", row.seq}, {"incident", row.incident}, {"title", words::english(row.title)},
                                              {"was", toString(row.was.effect)}, {"would", toString(row.would->effect)},
                                              {"was_tier", toString(row.was.tier)}, {"would_tier", toString(row.would->tier)}});
    }
    Value::Array problems;
    for (const MandateFault& fault : trial.problems)
        problems.push_back(Value::Object{{"line", fault.line}, {"rule", fault.rule}, {"reason", fault.reason}});
    return Value::Object{{"judged", static_cast<std::int64_t>(trial.decisions.size()) - unjudged}, {"unjudged", unjudged},
                         {"same", same}, {"different", std::move(different)}, {"problems", std::move(problems)}};
}

} // namespace

Result<Value> replayCase(const ReplayWish& wish, const std::stop_token& stop)
{
    CORDON_TRY(const auto reader, CaseReader::open(wish.place)); // keeps a sealed case open
    if (record::isIncidentPart(wish.place))
        return fail(ErrorCode::Unsupported, "a sealed incident does not hold its logs whole: there is nothing to replay");
    CORDON_TRY(const auto index, record::CaseIndexReader::open(record::databasePath(wish.place)));
    CORDON_TRY(const Value before, caseReport(wish.place, index->queries()));
    CORDON_TRY(const Scratch scratch, Scratch::make(wish.scratch));
    CORDON_TRY(const Value after, detectedAgain(wish, scratch, index->queries(), stop));
    const Contents was = contentsOf(before);
    const Contents would = contentsOf(after);
    Value differences = Value::Object{{"case", before["case"]},
                                      {"events", Value::Object{{"was", before["events"]}, {"would", after["events"]}}},
                                      {"alerts", difference(was.alerts, would.alerts)},
                                      {"incidents", difference(was.incidents, would.incidents)},
                                      {"steps", difference(was.steps, would.steps)}};
    if (wish.mandate) {
        CORDON_TRY(const std::string text, platform::readFile(*wish.mandate, 1U << 20U));
        CORDON_TRY(const MandateTrial trial, reader->tryMandate(text));
        differences.set("decisions", decisionsUnder(trial));
    }
    return differences;
}

std::string replayText(const Value& differences)
{
    const auto shown = [](const Value& text) { return escapedForDisplay(text.asString()); };
    std::string out = "case " + shown(differences["case"]) + ": " + words::counted(differences["events"]["was"].asInt(), "event") + ", " +
                      std::to_string(differences["events"]["would"].asInt()) + " when read again\n";
    for (const char* what : {"alerts", "incidents", "steps"}) {
        const Value& found = differences[what];
        out += std::string(what) + ": " + std::to_string(found["same"].asInt()) + " the same, " +
               std::to_string(found["new"].asArray().size()) + " new, " + std::to_string(found["gone"].asArray().size()) + " gone\n";
        for (const auto& [sign, member] : {std::pair{"  + ", "new"}, std::pair{"  - ", "gone"}}) {
            for (const Value& item : found[member].asArray())
                out += sign + shown(item["id"]) + "  " + shown(item["title"]) +
                       (item.has("target") ? " (" + shown(item["target"]) + ")" : "") + "\n";
        }
    }
    if (!differences.has("decisions"))
        return out;
    const Value& decisions = differences["decisions"];
    for (const Value& problem : decisions["problems"].asArray())
        out += "mandate, line " + std::to_string(problem["line"].asInt()) + ": " + shown(problem["reason"]) + "\n";
    out += "decisions: " + std::to_string(decisions["judged"].asInt()) + " judged again, " + std::to_string(decisions["different"].asArray().size()) +
           " different, " + std::to_string(decisions["unjudged"].asInt()) + " could not be judged again\n";
    for (const Value& row : decisions["different"].asArray())
        out += "  entry " + std::to_string(row["seq"].asInt()) + "  " + shown(row["title"]) + ": " + shown(row["was"]) + " " + shown(row["was_tier"]) +
               " -> " + shown(row["would"]) + " " + shown(row["would_tier"]) + "\n";
    return out;
}

} // namespace cordon::engine
