#include "core/investigate/changed_values.h"
#include "core/investigate/client_family.h"
#include "core/investigate/value_history.h"

#include <QTest>

using namespace cordon;
using namespace cordon::investigate;

/// What a change set to what, when a session ends, and what people call a program: read out of hostile text.
class TestChangedValues : public QObject
{
    Q_OBJECT

private:
    static std::vector<ChangedValue> shown(const std::string& record)
    {
        return ValueHistory().next(IdentityChange(), toldValuesIn(record));
    }
    static std::string read(const std::string& record)
    {
        std::string text;
        for (const ChangedValue& value : shown(record))
            text += value.name + ": " + (value.isBeforeKnown ? value.before : "?") + " -> " + value.after + "; ";
        return text;
    }

private slots:
    void providersThatWriteBothAreBelieved()
    {
        QCOMPARE(read("{\"targetResources\":[{\"modifiedProperties\":[{\"displayName\":\"Role\",\"oldValue\":"
                      "\"Reader\",\"newValue\":\"Owner\"}]}]}"),
                 std::string("Role: Reader -> Owner; "));
        QCOMPARE(read("{\"ModifiedProperties\":[{\"Name\":\"Strong\",\"OldValue\":\"[]\",\"NewValue\":\"[1]\"}]}"),
                 std::string("Strong: [] -> [1]; "));
        QCOMPARE(read("{\"target\":[{\"changeDetails\":{\"from\":{\"a\":1,\"b\":2},\"to\":{\"a\":3}}}]}"),
                 std::string("a: 1 -> 3; b: 2 -> ; "));
        QCOMPARE(read("{\"protoPayload\":{\"serviceData\":{\"policyDelta\":{\"bindingDeltas\":"
                      "[{\"action\":\"ADD\",\"role\":\"roles/owner\",\"member\":\"user:e\"}]}}}}"),
                 std::string("roles/owner:  -> user:e; "));
        QCOMPARE(read("{\"old_permission\":\"read\",\"permission\":\"admin\"}"),
                 std::string("permission: read -> admin; "));
        QCOMPARE(read("{\"EventData\":{\"OldUacValue\":\"0x10\",\"NewUacValue\":\"0x11\"}}"),
                 std::string("UacValue: 0x10 -> 0x11; "));
    }

    void whatACallAskedForIsToldWithoutABefore()
    {
        QCOMPARE(read("{\"requestParameters\":{\"userName\":\"ops\",\"status\":\"Inactive\"}}"),
                 std::string("status: ? -> Inactive; "));
        QCOMPARE(read("{\"requestParameters\":null}"), std::string());
        QCOMPARE(read("no json"), std::string());
    }

    void secretsAndFloodsStayOut()
    {
        QVERIFY(read("{\"requestParameters\":{\"newPassword\":\"password=hunter2hunter2\"}}").find("hunter2") ==
                std::string::npos);
        std::string many = "{\"requestParameters\":{";
        for (int i = 0; i < 500; ++i)
            many += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":\"" + std::string(2000, 'x') + "\"";
        QVERIFY(shown(many + "}}").size() <= 16);
        QVERIFY(read(many + "}}").size() < 16 * 600);
    }

    void aSessionEndsWhenItsRecordSays()
    {
        const EntityRef session{EntityKind::Credential, "ASIAEXAMPLE", "session", {}};
        const auto end = [&](const char* time) {
            return endIn("{\"responseElements\":{\"credentials\":{\"accessKeyId\":\"ASIAEXAMPLE\",\"expiration\":\"" +
                             std::string(time) + "\"}}}",
                         session);
        };
        const Timestamp one = *Timestamp::parse("2026-11-21T13:02:03Z");
        QVERIFY(end("2026-11-21T13:02:03Z") == one);
        QVERIFY(end("Nov 21, 2026, 1:02:03 PM") == one);
        QVERIFY(!end("some day"));
        QVERIFY(!endIn("{\"responseElements\":{\"credentials\":{\"expiration\":\"2026-11-21T13:02:03Z\"}}}",
                       session)); // of another
    }

    void programsHaveNamesThatPeopleKnow()
    {
        QCOMPARE(clientFamily("Mozilla/5.0 (X11; Linux) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"),
                 std::string("Chrome"));
        QCOMPARE(clientFamily("aws-cli/2.17.40 Python/3.11"), std::string("aws-cli"));
        QCOMPARE(clientFamily("Boto3/1.34.11 md/Botocore"), std::string("Python (boto3)"));
        QCOMPARE(clientFamily("EvilTool/1.0 (x)"), std::string("EvilTool"));
        QCOMPARE(clientFamily(""), std::string());
    }
};

QTEST_GUILESS_MAIN(TestChangedValues)
#include "tst_changed_values.moc"
