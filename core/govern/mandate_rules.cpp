#include "core/govern/mandate_rules.h"

#include "core/crypto/sha256.h"
#include "core/govern/mandate_reader.h"
#include "core/govern/see_rules.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace cordon::govern {
namespace {

constexpr std::size_t mostBytes = 64U << 10U;
constexpr std::size_t mostDepth = 6;
constexpr std::size_t mostClauses = 512;

/// The line of a clause in the file, by its place in the list.
int lineOf(const Mandate& mandate, std::string_view list, std::size_t index)
{
    const Value::Array& items = mandate.source[list].asArray();
    return index < items.size() ? items[index].line() : 0;
}

void checkIds(const Mandate& mandate, MandateReader& reader)
{
    std::map<std::string, int> seen;
    std::size_t count = 0;
    for (const std::string_view list : {"see", "decide", "change", "forbid", "limits"}) {
        for (const Value& clause : mandate.source[list].asArray()) {
            ++count;
            const std::string& id = clause["id"].asString();
            if (!id.empty() && !seen.emplace(id, clause.line()).second)
                reader.problem(clause.line(), "duplicate_id", "the clause id " + id + " is used twice");
        }
    }
    if (count > mostClauses)
        reader.problem(1, "too_many_clauses", "more than 512 clauses");
}

/// Two permits whose selectors can overlap but whose tiers differ: removing the stricter one would lower the tier.
void checkOverlaps(const Mandate& mandate, MandateReader& reader)
{
    for (const Verb& verb : verbCatalogue()) {
        for (std::size_t b = 1; b < mandate.change.size(); ++b) {
            for (std::size_t a = 0; a < b; ++a) {
                const PermitClause& first = mandate.change[a];
                const PermitClause& second = mandate.change[b];
                if (first.tier != second.tier && first.coversVerb(verb.name) && second.coversVerb(verb.name) &&
                    canOverlap(first.target, second.target))
                    reader.problem(lineOf(mandate, "change", b), "overlap",
                                   second.id + " and " + first.id + " overlap for " + std::string(verb.name) +
                                       " but differ in tier");
            }
        }
    }
}

void checkTags(const Mandate& mandate, const std::set<std::string>& known, MandateReader& reader)
{
    const auto check = [&](const Selector& selector, int line) {
        std::vector<std::string> tags;
        if (selector.kind == Selector::Kind::Tag)
            tags.push_back(selector.tag);
        for (const auto& [attribute, value] : selector.where) {
            if (attribute == Attribute::Tag)
                tags.push_back(value);
        }
        for (const std::string& tag : tags) {
            if (!known.contains(tag))
                reader.problem(line, "tag", "unknown tag '" + tag + "'");
        }
    };
    for (std::size_t i = 0; i < mandate.change.size(); ++i)
        check(mandate.change[i].target, lineOf(mandate, "change", i));
    for (std::size_t i = 0; i < mandate.forbid.size(); ++i)
        check(mandate.forbid[i].target, lineOf(mandate, "forbid", i));
}

void checkTiers(const Mandate& mandate, MandateReader& reader)
{
    const Value& tiers = mandate.source["tiers"];
    Autonomy strictest = Autonomy::Auto;
    for (const auto& [tier, rule] : mandate.tiers) {
        const int line = tiers[toString(tier)].line();
        const std::string name(toString(tier));
        if (rule.autonomy < strictest)
            reader.problem(line, "tier_order", name + " is let through more easily than a lower tier");
        strictest = std::max(strictest, rule.autonomy);
        if (tier >= Tier::T2 && rule.autonomy == Autonomy::Auto)
            reader.problem(line, "tier_floor", name + " needs people");
        if (tier == Tier::T4 && rule.autonomy != Autonomy::Never)
            reader.problem(line, "tier_floor", "T4 is never done");
        if (rule.autonomy != Autonomy::Approve)
            continue;
        const int least = tier >= Tier::T3 ? 2 : 1;
        if (rule.approvers < least)
            reader.problem(line, "tier_floor", name + " needs at least " + std::to_string(least) + " approvers");
        if (rule.factors.empty() || rule.factors.front() != "key")
            reader.problem(line, "tier_floor", name + " needs factors, the key first");
        if (rule.approveWithin.count() <= 0 || rule.executeWithin.count() <= 0)
            reader.problem(line, "tier_floor", name + " needs approve_within and execute_within");
        if (rule.executeWithin > std::chrono::minutes(5))
            reader.problem(line, "execute_within", "a permit lives at most 5m");
    }
    const bool permitsT3 = std::any_of(mandate.change.begin(), mandate.change.end(),
                                       [](const PermitClause& clause) { return clause.tier == Tier::T3; });
    if (permitsT3 && mandate.owner.signaturesToLoad < 2)
        reader.problem(mandate.source["owner"].line(), "owner",
                       "a mandate with T3 permits needs two owners' signatures");
}

void checkSee(const Mandate& mandate, MandateReader& reader)
{
    for (const SeeClause& clause : mandate.see) {
        const int line = mandate.source["see"].line();
        if (clause.source == "*" && !mandate.isExercise())
            reader.problem(line, "wildcard", clause.id + ": every source is granted in an exercise only");
        for (const std::string& name : clause.redact) {
            if (!isRedaction(name))
                reader.problem(line, "value", clause.id + ": '" + name + "' is nothing that can be redacted");
        }
    }
}

void checkAssistant(const Mandate& mandate, MandateReader& reader)
{
    for (const std::string& id : mandate.assistant.see) {
        const bool isKnown = std::any_of(mandate.see.begin(), mandate.see.end(),
                                         [&](const SeeClause& clause) { return clause.id == id; });
        if (!isKnown)
            reader.problem(mandate.source["assistant"].line(), "assistant", "there is no see clause " + id);
    }
}

/// The number after `line ` in a reader's message.
int lineIn(const std::string& detail)
{
    const std::size_t at = detail.find("line ");
    return at == std::string::npos ? 1
                                   : std::max(1, std::atoi(detail.c_str() + at + 5)); // NOLINT(cert-err34-c): 0 is fine
}

} // namespace

