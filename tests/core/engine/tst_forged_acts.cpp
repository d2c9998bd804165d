#include "core/engine/audit_options.h"
#include "core/engine/evidence_copies.h"
#include "core/engine/people_office.h"
#include "core/govern/mandate_note.h"
#include "core/govern/mandate_rules.h"
#include "core/platform/file.h"
#include "core/platform/process_runner.h"
#include "core/value/yaml.h"
#include "tests/core/engine/signed_orders.h"
#include "tests/core/govern/people_fixture.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

constexpr const char* analyst = "user:analyst-a";
constexpr const char* commander = "user:commander-b";

/// What is known of the incidents, in words that two states can be compared by.
std::string stateOf(const engine::Pipeline& held)
{
    std::string text;
    for (const auto& [id, file] : held.files()) {
        text += toString(id) + ' ' + std::string(toString(file.incident.status)) + ' ' + file.incident.assignee + ' ' +
                std::to_string(file.incident.alerts.size()) + (file.isConfirmedByPerson ? " confirmed" : "");
        for (const std::string& person : file.acceptedBy)
            text += " accepted by " + person;
        for (const Step& step : file.plan.steps)
            text += "\n  " + step.id + ' ' + std::string(toString(step.state)) + ' ' + (step.leaseUntil ? step.leaseUntil->toString() : "");
        text += '\n';
    }
    return text;
}

Value valueOf(QByteArray text) { return CaseFixture::must(json::parse(text.replace('\'', '"').toStdString())); }

} // namespace

/// Whoever has the log key in force, and nobody's own key, writes that people did something.
class TestForgedActs : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<CaseFixture> m_whole; ///< a case that nobody changed, to be copied

    /// The same case again, in a folder of its own.
    std::unique_ptr<CaseFixture> copy() const
    {
        auto fixture = std::make_unique<CaseFixture>();
        for (const auto& [from, to] : {std::pair{m_whole->folder(), fixture->folder()}, std::pair{m_whole->home(), fixture->home()}})
            std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
        return fixture;
    }
    static Step* stepOf(engine::Pipeline& held, const QByteArray& type)
    {
        return CaseFixture::step(held, type == "lease.extended" ? "credential.deactivate" : "policy.detach");
    }
    static void forge(const CaseFixture& fixture, const std::string& type, const std::string& person, Value data,
                      const std::string& incident = "INC-0001", Actor::Kind kind = Actor::Kind::Person)
    {
        record::Ledger ledger = CaseFixture::must(
            record::Ledger::open(fixture.folder(), record::LogKeys(fixture.home()), fixture.machine));
        LedgerDraft draft;
        draft.type = type;
        draft.actor = {kind, person};
        draft.incident = incident;
        draft.data = std::move(data);
        draft.at = CaseFixture::must(Timestamp::parse(fixture.ledger().back().data["at"].asString()));
        (void)CaseFixture::must(ledger.append(std::move(draft)));
        (void)CaseFixture::must(ledger.checkpoint());
    }
    /// Both verifiers say that the entry is wrong, in these words.
    static void compareVerdicts(const CaseFixture& fixture, int status, const std::string& words = "RESULT")
    {
        const auto report = CaseFixture::must(record::LedgerAuditor(engine::auditOptions(fixture.home())).verify(fixture.folder()));
        QVERIFY2(report.exitStatus() == status && report.toText().find(words) != std::string::npos, report.toText().c_str());
        const auto other = CaseFixture::must(platform::runProcess(
            {"/usr/bin/python3",
             {std::string(CORDON_SOURCE_DIR) + "/tools/verify_ledger.py", fixture.folder().string(), "--home", fixture.home().string()},
             {}, {}, false, std::chrono::seconds(60)}));
        QVERIFY2(other.exitStatus == status && other.output.find(words) != std::string::npos, other.output.c_str());
    }
    /// A mandate that says another revision, and is allowed a little more.
    static Value widerMandate(const Value& first)
    {
        std::string text = first["text"].asString();
        text.replace(text.find("revision: 1"), 11, "revision: 2");
        Value data = first;
        data.set("text", text).set("revision", 2).set("digest", CaseFixture::must(govern::parseMandate(text, "wider")).digest);
        data.set("content", CaseFixture::must(yaml::parse(text)));
        return data;
    }

