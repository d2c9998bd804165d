#include "core/investigate/dependents.h"
#include "tests/support/attack_builder.h"
#include "tests/support/event_list_lookup.h"

#include <QtTest>

#include <algorithm>

using namespace cordon;
using namespace cordon::investigate;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

const EntityRef ops = user("ops");
const EntityRef opsKey = key("AKIAOPS");
const std::string intruder = "203.0.113.44";
const std::string elsewhere = "203.0.113.77";
const std::string awsCli = "aws-cli/2.15 Python/3.11";

/// Who used the key before, each row: seconds before the first alert, address, program.
struct Use
{
    std::chrono::seconds before;
    std::string address;
    std::string program;
};

Event useOf(int id, const Use& use)
{
    return EventBuilder(id, "s3:PutObject", -use.before).by(ops).with(opsKey).from(use.address).through(use.program);
}

/// The intruder makes a key with the stolen one at noon, with aws-cli from its address.
std::vector<std::string> dependents(const std::vector<Use>& uses)
{
    std::vector<Event> log;
    for (std::size_t i = 0; i < uses.size(); ++i)
        log.push_back(useOf(100 + static_cast<int>(i), uses[i]));
    const Event theft = EventBuilder(1, "iam:CreateAccessKey", 0s)
                            .by(ops)
                            .with(opsKey)
                            .on(key("AKIANEW"), "created")
                            .on(ops, "granted")
                            .from(intruder)
                            .through(awsCli)
                            .changingIdentity();
    log.push_back(theft);
    const std::vector<Alert> alerts{alertOn(1, {theft}, Severity::Medium, "persistence", "T1098.001")};
    Incident incident;
    incident.id = {1};
    incident.firstSeen = incident.lastSeen = noon;
    incident.alerts = {{1}};
    IncidentMember member;
    member.entity = opsKey;
    member.role = EntityRole::Attacker;
    member.isMisused = true;
    incident.members.push_back(member);
    const EventListLookup lookup(log);
    const Inquiry inquiry = inquire(incident, alerts, lookup, {}).value();
    const std::vector<Brief::Use> all = dependentsOf(inquiry).value();
    std::vector<std::string> found;
    for (const Brief::Use& use : all)
        found.push_back(use.by.id);
    return found;
}

} // namespace

/// Who depends on a thing, and which earlier uses were the intruder's own. Source: docs/formats/verbs.md, "Dependents"
class TestDependents : public QObject
{
    Q_OBJECT

private slots:
    void earlierUses_data()
    {
        QTest::addColumn<std::vector<Use>>("uses");
        QTest::addColumn<std::vector<std::string>>("expected");
        const Use longAgo{24h * 10, "192.0.2.50", "my-app/1.0"}; // so that the log reaches back
        const std::string app = "my-app/1.0@192.0.2.50";
        const std::vector<std::string> appAlone{app};

        QTest::newRow("an hour before, by the intruder's program from another address")
            << std::vector<Use>{longAgo, {60min, elsewhere, awsCli}, {59min, elsewhere, awsCli}} << appAlone;
        QTest::newRow("the day before, by the intruder's program from its address")
            << std::vector<Use>{longAgo, {25h, intruder, awsCli}, {25h - 60s, intruder, awsCli}} << appAlone;
        QTest::newRow("six days before, once, by the intruder's program from its address")
            << std::vector<Use>{longAgo, {24h * 6, intruder, awsCli}} << appAlone;
        QTest::newRow("all night, by the intruder's program from its address, new there")
            << std::vector<Use>{longAgo, {9h, intruder, awsCli}, {7h, intruder, awsCli}, {5h, intruder, awsCli}}
            << appAlone;
        QTest::newRow("an hour before, from its address under another program's name")
            << std::vector<Use>{longAgo, {60min, intruder, "other/1"}} << appAlone;

        QTest::newRow("a program behind the intruder's NAT address, in a log of nine hours")
            << std::vector<Use>{{9h, intruder, "my-app/1.0"},
                                {6h, intruder, "my-app/1.0"},
                                {3h, intruder, "my-app/1.0"},
                                {1h, intruder, "my-app/1.0"}}
            << std::vector<std::string>{"my-app/1.0@" + intruder};
        QTest::newRow("the same program as the intruder's behind one NAT address, in a log of nine hours")
            << std::vector<Use>{{9h, intruder, awsCli}, {6h, intruder, awsCli}, {3h, intruder, awsCli}}
            << std::vector<std::string>{"aws-cli/2.15@" + intruder};
        QTest::newRow("a program behind the NAT address, days before")
            << std::vector<Use>{{50h, intruder, "my-app/1.0"}} << std::vector<std::string>{"my-app/1.0@" + intruder};
        QTest::newRow("people with the intruder's program elsewhere, in a short log")
            << std::vector<Use>{{2h, elsewhere, awsCli}} << std::vector<std::string>{"aws-cli/2.15@" + elsewhere};
        QTest::newRow("people with the intruder's program elsewhere, days before")
            << std::vector<Use>{{30h, elsewhere, awsCli}} << std::vector<std::string>{"aws-cli/2.15@" + elsewhere};
        QTest::newRow("another program elsewhere, new") << std::vector<Use>{longAgo, {60min, elsewhere, "other/1"}}
                                                        << std::vector<std::string>{app, "other/1@" + elsewhere};
        QTest::newRow("nobody tells a program")
            << std::vector<Use>{longAgo, {60min, elsewhere, ""}} << std::vector<std::string>{app, "unknown@" + elsewhere};
    }
    void earlierUses()
    {
        QFETCH(const std::vector<Use>, uses);
        QFETCH(std::vector<std::string>, expected);
        std::vector<std::string> found = dependents(uses);
        std::sort(found.begin(), found.end());
        std::sort(expected.begin(), expected.end());
        std::string text;
        for (const std::string& one : found)
            text += one + "; ";
        QVERIFY2(found == expected, text.c_str());
    }

    void usesOfOneBurstAreOneOccasion()
    {
        std::vector<Use> burst;
        for (int i = 0; i < 20; ++i)
            burst.push_back({25h - i * 60s, intruder, awsCli});
        QVERIFY(dependents(burst).empty());
    }
};

QTEST_GUILESS_MAIN(TestDependents)
#include "tst_dependents.moc"
