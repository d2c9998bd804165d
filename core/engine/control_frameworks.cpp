#include "core/engine/control_frameworks.h"

#include "core/record/case_rows.h"

namespace cordon::engine {
namespace {

/// One control: its number and name as its framework has them, and the kinds of entry that show it at work. A kind is an
/// entry type, or `decision:` with a deciding clause, or `decision:limit`.
struct Control
{
    const char* framework;
    const char* id;
    const char* title;
    const char* code; ///< of the sentence that says what meets it
    std::vector<const char*> evidence;
};

const std::vector<Control>& controls()
{
    static const std::vector<Control> table = {
        {"OWASP ASI", "ASI01", "Agent Goal Hijack", "control.asi01", {"decision"}},
        {"OWASP ASI", "ASI02", "Tool Misuse & Exploitation", "control.asi02", {"decision"}},
        {"OWASP ASI", "ASI03", "Identity & Privilege Abuse", "control.asi03", {"action.intended"}},
        {"OWASP ASI", "ASI04", "Agentic Supply Chain Vulnerabilities", "control.asi04", {"load.refused", "load.pinned", "mandate.in_force"}},
        {"OWASP ASI", "ASI05", "Unexpected Code Execution", "control.asi05", {}},
        {"OWASP ASI", "ASI06", "Memory & Context Poisoning", "control.asi06", {"scope.verified"}},
        {"OWASP ASI", "ASI07", "Insecure Inter-Agent Communication", "control.asi07",
         {"inbox.taken", "inbox.refused", "command.taken", "approval.refused"}},
        {"OWASP ASI", "ASI08", "Cascading Failures", "control.asi08",
         {"outcome.failed", "outcome.unknown", "session.paused", "decision:limit"}},
        {"OWASP ASI", "ASI09", "Human-Agent Trust Exploitation", "control.asi09", {"approval.requested"}},
        {"OWASP ASI", "ASI10", "Rogue Agents", "control.asi10", 
         {"agent.halted", "agent.resumed", "agent.heartbeat_missed", "agent.key_refused"}},
        {"OWASP NHI", "NHI1:2025", "Improper Offboarding", "control.nhi1", {"session.close"}},
        {"OWASP NHI", "NHI2:2025", "Secret Leakage", "control.nhi2", {}},
        {"OWASP NHI", "NHI3:2025", "Vulnerable Third-Party NHI", "control.nhi3", {"action.intended"}},
        {"OWASP NHI", "NHI4:2025", "Insecure Authentication", "control.nhi4", {"approval.granted", "approval.denied"}},
        {"OWASP NHI", "NHI5:2025", "Overprivileged NHI", "control.nhi5", {"decision:default"}},
        {"OWASP NHI", "NHI6:2025", "Insecure Cloud Deployment Configurations", "control.nhi6", {}},
        {"OWASP NHI", "NHI7:2025", "Long-Lived Secrets", "control.nhi7", {"session.open"}},
        {"OWASP NHI", "NHI8:2025", "Environment Isolation", "control.nhi8", {"decision:G4"}},
        {"OWASP NHI", "NHI9:2025", "NHI Reuse", "control.nhi9", {"agent.key_refused"}},
        {"OWASP NHI", "NHI10:2025", "Human Use of NHI", "control.nhi10", {"approval.granted"}},
        {"NIST AI RMF", "GOVERN 2.1", "Roles and responsibilities are documented", "control.govern21", {"mandate.in_force"}},
        {"NIST AI RMF", "GOVERN 2.2", "Training", "control.govern22", {"approval.granted"}},
        {"NIST AI RMF", "GOVERN 2.3", "Executive leadership takes responsibility", "control.govern23", {"mandate.in_force"}},
        {"NIST AI RMF", "GOVERN 3.2", "Human-AI configurations", "control.govern32", {"decision"}},
        {"NIST AI RMF", "MANAGE 2.4", "Supersede, disengage, deactivate", "control.manage24",
         {"agent.halted", "agent.resumed", "halt.drill"}},
        {"CSA MAESTRO", "L1", "Foundation Models", "control.maestro1", {}},
        {"CSA MAESTRO", "L2", "Data Operations", "control.maestro2", {"evidence.sealed"}},
        {"CSA MAESTRO", "L3", "Agent Frameworks", "control.maestro3", {"decision"}},
        {"CSA MAESTRO", "L4", "Deployment and Infrastructure", "control.maestro4", {}},
        {"CSA MAESTRO", "L5", "Evaluation and Observability", "control.maestro5", {"ledger.genesis"}},
        {"CSA MAESTRO", "L6", "Security and Compliance", "control.maestro6", {"mandate.in_force"}},
        {"CSA MAESTRO", "L7", "Agent Ecosystem", "control.maestro7", {"approval.requested", "approval.granted"}},
    };
    return table;
}

} // namespace

ControlFrameworks::ControlFrameworks()
{
    for (const Control& control : controls()) {
        for (const char* kind : control.evidence)
            m_byType[kind].push_back(m_rows.size());
        ControlRow row;
        row.framework = control.framework;
        row.id = control.id;
        row.title = control.title;
        row.metBy = {control.code, {}};
        m_rows.push_back(std::move(row));
    }
}

void ControlFrameworks::take(const record::StoredEntry& entry, const Value& data)
{
    const auto note = [&](const std::string& kind) {
        const auto found = m_byType.find(kind);
        if (found == m_byType.end())
            return;
        for (const std::size_t at : found->second) {
            ControlRow& row = m_rows[at];
            if (row.newest == entry.seq)
                continue; // shown already by this entry
            ++row.entries;
            row.newest = entry.seq;
            for (const Value& clause : data["decision"]["clauses"].asArray())
                row.clauses.insert(clause.asString());
        }
    };
    note(entry.type);
    if (entry.type != "decision")
        return;
    for (const Value& clause : data["decision"]["clauses"].asArray())
        note("decision:" + clause.asString());
    for (const Value& missing : data["decision"]["missing"].asArray()) {
        if (missing.asString().rfind("limit:", 0) == 0)
            note("decision:limit");
    }
}

} // namespace cordon::engine
