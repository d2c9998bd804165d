// The step-up approval for a terminal. It shows what is asked, takes the factors, signs, and forgets. The rules are
// core/govern's; this file only reads and prints. Source: docs/formats/approval.md

#include "app/step_up/people_tty.h"
#include "app/step_up/texts.h"
#include "app/tty/terminal.h"
#include "core/base/clock.h"
#include "core/crypto/signed_note.h"
#include "core/factor/fido_authenticator.h"
#include "core/factor/qr_code.h"
#include "core/govern/action_digest.h"
#include "core/govern/approval_render.h"
#include "core/govern/approval_text.h"
#include "core/govern/mandate_note.h"
#include "core/govern/mandate_rules.h"
#include "core/govern/person_vault.h"
#include "core/govern/personal_signature.h"
#include "core/govern/small_file.h"
#include "core/govern/step_up.h"
#include "core/platform/hardening.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <optional>
#include <vector>

using namespace cordon;
using step_up::inputText;
using step_up::mostText;
using step_up::noPin;
using tty::Terminal;

namespace {

constexpr int given = 0;
constexpr int refused = 1;
constexpr int usage = 64;

struct Options
{
    std::string people;
    std::string agentKeyFile;
    std::string person;
    std::string requestFile;
    std::string signCommand; ///< file or "-"
    std::string signMandate; ///< file
    std::string signRevocation; ///< file
    std::string reason;
    bool isDenied = false;
    bool isAgentPaused = false;
    bool hasSecurityKey = false;
    bool wantsQr = false;
    int slot = 0;
    int pinFd = -1;
    int totpFd = -1;
    int codeFd = -1;
    int targetFd = -1;
    int keyPinFd = -1;
};

int printUsage()
{
    std::cerr << "usage: cordon_approve_tty --people DIR --agent-key FILE --as USER [--request FILE] [--slot N]\n"
                 "         [--deny] [--pause-agent] [--reason TEXT] [--pin-fd N] [--totp-fd N] [--code-fd N] "
                 "[--target-fd N]\n"
                 "         [--security-key [--key-pin-fd N]] [--qr]\n"
                 "       cordon_approve_tty --people DIR --as USER --sign-command FILE|- [--pin-fd N]\n"
                 "       cordon_approve_tty --people DIR --as USER --sign-mandate FILE [--pin-fd N] [--totp-fd N]\n"
                 "       cordon_approve_tty --people DIR --as USER --sign-revocation FILE [--pin-fd N] [--totp-fd N]\n"
                 "--security-key stands in for the authenticator code; --qr also shows the reply as QR codes.\n"
                 "The request is read from standard input unless --request names a file; the reply goes to standard "
                 "output.\n";
    return usage;
}

std::optional<int> numberFrom(std::string_view text)
{
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size() && number >= 0 ? std::optional(number)
                                                                                     : std::nullopt;
}

std::optional<Options> optionsFrom(const std::vector<std::string>& arguments)
{
    Options options;
    const std::vector<std::pair<std::string_view, std::string*>> texts{
        {"--people", &options.people},       {"--agent-key", &options.agentKeyFile},   {"--as", &options.person},
        {"--request", &options.requestFile}, {"--sign-command", &options.signCommand}, {"--sign-mandate", &options.signMandate}, {"--sign-revocation", &options.signRevocation}, {"--reason", &options.reason}};
    const std::vector<std::pair<std::string_view, int*>> numbers{{"--slot", &options.slot},
                                                                 {"--pin-fd", &options.pinFd},
                                                                 {"--totp-fd", &options.totpFd},
                                                                 {"--code-fd", &options.codeFd},
                                                                 {"--target-fd", &options.targetFd},
                                                                 {"--key-pin-fd", &options.keyPinFd}};
    const std::vector<std::pair<std::string_view, bool*>> flags{{"--deny", &options.isDenied},
                                                                {"--pause-agent", &options.isAgentPaused},
                                                                {"--security-key", &options.hasSecurityKey},
                                                                {"--qr", &options.wantsQr}};
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& name = arguments[i];
        const auto flag = std::find_if(flags.begin(), flags.end(), [&](const auto& known) { return known.first == name; });
        if (flag != flags.end()) {
            *flag->second = true;
            continue;
        }
        if (i + 1 == arguments.size())
            return std::nullopt;
        const std::string& value = arguments[++i];
        bool isTaken = false;
        for (const auto& [known, place] : texts) {
            if (known == name) {
                *place = value;
                isTaken = true;
            }
        }
        for (const auto& [known, place] : numbers) {
            const auto number = numberFrom(value);
            if (known == name && number) {
                *place = *number;
                isTaken = true;
            }
        }
        if (!isTaken)
            return std::nullopt;
    }
    if (!options.person.starts_with("user:"))
        options.person = "user:" + options.person;
    const bool isComplete = !options.people.empty() && (!options.agentKeyFile.empty() || !options.signCommand.empty() ||
                                                        !options.signMandate.empty() || !options.signRevocation.empty());
    return isComplete ? std::optional(options) : std::nullopt;
}

