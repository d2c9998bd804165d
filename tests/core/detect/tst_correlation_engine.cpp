#include "core/detect/correlation_engine.h"
#include "core/domain/value_event_view.h"

#include <QtTest>

#include <random>

using namespace cordon;
using namespace cordon::detect;
using namespace std::chrono_literals;

namespace {

const std::string baseRules = "title: a\nid: a\nlogsource: {}\ndetection: {s: {t: a}, condition: s}\n---\n"
                              "title: b\nid: b\nname: bee\nlogsource: {}\ndetection: {s: {t: b}, condition: s}\n---\n";

std::string correlation(const std::string& id, const std::string& body)
{
    return "title: " + id + "\nid: " + id + "\ncorrelation: {" + body + "}\n---\n";
}

/// A program with its correlations, fed with small events.
class Bench
{
public:
    explicit Bench(const std::string& rules, std::size_t budget = CorrelationSpool::usualBudget)
        : m_program(compile(rules, m_plan))
        , m_engine(m_program, m_plan, budget)
    {}

    /// @param seconds  of the event; events may come in any order
    void at(int seconds, const std::string& type, const std::string& user, Value value = "v")
    {
        const ValueEventView view(m_plan,
                                  Value().set("t", type).set("u", user).set("v", std::move(value)).set("w", user));
        m_program.match(view, m_scratch, m_matches);
        for (const RuleIndex index : m_matches)
            m_engine.onMatch(index, view, Timestamp::fromMicros(seconds * 1'000'000LL), EventRef{m_count});
        ++m_count;
    }

    /// "rule:events@first-last" of each match.
    std::string finish() { return text(m_engine.finish()); }
    std::string drain(int seconds) { return text(m_engine.drain(Timestamp::fromMicros(seconds * 1'000'000LL))); }
    RuleProgram& program() { return m_program; }
    const CorrelationSpool& spool() const { return m_engine.spool(); }

private:
    static RuleProgram compile(const std::string& rules, FieldPlan& plan)
    {
        RuleSet set;
        set.add(baseRules + rules, "f.yml", false);
        return RuleProgram::compile(std::move(set), plan);
    }

    std::string text(const std::vector<CorrelationMatch>& matches) const
    {
        std::string all;
        for (const CorrelationMatch& match : matches) {
            all += m_program.rule(match.rule).info.id + ':' + std::to_string(match.events.size()) + '@' +
                   std::to_string(match.first.micros() / 1'000'000) + '-' +
                   std::to_string(match.last.micros() / 1'000'000) + (match.isFinal ? " " : "... ");
        }
        return all;
    }

    FieldPlan m_plan;
    RuleProgram m_program;
    CorrelationEngine m_engine;
    MatchScratch m_scratch;
    std::vector<RuleIndex> m_matches;
    std::uint64_t m_count = 0;
};

} // namespace

class TestCorrelationEngine : public QObject
{
    Q_OBJECT

private slots:
    void countsEventsPerGroup();
    void oneBurstIsOneMatch();
    void takesEventsInAnyOrder();
    void countsDifferentValues();
    void eachElementOfAListCounts();
    void temporalNeedsEveryRule();
    void temporalOrderedNeedsTheOrder();
    void aUpperBoundIsJudgedOverTheWholeTimespan();
    void chainedCorrelationsCountMatches();
    void aliasesNameFieldsPerRule();
    void onlyTheCorrelationRaisesAlertsUnlessToldOtherwise();
    void rejectsUnknownRulesAndCircles();
    void anAliasMayGoByTheRulesIdOrName();
    void aChainedMatchCountsInTheGroupsOfItsEvents();
    void aChainOfThreeCarriesWhatTheLastAsksFor();
    void measuresNumbers_data();
    void measuresNumbers();
    void theEventMayGetItsNumberAfterItWasCollected();
    void anOrderedSequenceIsNotMadeOfOneEventTwice();
    void drainGivesOpenMatchesAndThenTheirEnd();
    void anEventWithoutItsGroupIsNotCounted();
    void littleMemoryChangesNothing_data();
    void littleMemoryChangesNothing();
    void whatWaitsInMemoryStaysWithinTheBudget();
    void worksOnWhereNothingCanBeWritten();
};

