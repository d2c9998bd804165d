#include "ui/text/state_words.h"

#include "core/words/words.h"
#include "ui/text/texts.h"

#include <QCoreApplication>

namespace cordon::ui::text {
namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

QString tierWord(Tier tier)
{
    switch (tier) {
    case Tier::T0: return Words::tr("Observe");
    case Tier::T1: return Words::tr("Low");
    case Tier::T2: return Words::tr("Disruptive");
    case Tier::T3: return Words::tr("Destructive");
    case Tier::T4: return Words::tr("Never");
    }
    return {};
}

QString backWord(Back back)
{
    switch (back) {
    case Back::Reversible: return Words::tr("↺ reversible");
    case Back::Partly: return Words::tr("◐ partly reversible");
    case Back::None: return Words::tr("✕ no undo");
    }
    return {};
}

QString effectWord(Effect effect)
{
    switch (effect) {
    case Effect::Allow: return Words::tr("allowed");
    case Effect::Hold: return Words::tr("held");
    case Effect::Deny: return Words::tr("refused");
    }
    return {};
}

QString stateWord(StepState state)
{
    switch (state) {
    case StepState::Proposed: return Words::tr("proposed");
    case StepState::AwaitingApproval: return Words::tr("approval needed");
    case StepState::Executing: return Words::tr("running");
    case StepState::Verified: return Words::tr("verified");
    case StepState::Failed: return Words::tr("failed");
    case StepState::Unknown: return Words::tr("outcome unknown");
    case StepState::Reverted: return Words::tr("undone");
    case StepState::Expired: return Words::tr("expired");
    case StepState::Paused: return Words::tr("paused");
    case StepState::Denied: return Words::tr("refused");
    case StepState::Skipped: return Words::tr("skipped");
    case StepState::DoneElsewhere: return Words::tr("done elsewhere");
    }
    return {};
}

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Informational: return Words::tr("Info");
    case Severity::Low: return Words::tr("Low");
    case Severity::Medium: return Words::tr("Medium");
    case Severity::High: return Words::tr("High");
    case Severity::Critical: return Words::tr("Critical");
    }
    return {};
}

QString statusWord(IncidentStatus status)
{
    switch (status) {
    case IncidentStatus::Open: return Words::tr("open");
    case IncidentStatus::Contained: return Words::tr("contained");
    case IncidentStatus::Closed: return Words::tr("closed");
    }
    return {};
}

QString verdictWord(Verdict verdict)
{
    switch (verdict) {
    case Verdict::TruePositive: return Words::tr("True positive");
    case Verdict::FalsePositive: return Words::tr("False positive");
    case Verdict::Benign: return Words::tr("Benign");
    }
    return {};
}

QString roleWord(EntityRole role)
{
    switch (role) {
    case EntityRole::Attacker: return Words::tr("suspected attacker");
    case EntityRole::Victim: return Words::tr("victim");
    case EntityRole::Resource: return Words::tr("resource");
    case EntityRole::Other: return Words::tr("bystander");
    }
    return {};
}

QString outcomeWord(EventOutcome outcome)
{
    switch (outcome) {
    case EventOutcome::Success: return Words::tr("Success");
    case EventOutcome::Failure: return Words::tr("Failure");
    case EventOutcome::Unknown: return Words::tr("Unknown");
    }
    return {};
}

QString approvalWord(const std::string& state)
{
    if (state == "waiting")
        return Words::tr("waiting");
    if (state == "partly")
        return Words::tr("one more needed");
    if (state == "approved")
        return Words::tr("approved");
    if (state == "denied")
        return Words::tr("denied");
    if (state == "expired")
        return Words::tr("expired");
    if (state == "void")
        return Words::tr("no longer valid");
    if (state == "executed")
        return Words::tr("approved and done");
    return plainLine(state);
}

QString needsWord(const ApprovalNeeds& needs, Tier tier)
{
    const QString approvers = Words::tr("Needs %n approver(s)", nullptr, needs.approvers);
    return tier == Tier::T3 ? Words::tr("%1 · step-up", "who must approve").arg(approvers) : approvers;
}

QString checkWord(const std::string& check)
{
    const Text text{"check." + check, {}};
    return cordon::words::catalogue().contains(text.code) ? sentence(text)
                                                          : plainLine(check).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString missingWord(const std::string& code)
{
    if (code == "approval")
        return Words::tr("the approval of a person");
    if (code == "human_confirmation")
        return Words::tr("a person's confirmation that this target was misused");
    if (code.rfind("precheck:", 0) == 0)
        return Words::tr("pre-check: %1").arg(checkWord(code.substr(9)));
    if (code.rfind("limit:", 0) == 0)
        return Words::tr("room under limit %1").arg(plainLine(code.substr(6)));
    return plainLine(code).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString severityTone(Severity severity)
{
    switch (severity) {
    case Severity::Critical: return QStringLiteral("critical");
    case Severity::High: return QStringLiteral("high");
    case Severity::Medium: return QStringLiteral("medium");
    case Severity::Low: return QStringLiteral("low");
    case Severity::Informational: return QStringLiteral("dim");
    }
    return {};
}

QString tierTone(Tier tier)
{
    switch (tier) {
    case Tier::T0:
    case Tier::T1: return QStringLiteral("low");
    case Tier::T2: return QStringLiteral("high");
    case Tier::T3:
    case Tier::T4: return QStringLiteral("critical");
    }
    return {};
}

QString effectTone(Effect effect)
{
    switch (effect) {
    case Effect::Allow: return QStringLiteral("agent");
    case Effect::Hold: return QStringLiteral("people");
    case Effect::Deny: return QStringLiteral("attacker");
    }
    return {};
}

} // namespace cordon::ui::text
