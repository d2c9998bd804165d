#include "core/ingest/json_event_view.h"
#include "core/ingest/record_router.h"
#include "core/ingest/record_source.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

namespace {

const char* const hostMap = "format: cordon-field-map/1\n"
                            "name: host\n"
                            "source: test.host\n"
                            "logsource: {product: windows}\n"
                            "recognise: {at_least: 1, of: [Channel]}\n"
                            "routes:\n"
                            "  by: [Channel, EventID]\n"
                            "  cases:\n"
                            "    - {is: [Security, \"4688\"], service: security, categories: [process_creation]}\n"
                            "    - {is: [Security, \"*\"], service: security}\n"
                            "fields:\n"
                            "  below: [EventData, Event.EventData]\n"
                            "  names:\n"
                            "    Channel: [Event.System.Channel]\n"
                            "    EventID: [Event.System.EventID]\n"
                            "    Image: [NewProcessName]\n"
                            "    category: [kind, category]\n"
                            "  constants: {origin: hosts}\n"
                            "event: {time: at, verb: EventID}\n";

} // namespace

class TestRecordRouter : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void theMostExactRouteWins();
    void aFieldIsFoundBelowAndUnderItsOtherNames();
    void theRecordsOwnFieldWins();
    void anEmptyFieldHidesNothing();
    void aFieldAmongItsNamesIsLookedAtInItsTurn();
    void aConstantStandsForWhatIsNowhere();
    void anUnknownRecordHasNoMap();
    void aTextInARecordSaysNothingAboutItsSource();
    void whatWasReadBeforeSaysNothing();
    void onlyTheCarrierCanSayThatATextIsTheAuditLog();

private:
    const FieldMap* route(const char* record);
    std::string textOf(const char* field);

    FieldPlan m_plan;
    std::unique_ptr<FieldMaps> m_maps;
    std::unique_ptr<JsonEventView> m_view;
    std::unique_ptr<RecordRouter> m_router;
    std::string m_bytes;
};

void TestRecordRouter::init()
{
    m_plan = {};
    m_maps = std::make_unique<FieldMaps>();
    const auto added = m_maps->add(hostMap, "host.yml", m_plan);
    QVERIFY2(added.has_value(), added ? "" : added.error().detail.c_str());
    m_plan.add("CommandLine");
    m_plan.add("origin");
    m_maps->complete(m_plan);
    m_view = std::make_unique<JsonEventView>(m_plan);
    m_router = std::make_unique<RecordRouter>(*m_maps);
}

const FieldMap* TestRecordRouter::route(const char* record)
{
    m_bytes = record + std::string(RecordSource::padding, ' ');
    const auto isRead = m_view->read(std::string_view(m_bytes).substr(0, m_bytes.size() - RecordSource::padding));
    return isRead ? m_router->route(*m_view) : nullptr;
}

std::string TestRecordRouter::textOf(const char* field)
{
    const auto values = m_view->values(m_plan.add(field));
    return values.empty() ? std::string("(absent)") : std::string(values.front().text);
}

void TestRecordRouter::theMostExactRouteWins()
{
    QVERIFY(route("{\"Channel\":\"security\",\"EventID\":4688}"));
    QCOMPARE(m_view->service(), std::string_view("security"));
    QCOMPARE(m_view->categories().size(), std::size_t{1});
    QCOMPARE(m_view->categories().front(), std::string("process_creation"));
    QVERIFY(route("{\"Channel\":\"Security\",\"EventID\":4624}"));
    QCOMPARE(m_view->service(), std::string_view("security"));
    QVERIFY(m_view->categories().empty());
    QVERIFY(route("{\"Channel\":\"Else\",\"EventID\":4688}"));
    QCOMPARE(m_view->product(), std::string_view("windows"));
    QCOMPARE(m_view->service(), std::string_view());
}

void TestRecordRouter::aFieldIsFoundBelowAndUnderItsOtherNames()
{
    QVERIFY(route("{\"Channel\":\"Security\",\"EventData\":{\"CommandLine\":\"a\",\"NewProcessName\":\"b\"}}"));
    QCOMPARE(textOf("CommandLine"), std::string("a"));
    QCOMPARE(textOf("Image"), std::string("b"));
}

