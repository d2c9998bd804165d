#include <QTest>

#include "people_fixture.h"
#include "tests/support/software_key.h"

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;
using Kind = PeopleAct::Kind;
using Names = std::vector<std::string>;

namespace {
const std::string ownerA = PeopleMaker::ownerA;
const std::string ownerB = PeopleMaker::ownerB;
const std::string ownerC = PeopleMaker::ownerC;
const std::string analyst = PeopleMaker::analyst;
const std::string newcomer = "user:newcomer";
} // namespace

/// Who becomes somebody in an installation, and what it takes.
class TestPeopleRoll : public QObject
{
    Q_OBJECT
private slots:
    void theFirstPersonIsAnOwnerWhoSignsAlone()
    {
        PeopleMaker maker;
        QCOMPARE(maker.why(maker.enrol(analyst, {"analyst"}), {analyst}), std::string("first_is_owner"));
        QCOMPARE(maker.why(maker.enrol(ownerA, {"owner"}), {ownerB}), std::string("signature_missing"));
        QCOMPARE(maker.why(maker.enrol(ownerA, {"owner"}), {ownerA}), std::string());
        QCOMPARE(maker.why(maker.enrol(ownerB, {"owner"}), {ownerB}), std::string("signature_missing"));
        QCOMPARE(maker.why(maker.enrol(ownerB, {"owner"}), {ownerB, ownerA}), std::string());
    }

    void nobodyAdmitsThemselves_data()
    {
        QTest::addColumn<QString>("role");
        QTest::addColumn<QStringList>("signers");
        QTest::addColumn<bool>("isTaken");
        const QString me = QString::fromStdString(newcomer);
        const QString a = QString::fromStdString(ownerA);
        const QString b = QString::fromStdString(ownerB);
        const QString one = QString::fromStdString(analyst);
        QTest::newRow("an analyst alone") << "analyst" << QStringList{me} << false;
        QTest::newRow("by an analyst") << "analyst" << QStringList{me, one} << false;
        QTest::newRow("by an owner, the key not shown to be held") << "analyst" << QStringList{a} << false;
        QTest::newRow("by an owner") << "analyst" << QStringList{me, a} << true;
        QTest::newRow("an owner by one owner") << "owner" << QStringList{me, a} << false;
        QTest::newRow("an owner by an owner and an analyst") << "owner" << QStringList{me, a, one} << false;
        QTest::newRow("an owner by two owners") << "owner" << QStringList{me, a, b} << true;
    }
    void nobodyAdmitsThemselves()
    {
        QFETCH(QString, role);
        QFETCH(QStringList, signers);
        QFETCH(bool, isTaken);
        PeopleMaker maker;
        maker.fill();
        Names names;
        for (const QString& name : signers)
            names.push_back(name.toStdString());
        QCOMPARE(maker.why(maker.enrol(newcomer, {role.toStdString()}), names),
                 isTaken ? std::string() : std::string("signature_missing"));
        QCOMPARE(maker.roll.people().find(newcomer) != nullptr, isTaken);
    }

    void whoSignsUnderAnotherNameOrTwiceCountsOnce()
    {
        PeopleMaker maker;
        maker.fill();
        const PeopleAct act = maker.enrol(newcomer, {"owner"});
        std::string block = maker.signedBy(act, {newcomer, ownerA});
        const auto forged = addSignature(block, ownerB, maker.key(ownerA)); // owner A in owner B's name
        QVERIFY(forged);
        QCOMPARE(maker.why(*forged), std::string("signature_missing"));
        const auto twice = addSignature(block, ownerA, maker.key(ownerA));
        QVERIFY(twice);
        QCOMPARE(maker.why(*twice), std::string("signature_missing"));
        const auto own = addSignature(block, newcomer, maker.key(newcomer)); // the newcomer is no owner yet
        QCOMPARE(maker.why(*own), std::string("signature_missing"));
    }

