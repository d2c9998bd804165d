#pragma once

#include "core/connectors/nftables/ruleset.h"
#include "core/connectors/nftables/ssh_client.h"
#include "core/connectors/session.h"

#include <map>

namespace cordon::connectors::nftables {

/// What the settings say of a machine. Source: docs/formats/connectors.md, "nftables"
struct Machine
{
    SshClient::Address address;
    std::string self;                         ///< id by which logs name this machine
    std::map<std::string, Network> workloads; ///< behind it, by id
    std::vector<Network> forensic;            ///< from where what is isolated stays in reach
    bool usesSudo = true;
};

/// One call's talk with a machine whose packets nftables filters.
class NftablesSession final : public Session
{
public:
    /// @param machine  borrowed
    NftablesSession(SshClient client, const Machine& machine, std::string user)
        : m_client(std::move(client))
        , m_machine(machine)
        , m_user(std::move(user))
    {}
    [[nodiscard]] Result<Value> identity() override;
    [[nodiscard]] Result<TargetFacts> facts(const EntityRef& target) override;
    [[nodiscard]] Result<Deed> plan(const Action& action, const TargetFacts& facts) override;
    [[nodiscard]] Result<void> run(const Value& call) override;

private:
    [[nodiscard]] Result<Cut> cutOf(const EntityRef& target) const;
    [[nodiscard]] Result<void> see();
    [[nodiscard]] Result<void> checkStaysInReach(const Cut& cut) const;
    [[nodiscard]] std::string nft(const char* arguments) const;

    SshClient m_client;
    const Machine& m_machine;
    std::string m_user;
    Network m_here;          ///< where this connection comes from, as the machine sees it
    Forensics m_forensics;   ///< known once it was looked at
};

} // namespace cordon::connectors::nftables
