#include "tests/core/engine/signed_orders.h"

#include <algorithm>

using namespace cordon;
using namespace cordon::tests;

namespace {

constexpr const char* analyst = "user:analyst-a";
constexpr const char* commander = "user:commander-a";

/// Somebody else, from elsewhere, stops the trail and makes a key.
void writeOther(const std::filesystem::path& file)
{
    tenant::CloudtrailWriter log("111122223333", "eu-central-1", 43);
    const tenant::LogCaller dana{
        tenant::LogCaller::Kind::User, "dana", "AKIAEXAMPLEDANA00001", {}, {}, "192.0.2.77", "aws-cli/2.17.40"};
    const Timestamp at = *Timestamp::parse("2026-11-21T12:20:00Z");
    log.add(at, dana, "cloudtrail:StopLogging", Value::Object{{"name", log.arn("cloudtrail", "trail/other", true)}});
    log.add(at + std::chrono::seconds(60), dana, "iam:CreateAccessKey", Value::Object{{"userName", "dana"}},
            Value::Object{{"accessKey", Value::Object{{"userName", "dana"},
                                                      {"accessKeyId", "AKIAEXAMPLEDANA00002"},
                                                      {"status", "Active"},
                                                      {"createDate", at.toString()}}}});
    writeRecords(file, log);
}

std::vector<IncidentId> numbers(const engine::Pipeline& held)
{
    std::vector<IncidentId> ids;
    for (const auto& [id, file] : held.files())
        ids.push_back(id);
    return ids;
}

bool hasNote(const engine::Pipeline& held, IncidentId id, const std::string& text)
{
    const auto& notes = held.files().at(id).notes;
    return std::any_of(notes.begin(), notes.end(), [&](const auto& note) { return note.second == text; });
}

engine::Arrange merge(IncidentId into, IncidentId other)
{
    return {"merge", into, {other}, {}, {}, "one campaign", analyst};
}

const IncidentId first{1};
const IncidentId second{2};

/// A case with two incidents, a note on each.
struct TwoIncidents : CaseFixture
{
    Held held;

    TwoIncidents()
    {
        writeOther(path("other.json"));
        engine::EngineOptions wish = options();
        wish.logs.push_back(path("other.json"));
        held = CaseFixture::run(wish);
        must(obey(*held, *this, engine::AddNote{first, "about the first", analyst}));
        must(obey(*held, *this, engine::AddNote{second, "about the second", commander}));
    }
};

} // namespace

