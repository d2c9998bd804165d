#include "core/inventory/inventory.h"
#include "core/inventory/inventory_parser.h"

#include <QTest>

using namespace cordon;
using namespace cordon::inventory;

/// What lists say is read row by row, put together without guessing, and never reassures once its time is over.
class TestInventory : public QObject
{
    Q_OBJECT

private:
    static constexpr const char* table = "kind,id,type,owner,criticality,environment,tags,contact,used_by,colour\n"
                                         "account,arn:ops,human,,high,production,break-glass; Admin,on call,,red\n"
                                         "credential,AKIA1,access_key,arn:ops,low,production,,,workload:i-1,\n"
                                         "robot,x,,,,,,,,\n"
                                         "account,arn:svc,service,,urgent,,,,,\n"
                                         "account,arn:ops,human,,low,,,,,\n"
                                         "account,arn:svc,service,,normal,production,,team,,\n";
    /// The same without the rows that cannot be used.
    static constexpr const char* clean = "kind,id,type,owner,criticality,environment,tags,contact,used_by\n"
                                         "account,arn:ops,human,,high,production,break-glass; Admin,on call,\n"
                                         "credential,AKIA1,access_key,arn:ops,low,production,,,workload:i-1\n"
                                         "account,arn:svc,service,,normal,production,,team,\n";
    const Timestamp m_then = *Timestamp::parse("2026-11-01T00:00:00Z");

    static InventoryList read(std::string_view text)
    {
        auto list = parseInventory(text, "list.csv");
        if (!list)
            qFatal("%s", list.error().detail.c_str());
        return std::move(*list);
    }

    [[nodiscard]] InventoryList listed(std::string_view text, const char* name,
                                       std::set<EntityKind> authoritative = {}) const
    {
        InventoryList list = read(text);
        list.name = name;
        list.asOf = m_then;
        list.validFor = std::chrono::hours(24 * 30);
        list.authoritativeFor = std::move(authoritative);
        return list;
    }

    static TargetFacts factsOf(EntityKind kind, const char* id)
    {
        TargetFacts facts;
        facts.target = {kind, id, {}, {}};
        return facts;
    }

private slots:
    void aTableIsReadAndBadRowsAreListedWithTheirLine()
    {
        const InventoryList list = read(table);
        QCOMPARE(list.rows.size(), std::size_t(3));
        QCOMPARE(list.rows[0].tags, (std::vector<std::string>{"break-glass", "admin"}));
        QCOMPARE(list.rows[1].usedBy.front().key(), std::string("workload:i-1"));
        QCOMPARE(list.ignoredColumns, std::vector<std::string>{"colour"});
        QCOMPARE(list.rejected.size(), std::size_t(3));
        QVERIFY(list.rejected[0].reason.find("line 4: 'robot' is no kind") == 0);
        QVERIFY(list.rejected[1].reason.find("line 5: 'urgent'") == 0);
        QVERIFY(list.rejected[2].reason.find("line 6: the same thing stands in line 2") == 0);
        QVERIFY(list.rejected[0].length > 0 && list.rejected[0].file == "list.csv");
    }

    void jsonIsReadAsDocumentListAndLines()
    {
        const char* item = "{\"kind\":\"account\",\"id\":\"a\",\"tags\":[\"x\",\"y\"]}";
        for (const std::string& text :
             {std::string("{\"name\":\"n\",\"as_of\":\"2026-01-01T00:00:00Z\",\"entities\":[") + item + "]}",
              std::string("[") + item + ", 7]", std::string(item) + "\n{\"kind\":\"account\"}\n"}) {
            const InventoryList list = read(text);
            QCOMPARE(list.rows.size(), std::size_t(1));
            QCOMPARE(list.rows[0].tags, (std::vector<std::string>{"x", "y"}));
        }
        QCOMPARE(read("[7]").rejected.size(), std::size_t(1));
    }

