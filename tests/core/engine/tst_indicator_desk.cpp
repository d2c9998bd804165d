#include "core/domain/sighting.h"
#include "core/engine/indicator_desk.h"
#include "tests/core/engine/list_fixture.h"

using namespace cordon;
using namespace cordon::tests;

/// Indicators are looked for in what comes and in what was read before; a hit shows and ties, and proves nothing.
class TestIndicatorDesk : public QObject
{
    Q_OBJECT

private:
    ListFixture m_case;

    static constexpr const char* builder = "type,value,id\nip,198.51.100.21,home\n";
    static constexpr const char* intruder = "type,value,id\nip,203.0.113.44,away\nip,203.0.113.45,never\n";

    Result<void> import(const std::string& text, const char* name = "feed")
    {
        return m_case.bring("indicators-import", text, Value::Object{{"name", name}});
    }
    [[nodiscard]] std::vector<Alert> sightings() const
    {
        std::vector<Alert> found;
        for (const Alert& alert : m_case.held->incidents().alerts()) {
            if (isSighting(alert))
                found.push_back(alert);
        }
        return found;
    }
    [[nodiscard]] std::map<std::string, std::string> members() const
    {
        std::map<std::string, std::string> all;
        for (const auto& [id, file] : m_case.held->files()) {
            for (const IncidentMember& member : file.incident.members)
                all[member.entity.key()] = std::string(toString(member.role)) + (member.isMisused ? " misused" : "") +
                                           (member.isVerified ? " verified" : "") +
                                           (member.isMadeByIncident ? " made" : "");
        }
        return all;
    }

private slots:
    void whatWasReadBeforeIsSearched()
    {
        m_case.begin();
        const std::size_t incidents = m_case.held->files().size();
        VERIFY_DONE(import(intruder));
        const auto found = sightings();
        QVERIFY(!found.empty());
        for (const Alert& alert : found) {
            QCOMPARE(alert.rule.id, std::string("indicator:feed/away"));
            QVERIFY(alert.rule.level == Severity::Low && alert.rule.techniques.empty());
        }
        QCOMPARE(m_case.held->files().size(), incidents); // it joined the incident that was there
        QCOMPARE(m_case.fixture->ledger("indicators.imported").size(), std::size_t(1));
    }

    void aHitAloneVerifiesNobodyAndRaisesNothing()
    {
        m_case.begin();
        const auto before = members();
        const engine::IncidentFile& file = m_case.held->files().begin()->second;
        const auto signs = file.view.signs;
        QVERIFY(!signs.empty());
        const Timestamp newest = file.view.newest;
        VERIFY_DONE(import(builder)); // seen for days before the attack, by the account's own program
        QVERIFY(!sightings().empty());
        const auto after = members();
        for (const auto& [entity, said] : before)
            QVERIFY2(after.contains(entity) && after.at(entity) == said, entity.c_str());
        for (const auto& [entity, said] : after)
            QVERIFY2(before.contains(entity) || said == "other" || said == "resource" || said == "victim",
                     (entity + " " + said).c_str());
        for (const auto& [id, any] : m_case.held->files()) {
            for (const auto& [entity, own] : any.view.signs)
                QVERIFY2(signs.contains(entity) && own == signs.at(entity), entity.key().c_str());
            QVERIFY(any.view.newest <= newest);
        }
    }

    void aNewLogIsLookedThroughAsItComes()
    {
        m_case.begin();
        VERIFY_DONE(import("type,value,id\nip,203.0.113.99,later\n"));
        QVERIFY(sightings().empty());
        tenant::CloudtrailWriter log("111122223333", "eu-central-1", 43);
        const tenant::LogCaller somebody{
            tenant::LogCaller::Kind::User, "svc-other", "AKIAEXAMPLEOTHER0001", {}, {}, "203.0.113.99", "curl/8"};
        log.add(*Timestamp::parse("2026-11-21T13:00:00Z"), somebody, "s3:ListBuckets");
        writeRecords(m_case.fixture->path("more.json"), log);
        VERIFY_DONE(m_case.held->apply(engine::AddSources{{m_case.fixture->path("more.json")}, {}, {}}, {}));
        QCOMPARE(sightings().size(), std::size_t(1));
        for (const auto& [entity, said] : members())
            QVERIFY2(entity.find("svc-other") == std::string::npos || said == "other", said.c_str());
    }

    void listsAndHitsSurviveALostIndex()
    {
        m_case.begin();
        VERIFY_DONE(import(intruder));
        const std::size_t hits = sightings().size();
        VERIFY_DONE(m_case.held->finish());
        m_case.held.reset();
        QCOMPARE(m_case.fixture->verdict().exitStatus(), 0);
        std::filesystem::remove(record::databasePath(m_case.fixture->folder()));
        m_case.held = m_case.fixture->wake();
        const auto lists = CaseFixture::must(
            engine::indicatorsOf(m_case.held->folder().store().queries(), m_case.held->folder().vault(), {}));
        QCOMPARE(lists.size(), std::size_t(1));
        QCOMPARE(lists.front().indicators.size(), std::size_t(2));
        VERIFY_DONE(m_case.held->prepare());
        VERIFY_DONE(m_case.held->advance(*Timestamp::parse("2026-11-30T00:00:00Z"), {}));
        QCOMPARE(sightings().size(), hits);
    }

    void whatCannotBeMatchedIsNoImport()
    {
        m_case.begin();
        QVERIFY(!import("type,value\nrobot,x\n"));
        QVERIFY(!import("{\"objects\":7}"));
        QVERIFY(m_case.fixture->ledger("indicators.imported").empty());
    }
};

QTEST_GUILESS_MAIN(TestIndicatorDesk)
#include "tst_indicator_desk.moc"
