#include "tests/core/ingest/records.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

namespace {

class OneRecord
{
public:
    OneRecord(const std::vector<std::string>& paths, const std::string& record)
        : m_bytes(record + std::string(64, '~'))
    {
        for (const std::string& path : paths)
            m_plan.add(path);
        m_view = std::make_unique<JsonEventView>(m_plan);
        m_result = m_view->read({m_bytes.data(), record.size()});
    }
    [[nodiscard]] const Result<void>& result() const { return m_result; }
    [[nodiscard]] JsonEventView& view() { return *m_view; }
    /// `kind:text` of each value, joined by spaces.
    [[nodiscard]] QString found(FieldIndex field) const
    {
        QStringList all;
        for (const FieldValue& value : m_view->values(field))
            all << QString("%1:%2")
                       .arg("nbdso"[static_cast<int>(value.kind)])
                       .arg(QString::fromStdString(std::string(value.text)));
        return all.join(' ');
    }

private:
    std::string m_bytes;
    FieldPlan m_plan;
    std::unique_ptr<JsonEventView> m_view;
    Result<void> m_result;
};

} // namespace

class TestJsonEventView : public QObject
{
    Q_OBJECT
private slots:
    void findsPlannedPaths_data();
    void findsPlannedPaths();
    void choosesAmongTheObjectsOfAList_data();
    void choosesAmongTheObjectsOfAList();
    void entersJsonHeldInAString_data();
    void entersJsonHeldInAString();
    void refusesWhatIsNoValidObject_data();
    void refusesWhatIsNoValidObject();
    void forgetsTheRecordBefore();
    void visitsEveryScalar();
    void stopsVisitingWhenAsked();
};

void TestJsonEventView::findsPlannedPaths_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("found");
    QTest::newRow("string") << "name"
                            << "s:ana";
    QTest::newRow("escapes are undone") << "escaped" << QString::fromUtf8("s:a\"b\\c\n\xc3\xa4");
    QTest::newRow("whole number") << "whole"
                                  << "d:-12";
    QTest::newRow("largest unsigned number") << "large"
                                             << "d:18446744073709551615";
    QTest::newRow("fraction") << "fraction"
                              << "d:0.25";
    QTest::newRow("bool") << "yes"
                          << "b:true";
    QTest::newRow("null is there") << "nothing"
                                   << "n:null";
    QTest::newRow("absent") << "missing"
                            << "";
    QTest::newRow("nested") << "deep.down.here"
                            << "s:x";
    QTest::newRow("object as JSON") << "deep.down"
                                    << "o:{\"here\":\"x\",\"n\":[1,{\"a\":null}],\"e\":{},\"q\":\"\\\"\\n\"}";
    QTest::newRow("list") << "list"
                          << "s:a d:1 n:null";
    QTest::newRow("list in a list") << "lists"
                                    << "d:1 d:2 d:3";
    QTest::newRow("list of objects") << "people.name"
                                     << "s:bo s:cy";
    QTest::newRow("list of objects as JSON") << "people"
                                             << "o:{\"name\":\"bo\"} o:{\"name\":\"cy\",\"x\":1}";
    QTest::newRow("empty list") << "empty"
                                << "";
    QTest::newRow("key with dots") << "userIdentity.type"
                                   << "s:Root";
    QTest::newRow("key with dots below another") << "outer.a.b.c"
                                                 << "d:7";
    QTest::newRow("twice the same key") << "twice"
                                        << "d:1 d:2";
    QTest::newRow("path through a scalar") << "name.first"
                                           << "";
}

void TestJsonEventView::findsPlannedPaths()
{
    QFETCH(QString, path);
    QFETCH(QString, found);
    const std::string record =
        json("{'name':'ana','escaped':'a\\'b\\\\c\\n\\u00e4','whole':-12,'large':18446744073709551615,'fraction':0.25,'"
             "yes':true,"
             "'nothing':null,'deep':{'down':{'here':'x','n':[1,{'a':null}],'e':{},'q':'\\'\\n'}},'list':['a',1,null],"
             "'lists':[[1,2],[[3]]],'people':[{'name':'bo'},{'name':'cy','x':1}],'empty':[],'userIdentity.type':'Root',"
             "'outer':{'a.b':{'c':7}},'twice':1,'twice':2}");
    OneRecord one({path.toStdString()}, record);
    QVERIFY2(one.result().has_value(), one.result() ? "" : one.result().error().detail.c_str());
    QCOMPARE(one.found(0), found);
    QCOMPARE(std::string(one.view().raw()), record);
}

void TestJsonEventView::choosesAmongTheObjectsOfAList_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("found");
    QTest::newRow("one text") << "target[type=User].id"
                              << "s:u1 s:u2";
    QTest::newRow("another") << "target[type=App].id"
                             << "s:a1";
    QTest::newRow("one of several") << "target[type=App|Group].id"
                                    << "s:a1 s:g1";
    QTest::newRow("all but some") << "target[type!=User|Group].id"
                                  << "s:a1 s:none";
    QTest::newRow("none fits") << "target[type=Policy].id"
                               << "";
    QTest::newRow("a text with a dot") << "target[type=a.b].id"
                                       << "";
    QTest::newRow("below the chosen one") << "target[type=Group].detail.name"
                                          << "s:ops";
    QTest::newRow("the chosen one itself") << "target[id=a1]"
                                           << "o:{\"type\":\"App\",\"id\":\"a1\"}";
    QTest::newRow("without a choice") << "target.id"
                                      << "s:u1 s:a1 s:g1 s:u2 s:none";
    QTest::newRow("a lone object") << "actor[type=User].id"
                                   << "s:x";
}

