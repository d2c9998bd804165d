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

QTEST_GUILESS_MAIN(TestRecordRouter)
#include "tst_record_router.moc"
