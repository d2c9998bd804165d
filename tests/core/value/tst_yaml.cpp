#include "core/value/json.h"
#include "core/value/yaml.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QtTest>
#include <cmath>
#include <limits>

using namespace cordon;

class TestYaml : public QObject
{
    Q_OBJECT

private slots:
    void readsScalarsByTheCoreSchema_data();
    void readsScalarsByTheCoreSchema();
    void readsNumbersThatJsonCannotWrite();
    void readsStructure();
    void keepsTheLineOfEachValue();
    void readsSeveralDocuments();
    void wantsExactlyOneDocument();
    void refusesAlways_data();
    void refusesAlways();
    void refusesWhenStrict_data();
    void refusesWhenStrict();
    void acceptsWhenStrict_data();
    void acceptsWhenStrict();
    void acceptsNestingAndLengthUpToTheLimits();
    void readsEverySigmaRule();
};

namespace {

QByteArray asJson(const Result<Value>& value)
{
    return value ? QByteArray::fromStdString(json::write(*value))
                 : "error: " + QByteArray::fromStdString(value.error().detail);
}

Result<Value> parseStrictly(const QByteArray& text)
{
    return yaml::parse(text.toStdString(), {.isStrict = true});
}

} // namespace

void TestYaml::readsScalarsByTheCoreSchema_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* text, const char* json) { QTest::newRow(text) << QByteArray(json); };
    for (const char* null : {"", "~", "null", "Null", "NULL"})
        row(null, "null");
    row("nULL", "\"nULL\"");
    row("true", "true");
    row("True", "true");
    row("FALSE", "false");
    row("yes", "\"yes\"");
    row("off", "\"off\"");
    row("y", "\"y\"");
    row("0", "0");
    row("-12", "-12");
    row("+12", "12");
    row("007", "7");
    row("0x1F", "31");
    row("0o17", "15");
    row("0b11", "\"0b11\"");
    row("-0x1F", "\"-0x1F\"");
    row("0x-1", "\"0x-1\"");
    row("0xfffffffffffffffffff and more", "\"0xfffffffffffffffffff and more\"");
    row("1_000", "\"1_000\"");
    row("12:30", "\"12:30\"");
    row("1.5", "1.5");
    row("-1.", "-1.0");
    row(".5", "0.5");
    row("+.5e1", "5.0");
    row("1e3", "1000.0");
    row("1e", "\"1e\"");
    row(".", "\".\"");
    row("1.2.3", "\"1.2.3\"");
    row("10.0.0.1", "\"10.0.0.1\"");
    row("2026-11-22", "\"2026-11-22\"");
    row("'1'", "\"1\"");
    row("\"true\"", "\"true\"");
    row("''", "\"\"");
    row("90d", "\"90d\"");
}

void TestYaml::readsScalarsByTheCoreSchema()
{
    QFETCH(QByteArray, json);
    const QByteArray text = QTest::currentDataTag();
    QCOMPARE(asJson(yaml::parse("k: " + text.toStdString())), "{\"k\":" + json + "}");
}

void TestYaml::readsNumbersThatJsonCannotWrite()
{
    const auto read = yaml::parse("[.inf, -.INF, .nan, +.inf]");
    QVERIFY(read);
    const Value::Array& numbers = read->asArray();
    QVERIFY(numbers[0] == Value(std::numeric_limits<double>::infinity()));
    QVERIFY(numbers[1] == Value(-std::numeric_limits<double>::infinity()));
    QVERIFY(std::isnan(numbers[2].asDouble()));
    QVERIFY(numbers[3] == numbers[0]);
}

void TestYaml::readsStructure()
{
    const char* text =
        "a:\n  - 1\n  - {b: [x, \"y z\"], 'c': }\nd: |\n  two\n  lines\ne: >-\n  folded\n  text\n1: one\n";
    QCOMPARE(asJson(yaml::parse(text)),
             QByteArray("{\"1\":\"one\",\"a\":[1,{\"b\":[\"x\",\"y "
                        "z\"],\"c\":null}],\"d\":\"two\\nlines\\n\",\"e\":\"folded text\"}"));
}

void TestYaml::keepsTheLineOfEachValue()
{
    const auto read = yaml::parse("# comment\na: 1\n\nb:\n  - x\n  - y: z\n");
    QVERIFY(read);
    QCOMPARE(read->line(), 2);
    QCOMPARE((*read)["a"].line(), 2);
    QCOMPARE((*read)["b"].line(), 5);
    QCOMPARE((*read)["b"].asArray()[1]["y"].line(), 6);
}

