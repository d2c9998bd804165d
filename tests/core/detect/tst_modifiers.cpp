#include "core/detect/rule_program.h"
#include "core/domain/value_event_view.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::detect;

/// One field item against one record: the examples of the specification and the points at which engines disagree.
/// Source: Sigma specification 2.1; docs/formats/sigma.md
class TestModifiers : public QObject
{
    Q_OBJECT

private slots:
    void anItemMatchesOrNot_data();
    void anItemMatchesOrNot();
};

void TestModifiers::anItemMatchesOrNot_data()
{
    QTest::addColumn<QString>("item");
    QTest::addColumn<QString>("record");
    QTest::addColumn<bool>("isMatch");
    const auto row = [](const char* name, const char* item, const char* record, bool isMatch) {
        QTest::newRow(name) << QString::fromUtf8(item) << QString::fromUtf8(record) << isMatch;
    };
    row("texts ignore case", "f: ABC", "{\"f\":\"aBc\"}", true);
    row("beyond ASCII too", "f: STRA\u00c4E", "{\"f\":\"stra\u00e4e\"}", true);
    row("cased", "f|cased: ABC", "{\"f\":\"aBC\"}", false);
    row("a number equals its text", "f: 4625", "{\"f\":\"4625\"}", true);
    row("a text equals a number", "f: '4625'", "{\"f\":4625}", true);
    row("a boolean equals its text", "f: true", "{\"f\":\"True\"}", true);
    row("question mark takes one character", "f: 'prog?.exe'", "{\"f\":\"prog\u00e4.exe\"}", true);
    row("question mark takes no less", "f: 'prog?.exe'", "{\"f\":\"prog.exe\"}", false);
    row("asterisk takes any text", "f: 'a*c'", "{\"f\":\"abbbc\"}", true);
    row("escaped asterisk is plain", "f: 'a\\*c'", "{\"f\":\"abc\"}", false);
    row("escaped asterisk matches itself", "f: 'a\\*c'", "{\"f\":\"a*c\"}", true);
    row("escaped backslash before a wildcard", "f: 'a\\\\*'", "{\"f\":\"a\\\\xyz\"}", true);
    row("three backslashes and an asterisk", "f: 'a\\\\\\*'", "{\"f\":\"a\\\\*\"}", true);
    row("four backslashes are two", "f: '\\\\\\\\x'", "{\"f\":\"\\\\\\\\x\"}", true);
    row("single backslash is plain", "f: 'C:\\x'", "{\"f\":\"C:\\\\x\"}", true);
    row("contains with a final backslash", "f|contains: 'foo\\'", "{\"f\":\"a foo\\\\bar\"}", true);
    row("contains with a final backslash needs it", "f|contains: 'foo\\'", "{\"f\":\"a foo*\"}", false);
    row("contains asterisk needs a value", "f|contains: '*'", "{}", false);
    row("contains asterisk takes an empty text", "f|contains: '*'", "{\"f\":\"\"}", true);
    row("contains looks into an object's JSON", "f|contains: '\"k\":\"v'", "{\"f\":{\"k\":\"value\"}}", true);
    row("startswith", "f|startswith: ab", "{\"f\":\"ABc\"}", true);
    row("endswith", "f|endswith: bc", "{\"f\":\"bcd\"}", false);
    row("list: any value", "f: [x, y]", "{\"f\":\"y\"}", true);
    row("all: every value", "f|contains|all: [x, y]", "{\"f\":\"only y\"}", false);
    row("any element of a listed field", "f: y", "{\"f\":[\"x\",\"y\"]}", true);
    row("a path through a list of objects", "f.g: y", "{\"f\":[{\"g\":\"x\"},{\"g\":\"y\"}]}", true);
    row("absent satisfies null", "f: null", "{}", true);
    row("null satisfies null", "f: null", "{\"f\":null}", true);
    row("empty does not satisfy null", "f: null", "{\"f\":\"\"}", false);
    row("empty text", "f: ''", "{\"f\":\"\"}", true);
    row("absent is not empty", "f: ''", "{}", false);
    row("exists", "f|exists: true", "{\"f\":null}", true);
    row("exists not", "f|exists: false", "{\"f\":0}", false);
    row("neq", "f|neq: x", "{\"f\":\"y\"}", true);
    row("neq with a list means none of them", "f|neq: [x, y]", "{\"f\":\"y\"}", false);
    row("neq needs a value", "f|neq: x", "{}", false);
    row("fieldref", "f|fieldref: g", "{\"f\":\"Ana\",\"g\":\"ana\"}", true);
    row("fieldref with absent fields", "f|fieldref: g", "{}", false);
    row("fieldref neq", "f|fieldref|neq: g", "{\"f\":\"ana\",\"g\":\"bo\"}", true);
    row("fieldref neq needs both", "f|fieldref|neq: g", "{\"f\":\"ana\"}", false);
    row("fieldref startswith", "f|fieldref|startswith: g", "{\"f\":\"anastasia\",\"g\":\"ana\"}", true);
    row("cidr 4", "f|cidr: 10.0.0.0/8", "{\"f\":\"10.200.3.4\"}", true);
    row("cidr 4 outside", "f|cidr: 192.168.0.0/23", "{\"f\":\"192.168.2.1\"}", false);
    row("cidr is not a prefix of text", "f|cidr: 10.0.0.0/8", "{\"f\":\"10.evil.example\"}", false);
    row("cidr 6", "f|cidr: 2001:db8::/32", "{\"f\":\"2001:DB8:1::5\"}", true);
    row("cidr 4 in 6", "f|cidr: 10.0.0.0/8", "{\"f\":\"::ffff:10.1.2.3\"}", true);
    row("re is searched and cased", "f|re: 'b+c'", "{\"f\":\"abbcd\"}", true);
    row("re minds case", "f|re: 'B+c'", "{\"f\":\"abbcd\"}", false);
    row("re i", "f|re|i: 'B+C'", "{\"f\":\"abbcd\"}", true);
    row("re dot stops at a line end", "f|re: 'a.b'", "{\"f\":\"a\\nb\"}", false);
    row("re s", "f|re|s: 'a.b'", "{\"f\":\"a\\nb\"}", true);
    row("re m", "f|re|m: '^b$'", "{\"f\":\"a\\nb\"}", true);
    row("lt", "f|lt: 10", "{\"f\":9.5}", true);
    row("gte reads a number in a text", "f|gte: 10", "{\"f\":\"10\"}", true);
    row("gt leaves other text alone", "f|gt: 1", "{\"f\":\"10 apples\"}", false);
    row("base64", "f|base64|contains: 'foo'", "{\"f\":\"xxZm9vxx\"}", true);
    row("base64offset 1", "f|base64offset|contains: 'bar'", "{\"f\":\"Zm9vYmFy\"}", true);
    row("base64offset at offset two", "f|base64offset|contains: 'foobar'", "{\"f\":\"YWFmb29iYXI=\"}", true);
    row("wide base64offset", "f|wide|base64offset|contains: 'ping'", "{\"f\":\"cABpAG4AZwA=\"}", true);
    row("utf16 has a mark", "f|utf16|base64: 'cmd'", "{\"f\":\"//5jAG0AZAA=\"}", true);
    row("utf16be", "f|utf16be|base64: 'cmd'", "{\"f\":\"AGMAbQBk\"}", true);
    row("windash slash", "f|contains|windash: ' -foo'", "{\"f\":\"x /FOO\"}", true);
    row("windash em dash", "f|contains|windash: ' -foo'", "{\"f\":\"x \u2014foo\"}", true);
    row("hour", "f|hour: 3", "{\"f\":\"2026-03-01T03:59:59Z\"}", true);
    row("hour in order", "f|hour|gte: 22", "{\"f\":\"2026-03-01T21:59:59Z\"}", false);
    row("week of the new year's first days", "f|week: 53", "{\"f\":\"2027-01-01T00:00:00Z\"}", true);
    row("day", "f|day: 29", "{\"f\":\"2028-02-29T12:00:00Z\"}", true);
    row("asterisk in the middle", "f: 'antivirus_V*.exe'", "{\"f\":\"antivirus_V21.2.1.exe\"}", true);
    row("asterisk may take nothing", "f: 'antivirus_V*.exe'", "{\"f\":\"antivirus_V.exe\"}", true);
    row("a fraction equals its number", "f: 1.50", "{\"f\":\"1.5\"}", true);
    row("a quoted number keeps its zeros", "f: '007'", "{\"f\":7}", false);
    row("infinity is no number", "f|gt: 1", "{\"f\":\"inf\"}", false);
    row("all over the elements of a list", "f|contains|all: [x, y]", "{\"f\":[\"ax\",\"by\"]}", true);
    row("neq null means a value", "f|neq: null", "{\"f\":\"\"}", true);
    row("neq null without one", "f|neq: null", "{\"f\":null}", false);
    row("neq over a list: no element", "f|neq: x", "{\"f\":[\"x\",\"y\"]}", false);
    row("exists not, and null is there", "f|exists: false", "{\"f\":null}", false);
    row("empty list is absent", "f|exists: true", "{\"f\":[]}", false);
    row("base64 alone is the whole value", "f|base64: 'foo'", "{\"f\":\"xxZm9vxx\"}", false);
    row("base64 minds case", "f|base64|contains: 'foo'", "{\"f\":\"zm9v\"}", false);
    row("windash before base64", "f|windash|base64: '-a'", "{\"f\":\"L2E=\"}", true);
    row("windash takes a slash in the middle too", "f|windash: 'a-b'", "{\"f\":\"a/b\"}", true);
    row("cased contains", "f|contains|cased: 'B'", "{\"f\":\"abc\"}", false);
    row("cidr of one address", "f|cidr: 10.0.0.1", "{\"f\":\"10.0.0.1\"}", true);
    row("cidr 6 outside", "f|cidr: 2001:db8::/48", "{\"f\":\"2001:db8:1::5\"}", false);
    row("hour of another zone is in UTC", "f|hour: 1", "{\"f\":\"2026-03-01T23:30:00-02:00\"}", true);
    row("minute", "f|minute|lt: 30", "{\"f\":\"2026-03-01T23:29:59Z\"}", true);
    row("month", "f|month: 3", "{\"f\":\"2026-03-01T00:00:00Z\"}", true);
    row("year", "f|year|gte: 2026", "{\"f\":\"2026-01-01T00:00:00Z\"}", true);
    row("a time part of what is no time", "f|hour: 0", "{\"f\":\"yesterday\"}", false);
    row("nested fields", "f.g.h: x", "{\"f\":{\"g\":{\"h\":\"X\"}}}", true);
    row("a list of objects, each its own", "f.g|contains: x", "{\"f\":[{\"g\":[\"a\",\"bx\"]},{}]}", true);
    row("expand leaves an escaped percent", "f|expand: '100\\%'", "{\"f\":\"100%\"}", true);
}

void TestModifiers::anItemMatchesOrNot()
{
    QFETCH(QString, item);
    QFETCH(QString, record);
    QFETCH(bool, isMatch);
    RuleSet set;
    set.add("title: t\nlogsource: {}\ndetection:\n    s:\n        " + item.toStdString() + "\n    condition: s\n",
            "f.yml", false);
    QVERIFY2(set.rejected().empty(), set.rejected().empty() ? "" : set.rejected()[0].reason.c_str());
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    const auto value = json::parse(record.toStdString());
    QVERIFY(value.has_value());
    const ValueEventView view(plan, *value);
    MatchScratch scratch;
    std::vector<RuleIndex> matches;
    program.match(view, scratch, matches);
    QCOMPARE(!matches.empty(), isMatch);
}

QTEST_GUILESS_MAIN(TestModifiers)
#include "tst_modifiers.moc"
