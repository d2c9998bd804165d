#include "core/cacao/playbook.h"

#include "core/cacao/form.h"
#include "core/cacao/sense.h"
#include "core/cacao/text_forms.h"
#include "core/crypto/sha256.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>

namespace cordon::cacao {
namespace {

constexpr std::size_t mostBytes = 4U << 20U;
constexpr std::size_t mostDeep = 32;
constexpr std::size_t mostSteps = 5000;
constexpr std::size_t mostVariables = 1000;

constexpr std::array<std::string_view, 8> kinds{"start",    "end",          "action",          "playbook-action",
                                                "parallel", "if-condition", "while-condition", "switch-condition"};

std::vector<std::string> textsFrom(const Value& list)
{
    std::vector<std::string> texts;
    for (const Value& item : list.asArray())
        texts.push_back(item.asString());
    return texts;
}

std::vector<Variable> variablesFrom(const Value& all)
{
    std::vector<Variable> variables;
    for (const auto& [name, data] : all.asObject()) {
        Variable variable;
        variable.name = name;
        variable.type = data["type"].asString();
        variable.description = data["description"].asString();
        if (data["value"].isString())
            variable.value = data["value"].asString();
        variable.isConstant = data["constant"].asBool();
        variable.isExternal = data["external"].asBool();
        variables.push_back(std::move(variable));
    }
    return variables;
}

std::optional<std::int64_t> numberFrom(const Value& value)
{
    if (value.isNull())
        return std::nullopt;
    return value.isInt() ? value.asInt() : static_cast<std::int64_t>(std::clamp(value.asDouble(), -9e15, 9e15));
}

WorkflowStep stepFrom(const std::string& id, StepKind kind, const Value& data)
{
    WorkflowStep step;
    step.id = id;
    step.kind = kind;
    step.name = data["name"].asString();
    step.description = data["description"].asString();
    for (const Value& next : data["next_steps"].asArray())
        step.branches.push_back({"", next.asString()});
    for (const char* way : {"on_true", "on_false"}) {
        if (data.has(way) && (kind == StepKind::If || kind == StepKind::While))
            step.branches.push_back({way == std::string_view("on_true") ? "true" : "false", data[way].asString()});
    }
    for (const auto& [key, next] : data["cases"].asObject())
        step.branches.push_back({key, next.asString()});
    step.onCompletion = data["on_completion"].asString();
    step.onSuccess = data["on_success"].asString();
    step.onFailure = data["on_failure"].asString();
    step.condition = data[kind == StepKind::Switch ? "switch" : "condition"].asString();
    step.delay = numberFrom(data["delay"]);
    step.timeout = numberFrom(data["timeout"]);
    step.variables = variablesFrom(data["step_variables"]);
    step.inArgs = textsFrom(data["in_args"]);
    step.outArgs = textsFrom(data["out_args"]);
    step.agent = data["agent"].asString();
    step.targets = textsFrom(data["targets"]);
    step.playbookId = data["playbook_id"].asString();
    step.playbookVersion = data["playbook_version"].asString();
    return step;
}

void fill(Playbook& playbook, std::vector<Finding>& findings)
{
    const Value& data = playbook.data;
    playbook.id = data["id"].asString();
    playbook.name = data["name"].asString();
    playbook.description = data["description"].asString();
    playbook.start = data["workflow_start"].asString();
    playbook.exception = data["workflow_exception"].asString();
    playbook.variables = variablesFrom(data["playbook_variables"]);
    const Spot workflow = Spot(findings).at("workflow");
    std::size_t variables = playbook.variables.size();
    for (const auto& [id, step] : data["workflow"].asObject()) {
        const auto kind = stepKindFrom(isIdentifier(id) ? typeOf(id) : std::string_view());
        if (!kind) {
            workflow.at(id).sense(step, "a step's key must be one of CACAO's step types and a uuid, not " + quoted(id));
            continue;
        }
        variables += step["step_variables"].asObject().size();
        playbook.steps.emplace(id, stepFrom(id, *kind, step));
    }
    if (playbook.steps.size() > mostSteps)
        workflow.say(Finding::Kind::Limit, data["workflow"], "more than " + std::to_string(mostSteps) + " steps");
    if (variables > mostVariables)
        Spot(findings).say(Finding::Kind::Limit, data, "more than " + std::to_string(mostVariables) + " variables");
}

Finding jsonFinding(const std::string& detail)
{
    Finding finding;
    finding.kind = Finding::Kind::Json;
    finding.text = detail;
    if (detail.starts_with("line "))
        finding.line = std::atoi(detail.c_str() + 5);
    return finding;
}

std::string inWords(const std::vector<Finding>& findings, const std::string& file)
{
    const auto first = std::find_if(findings.begin(), findings.end(), [](const Finding& each) { return each.refuses(); });
    const auto all = std::count_if(findings.begin(), findings.end(), [](const Finding& each) { return each.refuses(); });
    std::string text = file + ":" + std::to_string(first->line) + ": " + (first->pointer.empty() ? "" : first->pointer + ": ") + first->text;
    if (all > 1)
        text += " (and " + std::to_string(all - 1) + " more)";
    return text;
}

} // namespace

std::string_view toString(StepKind kind)
{
    return kinds[static_cast<std::size_t>(kind)];
}

std::optional<StepKind> stepKindFrom(std::string_view text)
{
    const auto found = std::find(kinds.begin(), kinds.end(), text);
    return found == kinds.end() ? std::nullopt : std::optional(static_cast<StepKind>(found - kinds.begin()));
}

std::vector<std::string> WorkflowStep::next() const
{
    std::vector<std::string> all;
    for (const Branch& branch : branches)
        all.push_back(branch.step);
    for (const std::string* after : {&onCompletion, &onSuccess, &onFailure}) {
        if (!after->empty())
            all.push_back(*after);
    }
    return all;
}

const WorkflowStep* Playbook::step(const std::string& stepId) const
{
    const auto found = steps.find(stepId);
    return found == steps.end() ? nullptr : &found->second;
}

bool Reading::isRefused() const
{
    return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) { return finding.refuses(); });
}

Reading read(std::string_view text, const std::string& file)
{
    Reading reading;
    reading.playbook.file = file;
    reading.playbook.digest = crypto::sha256(text).hex();
    auto root = json::parse(text, {mostDeep, mostBytes});
    if (!root) {
        reading.findings.push_back(jsonFinding(root.error().detail));
        return reading;
    }
    reading.playbook.data = std::move(*root);
    checkForm(reading.playbook.data, reading.findings);
    if (reading.isRefused())
        return reading; // what is no playbook by its form makes no sense either
    fill(reading.playbook, reading.findings);
    if (reading.isRefused())
        return reading;
    checkReferences(reading.playbook, reading.findings);
    checkGraph(reading.playbook, reading.findings);
    checkVariables(reading.playbook, reading.findings);
    return reading;
}

Result<Playbook> load(std::string_view text, const std::string& file)
{
    Reading reading = read(text, file);
    if (reading.isRefused())
        return fail(ErrorCode::Invalid, inWords(reading.findings, file));
    return std::move(reading.playbook);
}

} // namespace cordon::cacao