MandateReading readMandate(std::string_view yamlText, const MandateReadOptions& options)
{
    MandateReading reading;
    if (yamlText.size() > mostBytes) {
        reading.problems.push_back({1, "too_long", "longer than 64 KiB"});
        return reading;
    }
    const auto documents = yaml::parseAll(yamlText, {.isStrict = true, .depth = mostDepth, .bytes = mostBytes});
    if (!documents) {
        reading.problems.push_back({lineIn(documents.error().detail), "yaml", documents.error().detail});
        return reading;
    }
    if (documents->size() != 1) {
        const int line = documents->empty() ? 1 : (*documents)[1].line();
        reading.problems.push_back({line, "yaml", "one document is expected"});
        return reading;
    }
    const Value& parsed = documents->front();
    MandateReader reader(parsed);
    Mandate mandate = reader.read();
    if (parsed.isObject()) {
        checkIds(mandate, reader);
        checkOverlaps(mandate, reader);
        checkTiers(mandate, reader);
        checkSee(mandate, reader);
        checkAssistant(mandate, reader);
        if (options.knownTags)
            checkTags(mandate, *options.knownTags, reader);
    }
    reading.problems = reader.takeProblems();
    std::stable_sort(reading.problems.begin(), reading.problems.end(),
                     [](const MandateProblem& a, const MandateProblem& b) { return a.line < b.line; });
    const auto digest = mandateDigest(parsed);
    if (!digest)
        reading.problems.push_back({1, "canonical", digest.error().detail});
    if (!reading.problems.empty())
        return reading;
    mandate.digest = *digest;
    reading.mandate = std::move(mandate);
    return reading;
}

Result<Mandate> parseMandate(std::string_view yamlText, std::string_view fileName, const MandateReadOptions& options)
{
    MandateReading reading = readMandate(yamlText, options);
    if (reading.mandate)
        return std::move(*reading.mandate);
    const MandateProblem& first = reading.problems.front();
    return fail(ErrorCode::Invalid, std::string(fileName) + ':' + std::to_string(first.line) + ": " + first.reason);
}

Result<std::string> mandateDigest(const Value& parsed)
{
    CORDON_TRY(const std::string bytes, json::canonical(parsed));
    crypto::Sha256 hash;
    return hash.update(std::string_view("cordon.mandate.v1\n")).update(bytes).digest().hex();
}

} // namespace cordon::govern
