// The step-up program on people, in a terminal: enrolment, an owner's signature, another PIN, a sign-in. The rules are
// core/govern's; this file only asks and shows. Source: docs/formats/people.md
#include "app/step_up/people_tty.h"

#include "app/step_up/texts.h"
#include "core/factor/fido_authenticator.h"
#include "core/factor/otpauth.h"
#include "core/factor/qr_code.h"
#include "core/govern/approval_render.h"
#include "core/govern/enrolment.h"
#include "core/govern/personal_signature.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iostream>

namespace cordon::step_up {
namespace {

constexpr int given = 0;
constexpr int refused = 1;
constexpr int usage = 64;
constexpr std::array<std::string_view, 5> modes{"--enrol", "--sign-people", "--change-pin", "--add-key", "--sign-in"};

struct PeopleOptions
{
    std::string mode;
    std::string people;
    std::string person;
    std::string installation;
    int pinFd = -1;
    int totpFd = -1;
    int keyPinFd = -1;
};

int printUsage()
{
    std::cerr << "usage: cordon_approve_tty --enrol --people DIR [--pin-fd N] [--totp-fd N] < ACT\n"
                 "       cordon_approve_tty --sign-people --people DIR --as USER [--pin-fd N] [--totp-fd N] < ACT\n"
                 "       cordon_approve_tty --change-pin --people DIR --as USER --installation ID [--pin-fd N] [--totp-fd N]\n"
                 "       cordon_approve_tty --add-key --people DIR --as USER [--pin-fd N] [--totp-fd N] [--key-pin-fd N] < WISH\n"
                 "       cordon_approve_tty --sign-in --people DIR --as USER [--pin-fd N] < WISH\n";
    return usage;
}

bool isMode(const std::string& argument)
{
    return std::find(modes.begin(), modes.end(), argument) != modes.end();
}

std::optional<PeopleOptions> optionsFrom(const std::vector<std::string>& arguments)
{
    PeopleOptions options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& name = arguments[i];
        if (isMode(name)) {
            options.mode = name;
            continue;
        }
        if (++i == arguments.size())
            return std::nullopt;
        const std::string& value = arguments[i];
        if (name == "--people") {
            options.people = value;
        } else if (name == "--as") {
            options.person = value.starts_with("user:") ? value : "user:" + value;
        } else if (name == "--installation") {
            options.installation = value;
        } else if (name == "--pin-fd" || name == "--totp-fd" || name == "--key-pin-fd") {
            int& place = name == "--pin-fd" ? options.pinFd : name == "--totp-fd" ? options.totpFd : options.keyPinFd;
            const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), place);
            if (problem != std::errc() || end != value.data() + value.size() || place < 0)
                return std::nullopt;
        } else {
            return std::nullopt;
        }
    }
    const bool isComplete = !options.people.empty() && (options.mode == "--enrol" || !options.person.empty());
    return isComplete ? std::optional(options) : std::nullopt;
}

int refuse(const Error& error)
{
    const std::size_t colon = error.detail.find(':');
    sayRefused(error.detail.substr(0, colon),
               colon == std::string::npos ? "" : error.detail.substr(std::min(colon + 2, error.detail.size())));
    return refused;
}

int give(const Result<std::string>& block)
{
    if (!block)
        return refuse(block.error());
    std::cout << *block << std::flush;
    return std::cout ? given : refused;
}

void showAct(const govern::PeopleAct& act, const tty::Terminal& terminal)
{
    std::string text = "\n";
    for (const auto& [label, line] : act.lines())
        text += govern::escapedForPeople(label) + ": " + govern::escapedForPeople(line) + '\n';
    terminal.show(text + '\n');
}

/// The secret and its QR code: on the terminal alone, once.
void showSecret(const govern::Enrolment& enrolment, const tty::Terminal& terminal)
{
    std::string address = factor::otpauthUri(enrolment.act().person, "", enrolment.secret());
    if (const auto code = factor::QrCode::of(address)) {
        std::string blocks = code->toBlocks();
        terminal.show(blocks);
        crypto::wipe(blocks);
    }
    crypto::wipe(address);
    terminal.show("Scan this with your authenticator, or type the secret: ");
    terminal.show(enrolment.shownSecret().text());
    terminal.show("\nIt is not shown again.\n");
}

constexpr int tries = 3; ///< where a person types: one wrong key must not cost all that was done before

/// A PIN that may be chosen, typed twice alike; what is wrong is said at once. From descriptors there is one try.
Result<crypto::SecretBytes> choosePin(const PeopleOptions& options, const tty::Terminal& terminal, const std::string& person)
{
    for (int left = options.pinFd >= 0 ? 1 : tries;; --left) {
        crypto::SecretBytes pin = terminal.ask("New PIN, six characters or more: ", options.pinFd, true);
        if (pin.isEmpty())
            return fail(ErrorCode::Denied, std::string("pin_missing: ") + noPin);
        std::string why = govern::whyNotPin(pin, person);
        if (why.empty()) {
            const crypto::SecretBytes again = terminal.ask("The same again: ", options.pinFd, true);
            if (crypto::equalInConstantTime(pin.view(), again.view()))
                return pin;
            why = "pin_differs";
        }
        const std::string said = why == "pin_differs" ? why + ": the second one is another" : why + ": a PIN has six characters or more and is no run or name";
        if (left <= 1)
            return fail(ErrorCode::Denied, said);
        sayRefused(why, said.substr(why.size() + 2) + "; try again");
    }
}