void TestRecordRouter::theRecordsOwnFieldWins()
{
    QVERIFY(route("{\"Channel\":\"Security\",\"CommandLine\":\"own\",\"EventData\":{\"CommandLine\":\"below\"}}"));
    QCOMPARE(textOf("CommandLine"), std::string("own"));
}

void TestRecordRouter::aFieldAmongItsNamesIsLookedAtInItsTurn()
{
    QVERIFY(route("{\"Channel\":\"Security\",\"category\":\"own\",\"kind\":\"first\"}"));
    QCOMPARE(textOf("category"), std::string("first"));
    QVERIFY(route("{\"Channel\":\"Security\",\"category\":\"own\"}"));
    QCOMPARE(textOf("category"), std::string("own"));
}

void TestRecordRouter::aConstantStandsForWhatIsNowhere()
{
    QVERIFY(route("{\"Channel\":\"Security\"}"));
    QCOMPARE(textOf("origin"), std::string("hosts"));
    QVERIFY(route("{\"Channel\":\"Security\",\"EventData\":{\"origin\":\"its own\"}}"));
    QCOMPARE(textOf("origin"), std::string("its own"));
}

void TestRecordRouter::anEmptyFieldHidesNothing()
{
    for (const char* empty : {"\"\"", "null"}) {
        const std::string record =
            std::string("{\"Channel\":\"Security\",\"CommandLine\":") + empty + ",\"EventData\":{\"CommandLine\":\"below\"}}";
        QVERIFY(route(record.c_str()));
        QCOMPARE(textOf("CommandLine"), std::string("below"));
    }
    QVERIFY(route("{\"Channel\":\"Security\",\"CommandLine\":null}"));
    QCOMPARE(m_view->values(m_plan.add("CommandLine")).size(), std::size_t{1});
}

void TestRecordRouter::anUnknownRecordHasNoMap()
{
    QVERIFY(!route("{\"CommandLine\":\"a\"}"));
}

namespace {

std::string quoted(const std::string& text)
{
    std::string result;
    for (const char c : text)
        result += c == '"' ? "\\\"" : std::string(1, c);
    return '"' + result + '"';
}

const std::string audit = "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"verb\":\"create\",\"requestURI\":\"/x\","
                          "\"auditID\":\"1\",\"user\":{\"username\":\"chosen\"},\"objectRef\":{\"resource\":\"secrets\"}}";

/// Records of many sources, and the map that reads each; a comma and a member can be put before the last bracket.
const std::vector<std::pair<std::string, std::string>> samples{
    {audit, "kubernetes_audit"},
    {"{\"@timestamp\":\"2026-01-02T03:04:05Z\",\"ecs\":{\"version\":\"8.0\"},\"event\":{\"dataset\":\"myapp.log\","
     "\"kind\":\"event\",\"category\":\"web\",\"outcome\":\"success\"}}",
     "ecs_event"},
    {"{\"@timestamp\":\"2026-01-02T03:04:05Z\",\"winlog\":{\"event_id\":4104,\"channel\":"
     "\"Microsoft-Windows-PowerShell/Operational\",\"computer_name\":\"h\",\"provider_name\":\"p\"}}",
     "windows"},
    {"{\"EventID\":1,\"Channel\":\"Security\",\"Computer\":\"h\"}", "windows"},
    {"{\"eventType\":\"user.session.start\",\"published\":\"2026-01-02T03:04:05Z\",\"actor\":{\"id\":\"u\"},"
     "\"outcome\":{\"result\":\"SUCCESS\"}}",
     "okta_system"},
    {"{\"eventVersion\":\"1.08\",\"eventSource\":\"iam.amazonaws.com\",\"eventName\":\"CreateUser\","
     "\"eventTime\":\"2026-01-02T03:04:05Z\"}",
     "aws_cloudtrail"},
    {"{\"protoPayload\":{\"methodName\":\"a.b\",\"serviceName\":\"c\"}}", "gcp_audit"},
    {"{\"activityDisplayName\":\"Add user\",\"loggedByService\":\"x\"}", "entra_audit"},
    {"{\"Operation\":\"Send\",\"Workload\":\"Exchange\",\"RecordType\":2}", "m365_audit"},
    {"{\"action\":\"repo.create\",\"actor\":\"a\",\"org\":\"b\"}", "github_audit"},
    {"{\"resourceId\":\"/subscriptions/1\",\"operationName\":\"a.b/c/write\"}", "azure_activity"},
    {"{\"class_uid\":6003,\"category_uid\":6,\"activity_id\":1}", "ocsf_event"}};

struct Shipped
{
    Shipped()
    {
        maps = std::make_unique<FieldMaps>(*FieldMaps::load(CORDON_SOURCE_DIR "/resources/field_maps", plan));
        maps->complete(plan);
        view = std::make_unique<JsonEventView>(plan);
        router = std::make_unique<RecordRouter>(*maps);
    }
    std::string mapOf(const std::string& record, std::string_view carrier = {})
    {
        bytes = record + std::string(RecordSource::padding, ' ');
        if (!view->read({bytes.data(), record.size()}))
            return "no JSON";
        const FieldMap* map = router->route(*view, carrier);
        return map ? map->name : std::string();
    }