    void aSignedActIsGoodForOnePlaceOnly()
    {
        PeopleMaker maker;
        maker.fill();
        PeopleAct roles = maker.act(Kind::Roles, analyst);
        roles.roles = {"commander"};
        const std::string promoted = maker.signedBy(roles, {ownerA});
        QCOMPARE(maker.why(promoted), std::string());
        QCOMPARE(maker.why(promoted), std::string("act_stale")); // the same again
        roles = maker.act(Kind::Roles, analyst);
        roles.roles = {"reviewer"};
        QCOMPARE(maker.why(roles, {ownerA}), std::string());
        QCOMPARE(maker.why(promoted), std::string("act_stale")); // what was taken away does not come back
        PeopleMaker other;
        other.fill();
        QCOMPARE(other.why(promoted), std::string("act_stale")); // nor in another installation
    }

    void twoNewcomersAtATimeAreBothTakenAndNothingInBetweenIsLeftOut()
    {
        PeopleMaker maker;
        maker.fill();
        const PeopleAct first = maker.enrol("user:ann", {"analyst"});
        const PeopleAct second = maker.enrol("user:bob", {"commander"});
        const PeopleAct third = maker.enrol("user:cat", {"owner"});
        const PeopleAct retired = maker.act(Kind::Retire, analyst);
        PeopleRoll shorter = maker.roll;
        QCOMPARE(maker.why(first, {"user:ann", ownerA}), std::string());
        QCOMPARE(maker.why(second, {"user:bob", ownerA}), std::string());
        QCOMPARE(maker.why(third, {"user:cat", ownerA, ownerB}), std::string("act_stale")); // not for owners
        QCOMPARE(maker.why(retired, {ownerA}), std::string("act_stale"));
        // Whose act it was counts as things are now, and the next act names what came before the late one too.
        QVERIFY(shorter.apply(maker.signedBy(second, {"user:bob", ownerA})));
        QVERIFY(shorter.head() != maker.roll.head());
        PeopleAct late = maker.enrol("user:dan", {"analyst"});
        QCOMPARE(maker.why(maker.act(Kind::Retire, ownerC), {ownerA, ownerB}), std::string());
        QCOMPARE(maker.why(late, {"user:dan", ownerC}), std::string("signature_missing"));
        late.basis = std::string(64, 'a');
        QCOMPARE(maker.why(late, {"user:dan", ownerA}), std::string("act_stale"));
    }

    void whatStaysOnTheMachineIsUsedOnce()
    {
        PeopleMaker maker;
        maker.fill();
        const std::string freed = maker.signedBy(maker.act(Kind::Free, analyst), {ownerA, ownerB});
        QCOMPARE(maker.why(freed), std::string());
        QCOMPARE(maker.why(freed), std::string("nonce_used"));
    }