int refuse(const std::string& reason, const std::string& detail)
{
    step_up::sayRefused(reason, detail);
    return refused;
}

std::optional<crypto::PublicKey> publicKeyFrom(const std::string& file)
{
    const auto text = govern::readSmallFile(file);
    if (!text)
        return std::nullopt;
    const std::size_t end = text->find_first_of(" \r\n");
    const auto key = crypto::PublicKey::parse(std::string_view(*text).substr(0, end));
    return key ? std::optional(*key) : std::nullopt;
}

int signCommand(const Options& options, const Terminal& terminal)
{
    const auto text = inputText(options.signCommand);
    const auto value = text ? json::parse(*text) : Result<Value>(fail(ErrorCode::Io, "no input"));
    if (!value)
        return refuse("request_invalid", value.error().detail);
    const std::string command = (*value)["command"].asString();
    terminal.show("Sign as " + govern::escapedForPeople(options.person) + ": " + govern::escapedForPeople(command) +
                  " in case " + govern::escapedForPeople((*value)["case"].asString()) + ' ' +
                  govern::escapedForPeople(json::write((*value)["args"]), 4096) + '\n');
    govern::PersonFactors factors;
    factors.folder = options.people;
    factors.person = options.person;
    factors.pin = terminal.ask("PIN: ", options.pinFd, true);
    if (factors.pin.isEmpty())
        return refuse("pin_missing", noPin);
    if (govern::takesCode(command) || options.totpFd >= 0) {
        factors.totp = terminal.ask("Authenticator code: ", options.totpFd, true).text();
        if (factors.totp.empty())
            return refuse("totp_missing", "");
    }
    const auto block = govern::signOrder(factors, *value, MachineClock());
    crypto::wipe(factors.totp);
    if (!block) {
        const std::string& detail = block.error().detail;
        const std::size_t colon = detail.find(": ");
        const bool isInvalid = block.error().code != ErrorCode::Denied;
        return refuse(isInvalid ? "request_invalid" : detail.substr(0, colon),
                      isInvalid                    ? detail
                      : colon == std::string::npos ? ""
                                                   : detail.substr(colon + 2));
    }
    std::cout << *block << std::flush;
    return std::cout ? given : refused;
}