void TestCorrelationEngine::countsEventsPerGroup()
{
    Bench bench(correlation("c", "type: event_count, rules: [a], group-by: [u], timespan: 10s, condition: {gte: 3}"));
    for (int second : {0, 5, 10})
        bench.at(second, "a", "ana");
    for (int second : {0, 5, 11})
        bench.at(second, "a", "bo");
    bench.at(6, "b", "bo");
    QCOMPARE(bench.finish(), "c:3@0-10 ");
    QCOMPARE(bench.finish(), "");
}

void TestCorrelationEngine::oneBurstIsOneMatch()
{
    Bench bench(correlation("c", "type: event_count, rules: [a], timespan: 10s, condition: {gte: 3}"));
    for (int second = 0; second < 20; ++second)
        bench.at(second, "a", "ana");
    for (int second = 100; second < 103; ++second)
        bench.at(second, "a", "ana");
    QCOMPARE(bench.finish(), "c:20@0-19 c:3@100-102 ");
}

void TestCorrelationEngine::takesEventsInAnyOrder()
{
    Bench bench(correlation("c", "type: event_count, rules: [a], timespan: 10s, condition: {gte: 3}"));
    for (int second : {100, 9, 50, 0, 4})
        bench.at(second, "a", "ana");
    QCOMPARE(bench.finish(), "c:3@0-9 ");
}

void TestCorrelationEngine::countsDifferentValues()
{
    Bench bench(
        correlation("c", "type: value_count, rules: [a], group-by: [u], timespan: 10s, condition: {gt: 1, field: v}"));
    bench.at(0, "a", "ana", "x");
    bench.at(1, "a", "ana", "X");
    bench.at(2, "a", "bo", "x");
    bench.at(3, "a", "bo", "y");
    QCOMPARE(bench.finish(), "c:2@2-3 ");
}

void TestCorrelationEngine::eachElementOfAListCounts()
{
    RuleSet set;
    set.add(baseRules + correlation("c", "type: value_count, rules: [a], timespan: 10s, condition: {gte: 3, field: v}"),
            "f", false);
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    CorrelationEngine engine(program, plan);
    const ValueEventView view(plan, Value().set("t", "a").set("v", Value().append("x").append("y").append("z")));
    engine.onMatch(0, view, Timestamp(), EventRef{7});
    const auto matches = engine.finish();
    QCOMPARE(matches.size(), std::size_t(1));
    QCOMPARE(matches[0].events.size(), std::size_t(1));
    QCOMPARE(matches[0].count, std::int64_t(3));
}

void TestCorrelationEngine::temporalNeedsEveryRule()
{
    Bench bench(correlation("c", "type: temporal, rules: [a, bee], group-by: [u], timespan: 10s"));
    bench.at(5, "b", "ana");
    bench.at(9, "a", "ana");
    bench.at(0, "a", "bo");
    bench.at(11, "b", "bo");
    QCOMPARE(bench.finish(), "c:2@5-9 ");
}

void TestCorrelationEngine::temporalOrderedNeedsTheOrder()
{
    Bench bench(correlation("c", "type: temporal_ordered, rules: [a, b], group-by: [u], timespan: 10s"));
    bench.at(5, "b", "ana");
    bench.at(9, "a", "ana");
    bench.at(7, "b", "bo");
    bench.at(0, "a", "bo");
    bench.at(30, "a", "bo");
    bench.at(41, "b", "bo");
    QCOMPARE(bench.finish(), "c:2@0-7 ");
}

void TestCorrelationEngine::aUpperBoundIsJudgedOverTheWholeTimespan()
{
    Bench bench(
        correlation("c", "type: event_count, rules: [a], group-by: [u], timespan: 10s, condition: {gte: 2, lte: 3}"));
    for (int second : {0, 1, 2, 3})
        bench.at(second, "a", "ana");
    for (int second : {0, 1, 2})
        bench.at(second, "a", "bo");
    QCOMPARE(bench.finish(), "c:3@0-2 ");
}

void TestCorrelationEngine::chainedCorrelationsCountMatches()
{
    Bench bench(
        correlation("many", "type: event_count, rules: [a], group-by: [u], timespan: 10s, condition: {gte: 3}") +
        correlation("then", "type: temporal_ordered, rules: [many, bee], group-by: [u], timespan: 60s"));
    for (int second : {0, 1, 2})
        bench.at(second, "a", "ana");
    bench.at(20, "b", "ana");
    for (int second : {0, 1})
        bench.at(second, "a", "bo");
    bench.at(20, "b", "bo");
    QCOMPARE(bench.finish(), "then:4@2-20 ");
}