int enrol(const PeopleOptions& options, const tty::Terminal& terminal)
{
    const auto text = inputText("-");
    const auto wish = text ? json::parse(*text) : Result<Value>(fail(ErrorCode::Invalid, "act_unreadable"));
    const auto act = wish ? govern::Enrolment::wishFrom(*wish) : Result<govern::PeopleAct>(fail(wish.error()));
    if (!act)
        return refuse(act.error());
    showAct(*act, terminal);
    const auto pin = choosePin(options, terminal, act->person);
    if (!pin)
        return refuse(pin.error());
    const auto enrolment = govern::Enrolment::begin(options.people, *act, *pin, *pin);
    if (!enrolment)
        return refuse(enrolment.error());
    terminal.show("Fingerprint of your new key: " + enrolment->act().key->fingerprint() +
                  "\nWhoever signs for you sees it too: tell it to them by another way.\n");
    showSecret(*enrolment, terminal);
    const MachineClock clock;
    for (int left = options.totpFd >= 0 ? 1 : tries;; --left) {
        const crypto::SecretBytes code = terminal.ask("The six digits that it shows now: ", options.totpFd, false);
        const auto block = enrolment->finish(code.text(), clock.now());
        if (block || left <= 1 || code.isEmpty())
            return give(block);
        sayRefused("totp_wrong", "the authenticator shows another code; type the one that it shows now");
    }
}

/// Person, PIN and, where asked, the authenticator code.
govern::PersonFactors factorsFor(const PeopleOptions& options, const tty::Terminal& terminal, bool needsTotp)
{
    govern::PersonFactors factors;
    factors.folder = options.people;
    factors.person = options.person;
    factors.pin = terminal.ask("PIN of " + options.person + ": ", options.pinFd, true);
    if (needsTotp || options.totpFd >= 0)
        factors.totp = terminal.ask("Authenticator code: ", options.totpFd, false).text();
    return factors;
}

int signPeople(const PeopleOptions& options, const tty::Terminal& terminal)
{
    const auto text = inputText("-");
    const auto act = govern::actToSign(text.value_or(""));
    if (!act)
        return refuse(act.error());
    showAct(*act, terminal);
    const govern::PersonFactors factors = factorsFor(options, terminal, true);
    if (factors.pin.isEmpty())
        return refuse({ErrorCode::Denied, std::string("pin_missing: ") + noPin});
    return give(govern::countersign(factors, *text, MachineClock()));
}

int changePin(const PeopleOptions& options, const tty::Terminal& terminal)
{
    const govern::PersonFactors factors = factorsFor(options, terminal, true);
    if (factors.pin.isEmpty() || factors.totp.empty())
        return refuse({ErrorCode::Denied, factors.pin.isEmpty() ? std::string("pin_missing: ") + noPin : "totp_missing"});
    const auto pin = choosePin(options, terminal, options.person);
    if (!pin)
        return refuse(pin.error());
    return give(govern::changePin(factors, *pin, *pin, options.installation, MachineClock()));
}

/// The key's own ceremony happens here: its PIN enters neither console nor cordonctl.
int addKey(const PeopleOptions& options, const tty::Terminal& terminal)
{
    const auto text = inputText("-");
    const auto wish = json::parse(text.value_or(""));
    if (!wish || (*wish)["name"].asString().empty())
        return refuse({ErrorCode::Invalid, "request_invalid: a security key needs a name"});
    terminal.show("A security key for " + options.person + ", called " +
                  govern::escapedForPeople((*wish)["name"].asString(), 120) +
                  ".\nIt is asked for what it vouches for by itself; a maker's certificate is kept by nobody and not checked.\n");
    const govern::PersonFactors factors = factorsFor(options, terminal, true);
    if (factors.pin.isEmpty() || factors.totp.empty())
        return refuse({ErrorCode::Denied, factors.pin.isEmpty() ? std::string("pin_missing: ") + noPin : "totp_missing"});
    const crypto::SecretBytes keyPin =
        terminal.ask("PIN of the security key itself (empty for a finger): ", options.keyPinFd, true);
    terminal.show("Touch it when it blinks: once to make the credential, once more to show that it can sign.\n");
    factor::FidoAuthenticator authenticator;
    return give(govern::addSecurityKey(factors, *wish, authenticator, keyPin, MachineClock()));
}

int signIn(const PeopleOptions& options, const tty::Terminal& terminal)
{
    const auto text = inputText("-");
    const auto wish = json::parse(text.value_or(""));
    if (!wish)
        return refuse({ErrorCode::Invalid, "request_invalid: " + wish.error().detail});
    terminal.show("Sign in as " + options.person + " for ledger " +
                  govern::escapedForPeople((*wish)["case"].asString(), 120) + '\n');
    const govern::PersonFactors factors = factorsFor(options, terminal, false);
    if (factors.pin.isEmpty())
        return refuse({ErrorCode::Denied, std::string("pin_missing: ") + noPin});
    if (options.totpFd >= 0 && factors.totp.empty())
        return refuse({ErrorCode::Denied, "totp_missing"});
    return give(govern::signIn(factors, *wish, MachineClock()));
}

} // namespace

bool isAboutPeople(const std::vector<std::string>& arguments)
{
    return std::any_of(arguments.begin(), arguments.end(), isMode);
}

int runPeopleMode(const std::vector<std::string>& arguments, const tty::Terminal& terminal)
{
    const auto options = optionsFrom(arguments);
    if (!options)
        return printUsage();
    if (options->mode == "--enrol")
        return enrol(*options, terminal);
    if (options->mode == "--sign-people")
        return signPeople(*options, terminal);
    if (options->mode == "--add-key")
        return addKey(*options, terminal);
    return options->mode == "--change-pin" ? changePin(*options, terminal) : signIn(*options, terminal);
}

} // namespace cordon::step_up
