#include "core/engine/past_decisions.h"

#include "core/engine/case_documents.h"
#include "core/engine/codec.h"
#include "core/engine/policy_checks.h"
#include "core/govern/action_digest.h"
#include "core/govern/gate.h"
#include "core/govern/gate_json.h"
#include "core/govern/mandate_rules.h"
#include "core/record/ledger_reader.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

constexpr std::size_t mostInputs = 64U << 10U;
constexpr std::size_t mostDecisions = 1000;

/// Of what a decision missed, what the sequence asked for and not the gate: steps before it, checks of its playbook.
bool isOfSequence(const std::string& missing)
{
    return missing == "earlier_step" || missing.starts_with(checkPrefix);
}

/// The gate's answer, and the order of the sequence on top of it as it was then.
Decision judged(const govern::GateRequest& request, const Decision& recorded)
{
    Decision decision = govern::Gate().rule(request).decision;
    for (const std::string& missing : recorded.missing) {
        if (!isOfSequence(missing) || decision.effect == Effect::Deny)
            continue;
        decision.effect = Effect::Hold;
        decision.missing.push_back(missing);
    }
    return decision;
}

/// The same question under another mandate: put in force by its owners, and the same people said the same about it.
govern::GateRequest under(govern::GateRequest request, const std::shared_ptr<const Mandate>& mandate)
{
    const auto before = govern::actionDigest(request.action);
    request.mandate = mandate;
    request.mandateStatus = {govern::Truth::True, -1};
    request.action.mandate = mandate->digest;
    const auto after = govern::actionDigest(request.action);
    for (govern::AcceptedApproval& approval : request.approvals) {
        if (before && after && approval.actionDigest == before->hex())
            approval.actionDigest = after->hex();
    }
    return request;
}

bool isSame(const Decision& a, const Decision& b)
{
    return a.effect == b.effect && a.tier == b.tier && a.clauses == b.clauses;
}

} // namespace

void setInputs(Value& data, const govern::GateRequest& request)
{
    Value inputs = govern::gateRequestToValue(request);
    Value::Object kept = inputs.asObject();
    kept.erase("action");
    inputs = Value(std::move(kept));
    if (json::write(inputs).size() <= mostInputs)
        data.set("inputs", std::move(inputs));
}

Result<void> PastDecisions::update(const std::filesystem::path& caseFolder)
{
    return record::eachEntry(caseFolder, m_next, [this](const LedgerEntry& entry) {
        take(entry);
        m_next = entry.seq + 1;
        return true;
    });
}

void PastDecisions::take(const LedgerEntry& entry)
{
    if (entry.type == "decision" && !entry.data["undo"].asBool()) {
        takeDecision(entry);
        if (m_past.size() > 2 * mostDecisions)
            m_past.erase(m_past.begin(), m_past.end() - mostDecisions);
    }
    if (entry.type == "mandate.in_force") {
        m_text = entry.data["text"].asString();
        if (auto parsed = govern::parseMandate(m_text, "ledger")) {
            const auto mandate = std::make_shared<const Mandate>(std::move(*parsed));
            m_mandates[mandate->digest] = mandate;
        }
    }
    m_hasWholeUsage = m_usage.apply(entry).has_value() && m_hasWholeUsage;
}

void PastDecisions::takeDecision(const LedgerEntry& entry)
{
    Past past;
    past.row.seq = entry.seq;
    past.row.at = codec::timeFrom(entry.data["at"]).value_or(entry.ts);
    past.row.title = codec::textFrom(entry.data["title"]);
    past.row.incident = entry.incident;
    if (auto decision = codec::decisionFrom(entry.data["decision"]))
        past.row.was = std::move(*decision);
    Value question = entry.data["inputs"];
    if (!question.isObject()) {
        past.row.why = "not_recorded";
        m_past.push_back(std::move(past));
        return;
    }
    question.set("action", entry.data["action"]);
    auto request = govern::gateRequestFromValue(question);
    const auto mandate = m_mandates.find(entry.data["action"]["mandate"].asString());
    if (!request || mandate == m_mandates.end() || !m_hasWholeUsage) {
        past.row.why = "not_readable";
    } else {
        request->mandate = mandate->second;
        request->usage = m_usage;
        if (isSame(judged(*request, past.row.was), past.row.was))
            past.request = std::move(*request);
        else
            past.row.why = "not_reproduced";
    }
    m_past.push_back(std::move(past));
}

MandateTrial PastDecisions::tryOut(const std::string& text) const
{
    MandateTrial trial;
    govern::MandateReading reading = govern::readMandate(text);
    for (govern::MandateProblem& problem : reading.problems)
        trial.problems.push_back({problem.line, std::move(problem.rule), std::move(problem.reason)});
    if (!reading.mandate)
        return trial;
    const auto mandate = std::make_shared<const Mandate>(std::move(*reading.mandate));
    trial.isWhole = true;
    trial.digest = mandate->digest;
    trial.revision = mandate->revision;
    trial.id = mandate->id;
    const std::size_t first = m_past.size() > mostDecisions ? m_past.size() - mostDecisions : 0;
    for (std::size_t i = m_past.size(); i > first; --i) {
        const Past& past = m_past[i - 1];
        RejudgedRow row = past.row;
        if (past.request) {
            row.would = judged(under(*past.request, mandate), row.was);
            row.isDifferent = !isSame(*row.would, row.was);
        }
        trial.decisions.push_back(std::move(row));
    }
    return trial;
}

} // namespace cordon::engine