void TestCorrelationEngine::aliasesNameFieldsPerRule()
{
    Bench bench(correlation("c", "type: temporal, rules: [a, bee], group-by: [who], timespan: 10s, "
                                 "aliases: {who: {a: u, bee: v}}"));
    bench.at(0, "a", "ana");
    bench.at(1, "b", "someone", "ana");
    bench.at(2, "b", "bo", "bo");
    QCOMPARE(bench.finish(), "c:2@0-1 ");
}

void TestCorrelationEngine::onlyTheCorrelationRaisesAlertsUnlessToldOtherwise()
{
    Bench bench(correlation("c", "type: temporal, rules: [a], timespan: 1s") +
                correlation("d", "type: temporal, rules: [bee], timespan: 1s, generate: true"));
    QVERIFY(!bench.program().rule(0).raisesAlert);
    QVERIFY(bench.program().rule(1).raisesAlert);
}

void TestCorrelationEngine::rejectsUnknownRulesAndCircles()
{
    Bench bench(correlation("c", "type: temporal, rules: [a, nowhere], timespan: 1s") +
                correlation("on_c", "type: temporal, rules: [c], timespan: 1s") +
                correlation("d", "type: temporal, rules: [e], timespan: 1s") +
                correlation("e", "type: temporal, rules: [d], timespan: 1s") +
                correlation("f", "type: temporal, rules: [a, b], group-by: [x], aliases: {x: {a: u}}, timespan: 1s"));
    QCOMPARE(bench.program().rules().rules().size(), std::size_t(2));
    QCOMPARE(bench.program().rules().rejected().size(), std::size_t(5));
    QVERIFY(bench.program().rules().rejected()[0].reason.find("nowhere") != std::string::npos);
}

void TestCorrelationEngine::anAliasMayGoByTheRulesIdOrName()
{
    Bench bench(correlation("c", "type: temporal, rules: [a, b], group-by: [who], timespan: 10s, "
                                 "aliases: {who: {a: u, bee: v}}"));
    bench.at(0, "a", "ana");
    bench.at(1, "b", "someone", "ana");
    QCOMPARE(bench.finish(), "c:2@0-1 ");
}

/// The specification's own case: many failures per computer, then a success of one of their users.
void TestCorrelationEngine::aChainedMatchCountsInTheGroupsOfItsEvents()
{
    Bench bench(
        correlation("many", "type: event_count, rules: [a], group-by: [v], timespan: 10s, condition: {gte: 3}") +
        correlation("then", "type: temporal_ordered, rules: [many, bee], group-by: [u], timespan: 60s"));
    bench.at(0, "a", "ana", "host");
    bench.at(1, "a", "bo", "host");
    bench.at(2, "a", "ana", "host");
    bench.at(3, "a", "cy", "host"); // joins while the burst goes on
    bench.at(20, "b", "ana", "other");
    bench.at(21, "b", "bo", "other");
    bench.at(22, "b", "cy", "other");
    bench.at(23, "b", "dee", "other");
    QCOMPARE(bench.finish(), "then:4@2-20 then:4@2-21 then:5@3-22 ");
}

void TestCorrelationEngine::aChainOfThreeCarriesWhatTheLastAsksFor()
{
    Bench bench(correlation("one", "type: event_count, rules: [a], group-by: [v], timespan: 10s, condition: {gte: 2}") +
                correlation("two", "type: event_count, rules: [one], timespan: 60s, condition: {gte: 2}") +
                correlation("three", "type: temporal, rules: [two, bee], group-by: [u], timespan: 60s"));
    for (const char* host : {"x", "y"}) {
        bench.at(0, "a", "ana", host);
        bench.at(1, "a", "ana", host);
    }
    bench.at(9, "b", "bo");
    QCOMPARE(bench.finish(), "");
    for (const char* host : {"x", "y"}) {
        bench.at(0, "a", "ana", host);
        bench.at(1, "a", "ana", host);
    }
    bench.at(9, "b", "ana");
    QCOMPARE(bench.finish(), "three:5@1-9 ");
}

