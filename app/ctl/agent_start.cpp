#include "app/ctl/agent_start.h"

#include "app/tty/terminal.h"
#include "core/keyring/secret_service.h"

#include <iostream>

namespace cordon::ctl {
namespace {

Result<void> opened(engine::AgentIdentity& identity, const AgentWish& wish)
{
    if (wish.passphraseFd < 0)
        return identity.openFromStore();
    const crypto::SecretBytes passphrase = tty::secretLine(wish.passphraseFd);
    const crypto::SecretBytes again = identity.isFirst() ? tty::secretLine(wish.passphraseFd) : crypto::SecretBytes();
    CORDON_CHECK(identity.open(passphrase, again));
    if (!wish.isKept)
        return {};
    if (const auto kept = identity.keep(passphrase); !kept)
        std::cerr << "cordonctl: the passphrase is not kept: " << kept.error().detail << '\n';
    return {};
}

} // namespace

std::shared_ptr<engine::AgentIdentity> startAgent(const std::filesystem::path& home, const AgentWish& wish)
{
    auto identity = std::make_shared<engine::AgentIdentity>(home, keyring::secretService());
    if (const auto done = opened(*identity, wish); !done) {
        identity->refuse(done.error().detail);
        std::cerr << "cordonctl: the agent's key stays closed, so it proposes and does not act: " << done.error().detail << '\n';
    }
    return identity;
}

} // namespace cordon::ctl
