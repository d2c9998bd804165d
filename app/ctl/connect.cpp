// Commands about real systems: their credentials, whether they can be reached, and the rights they must give.
#include "app/ctl/ctl.h"
#include "core/base/display_escape.h"
#include "app/tty/terminal.h"
#include "core/act/connector_process.h"
#include "core/act/credential_vault.h"
#include "core/engine/system_check.h"

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <memory>
#include <unistd.h>

namespace cordon::ctl {
namespace {

struct ConnectWish
{
    std::string file;
    std::string name;
    int credentialFd = -1;
    int passphraseFd = -1;
    int toFd = -1;
    bool forgets = false;
};

/// Looking at what a system needs takes no credential.
class NoCredential final : public act::CredentialSource
{
public:
    Result<crypto::SecretBytes> credentialOf(const std::string& connector) override
    {
        return fail(ErrorCode::NotFound, connector + ": no credential is wanted here");
    }
};

Result<std::unique_ptr<act::CredentialVault>> openVault(const Context& context, const ConnectWish& wish, bool makes)
{
    if (wish.passphraseFd < 0)
        return fail(ErrorCode::Invalid, "--passphrase-fd is wanted: the vault's passphrase");
    const crypto::SecretBytes passphrase = tty::secretLine(wish.passphraseFd);
    if (makes && !act::CredentialVault::isThere(context.home)) {
        const crypto::SecretBytes again = tty::secretLine(wish.passphraseFd);
        if (!crypto::equalInConstantTime(passphrase.view(), again.view()))
            return fail(ErrorCode::Invalid, "the vault is made now: its passphrase is wanted twice, and the two differ");
        CORDON_CHECK(act::CredentialVault::make(context.home, passphrase, crypto::tunedCost()));
    }
    return act::CredentialVault::open(context.home, passphrase);
}

Result<void> keep(const Context& context, const ConnectWish& wish)
{
    CORDON_TRY(const auto vault, openVault(context, wish, true));
    auto text = platform::readFile("/proc/self/fd/" + std::to_string(wish.credentialFd), 64U << 10U);
    if (!text)
        return fail(text.error());
    const auto credential = crypto::SecretBytes::copyOf(*text);
    crypto::wipe(*text);
    return vault->keep(wish.name, credential);
}

Result<void> forget(const Context& context, const ConnectWish& wish)
{
    // Removing takes no passphrase: whoever may write the folder can remove the file anyway.
    const auto names = act::CredentialVault::names(context.home);
    if (std::find(names.begin(), names.end(), wish.name) == names.end())
        return fail(ErrorCode::NotFound, wish.name + ": no credential is kept for it");
    return platform::eraseFile(context.home / "connectors" / (wish.name + ".credential"));
}

/// A value that a system made, for whoever brings it to consumers that Cordon does not reach. Never on the terminal's output by itself.
Result<void> take(const Context& context, const ConnectWish& wish)
{
    CORDON_TRY(const auto vault, openVault(context, wish, false));
    CORDON_TRY(const crypto::SecretBytes value, vault->madeFor(wish.name));
    if (value.isEmpty())
        return fail(ErrorCode::NotFound, wish.name + ": no value that was made is kept for it");
    for (std::size_t sent = 0; sent < value.size();) {
        const ssize_t part = ::write(wish.toFd, value.text().data() + sent, value.size() - sent);
        if (part < 0 && errno != EINTR)
            return fail(ErrorCode::Io, "descriptor " + std::to_string(wish.toFd) + " takes nothing");
        sent += part > 0 ? static_cast<std::size_t>(part) : 0;
    }
    return wish.forgets ? vault->forgetMade(wish.name) : Result<void>();
}

Result<std::vector<act::ConnectorSettings>> settingsOf(const ConnectWish& wish)
{
    CORDON_TRY(const std::string text, platform::readFile(wish.file, 1U << 20U));
    CORDON_TRY(auto all, act::ConnectorSettings::parse(text, wish.file));
    if (!wish.name.empty())
        std::erase_if(all, [&wish](const act::ConnectorSettings& one) { return one.name != wish.name; });
    if (all.empty())
        return fail(ErrorCode::NotFound, wish.file + ": no system" + (wish.name.empty() ? std::string(" in it") : " named '" + wish.name + "'"));
    return all;
}

platform::Path connectorProgram(const Context& context)
{
    return context.program.parent_path() / "cordon_connector";
}

Result<bool> check(const Context& context, const ConnectWish& wish)
{
    CORDON_TRY(const auto all, settingsOf(wish));
    CORDON_TRY(const auto vault, openVault(context, wish, false));
    bool isWell = true;
    Value::Array rows;
    for (const engine::SystemCheck& one : engine::checkSystems(connectorProgram(context), all, *vault, {})) {
        const Result<Value>& said = one.said;
        isWell = isWell && said;
        rows.push_back(Value::Object{{"name", one.name}, {"kind", one.kind}, {"ok", said.has_value()},
                                     {"said", said ? *said : Value()}, {"problem", said ? Value() : Value(said.error().detail)}});
        if (!context.wantsJson)
            std::cout << one.name << ": "
                      << escapedForDisplay(said ? "works, as " + (*said)["identity"].asString() : said.error().detail) << '\n';
    }
    if (context.wantsJson)
        printJson(Value::Object{{"systems", std::move(rows)}});
    return isWell;
}

Result<void> policy(const Context& context, const ConnectWish& wish)
{
    CORDON_TRY(const auto all, settingsOf(wish));
    NoCredential none;
    const MachineClock clock;
    CORDON_TRY(const auto connector, act::ConnectorProcess::make(connectorProgram(context), all.front(), none, clock));
    printJson(connector->privileges());
    return {};
}

/// What a system's connector can do, what each verb is worth, and how it is taken back. The tier is the catalogue's.
Result<void> abilities(const Context& context, const ConnectWish& wish)
{
    CORDON_TRY(const auto all, settingsOf(wish));
    NoCredential none;
    const MachineClock clock;
    CORDON_TRY(const auto connector, act::ConnectorProcess::make(connectorProgram(context), all.front(), none, clock));
    Value::Array rows;
    for (const act::Capability& one : connector->capabilities()) {
        const Verb* verb = findVerb(one.verb);
        const std::string tier(verb ? toString(verb->floor) : "");
        rows.push_back(Value::Object{{"verb", one.verb}, {"tier", tier}, {"back", toString(one.back)}, {"undo", one.undo}});
        if (!context.wantsJson)
            std::cout << one.verb << "  " << tier << "  " << toString(one.back) << '\n';
    }
    if (context.wantsJson)
        printJson(Value::Object{{"abilities", std::move(rows)}});
    return {};
}

} // namespace

void addConnectCommands(CLI::App& app, Context& context, int& status)
{
    CLI::App* connect = app.add_subcommand("connect", "real systems: credentials, reach, least rights");
    connect->require_subcommand(1);
    auto wish = std::make_shared<ConnectWish>();
    const auto done = [&status](const Result<void>& result) { status = result ? static_cast<int>(Done) : failed(result.error()); };

    CLI::App* keeping = connect->add_subcommand("keep", "keep the credential of a system in the vault");
    keeping->add_option("NAME", wish->name, "the system, as settings and mandates name it")->required();
    keeping->add_option("--credential-fd", wish->credentialFd, "file descriptor that gives the credential as JSON")->required();
    keeping->add_option("--passphrase-fd", wish->passphraseFd, "gives the vault's passphrase; twice the first time")->required();
    keeping->callback([&context, wish, done] { done(keep(context, *wish)); });

    CLI::App* forgetting = connect->add_subcommand("forget", "overwrite and remove a credential");
    forgetting->add_option("NAME", wish->name)->required();
    forgetting->callback([&context, wish, done] { done(forget(context, *wish)); });

    CLI::App* taking = connect->add_subcommand("take", "a value that a system made, out of the vault");
    taking->add_option("ID", wish->name, "the thing that it is for, as the step's outcome names it")->required();
    taking->add_option("--to-fd", wish->toFd, "file descriptor that gets the value, and nothing else")->required();
    taking->add_option("--passphrase-fd", wish->passphraseFd, "gives the vault's passphrase")->required();
    taking->add_flag("--forget", wish->forgets, "and remove it from the vault");
    taking->callback([&context, wish, done] { done(take(context, *wish)); });

    connect->add_subcommand("list", "names that a credential is kept for")->callback([&context, &status] {
        const auto names = act::CredentialVault::names(context.home);
        if (context.wantsJson)
            printJson(Value::Object{{"kept", Value::Array(names.begin(), names.end())}});
        else
            for (const std::string& name : names)
                std::cout << name << '\n';
        status = Done;
    });

    CLI::App* checking = connect->add_subcommand("check", "whether credential and way work, by calls that change nothing");
    checking->add_option("FILE", wish->file, "settings of connected systems")->required();
    checking->add_option("NAME", wish->name, "one system of them");
    checking->add_option("--passphrase-fd", wish->passphraseFd, "gives the vault's passphrase")->required();
    checking->callback([&context, wish, &status] {
        const auto isWell = check(context, *wish);
        status = !isWell ? failed(isWell.error()) : *isWell ? static_cast<int>(Done) : static_cast<int>(Bad);
    });

    CLI::App* rights = connect->add_subcommand("policy", "the least rights that the system's owner must give");
    rights->add_option("FILE", wish->file)->required();
    rights->add_option("NAME", wish->name)->required();
    rights->callback([&context, wish, done] { done(policy(context, *wish)); });

    CLI::App* can = connect->add_subcommand("can", "what a system's connector can do, with tier and way back");
    can->add_option("FILE", wish->file)->required();
    can->add_option("NAME", wish->name)->required();
    can->callback([&context, wish, done] { done(abilities(context, *wish)); });
}

} // namespace cordon::ctl