void TestCorrelationEngine::measuresNumbers_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* condition, const char* expected) {
        QTest::newRow(name) << QString(condition) << QString(expected);
    };
    // The values are 1, 2.5, "4", 10 and, left out, "many".
    row("sum reached", "type: value_sum, condition: {field: v, gte: 17.5}", "c:4@0-3 ");
    row("sum not reached", "type: value_sum, condition: {field: v, gt: 17.5}", "");
    row("sum reached early", "type: value_sum, condition: {field: v, gte: 3.5}", "c:4@0-3 ");
    row("average", "type: value_avg, condition: {field: v, eq: 4.375}", "c:4@0-3 ");
    row("median", "type: value_median, condition: {field: v, eq: 3.25}", "c:4@0-3 ");
    row("percentile", "type: value_percentile, condition: {field: v, eq: 4, percentile: 75}", "c:4@0-3 ");
    row("percentile 100", "type: value_percentile, condition: {field: v, eq: 10, percentile: 100}", "c:4@0-3 ");
    // Texts have shares too.
    row("share", "type: value_percentile, condition: {field: v, lte: 20}", "c:5@0-4 ");
    row("share not reached", "type: value_percentile, condition: {field: v, lt: 20}", "");
}

void TestCorrelationEngine::measuresNumbers()
{
    QFETCH(QString, condition);
    QFETCH(QString, expected);
    Bench bench(correlation("c", "rules: [a], group-by: [u], timespan: 10s, " + condition.toStdString()));
    bench.at(0, "a", "ana", 1);
    bench.at(1, "a", "ana", 2.5);
    bench.at(2, "a", "ana", "4");
    bench.at(3, "a", "ana", 10);
    bench.at(4, "a", "ana", "many");
    QCOMPARE(QString::fromStdString(bench.finish()), expected);
}

/// An event gets its number when it is stored, after it was matched.
void TestCorrelationEngine::theEventMayGetItsNumberAfterItWasCollected()
{
    RuleSet set;
    set.add(baseRules + correlation("c", "type: event_count, rules: [a], timespan: 10s, condition: {gte: 2}"), "f",
            false);
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    CorrelationEngine engine(program, plan);
    const ValueEventView view(plan, Value().set("t", "a"));
    for (std::uint64_t number : {5U, 6U}) {
        std::vector<CorrelationInput> inputs;
        engine.collect(0, view, Timestamp(), EventRef{}, inputs);
        inputs.at(0).event.value = number;
        engine.add(inputs[0]);
    }
    const auto matches = engine.finish();
    QCOMPARE(matches.size(), std::size_t(1));
    QCOMPARE(matches[0].events, (std::vector<EventRef>{{5}, {6}}));
}

void TestCorrelationEngine::anOrderedSequenceIsNotMadeOfOneEventTwice()
{
    const std::string both = "title: x\nid: x\nname: any_u\nlogsource: {}\n"
                             "detection: {s: {u: ana}, condition: s}\n---\n";
    Bench bench(both + correlation("c", "type: temporal_ordered, rules: [a, any_u], group-by: [u], timespan: 10s"));
    bench.at(0, "a", "ana"); // matches both rules
    QCOMPARE(bench.finish(), "");
    bench.at(0, "a", "ana");
    bench.at(1, "a", "ana"); // the second of the first, though it could also begin anew
    QCOMPARE(bench.finish(), "c:2@0-1 ");
}

void TestCorrelationEngine::drainGivesOpenMatchesAndThenTheirEnd()
{
    Bench bench(correlation("c", "type: event_count, rules: [a], timespan: 10s, condition: {gte: 2}"));
    bench.at(0, "a", "ana");
    bench.at(1, "a", "ana");
    bench.at(5, "a", "ana");
    QCOMPARE(bench.drain(2), "c:2@0-1... ");
    QCOMPARE(bench.drain(3), "");
    QCOMPARE(bench.drain(6), "c:3@0-5... ");
    QCOMPARE(bench.drain(60), "c:3@0-5 ");
    QCOMPARE(bench.finish(), "");
}

void TestCorrelationEngine::anEventWithoutItsGroupIsNotCounted()
{
    Bench bench(
        correlation("c", "type: event_count, rules: [a], group-by: [absent], timespan: 10s, condition: {gte: 1}"));
    bench.at(0, "a", "ana");
    QCOMPARE(bench.finish(), "");
}

