// What the agent looks at before it changes anything: the verified scope, and state kept as evidence.
#include "core/engine/responder.h"

#include "core/engine/codec.h"
#include "core/engine/coverage.h"
#include "core/investigate/scope.h"
#include "core/record/evidence_intake.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

bool isActionable(EntityKind kind)
{
    return kind == EntityKind::Account || kind == EntityKind::Credential || kind == EntityKind::Role ||
           kind == EntityKind::Workload || kind == EntityKind::Secret;
}

/// No answer, as against one that says no, or that this is nothing of the system's.
bool isSilence(ErrorCode code)
{
    return code == ErrorCode::Io || code == ErrorCode::TimedOut || code == ErrorCode::Cancelled;
}

/// Who depends on the incident's secrets, as the systems themselves say: the log shows only who read them. No number of
/// times stands with these.
void noteConsumers(Brief& brief, const std::map<EntityRef, TargetFacts>& answers)
{
    for (const auto& [entity, facts] : answers) {
        if (entity.kind != EntityKind::Secret || !facts.dependents)
            continue;
        std::erase_if(brief.dependents, [&secret = entity](const Brief::Use& use) { return use.times == 0 && use.used == secret; });
        for (const EntityRef& by : *facts.dependents) {
            const bool isInLog = std::any_of(brief.dependents.begin(), brief.dependents.end(), [&, &secret = entity](const Brief::Use& use) {
                return use.used == secret && use.by == by;
            });
            if (!isInLog && (by.kind == EntityKind::Workload || by.kind == EntityKind::Application))
                brief.dependents.push_back({entity, by, 0, {}});
        }
    }
}

/// The confirming reason, cut to what an entry can hold.
Value shortWhy(const IncidentMember& member)
{
    Text why = member.why.back();
    for (auto& [name, text] : why.args)
        text = text.substr(0, 80);
    return codec::toValue(why);
}

} // namespace

Result<void> Responder::verifyScope(IncidentFile& file, const std::vector<Event>& misuse,
                                    const std::vector<investigate::IndependentFinding>& findings,
                                    const std::stop_token& stop)
{
    std::map<EntityRef, TargetFacts> answers;
    Value::Array asked;
    std::map<std::string, int> unanswered; ///< in a row, by connector
    for (const IncidentMember& member : file.incident.members) {
        if (!isActionable(member.entity.kind))
            continue;
        const act::ConnectorLine* line = m_desk.lines->of(member.entity);
        int& silent = unanswered[line ? line->name() : std::string()];
        auto facts = silent < mostFailuresInARow ? m_judge.read(file, member.entity, stop)
                                                 : fail(ErrorCode::Cancelled, "not asked: the connector does not answer");
        silent = facts || !isSilence(facts.error().code) ? 0 : silent + 1;
        Value told = Value::Object{{"entity", ledgerKey(member.entity)},
                                   {"exists", facts.has_value() && facts->exists},
                                   {"error", facts ? Value() : Value(facts.error().detail.substr(0, 120))}};
        if (facts)
            told.set("unknown", codec::textList(unknownFacts(*facts)));
        asked.push_back(std::move(told));
        if (facts)
            answers.emplace(member.entity, std::move(*facts));
    }
    noteConsumers(file.brief, answers);
    investigate::verifyScope(file.incident, answers, misuse, findings);
    leaveExtension(file);
    constexpr std::size_t mostVerified = 100; // one ledger entry holds them; the mandate's scope is smaller still
    Value::Array verified;
    for (const IncidentMember& member : file.incident.members) {
        if (member.isVerified && verified.size() < mostVerified)
            verified.push_back(Value::Object{{"entity", ledgerKey(member.entity)},
                                             {"simulated", member.isVerifiedBySimulation},
                                             {"why", shortWhy(member)}});
    }
    // The newest entry says which members are verified, so it names all of them; who was asked is told in pieces before it.
    constexpr std::size_t pieceSize = 60;
    std::vector<LedgerDraft> drafts;
    for (std::size_t from = 0; from < asked.size(); from += pieceSize) {
        const auto end = asked.begin() + static_cast<std::ptrdiff_t>(std::min(asked.size(), from + pieceSize));
        drafts.push_back(m_desk.draft(
            "scope.asked", file,
            Value::Object{{"asked", Value::Array(asked.begin() + static_cast<std::ptrdiff_t>(from), end)}}));
    }
    drafts.push_back(m_desk.draft("scope.verified", file, Value::Object{{"verified", std::move(verified)}}));
    CORDON_CHECK(m_desk.journal->writeAll(std::move(drafts)));
    return {};
}

Result<void> Responder::preserve(IncidentFile& file, Step& step, const std::vector<TargetFacts>& facts)
{
    for (const TargetFacts& fact : facts) {
        Value::Object state;
        for (const auto& [name, value] : fact.state)
            state.emplace(name, value);
        const std::string text = json::writePretty(Value::Object{{"target", codec::toValue(fact.target)},
                                                                 {"exists", fact.exists},
                                                                 {"asked", fact.asked.toString()},
                                                                 {"simulated", fact.isSimulated},
                                                                 {"state", std::move(state)}});
        EvidenceRecord record;
        CORDON_TRY(record.digest, m_desk.vault->add(bytesOf(text)));
        record.size = text.size();
        record.packedDigest = record.digest;
        record.packedSize = text.size();
        record.source = step.action.connector + ":" + fact.target.key();
        record.kind = "preserved_state";
        record.collector = "cordon";
        record.operatorId = m_desk.agentId;
        record.method = "connector inspect";
        record.acquired = m_desk.machine->now();
        CORDON_CHECK(record::noteContainers(record, *m_desk.vault));
        Value data = record::toValue(record);
        data.set("step", step.id);
        data.set("target", fact.target.key());
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
                   m_desk.journal->write(m_desk.draft("evidence.sealed", file, std::move(data))));
        file.preserved.push_back({fact.target.key(), record.digest});
    }
    return {};
}

Result<bool> Responder::preserveUnkept(IncidentFile& file, Step& step, const Judgement& judgement)
{
    const Verb* verb = findVerb(step.action.type);
    if (!verb || !verb->changes || judgement.ruling.decision.effect == Effect::Deny)
        return false;
    std::vector<TargetFacts> unkept;
    for (const EntityRef& target : m_judge.unpreserved(file, step)) {
        const bool isForAStep = std::any_of(file.plan.steps.begin(), file.plan.steps.end(), [&](const Step& other) {
            const auto& targets = other.action.targets;
            return other.action.type == "evidence.snapshot" && std::find(targets.begin(), targets.end(), target) != targets.end();
        });
        const std::string key = target.key();
        const bool wasKept = std::any_of(file.preserved.begin(), file.preserved.end(),
                                         [&](const IncidentFile::Preserved& kept) { return kept.target == key; });
        const auto fact = std::find_if(judgement.facts.begin(), judgement.facts.end(),
                                       [&](const TargetFacts& one) { return one.target == target; });
        if (!isForAStep && !wasKept && fact != judgement.facts.end()) // what was kept and is damaged now is for people
            unkept.push_back(*fact);
    }
    if (unkept.empty())
        return false;
    CORDON_CHECK(preserve(file, step, unkept));
    return true;
}

} // namespace cordon::engine
