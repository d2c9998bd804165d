#include "core/ingest/field_map.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

namespace {

const char* const smallMap = "format: cordon-field-map/1\n"
                             "name: small\n"
                             "source: test.log\n"
                             "logsource: {product: p, service: s}\n"
                             "recognise: {at_least: 1, of: [kind]}\n"
                             "event: {time: at, verb: what}\n"
                             "things:\n"
                             "  person: {kind: account, type: human}\n"
                             "identities: {type: kind, otherwise: {actor: {thing: person, id: who}}}\n"
                             "actions:\n"
                             "  make:\n"
                             "    targets:\n"
                             "      - {thing: person, id: [whom, $actor], relation: created}\n";

} // namespace

class TestFieldMap : public QObject
{
    Q_OBJECT
private slots:
    void loadsAndPlansItsPaths();
    void loadsTheShippedMaps();
    void refusesMistakesWithTheirLine_data();
    void refusesMistakesWithTheirLine();
    void refusesAFolderWithoutMaps();
};

void TestFieldMap::loadsAndPlansItsPaths()
{
    FieldPlan plan;
    FieldMaps maps;
    const auto added = maps.add(smallMap, "small.yml", plan);
    QVERIFY2(added.has_value(), added ? "" : added.error().detail.c_str());
    const FieldMap& map = *maps.maps().front();
    QCOMPARE(map.source, std::string("test.log"));
    QCOMPARE(map.product, std::string("p"));
    QCOMPARE(map.actions.at("make").targets.size(), std::size_t{1});
    QVERIFY(map.actions.at("make").targets[0].entity.orActor);
    auto paths = plan.paths();
    std::sort(paths.begin(), paths.end());
    QCOMPARE(paths, (std::vector<std::string>{"at", "kind", "what", "who", "whom"}));
}

void TestFieldMap::loadsTheShippedMaps()
{
    FieldPlan plan;
    const auto maps = FieldMaps::load(CORDON_SOURCE_DIR "/resources/field_maps", plan);
    QVERIFY2(maps.has_value(), maps ? "" : maps.error().detail.c_str());
    QVERIFY(!maps->maps().empty());
    const auto& paths = plan.paths();
    // Asking for whole objects would make every record dear.
    for (const char* object : {"userIdentity", "requestParameters", "responseElements", "resources"})
        QVERIFY2(std::find(paths.begin(), paths.end(), object) == paths.end(), object);
}

void TestFieldMap::refusesMistakesWithTheirLine_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("message");
    QTest::newRow("format") << "cordon-field-map/1"
                            << "cordon-field-map/9"
                            << "bad.yml: line 1: format";
    QTest::newRow("unknown key") << "name: small"
                                 << "nome: small"
                                 << "bad.yml: line 2: unknown key 'nome'";
    QTest::newRow("unknown kind") << "kind: account"
                                  << "kind: acount"
                                  << "line 8";
    QTest::newRow("unknown thing") << "thing: person, id: ["
                                   << "thing: persona, id: ["
                                   << "line 13: unknown thing 'persona'";
    QTest::newRow("unknown relation") << "relation: created"
                                      << "relation: made"
                                      << "line 13: unknown relation 'made'";
    QTest::newRow("no relation") << ", relation: created"
                                 << ""
                                 << "line 13: a relation is missing";
    QTest::newRow("no id") << "id: who"
                           << "name: who"
                           << "an id is missing";
    QTest::newRow("unknown word") << "$actor"
                                  << "$agent"
                                  << "line 13";
    QTest::newRow("too many to recognise by") << "at_least: 1"
                                              << "at_least: 2"
                                              << "at_least";
    QTest::newRow("no time") << "time: at, "
                             << ""
                             << "event needs time and verb";
    QTest::newRow("no mapping") << "{time: at, verb: what}"
                                << "[at]"
                                << "event must be a mapping";
}

void TestFieldMap::refusesMistakesWithTheirLine()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, message);
    const QString text = QString(smallMap).replace(from, to);
    QVERIFY(text != QString(smallMap));
    FieldPlan plan;
    FieldMaps maps;
    const auto added = maps.add(text.toStdString(), "bad.yml", plan);
    QVERIFY(!added);
    QVERIFY2(QString::fromStdString(added.error().detail).contains(message), added.error().detail.c_str());
    QVERIFY(maps.maps().empty());
}

void TestFieldMap::refusesAFolderWithoutMaps()
{
    FieldPlan plan;
    const auto maps = FieldMaps::load(CORDON_SOURCE_DIR "/resources/no-such-folder", plan);
    QVERIFY(!maps);
    QVERIFY(maps.error().code == ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestFieldMap)
#include "tst_field_map.moc"
