#pragma once

#include "core/act/connector.h"
#include "core/crypto/secret_bytes.h"

#include <chrono>
#include <optional>

namespace cordon::act {

/// What a provider is given with a call besides the thing itself.
struct CallContext
{
    const crypto::SecretBytes& credential; ///< JSON as docs/formats/connectors.md says for its kind; wiped after the call
    std::string key;                       ///< idempotency key of a change: the permit's serial; "" for reads
    Timestamp now;                         ///< case clock when the call began; outside replay the wall clock
    std::chrono::milliseconds timeLimit;   ///< for the whole call
    const std::stop_token& stop;
};

/// A value that a system made up itself and gave back once.
struct MadeValue
{
    std::string id; ///< of the thing that it is for: a target of the action, or its parameter `secret`
    crypto::SecretBytes value;
};

/// How to speak with one kind of outside system, in the process that does nothing else. The calls and their errors are those of
/// `Connector`; permits were checked before a change gets here. Belongs to one thread.
class Provider
{
public:
    Provider() = default;
    Provider(const Provider&) = delete;
    Provider& operator=(const Provider&) = delete;
    virtual ~Provider() = default;

    [[nodiscard]] virtual std::vector<Capability> capabilities() const = 0;
    /// The least rights that these need, in the platform's own form, to be handed to its owner.
    [[nodiscard]] virtual Value privileges() const = 0;
    /// Whether the credential and the way to the system work, by calls that change nothing. What was seen, for people:
    /// {"identity", "tenant", …}. ErrorCode::Denied when the system belongs to another tenant than the settings say.
    [[nodiscard]] virtual Result<Value> check(const CallContext& context) = 0;
    [[nodiscard]] virtual Result<TargetFacts> inspect(const EntityRef& target, const CallContext& context) = 0;
    [[nodiscard]] virtual Result<Preview> preview(const Action& action, const CallContext& context) = 0;
    [[nodiscard]] virtual Result<ExecuteReply> execute(const Action& action, const CallContext& context) = 0;
    [[nodiscard]] virtual Result<Outcome> verify(const Action& action, const CallContext& context) = 0;
    [[nodiscard]] virtual Result<ExecuteReply> undo(const Action& action, const Value& undoRecord, bool overwritesDrift,
                                                    const CallContext& context) = 0;
    /// What the change that was just done made, for the vault and nobody else; nothing for most.
    [[nodiscard]] virtual std::optional<MadeValue> takeMade() { return std::nullopt; }
};

} // namespace cordon::act
