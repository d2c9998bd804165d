#include "core/connectors/nftables/nftables_provider.h"

#include "core/connectors/http_options.h"
#include "core/connectors/nftables/nftables_session.h"

#include <algorithm>
#include <set>

namespace cordon::connectors::nftables {
namespace {

std::vector<Ability> abilities()
{
    return {{"workload.isolate"}, {"workload.release"}, {"address.block"}, {"address.unblock"}};
}

class NftablesProvider final : public PlannedProvider
{
public:
    NftablesProvider(const act::ConnectorSettings& settings, Machine machine, Asker::Pause pause)
        : PlannedProvider(settings, abilities(), std::move(pause))
        , m_machine(std::move(machine))
    {}
    Value privileges() const override
    {
        return Value::Object{{"sudoers", Value::Array{"cordon ALL=(root) NOPASSWD: /usr/sbin/nft -j list ruleset, /usr/sbin/nft -j -f -"}},
                             {"authorized_keys", Value::Array{"restrict KEY"}},
                             {"sshd_config", Value::Array{"Match User cordon", "  AuthenticationMethods publickey", "  PermitTTY no", "  DisableForwarding yes"}},
                             {"note", "nft has no rights below the whole ruleset: this account can change every rule of the machine, and nothing else of it. "
                                      "'from=\"ADDRESS\"' before the key keeps it to the console's address."}};
    }

private:
    Result<std::unique_ptr<Session>> open(const std::string&, const act::CallContext& context) override
    {
        CORDON_TRY(Value credential, credentialOf(context, "nftables", {"user", "private_key"}, {"passphrase"}));
        const std::string& user = credential["user"].asString();
        CORDON_TRY(SshClient client, SshClient::connect(m_machine.address, user, crypto::SecretBytes::copyOf(credential["private_key"].asString()),
                                                        credential["passphrase"].asString(), context.timeLimit));
        return std::make_unique<NftablesSession>(std::move(client), m_machine, user);
    }

    Machine m_machine;
};

bool isOneWord(const std::string& text)
{
    return !text.empty() && text.find_first_of("/ ,@\t") == std::string::npos && text.front() != '-';
}

Result<std::vector<Network>> networksOf(const std::string& list)
{
    std::vector<Network> networks;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(',', at), list.size());
        const std::size_t from = std::min(list.find_first_not_of(' ', at), end);
        CORDON_TRY(Network network, Network::parse(list.substr(from, end - from)));
        networks.push_back(std::move(network));
        at = end + 1;
    }
    return networks;
}

Result<void> addWorkloads(Machine& machine, const Value& workloads)
{
    for (const auto& [id, address] : workloads.asObject()) {
        CORDON_TRY(Network network, Network::parse(address.asString()));
        if (!network.isSingle())
            return fail(ErrorCode::Invalid, "nftables: workload '" + id + "' needs one address");
        machine.workloads.emplace(id, std::move(network));
    }
    return {};
}

} // namespace

Result<std::unique_ptr<act::Provider>> makeNftablesProvider(const act::ConnectorSettings& settings, Asker::Pause pause)
{
    static const std::set<std::string, std::less<>> texts{"host", "port", "key_type", "self", "forensic", "sudo"};
    for (const auto& [name, content] : settings.options.asObject()) {
        if (!(texts.contains(name) && content.isString()) && !(name == "workloads" && content.isObject()))
            return fail(ErrorCode::Invalid, "nftables: unknown or malformed option '" + name + "'");
    }
    const auto option = [&settings](const char* name, const std::string& otherwise) {
        const Value& given = settings.options[name];
        return given.isString() ? given.asString() : otherwise;
    };
    Machine machine{{option("host", {}), option("port", "22"), option("key_type", "ssh-ed25519"), settings.tenant}, {}, {}, {}, option("sudo", "yes") == "yes"};
    machine.self = option("self", machine.address.host);
    if (!isOneWord(machine.address.host) || !isOneWord(machine.address.port) || !isOneWord(machine.address.keyType))
        return fail(ErrorCode::Invalid, "nftables: option 'host' is wanted, one name or address, and 'port' and 'key_type' are one word each");
    if (!settings.tenant.starts_with("SHA256:") || settings.tenant.size() != 50)
        return fail(ErrorCode::Invalid, "nftables: 'tenant' is the fingerprint of the machine's host key, SHA256:… as ssh-keygen -lf tells it");
    if (const std::string sudo = option("sudo", "yes"); sudo != "yes" && sudo != "no")
        return fail(ErrorCode::Invalid, "nftables: 'sudo' is yes or no");
    CORDON_TRY(machine.forensic, networksOf(option("forensic", {})));
    if (machine.forensic.empty())
        return fail(ErrorCode::Invalid, "nftables: option 'forensic' is wanted: addresses from where what is isolated stays in reach, this console's among them");
    CORDON_CHECK(addWorkloads(machine, settings.options["workloads"]));
    return std::make_unique<NftablesProvider>(settings, std::move(machine), std::move(pause));
}

} // namespace cordon::connectors::nftables
