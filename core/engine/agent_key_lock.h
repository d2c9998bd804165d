#pragma once

#include "core/base/clock.h"
#include "core/crypto/signing_key.h"
#include "core/platform/file.h"

namespace cordon::engine {

/// One live process for each agent key of an installation: whoever holds this may use the key, nobody else.
/// Source: docs/formats/agent-key.md, "The lock"
class AgentKeyLock
{
public:
    /// Who asks. Told apart so that a lock left by a crash is known from one that lives on another machine.
    struct Holder
    {
        std::string host;
        std::string bootId;
        std::int64_t pid = 0;

        [[nodiscard]] static Holder self(const MachineClock& machine);
    };

    /// @param folder  $CORDON_HOME/agent; made when missing
    /// ErrorCode::Conflict, naming the holder, when another process has it, or when another host took it and never gave
    /// it back: nobody here can know whether that one lives.
    [[nodiscard]] static Result<AgentKeyLock> take(const std::filesystem::path& folder, const crypto::PublicKey& key,
                                                   const Holder& holder, Timestamp now);
    AgentKeyLock(AgentKeyLock&&) noexcept = default;
    AgentKeyLock& operator=(AgentKeyLock&&) noexcept = default;
    /// Gives it back.
    ~AgentKeyLock();

    [[nodiscard]] static std::filesystem::path fileOf(const std::filesystem::path& folder, const crypto::PublicKey& key);

private:
    explicit AgentKeyLock(platform::File file) : m_file(std::move(file)) {}
    platform::File m_file;
};

} // namespace cordon::engine