void TestCorrelationEngine::littleMemoryChangesNothing_data()
{
    QTest::addColumn<int>("drainEvery");
    QTest::newRow("known at the end") << 0;
    QTest::newRow("drained on the way") << 50;
}

/// Events of a span that come in any order; told of at the end or, within ten seconds, as they come.
static std::string tellAll(Bench& bench, int drainEvery)
{
    std::mt19937 random(11);
    const auto pick = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
    std::string all;
    for (int at = 0; at < 3000; ++at) {
        const int second = drainEvery > 0 ? at / 10 + pick(10) : pick(300);
        bench.at(second, pick(3) == 0 ? "b" : "a", "user " + std::to_string(pick(12)), pick(5));
        if (drainEvery > 0 && at % drainEvery == 0)
            all += bench.drain(at / 10);
    }
    return all + bench.finish();
}

void TestCorrelationEngine::littleMemoryChangesNothing()
{
    QFETCH(int, drainEvery);
    const std::string rules =
        correlation("count", "type: event_count, rules: [a], group-by: [u], timespan: 5s, condition: {gte: 5}") +
        correlation("values", "type: value_count, rules: [a], group-by: [u], timespan: 9s, condition: {gte: 4, field: v}") +
        correlation("whole", "type: event_count, rules: [bee], group-by: [u], timespan: 20s, condition: {lt: 2}") +
        correlation("ordered", "type: temporal_ordered, rules: [a, bee], group-by: [u], timespan: 2s") +
        correlation("burst", "type: event_count, rules: [a], group-by: [v], timespan: 3s, condition: {gte: 3}") +
        correlation("then", "type: temporal_ordered, rules: [burst, bee], group-by: [u], timespan: 9s") +
        correlation("again", "type: value_count, rules: [then], group-by: [u], timespan: 60s, condition: {gte: 2, field: v}");
    Bench plenty(rules);
    Bench little(rules, 2000);
    Bench least(rules, 0);
    const std::string expected = tellAll(plenty, drainEvery);
    for (const char* rule : {"count:", "values:", "whole:", "ordered:", "again:"})
        QVERIFY2(expected.find(rule) != std::string::npos, rule);
    QCOMPARE(plenty.spool().written(), std::uint64_t(0));
    QCOMPARE(tellAll(little, drainEvery), expected);
    QVERIFY(little.spool().written() > 100'000);
    QCOMPARE(tellAll(least, drainEvery), expected);
}

void TestCorrelationEngine::whatWaitsInMemoryStaysWithinTheBudget()
{
    constexpr std::size_t budget = 10'000;
    constexpr std::size_t oneMore = 100; // an entry comes before another rule's make room for it
    const std::string rules = correlation("c", "type: event_count, rules: [a], group-by: [u], timespan: 5s, condition: {gte: 5}") +
                              correlation("d", "type: event_count, rules: [a], timespan: 1s, condition: {gte: 50}");
    for (const int events : {1000, 10'000}) {
        Bench bench(rules, budget);
        for (int at = 0; at < events; ++at)
            bench.at(at, "a", "user " + std::to_string(at));
        QVERIFY(bench.spool().mostHeld() > budget / 2);
        QVERIFY(bench.spool().mostHeld() <= budget + oneMore);
        QCOMPARE(bench.finish(), "");
        QVERIFY(bench.spool().mostHeld() <= budget + oneMore);
    }
}

void TestCorrelationEngine::worksOnWhereNothingCanBeWritten()
{
    qputenv("TMPDIR", "/nowhere/at/all");
    Bench bench(correlation("c", "type: event_count, rules: [a], timespan: 5s, condition: {gte: 3}"), 1000);
    for (int at = 0; at < 200; ++at)
        bench.at(at, "a", "ana");
    const std::string found = bench.finish();
    qunsetenv("TMPDIR");
    QCOMPARE(found, "c:200@0-199 ");
    QVERIFY(bench.spool().mostHeld() < 2000);
    QCOMPARE(bench.spool().written(), std::uint64_t(0));
}

QTEST_GUILESS_MAIN(TestCorrelationEngine)
#include "tst_correlation_engine.moc"