/// Merging, splitting and moving by hand.
class TestArrangedIncidents : public QObject
{
    Q_OBJECT

private slots:
    void mergingKeepsNotesStepsAndHistory()
    {
        TwoIncidents two;
        QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second}));
        const std::size_t alerts = two.held->files().at(first).incident.alerts.size() +
                                   two.held->files().at(second).incident.alerts.size();
        VERIFY_DONE(obey(*two.held, two, merge(first, second)));
        QVERIFY(numbers(*two.held) == std::vector<IncidentId>{first});
        QCOMPARE(two.held->files().at(first).incident.alerts.size(), alerts);
        QVERIFY(hasNote(*two.held, first, "user:analyst-a: about the first"));
        QVERIFY(hasNote(*two.held, first, "INC-0002 · user:commander-a: about the second"));
        QCOMPARE(two.ledger("incident.merged").size(), std::size_t{1});
        QCOMPARE(two.ledger("incident.merged").front().actor.id, std::string(analyst));
        QCOMPARE(two.ledger("incident.absorbed").size(), std::size_t{1});
        QCOMPARE(two.ledger("incident.absorbed").front().incident, std::string("INC-0002"));
    }

    void whatIsMergedIsMergedWhenTheCaseIsOpenedAgain()
    {
        TwoIncidents two;
        VERIFY_DONE(obey(*two.held, two, merge(first, second)));
        two.held.reset();
        two.held = two.wake();
        QVERIFY(numbers(*two.held) == std::vector<IncidentId>{first});
        QVERIFY(hasNote(*two.held, first, "INC-0002 · user:commander-a: about the second"));
        VERIFY_DONE(obey(*two.held, two, engine::Arrange{"undo-arrangement", {}, {}, {}, "ORD-0001", "no", commander}));
        QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second}));
        QVERIFY(hasNote(*two.held, second, "user:commander-a: about the second"));
        QVERIFY(!hasNote(*two.held, first, "INC-0002 · user:commander-a: about the second"));
        QCOMPARE(two.ledger("incident.restored").size(), std::size_t{1});
        two.held.reset();
        two.held = two.wake();
        QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second}));
    }

    void whatIsMergedIsMergedWhenTheIndexIsMadeAnew()
    {
        TwoIncidents two;
        VERIFY_DONE(obey(*two.held, two, merge(first, second)));
        two.held.reset();
        std::filesystem::remove(two.folder() / "case.db");
        two.held = two.wake();
        QVERIFY(numbers(*two.held) == std::vector<IncidentId>{first});
        const auto& notes = two.held->files().at(first).notes;
        QVERIFY(std::any_of(notes.begin(), notes.end(), [](const auto& note) {
            return note.second.find("about the second") != std::string::npos;
        }));
    }

    void whatIsSplitOffHasANumberOfItsOwn()
    {
        TwoIncidents two;
        const std::vector<AlertId> all = two.held->files().at(first).incident.alerts;
        QVERIFY(all.size() > 2);
        const AlertId last = all.back();
        VERIFY_DONE(obey(*two.held, two, engine::Arrange{"split", first, {}, {last}, {}, "another matter", analyst}));
        QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second, {3}}));
        QVERIFY(two.held->files().at(IncidentId{3}).incident.alerts == std::vector<AlertId>{last});
        QCOMPARE(two.held->files().at(first).incident.alerts.size(), all.size() - 1);
        QVERIFY(hasNote(*two.held, first, "user:analyst-a: about the first"));
        two.held.reset();
        two.held = two.wake();
        QCOMPARE(numbers(*two.held).size(), std::size_t{3});
        QCOMPARE(two.held->files().at(IncidentId{3}).incident.alerts.size(), std::size_t{1});
    }

    void numbersStayWhateverIsDoneAndTakenBack()
    {
        TwoIncidents two;
        const std::vector<AlertId> all = two.held->files().at(first).incident.alerts;
        const IncidentId third{3};
        const auto apply = [&two](const engine::Arrange& order) {
            two.held.reset(); // each command by itself, as from a terminal
            two.held = two.wake();
            return obey(*two.held, two, order);
        };
        for (const AlertId alert : {all.back()}) { // which shares events with others
            VERIFY_DONE(apply({"split", first, {}, {alert}, {}, "another matter", analyst}));
            QCOMPARE(numbers(*two.held).size(), std::size_t{3});
            const IncidentId own = numbers(*two.held).back();
            QVERIFY(own >= third);
            QVERIFY(two.held->files().at(own).incident.alerts == std::vector<AlertId>{alert});
            const std::string split = two.ledger("incident.split").back().data["order"].asString();
            VERIFY_DONE(apply({"merge", first, {own}, {}, {}, "the same after all", analyst}));
            QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second}));
            const std::string merge = two.ledger("incident.merged").back().data["order"].asString();
            VERIFY_DONE(apply({"undo-arrangement", {}, {}, {}, merge, "no", analyst}));
            QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second, own}));
            QVERIFY(two.held->files().at(own).incident.alerts == std::vector<AlertId>{alert});
            VERIFY_DONE(apply({"undo-arrangement", {}, {}, {}, split, "no", analyst}));
            QVERIFY(numbers(*two.held) == (std::vector<IncidentId>{first, second}));
            QCOMPARE(two.held->files().at(first).incident.alerts.size(), all.size());
        }
    }

    void whatIsMovedIsInTheOtherIncident()
    {
        TwoIncidents two;
        const AlertId last = two.held->files().at(first).incident.alerts.back();
        VERIFY_DONE(obey(*two.held, two, engine::Arrange{"move", second, {}, {last}, {}, "belongs there", analyst}));
        const auto& there = two.held->files().at(second).incident.alerts;
        QVERIFY(std::find(there.begin(), there.end(), last) != there.end());
        QCOMPARE(two.ledger("incident.moved").size(), std::size_t{1});
    }

    void whatMakesNoSenseIsRefused()
    {
        TwoIncidents two;
        QVERIFY(!two.held->apply(merge(first, first), {}));
        QVERIFY(!two.held->apply(merge(first, IncidentId{9}), {}));
        QVERIFY(!two.held->apply(engine::Arrange{"merge", first, {}, {}, {}, "", analyst}, {}));
        QVERIFY(!two.held->apply(engine::Arrange{"burn", first, {}, {}, {}, "", analyst}, {}));
        QVERIFY(!two.held->apply(engine::Arrange{"undo-arrangement", {}, {}, {}, "ORD-0007", "", analyst}, {}));
        const std::vector<AlertId> all = two.held->files().at(first).incident.alerts;
        QVERIFY(!two.held->apply(engine::Arrange{"split", first, {}, all, {}, "", analyst}, {}));
        QVERIFY(!two.held->apply(engine::Arrange{"split", second, {}, {all.front()}, {}, "", analyst}, {}));
        QVERIFY(!two.held->apply(engine::Arrange{"move", first, {}, {all.front()}, {}, "", analyst}, {}));
        QVERIFY(two.ledger("incident.merged").empty() && two.ledger("incident.split").empty());
    }
};

QTEST_GUILESS_MAIN(TestArrangedIncidents)
#include "tst_arranged_incidents.moc"
