#include "core/detect/correlation_section.h"
#include "core/value/yaml.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::detect;
using Kind = CorrelationRule::Kind;

class TestCorrelationSection : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryType_data();
    void readsEveryType();
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void boundsHoldAsWritten();
};

void TestCorrelationSection::readsEveryType_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("isSliding");
    const auto row = [](const char* name, const char* text, Kind kind, bool isSliding) {
        QTest::newRow(name) << QString(text) << static_cast<int>(kind) << isSliding;
    };
    row("event_count", "type: event_count\ncondition: {gte: 2}", Kind::EventCount, true);
    row("event_count with an upper bound", "type: event_count\ncondition: {gte: 2, lt: 9}", Kind::EventCount, false);
    row("value_count", "type: value_count\ncondition: {gt: 2, field: u}", Kind::ValueCount, true);
    row("value_count of pairs", "type: value_count\ncondition: {gt: 2, field: [u, v]}", Kind::ValueCount, true);
    row("temporal", "type: temporal", Kind::Temporal, true);
    row("temporal of two", "type: temporal\ncondition: {gte: 2}", Kind::Temporal, true);
    row("temporal_ordered", "type: temporal_ordered", Kind::TemporalOrdered, true);
    row("temporal_ordered of two", "type: temporal_ordered\ncondition: {gte: 2}", Kind::TemporalOrdered, true);
    row("value_sum", "type: value_sum\ncondition: {gt: 1000000, field: n}", Kind::ValueSum, true);
    row("value_avg", "type: value_avg\ncondition: {gt: 0.5, field: n}", Kind::ValueAverage, false);
    row("value_median", "type: value_median\ncondition: {gt: 5, field: n}", Kind::ValueMedian, false);
    row("value_percentile", "type: value_percentile\ncondition: {gt: 5, field: n, percentile: 95}",
        Kind::ValuePercentile, false);
    row("value_percentile as a share", "type: value_percentile\ncondition: {lte: 1, field: n}", Kind::ValueShare,
        false);
}

void TestCorrelationSection::readsEveryType()
{
    QFETCH(QString, text);
    QFETCH(int, kind);
    QFETCH(bool, isSliding);
    const auto section = yaml::parse(text.toStdString() + "\nrules: [a, b]\ngroup-by: g\ntimespan: 90m\n");
    QVERIFY(section.has_value());
    int line = 0;
    const auto rule = readCorrelationSection(*section, line);
    QVERIFY2(rule.has_value(), rule ? "" : rule.error().detail.c_str());
    QCOMPARE(static_cast<int>(rule->kind), kind);
    QCOMPARE(rule->isSliding(), isSliding);
    QCOMPARE(rule->groupBy, std::vector<std::string>{"g"});
    QVERIFY(rule->timespan == std::chrono::minutes(90));
}

void TestCorrelationSection::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& text, int line, const char* reason) {
        QTest::newRow(name) << QString::fromStdString(text) << line << QString(reason);
    };
    const std::string sound = "rules: [a, b]\ntimespan: 5m\n";
    row("unknown type", sound + "type: near\n", 0, "'near' is not known");
    row("no rules", "type: temporal\ntimespan: 5m\n", 0, "must name rules");
    row("a rule twice", "type: temporal\nrules: [a, a]\ntimespan: 5m\n", 2, "each rule once");
    row("group-by of maps", sound + "type: temporal\ngroup-by:\n    - u: true\n", 5, "group-by must be");
    row("misspelt attribute", sound + "type: temporal\ngroupby: [u]\n", 4, "unknown correlation attribute 'groupby'");
    row("no timespan", "type: temporal\nrules: [a]\n", 0, "timespan");
    row("timespan in weeks", "type: temporal\nrules: [a]\ntimespan: 2w\n", 3, "timespan");
    row("no condition", sound + "type: event_count\n", 0, "needs a condition");
    row("condition as text", sound + "type: temporal\ncondition: a and not b\n", 4, "must be a map");
    row("unknown comparison", sound + "type: event_count\ncondition: {ge: 3}\n", 4, "unknown correlation condition");
    row("fraction of a count", sound + "type: event_count\ncondition: {gte: 2.5}\n", 4, "a whole number");
    row("text as number", sound + "type: value_sum\ncondition: {gte: many, field: n}\n", 4, "needs a number");
    row("value_sum without field", sound + "type: value_sum\ncondition: {gte: 2}\n", 0, "needs a field");
    row("value_avg of two fields", sound + "type: value_avg\ncondition: {gte: 2, field: [a, b]}\n", 4, "one field");
    row("event_count with field", sound + "type: event_count\ncondition: {gte: 2, field: u}\n", 4, "takes no field");
    row("percentile beyond", sound + "type: value_percentile\ncondition: {gte: 2, field: n, percentile: 101}\n", 4,
        "0 to 100");
    row("percentile of a sum", sound + "type: value_sum\ncondition: {gte: 2, field: n, percentile: 5}\n", 4,
        "takes no percentile");
    row("more rules than named", sound + "type: temporal\ncondition: {gte: 3}\n", 4, "no number of the named rules");
    row("ordered upper bound", sound + "type: temporal_ordered\ncondition: {lt: 2}\n", 4, "whole sequence");
}

void TestCorrelationSection::saysWhatIsWrongAndWhere()
{
    QFETCH(QString, text);
    QFETCH(int, line);
    QFETCH(QString, reason);
    const auto section = yaml::parse(text.toStdString());
    QVERIFY(section.has_value());
    int blamed = 0;
    const auto rule = readCorrelationSection(*section, blamed);
    QVERIFY(!rule.has_value());
    QVERIFY2(QString::fromStdString(rule.error().detail).contains(reason), rule.error().detail.c_str());
    QCOMPARE(blamed, line);
}

void TestCorrelationSection::boundsHoldAsWritten()
{
    const auto section =
        yaml::parse("type: value_avg\nrules: [a]\ntimespan: 1h\ncondition: {field: n, gt: 1.5, lte: 3, neq: 2}\n");
    int line = 0;
    const auto rule = readCorrelationSection(*section, line);
    QVERIFY(rule.has_value());
    QVERIFY(!rule->holds(1.5) && rule->holds(1.6) && !rule->holds(2) && rule->holds(3) && !rule->holds(3.1));
}

QTEST_GUILESS_MAIN(TestCorrelationSection)
#include "tst_correlation_section.moc"
