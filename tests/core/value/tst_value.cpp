#include "core/value/value.h"

#include <QtTest>

using namespace cordon;

class TestValue : public QObject
{
    Q_OBJECT

private slots:
    void knowsItsKind();
    void givesTheNeutralValueForAnotherKind();
    void givesTheFallbackForAnotherKind();
    void buildsObjectsAndArraysFromNull();
    void replacesAMemberThatIsSetAgain();
    void sharesANullForWhatIsMissing();
    void comparesContentButNotLines();
};

void TestValue::knowsItsKind()
{
    QVERIFY(Value().kind() == Value::Kind::Null);
    QVERIFY(Value(nullptr).kind() == Value::Kind::Null);
    QVERIFY(Value(false).kind() == Value::Kind::Bool);
    QVERIFY(Value(7).kind() == Value::Kind::Int);
    QVERIFY(Value(std::int64_t{7}).kind() == Value::Kind::Int);
    QVERIFY(Value(0.5).kind() == Value::Kind::Double);
    QVERIFY(Value("text").kind() == Value::Kind::String);
    QVERIFY(Value(Value::Array()).kind() == Value::Kind::Array);
    QVERIFY(Value(Value::Object()).kind() == Value::Kind::Object);
}

void TestValue::givesTheNeutralValueForAnotherKind()
{
    const Value text("7");
    QCOMPARE(text.asBool(), false);
    QCOMPARE(text.asInt(), std::int64_t{0});
    QCOMPARE(text.asDouble(), 0.0);
    QVERIFY(Value(7).asString().empty());
    QVERIFY(text.asArray().empty());
    QVERIFY(text.asObject().empty());
}

void TestValue::givesTheFallbackForAnotherKind()
{
    QCOMPARE(Value("x").asBool(true), true);
    QCOMPARE(Value("x").asInt(-3), std::int64_t{-3});
    QCOMPARE(Value(1.5).asInt(-3), std::int64_t{-3});
    QCOMPARE(Value("x").asDouble(2.5), 2.5);
    QCOMPARE(Value(4).asDouble(2.5), 4.0);
}

void TestValue::buildsObjectsAndArraysFromNull()
{
    Value list;
    list.append(1).append("two");
    Value object;
    object.set("list", list).set("flag", true);
    QCOMPARE(object["list"].asArray().size(), std::size_t{2});
    QCOMPARE(QString::fromStdString(object["list"].asArray()[1].asString()), QString("two"));
    QVERIFY(object.has("flag"));
}

void TestValue::replacesAMemberThatIsSetAgain()
{
    Value object;
    object.set("a", 1).set("a", 2);
    QCOMPARE(object.asObject().size(), std::size_t{1});
    QCOMPARE(object["a"].asInt(), std::int64_t{2});
}

void TestValue::sharesANullForWhatIsMissing()
{
    QVERIFY(Value(1)["a"]["b"].isNull());
    QVERIFY(!Value(1).find("a"));
    QVERIFY(!Value(Value::Object()).has("a"));
}

void TestValue::comparesContentButNotLines()
{
    Value a("x");
    a.setLine(3);
    QVERIFY(a == Value("x"));
    QVERIFY(!(a == Value("y")));
    QVERIFY(!(Value(1) == Value(1.0)));
    QCOMPARE(a.line(), 3);
    QCOMPARE(Value("x").line(), 0);
}

QTEST_GUILESS_MAIN(TestValue)
#include "tst_value.moc"
