#include "ui/approval/refusal_words.h"

#include "core/govern/approval_render.h"
#include "ui/text/times.h"

#include <QCoreApplication>

#include <array>

namespace cordon::ui::approval {
namespace {

class RefusalWords
{
    Q_DECLARE_TR_FUNCTIONS(RefusalWords)
};

struct Words
{
    const char* reason;
    const char* english;
};

// Reasons are stable codes of docs/formats/approval.md.
constexpr std::array<Words, 24> words{{
    {"totp_reused",
     QT_TRANSLATE_NOOP("RefusalWords", "This authenticator code was used already. Wait for the next one.")},
    {"totp_missing", QT_TRANSLATE_NOOP("RefusalWords", "The authenticator code is missing.")},
    {"factor_disabled", QT_TRANSLATE_NOOP("RefusalWords", "After twenty wrong attempts your PIN and authenticator are "
                                                          "switched off. Two owners can switch them on again.")},
    {"vault_unreadable",
     QT_TRANSLATE_NOOP("RefusalWords", "Your key file cannot be read, so nothing can be signed. Tell an owner.")},
    {"expired", QT_TRANSLATE_NOOP("RefusalWords", "This request has run out. It has to be asked for again.")},
    {"nonce_missing",
     QT_TRANSLATE_NOOP(
         "RefusalWords",
         "This text carries no leave to answer for this approver. Ask for your own copy of the request.")},
    {"person_unknown", QT_TRANSLATE_NOOP("RefusalWords", "You are not among the people of this installation.")},
    {"key_revoked", QT_TRANSLATE_NOOP("RefusalWords", "Your key was revoked. Somebody else has to decide.")},
    {"key_not_pinned",
     QT_TRANSLATE_NOOP("RefusalWords", "Your key file holds another key than the one known for you. Tell an owner.")},
    {"agent_key", QT_TRANSLATE_NOOP("RefusalWords", "The agent’s key cannot answer its own request.")},
    {"role_missing", QT_TRANSLATE_NOOP("RefusalWords", "Only analysts and commanders can decide this.")},
    {"is_requester", QT_TRANSLATE_NOOP("RefusalWords", "You asked for this yourself. Somebody else has to decide.")},
    {"training_expired",
     QT_TRANSLATE_NOOP("RefusalWords", "Your training has run out, so you can deny but not approve.")},
    {"reason_too_long", QT_TRANSLATE_NOOP("RefusalWords", "The reason is too long: 500 bytes at most.")},
    {"reason_missing", QT_TRANSLATE_NOOP("RefusalWords", "A denial needs a reason.")},
    {"code_wrong", QT_TRANSLATE_NOOP("RefusalWords", "The code is not the one shown.")},
    {"target_wrong", QT_TRANSLATE_NOOP("RefusalWords", "The target is not the one shown.")},
    {"security_key_missing",
     QT_TRANSLATE_NOOP("RefusalWords", "Your security key is not there. Plug it in, the only one, and try again.")},
    {"security_key_unknown", QT_TRANSLATE_NOOP("RefusalWords", "This security key is not enrolled for you.")},
    {"security_key_refused",
     QT_TRANSLATE_NOOP("RefusalWords", "The security key refused its PIN or your finger, or is blocked.")},
    {"security_key_failed", QT_TRANSLATE_NOOP("RefusalWords", "The security key did not answer. Try again.")},
    {"assertion_bad",
     QT_TRANSLATE_NOOP("RefusalWords", "What the security key signed is not this decision. Tell an owner.")},
    {"request_invalid",
     QT_TRANSLATE_NOOP("RefusalWords", "This request does not hold together and cannot be answered.")},
    {"request_untrusted",
     QT_TRANSLATE_NOOP("RefusalWords", "This request was not signed by the agent and cannot be answered.")},
}};

constexpr std::string_view until = "until ";

QString lockedWords(const std::string& detail)
{
    const auto end = detail.starts_with(until) ? Timestamp::parse(std::string_view(detail).substr(until.size()))
                                               : Result<Timestamp>(fail(ErrorCode::Invalid, "no time"));
    if (!end)
        return RefusalWords::tr("Locked after too many wrong attempts. Somebody else can decide meanwhile.");
    return RefusalWords::tr("Locked until %1 UTC after too many wrong attempts. Somebody else can decide meanwhile.")
        .arg(text::dayAndClock(*end));
}

} // namespace

QString refusalWords(const govern::StepUpResult& refused, int wrongAttempts)
{
    if (refused.reason == "locked" || refused.reason == "console_locked")
        return lockedWords(refused.detail);
    if (refused.reason == "pin_wrong")
        return RefusalWords::tr(
            "Wrong PIN. %n wrong attempt(s) here; five in a row lock you out for 15 minutes, twenty for good.", nullptr,
            wrongAttempts);
    if (refused.reason == "totp_wrong")
        return RefusalWords::tr(
            "Wrong authenticator code. %n wrong attempt(s) here; five in a row lock you out for 15 minutes.", nullptr,
            wrongAttempts);
    for (const Words& row : words) {
        if (refused.reason == row.reason)
            return RefusalWords::tr(row.english);
    }
    return RefusalWords::tr("Refused: %1").arg(QString::fromStdString(govern::escapedForPeople(refused.reason, 64)));
}

} // namespace cordon::ui::approval
