#include "core/correlate/incident_builder.h"
#include "tests/support/attack_builder.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace cordon;
using namespace cordon::correlate;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

EntityRef account(const std::string& id)
{
    return {EntityKind::Account, id, "", id};
}
EntityRef application(const std::string& id)
{
    return {EntityKind::Application, id, "", id};
}

std::shared_ptr<const NameRules> hostRule()
{
    auto rules = std::make_shared<NameRules>();
    if (!rules->add({"host", EntityKind::Account, "{user}@{domain}.{rest}", "{domain}\\{user}"}))
        qFatal("the rule cannot be read");
    return rules;
}

/// What the record says of who acted: the application that it is.
Event signIn(std::int64_t id, const std::string& principal, const std::string& app, std::chrono::seconds when)
{
    EventBuilder event(id, "Sign-in activity", when);
    return event.by(account(principal)).on(application(app), "same").from("");
}

/// Alerts on events, each delivered with what was observed before it or, if `isLate`, after all.
IncidentBuilder built(std::vector<Event> alerts, const std::vector<Event>& observed, bool isLate,
                      const std::shared_ptr<const NameRules>& names = {})
{
    IncidentBuilder builder(names);
    if (isLate)
        std::reverse(alerts.begin(), alerts.end());
    const auto observe = [&] {
        for (const Event& event : observed)
            builder.observe(event);
    };
    if (!isLate)
        observe();
    for (const Event& event : alerts) {
        builder.observe(event);
        builder.add(alertOn(event.id.value, {event}, Severity::High, "persistence", "T1098"));
    }
    if (isLate)
        observe();
    builder.settle();
    return builder;
}

bool hasLink(const Incident& incident, const std::string& code)
{
    return std::any_of(incident.links.begin(), incident.links.end(),
                       [&](const IncidentLink& link) { return link.reason.code == code; });
}

bool saysSameAs(const Incident& incident, const EntityRef& one, const EntityRef& other)
{
    const IncidentMember* member = incident.member(one);
    return member && std::any_of(member->why.begin(), member->why.end(), [&](const Text& why) {
               return why.code == "member.same_as" && why.args.at("name").find(other.name) != std::string::npos;
           });
}

} // namespace

/// One thing under several names is one identity to correlation, whatever the order in which that becomes known.
class TestOneThing : public QObject
{
    Q_OBJECT

private slots:
    void aUserAndItsHostAccountAreOne()
    {
        const EntityRef directory = account("alice@corp.example");
        const EntityRef host = account("corp\\alice");
        const std::vector<Event> alerts{EventBuilder(1, "Sign-in activity", 0s).by(directory).from("203.0.113.7"),
                                        EventBuilder(2, "4688", 600s).by(host).from("")};
        for (const bool isLate : {false, true}) {
            const IncidentBuilder apart = built(alerts, {}, isLate);
            QCOMPARE(apart.incidents().size(), std::size_t{2}); // nothing says that they are one
            const IncidentBuilder together = built(alerts, {}, isLate, hostRule());
            QCOMPARE(together.incidents().size(), std::size_t{1});
            const Incident incident = together.incidents().front();
            QVERIFY(hasLink(incident, "link.same_thing"));
            QVERIFY(saysSameAs(incident, directory, host) && saysSameAs(incident, host, directory));
            for (const IncidentLink& link : incident.links)
                QVERIFY(incident.member(link.from) && incident.member(link.to));
        }
    }

    void aNameThatNoRecordGaveIsNoMember()
    {
        // Two spellings of which the rule's own was never seen.
        const std::vector<Event> alerts{EventBuilder(1, "a", 0s).by(account("bob@corp.example")).from(""),
                                        EventBuilder(2, "b", 60s).by(account("bob@corp.internal")).from("")};
        const IncidentBuilder builder = built(alerts, {}, false, hostRule());
        QCOMPARE(builder.incidents().size(), std::size_t{1});
        const Incident incident = builder.incidents().front();
        QVERIFY(!incident.member(account("corp\\bob")));
        for (const IncidentLink& link : incident.links)
            QVERIFY2(incident.member(link.from) && incident.member(link.to), link.reason.code.c_str());
    }

    void anotherDomainOrUserIsAnother()
    {
        for (const char* other : {"sales\\alice", "corp\\alicia", "alice", "corp\\alice$"}) {
            const std::vector<Event> alerts{EventBuilder(1, "a", 0s).by(account("alice@corp.example")).from(""),
                                            EventBuilder(2, "b", 60s).by(account(other)).from("")};
            QVERIFY2(built(alerts, {}, false, hostRule()).incidents().size() == 2, other);
        }
    }

    void anApplicationAndItsServicePrincipalAreOne()
    {
        const std::vector<Event> alerts{EventBuilder(1, "Add member to role", 60s).by(account("sp-1")).from(""),
                                        EventBuilder(2, "MailItemsAccessed", 600s).by(application("app-1")).from("")};
        for (const bool isLate : {false, true}) {
            QCOMPARE(built(alerts, {}, isLate).incidents().size(), std::size_t{2});
            const IncidentBuilder together = built(alerts, {signIn(9, "sp-1", "app-1", 0s)}, isLate);
            QCOMPARE(together.incidents().size(), std::size_t{1});
            const Incident incident = together.incidents().front();
            QVERIFY(hasLink(incident, "link.same_thing"));
            QVERIFY(saysSameAs(incident, account("sp-1"), application("app-1")));
        }
    }

