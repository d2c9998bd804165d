#include "core/govern/text_block.h"
#include "tests/core/engine/forged_case.h"

using namespace cordon;
using namespace cordon::tests;

/// What a person signed once and was never delivered is not obeyed later, whatever the clock is said to be.
class TestOldOrders : public QObject, private ForgedCase
{
    Q_OBJECT

private:
    static govern::Command noteAt(const CaseFixture& fixture, const std::string& text, Value args = Value::Object{})
    {
        govern::Command command;
        command.command = "note";
        command.args = std::move(args);
        command.args.set("incident", "INC-0001").set("text", text);
        command.person = analyst;
        command.issued = fixture.machine.now();
        command.nonce = crypto::randomHex(16);
        command.caseOrigin = CaseFixture::must(record::caseOrigin(fixture.folder()));
        return command;
    }
    static std::string signedBy(const CaseFixture& fixture, const govern::Command& command)
    {
        return CaseFixture::must(govern::signCommand(command, keyOf(fixture.folder(), command.person, fixture.machine.now())));
    }
    /// An hour of work goes by, and the clock is set back to where it was.
    static void passAndSetBack(CaseFixture& fixture)
    {
        fixture.machine.pass(std::chrono::hours(1));
        {
            const auto held = fixture.wake();
            VERIFY_DONE(obey(*held, fixture, engine::AddNote{IncidentId{1}, "an hour later", analyst}));
            VERIFY_DONE(held->finish());
        }
        fixture.machine.setWall(-std::chrono::hours(1));
    }

private slots:
    void initTestCase() { makeWhole(); }

    // AP-06, MAESTRO L5
    void anOrderThatWasKeptIsNotObeyedWhenTheClockIsSetBack()
    {
        const auto made = copy();
        CaseFixture& fixture = *made;
        const std::string old = signedBy(fixture, noteAt(fixture, "all is well"));
        passAndSetBack(fixture);
        const auto held = fixture.wake();
        const auto taken = held->applySigned(old, {});
        QVERIFY(!taken);
        QVERIFY2(taken.error().detail.starts_with("clock_set_back"), taken.error().detail.c_str());
        const auto setBack = fixture.ledger("clock.set_back");
        QCOMPARE(setBack.size(), std::size_t(1));
        // Who signs now names the time that the ledger had reached, and vouches for the clock with it.
        const govern::Command now = noteAt(fixture, "the clock is right", Value::Object{{"clock", setBack.front().data["from"]}});
        VERIFY_DONE(held->applySigned(signedBy(fixture, now), {}));
        QCOMPARE(fixture.ledger("clock.trusted").back().data["clock"], setBack.front().data["from"]);
        VERIFY_DONE(obey(*held, fixture, engine::AddNote{IncidentId{1}, "work goes on", analyst}));
        VERIFY_DONE(held->finish());
        compareVerdicts(fixture, 0);
    }

    // MAESTRO L5
    void anOldOrderUnderAClockThatIsSaidToBeSetBackIsSeenByBothVerifiers()
    {
        const auto made = copy();
        CaseFixture& fixture = *made;
        const govern::Command old = noteAt(fixture, "all is well");
        const std::string order = signedBy(fixture, old);
        passAndSetBack(fixture);
        forge(fixture, "command.taken", analyst,
              Value::Object{{"command", "note"}, {"order", order}, {"nonce", old.nonce}, {"sitting", ""},
                            {"key", keyOf(fixture.folder(), analyst, fixture.machine.now()).publicKey().toString()}}, "");
        forge(fixture, "incident.note", analyst, Value::Object{{"text", "all is well"}});
        compareVerdicts(fixture, 1, "signed at another time than it was taken");
        QCOMPARE(CaseFixture::must(engine::findUnprovenActs(fixture.folder(), fixture.home())).size(), std::size_t(2));
        // Nor does it help to say that somebody vouched for the clock.
        const Value from = fixture.ledger("clock.set_back").front().data["from"];
        forge(fixture, "clock.trusted", analyst, Value::Object{{"clock", from}}, "");
        compareVerdicts(fixture, 1, "nobody vouched for under their signature");
        const auto held = fixture.wake();
        const auto taken = held->applySigned(signedBy(fixture, noteAt(fixture, "another")), {});
        QVERIFY(!taken);
        QVERIFY2(taken.error().detail.starts_with("clock_set_back"), taken.error().detail.c_str());
    }

    void whatAVerifierWouldRefuseIsNotTaken_data()
    {
        QTest::addColumn<QByteArray>("issued");
        for (const char* issued : {"2026-11-22T10:00:00+00:00", "2026-11-22T10:00:00", "2026-11-22 10:00:00Z", "2026-11-22T10:00:00.000000000Z", "2026-11-22T10:00:00Z"})
            QTest::newRow(issued) << QByteArray(issued);
    }
    // MAESTRO L5
    void whatAVerifierWouldRefuseIsNotTaken()
    {
        QFETCH(QByteArray, issued);
        const auto made = copy();
        CaseFixture& fixture = *made;
        const auto held = fixture.wake();
        Value odd = noteAt(fixture, "x").toValue();
        odd.set("issued", issued.toStdString());
        const auto key = keyOf(fixture.folder(), analyst, fixture.machine.now());
        const auto taken = held->applySigned(CaseFixture::must(govern::makeTextBlock("cordon.command.v1", odd, analyst, key)), {});
        QVERIFY(!taken);
        QVERIFY2(taken.error().detail.starts_with("command_unreadable"), taken.error().detail.c_str());
        VERIFY_DONE(held->finish());
        compareVerdicts(fixture, 0);
    }

    // MAESTRO L5
    void nothingStandsInAPersonsNameWithoutTheirSignature_data()
    {
        QTest::addColumn<QByteArray>("type");
        for (const char* type : {"person.signed_in", "person.signed_out", "step.settled", "scope.verified", "approval.void", "approval.refused",
                                 "approval.escalated", "case.sealed", "factor.failures", "action.intended", "outcome.verified", "evidence.sealed", "clock.distrusted"})
            QTest::newRow(type) << QByteArray(type);
    }
    void nothingStandsInAPersonsNameWithoutTheirSignature()
    {
        QFETCH(QByteArray, type);
        const auto made = copy();
        forge(*made, type.toStdString(), commander, Value::Object{{"nonce", "n"}, {"permit", "p"}, {"action", "{}"}, {"digest", std::string(64, '0')}, {"kind", "log"}});
        const auto unproven = CaseFixture::must(engine::findUnprovenActs(made->folder(), made->home()));
        QCOMPARE(unproven.size(), std::size_t(1));
        compareVerdicts(*made, 1, type.startsWith("person.") ? "a command was taken" : type == "evidence.sealed" ? "evidence that no order of theirs asked for" : "no signature of theirs stands behind");
    }
};

QTEST_GUILESS_MAIN(TestOldOrders)
#include "tst_old_orders.moc"
