#include "core/detect/correlation_window.h"
#include "core/detect/keyed_hash.h"

#include <QtTest>
#include <bit>
#include <random>
#include <tuple>

using namespace cordon;
using namespace cordon::detect;
using Kind = CorrelationRule::Kind;
using Order = CorrelationRule::Order;

namespace {

constexpr std::int64_t second = 1'000'000;

/// An event as the plain way to judge sees it.
struct Seen
{
    std::int64_t time = 0; ///< seconds
    std::uint32_t position = 0;
    std::uint64_t event = 0;
    int number = 0; ///< the value, also for value_count
};

using Found = std::vector<std::string>; ///< one text per match, "first-last:events"

std::string told(const std::vector<Seen>& events)
{
    std::vector<std::uint64_t> different;
    for (const Seen& seen : events)
        different.push_back(seen.event);
    std::sort(different.begin(), different.end());
    different.erase(std::unique(different.begin(), different.end()), different.end());
    std::string text = std::to_string(events.front().time) + '-' + std::to_string(events.back().time) + ':';
    for (const std::uint64_t event : different)
        text += std::to_string(event) + ' ';
    return text;
}

double measure(const CorrelationRule& rule, const std::vector<Seen>& events)
{
    std::set<std::uint64_t> different;
    std::vector<double> numbers;
    double sum = 0;
    for (const Seen& seen : events) {
        different.insert(rule.kind == Kind::EventCount   ? seen.event
                         : rule.kind == Kind::ValueCount ? static_cast<std::uint64_t>(seen.number)
                                                         : seen.position);
        numbers.push_back(seen.number);
        sum += seen.number;
    }
    std::sort(numbers.begin(), numbers.end());
    const std::size_t count = numbers.size();
    switch (rule.kind) {
    case Kind::ValueSum:
        return sum;
    case Kind::ValueAverage:
        return sum / static_cast<double>(count);
    case Kind::ValueMedian:
        return (numbers[(count - 1) / 2] + numbers[count / 2]) / 2;
    case Kind::ValuePercentile: {
        for (const double number : numbers) {
            const auto below = std::count_if(numbers.begin(), numbers.end(), [&](double n) { return n <= number; });
            if (static_cast<double>(below) * 100 >= rule.percentile * static_cast<double>(count))
                return number;
        }
        return numbers.back();
    }
    default:
        return static_cast<double>(different.size());
    }
}

/// Every stretch of the timespan that ends at an event, measured anew.
Found slidingPlainly(const CorrelationRule& rule, const std::vector<Seen>& events)
{
    const std::int64_t span = rule.timespan.count() / second;
    Found found;
    std::vector<Seen> burst;
    const auto end = [&] {
        if (!burst.empty())
            found.push_back(told(burst));
        burst.clear();
    };
    for (std::size_t at = 0; at < events.size(); ++at) {
        std::vector<Seen> window;
        for (std::size_t before = 0; before <= at; ++before) {
            if (events[before].time >= events[at].time - span)
                window.push_back(events[before]);
        }
        if (!burst.empty() && events[at].time > burst.back().time + span)
            end();
        if (!rule.holds(measure(rule, window))) {
            end();
        } else if (burst.empty()) {
            burst = window;
        } else {
            burst.push_back(events[at]);
        }
    }
    end();
    return found;
}

Found wholePlainly(const CorrelationRule& rule, const std::vector<Seen>& events)
{
    const std::int64_t span = rule.timespan.count() / second;
    Found found;
    for (std::size_t at = 0; at < events.size();) {
        std::vector<Seen> window;
        const std::int64_t last = events[at].time + span;
        for (; at < events.size() && events[at].time <= last; ++at)
            window.push_back(events[at]);
        if (rule.kind == Kind::ValueShare) {
            std::vector<Seen> kept;
            for (const Seen& seen : window) {
                const auto same = std::count_if(window.begin(), window.end(),
                                                [&](const Seen& other) { return other.number == seen.number; });
                if (rule.holds(100.0 * static_cast<double>(same) / static_cast<double>(window.size())))
                    kept.push_back(seen);
            }
            if (!kept.empty())
                found.push_back(told(kept));
        } else if (rule.holds(measure(rule, window))) {
            found.push_back(told(window));
        }
    }
    return found;
}

/// Whether `events[at]` ends a sequence of `left` more events before it, tried in every way.
bool endsSequence(const CorrelationRule& rule, const std::vector<Seen>& events, std::size_t at,
                  std::vector<std::size_t>& chain, std::size_t needed)
{
    chain.push_back(at);
    if (chain.size() == needed)
        return true;
    const Seen& next = events[at];
    const Seen& last = events[chain.front()];
    for (std::size_t before = 0; before < at; ++before) {
        const Seen& seen = events[before];
        const bool isUsed = std::any_of(chain.begin(), chain.end(),
                                        [&](std::size_t index) { return events[index].event == seen.event; });
        if (isUsed || seen.position >= next.position || last.time - seen.time > rule.timespan.count() / second)
            continue;
        if (endsSequence(rule, events, before, chain, needed))
            return true;
    }
    chain.pop_back();
    return false;
}

/// How many sequences end: which events are cited is a choice, so that only their number and end are compared.
Found orderedPlainly(const CorrelationRule& rule, std::vector<Seen> events)
{
    std::size_t needed = 1;
    while (!rule.holds(static_cast<double>(needed)))
        ++needed;
    Found found;
    std::size_t from = 0;
    for (std::size_t at = 0; at < events.size(); ++at) {
        const std::vector<Seen> since(events.begin() + static_cast<std::ptrdiff_t>(from),
                                      events.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        std::vector<std::size_t> chain;
        if (endsSequence(rule, since, since.size() - 1, chain, needed)) {
            found.push_back(std::to_string(events[at].time));
            from = at + 1;
        }
    }
    return found;
}

CorrelationRule ruleOf(Kind kind, Order order, double number)
{
    CorrelationRule rule;
    rule.kind = kind;
    rule.ruleNames = {"a", "b", "c"};
    rule.groupBy = {"g"};
    rule.timespan = std::chrono::seconds(10);
    rule.bounds = {{order, number}};
    rule.valueFields = {"v"};
    return rule;
}

CorrelationInput inputOf(const Seen& seen, const CorrelationRule& rule, const std::string& group)
{
    CorrelationInput input;
    input.position = seen.position;
    input.time = Timestamp::fromMicros(seen.time * second);
    input.event = {seen.event};
    input.group = keyedHash(group);
    input.value = rule.measuresNumbers() ? std::bit_cast<std::uint64_t>(static_cast<double>(seen.number))
                                         : static_cast<std::uint64_t>(seen.number);
    return input;
}

std::string told(const CorrelationMatch& match, bool isOrdered)
{
    const std::string last = std::to_string(match.last.micros() / second);
    if (isOrdered)
        return last;
    std::string text = std::to_string(match.first.micros() / second) + '-' + last + ':';
    std::vector<EventRef> events = match.events;
    std::sort(events.begin(), events.end());
    for (const EventRef event : events)
        text += std::to_string(event.value) + ' ';
    return text;
}

} // namespace

/// The window against measuring every stretch anew, on random events.
class TestCorrelationWindow : public QObject
{
    Q_OBJECT

private slots:
    void findsWhatMeasuringAnewFinds_data();
    void findsWhatMeasuringAnewFinds();
    void forgetsGroupsWhoseTimespanHasPassed();
    void leavesOutWhatComesTooLate();
    void forgetsGroupsAlsoWhileItWorks();
    void aGapLongerThanTheTimespanEndsABurst();
};

void TestCorrelationWindow::findsWhatMeasuringAnewFinds_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("order");
    QTest::addColumn<double>("number");
    const auto row = [](const char* name, Kind kind, Order order, double number) {
        QTest::newRow(name) << static_cast<int>(kind) << static_cast<int>(order) << number;
    };
    row("event_count gte", Kind::EventCount, Order::GreaterOrEqual, 4);
    row("event_count gt", Kind::EventCount, Order::Greater, 0);
    row("event_count eq", Kind::EventCount, Order::Equal, 3);
    row("event_count lt", Kind::EventCount, Order::Less, 3);
    row("value_count gte", Kind::ValueCount, Order::GreaterOrEqual, 3);
    row("value_count neq", Kind::ValueCount, Order::NotEqual, 2);
    row("temporal", Kind::Temporal, Order::GreaterOrEqual, 3);
    row("temporal of two", Kind::Temporal, Order::GreaterOrEqual, 2);
    row("temporal eq", Kind::Temporal, Order::Equal, 2);
    row("temporal_ordered", Kind::TemporalOrdered, Order::GreaterOrEqual, 3);
    row("temporal_ordered of two", Kind::TemporalOrdered, Order::GreaterOrEqual, 2);
    row("value_sum gt", Kind::ValueSum, Order::Greater, 9);
    row("value_sum lte", Kind::ValueSum, Order::LessOrEqual, 5);
    row("value_avg gt", Kind::ValueAverage, Order::Greater, 2);
    row("value_median gte", Kind::ValueMedian, Order::GreaterOrEqual, 3);
    row("value_percentile lt", Kind::ValuePercentile, Order::Less, 4);
    row("share of values", Kind::ValueShare, Order::LessOrEqual, 30);
}

