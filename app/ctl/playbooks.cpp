// Commands about CACAO playbooks: whether they are sound, what is in them, who signed them.
#include "app/ctl/ctl.h"
#include "core/base/display_escape.h"
#include "core/base/time.h"
#include "core/cacao/playbook.h"
#include "core/cacao/signatures.h"
#include "core/crypto/foreign_signature.h"
#include "core/crypto/random.h"
#include "core/crypto/signing_key.h"
#include "core/plan/cacao_parser.h"
#include "core/platform/file.h"
#include "core/value/json.h"

#include <chrono>
#include <iostream>
#include <memory>

namespace cordon::ctl {
namespace {

constexpr std::uint64_t mostBytes = 4U << 20U;

struct PlaybookWish
{
    std::vector<std::string> files;
    std::string key;
    std::string signee;
    std::string out;
    bool isCanonical = false;
};

Timestamp wallClock()
{
    return Timestamp::fromMicros(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
}

/// The whole file, or nothing of it.
Result<cacao::Reading> readFile(const std::string& file)
{
    CORDON_TRY(const std::string text, platform::readFile(file, mostBytes));
    return cacao::read(text, file);
}

Value findingsOf(const std::vector<cacao::Finding>& findings)
{
    Value::Array list;
    for (const cacao::Finding& finding : findings)
        list.push_back(Value::Object{{"kind", cacao::toString(finding.kind)},
                                     {"pointer", finding.pointer},
                                     {"line", finding.line},
                                     {"text", finding.text},
                                     {"refuses", finding.refuses()}});
    return list;
}

Value signaturesOf(const std::vector<cacao::SignatureFinding>& findings)
{
    Value::Array list;
    for (const cacao::SignatureFinding& finding : findings)
        list.push_back(Value::Object{{"state", cacao::toString(finding.state)},
                                     {"pointer", finding.pointer},
                                     {"id", finding.id},
                                     {"signee", finding.signee},
                                     {"algorithm", finding.algorithm},
                                     {"key", finding.key},
                                     {"key_given", finding.isKeyGiven},
                                     {"why", finding.why}});
    return list;
}

/// Whether Cordon could run it, and if not why; beside whether it is sound.
std::string whyNotRun(const cacao::Playbook& playbook)
{
    const auto own = plan::fromCacao(playbook);
    return own ? std::string() : own.error().detail;
}

Value checked(const std::string& file, bool& isBad)
{
    const auto reading = readFile(file);
    if (!reading) {
        isBad = true;
        return Value::Object{{"file", file}, {"ok", false}, {"error", reading.error().detail}};
    }
    const bool isRefused = reading->isRefused();
    isBad = isBad || isRefused;
    const std::string whyNot = isRefused ? std::string() : whyNotRun(reading->playbook);
    return Value::Object{{"file", file},
                         {"ok", !isRefused},
                         {"digest", reading->playbook.digest},
                         {"id", reading->playbook.id},
                         {"findings", findingsOf(reading->findings)},
                         {"signatures", signaturesOf(cacao::checkSignatures(reading->playbook.data, wallClock()))},
                         {"runs", !isRefused && whyNot.empty()},
                         {"why_not", whyNot}};
}

void print(const Value& signatures)
{
    for (const Value& one : signatures.asArray()) {
        std::cout << "  signature " << escapedForDisplay(one["signee"].asString()) << " (" << escapedForDisplay(one["algorithm"].asString())
                  << "): " << one["state"].asString();
        if (one["state"].asString() == "valid")
            std::cout << (one["key_given"].asBool() ? " under the given key " : " under the key in the file ") << one["key"].asString();
        if (!one["why"].asString().empty())
            std::cout << ": " << escapedForDisplay(one["why"].asString());
        std::cout << '\n';
    }
}

int check(const Context& context, const PlaybookWish& wish)
{
    bool isBad = false;
    Value::Array all;
    for (const std::string& file : wish.files) {
        Value one = checked(file, isBad);
        if (!context.wantsJson) {
            const std::string name = escapedForDisplay(file);
            for (const Value& finding : one["findings"].asArray())
                std::cout << name << ':' << finding["line"].asInt() << ": " << finding["kind"].asString() << ": "
                          << escapedForDisplay(finding["pointer"].asString()) << ": " << escapedForDisplay(finding["text"].asString()) << '\n';
            if (one.has("error"))
                std::cout << (one["error"].asString().starts_with(file) ? "" : name + ": ") << escapedForDisplay(one["error"].asString()) << '\n';
            std::cout << name << ": " << (one["ok"].asBool() ? "sound" : "refused")
                      << (!one["ok"].asBool() ? "" : one["runs"].asBool() ? ", and Cordon can run it" : "; Cordon does not run it: " + escapedForDisplay(one["why_not"].asString()))
                      << '\n';
            print(one["signatures"]);
        }
        all.push_back(std::move(one));
    }
    if (context.wantsJson)
        printJson(Value::Object{{"playbooks", std::move(all)}});
    return isBad ? Bad : Done;
}

/// Reads a file that has to be sound.
Result<cacao::Playbook> sound(const std::string& file)
{
    CORDON_TRY(const std::string text, platform::readFile(file, mostBytes));
    return cacao::load(text, file);
}

int show(const Context& context, const PlaybookWish& wish)
{
    const auto playbook = sound(wish.files.front());
    if (!playbook)
        return failed(playbook.error());
    if (context.wantsJson || wish.isCanonical) {
        const auto text = wish.isCanonical ? json::canonicalOfOthers(playbook->data) : cacao::write(playbook->data);
        if (!text)
            return failed(text.error());
        std::cout << *text << (wish.isCanonical ? "\n" : "");
        return Done;
    }
    std::cout << escapedForDisplay(playbook->name) << "\n  id      " << playbook->id << "\n  digest  " << playbook->digest << '\n';
    if (!playbook->description.empty())
        std::cout << "  " << escapedForDisplay(playbook->description) << '\n';
    for (const cacao::Variable& variable : playbook->variables)
        std::cout << "  " << variable.name << " : " << escapedForDisplay(variable.type) << (variable.isConstant ? ", constant" : "")
                  << (variable.isExternal ? ", external" : "") << (variable.value ? " = " + escapedForDisplay(*variable.value) : "") << '\n';
    const auto own = plan::fromCacao(*playbook);
    if (!own) {
        std::cout << "  Cordon does not run it: " << escapedForDisplay(own.error().detail) << '\n';
        return Done;
    }
    for (const plan::PlaybookStep& step : own->steps) {
        std::cout << "  " << step.id << "  " << (step.playbook.empty() ? step.verb : "playbook " + step.playbook) << "  " << escapedForDisplay(step.name) << '\n';
        for (const StepCondition& condition : step.when)
            std::cout << "      when " << escapedForDisplay(condition.text) << " is " << escapedForDisplay(condition.wanted) << '\n';
    }
    return Done;
}

int verify(const Context& context, const PlaybookWish& wish)
{
    std::string key;
    if (!wish.key.empty()) {
        const auto pem = platform::readFile(wish.key, 64U << 10U);
        auto der = pem ? crypto::publicKeyOfPem(*pem) : Result<std::string>(fail(pem.error()));
        if (!der)
            return failed(der.error());
        key = std::move(*der);
    }
    const auto playbook = sound(wish.files.front());
    if (!playbook)
        return failed(playbook.error());
    const auto findings = cacao::checkSignatures(playbook->data, wallClock(), key);
    const Value signatures = signaturesOf(findings);
    if (context.wantsJson)
        printJson(Value::Object{{"file", wish.files.front()}, {"digest", playbook->digest}, {"signatures", signatures}});
    else
        print(signatures);
    if (findings.empty() && !context.wantsJson)
        std::cout << "  no signature\n";
    bool hasUnknown = findings.empty() || key.empty(); // a key that the file brings along proves nothing about who signed
    for (const cacao::SignatureFinding& finding : findings) {
        if (finding.state == cacao::SignatureState::Invalid)
            return Bad;
        hasUnknown = hasUnknown || finding.state == cacao::SignatureState::CannotTell;
    }
    return hasUnknown ? CannotTell : Done;
}

Result<crypto::SigningKey> keyFrom(const std::string& file)
{
    CORDON_TRY(std::string text, platform::readFile(file, 4096));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.pop_back();
    CORDON_TRY(const std::string seed, fromHex(text));
    return crypto::SigningKey::fromSeed(bytesOf(seed));
}

std::string newSignatureId()
{
    std::string hex = crypto::randomHex(16);
    hex[12] = '4';
    hex[16] = "89ab"[hex[16] % 4];
    return "jss--" + hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20);
}

int sign(const Context& context, const PlaybookWish& wish)
{
    const auto key = keyFrom(wish.key);
    if (!key)
        return failed(key.error());
    const auto playbook = sound(wish.files.front());
    if (!playbook)
        return failed(playbook.error());
    const auto made = cacao::sign(playbook->data, *key, {newSignatureId(), wish.signee, wallClock()});
    const auto text = made ? cacao::write(*made) : Result<std::string>(fail(made.error()));
    if (!text)
        return failed(text.error());
    const std::string out = wish.out.empty() ? wish.files.front() : wish.out;
    if (const auto written = platform::writeFileAtomically(out, *text); !written)
        return failed(written.error());
    if (context.wantsJson)
        printJson(Value::Object{{"file", out}, {"signatures", signaturesOf(cacao::checkSignatures(*made, wallClock()))}});
    else
        std::cout << escapedForDisplay(out) << ": signed; its digest is another now, so accept it again where it is pinned\n";
    return Done;
}

} // namespace

void addPlaybookCommands(CLI::App& app, Context& context, int& status)
{
    const auto wish = std::make_shared<PlaybookWish>();
    CLI::App* playbook = app.add_subcommand("playbook", "CACAO 2.0 playbooks");
    playbook->require_subcommand(1);
    CLI::App* checking = playbook->add_subcommand("check", "what is wrong with them, each with its place; their signatures");
    checking->add_option("FILE", wish->files)->required();
    checking->callback([&context, &status, wish] { status = check(context, *wish); });
    CLI::App* showing = playbook->add_subcommand("show", "steps, variables and conditions; --json: the document as Cordon writes it");
    showing->add_option("FILE", wish->files)->required()->expected(1);
    showing->add_flag("--canonical", wish->isCanonical, "the form that signatures are over (RFC 8785)");
    showing->callback([&context, &status, wish] { status = show(context, *wish); });
    CLI::App* verifying = playbook->add_subcommand("verify", "whether its signatures hold");
    verifying->add_option("FILE", wish->files)->required()->expected(1);
    verifying->add_option("--key", wish->key, "public key or certificate (PEM) in place of the one inside");
    verifying->callback([&context, &status, wish] { status = verify(context, *wish); });
    CLI::App* signing = playbook->add_subcommand("sign", "adds an Ed25519 signature beside those that it has");
    signing->add_option("FILE", wish->files)->required()->expected(1);
    signing->add_option("--key", wish->key, "file with an Ed25519 seed in hex")->required();
    signing->add_option("--signee", wish->signee, "who signs, as others shall read it")->required();
    signing->add_option("--out", wish->out, "write there; the file itself when left out");
    signing->callback([&context, &status, wish] { status = sign(context, *wish); });
}

} // namespace cordon::ctl