    FieldPlan plan;
    std::unique_ptr<FieldMaps> maps;
    std::unique_ptr<JsonEventView> view;
    std::unique_ptr<RecordRouter> router;
    std::string bytes;
};

} // namespace

/// What an application was sent and logs as a text is no record, alone or beside the members of any other source.
void TestRecordRouter::aTextInARecordSaysNothingAboutItsSource()
{
    Shipped shipped;
    for (const auto& [inner, innerMap] : samples) {
        for (const char* key : {"message", "msg", "log", "Message", "body", "text", "properties", "data", "event", "payload"}) {
            const std::string member = '"' + std::string(key) + "\":" + quoted(inner);
            const std::string held = "{\"log\":" + quoted(inner) + '}';
            for (const std::string& record :
                 {"{" + member + "}", "{\"level\":\"info\"," + member + "}", "{" + member + ",\"time\":1700000000}",
                  "{\"id\":\"1\",\"timestamp\":1700000000000," + member + "}",
                  "{" + member + ",\"stream\":\"stdout\",\"kubernetes\":{\"pod_name\":\"x\"}}",
                  "{\"logStreamName\":\"web/1\",\"timestamp\":1700000000000," + member + "}"}) {
                if (std::string_view(key) == "properties" && innerMap == "entra_audit")
                    continue; // Log Analytics keeps such properties as a text, and no application calls its message that
                QVERIFY2(shipped.mapOf(record).empty(), record.c_str());
            }
            QVERIFY(shipped.mapOf("{\"level\":\"info\",\"properties\":" + held + "}").empty());
            for (const auto& [outer, outerMap] : samples) {
                if (std::string_view(key) == "properties" || std::string_view(key) == "event")
                    continue; // a name of theirs
                QCOMPARE(shipped.mapOf(outer.substr(0, outer.size() - 1) + "," + member + "}"), outerMap);
                QCOMPARE(shipped.mapOf("{" + member + "," + outer.substr(1)), outerMap);
            }
        }
    }
}

void TestRecordRouter::whatWasReadBeforeSaysNothing()
{
    // Fits two maps: the one that is first in order reads it, whatever stood before.
    const std::string both = samples.back().first.substr(0, samples.back().first.size() - 1) + "," + samples[1].first.substr(1);
    const std::string expected = Shipped().mapOf(both);
    for (const auto& [before, beforeMap] : samples) {
        Shipped shipped;
        QCOMPARE(shipped.mapOf(before), beforeMap);
        QCOMPARE(shipped.mapOf(both), expected);
        for (const auto& [record, map] : samples)
            QCOMPARE(shipped.mapOf(record), map);
    }
}

void TestRecordRouter::onlyTheCarrierCanSayThatATextIsTheAuditLog()
{
    Shipped shipped;
    const std::string bare = "{\"id\":\"1\",\"timestamp\":1,\"message\":" + quoted(audit) + "}";
    QCOMPARE(shipped.mapOf(bare), std::string());
    QCOMPARE(shipped.mapOf(bare, "another"), std::string());
    QCOMPARE(shipped.mapOf(bare, "cluster_audit_stream"), std::string("kubernetes_audit"));
    QCOMPARE(shipped.mapOf("{\"logStreamName\":\"kube-apiserver-audit-1\"," + bare.substr(1)), std::string("kubernetes_audit"));
    QCOMPARE(shipped.mapOf("{\"category\":\"kube-audit\",\"properties\":{\"log\":" + quoted(audit) + "}}"),
             std::string("kubernetes_audit"));
}

QTEST_GUILESS_MAIN(TestRecordRouter)
#include "tst_record_router.moc"
