#include "core/record/custody_audit.h"

#include "core/crypto/sha256.h"
#include "core/record/signed_order.h"
#include "core/value/json.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::record;

namespace {

constexpr const char* analyst = "user:analyst-a";
constexpr const char* commander = "user:commander-b";
constexpr const char* origin = "cordon.local/ledger/0123456789abcdef";

} // namespace

/// What the ledger says that people did with evidence, beside what they signed.
class TestCustodyAudit : public QObject
{
    Q_OBJECT

    std::map<std::string, crypto::SigningKey> m_keys;
    CustodyAudit m_audit;
    CustodyAudit::People m_people;
    std::int64_t m_seq = 0;
    int m_nonce = 0;

    std::string add(const std::string& type, const std::string& person, Value data)
    {
        LedgerEntry entry;
        entry.seq = m_seq++;
        entry.type = type;
        entry.actor = {person.empty() ? Actor::Kind::Engine : Actor::Kind::Person, person};
        entry.ts = *Timestamp::parse("2026-11-22T12:00:00Z");
        entry.data = std::move(data);
        return m_audit.add(entry, m_people);
    }
    static std::string block(const char* head, const Value& content, const std::string& person, const crypto::SigningKey& key)
    {
        crypto::SignedNote note;
        note.text = std::string(head) + "\n" + toBase64(bytesOf(json::canonical(content).value())) + "\n";
        note.sign(person, key);
        return note.toString();
    }
    Value order(const std::string& command, const std::string& person, Value args)
    {
        return Value::Object{{"v", 1},           {"command", command}, {"args", std::move(args)}, {"person", person},
                             {"case", origin},   {"issued", "2026-11-22T12:00:00Z"},
                             {"nonce", std::to_string(++m_nonce)}};
    }
    /// An entry under an order signed by `signer`, else by the person whom it names.
    std::string act(const std::string& type, const std::string& person, Value data, const Value& order,
                    const std::string& signer = {})
    {
        const auto& key = m_keys.at(signer.empty() ? person : signer);
        data.set("order", block("cordon.command.v1", order, person, key));
        return add(type, person, std::move(data));
    }
    static std::string digest() { return crypto::sha256("the disk").hex(); }
    static Value exhibitArgs() { return Value::Object{{"digest", digest()}, {"name", "disk.img"}, {"note", "n"}, {"hold", false}}; }
    static Value exhibit()
    {
        return Value::Object{{"kind", "exhibit"}, {"digest", digest()}, {"exhibit", "EX-0001"}, {"name", "disk.img"}, {"note", "n"}, {"hold", false}};
    }
    void bring() { QCOMPARE(act("evidence.sealed", analyst, exhibit(), order("exhibit-add", analyst, exhibitArgs())), std::string()); }
    static Value handedArgs() { return Value::Object{{"items", Value::Array{"EX-0001"}}, {"to", commander}, {"purpose", "examination"}}; }
    static Value handed()
    {
        return Value::Object{{"transfer", "TR-0001"}, {"digests", Value::Array{digest()}}, {"to", commander}, {"purpose", "examination"}};
    }
    std::string handOver(const Value& data, const std::string& signer = {})
    {
        return act("evidence.transferred", analyst, data, order("evidence-transfer", analyst, handedArgs()), signer);
    }
    static Value takenArgs() { return Value::Object{{"transfer", "TR-0001"}, {"condition", "whole"}}; }
    static Value taken()
    {
        return Value::Object{{"transfer", "TR-0001"}, {"from", analyst}, {"condition", "whole"}, {"verified", 1}};
    }
    static QByteArray text(const std::string& words) { return QByteArray::fromStdString(words); }

private slots:
    void init()
    {
        m_keys.clear();
        m_people.clear();
        for (const char* person : {analyst, commander, "user:stranger"})
            m_keys.emplace(person, crypto::SigningKey::generate());
        m_people.emplace(analyst, m_keys.at(analyst).publicKey());
        m_people.emplace(commander, m_keys.at(commander).publicKey());
        m_audit = CustodyAudit();
        m_seq = m_nonce = 0;
        QCOMPARE(add("ledger.genesis", "", Value::Object{{"origin", origin}}), std::string());
        bring();
    }

    void aTransferSignedByBothSidesHolds()
    {
        QCOMPARE(handOver(handed()), std::string());
        QCOMPARE(act("evidence.received", commander, taken(), order("evidence-receive", commander, takenArgs())), std::string());
        QCOMPARE(m_audit.counts().signatures, 3);
        QCOMPARE(m_audit.counts().transfers, 1);
        QCOMPARE(m_audit.counts().received, 1);
        QCOMPARE(m_audit.counts().unknown, 0);
    }

