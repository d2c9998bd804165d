#include "core/engine/codec.h"
#include "core/engine/coverage.h"
#include "tests/core/engine/list_fixture.h"

using namespace cordon;
using namespace cordon::tests;

/// Lists come into a case under a person's signature, are kept as evidence, and change what the gate may rely on.
class TestInventoryDesk : public QObject
{
    Q_OBJECT

private:
    ListFixture m_case;

    void begin() { m_case.begin(); }
    Result<void> import(const std::string& text, Value more = Value::Object{})
    {
        return m_case.bring("inventory-import", text, std::move(more));
    }

    [[nodiscard]] inventory::Inventory inventory() const
    {
        return CaseFixture::must(
            engine::inventoryOf(m_case.held->folder().store().queries(), m_case.held->folder().vault(), {}));
    }

    /// What the gate decided since an entry, by verb.
    [[nodiscard]] std::multimap<std::string, Decision> decisionsSince(std::int64_t seq) const
    {
        std::multimap<std::string, Decision> all;
        for (const LedgerEntry& entry : m_case.fixture->ledger("decision")) {
            if (entry.seq > seq)
                all.emplace(entry.data["action"]["type"].asString(),
                            CaseFixture::must(engine::codec::decisionFrom(entry.data["decision"])));
        }
        return all;
    }
    [[nodiscard]] std::int64_t newest() const { return m_case.held->folder().ledger().size() - 1; }
    [[nodiscard]] static bool names(const Decision& decision, const std::string& clause)
    {
        return std::find(decision.clauses.begin(), decision.clauses.end(), clause) != decision.clauses.end();
    }
    static constexpr const char* header = "kind,id,type,criticality,environment,tags\n";
    [[nodiscard]] static std::string ownerRow(const char* tags)
    {
        return std::string(header) + "account," + SmallAttack::userArn + ",service,normal,," + tags + "\n";
    }

private slots:
    void anImportIsSignedEvidenceAndSurvivesReopening()
    {
        begin();
        VERIFY_DONE(import(ownerRow("team-build") + "robot,x\n", Value::Object{{"name", "cmdb"}, {"valid_days", 10}}));
        const auto entries = m_case.fixture->ledger("inventory.imported");
        QCOMPARE(entries.size(), std::size_t(1));
        QCOMPARE(entries.front().actor.id, std::string("user:analyst-a"));
        QVERIFY(!entries.front().data["order"].asString().empty());
        QCOMPARE(entries.front().data["rejected"].asInt(), std::int64_t(1));
        VERIFY_DONE(m_case.held->finish());
        m_case.held.reset();
        QCOMPARE(m_case.fixture->verdict().exitStatus(), 0);
        std::filesystem::remove(record::databasePath(m_case.fixture->folder()));
        m_case.held = m_case.fixture->wake();
        const inventory::Inventory known = inventory();
        QCOMPARE(known.lists().size(), std::size_t(1));
        QCOMPARE(known.lists().front().name, std::string("cmdb"));
        QCOMPARE(known.lists().front().rejected.front().reason.substr(0, 7), std::string("line 3:"));
        QCOMPARE(known.lists().front().by, std::string("user:analyst-a"));
    }

    void aBreakGlassTagOfTheOwnerForbidsWhatWasPutBeforePeople()
    {
        begin();
        const std::int64_t before = newest();
        VERIFY_DONE(import(ownerRow("break-glass")));
        const auto decisions = decisionsSince(before);
        QVERIFY(!decisions.empty());
        int forbidden = 0;
        for (const auto& [verb, decision] : decisions) {
            if (!names(decision, "F1"))
                continue;
            ++forbidden;
            QVERIFY(decision.effect == Effect::Deny);
            QVERIFY(!names(decision, "F2")); // the tenant knows that it is no domain controller
        }
        QVERIFY(forbidden > 0);
    }

    void highCriticalityInAListMakesAStepGraver()
    {
        begin();
        std::map<std::string, Tier> tiers;
        for (const auto& [verb, decision] : decisionsSince(0))
            tiers[verb] = decision.tier;
        const std::int64_t before = newest();
        VERIFY_DONE(import(std::string(header) + "account," + SmallAttack::userArn + ",service,high,,\n"));
        const auto decisions = decisionsSince(before);
        const bool isGraver = std::any_of(decisions.begin(), decisions.end(), [&](const auto& decided) {
            return tiers.contains(decided.first) && decided.second.tier > tiers.at(decided.first);
        });
        QVERIFY(isGraver);
    }

    void anEnvironmentOfAListNeverMovesAnExercise()
    {
        begin();
        const std::int64_t before = newest();
        VERIFY_DONE(import(std::string(header) + "account," + SmallAttack::userArn + ",service,normal,production,\n"));
        for (const auto& [verb, decision] : decisionsSince(before))
            QVERIFY2(decision.effect != Effect::Deny, verb.c_str());
    }

    void whatIsNoListChangesNothing()
    {
        begin();
        QVERIFY(!import("name,owner\na,b\n"));
        QVERIFY(!import("kind,id\nrobot,x\n"));
        QVERIFY(!import(ownerRow("x"), Value::Object{{"valid_days", 4000}}));
        QVERIFY(!import(ownerRow("x"), Value::Object{{"authoritative_for", Value::Array{Value("robot")}}}));
        QVERIFY(!import(ownerRow("x"), Value::Object{{"name", "two\nlines"}}));
        QVERIFY(m_case.fixture->ledger("inventory.imported").empty());
        QVERIFY(inventory().isEmpty());
    }

    void aListOfTheSameNameReplacesTheFormer()
    {
        begin();
        VERIFY_DONE(import(ownerRow("break-glass")));
        VERIFY_DONE(import(ownerRow("team-build")));
        const inventory::Inventory known = inventory();
        QCOMPARE(known.lists().size(), std::size_t(1));
        QCOMPARE(known.lists().front().rows.front().tags, std::vector<std::string>{"team-build"});
    }

    void coverageNamesWhatNobodyAnswered()
    {
        begin();
        auto& queries = m_case.held->folder().store().queries();
        const auto rows = CaseFixture::must(engine::coverageOf(queries, inventory(), m_case.held->clock().now()));
        QVERIFY(std::none_of(rows.begin(), rows.end(), [](const engine::CoverageRow& row) {
            return row.entity.id == SmallAttack::oldKey && row.isUntouchable; // the tenant answers for it
        }));
        TargetFacts nobody;
        nobody.target = {EntityKind::Credential, "AKIAUNKNOWN", "access_key", {}};
        QCOMPARE(engine::unknownFacts(nobody),
                 (std::vector<std::string>{"environment", "criticality", "tags", "owner", "owner_tags", "dependents"}));
    }
};

QTEST_GUILESS_MAIN(TestInventoryDesk)
#include "tst_inventory_desk.moc"
