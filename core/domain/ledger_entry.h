#pragma once

#include "core/base/time.h"
#include "core/value/value.h"

#include <cstdint>
#include <string>

namespace cordon {

/// Who did something.
struct Actor
{
    enum class Kind { Agent, Person, Engine };
    Kind kind = Kind::Engine;
    std::string id; ///< nhi:…, user:…, cordon
};
[[nodiscard]] std::string_view toString(Actor::Kind kind); ///< "agent", "person", "engine"

/// What is to be written: everything but what the ledger itself adds (seq, boot, mono_ns).
struct LedgerDraft
{
    std::string type; ///< "decision", "action.intended", "outcome"… docs/formats/ledger.md lists them
    Actor actor;
    std::string session;  ///< "" when none
    std::string incident; ///< "" when none
    std::string mandate;  ///< hex digest, "" when none
    Value data = Value::Object{};
    Timestamp at;         ///< case clock; `ts` in the entry is the machine's wall clock, this goes into data.at
};

/// One chained record, as read back.
struct LedgerEntry
{
    std::int64_t seq = 0;
    Timestamp ts;
    std::string boot;
    std::int64_t monoNanos = 0;
    std::string type;
    Actor actor;
    std::string session;
    std::string incident;
    std::string mandate;
    Value data;
};

} // namespace cordon