    void lossOfAFactorTakesTwoOwnersBesideThePerson_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("tries") << static_cast<int>(Kind::Free);
        QTest::newRow("key") << static_cast<int>(Kind::Rekey);
    }
    void lossOfAFactorTakesTwoOwnersBesideThePerson()
    {
        QFETCH(int, kind);
        const auto what = static_cast<Kind>(kind);
        PeopleMaker maker;
        maker.fill();
        const auto draw = [&](const std::string& person) {
            PeopleAct act = maker.act(what, person);
            if (what == Kind::Rekey)
                act.key = maker.newKey(person).publicKey();
            return act;
        };
        QCOMPARE(maker.why(draw(analyst), {analyst}), std::string("signature_missing"));
        QCOMPARE(maker.why(draw(analyst), {analyst, ownerA}), std::string("signature_missing"));
        QCOMPARE(maker.why(draw(ownerA), {ownerA, ownerB}), std::string("signature_missing")); // not as their own second
        QCOMPARE(maker.why(draw(analyst), {analyst, ownerC, ownerB}), std::string());
    }

    void aSecurityKeyTakesThePersonAndAnOwner()
    {
        PeopleMaker maker;
        maker.fill();
        const test::SoftwareKey token;
        const auto add = [&](const std::string& person) {
            PeopleAct act = maker.act(Kind::AddKey, person);
            act.securityKey = token.publicHalf();
            return act;
        };
        QCOMPARE(maker.why(add(analyst), {analyst}), std::string("signature_missing"));
        QCOMPARE(maker.why(add(analyst), {ownerA, ownerB, ownerC}), std::string("signature_missing")); // not behind their back
        QCOMPARE(maker.why(add(ownerA), {ownerA}), std::string("signature_missing"));
        QCOMPARE(maker.why(add(analyst), {analyst, ownerA}), std::string());
        QVERIFY(maker.roll.people().find(analyst)->securityKeys == std::vector{token.publicHalf()});
        QCOMPARE(maker.why(add(ownerB), {ownerB, ownerA}), std::string("security_key_used"));
        PeopleAct named = maker.act(Kind::AddKey, analyst);
        named.securityKey = test::SoftwareKey().publicHalf(); // two blue keys could not be told apart
        QCOMPARE(maker.why(named, {analyst, ownerA}), std::string("security_key_named"));
    }

    void aLostSecurityKeyIsGivenUpAloneAndReplacedByTwoOwners()
    {
        PeopleMaker maker;
        maker.fill();
        const test::SoftwareKey lost;
        const auto add = [&](const SecurityKey& key) {
            PeopleAct act = maker.act(Kind::AddKey, analyst);
            act.securityKey = key;
            return act;
        };
        QCOMPARE(maker.why(add(lost.publicHalf()), {analyst, ownerA}), std::string());
        PeopleAct away = maker.act(Kind::RemoveKey, analyst);
        away.credential = "nothing";
        QCOMPARE(maker.why(away, {analyst}), std::string("security_key_unknown"));
        away.credential = lost.credential;
        QCOMPARE(maker.why(away, {ownerA}), std::string("signature_missing"));
        QCOMPARE(maker.why(away, {analyst}), std::string());
        QVERIFY(maker.roll.people().find(analyst)->securityKeys.empty());
        const test::SoftwareKey next;
        QCOMPARE(maker.why(add(lost.publicHalf("red key")), {analyst, ownerA, ownerB}), std::string("security_key_used"));
        QCOMPARE(maker.why(add(next.publicHalf("red key")), {analyst, ownerA}), std::string("signature_missing"));
        QCOMPARE(maker.why(add(next.publicHalf("red key")), {analyst, ownerA, ownerB}), std::string());
        away = maker.act(Kind::RemoveKey, analyst);
        away.credential = next.credential;
        QCOMPARE(maker.why(away, {ownerA, ownerC}), std::string()); // without the person, who may not be reached
    }

    void newFactorsLeaveNoSecurityKeyBehind()
    {
        PeopleMaker maker;
        maker.fill();
        PeopleAct add = maker.act(Kind::AddKey, analyst);
        add.securityKey = test::SoftwareKey().publicHalf();
        QCOMPARE(maker.why(add, {analyst, ownerA}), std::string());
        PeopleAct rekey = maker.act(Kind::Rekey, analyst);
        rekey.key = maker.newKey(analyst).publicKey();
        QCOMPARE(maker.why(rekey, {analyst, ownerA, ownerB}), std::string());
        QVERIFY(maker.roll.people().find(analyst)->securityKeys.empty());
    }

    void anActOnASecurityKeyIsExactlyThat()
    {
        PeopleMaker maker;
        maker.fill();
        PeopleAct add = maker.act(Kind::AddKey, analyst);
        add.securityKey = test::SoftwareKey().publicHalf();
        const Value good = add.toValue();
        QVERIFY(PeopleAct::fromValue(good));
        const auto refuses = [&](const char* member, const Value& value) {
            Value bent = good;
            Value token = good["security_key"];
            token.set(member, value);
            bent.set("security_key", std::move(token));
            return !PeopleAct::fromValue(bent);
        };
        QVERIFY(refuses("rp", "example.org"));
        QVERIFY(refuses("attestation", "certified"));
        QVERIFY(refuses("algorithm", "none"));
        QVERIFY(refuses("name", ""));
        QVERIFY(refuses("name", std::string(81, 'a')));
        QVERIFY(refuses("more", 1));
        Value roles = maker.act(Kind::Retire, analyst).toValue();
        roles.set("security_key", good["security_key"]);
        QVERIFY(!PeopleAct::fromValue(roles));
    }

    void aKeyThatWasSomebodysNeverComesBack()
    {
        PeopleMaker maker;
        maker.fill();
        const crypto::PublicKey old = maker.key(analyst).publicKey();
        PeopleAct rekey = maker.act(Kind::Rekey, analyst);
        rekey.key = maker.newKey(analyst).publicKey();
        QCOMPARE(maker.why(rekey, {analyst, ownerA, ownerB}), std::string());
        QVERIFY(maker.roll.people().find(analyst)->key != old);
        PeopleAct back = maker.enrol(newcomer, {"analyst"});
        back.key = old;
        QCOMPARE(maker.why(back, {ownerA}), std::string("key_used"));
        back.key = maker.key(ownerC).publicKey(); // two accounts, one key (AP-07)
        QCOMPARE(maker.why(back, {ownerA}), std::string("key_used"));
    }

    void whoIsRetiredSignsNothingAndDoesNotReturn()
    {
        PeopleMaker maker;
        maker.fill();
        QCOMPARE(maker.why(maker.act(Kind::Retire, ownerC), {ownerA}), std::string("signature_missing"));
        QCOMPARE(maker.why(maker.act(Kind::Retire, ownerC), {ownerA, ownerB}), std::string());
        QVERIFY(maker.roll.people().find(ownerC)->isRevoked);
        QCOMPARE(maker.why(maker.enrol(newcomer, {"analyst"}), {newcomer, ownerC}), std::string("signature_missing"));
        QCOMPARE(maker.why(maker.enrol(ownerC, {"analyst"}), {ownerC, ownerA}), std::string("key_used"));
        maker.newKey(ownerC);
        QCOMPARE(maker.why(maker.enrol(ownerC, {"analyst"}), {ownerC, ownerA}), std::string("person_known"));
        QCOMPARE(maker.why(maker.act(Kind::Free, ownerC), {ownerA, ownerB}), std::string("key_revoked"));
    }

    void whoWantsToLeaveLeavesButTheLastOwnerStays()
    {
        PeopleMaker maker;
        maker.fill();
        QCOMPARE(maker.why(maker.act(Kind::Retire, analyst), {analyst}), std::string());
        QCOMPARE(maker.why(maker.act(Kind::Retire, ownerC), {ownerC}), std::string());
        QCOMPARE(maker.why(maker.act(Kind::Retire, ownerB), {ownerB}), std::string());
        QCOMPARE(maker.why(maker.act(Kind::Retire, ownerA), {ownerA}), std::string("last_owner"));
        PeopleAct roles = maker.act(Kind::Roles, ownerA);
        roles.roles = {"analyst"};
        QCOMPARE(maker.why(roles, {ownerA}), std::string("last_owner"));
    }

    void oneOfTwoOwnersDoesNotSendTheOtherAway()
    {
        PeopleMaker maker;
        QCOMPARE(maker.why(maker.enrol(ownerA, {"owner"}), {ownerA}), std::string());
        QCOMPARE(maker.why(maker.enrol(ownerB, {"owner"}), {ownerB, ownerA}), std::string());
        QCOMPARE(maker.why(maker.enrol(analyst, {"analyst"}), {analyst, ownerA}), std::string());
        QCOMPARE(maker.why(maker.act(Kind::Retire, ownerA), {ownerB}), std::string("signature_missing"));
        QCOMPARE(maker.why(maker.act(Kind::Retire, ownerA), {ownerB, analyst}), std::string("signature_missing"));
        PeopleAct roles = maker.act(Kind::Roles, ownerA); // nor by taking the role first
        roles.roles = {"analyst"};
        QCOMPARE(maker.why(roles, {ownerB}), std::string("signature_missing"));
        QCOMPARE(maker.why(roles, {ownerA}), std::string("signature_missing"));
        QCOMPARE(maker.why(roles, {ownerA, ownerB}), std::string());
        QVERIFY(!maker.roll.people().find(ownerA)->hasRole("owner"));
    }

    void nobodyChangesTheirOwnRolesOrTraining()
    {
        PeopleMaker maker;
        maker.fill();
        PeopleAct roles = maker.act(Kind::Roles, analyst);
        roles.roles = {"analyst", "owner"};
        QCOMPARE(maker.why(roles, {analyst}), std::string("signature_missing"));
        QCOMPARE(maker.why(roles, {ownerA}), std::string("signature_missing")); // a new owner takes two
        QCOMPARE(maker.why(roles, {ownerA, ownerB}), std::string());
        PeopleAct train = maker.act(Kind::Train, ownerA);
        train.trainedUntil = train.issued + std::chrono::hours(24);
        QCOMPARE(maker.why(train, {ownerA}), std::string("signature_missing"));
        QCOMPARE(maker.why(train, {ownerB}), std::string());
        QVERIFY(maker.roll.people().find(ownerA)->isTrainedAt(train.issued));
    }

    void everyChangedMemberBreaksTheSignature()
    {
        PeopleMaker maker;
        maker.fill();
        const PeopleAct act = maker.enrol(newcomer, {"analyst"});
        const std::string good = maker.signedBy(act, {newcomer, ownerA});
        int tried = 0;
        for (std::size_t i = 0; i < good.size(); ++i) { // one bit of every byte
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ 1);
            PeopleRoll roll = maker.roll;
            const auto taken = roll.apply(bad);
            // A note may lose lines that do not verify, and edges of lines are mended; what counts stays the same act.
            if (taken)
                QCOMPARE(taken->toValue(), act.toValue());
            else
                ++tried;
        }
        QVERIFY2(tried > static_cast<int>(good.size()) - 8, qPrintable(QString::number(tried)));
    }

    void refusesWhatIsNoAct_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("json");
        QTest::newRow("name that turns text around") << "name" << "\"A\\u202Eb\"";
        QTest::newRow("no name") << "name" << "\"\"";
        QTest::newRow("a name as long as a page") << "name" << ("\"" + QString(81, 'x') + "\"");
        QTest::newRow("unknown role") << "roles" << "[\"admin\"]";
        QTest::newRow("the same role twice") << "roles" << "[\"analyst\",\"analyst\"]";
        QTest::newRow("no role") << "roles" << "[]";
        QTest::newRow("a role that is no text") << "roles" << "[\"analyst\",1]";
        QTest::newRow("small-order key") << "key" << "\"ed25519:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"";
        QTest::newRow("no key") << "key" << "null";
        QTest::newRow("id of another kind") << "person" << "\"nhi:agent\"";
        QTest::newRow("id with a path") << "person" << "\"user:../x\"";
        QTest::newRow("short nonce") << "nonce" << "\"00\"";
        QTest::newRow("unknown act") << "act" << "\"promote\"";
        QTest::newRow("a member too many") << "extra" << "1";
        QTest::newRow("a time that reads otherwise") << "issued" << "\"2026-05-28T00:00:00+02:00\"";
    }
    void refusesWhatIsNoAct()
    {
        QFETCH(QString, member);
        QFETCH(QString, json);
        PeopleMaker maker;
        Value value = maker.enrol(newcomer, {"analyst"}).toValue();
        QVERIFY(PeopleAct::fromValue(value));
        value.set(member.toStdString(), *cordon::json::parse(json.toStdString()));
        const auto act = PeopleAct::fromValue(value);
        QVERIFY(!act);
        QVERIFY2(act.error().detail.rfind("act_unreadable", 0) == 0, act.error().detail.c_str());
    }
};

QTEST_GUILESS_MAIN(TestPeopleRoll)
#include "tst_people_roll.moc"