/// Opens the vault of an owner after showing what they are about to sign. @return nothing when refused, with `status` set
std::optional<govern::UnlockedPerson> unlockOwner(const Options& options, const Terminal& terminal, const std::string& shown, int& status)
{
    const auto people = govern::PeopleDirectory::load(options.people);
    const govern::Person* person = people ? people->find(options.person) : nullptr;
    if (!person || person->isRevoked) {
        status = refuse("person_unknown", options.person);
        return std::nullopt;
    }
    if (!person->hasRole("owner")) {
        status = refuse("owner_needed", options.person);
        return std::nullopt;
    }
    terminal.show("Sign as " + govern::escapedForPeople(options.person) + ": " + shown);
    const crypto::SecretBytes pin = terminal.ask("PIN: ", options.pinFd, true);
    if (pin.isEmpty()) {
        status = refuse("pin_missing", noPin);
        return std::nullopt;
    }
    const crypto::SecretBytes totp = terminal.ask("Authenticator code: ", options.totpFd, true);
    if (totp.isEmpty()) {
        status = refuse("totp_missing", "");
        return std::nullopt;
    }
    auto unlocked = govern::PersonVault(options.people, options.person).unlock(pin, totp.text(), MachineClock().now());
    if (!unlocked) {
        status = refuse(unlocked.error().reason, unlocked.error().detail());
        return std::nullopt;
    }
    return std::move(*unlocked);
}

/// An owner's signature over a mandate; the note goes to standard output.
int signMandate(const Options& options, const Terminal& terminal)
{
    const auto text = govern::readSmallFile(options.signMandate);
    const auto mandate = text ? govern::parseMandate(*text, options.signMandate) : Result<Mandate>(fail(text.error()));
    if (!mandate)
        return refuse("mandate_invalid", mandate.error().detail);
    int status = refused;
    const auto unlocked = unlockOwner(options, terminal,
                                      "mandate " + govern::escapedForPeople(mandate->id) + " revision " +
                                          std::to_string(mandate->revision) + ", environment " +
                                          govern::escapedForPeople(mandate->environment) + ", " +
                                          std::to_string(mandate->change.size()) + " permits, " +
                                          std::to_string(mandate->forbid.size()) + " forbids\nDigest: " + mandate->digest + '\n',
                                      status);
    if (!unlocked)
        return status;
    const auto note = govern::signMandateFile(options.signMandate, options.person, unlocked->key);
    if (!note)
        return refuse("mandate_invalid", note.error().detail);
    std::cout << *note << std::flush;
    return std::cout ? given : refused;
}

/// An owner's signature over the order that takes a log key out of force; the note goes to standard output.
int signRevocation(const Options& options, const Terminal& terminal)
{
    const auto text = govern::readSmallFile(options.signRevocation);
    if (!text || !text->starts_with("cordon.ledger-revocation.v1\n"))
        return refuse("order_unreadable", text ? "not an order of revocation" : text.error().detail);
    crypto::SignedNote note{*text, {}};
    if (text->find("\n\n") != std::string::npos) {
        auto begun = crypto::SignedNote::parse(*text);
        if (!begun)
            return refuse("order_unreadable", begun.error().detail);
        note = std::move(*begun);
    }
    int status = refused;
    const auto unlocked =
        unlockOwner(options, terminal, "a log key is taken out of force\n" + govern::escapedForPeople(note.text) + '\n', status);
    if (!unlocked)
        return status;
    note.sign(options.person, unlocked->key);
    std::cout << note.toString() << std::flush;
    return std::cout ? given : refused;
}

void showRequest(const ApprovalRequest& request, const Terminal& terminal)
{
    // Every value in the render is escaped already; line breaks are its own.
    terminal.show("\n" + request.render + "\nExact bytes: " + govern::escapedForPeople(request.actionBytes, mostText) +
                  "\nRequest " + govern::escapedForPeople(request.id) + " can be answered until " +
                  request.approveBy.toString() + "\nCode: " + govern::shortCode(request.actionDigest) + "\n\n");
}

void showQr(const std::string& text, const Terminal& terminal)
{
    for (const std::string& piece : factor::piecesForQr(text)) {
        if (const auto code = factor::QrCode::of(piece))
            terminal.show(code->toBlocks() + '\n');
    }
}

