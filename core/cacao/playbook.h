#pragma once

#include "core/base/result.h"
#include "core/cacao/finding.h"

#include <map>
#include <optional>

namespace cordon::cacao {

enum class StepKind { Start, End, Action, PlaybookAction, Parallel, If, While, Switch };
[[nodiscard]] std::string_view toString(StepKind kind); ///< as CACAO writes it: "if-condition"…
[[nodiscard]] std::optional<StepKind> stepKindFrom(std::string_view text);

struct Variable
{
    std::string name;                 ///< `__name__`
    std::string type;                 ///< of CACAO's list, or another
    std::string description;
    std::optional<std::string> value; ///< nullopt: none yet
    bool isConstant = false;
    bool isExternal = false;          ///< set from outside before the playbook runs
};

/// One of the ways that a step leads into.
struct Branch
{
    std::string key;  ///< "" of a parallel step; "true" or "false" of a condition; the case of a switch
    std::string step;
};

/// One step of the workflow; `Playbook::dataOf` has what is not here.
struct WorkflowStep
{
    std::string id; ///< type--uuid
    StepKind kind = StepKind::Action;
    std::string name;
    std::string description;
    std::vector<Branch> branches; ///< of parallel, if-, while- and switch-condition, in the order of the file's list or of their keys
    std::string onCompletion;     ///< excludes the other two; "" = none
    std::string onSuccess;
    std::string onFailure;
    std::string condition;        ///< of if and while; of a switch the variable
    std::optional<std::int64_t> delay;   ///< milliseconds
    std::optional<std::int64_t> timeout; ///< milliseconds
    std::vector<Variable> variables;
    std::vector<std::string> inArgs;
    std::vector<std::string> outArgs;
    std::string agent;
    std::vector<std::string> targets;
    std::string playbookId;       ///< of a playbook-action
    std::string playbookVersion;

    /// Where it can lead: its branches, then what comes after.
    [[nodiscard]] std::vector<std::string> next() const;
};

/// A CACAO 2.0 playbook. `data` is the whole document, also what Cordon knows nothing of; the other members are read from
/// it. Whoever changes one makes a new document and reads that.
struct Playbook
{
    Value data;
    std::string file;
    std::string digest; ///< hex SHA-256 of the bytes that were read
    std::string id;
    std::string name;
    std::string description;
    std::string start;     ///< workflow_start
    std::string exception; ///< workflow_exception, or ""
    std::vector<Variable> variables;
    std::map<std::string, WorkflowStep> steps; ///< by id

    [[nodiscard]] const WorkflowStep* step(const std::string& stepId) const;
    [[nodiscard]] const Value& dataOf(const WorkflowStep& step) const { return data["workflow"][step.id]; }
};

/// What came of reading one file. Without a finding that refuses it, the playbook is whole and sound.
struct Reading
{
    Playbook playbook;
    std::vector<Finding> findings; ///< in the order of the document's parts

    [[nodiscard]] bool isRefused() const;
};

/// Reads one playbook: JSON, the form of the published schemas, then what the standard says beside them. Every finding
/// has a place. At most 4 MiB, 32 deep, 5000 steps, 1000 variables. Source: OASIS CACAO Security Playbooks 2.0
[[nodiscard]] Reading read(std::string_view text, const std::string& file);

/// The same for who needs a sound playbook or none: ErrorCode::Invalid names file, line, pointer and what is wrong with
/// the first finding, and how many there are.
[[nodiscard]] Result<Playbook> load(std::string_view text, const std::string& file);

/// Indented JSON that reads back as the same document; the members of a playbook in the order of the standard's tables.
/// ErrorCode::Invalid when it would be refused on the way back, with the first finding.
[[nodiscard]] Result<std::string> write(const Value& playbook);

} // namespace cordon::cacao