void TestCorrelationWindow::findsWhatMeasuringAnewFinds()
{
    QFETCH(int, kind);
    QFETCH(int, order);
    QFETCH(double, number);
    CorrelationRule rule = ruleOf(static_cast<Kind>(kind), static_cast<Order>(order), number);
    rule.percentile = 75;
    const bool isOrdered = rule.kind == Kind::TemporalOrdered;
    std::mt19937 random(20261122);
    const auto pick = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
    std::size_t matchCount = 0;
    for (int round = 0; round < 400; ++round) {
        std::map<std::string, std::vector<Seen>> groups;
        std::vector<std::pair<std::string, Seen>> all;
        const int span = 20 + pick(60);
        for (std::uint64_t event = 0; event < 30; ++event) {
            const std::string group = pick(3) == 0 ? "x" : "y";
            Seen seen{pick(span), static_cast<std::uint32_t>(pick(3)), event, pick(6) - (pick(8) == 0 ? 3 : 0)};
            for (int more = pick(4) == 0 ? 2 : 1; more > 0; --more) { // an event may match two of the rules
                groups[group].push_back(seen);
                all.emplace_back(group, seen);
                seen.position = (seen.position + 1) % 3;
            }
        }
        CorrelationSpool spool;
        CorrelationWindow window(0, rule, nullptr, spool);
        for (const auto& [group, seen] : all) {
            window.add(inputOf(seen, rule, group));
            if (round % 3 == 0 && pick(4) == 0) // memory is short: some wait in the file
                window.relieve();
        }
        std::map<std::pair<RuleIndex, std::uint64_t>, CorrelationMatch> newest;
        // Drained on the way or not: the end is the same.
        for (int upTo = 7; round % 2 == 0 && upTo < 100; upTo += 9) {
            window.process(Timestamp::fromMicros(upTo * second), false);
            for (CorrelationMatch& match : window.take())
                newest[{match.rule, match.episode}] = std::move(match);
        }
        window.process({}, true);
        for (CorrelationMatch& match : window.take())
            newest[{match.rule, match.episode}] = std::move(match);
        Found found;
        for (const auto& [key, match] : newest) {
            QVERIFY(match.isFinal);
            found.push_back(told(match, isOrdered));
        }
        Found expected;
        for (auto& [group, events] : groups) {
            std::sort(events.begin(), events.end(), [&](const Seen& a, const Seen& b) {
                return std::tie(a.time, a.position, a.event) < std::tie(b.time, b.position, b.event);
            });
            const Found some = isOrdered          ? orderedPlainly(rule, events)
                               : rule.isSliding() ? slidingPlainly(rule, events)
                                                  : wholePlainly(rule, events);
            expected.insert(expected.end(), some.begin(), some.end());
        }
        std::sort(found.begin(), found.end());
        std::sort(expected.begin(), expected.end());
        QCOMPARE(found, expected);
        QCOMPARE(window.groupCount(), std::size_t(0));
        matchCount += found.size();
    }
    QVERIFY(matchCount > 100); // otherwise the comparison would say little
}