void TestYaml::readsSeveralDocuments()
{
    const auto read = yaml::parseAll("a: 1\n---\n- 2\n---\n...\n");
    QVERIFY(read);
    QCOMPARE(read->size(), std::size_t{3});
    QCOMPARE((*read)[1].asArray()[0].asInt(), std::int64_t{2});
    QVERIFY((*read)[2].isNull());
    QVERIFY(yaml::parseAll("# nothing\n")->empty());
}

void TestYaml::wantsExactlyOneDocument()
{
    QVERIFY(yaml::parse("---\na: 1\n"));
    QVERIFY(!yaml::parse(""));
    QVERIFY(!yaml::parse("a: 1\n---\nb: 2\n"));
}

void TestYaml::refusesAlways_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("detail");
    const auto row = [](const char* name, const char* text, const char* detail) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(detail);
    };
    row("anchor on a scalar", "a: 1\nb: &x 2\n", "line 2: anchors");
    row("anchor on a map", "a: &x {b: 1}\n", "line 1: anchors");
    row("anchor on a list", "a: &x [1]\n", "line 1: anchors");
    row("anchor on a key", "&x a: 1\n", "line 1: anchors");
    row("alias", "a: 1\nb: *x\n", "line 2: aliases");
    row("core tag", "a: !!str 1\n", "line 1: tags");
    row("own tag", "a: !secret 1\n", "line 1: tags");
    row("plain tag", "a: ! 1\n", "line 1: tags");
    row("tag on a map", "a: !!map {b: 1}\n", "line 1: tags");
    row("tag on a list", "a: !!seq [1]\n", "line 1: tags");
    row("tag directive", "%TAG ! tag:example.org,2000:\n---\na: 1\n", "directives");
    row("merge key", "a: 1\n<<: {b: 2}\n", "line 2: merge keys");
    row("duplicate key", "a: 1\nb: 2\n\"a\": 3\n", "line 3: duplicate key 'a'");
    row("duplicate key in flow", "x: {a: 1, a: 1}\n", "line 1: duplicate key 'a'");
    row("map as a key", "{a: 1}: 2\n", "line 1: a key must be a text");
    row("list as a key", "? [a]\n: 2\n", "line 1: a key must be a text");
    row("integer past int64", "a: 9223372036854775808\n", "line 1: number out of range");
    row("hex past int64", "a: 0x8000000000000000\n", "line 1: number out of range");
    row("float past the largest", "a: 1e999\n", "line 1: number out of range");
    row("unclosed list", "a: [1, 2\nb: 3\n", "line 2: ");
    row("bad indent", "a:\n  b: 1\n c: 2\n", "line 3: ");
    row("invalid UTF-8", "a: 1\nb: \xFF\n", "line 2: ");
    row("control character", "a: 1\nb: \x01\n", "line 2: ");
}

void TestYaml::refusesAlways()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, detail);
    for (const bool isStrict : {false, true}) {
        const auto read = yaml::parse(text.toStdString(), {.isStrict = isStrict});
        QVERIFY(!read);
        QVERIFY(read.error().code == ErrorCode::Invalid);
        if (!isStrict)
            QVERIFY2(QByteArray::fromStdString(read.error().detail).contains(detail), read.error().detail.c_str());
    }
}

