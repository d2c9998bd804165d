#pragma once

#include "core/tenant/tenant.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/core/engine/fault_troubles.h"

#include <map>

namespace cordon::tests {

/// What a step changes of its target as it stands in the tenant, and what was made with the target or is its own by Cordon's
/// hand. Other steps go on meanwhile: what they change of the same thing is not in the picture.
inline std::string tenantPicture(tenant::Tenant tenant, const StepName& name)
{
    auto find = CaseFixture::must(tenant.database().prepare(
        "SELECT e.ref, s.attribute, s.value FROM current_state s JOIN entity e ON e.id = s.entity"
        " LEFT JOIN entity t ON t.ref = ?1 WHERE e.gone_at IS NULL AND"
        " (e.id = t.id OR e.made_with = t.id OR (e.created_by LIKE 'cordon:%' AND (e.owner = t.id OR e.parent = t.id))) ORDER BY 1, 2"));
    find.bind(1, name.target);
    const auto* changed = act::attributesChangedBy(name.verb);
    std::string picture;
    while (CaseFixture::must(find.step())) {
        const bool isOwn = find.text(0) == name.target;
        if (!isOwn || !changed || std::find(changed->begin(), changed->end(), find.text(1)) != changed->end())
            picture += find.text(0) + ' ' + find.text(1) + ' ' + find.text(2) + '\n';
    }
    return picture;
}

/// What a ledger says of one step's acts must fit: every act has one outcome, none was begun again once it may have been done,
/// and nothing is taken back twice.
class ActsOfStep
{
public:
    explicit ActsOfStep(const StepName& name) : m_name(name) {}

    void add(const LedgerEntry& entry)
    {
        const std::string& permit = entry.data["permit"].asString();
        const auto action = Action::fromValue(entry.data["action"]);
        const bool isIt = action && m_name.isOf(*action);
        const bool isUndo = entry.data["undo"].asBool();
        const bool isVerified = entry.data["outcome"]["state"].asString() == "verified";
        if (entry.type == "action.intended") {
            if (!m_outcomes.emplace(permit, 0).second)
                problems.push_back("a permit was used twice");
            if (isIt)
                begin(isUndo);
        } else if (entry.type == "undo.settled" && isIt) {
            m_isUndone = m_isUndone || isVerified;
        } else if (entry.type == "step.settled" && isIt) {
            m_mayBeDone = isVerified;
        } else if (entry.type.starts_with("outcome.")) {
            ++m_outcomes[permit];
            if (isIt)
                end(isUndo, isVerified, entry.type == "outcome.failed");
        }
    }
    void finish()
    {
        for (const auto& [permit, count] : m_outcomes) {
            if (count != 1)
                problems.push_back(permit + " has " + std::to_string(count) + " outcomes");
        }
    }
    std::vector<std::string> problems;
    int attempts = 0; ///< acts begun

private:
    void begin(bool isUndo)
    {
        attempts += isUndo ? 0 : 1;
        if (isUndo && m_isUndone)
            problems.push_back("taken back twice");
        if (!isUndo && m_mayBeDone)
            problems.push_back("begun again after it may have been done");
    }
    void end(bool isUndo, bool isVerified, bool isFailed)
    {
        const Verb* verb = findVerb(m_name.verb);
        const bool isReading = verb && !verb->changes && !m_name.verb.starts_with("change.");
        m_isUndone = m_isUndone || (isUndo && isVerified);
        m_mayBeDone = m_mayBeDone || (!isUndo && !isFailed && !isReading);
    }

    StepName m_name;
    std::map<std::string, int> m_outcomes; ///< by permit
    bool m_mayBeDone = false;
    bool m_isUndone = false;
};

/// Nothing was done twice at the tenant: one deed for each act, one change record for each incident.
/// @param isUndoneTwice  half an undo was undone as a whole another time
inline std::vector<std::string> doneTwice(tenant::Tenant& tenant, bool isUndoneTwice)
{
    std::vector<std::string> problems;
    const auto none = [&](const char* query, const char* problem) {
        auto find = CaseFixture::must(tenant.database().prepare(query));
        if (CaseFixture::must(find.step()))
            problems.push_back(problem + (": " + find.text(0)));
    };
    none("SELECT incident FROM change_record GROUP BY incident HAVING count(*) > 1", "two change records");
    none("SELECT digest FROM deed WHERE NOT is_undone AND verb NOT LIKE 'evidence.%' AND verb <> 'activity.watch'"
         " AND verb <> 'inventory.read' GROUP BY digest HAVING count(*) > 1",
         "one action was done twice");
    if (!isUndoneTwice)
        none("SELECT e.ref || ' ' || s.attribute FROM state s JOIN entity e ON e.id = s.entity JOIN permit p ON s.hand = 'cordon:' || p.serial"
             " GROUP BY s.entity, s.attribute, s.value, p.digest HAVING count(DISTINCT s.hand) > 1",
             "the same was set twice");
    return problems;
}

} // namespace cordon::tests
