#pragma once

#include "core/act/connector.h"

#include <chrono>

namespace cordon::act {

/// What a permit says, on its way to the process that uses it up.
struct PermitClaim
{
    std::string digest; ///< hex, of the action's canonical bytes
    std::string connector;
    std::string serial;
    Timestamp expires; ///< case clock
};

/// One question to a connector's process. A credential, where there is one, is the message after it, and nowhere else.
/// Source: docs/formats/connectors.md, "Messages"
struct ConnectorCall
{
    enum class Kind { Check, Inspect, Preview, Execute, Verify, Undo };

    Kind kind = Kind::Inspect;
    EntityRef target;               ///< of inspect
    std::string action;             ///< canonical bytes, of all but check and inspect
    std::optional<PermitClaim> permit; ///< of execute and undo
    Value undoRecord;               ///< of undo
    bool overwritesDrift = false;   ///< of undo
    Timestamp now;                  ///< case clock
    std::chrono::milliseconds timeLimit{20'000};
    bool hasCredential = false;

    [[nodiscard]] bool changes() const { return kind == Kind::Execute || kind == Kind::Undo; }
    [[nodiscard]] std::string toText() const;
    /// ErrorCode::Invalid for anything but exactly such a message.
    [[nodiscard]] static Result<ConnectorCall> parse(std::string_view text);
    /// The action, when its bytes are canonical. ErrorCode::Invalid otherwise.
    [[nodiscard]] Result<Action> parsedAction() const;
};

/// An answer: a value, or an error that arrives with its code.
[[nodiscard]] std::string replyText(const Result<Value>& reply);
/// What was answered, a value or an error. ErrorCode::Io when the text is no reply: nobody knows what happened.
[[nodiscard]] Result<Result<Value>> parseReply(std::string_view text);

// The values in replies. What is malformed is ErrorCode::Io, for the same reason.
[[nodiscard]] Value toValue(const TargetFacts& facts);
[[nodiscard]] Result<TargetFacts> factsFrom(const Value& value);
[[nodiscard]] Value toValue(const Preview& preview);
[[nodiscard]] Result<Preview> previewFrom(const Value& value);
[[nodiscard]] Value toValue(const ExecuteReply& reply);
[[nodiscard]] Result<ExecuteReply> executeReplyFrom(const Value& value);
[[nodiscard]] Value toValue(const Outcome& outcome);
[[nodiscard]] Result<Outcome> outcomeFrom(const Value& value);
[[nodiscard]] Value toValue(const std::vector<Capability>& capabilities);
[[nodiscard]] Result<std::vector<Capability>> capabilitiesFrom(const Value& value);

} // namespace cordon::act
