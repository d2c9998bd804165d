#include "core/record/people_in_force.h"

#include "core/crypto/sha256.h"
#include "core/crypto/signed_note.h"
#include "core/record/order_audit.h"
#include "core/value/json.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::record;

/// Whose word counts in a real case: the installation that began it knows, anybody else has the entry's own word.
class TestPeopleInForce : public QObject
{
    Q_OBJECT

private:
    crypto::SigningKey m_root = crypto::SigningKey::generate();
    std::map<std::string, crypto::SigningKey> m_keys;
    Timestamp m_now = *Timestamp::parse("2026-11-21T12:00:00Z");

    /// Owners a and b; ann is an analyst, rita a reviewer.
    [[nodiscard]] KnownPeople known() const
    {
        const auto isOf = [this](const std::string& person, const crypto::PublicKey& key) {
            const auto own = m_keys.find(person);
            return own != m_keys.end() && own->second.publicKey() == key;
        };
        return {m_root.publicKey(), [isOf](const std::string& person, const crypto::PublicKey& key, Timestamp) { return isOf(person, key); },
                [this](const std::string& person, Timestamp) {
                    const auto own = m_keys.find(person);
                    return own == m_keys.end() ? std::vector<crypto::PublicKey>() : std::vector{own->second.publicKey()};
                },
                [](const std::string& person, const std::string& role, Timestamp) {
                    return role == (person == "user:ann" ? "analyst" : person == "user:rita" ? "reviewer" : "owner");
                }};
    }
    [[nodiscard]] LedgerEntry entry(const std::string& type, Value data, const std::string& person = {}) const
    {
        LedgerEntry made;
        made.type = type;
        made.ts = m_now;
        made.actor = {person.empty() ? Actor::Kind::Engine : Actor::Kind::Person, person.empty() ? "cordon" : person};
        made.data = std::move(data);
        return made;
    }
    [[nodiscard]] PeopleInForce begin(std::optional<KnownPeople> people, bool isOwn = true)
    {
        PeopleInForce made(std::move(people));
        const crypto::PublicKey genesis = isOwn ? m_root.publicKey() : crypto::SigningKey::generate().publicKey();
        if (!made.add(entry("ledger.genesis", Value::Object{{"origin", "o"}, {"exercise", false}, {"public_key", genesis.toString()}})).empty())
            qFatal("a genesis entry is nobody's");
        return made;
    }
    [[nodiscard]] Value mandate(int revision, const std::vector<std::string>& signers, const std::string& agentKey = "ed25519:x") const
    {
        const std::string text = "id: m\nrevision: " + std::to_string(revision) + "\nagent: {id: n, key: \"" + agentKey +
                                 "\"}\nowner: {accountable: a, deputy: b, signatures_to_load: 2}\n";
        const Value content = Value::Object{{"id", "m"}, {"revision", revision}, {"agent", Value::Object{{"id", "n"}, {"key", agentKey}}},
                                            {"owner", Value::Object{{"accountable", "a"}, {"deputy", "b"}, {"signatures_to_load", 2}}}};
        const std::string digest = crypto::sha256("cordon.mandate.v1\n" + json::canonical(content).value()).hex();
        crypto::SignedNote note;
        note.text = "cordon.mandate.v1\nm\nrevision " + std::to_string(revision) + "\n" + digest + "\n";
        for (const std::string& signer : signers)
            note.sign(signer, m_keys.at(signer));
        return Value::Object{{"id", "m"}, {"revision", revision}, {"digest", digest}, {"text", text}, {"content", content}, {"agent", "n"},
                             {"agent_key", agentKey}, {"accountable", "a"}, {"deputy", "b"}, {"note", note.toString()}};
    }
    [[nodiscard]] LedgerEntry command(const std::string& person, const crypto::SigningKey& key) const
    {
        const Value order = Value::Object{{"args", Value::Object{}}, {"case", "o"}, {"command", "present"},
                                          {"issued", m_now.toString()}, {"nonce", "n"}, {"person", person}};
        crypto::SignedNote note;
        note.text = "cordon.command.v1\n" + toBase64(bytesOf(json::canonical(order).value())) + "\n";
        note.sign(person, key);
        return entry("command.taken", Value::Object{{"command", "present"}, {"nonce", "n"}, {"key", key.publicKey().toString()}, {"order", note.toString()}}, person);
    }
    [[nodiscard]] std::string taken(const PeopleInForce& people, const std::string& person, const crypto::SigningKey& key) const
    {
        OrderAudit orders;
        return orders.add(command(person, key), people);
    }

private slots:
    void init()
    {
        m_keys.clear();
        for (const char* person : {"user:a", "user:b", "user:ann", "user:rita"})
            m_keys.emplace(person, crypto::SigningKey::generate());
    }