void TestJsonEventView::choosesAmongTheObjectsOfAList()
{
    QFETCH(QString, path);
    QFETCH(QString, found);
    OneRecord record({"target.type", path.toStdString(), "target"},
                     json("{'target':[{'type':'User','id':'u1'},{'type':'App','id':'a1'},{'type':'Group','id':'g1',"
                          "'detail':{'name':'ops'}},{'type':'User','id':'u2'},{'id':'none'}],"
                          "'actor':{'type':'User','id':'x'}}"));
    QVERIFY(record.result());
    QCOMPARE(record.found(1), found);
}

void TestJsonEventView::entersJsonHeldInAString_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("found");
    QTest::newRow("a member") << "properties.message"
                              << "s:hello";
    QTest::newRow("deeper") << "properties.target.id"
                            << "s:1 s:2";
    QTest::newRow("one level only") << "properties.inner.x"
                                    << "";
    QTest::newRow("the string itself stays a text") << "list"
                                                    << "s:[{\"k\":7}]";
    QTest::newRow("a list") << "list.k"
                            << "d:7";
    QTest::newRow("broken JSON") << "broken.x"
                                 << "";
    QTest::newRow("plain text") << "plain.x"
                                << "";
}

void TestJsonEventView::entersJsonHeldInAString()
{
    QFETCH(QString, path);
    QFETCH(QString, found);
    // ' is a quote, ` one inside a string, ^ one inside a string inside a string
    std::string text = json("{'properties':'{`message`:`hello`,`target`:[{`id`:`1`},{`id`:`2`}],`inner`:`{^x^:1}`}',"
                            "'list':'[{`k`:7}]','broken':'{`x`:','plain':'text'}");
    for (std::size_t at = 0; (at = text.find_first_of("`^", at)) != std::string::npos;)
        text.replace(at, 1, text[at] == '`' ? "\\\"" : "\\\\\\\"");
    OneRecord record({path.toStdString()}, text);
    QVERIFY(record.result());
    QCOMPARE(record.found(0), found);
}

void TestJsonEventView::refusesWhatIsNoValidObject_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("an array") << QByteArray("[{\"a\":1}]");
    QTest::newRow("a word") << QByteArray("{\"a\":nope}");
    QTest::newRow("a comma too many") << QByteArray("{\"a\":1,}");
    QTest::newRow("two values") << QByteArray("{\"a\":1 2}");
    QTest::newRow("text behind it") << QByteArray("{\"a\":1}}");
    QTest::newRow("broken UTF-8") << QByteArray("{\"a\":\"\xc3(\"}");
    QTest::newRow("a NUL in a string") << QByteArray("{\"a\":\"b\0c\"}", 11);
    QTest::newRow("a line end in a string") << QByteArray("{\"a\":\"b\nc\"}");
    QTest::newRow("ten thousand levels") << QByteArray("{\"a\":") + QByteArray(10000, '[') + QByteArray(10000, ']') +
                                                QByteArray("}");
}

void TestJsonEventView::refusesWhatIsNoValidObject()
{
    QFETCH(QByteArray, record);
    OneRecord one({"a"}, record.toStdString());
    QVERIFY(!one.result());
    QVERIFY(one.result().error().code == ErrorCode::Invalid);
    QCOMPARE(one.found(0), QString());
    QVERIFY(one.view().raw().empty());
}

void TestJsonEventView::forgetsTheRecordBefore()
{
    OneRecord one({"a", "b"}, json("{'a':1,'b':'x'}"));
    const std::string next = json("{'b':'y'}") + std::string(64, ' ');
    QVERIFY(one.view().read({next.data(), next.size() - 64}));
    QCOMPARE(one.found(0), QString());
    QCOMPARE(one.found(1), QString("s:y"));
    QVERIFY(one.view().values(7).empty());
}

void TestJsonEventView::visitsEveryScalar()
{
    OneRecord one({}, json("{'a':'x','b':[1,{'c':true}],'d':null,'e':{'f':2.5}}"));
    std::vector<std::string> texts;
    one.view().eachScalar([&texts](std::string_view text) {
        texts.emplace_back(text);
        return true;
    });
    QCOMPARE(texts, (std::vector<std::string>{"x", "1", "true", "2.5"}));
}

void TestJsonEventView::stopsVisitingWhenAsked()
{
    OneRecord one({}, json("{'a':['x','y'],'b':'z'}"));
    int visits = 0;
    one.view().eachScalar([&visits](std::string_view) { return ++visits < 2; });
    QCOMPARE(visits, 2);
}

QTEST_GUILESS_MAIN(TestJsonEventView)
#include "tst_json_event_view.moc"
