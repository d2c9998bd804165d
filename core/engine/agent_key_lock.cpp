#include "core/engine/agent_key_lock.h"

#include "core/base/display_escape.h"
#include "core/crypto/sha256.h"
#include "core/value/json.h"

#include <array>
#include <unistd.h>

namespace cordon::engine {

AgentKeyLock::Holder AgentKeyLock::Holder::self(const MachineClock& machine)
{
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0)
        name[0] = '\0';
    return {name.data(), machine.bootId(), static_cast<std::int64_t>(::getpid())};
}

std::filesystem::path AgentKeyLock::fileOf(const std::filesystem::path& folder, const crypto::PublicKey& key)
{
    return folder / (crypto::sha256(key.toString()).hex().substr(0, 32) + ".lock");
}

Result<AgentKeyLock> AgentKeyLock::take(const std::filesystem::path& folder, const crypto::PublicKey& key,
                                        const Holder& holder, Timestamp now)
{
    constexpr std::size_t longest = 4096;
    CORDON_CHECK(platform::makeFolders(folder));
    const std::filesystem::path path = fileOf(folder, key);
    CORDON_TRY(platform::File file, platform::File::openForAppending(path));
    const auto locked = file.lock();
    const auto text = platform::readFile(path, longest);
    const auto left = text && !text->empty() ? json::parse(*text) : Result<Value>(Value());
    const std::string who = left && left->isObject()
                                ? "process " + std::to_string((*left)["pid"].asInt()) + " on " +
                                      escapedForDisplay((*left)["host"].asString()).substr(0, 80)
                                : std::string("another process");
    if (!locked)
        return fail(ErrorCode::Conflict, "the agent key is in use by " + who);
    if (!text || !left || (left->isObject() && (*left)["host"].asString() != holder.host))
        return fail(ErrorCode::Conflict, "the agent key was taken by " + who + " and never given back; if nothing runs "
                                         "there any more, remove " + path.string());
    // A record of this host whose lock is free is what a crash left behind.
    CORDON_CHECK(file.truncate(0));
    CORDON_CHECK(file.write(json::write(Value::Object{{"v", 1},
                                                      {"host", holder.host},
                                                      {"boot", holder.bootId},
                                                      {"pid", holder.pid},
                                                      {"since", now.toString()}})));
    CORDON_CHECK(file.sync());
    return AgentKeyLock(std::move(file));
}

AgentKeyLock::~AgentKeyLock()
{
    if (m_file.descriptor() >= 0)
        (void)m_file.truncate(0); // given back; a failure leaves what a crash would leave
}

} // namespace cordon::engine
