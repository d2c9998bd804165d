#include "core/record/entry_codec.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::record;

class TestEntryCodec : public QObject
{
    Q_OBJECT

private slots:
    void anEntryGoesThereAndBack();
    void noSessionIncidentOrMandateIsNull();
    void moreThan64KibibytesAreRefused();
    void fractionsAreRefused();
    void aYearOfUptimeStillFits();
    void onlyTheExactFormIsRead_data();
    void onlyTheExactFormIsRead();

private:
    static LedgerEntry anEntry()
    {
        LedgerEntry entry;
        entry.seq = 7;
        entry.ts = Timestamp::parse("2026-11-22T12:06:42.001500Z").value();
        entry.boot = std::string(32, '0');
        entry.monoNanos = 1'000'000;
        entry.type = "decision";
        entry.actor = {Actor::Kind::Person, "user:analyst-a"};
        entry.session = "s-1";
        entry.incident = "INC-0001";
        entry.mandate = std::string(64, 'a');
        entry.data = Value::Object{{"effect", "hold"}};
        return entry;
    }
};

void TestEntryCodec::anEntryGoesThereAndBack()
{
    const LedgerEntry entry = anEntry();
    const auto bytes = encodeEntry(entry);
    QVERIFY(bytes);
    const auto read = decodeEntry(*bytes);
    QVERIFY(read);
    QCOMPARE(read->seq, entry.seq);
    QVERIFY(read->ts == entry.ts);
    QCOMPARE(read->boot, entry.boot);
    QCOMPARE(read->monoNanos, entry.monoNanos);
    QCOMPARE(read->type, entry.type);
    QVERIFY(read->actor.kind == entry.actor.kind);
    QCOMPARE(read->actor.id, entry.actor.id);
    QCOMPARE(read->session, entry.session);
    QCOMPARE(read->incident, entry.incident);
    QCOMPARE(read->mandate, entry.mandate);
    QVERIFY(read->data == entry.data);
}

void TestEntryCodec::noSessionIncidentOrMandateIsNull()
{
    LedgerEntry entry = anEntry();
    entry.session = entry.incident = entry.mandate = "";
    const auto bytes = encodeEntry(entry);
    QVERIFY(bytes);
    QVERIFY(bytes->find("\"session\":null") != std::string::npos);
    QCOMPARE(decodeEntry(*bytes)->incident, std::string());
}

void TestEntryCodec::moreThan64KibibytesAreRefused()
{
    LedgerEntry entry = anEntry();
    entry.data.set("note", std::string(65'200, 'x'));
    QVERIFY(encodeEntry(entry));
    entry.data.set("note", std::string(66'000, 'x'));
    QVERIFY(encodeEntry(entry).error().code == ErrorCode::Invalid);
}

void TestEntryCodec::fractionsAreRefused()
{
    LedgerEntry entry = anEntry();
    entry.data.set("weight", 0.5);
    QVERIFY(encodeEntry(entry).error().code == ErrorCode::Invalid);
}

void TestEntryCodec::aYearOfUptimeStillFits()
{
    LedgerEntry entry = anEntry();
    entry.monoNanos = std::int64_t{366} * 86'400 * 1'000'000'000;
    const auto bytes = encodeEntry(entry);
    QVERIFY(bytes);
    QCOMPARE(decodeEntry(*bytes)->monoNanos, entry.monoNanos);
}

void TestEntryCodec::onlyTheExactFormIsRead_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("white space") << "\"v\":1"
                                 << "\"v\": 1";
    QTest::newRow("another version") << "\"v\":1"
                                     << "\"v\":2";
    QTest::newRow("a further member") << "\"v\":1"
                                      << "\"v\":1,\"w\":1";
    QTest::newRow("a missing member") << "\"seq\":7,"
                                      << "";
    QTest::newRow("an unknown actor") << "\"person\""
                                      << "\"robot\"";
    QTest::newRow("an empty session") << "\"s-1\""
                                      << "\"\"";
    QTest::newRow("a number as session") << "\"s-1\""
                                         << "1";
    QTest::newRow("a time without fraction") << "42.001500Z"
                                             << "42Z";
    QTest::newRow("a text as sequence number") << "\"seq\":7"
                                               << "\"seq\":\"7\"";
    QTest::newRow("a small number as text") << "\"mono_ns\":1000000"
                                            << "\"mono_ns\":\"1000000\"";
    QTest::newRow("a large number with a zero before it") << "\"mono_ns\":1000000" << "\"mono_ns\":\"09007199254740993\"";
    QTest::newRow("data that is no object") << "{\"effect\":\"hold\"}"
                                            << "[]";
}

void TestEntryCodec::onlyTheExactFormIsRead()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QString bytes = QString::fromStdString(encodeEntry(anEntry()).value());
    QVERIFY(bytes.contains(from));
    bytes.replace(from, to);
    const auto read = decodeEntry(bytes.toStdString());
    QVERIFY(!read);
    QVERIFY(read.error().code == ErrorCode::Corrupt);
}

QTEST_GUILESS_MAIN(TestEntryCodec)
#include "tst_entry_codec.moc"
