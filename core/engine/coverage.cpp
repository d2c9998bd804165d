#include "core/engine/coverage.h"

#include "core/domain/ambient.h"
#include "core/engine/agent_desk.h"
#include "core/engine/codec.h"
#include "core/value/json.h"

#include <algorithm>
#include <map>

namespace cordon::engine {
namespace {

/// What a connector was last heard of about a thing.
struct Answer
{
    std::vector<std::string> unknown;
    std::string problem;
};

bool contains(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// By ledger key.
Result<std::map<std::string, Answer>> answersIn(record::CaseQueries& queries)
{
    std::map<std::string, Answer> answers;
    CORDON_TRY(const auto entries, queries.ledgerEntries("scope.asked", ""));
    for (const record::StoredEntry& entry : entries) {
        CORDON_TRY(const Value data, json::parse(entry.data));
        for (const Value& asked : data["asked"].asArray()) {
            Answer answer;
            for (const Value& name : asked["unknown"].asArray())
                answer.unknown.push_back(name.asString());
            answer.problem = asked["error"].asString();
            answers[asked["entity"].asString()] = std::move(answer);
        }
    }
    return answers;
}

bool isActionable(EntityKind kind)
{
    return kind == EntityKind::Account || kind == EntityKind::Credential || kind == EntityKind::Role ||
           kind == EntityKind::Workload || kind == EntityKind::Host || kind == EntityKind::Secret;
}

CoverageRow rowOf(const EntityRef& entity, const Answer* answer, const inventory::Inventory& inventory, Timestamp now)
{
    CoverageRow row;
    row.entity = entity;
    const std::vector<inventory::Inventory::Said> said = inventory.rowsOf(entity);
    row.isListed = !said.empty();
    for (const inventory::Inventory::Said& one : said) { // the newest list that names somebody
        if (!one.row->contact.empty())
            row.contact = one.row->contact;
    }
    TargetFacts facts;
    facts.target = entity;
    inventory.complete(facts, now);
    row.contradictions = facts.contradictions;
    for (const std::string& name : unknownFacts(facts)) {
        const bool isAnswered = answer && answer->problem.empty() && !contains(answer->unknown, name);
        if (!isAnswered)
            row.unknown.push_back(name);
    }
    if (answer)
        row.problem = answer->problem;
    row.isUntouchable = std::any_of(row.unknown.begin(), row.unknown.end(), [](const std::string& name) {
        return name != "criticality" && name != "dependents";
    });
    return row;
}

} // namespace

std::vector<std::string> unknownFacts(const TargetFacts& facts)
{
    const bool hasOwner = facts.owner || facts.ownerEntity;
    const bool mayHaveOwner =
        facts.target.kind == EntityKind::Credential || (hasOwner && !(facts.owner && facts.owner->empty()));
    std::vector<std::string> names;
    if (!facts.environment)
        names.emplace_back("environment");
    if (!facts.criticality)
        names.emplace_back("criticality");
    if (!facts.tags)
        names.emplace_back("tags");
    if (mayHaveOwner && !hasOwner)
        names.emplace_back("owner");
    if (mayHaveOwner && !facts.ownerTags)
        names.emplace_back("owner_tags");
    if (!facts.dependents)
        names.emplace_back("dependents");
    return names;
}

Result<std::vector<CoverageRow>> coverageOf(record::CaseQueries& queries, const inventory::Inventory& inventory,
                                            Timestamp now)
{
    CORDON_TRY(const auto answers, answersIn(queries));
    CORDON_TRY(const auto stored, queries.incidents());
    std::map<EntityRef, CoverageRow> rows;
    for (const record::StoredIncident& item : stored) {
        CORDON_TRY(const Value body, json::parse(item.body));
        CORDON_TRY(const Incident incident, codec::incidentFrom(body));
        if (incident.status == IncidentStatus::Closed)
            continue;
        for (const IncidentMember& member : incident.members) {
            if (!isActionable(member.entity.kind) || isAmbient(member.entity))
                continue;
            const auto answer = answers.find(ledgerKey(member.entity));
            const auto [place, isNew] = rows.try_emplace(member.entity);
            if (isNew)
                place->second =
                    rowOf(member.entity, answer == answers.end() ? nullptr : &answer->second, inventory, now);
            place->second.incidents.push_back(incident.id);
        }
    }
    std::vector<CoverageRow> missing;
    for (auto& [entity, row] : rows) {
        if (!row.unknown.empty() || !row.problem.empty() || !row.contradictions.empty())
            missing.push_back(std::move(row));
    }
    std::stable_sort(missing.begin(), missing.end(),
                     [](const CoverageRow& a, const CoverageRow& b) { return a.isUntouchable > b.isUntouchable; });
    return missing;
}

} // namespace cordon::engine