    void whatBecomesKnownAfterwardsCountsFromThen()
    {
        const std::vector<Event> alerts{EventBuilder(1, "a", 60s).by(account("sp-1")).from(""),
                                        EventBuilder(2, "b", 600s).by(application("app-1")).from("")};
        for (const bool isLate : {false, true})
            QCOMPARE(built(alerts, {signIn(9, "sp-1", "app-1", 900s)}, isLate).incidents().size(), std::size_t{2});
    }

    void whatIsSaidToBeManyThingsIsNobodysName()
    {
        // Records that call one application by the name of everybody.
        std::vector<Event> claims;
        for (int i = 0; i < 5; ++i)
            claims.push_back(signIn(20 + i, "sp-" + std::to_string(i), "app-1", std::chrono::seconds(i)));
        const std::vector<Event> alerts{EventBuilder(1, "a", 60s).by(account("sp-1")).from(""),
                                        EventBuilder(2, "b", 600s).by(account("sp-2")).from(""),
                                        EventBuilder(3, "c", 700s).by(application("app-1")).from("")};
        for (const bool isLate : {false, true})
            QCOMPARE(built(alerts, claims, isLate).incidents().size(), std::size_t{3});
    }

    void whatARecordCallsByTwoNamesIsOne()
    {
        // An administrator's record names a person by name and by the directory's id; elsewhere only the id is told.
        const EntityRef name = account("ana@corp.example");
        const EntityRef id = account("8f1c0c4e");
        const std::vector<Event> alerts{EventBuilder(1, "Sign-in activity", 60s).by(name).from("203.0.113.7"),
                                        EventBuilder(2, "Add member to role", 600s).by(id).from("")};
        const auto told = [&](const char* relation, const char* between) {
            EventBuilder event(9, "Reset user password", 0s);
            event.by(account("helpdesk")).on(name, "updated");
            if (*between)
                event.on(account(between), "updated");
            return Event(event.on(id, relation).from(""));
        };
        for (const bool isLate : {false, true}) {
            QCOMPARE(built(alerts, {}, isLate).incidents().size(), std::size_t{2});
            const IncidentBuilder together = built(alerts, {told("also", "")}, isLate);
            QCOMPARE(together.incidents().size(), std::size_t{1});
            const Incident incident = together.incidents().front();
            QVERIFY(hasLink(incident, "link.same_thing") && saysSameAs(incident, name, id));
            QVERIFY(!incident.member(account("helpdesk")));
            // Of another thing it is the name, or of none.
            QCOMPARE(built(alerts, {told("also", "bo@corp.example")}, isLate).incidents().size(), std::size_t{2});
            QCOMPARE(built(alerts, {told("updated", "")}, isLate).incidents().size(), std::size_t{2});
        }
    }

    void anAlertOnARecordWithTwoNamesTellsThem()
    {
        const EntityRef name = account("ana@corp.example");
        const EntityRef id = account("8f1c0c4e");
        const std::vector<Event> alerts{
            EventBuilder(1, "Reset user password", 0s).by(account("intruder")).on(name, "updated").on(id, "also").from("203.0.113.7")};
        const Incident incident = built(alerts, {}, false).incidents().front();
        QVERIFY(incident.member(id) && saysSameAs(incident, name, id));
        int links = 0;
        for (const IncidentLink& link : incident.links) {
            QVERIFY(!(link.from == account("intruder") && link.to == id)); // nothing was done to a name
            links += link.from == name && link.to == id && link.reason.code == "link.same" ? 1 : 0;
        }
        QCOMPARE(links, 1);
    }

    void whatAKeyOfTheOtherNameDidBelongsThere()
    {
        // The directory's account makes a key; its host account acts; the key is used.
        const EntityRef directory = account("alice@corp.example");
        const std::vector<Event> alerts{
            EventBuilder(1, "4688", 0s).by(account("corp\\alice")).from(""),
            EventBuilder(2, "read", 900s).with(key("K1")).on(secret("db"), "read").from("203.0.113.9")};
        const std::vector<Event> made{EventBuilder(9, "create key", -60s).by(directory).on(key("K1"), "created").from("")};
        for (const bool isLate : {false, true}) {
            QCOMPARE(built(alerts, made, isLate).incidents().size(), std::size_t{2});
            const IncidentBuilder together = built(alerts, made, isLate, hostRule());
            QCOMPARE(together.incidents().size(), std::size_t{1});
            QVERIFY(!together.incidents().front().member(directory) ||
                    !together.incidents().front().member(directory)->isMisused);
        }
    }

    void aThingUnderTwoNamesIsOneUserOfAnAddress()
    {
        EntityGraph graph(hostRule());
        const EntityIndex address = graph.intern({EntityKind::Address, "203.0.113.1", "ip", ""});
        for (const char* name : {"alice@corp.example", "corp\\alice", "bob@corp.example", "corp\\bob"})
            graph.sawWith(address, graph.intern(account(name)), noon);
        QCOMPARE(graph.identitiesOf(address, noon), 2);
    }

    void whatCannotBeATemplateIsRefused()
    {
        NameRules rules;
        QVERIFY(!rules.add({"x", EntityKind::Account, "{a}{b}", "{a}"}));
        QVERIFY(!rules.add({"x", EntityKind::Account, "{a", "b"}));
        QVERIFY(!rules.add({"x", EntityKind::Account, "{}@x", "b"}));
        QVERIFY(!rules.add({"x", EntityKind::Account, "{a}@x", "{b}"}));
        QVERIFY(!rules.add({"x", EntityKind::Account, "", ""}));
        QCOMPARE(rules.size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestOneThing)
#include "tst_one_thing.moc"
