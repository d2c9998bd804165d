#include "core/connectors/exposed_tokens.h"

#include "core/connectors/new_values.h"

#include <QTest>

using namespace cordon;
using connectors::ExposedTokens;
using connectors::NewValues;

/// What people keep beside a credential: tokens to be ended, values to come.
class TestExposedTokens : public QObject
{
    Q_OBJECT

private slots:
    void aTokenIsFoundByTheBase64OfItsHash()
    {
        const ExposedTokens tokens(Value::Array{"abc", 7, "", Value::Object{}});
        // SHA-256 of "abc" (FIPS 180-4, B.1), as Base64.
        const std::string* found = tokens.find("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        QVERIFY(found && *found == "abc");
        QVERIFY(!tokens.find("abc"));
        QVERIFY(!tokens.find("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")); // of nothing
    }
    void whatIsNoListHoldsNone()
    {
        QVERIFY(!ExposedTokens(Value::Object{{"a", "abc"}}).find("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="));
        QVERIFY(!ExposedTokens().find(""));
    }
    void movedTokensAreStillThere()
    {
        ExposedTokens first(Value::Array{"abc"});
        const ExposedTokens second = std::move(first);
        QVERIFY(second.find("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="));
    }
    void aNextValueIsFoundByItsTarget()
    {
        const NewValues values(Value::Object{{"vault/kv/a", "next"}, {"empty", ""}, {"number", 7}});
        QVERIFY(values.find("vault/kv/a") && values.find("vault/kv/a")->text() == "next");
        QVERIFY(!values.find("empty") && !values.find("number") && !values.find("vault/kv"));
        QVERIFY(!NewValues(Value::Array{"x"}).find("x"));
    }
};

QTEST_GUILESS_MAIN(TestExposedTokens)
#include "tst_exposed_tokens.moc"