    // MAESTRO L6
    void aRealCasesMandateComesUnderItsOwnersSignatures()
    {
        PeopleInForce people = begin(known());
        QCOMPARE(people.add(entry("mandate.in_force", mandate(1, {"user:a"}))), std::string("a mandate that 1 of 2 owners signed"));
        QCOMPARE(people.add(entry("mandate.in_force", mandate(1, {"user:a", "user:ann"}))), std::string("a mandate that 1 of 2 owners signed"));
        Value other = mandate(1, {"user:a", "user:b"});
        other.set("text", "id: another\n");
        QVERIFY(!people.add(entry("mandate.in_force", other)).empty());
        other = mandate(1, {"user:a", "user:b"});
        other.set("content", Value::Object{});
        QVERIFY(!people.add(entry("mandate.in_force", other)).empty());
        QCOMPARE(people.add(entry("mandate.in_force", mandate(2, {"user:a", "user:b"}))), std::string());
        QCOMPARE(people.add(entry("mandate.in_force", mandate(2, {"user:a", "user:b"}))), std::string()); // people changed
        QVERIFY(people.add(entry("mandate.in_force", mandate(2, {"user:a", "user:b"}, "ed25519:y"))).find("not above") != std::string::npos);
        QVERIFY(people.add(entry("mandate.in_force", mandate(1, {"user:a", "user:b"}))).find("not above") != std::string::npos);
        QCOMPARE(people.add(entry("mandate.in_force", mandate(3, {"user:a", "user:b"}, "ed25519:y"))), std::string()); // its owners say who acts
        QCOMPARE(people.signatures(), 6);
        QCOMPARE(people.unknown(), 0);
    }

    /// The agent's key is nobody's, whatever name it signs under; one key is one owner.
    void oneKeyIsOneOwnerAndTheAgentsIsNone()
    {
        m_keys.at("user:b") = *crypto::SigningKey::fromSeed(m_keys.at("user:a").seed());
        PeopleInForce people = begin(known());
        QVERIFY(!people.add(entry("mandate.in_force", mandate(1, {"user:a", "user:b"}))).empty());
        init();
        people = begin(known());
        const std::string agents = m_keys.at("user:b").publicKey().toString();
        QVERIFY(!people.add(entry("mandate.in_force", mandate(1, {"user:a", "user:b"}, agents))).empty());
    }

    void inARealCaseAnOrderIsThatOfWhoWasEnrolled()
    {
        const PeopleInForce people = begin(known());
        QCOMPARE(taken(people, "user:ann", m_keys.at("user:ann")), std::string());
        QVERIFY(taken(people, "user:ann", crypto::SigningKey::generate()).find("not that person's at the time") != std::string::npos);
        QVERIFY(taken(people, "user:nobody", crypto::SigningKey::generate()).find("not that person's") != std::string::npos);
        QVERIFY(taken(people, "user:rita", m_keys.at("user:rita")).find("has not the role") != std::string::npos);
    }

    void elsewhereTheEntrysOwnWordStandsAndIsCounted()
    {
        for (PeopleInForce people : {begin(known(), false), begin({})}) {
            OrderAudit orders;
            QCOMPARE(orders.add(command("user:nobody", crypto::SigningKey::generate()), people), std::string());
            QCOMPARE(orders.unknown(), 1);
            QCOMPARE(people.add(entry("mandate.in_force", mandate(1, {"user:a"}))), std::string());
            QCOMPARE(people.unknown(), 1);
            Value unsignedOne = mandate(2, {"user:a"});
            unsignedOne.set("note", "");
            QVERIFY(!people.add(entry("mandate.in_force", unsignedOne)).empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestPeopleInForce)
#include "tst_people_in_force.moc"