void TestCorrelationWindow::forgetsGroupsWhoseTimespanHasPassed()
{
    const CorrelationRule rule = ruleOf(Kind::ValueCount, Order::GreaterOrEqual, 3);
    CorrelationSpool spool;
    CorrelationWindow window(0, rule, nullptr, spool);
    for (int at = 0; at < 1000; ++at)
        window.add(inputOf({at, 0, static_cast<std::uint64_t>(at), at}, rule, "group " + std::to_string(at)));
    QCOMPARE(window.groupCount(), std::size_t(0)); // what waits is of no group yet
    window.process(Timestamp::fromMicros(500 * second), false);
    QCOMPARE(window.groupCount(), std::size_t(11)); // those of the seconds 490 to 500
    window.process({}, true);
    QCOMPARE(window.groupCount(), std::size_t(0));
}

void TestCorrelationWindow::forgetsGroupsAlsoWhileItWorks()
{
    const CorrelationRule rule = ruleOf(Kind::ValueCount, Order::GreaterOrEqual, 3);
    CorrelationSpool spool;
    CorrelationWindow window(0, rule, nullptr, spool);
    for (int at = 0; at < 100'000; ++at)
        window.add(inputOf({at, 0, static_cast<std::uint64_t>(at), at}, rule, "group " + std::to_string(at)));
    std::size_t most = 0;
    while (window.processSome({}, true))
        most = std::max(most, window.groupCount());
    QVERIFY(most > 0 && most < 100);
}

void TestCorrelationWindow::leavesOutWhatComesTooLate()
{
    for (const Order order : {Order::GreaterOrEqual, Order::Equal}) {
        const CorrelationRule rule = ruleOf(Kind::EventCount, order, 3);
        CorrelationSpool spool;
        CorrelationWindow window(0, rule, nullptr, spool);
        window.add(inputOf({100, 0, 1, 0}, rule, "x"));
        window.add(inputOf({101, 0, 2, 0}, rule, "x"));
        window.process(Timestamp::fromMicros(101 * second), false);
        window.add(inputOf({50, 0, 3, 0}, rule, "x"));
        QCOMPARE(window.lateCount(), std::size_t(0));
        window.process(Timestamp::fromMicros(102 * second), false);
        QCOMPARE(window.lateCount(), std::size_t(1));
        window.add(inputOf({95, 0, 4, 0}, rule, "x")); // late, and still within the timespan
        window.process({}, true);
        const auto matches = window.take();
        QCOMPARE(matches.size(), std::size_t(1));
        QCOMPARE(told(matches[0], false), "95-101:1 2 4 ");
    }
}

void TestCorrelationWindow::aGapLongerThanTheTimespanEndsABurst()
{
    const CorrelationRule rule = ruleOf(Kind::EventCount, Order::GreaterOrEqual, 1);
    CorrelationSpool spool;
    CorrelationWindow window(0, rule, nullptr, spool);
    for (const int time : {0, 5, 100})
        window.add(inputOf({time, 0, static_cast<std::uint64_t>(time), 0}, rule, "x"));
    window.process({}, true);
    QCOMPARE(window.take().size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(TestCorrelationWindow)
#include "tst_correlation_window.moc"