    void anotherPurposeReceiverOrItemThanSignedIsSeen_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("value");
        QTest::newRow("purpose") << "purpose" << "destruction";
        QTest::newRow("receiver") << "to" << "user:stranger";
        QTest::newRow("items") << "digests" << "";
    }
    void anotherPurposeReceiverOrItemThanSignedIsSeen()
    {
        QFETCH(QString, member);
        QFETCH(QString, value);
        Value data = handed();
        data.set(member.toStdString(), value.isEmpty() ? Value(Value::Array{crypto::sha256("another").hex()}) : Value(value.toStdString()));
        QVERIFY(text(handOver(data)).contains("than the giver signed"));
        QCOMPARE(m_audit.counts().transfers, 0);
    }

    void aGiverWhoDidNotSignIsSeen()
    {
        QVERIFY(text(handOver(handed(), commander)).contains("signature does not verify"));
        QVERIFY(text(add("evidence.transferred", analyst, handed())).contains("cannot be read")); // no order at all
    }

    void aForgedReceiverIsSeen()
    {
        QCOMPARE(handOver(handed()), std::string());
        // The giver signs in the receiver's name.
        QVERIFY(text(act("evidence.received", commander, taken(), order("evidence-receive", commander, takenArgs()), analyst))
                    .contains("signature does not verify"));
        // Somebody takes over what is for another.
        m_people.emplace("user:stranger", m_keys.at("user:stranger").publicKey());
        QVERIFY(text(act("evidence.received", "user:stranger", taken(), order("evidence-receive", "user:stranger", takenArgs())))
                    .contains("somebody else than the transfer names"));
        QCOMPARE(m_audit.counts().received, 0);
    }

    void whoIsNotOrNoLongerAmongThePeopleIsSeen()
    {
        m_people.erase(analyst); // retired
        QVERIFY(text(handOver(handed())).contains("not among the people: user:analyst-a"));
        m_people.emplace(analyst, m_keys.at(analyst).publicKey());
        m_people.erase(commander);
        QVERIFY(text(handOver(handed())).contains("cannot receive it"));
    }

    void onlyWhoHasItHandsItOverAndNotTwiceAtATime()
    {
        const auto handOn = [&](const char* giver, const char* to, const char* number) {
            Value args = handedArgs();
            args.set("to", to);
            Value data = handed();
            data.set("to", to);
            data.set("transfer", number);
            return text(act("evidence.transferred", giver, data, order("evidence-transfer", giver, args)));
        };
        QVERIFY(handOn(commander, analyst, "TR-0001").contains("has not got it: it is with user:analyst-a"));
        QCOMPARE(handOn(analyst, commander, "TR-0002"), QByteArray());
        QVERIFY(handOn(analyst, commander, "TR-0003").contains("on its way by TR-0002"));
        Value receipt = taken();
        Value args = takenArgs();
        receipt.set("transfer", "TR-0002");
        args.set("transfer", "TR-0002");
        QCOMPARE(act("evidence.received", commander, receipt, order("evidence-receive", commander, args)), std::string());
        QCOMPARE(handOn(commander, analyst, "TR-0004"), QByteArray());
        m_people.erase(analyst); // who was to have it is gone, and cannot take it over any more
        m_people.emplace("user:stranger", m_keys.at("user:stranger").publicKey());
        QCOMPARE(handOn(commander, "user:stranger", "TR-0005"), QByteArray());
    }

    void anOrderCountsOnceForItsOwnCaseAndCommand()
    {
        const Value once = order("evidence-transfer", analyst, handedArgs());
        QCOMPARE(act("evidence.transferred", analyst, handed(), once), std::string());
        Value second = handed();
        second.set("transfer", "TR-0002");
        QVERIFY(text(act("evidence.transferred", analyst, second, once)).contains("used before"));
        QCOMPARE(act("evidence.received", commander, taken(), order("evidence-receive", commander, takenArgs())), std::string());
        Value elsewhere = order("evidence-transfer", analyst, handedArgs());
        elsewhere.set("case", "cordon.local/ledger/other");
        QVERIFY(text(act("evidence.transferred", analyst, second, elsewhere)).contains("another case"));
        QVERIFY(text(act("evidence.transferred", analyst, second, order("evidence-hold", analyst, handedArgs()))).contains("something else"));
    }

    void aReceiptNeedsItsTransferAndCountsOnce()
    {
        const auto receive = [&](const Value& data) {
            return text(act("evidence.received", commander, data, order("evidence-receive", commander, takenArgs())));
        };
        QVERIFY(receive(taken()).contains("nobody handed over"));
        QCOMPARE(handOver(handed()), std::string());
        Value fewer = taken();
        fewer.set("verified", 0);
        QVERIFY(receive(fewer).contains("not all of it"));
        Value damaged = taken();
        damaged.set("condition", "damaged");
        QVERIFY(receive(damaged).contains("than the receiver signed"));
        QCOMPARE(receive(taken()), QByteArray());
        QVERIFY(receive(taken()).contains("received before"));
    }

    void holdAndErasureAreWhatWasSigned()
    {
        const Value why = Value::Object{{"item", "EX-0001"}, {"purpose", "court"}};
        const Value data = Value::Object{{"digest", digest()}, {"purpose", "court"}};
        QCOMPARE(act("evidence.held", analyst, data, order("evidence-hold", analyst, why)), std::string());
        QVERIFY(text(act("evidence.erased", commander, data, order("evidence-erase", commander, why))).contains("legal hold"));
        Value other = data;
        other.set("purpose", "tidying");
        QVERIFY(text(act("evidence.released", commander, other, order("evidence-release", commander, why))).contains("another item or purpose"));
        QCOMPARE(act("evidence.released", commander, data, order("evidence-release", commander, why)), std::string());
        QCOMPARE(act("evidence.erased", commander, data, order("evidence-erase", commander, why)), std::string());
    }

    void anExhibitIsWhatThePersonSignedFor()
    {
        Value other = exhibit();
        other.set("exhibit", "EX-0002");
        other.set("digest", crypto::sha256("planted").hex());
        QVERIFY(text(act("evidence.sealed", analyst, other, order("exhibit-add", analyst, exhibitArgs()))).contains("other than the person signed"));
        QVERIFY(text(act("evidence.sealed", analyst, exhibit(), order("exhibit-add", analyst, exhibitArgs()))).contains("out of its order"));
    }

    void aSittingHoldsUntilItEndsAndHandsNothingOver()
    {
        const auto session = crypto::SigningKey::generate();
        const auto bySitting = [&](const char* type, const std::string& command, Value data, Value args, const std::string& issued) {
            const Value leave = Value::Object{{"v", 1}, {"person", analyst}, {"session_key", session.publicKey().toString()},
                                              {"case", origin}, {"issued", issued}, {"nonce", "sitting-1"}};
            data.set("order", block("cordon.command.v1", order(command, analyst, std::move(args)), analyst, session) +
                                  block("cordon.presence.v1", leave, analyst, m_keys.at(analyst)));
            return text(add(type, analyst, std::move(data)));
        };
        const Value why = Value::Object{{"item", "EX-0001"}, {"purpose", "court"}};
        const Value data = Value::Object{{"digest", digest()}, {"purpose", "court"}};
        QCOMPARE(bySitting("evidence.held", "evidence-hold", data, why, "2026-11-22T11:00:00Z"), QByteArray());
        QVERIFY(bySitting("evidence.transferred", "evidence-transfer", handed(), handedArgs(), "2026-11-22T11:00:00Z").contains("own signature"));
        QVERIFY(bySitting("evidence.held", "evidence-hold", data, why, "2026-11-21T11:00:00Z").contains("own signature")); // a day later
        QCOMPARE(add("person.signed_out", analyst, Value::Object{{"sitting", "sitting-1"}}), std::string());
        QVERIFY(bySitting("evidence.held", "evidence-hold", data, why, "2026-11-22T11:00:00Z").contains("had ended"));
    }

    /// In a real case the entry names the key, and the installation that began the case knows whose it was, and when.
    void aKeyOfARealCaseIsAskedOfTheInstallation()
    {
        const auto root = crypto::SigningKey::generate().publicKey();
        const auto begun = [&](const KnownPeople& known, const crypto::PublicKey& genesis) {
            m_audit = CustodyAudit(known);
            m_people.clear();
            QCOMPARE(add("ledger.genesis", "", Value::Object{{"origin", origin}, {"public_key", genesis.toString()}}), std::string());
        };
        const auto bringUnder = [&](const std::string& signer) {
            Value data = exhibit();
            data.set("key", m_keys.at(signer).publicKey().toString());
            return text(act("evidence.sealed", analyst, data, order("exhibit-add", analyst, exhibitArgs()), signer));
        };
        const KnownPeople known{root, [&](const std::string& person, const crypto::PublicKey& key, Timestamp) {
                                    return person == analyst && key == m_keys.at(analyst).publicKey();
                                }};
        begun(known, root);
        QVERIFY(text(act("evidence.sealed", analyst, exhibit(), order("exhibit-add", analyst, exhibitArgs()))).contains("without the key"));
        QVERIFY(bringUnder("user:stranger").contains("not that person's"));
        QCOMPARE(bringUnder(analyst), QByteArray());
        QCOMPARE(m_audit.counts().unknown, 0);
        const KnownPeople retired{root, [](const std::string&, const crypto::PublicKey&, Timestamp) { return false; }};
        begun(retired, root);
        QVERIFY(bringUnder(analyst).contains("not that person's"));
        begun(retired, crypto::SigningKey::generate().publicKey()); // a case of another installation
        QCOMPARE(bringUnder(analyst), QByteArray());
        QCOMPARE(m_audit.counts().unknown, 1);
    }
};

QTEST_GUILESS_MAIN(TestCustodyAudit)
#include "tst_custody_audit.moc"
