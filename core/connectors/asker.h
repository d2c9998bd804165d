#pragma once

#include "core/act/provider.h"
#include "core/net/http_client.h"

#include <functional>

namespace cordon::connectors {

/// When a question may be put again.
enum class Repeat {
    Freely,      ///< it only reads, or doing it twice is doing it once
    IfNotBegun,  ///< it changes something each time it is done: only what surely was not done is asked again, once
};

/// Asks one server with patience: what it throttles is asked again after the time it names, or after pauses that double, and
/// what broke is asked again when that is harmless. All within the time of the call.
class Asker
{
public:
    /// Waits; false when `stop` was asked for. Tests hand in their own.
    using Pause = std::function<bool(std::chrono::milliseconds, const std::stop_token&)>;
    /// Whether a reply says "not now, nothing was done". 429 always does.
    using IsThrottled = std::function<bool(const net::HttpReply&)>;

    /// The pause of the clock on the wall.
    static bool waitReally(std::chrono::milliseconds time, const std::stop_token& stop);

    explicit Asker(net::HttpClient client, Pause pause = {});

    /// The first reply that is not to be asked again for. Errors as `HttpClient::send`; a throttled call whose time is over is
    /// the throttled reply itself.
    [[nodiscard]] Result<net::HttpReply> ask(net::HttpRequest request, Repeat repeat, const act::CallContext& context,
                                             const IsThrottled& isThrottled = {});
    /// Waits between two looks at what takes its time; false when the call is to stop.
    [[nodiscard]] bool wait(std::chrono::milliseconds time, const std::stop_token& stop) const { return m_pause(time, stop); }

private:
    net::HttpClient m_client;
    Pause m_pause;
};

} // namespace cordon::connectors