    void whatIsNoListIsRefusedWhole()
    {
        QVERIFY(!parseInventory("", "x"));
        QVERIFY(!parseInventory("name,owner\na,b\n", "x"));
        QVERIFY(!parseInventory("{\"entities\":7}", "x"));
        QVERIFY(!parseInventory(std::string(100, '['), "x"));
        QVERIFY(!parseInventory("kind,id,kind\n", "x"));
    }

    void hiddenCharactersAndLongIdsAreNoIds()
    {
        const InventoryList list = read("kind,id\naccount,a\xE2\x80\xAE"
                                        "b\naccount," +
                                        std::string(3000, 'a') + "\naccount,\n");
        QCOMPARE(list.rows.size(), std::size_t(0));
        QCOMPARE(list.rejected.size(), std::size_t(3));
    }

    void aListThatIsNotAuthoritativeLeavesAbsenceUnknown()
    {
        Inventory inventory;
        inventory.add(listed(table, "cmdb"));
        TargetFacts facts = factsOf(EntityKind::Account, "arn:ops");
        inventory.complete(facts, m_then);
        QVERIFY(!facts.tags);
        QCOMPARE(facts.knownTags, (std::vector<std::string>{"break-glass", "admin"}));
        QVERIFY(facts.criticality == Criticality::High);
        QCOMPARE(*facts.environment, std::string("production"));
        QCOMPARE(facts.sources.front().source, std::string("cmdb"));
        QCOMPARE(facts.sources.front().asOf, m_then);
    }

    void anAuthoritativeListMakesAbsenceAKnownNo()
    {
        Inventory inventory;
        inventory.add(listed(clean, "cmdb", {EntityKind::Account}));
        TargetFacts unlisted = factsOf(EntityKind::Account, "arn:nobody");
        inventory.complete(unlisted, m_then);
        QVERIFY(unlisted.tags && unlisted.tags->empty());
        TargetFacts key = factsOf(EntityKind::Credential, "AKIA1");
        inventory.complete(key, m_then);
        QVERIFY(!key.tags); // it names every tag of accounts, not of keys
        QVERIFY(key.ownerTags);
        QCOMPARE(key.ownerTags->front(), std::string("break-glass"));
        QCOMPARE(key.dependents->front().key(), std::string("workload:i-1"));
    }

    void anOldListWarnsAndNoLongerReassures()
    {
        Inventory inventory;
        inventory.add(listed(clean, "cmdb", {EntityKind::Account}));
        const Timestamp later = m_then + std::chrono::hours(24 * 31);
        TargetFacts ops = factsOf(EntityKind::Account, "arn:ops");
        inventory.complete(ops, later);
        QVERIFY(!ops.tags && !ops.environment);
        QCOMPARE(ops.knownTags.front(), std::string("break-glass"));
        QVERIFY(ops.criticality == Criticality::High);
        TargetFacts service = factsOf(EntityKind::Account, "arn:svc");
        inventory.complete(service, later);
        QVERIFY(!service.criticality);
        QCOMPARE(inventory.population(EntityKind::Account, later), 0);
        QCOMPARE(inventory.population(EntityKind::Account, m_then), 2);
    }

    void contradictionsAreUnknownAndShown()
    {
        Inventory inventory;
        inventory.add(listed(table, "cmdb"));
        inventory.add(listed("kind,id,environment,criticality\naccount,arn:svc,test,low\n", "other"));
        TargetFacts facts = factsOf(EntityKind::Account, "arn:svc");
        inventory.complete(facts, m_then);
        QVERIFY(!facts.environment);
        QCOMPARE(facts.contradictions, std::vector<std::string>{"environment"});
        QVERIFY(facts.criticality == Criticality::Normal); // the higher of two
        TargetFacts answered = factsOf(EntityKind::Account, "arn:ops");
        answered.environment = "test";
        inventory.complete(answered, m_then);
        QVERIFY(!answered.environment); // the connector says test, the list production
        answered.environment = "exercise";
        answered.isSimulated = true;
        inventory.complete(answered, m_then);
        QCOMPARE(*answered.environment, std::string("exercise"));
    }