private slots:
    void initTestCase()
    {
        m_whole = std::make_unique<CaseFixture>();
        const auto held = m_whole->run();
        VERIFY_DONE(held->finish());
    }

    // MAESTRO L5
    void anActThatNobodySignedIsNotObeyed_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("data");
        const auto row = [](const char* type, const char* data) { QTest::newRow(type) << QByteArray(type) << QByteArray(data); };
        row("incident.closed", "{'verdict':'benign','reason':'nothing','alerts':99,'leases':[]}");
        row("incident.assigned", "{'to':'user:commander-b'}");
        row("step.skipped", "{'step':'STEP','why':'no need'}");
        row("step.moved", "{'step':'STEP','before':'INC-0001/S1','why':'first'}");
        row("step.changed", "{'step':'STEP','params':{'policy':'arn:aws:iam::aws:policy/Other'},'why':'another'}");
        row("step.added", "{'step':'INC-0001/S99','verb':'account.suspend','target':'account:arn:aws:iam::111122223333:user/ci','why':'more'}");
        row("lease.extended", "{'step':'STEP','until':'2027-01-01T00:00:00Z'}");
        row("step.done_elsewhere", "{'step':'STEP','note':'done','outcome':{'state':'verified'}}");
        row("approval.denied", "{'step':'STEP','approval':{'approver':'user:commander-b','decision':'deny'},'signature':''}");
    }
    void anActThatNobodySignedIsNotObeyed()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, data);
        const auto made = copy();
        CaseFixture& fixture = *made;
        std::string step;
        std::string before;
        {
            const auto held = fixture.wake();
            step = stepOf(*held, type)->id;
            before = stateOf(*held);
            VERIFY_DONE(held->finish());
        }
        forge(fixture, type.toStdString(), commander, valueOf(data.replace("STEP", step.c_str())));
        {
            const auto held = fixture.wake();
            QCOMPARE(QByteArray::fromStdString(stateOf(*held)), QByteArray::fromStdString(before));
        }
        compareVerdicts(fixture, 1, type == "approval.denied" ? "signature does not verify" : "no order of theirs asked for");
    }

    void anArrangementThatNobodySignedIsNotObeyed()
    {
        const auto made = copy();
        CaseFixture& fixture = *made;
        Value split;
        std::string before;
        {
            const auto held = fixture.wake();
            const auto& alerts = held->files().at(IncidentId{1}).incident.alerts;
            QVERIFY(alerts.size() > 1);
            VERIFY_DONE(obey(*held, fixture, engine::Arrange{"split", IncidentId{1}, {}, {alerts.back()}, {}, "apart", analyst}));
            QVERIFY(held->files().size() > 1);
            VERIFY_DONE(obey(*held, fixture, engine::Arrange{"undo-arrangement", {}, {}, {}, "ORD-0001", "no", analyst}));
            QCOMPARE(held->files().size(), std::size_t(1));
            before = stateOf(*held);
            VERIFY_DONE(held->finish());
        }
        compareVerdicts(fixture, 0);
        split = fixture.ledger("incident.split").front().data;
        split.set("order", "ORD-0002");
        forge(fixture, "incident.split", analyst, split);
        forge(fixture, "incident.split", "cordon", split, "INC-0001", Actor::Kind::Engine); // nor in the name of no person
        {
            const auto held = fixture.wake();
            QCOMPARE(held->files().size(), std::size_t(1));
        }
        std::filesystem::remove(record::databasePath(fixture.folder()));
        {
            const auto held = fixture.wake(); // nor when the index is made anew
            QCOMPARE(held->files().size(), std::size_t(1));
        }
        compareVerdicts(fixture, 1, "no order of theirs asked for");
        compareVerdicts(fixture, 1, "what only a person does");
    }

    void aListThatNobodySignedForIsNotUsed_data()
    {
        QTest::addColumn<QByteArray>("by");
        QTest::addColumn<bool>("isWider");
        QTest::newRow("with an order of somebody else") << QByteArray(commander) << false;
        QTest::newRow("with an order that was used") << QByteArray(analyst) << false;
        QTest::newRow("as more than was signed") << QByteArray(analyst) << true;
    }
    void aListThatNobodySignedForIsNotUsed()
    {
        QFETCH(QByteArray, by);
        QFETCH(bool, isWider);
        const auto made = copy();
        CaseFixture& fixture = *made;
        Value data;
        {
            const auto held = fixture.wake();
            std::ofstream(fixture.path("list.csv"), std::ios::binary) << "kind,id,type,criticality,environment,tags\naccount,x,service,normal,,\n";
            const Digest digest = CaseFixture::must(engine::sealFile(
                CaseFixture::must(engine::vaultOf(fixture.folder(), fixture.home())), fixture.path("list.csv")));
            VERIFY_DONE(give(*held, fixture, analyst, "inventory-import",
                             Value::Object{{"digest", digest.hex()}, {"source", "list.csv"}, {"name", "cmdb"}}));
            VERIFY_DONE(held->finish());
        }
        compareVerdicts(fixture, 0);
        data = fixture.ledger("inventory.imported").front().data;
        data.set("name", "another");
        if (isWider)
            data.set("authoritative_for", Value::Array{"account"});
        forge(fixture, "inventory.imported", by.toStdString(), data, "");
        {
            const auto held = fixture.wake();
            const auto unproven = CaseFixture::must(engine::findUnprovenActs(fixture.folder(), fixture.home()));
            QCOMPARE(unproven.size(), std::size_t(1));
            const auto known = CaseFixture::must(engine::inventoryOf(held->folder().store().queries(), held->folder().vault(), unproven));
            QCOMPARE(known.lists().size(), std::size_t(1));
            QCOMPARE(known.lists().front().name, std::string("cmdb"));
        }
        compareVerdicts(fixture, 1, "a list that no order of theirs asked for");
    }

    /// An order that was signed for another thing, another time, or by no one is not taken either.
    void aCommandIsNotTakenTwiceOrLater()
    {
        const auto made = copy();
        CaseFixture& fixture = *made;
        Value taken;
        {
            const auto held = fixture.wake();
            VERIFY_DONE(obey(*held, fixture, engine::AddNote{IncidentId{1}, "a note", analyst}));
            VERIFY_DONE(held->finish());
            taken = fixture.ledger("command.taken").front().data;
        }
        compareVerdicts(fixture, 0);
        forge(fixture, "command.taken", analyst, taken, "");
        forge(fixture, "incident.note", analyst, Value::Object{{"text", "a note"}});
        compareVerdicts(fixture, 1, "a command that was taken before");
        const auto unproven = CaseFixture::must(engine::findUnprovenActs(fixture.folder(), fixture.home()));
        QCOMPARE(unproven.size(), std::size_t(2));
    }

    // MAESTRO L5
    void anOrderThatWasRefusedIsNotDoneLater()
    {
        const auto made = copy();
        CaseFixture& fixture = *made;
        {
            const auto held = fixture.wake();
            QVERIFY(!obey(*held, fixture, engine::ReopenIncident{IncidentId{1}, "again", analyst}));
            const auto refused = fixture.ledger("command.refused");
            QCOMPARE(refused.size(), std::size_t(1));
            QCOMPARE(refused.front().data["nonce"].asString(), fixture.ledger("command.taken").back().data["nonce"].asString());
            QVERIFY(refused.front().data["why"].asString().find("not closed") != std::string::npos);
            VERIFY_DONE(obey(*held, fixture, engine::CloseIncident{IncidentId{1}, Verdict::Benign, "over", analyst}));
            VERIFY_DONE(held->finish());
        }
        compareVerdicts(fixture, 0);
        forge(fixture, "incident.reopened", analyst, Value::Object{{"reason", "again"}});
        {
            const auto held = fixture.wake();
            QVERIFY(held->files().at(IncidentId{1}).incident.status == IncidentStatus::Closed);
        }
        compareVerdicts(fixture, 1, "no order of theirs asked for");
    }

    /// Whoever took it was killed before anything came of it.
    void anOrderThatWasLeftIsOverWhenTheCaseIsOpenedAgain()
    {
        const auto made = copy();
        CaseFixture& fixture = *made;
        Value taken;
        {
            const auto held = fixture.wake();
            govern::Command command;
            command.command = "note";
            command.args = Value::Object{{"incident", "INC-0001"}, {"text", "a note"}};
            command.person = analyst;
            command.issued = fixture.machine.now();
            command.nonce = crypto::randomHex(16);
            command.caseOrigin = held->folder().ledger().origin();
            const auto key = keyOf(fixture.folder(), analyst, fixture.machine.now());
            taken = Value::Object{{"command", "note"}, {"order", CaseFixture::must(govern::signCommand(command, key))},
                                  {"key", key.publicKey().toString()}, {"nonce", command.nonce}, {"sitting", ""}};
            VERIFY_DONE(held->finish());
        }
        forge(fixture, "command.taken", analyst, taken, "");
        {
            const auto held = fixture.wake();
            QCOMPARE(fixture.ledger("command.refused").size(), std::size_t(1));
            VERIFY_DONE(held->finish());
        }
        compareVerdicts(fixture, 0);
        forge(fixture, "incident.note", analyst, Value::Object{{"text", "a note"}});
        compareVerdicts(fixture, 1, "no order of theirs asked for");
    }

    /// Of an order with several entries nobody could tell from the first that it is over.
    void anOrderWithSeveralEntriesIsClosed()
    {
        const auto made = copy();
        CaseFixture& fixture = *made;
        std::string step;
        {
            const auto held = fixture.wake();
            const Step* off = CaseFixture::step(*held, "credential.deactivate");
            step = off->id;
            VERIFY_DONE(obey(*held, fixture, engine::KeepContained{step, *off->leaseUntil + std::chrono::hours(1), commander}));
            QCOMPARE(fixture.ledger("command.closed").size(), std::size_t(1));
            VERIFY_DONE(held->finish());
        }
        compareVerdicts(fixture, 0);
    }

    // MAESTRO L5
    void nobodyJoinsWhomTheInstallationDoesNotKnow()
    {
        const auto made = copy();
        CaseFixture& fixture = *made;
        const std::string stranger = "user:mal";
        const auto key = crypto::SigningKey::generate();
        govern::Command command;
        {
            const auto held = fixture.wake();
            command.command = "join";
            command.person = stranger;
            command.issued = fixture.machine.now();
            command.nonce = crypto::randomHex(16);
            command.caseOrigin = held->folder().ledger().origin();
            VERIFY_DONE(held->finish());
        }
        forge(fixture, "person.joined", stranger,
              Value::Object{{"key", key.publicKey().toString()}, {"name", "Mal"}, {"roles", Value::Array{"analyst", "commander"}},
                            {"nonce", command.nonce}, {"block", CaseFixture::must(govern::signCommand(command, key))}}, "");
        const auto held = fixture.wake();
        QVERIFY(!give(*held, fixture, stranger, key, "note", Value::Object{{"incident", "INC-0001"}, {"text", "x"}}));
        QCOMPARE(CaseFixture::must(engine::findUnprovenActs(fixture.folder(), fixture.home())).size(), std::size_t(1));
        VERIFY_DONE(held->finish());
        compareVerdicts(fixture, 1, "somebody joined whom the installation does not know by that key");
    }

    /// With the people's log key, too: who is enrolled, owners sign for, and both verifiers ask.
    void anEnrolmentThatNoOwnerSignedMakesNobody()
    {
        const auto made = copy();
        CaseFixture& fixture = *made;
        govern::fixture::PeopleMaker people;
        const std::string stranger = "user:mal";
        const auto enrolled = [&](const std::string& person, std::vector<std::string> roles) {
            govern::PeopleAct act = people.enrol(person, std::move(roles));
            act.issued = fixture.machine.now();
            return std::pair(act.toValue(), people.signedBy(act, {person}));
        };
        const std::string first = enrolled(people.ownerA, {"owner"}).second;
        QVERIFY(CaseFixture::must(CaseFixture::must(engine::PeopleOffice::open(fixture.home(), fixture.machine)).submit(first)).isTaken);
        QVERIFY(people.why(first).empty());
        compareVerdicts(fixture, 0);
        const auto [act, block] = enrolled(stranger, {"analyst", "commander"});
        {
            record::Ledger ledger = CaseFixture::must(record::Ledger::open(engine::PeopleOffice::folder(fixture.home()),
                                                                           record::LogKeys(fixture.home()), fixture.machine));
            LedgerDraft draft;
            draft.type = "people.enrol";
            draft.actor = {Actor::Kind::Person, stranger};
            draft.data = Value::Object{{"act", act}, {"signers", Value::Array{stranger}}, {"block", block}};
            (void)CaseFixture::must(ledger.append(std::move(draft)));
            (void)CaseFixture::must(ledger.checkpoint());
        }
        govern::Command command;
        command.command = "join";
        command.person = stranger;
        command.issued = fixture.machine.now();
        command.nonce = crypto::randomHex(16);
        command.caseOrigin = CaseFixture::must(record::caseOrigin(fixture.folder()));
        forge(fixture, "person.joined", stranger,
              Value::Object{{"key", people.key(stranger).publicKey().toString()}, {"name", "Mal"}, {"roles", Value::Array{"analyst", "commander"}},
                            {"nonce", command.nonce}, {"block", CaseFixture::must(govern::signCommand(command, people.key(stranger)))}}, "");
        compareVerdicts(fixture, 1, "somebody joined whom the installation does not know by that key");
    }

    void whoIsEnrolledJoinsWithTheRolesThatTheyHave()
    {
        CaseFixture fixture;
        govern::fixture::PeopleMaker people;
        const auto hand = [&](govern::PeopleAct act, const std::vector<std::string>& signers) {
            act.issued = fixture.machine.now();
            const std::string block = people.signedBy(act, signers);
            auto office = CaseFixture::must(engine::PeopleOffice::open(fixture.home(), fixture.machine));
            QVERIFY(CaseFixture::must(office.submit(block)).isTaken && people.why(block).empty());
        };
        const std::string ann = "user:ann";
        hand(people.enrol(people.ownerA, {"owner"}), {people.ownerA});
        hand(people.enrol(ann, {"analyst"}), {ann, people.ownerA});
        {
            const auto held = fixture.run();
            VERIFY_DONE(give(*held, fixture, ann, people.key(ann), "join", Value::Object{}));
            VERIFY_DONE(give(*held, fixture, ann, people.key(ann), "note", Value::Object{{"incident", "INC-0001"}, {"text", "here"}}));
            VERIFY_DONE(held->finish());
        }
        compareVerdicts(fixture, 0);
        Value wider = fixture.ledger("person.joined").front().data;
        wider.set("roles", Value::Array{"analyst", "commander"});
        forge(fixture, "person.left", "cordon", Value::Object{{"person", ann}, {"why", "key_revoked"}}, "", Actor::Kind::Engine);
        forge(fixture, "person.joined", ann, wider, "");
        compareVerdicts(fixture, 1, "an order to join that was used before");
    }

    /// A record that was forged is not a verified one, and an agent acts on no other (G8).
    void theAgentDoesNothingInACaseThatWasForged_data()
    {
        QTest::addColumn<bool>("isForged");
        QTest::newRow("as it is") << false;
        QTest::newRow("with a note that nobody signed") << true;
    }
    void theAgentDoesNothingInACaseThatWasForged()
    {
        QFETCH(bool, isForged);
        const auto made = copy();
        CaseFixture& fixture = *made;
        std::string request;
        std::string step;
        {
            const auto held = fixture.wake();
            const Step* detach = CaseFixture::step(*held, "policy.detach");
            request = detach->request;
            step = detach->id;
            VERIFY_DONE(held->finish());
        }
        if (isForged)
            forge(fixture, "incident.note", commander, Value::Object{{"text", "all is well"}});
        const auto held = fixture.wake();
        const auto given = fixture.answer(*held, request, commander);
        QVERIFY2(given.isGiven(), given.reason.c_str());
        VERIFY_DONE(held->apply(engine::SubmitReply{given.reply}, {}));
        const Step* detach = held->fileOfStep(step)->step(step);
        QVERIFY2((stateName(detach).find("G8") != std::string::npos) == isForged, stateName(detach).c_str());
        QCOMPARE(detach->state == StepState::Verified, !isForged);
    }

    /// A mandate that enrolled owners signed is one for both verifiers, and one that a single owner signed is not.
    void aMandateThatOwnersSignedIsWholeForBoth()
    {
        CaseFixture fixture;
        govern::fixture::PeopleMaker people;
        const auto hand = [&](govern::PeopleAct act, const std::vector<std::string>& signers) {
            act.issued = fixture.machine.now();
            const std::string block = people.signedBy(act, signers);
            auto office = CaseFixture::must(engine::PeopleOffice::open(fixture.home(), fixture.machine));
            QVERIFY(CaseFixture::must(office.submit(block)).isTaken && people.why(block).empty());
        };
        hand(people.enrol(people.ownerA, {"owner"}), {people.ownerA});
        hand(people.enrol(people.ownerB, {"owner"}), {people.ownerB, people.ownerA});
        {
            const auto held = fixture.run();
            VERIFY_DONE(held->finish());
        }
        const Value first = fixture.ledger("mandate.in_force").front().data;
        const auto noteBy = [&](const Value& data, const std::vector<std::string>& owners) {
            std::string note;
            const Mandate mandate = CaseFixture::must(govern::parseMandate(data["text"].asString(), "m"));
            for (const std::string& owner : owners)
                note = CaseFixture::must(govern::signMandate(mandate, note, owner, people.key(owner)));
            return note;
        };
        const Value second = widerMandate(first);
        const std::filesystem::path file = fixture.path("m.mandate.yaml");
        CaseFixture::must(platform::writeFileAtomically(file, second["text"].asString()));
        CaseFixture::must(platform::writeFileAtomically(govern::mandateNoteFile(file), noteBy(second, {people.ownerA, people.ownerB})));
        {
            engine::EngineOptions options = fixture.options("");
            options.logs.clear();
            options.replay = engine::ReplayMode::None;
            options.mandate = file;
            const auto held = fixture.open(options);
            VERIFY_DONE(held->wake());
            VERIFY_DONE(held->finish());
        }
        QCOMPARE(fixture.ledger("mandate.in_force").size(), std::size_t(2));
        compareVerdicts(fixture, 0);
        Value third = widerMandate(first);
        std::string text = third["text"].asString();
        text.replace(text.find("revision: 2"), 11, "revision: 3");
        third.set("text", text).set("revision", 3).set("content", CaseFixture::must(yaml::parse(text)));
        third.set("digest", CaseFixture::must(govern::parseMandate(text, "m")).digest);
        third.set("note", noteBy(third, {people.ownerB}));
        forge(fixture, "mandate.in_force", "cordon", third, "", Actor::Kind::Engine);
        compareVerdicts(fixture, 1, "a mandate that 1 of 2 owners signed");
    }

    // GOV-ASI04, T13, MAESTRO L6
    void aMandateThatNoOwnerSignedIsSeenByBothVerifiers_data()
    {
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("unsigned") << QByteArray("unsigned") << QByteArray("without its owners' signatures");
        QTest::newRow("signed by owners whom nobody enrolled") << QByteArray("strangers") << QByteArray("0 of 2 owners signed");
        QTest::newRow("with other keys for its people") << QByteArray("keys") << QByteArray("other people or keys");
        QTest::newRow("of the same revision") << QByteArray("same") << QByteArray("is not above the one that was in force");
        QTest::newRow("of another agent") << QByteArray("agent") << QByteArray("of another agent");
        QTest::newRow("with another text beside its content") << QByteArray("text") << QByteArray("whose digest the entry gives");
        QTest::newRow("with a digest of something else") << QByteArray("digest") << QByteArray("whose digest the entry gives");
    }
    void aMandateThatNoOwnerSignedIsSeenByBothVerifiers()
    {
        QFETCH(QByteArray, what);
        QFETCH(QByteArray, words);
        const auto made = copy();
        CaseFixture& fixture = *made;
        const Value first = fixture.ledger("mandate.in_force").front().data;
        Value data = what == "same" ? first : widerMandate(first);
        if (what == "strangers") {
            const Mandate wider = CaseFixture::must(govern::parseMandate(data["text"].asString(), "wider"));
            std::string note;
            for (const char* owner : {"user:owner-a", "user:owner-b"})
                note = CaseFixture::must(govern::signMandate(wider, note, owner, crypto::SigningKey::generate()));
            data.set("note", note);
        } else if (what == "keys") {
            Value people = first["people"];
            Value person = people["people"].asArray().front();
            person.set("key", crypto::SigningKey::generate().publicKey().toString());
            people.set("people", Value::Array{person});
            data.set("people", people);
        } else if (what == "agent") {
            data.set("agent_key", crypto::SigningKey::generate().publicKey().toString());
        } else if (what == "text") {
            std::string text = data["text"].asString();
            data.set("text", text.replace(text.find("max_actions: 200"), 16, "max_actions: 201"));
        } else if (what == "digest") {
            data.set("digest", std::string(64, '0'));
        }
        forge(fixture, "mandate.in_force", "cordon", data, "", Actor::Kind::Engine);
        compareVerdicts(fixture, 1, words.toStdString());
    }
};

QTEST_GUILESS_MAIN(TestForgedActs)
#include "tst_forged_acts.moc"