void TestYaml::refusesWhenStrict_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* scalar : {"",
                               "~",
                               "null",
                               "Null",
                               "NULL",
                               "y",
                               "Y",
                               "n",
                               "yes",
                               "Yes",
                               "NO",
                               "no",
                               "on",
                               "On",
                               "off",
                               "OFF",
                               "True",
                               "TRUE",
                               "False",
                               "=",
                               "<<",
                               "1.0",
                               "-1.5",
                               "1.",
                               ".5",
                               ".",
                               "1e3",
                               "1E+3",
                               "+1",
                               "007",
                               "-0",
                               "0x10",
                               "0X10",
                               "0o17",
                               "0b11",
                               "1_000",
                               "1_000.5",
                               "12:30",
                               "1:30:00.5",
                               ".inf",
                               "-.Inf",
                               ".NaN",
                               "2026-11-22",
                               "2026-1-2",
                               "2026-11-22T10:00:00Z",
                               "2026-11-22 10:00:00",
                               "9223372036854775808"})
        QTest::newRow(qPrintable(QString("value %1").arg(scalar))) << QByteArray("k: ") + scalar + "\n";
    for (const char* key : {"y", "no", "1", "true", "1.5", "2026-11-22", "~"})
        QTest::newRow(qPrintable(QString("key %1").arg(key))) << QByteArray(key) + ": x\n";
    QTest::newRow("list item") << QByteArray("- on\n");
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBFk: x\n");
    QTest::newRow("tab in an indent") << QByteArray("k:\n \t- x\n");
    QTest::newRow("tab before a comment") << QByteArray("k: x\n\t# c\n");
    QTest::newRow("lone carriage return") << QByteArray("k: x # c\ry: z\n");
    QTest::newRow("next line") << QByteArray("k: x # c\xC2\x85z: w\n");
    QTest::newRow("line separator") << QByteArray("k: x # c\xE2\x80\xA8z: w\n");
    QTest::newRow("paragraph separator") << QByteArray("k: x # c\xE2\x80\xA9z: w\n");
    QTest::newRow("version directive") << QByteArray("%YAML 1.1\n---\nk: x\n");
    QTest::newRow("second document") << QByteArray("k: x\n---\nk: y\n");
}

void TestYaml::refusesWhenStrict()
{
    QFETCH(QByteArray, text);
    const auto read = parseStrictly(text);
    QVERIFY2(!read, asJson(read));
    QVERIFY(read.error().code == ErrorCode::Invalid);
}

void TestYaml::acceptsWhenStrict_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* text, const char* json) { QTest::newRow(text) << QByteArray(json); };
    row("true", "true");
    row("false", "false");
    row("0", "0");
    row("-7", "-7");
    row("9223372036854775807", "9223372036854775807");
    for (const char* text : {"4h", "30m", "90d", "T3", "nobody", "10.0.0.1", "10.0.0.0/8", "2001:db8::1", "v1.0",
                             "cordon/v1", "self", "0xZZ", "2026-11-22-b", "none", "12a", "1.2.3"})
        row(text, ("\"" + QByteArray(text) + "\"").constData());
    row("\"no\"", "\"no\"");
    row("'1.0'", "\"1.0\"");
    row("\"2026-11-22\"", "\"2026-11-22\"");
    row("\"~\"", "\"~\"");
    row("\"\"", "\"\"");
    row("{\"no\": x}", "{\"no\":\"x\"}");
}

void TestYaml::acceptsWhenStrict()
{
    QFETCH(QByteArray, json);
    const QByteArray text = QTest::currentDataTag();
    QCOMPARE(asJson(parseStrictly("k: " + text + "\n")), "{\"k\":" + json + "}");
    QCOMPARE(asJson(parseStrictly("k: " + text + "\r\n")), "{\"k\":" + json + "}");
}

void TestYaml::acceptsNestingAndLengthUpToTheLimits()
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QVERIFY(yaml::parse(nested(64)));
    QVERIFY(!yaml::parse(nested(65)));
    QVERIFY(!yaml::parse(nested(100000)));
    QVERIFY(!yaml::parse("a:\n  b:\n    c: 1\n", {.depth = 2}));
    QVERIFY(yaml::parse("a: 1", {.bytes = 4}));
    QVERIFY(!yaml::parse("a: 12", {.bytes = 4}));
}

void TestYaml::readsEverySigmaRule()
{
    const QString root = QStringLiteral(CORDON_SHARED_DATA "/sigma");
    if (!QDir(root).exists())
        QSKIP("the shared Sigma rules are not on this machine");
    std::vector<std::pair<QString, std::string>> files;
    for (QDirIterator each(root, {"*.yml"}, QDir::Files, QDirIterator::Subdirectories); each.hasNext();) {
        QFile file(each.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        files.emplace_back(file.fileName(), file.readAll().toStdString());
    }
    QElapsedTimer timer;
    timer.start();
    for (const auto& [name, text] : files) {
        const auto documents = yaml::parseAll(text);
        QVERIFY2(documents,
                 qPrintable(name + ": " + QString::fromStdString(documents ? "" : documents.error().detail)));
        QVERIFY2(!documents->empty() && documents->front()["title"].isString(), qPrintable(name));
    }
    qInfo("%zu Sigma files read in %lld ms", files.size(), static_cast<long long>(timer.elapsed()));
    QVERIFY(files.size() > 3000);
}

QTEST_GUILESS_MAIN(TestYaml)
#include "tst_yaml.moc"