    void ownersAndTypesThatDifferAreUnknownAndShown()
    {
        Inventory inventory;
        inventory.add(listed("kind,id,type,owner\naccount,arn:one,service,arn:a\n", "cmdb"));
        inventory.add(listed("kind,id,type,owner\naccount,arn:one,human,arn:b\n", "hr"));
        TargetFacts facts = factsOf(EntityKind::Account, "arn:one");
        inventory.complete(facts, m_then);
        QVERIFY(!facts.owner && !facts.ownerEntity && facts.target.type.empty());
        QCOMPARE(facts.contradictions, (std::vector<std::string>{"owner", "type"}));
        TargetFacts answered = factsOf(EntityKind::Account, "arn:one"); // its system knows, and is told to be contradicted
        answered.owner = "arn:a";
        answered.target.type = "human";
        inventory.complete(answered, m_then);
        QCOMPARE(*answered.owner, std::string("arn:a"));
        QCOMPARE(answered.target.type, std::string("human"));
        QCOMPARE(answered.contradictions, (std::vector<std::string>{"owner", "type"}));
    }

    void aThingIsFoundHoweverAListSpellsIt()
    {
        Inventory inventory;
        inventory.add(listed("kind,id,tags\naccount,arn:aws:iam::111122223333:user/service/ci/svc,break-glass\n"
                             "account,CORP\\Alice,admin\nhost,DC1.Corp.Example,domain-controller\naccount,Bob@Corp.Example,vip\n"
                             "role,arn:aws:iam::111122223333:role/aws-service-role/x/Deploy,keep\n",
                             "cmdb", {EntityKind::Account}));
        const std::vector<std::pair<EntityRef, std::string>> things{
            {{EntityKind::Account, "arn:aws:iam::111122223333:user/svc", {}, {}}, "break-glass"},
            {{EntityKind::Account, "corp\\alice", {}, {}}, "admin"},
            {{EntityKind::Host, "dc1.corp.example", {}, {}}, "domain-controller"},
            {{EntityKind::Account, "bob@corp.example", {}, {}}, "vip"},
            {{EntityKind::Role, "arn:aws:iam::111122223333:role/Deploy", {}, {}}, "keep"}};
        for (const auto& [entity, tag] : things) {
            TargetFacts facts = factsOf(entity.kind, entity.id.c_str());
            inventory.complete(facts, m_then);
            QVERIFY2(facts.knownTags == std::vector<std::string>{tag}, entity.id.c_str());
        }
    }

    void aListWithRowsThatCannotBeReadReassuresNobody()
    {
        Inventory inventory;
        inventory.add(listed("kind,id,tags\naccount,arn:ops,admin\naccount,arn:svc,Break Glass\n", "cmdb", {EntityKind::Account}));
        QCOMPARE(inventory.lists().front().rejected.size(), std::size_t(1));
        for (const char* id : {"arn:svc", "arn:nobody", "arn:ops"}) {
            TargetFacts facts = factsOf(EntityKind::Account, id);
            inventory.complete(facts, m_then);
            QVERIFY2(!facts.tags, id);
        }
    }

    void whatTheConnectorAnsweredIsCompletedNeverTakenAway()
    {
        Inventory inventory;
        inventory.add(listed(table, "cmdb"));
        TargetFacts facts = factsOf(EntityKind::Account, "arn:ops");
        facts.tags = std::vector<std::string>{"from-provider"};
        facts.criticality = Criticality::Low;
        inventory.complete(facts, m_then);
        QCOMPARE(*facts.tags, (std::vector<std::string>{"from-provider", "break-glass", "admin"}));
        QVERIFY(facts.criticality == Criticality::High);
    }

    void aListOfTheSameNameReplacesTheFormer()
    {
        Inventory inventory;
        inventory.add(listed(table, "cmdb"));
        inventory.add(listed("kind,id,aliases\naccount,new,old-name\n", "cmdb"));
        QCOMPARE(inventory.lists().size(), std::size_t(1));
        QVERIFY(inventory.rowsOf({EntityKind::Account, "arn:ops", {}, {}}).empty());
        QCOMPARE(inventory.rowsOf({EntityKind::Account, "old-name", {}, {}}).size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestInventory)
#include "tst_inventory.moc"
