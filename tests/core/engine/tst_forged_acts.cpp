#include "core/engine/evidence_copies.h"
#include "core/platform/file.h"
#include "tests/core/engine/forged_case.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

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
class TestForgedActs : public QObject, private ForgedCase
{
    Q_OBJECT

private:
    static Step* stepOf(engine::Pipeline& held, const QByteArray& type)
    {
        return CaseFixture::step(held, type == "lease.extended" ? "credential.deactivate" : "policy.detach");
    }

private slots:
    void initTestCase() { makeWhole(); }

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
};

QTEST_GUILESS_MAIN(TestForgedActs)
#include "tst_forged_acts.moc"
