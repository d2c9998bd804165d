#include "ui/approval/person_words.h"

#include "core/govern/approval_render.h"
#include "core/value/json.h"
#include "ui/approval/refusal_words.h"

#include <QCoreApplication>

namespace cordon::ui::approval {
namespace {

using Kind = PersonForm::Kind;

class PersonWords
{
    Q_DECLARE_TR_FUNCTIONS(PersonWords)
};

} // namespace

QString titleOf(Kind kind)
{
    switch (kind) {
    case Kind::SignIn: return PersonWords::tr("Sign in");
    case Kind::Order: return PersonWords::tr("Sign a command");
    case Kind::People: return PersonWords::tr("Sign a change among people");
    case Kind::ChangePin: return PersonWords::tr("Change the PIN");
    case Kind::AddKey: return PersonWords::tr("Take in a security key");
    case Kind::Enrol: break;
    }
    return PersonWords::tr("Make your key and factors");
}

QString noteOf(Kind kind)
{
    switch (kind) {
    case Kind::SignIn:
        return PersonWords::tr("For twelve hours, or until the console locks, notes, assignments and skipped steps are "
                               "signed for you. Whatever touches containment asks for your factors again.");
    case Kind::Order: return PersonWords::tr("It is done at once, under your name, and stays in the ledger.");
    case Kind::People: return PersonWords::tr("As an owner you vouch for this with both factors.");
    case Kind::ChangePin: return PersonWords::tr("Key and authenticator stay the same.");
    case Kind::AddKey:
        return PersonWords::tr("Plug it in, the only one. It is touched twice: to make a credential, and to show that it "
                               "can sign. Nobody checks who built it. An owner signs afterwards.");
    case Kind::Enrol: break;
    }
    return PersonWords::tr("Choose a PIN that nobody else knows. It guards your key on this machine.");
}

QString buttonOf(Kind kind)
{
    switch (kind) {
    case Kind::SignIn: return PersonWords::tr("Sign in");
    case Kind::ChangePin: return PersonWords::tr("Change PIN");
    case Kind::Enrol: return PersonWords::tr("Continue");
    case Kind::AddKey: return PersonWords::tr("Touch it");
    case Kind::Order:
    case Kind::People: break;
    }
    return PersonWords::tr("Sign");
}

QString commandWord(const std::string& command)
{
    if (command == "undo")
        return PersonWords::tr("Take a step back");
    if (command == "keep")
        return PersonWords::tr("Keep contained");
    if (command == "resume")
        return PersonWords::tr("Resume the agent");
    if (command == "done-elsewhere")
        return PersonWords::tr("Record what was done elsewhere");
    if (command == "continue")
        return PersonWords::tr("Let the paused session go on");
    if (command == "skip")
        return PersonWords::tr("Skip a step");
    if (command == "step-move")
        return PersonWords::tr("Move a step of the sequence");
    if (command == "step-add")
        return PersonWords::tr("Add a step to the sequence");
    if (command == "step-edit")
        return PersonWords::tr("Change a step of the sequence");
    if (command == "sequence-accept")
        return PersonWords::tr("Take a proposed sequence");
    if (command == "step-restore")
        return PersonWords::tr("Take a step back into the sequence");
    if (command == "ask-again")
        return PersonWords::tr("Ask again");
    if (command == "close")
        return PersonWords::tr("Close the incident");
    if (command == "reopen")
        return PersonWords::tr("Open the incident again");
    if (command == "present")
        return PersonWords::tr("Say that somebody is here");
    if (command == "join")
        return PersonWords::tr("Join this exercise");
    return QString::fromStdString(govern::escapedForPeople(command, 40));
}

std::pair<QString, QString> argumentWords(const std::string& name, const Value& value)
{
    const QString exact = QString::fromStdString(
        govern::escapedForPeople(value.isString() ? value.asString() : json::write(value), 4096));
    if (name == "overwrite_drift")
        return {PersonWords::tr("If others changed it since"),
                value.asBool() ? PersonWords::tr("undo it all the same") : PersonWords::tr("leave it and say so")};
    if (name == "step")
        return {PersonWords::tr("Step"), exact};
    if (name == "verb")
        return {PersonWords::tr("What is done"), exact};
    if (name == "target")
        return {PersonWords::tr("To what"), exact};
    if (name == "params")
        return {PersonWords::tr("Parameters"), exact};
    if (name == "proposal")
        return {PersonWords::tr("The proposal"), exact};
    if (name == "lease")
        return {PersonWords::tr("Given back after"), exact};
    if (name == "before")
        return {PersonWords::tr("Before"), exact};
    if (name == "after")
        return {PersonWords::tr("After"), exact};
    if (name == "incident")
        return {PersonWords::tr("Incident"), exact};
    if (name == "clock")
        return {PersonWords::tr("The clock is right though it was set back from"), exact};
    if (name == "until")
        return {PersonWords::tr("Until"), exact};
    if (name == "note")
        return {PersonWords::tr("What was done"), exact};
    if (name == "why" || name == "reason")
        return {PersonWords::tr("Reason"), exact};
    if (name == "verdict")
        return {PersonWords::tr("Verdict"), exact};
    return {QString::fromStdString(govern::escapedForPeople(name, 40)), exact};
}

QString refusalOf(const Error& error)
{
    const std::size_t colon = error.detail.find(':');
    const std::string code = error.detail.substr(0, colon);
    if (code == "pin_short" || code == "pin_weak")
        return PersonWords::tr("Choose six characters or more that are no name and no run such as 123456.");
    if (code == "pin_differs")
        return PersonWords::tr("The second PIN is another one.");
    if (code == "pin_wrong")
        return PersonWords::tr("Wrong PIN. Five in a row lock you out for 15 minutes, twenty for good.");
    if (code == "totp_wrong")
        return PersonWords::tr("The authenticator shows another code. Look again, and check the clock of the phone.");
    govern::StepUpResult refused;
    refused.reason = code;
    if (colon != std::string::npos)
        refused.detail = error.detail.substr(std::min(colon + 2, error.detail.size()));
    return refusalWords(refused, 1);
}

} // namespace cordon::ui::approval
