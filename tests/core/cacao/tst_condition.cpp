#include "core/cacao/condition.h"

#include <QTest>
#include <map>

using namespace cordon;
using cacao::Condition;
using cacao::Known;
using cacao::Truth;

namespace {

const std::map<std::string, Known, std::less<>> facts{
    {"__state__", {"quiet", "string"}},        {"__minutes__", {"15", "integer"}},
    {"__ratio__", {"0.5", "float"}},           {"__is_rotated__", {"true", "bool"}},
    {"__address__", {"10.1.2.3", "ipv4-addr"}}, {"__seen__", {"2026-11-23T10:00:00Z", "string"}},
    {"__words__", {"many", "integer"}},        {"__quote__", {"it's", "string"}},
};

std::optional<Known> known(std::string_view name)
{
    const auto found = facts.find(name);
    return found == facts.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

class TestCondition : public QObject
{
    Q_OBJECT

private slots:
    void aConditionIsTrueFalseOrUnknown_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("truth");
        const auto row = [](const char* text, const char* truth) { QTest::newRow(text) << text << truth; };
        row("__state__:value = 'quiet'", "true");
        row("__state__:value == 'quiet'", "true");
        row("$__state__:value = 'quiet'", "true");
        row("[__state__:value = 'quiet']", "true");
        row("__state__:value != 'quiet'", "false");
        row("__quote__:value = 'it\\'s'", "true");
        row("__minutes__:value >= 15", "true");
        row("__minutes__:value > 15", "false");
        row("__minutes__:value > 9", "true"); // as numbers, not as texts
        row("9 < __minutes__:value", "true");
        row("__ratio__:value < 0.6", "true");
        row("__minutes__:value > -1", "true");
        row("__is_rotated__:value = true", "true");
        row("__is_rotated__:value = FALSE", "false");
        row("__is_rotated__:value > false", "unknown");
        row("__seen__:value > t'2026-11-23T09:59:59.999Z'", "true");
        row("__state__:value > t'2026-11-23T09:59:59.999Z'", "unknown");
        row("__words__:value > 3", "unknown");
        row("__nobody__:value = 'x'", "unknown");
        row("EXISTS __state__:value", "true");
        row("EXISTS __nobody__:value", "false");
        row("__state__:value IN ('loud', 'quiet')", "true");
        row("__state__:value NOT IN ('loud')", "true");
        row("__state__:value IN ('loud', __nobody__:value)", "unknown");
        row("__state__:value LIKE 'q%t'", "true");
        row("__state__:value LIKE 'q_t'", "false");
        row("__state__:value NOT LIKE '%z%'", "true");
        row("__address__:value ISSUBSET '10.0.0.0/8'", "true");
        row("__address__:value ISSUBSET '10.1.2.4/31'", "false");
        row("'10.1.2.0/24' ISSUPERSET __address__:value", "true");
        row("__address__:value ISSUBSET '2001:db8::/32'", "false");
        row("__state__:value ISSUBSET '10.0.0.0/8'", "unknown");
        row("__nobody__:value = 'x' AND __state__:value = 'loud'", "false");
        row("__nobody__:value = 'x' AND __state__:value = 'quiet'", "unknown");
        row("__nobody__:value = 'x' OR __state__:value = 'quiet'", "true");
        row("NOT __nobody__:value = 'x'", "unknown");
        row("NOT (__state__:value = 'loud' OR __minutes__:value < 3)", "true");
        row("__state__:value = 'loud' AND __minutes__:value > 1 OR __is_rotated__:value = true", "true"); // AND binds first
    }
    void aConditionIsTrueFalseOrUnknown()
    {
        QFETCH(QString, text);
        QFETCH(QString, truth);
        const auto condition = Condition::parse(text.toStdString());
        QVERIFY2(condition, condition ? "" : condition.error().detail.c_str());
        QCOMPARE(std::string(cacao::toString(condition->evaluate(known))), truth.toStdString());
    }

    void whatIsNoConditionIsRefusedWithItsColumn_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const QString& text, const char* said) { QTest::newRow(name) << text << said; };
        row("nothing", "", "column 1: the condition ends early");
        row("half", "__a__:value =", "column 14: the condition ends early");
        row("no operator", "__a__:value 'x'", "column 13: not expected here");
        row("open quote", "__a__:value = 'x", "column 15: a text without its closing quote");
        row("open bracket", "(__a__:value = 'x'", "ends early");
        row("trailing", "__a__:value = 'x' 'y'", "column 19: not expected here");
        row("bare word", "quiet = 'x'", "column 1: not expected here");
        row("an object path", "ipv4-addr:value = '1.2.3.4'", "object paths of STIX are not looked up");
        row("observation operator", "[__a__:value = 'x'] FOLLOWEDBY [__b__:value = 'y']", "FOLLOWEDBY is not evaluated");
        row("expressions of texts", "__a__:value MATCHES '(a+)+$'", "MATCHES is not evaluated");
        row("bytes", "__a__:value = h'00'", "literals in hexadecimal");
        row("deep", QString(100, '(') + "__a__:value = 'x'" + QString(100, ')'), "nested deeper than 32");
        row("not not not", QString("NOT ").repeated(100) + "__a__:value = 'x'", "nested deeper than 32");
        row("long", QString(5000, ' ') + "__a__:value = 'x'", "more than 4096 bytes");
        row("many", "1=1" + QString(" OR 1=1").repeated(256), "more than 256 comparisons");
        row("a strange character", "__a__:value = ;", "unexpected character");
    }
    void whatIsNoConditionIsRefusedWithItsColumn()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        const auto condition = Condition::parse(text.toStdString());
        QVERIFY(!condition);
        QVERIFY2(QString::fromStdString(condition.error().detail).contains(said), condition.error().detail.c_str());
    }

    void namesStandOnceInTheirOrder()
    {
        const auto condition = Condition::parse("__b__:value = 1 AND __a__:value = __b__:value");
        QVERIFY(condition);
        QCOMPARE(condition->names(), (std::vector<std::string>{"__b__", "__a__"}));
    }

    void likeIsQuickOnHostilePatterns()
    {
        std::string pattern;
        for (int i = 0; i < 1000; ++i)
            pattern += "%a";
        const auto condition = Condition::parse("__t__:value LIKE '" + pattern + "b'");
        QVERIFY(condition);
        const Known text{std::string(20'000, 'a'), "string"};
        QVERIFY(condition->evaluate([&](std::string_view) { return text; }) == Truth::False);
    }
};

QTEST_GUILESS_MAIN(TestCondition)
#include "tst_condition.moc"
