#include "core/plan/cacao_parser.h"

#include "core/cacao/condition.h"
#include "core/cacao/playbook.h"
#include "core/plan/step_extension.h"

#include <algorithm>
#include <map>

namespace cordon::plan {
namespace {

/// Follows the workflow from its start, depth first, and remembers under which conditions each action stands.
class Walk
{
public:
    explicit Walk(const cacao::Playbook& source) : m_source(source) {}

    Result<std::vector<PlaybookStep>> run()
    {
        CORDON_CHECK(follow(m_source.start, {}, 0));
        CORDON_CHECK(checkOrder());
        return std::move(m_order);
    }

private:
    using Conditions = std::vector<StepCondition>;

    [[nodiscard]] Place placeOf(const cacao::WorkflowStep& step) const { return {m_source.file, step.id}; }

    Result<void> follow(const std::string& id, Conditions when, int depth)
    {
        constexpr int deepest = 500;
        const cacao::WorkflowStep* step = m_source.step(id);
        if (!step)
            return {};
        if (depth > deepest)
            return placeOf(*step).refused(ErrorCode::Unsupported, m_source.dataOf(*step), "more than 500 steps after one another are not run");
        const auto [seen, isNew] = m_seen.try_emplace(id, when);
        if (!isNew) {
            const bool isSame = seen->second == when || step->kind == cacao::StepKind::End;
            return isSame ? Result<void>()
                          : placeOf(*step).refused(ErrorCode::Unsupported, m_source.dataOf(*step), "stands in two branches, under different conditions");
        }
        switch (step->kind) {
        case cacao::StepKind::Action:
        case cacao::StepKind::PlaybookAction: CORDON_CHECK(take(*step, when)); break;
        case cacao::StepKind::If:
        case cacao::StepKind::While:
        case cacao::StepKind::Switch: CORDON_CHECK(choose(*step, when, depth)); break;
        default:
            for (const cacao::Branch& branch : step->branches)
                CORDON_CHECK(follow(branch.step, when, depth + 1));
        }
        if (step->kind == cacao::StepKind::While)
            when.push_back({StepCondition::Kind::While, step->condition, "false"}); // it goes on once the loop has ended
        if (!step->onCompletion.empty())
            CORDON_CHECK(follow(step->onCompletion, when, depth + 1));
        if (!step->onSuccess.empty()) {
            Conditions well = when;
            well.push_back({StepCondition::Kind::Failed, {}, "false", {}, {step->id}});
            CORDON_CHECK(follow(step->onSuccess, std::move(well), depth + 1));
        }
        if (step->onFailure.empty())
            return {};
        when.push_back({StepCondition::Kind::Failed, {}, {}, {}, {step->id}});
        return follow(step->onFailure, std::move(when), depth + 1);
    }

    Result<void> take(const cacao::WorkflowStep& from, const Conditions& when)
    {
        const Value& data = m_source.dataOf(from);
        PlaybookStep step;
        step.id = from.id;
        step.name = from.name;
        step.when = when;
        if (from.kind == cacao::StepKind::PlaybookAction) {
            step.playbook = from.playbookId;
        } else {
            const Value& extension = data["step_extensions"][cordonExtension];
            if (!extension.isObject())
                return placeOf(from).refused(ErrorCode::Unsupported, data, "action without Cordon's extension; Cordon does not run it");
            CORDON_CHECK(readExtension(step, extension, placeOf(from)));
        }
        m_order.push_back(std::move(step));
        return {};
    }

    /// The branches of a condition, each under what leads into it.
    Result<void> choose(const cacao::WorkflowStep& step, const Conditions& when, int depth)
    {
        const bool isSwitch = step.kind == cacao::StepKind::Switch;
        if (!isSwitch) {
            if (const auto condition = cacao::Condition::parse(step.condition); !condition)
                return placeOf(step).refused(condition.error().code, m_source.dataOf(step), condition.error().detail);
        }
        for (const cacao::Branch& branch : step.branches) {
            StepCondition condition;
            condition.kind = isSwitch ? StepCondition::Kind::Case
                             : step.kind == cacao::StepKind::While ? StepCondition::Kind::While
                                                                   : StepCondition::Kind::Is;
            condition.text = isSwitch ? cacao::variableIn(step.condition) : step.condition;
            condition.wanted = branch.key;
            for (const cacao::Branch& other : step.branches) {
                if (isSwitch && branch.key == "default" && other.key != "default")
                    condition.others.push_back(other.key);
            }
            Conditions inside = when;
            inside.push_back(std::move(condition));
            CORDON_CHECK(follow(branch.step, std::move(inside), depth + 1));
        }
        return {};
    }

    /// What a step names as before it is there, and what it names as evidence keeps some.
    [[nodiscard]] Result<void> checkOrder() const
    {
        for (const PlaybookStep& step : m_order) {
            const cacao::WorkflowStep& from = *m_source.step(step.id);
            for (const std::string& before : step.after) {
                if (!m_source.step(before))
                    return placeOf(from).invalid(m_source.dataOf(from), "'after' names '" + before + "', which is missing");
            }
            for (const std::string& before : step.evidenceBefore) {
                const auto named = std::find_if(m_order.begin(), m_order.end(), [&](const PlaybookStep& one) { return one.id == before; });
                if (named == m_order.end() || !named->verb.starts_with("evidence."))
                    return placeOf(from).invalid(m_source.dataOf(from), "'evidence_before' names '" + before + "', which keeps no evidence");
            }
        }
        return {};
    }

    const cacao::Playbook& m_source;
    std::map<std::string, Conditions> m_seen; ///< and under what it was met
    std::vector<PlaybookStep> m_order;
};

} // namespace

Result<Playbook> fromCacao(const cacao::Playbook& source)
{
    Playbook playbook;
    playbook.id = source.id;
    playbook.name = source.name;
    playbook.description = source.description;
    playbook.file = source.file;
    playbook.digest = source.digest;
    const Value& extension = source.data["playbook_extensions"][cordonExtension];
    playbook.title = extension["title"].asString();
    CORDON_TRY(playbook.steps, Walk(source).run());
    const Place place{source.file, {}};
    CORDON_TRY(playbook.appliesTo, readApplicability(extension, place));
    if (playbook.appliesTo.empty() && !extension["part"].asBool())
        return place.invalid(source.data, "'applies_to' of Cordon's extension is missing");
    for (const cacao::Variable& variable : source.variables)
        playbook.variables[variable.name] = {variable.type, variable.value};
    return playbook;
}

Result<Playbook> parseCacao(std::string_view text, const std::string& file)
{
    CORDON_TRY(const cacao::Playbook source, cacao::load(text, file));
    return fromCacao(source);
}

} // namespace cordon::plan
