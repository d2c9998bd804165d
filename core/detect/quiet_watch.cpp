#include "core/detect/quiet_watch.h"

#include <algorithm>
#include <cmath>

namespace cordon::detect {
namespace {

constexpr double second = 1e6;

int stepOf(Duration gap)
{
    const double seconds = static_cast<double>(gap.count()) / second;
    return seconds <= 1 ? 0 : static_cast<int>(std::ceil(std::log2(seconds) * 4));
}

/// The longest gap that falls into a step.
Duration longestOf(int step)
{
    return Duration(static_cast<std::int64_t>(std::exp2(step / 4.0) * second));
}

Value::Array numbersOf(const std::array<std::int64_t, 96>& counts)
{
    Value::Array numbers; // step and count, for those that occur
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0) {
            numbers.emplace_back(static_cast<std::int64_t>(i));
            numbers.emplace_back(counts[i]);
        }
    }
    return numbers;
}

} // namespace

void QuietWatch::Gaps::add(Duration gap)
{
    ++counts[static_cast<std::size_t>(std::min(stepOf(gap), steps - 1))];
    ++total;
    longest = std::max(longest, gap);
}

Duration QuietWatch::Gaps::high() const
{
    const auto wanted = static_cast<std::int64_t>(std::ceil(highShare * static_cast<double>(total)));
    std::int64_t seen = 0;
    for (int step = 0; step < steps; ++step) {
        seen += counts[static_cast<std::size_t>(step)];
        if (seen >= wanted)
            return std::min(longestOf(step), std::max(longest, longestOf(0)));
    }
    return longest;
}

std::optional<Duration> QuietWatch::allowedFor(const Source& source)
{
    if (source.events.total < fewestGaps)
        return std::nullopt;
    const Duration usual = std::max(source.events.high(), source.arrivals.total > 0 ? source.arrivals.high() : Duration());
    const Duration longest = std::max(source.events.longest, source.arrivals.longest);
    return std::max({Duration(shortest), usual * usualTimes,
                     Duration(static_cast<std::int64_t>(static_cast<double>(longest.count()) * longestTimes))});
}

std::optional<Silence> QuietWatch::heard(const std::string& source, Timestamp time, EventId event)
{
    auto place = m_sources.find(source);
    if (place == m_sources.end()) {
        if (m_sources.size() >= mostSources)
            return std::nullopt;
        place = m_sources.emplace(source, Source{}).first;
    }
    Source& known = place->second;
    m_heard.insert(source);
    m_changed.insert(source);
    std::optional<Silence> ended;
    if (known.last.isSet() && time <= known.lastEvent) {
        known.isTold = false;
        return ended;
    }
    if (known.last.isSet()) {
        const auto allowance = allowedFor(known);
        if (allowance && !known.isTold && time - known.lastEvent > *allowance)
            ended = Silence{source, known.lastEvent, known.lastEvent + *allowance, *allowance, known.last};
        known.events.add(time - known.lastEvent);
    }
    known.lastEvent = time;
    known.last = event;
    known.isTold = false;
    return ended;
}

void QuietWatch::arrived(Timestamp now)
{
    for (const std::string& name : m_heard) {
        Source& source = m_sources.at(name);
        if (source.lastArrival != Timestamp() && now > source.lastArrival)
            source.arrivals.add(now - source.lastArrival);
        source.lastArrival = now;
    }
    m_heard.clear();
}

std::vector<Silence> QuietWatch::check(Timestamp now)
{
    std::vector<Silence> silences;
    for (auto& [name, source] : m_sources) {
        const auto allowance = allowedFor(source);
        const Timestamp since = std::max(source.lastArrival, source.lastEvent);
        if (!allowance || source.isTold || now - since <= *allowance)
            continue;
        source.isTold = true;
        m_changed.insert(name);
        silences.push_back({name, since, since + *allowance, *allowance, source.last});
    }
    return silences;
}

std::optional<Duration> QuietWatch::allowed(const std::string& source) const
{
    const auto place = m_sources.find(source);
    return place == m_sources.end() ? std::nullopt : allowedFor(place->second);
}

std::set<std::string> QuietWatch::takeChanged()
{
    return std::exchange(m_changed, {});
}

Value QuietWatch::stateOf(const std::string& source) const
{
    const auto place = m_sources.find(source);
    if (place == m_sources.end())
        return Value::Object{};
    const Source& known = place->second;
    return Value::Object{{"event_gaps", numbersOf(known.events.counts)},
                         {"longest_event_gap", std::int64_t{known.events.longest.count()}},
                         {"arrival_gaps", numbersOf(known.arrivals.counts)},
                         {"longest_arrival_gap", std::int64_t{known.arrivals.longest.count()}},
                         {"last_event", known.lastEvent.micros()},
                         {"last_arrival", known.lastArrival.micros()},
                         {"event", known.last.value},
                         {"told", known.isTold}};
}

void QuietWatch::restore(const std::string& source, const Value& state)
{
    const auto gapsFrom = [](const Value& numbers, const Value& longest) {
        Gaps gaps;
        const Value::Array& pairs = numbers.asArray();
        for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
            const std::int64_t step = std::clamp<std::int64_t>(pairs[i].asInt(), 0, Gaps::steps - 1);
            gaps.counts[static_cast<std::size_t>(step)] += pairs[i + 1].asInt();
            gaps.total += pairs[i + 1].asInt();
        }
        gaps.longest = Duration(longest.asInt());
        return gaps;
    };
    Source& known = m_sources[source];
    known.events = gapsFrom(state["event_gaps"], state["longest_event_gap"]);
    known.arrivals = gapsFrom(state["arrival_gaps"], state["longest_arrival_gap"]);
    known.lastEvent = Timestamp::fromMicros(state["last_event"].asInt());
    known.lastArrival = Timestamp::fromMicros(state["last_arrival"].asInt());
    known.last = EventId{state["event"].asInt()};
    known.isTold = state["told"].asBool();
}

} // namespace cordon::detect
