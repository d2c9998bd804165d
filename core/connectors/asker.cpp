#include "core/connectors/asker.h"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>

namespace cordon::connectors {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int mostAttempts = 6;
constexpr milliseconds firstPause = 200ms;
constexpr milliseconds longestPause = 5s;

/// Seconds of a Retry-After header; dates are not understood, the own pause is then taken.
std::optional<milliseconds> namedPause(const net::HttpReply& reply)
{
    const std::string& text = reply.header("retry-after");
    int seconds = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (problem != std::errc() || end != text.data() + text.size() || seconds < 0)
        return std::nullopt;
    return milliseconds(1000) * seconds;
}

bool surelyNotDone(ErrorCode code)
{
    return code == ErrorCode::Denied || code == ErrorCode::NotFound;
}

} // namespace

bool Asker::waitReally(milliseconds time, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any ending;
    std::unique_lock lock(mutex);
    return !ending.wait_for(lock, stop, time, [] { return false; }) && !stop.stop_requested();
}

Asker::Asker(net::HttpClient client, Pause pause)
    : m_client(std::move(client))
    , m_pause(pause ? std::move(pause) : Pause(waitReally))
{}

Result<net::HttpReply> Asker::ask(net::HttpRequest request, Repeat repeat, const act::CallContext& context,
                                  const IsThrottled& isThrottled)
{
    const auto until = steady_clock::now() + context.timeLimit;
    milliseconds pause = firstPause;
    // INVARIANT: what changes something each time is sent once, by the library below, too.
    request.onceOnly = repeat == Repeat::IfNotBegun;
    for (int attempt = 1;; ++attempt, pause = std::min(pause * 2, longestPause)) {
        const auto left = std::chrono::duration_cast<milliseconds>(until - steady_clock::now());
        if (left <= 0ms)
            return fail(ErrorCode::Denied, "no time was left to ask; nothing was sent");
        request.timeLimit = std::min(request.timeLimit, left);
        auto reply = m_client.send(request, context.stop);
        const bool isThrottle = reply && (reply->status == 429 || (isThrottled && isThrottled(*reply)));
        const bool isBroken = !reply || reply->status >= 500;
        if (!isThrottle && !isBroken)
            return reply;
        const bool isHarmless = isThrottle || repeat == Repeat::Freely || (!reply && surelyNotDone(reply.error().code));
        const int most = isThrottle ? mostAttempts : repeat == Repeat::Freely ? 3 : 2;
        const milliseconds wait = reply ? namedPause(*reply).value_or(pause) : pause;
        if (!isHarmless || attempt >= most || wait >= left)
            return reply;
        if (!reply && (reply.error().code == ErrorCode::Invalid || reply.error().code == ErrorCode::Untrusted ||
                       reply.error().code == ErrorCode::Cancelled))
            return reply;
        if (!m_pause(wait, context.stop))
            return fail(ErrorCode::Cancelled, "asked to stop between two attempts; nothing was done");
    }
}

} // namespace cordon::connectors