int decide(const Options& options, const Terminal& terminal)
{
    const auto agentKey = publicKeyFrom(options.agentKeyFile);
    if (!agentKey)
        return refuse("request_untrusted", "the agent's key file cannot be read");
    const auto travelled = inputText(options.requestFile);
    if (!travelled)
        return refuse("request_invalid", "no request");
    const auto text = factor::joinedFromQr(*travelled);
    if (!text)
        return refuse("request_invalid", text.error().detail);
    const auto request = govern::readRequest(*text, *agentKey);
    if (!request)
        return refuse(request.error().code == ErrorCode::Untrusted ? "request_untrusted" : "request_invalid",
                      request.error().detail);
    showRequest(*request, terminal);
    const MachineClock clock;
    const auto people = govern::PeopleDirectory::load(options.people);
    const govern::Person* person = people ? people->find(options.person) : nullptr;
    if (person && person->isTrainingEnding(clock.now()))
        terminal.show("Your training ends at " + person->trainedUntil->toString() + ".\n\n");
    const std::int64_t shown = clock.monotonicNanos();

    govern::StepUpInput input;
    input.requestText = *text;
    input.agentKey = *agentKey;
    input.peopleFolder = options.people;
    input.person = options.person;
    input.isApproved = !options.isDenied;
    input.isAgentPaused = options.isAgentPaused;
    input.slot = options.slot;
    input.reason = options.reason;
    if (input.isApproved) {
        if (request->tier == Tier::T3 || options.codeFd >= 0)
            input.typedCode = terminal.ask("Type the code: ", options.codeFd, false).text();
        if (!govern::typedTargetOf(*request).empty())
            input.typedTarget =
                terminal.ask("Type the target's name (for several, their number): ", options.targetFd, false).text();
    } else if (input.reason.empty()) {
        input.reason = terminal.ask("Reason: ", -1, false).text();
    }
    input.pin = terminal.ask("PIN: ", options.pinFd, true);
    if (input.pin.isEmpty())
        return refuse("pin_missing", noPin); // no try is counted: nothing was given
    const auto& factors = request->needs.factors;
    const bool needsTotp = std::find(factors.begin(), factors.end(), "totp") != factors.end();
    factor::FidoAuthenticator securityKey;
    if (options.hasSecurityKey && input.isApproved) {
        input.keyPin = terminal.ask("Security key PIN (empty for a finger): ", options.keyPinFd, true);
        input.securityKey = &securityKey;
        terminal.show("Touch your security key when it blinks.\n");
    } else if ((input.isApproved && needsTotp) || options.totpFd >= 0) {
        input.totp = terminal.ask("Authenticator code: ", options.totpFd, true).text();
        if (options.totpFd >= 0 && input.totp.empty())
            return refuse("totp_missing", "");
    }
    input.decidedAfterMillis = (clock.monotonicNanos() - shown) / 1'000'000;
    const govern::StepUpResult result = govern::stepUp(input, clock);
    crypto::wipe(input.totp);
    if (!result.isGiven())
        return refuse(result.reason, result.detail);
    std::cout << result.reply << std::flush;
    if (options.wantsQr)
        showQr(result.reply, terminal);
    return std::cout ? given : refused;
}

} // namespace

int main(int argc, char** argv)
{
    if (!platform::closeToOthers()) { // the person's key is in this process for a moment
        step_up::sayRefused("not_hardened", "core dumps and tracing could not be switched off");
        return refused;
    }
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const Terminal terminal;
    if (step_up::isAboutPeople(arguments))
        return step_up::runPeopleMode(arguments, terminal);
    const auto options = optionsFrom(arguments);
    if (!options)
        return printUsage();
    if (!options->signMandate.empty())
        return signMandate(*options, terminal);
    if (!options->signRevocation.empty())
        return signRevocation(*options, terminal);
    return options->signCommand.empty() ? decide(*options, terminal) : signCommand(*options, terminal);
}
