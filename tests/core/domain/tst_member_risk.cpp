#include "core/domain/member_risk.h"
#include "tests/support/attack_builder.h"

#include <QtTest>

#include <algorithm>

using namespace cordon;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

/// A key is made by a user, and a secret read with it; another user is only looked at.
struct Made
{
    std::vector<Alert> alerts;
    Incident incident;

    Made()
    {
        const Event make =
            EventBuilder(1, "iam:CreateAccessKey", 0s).by(user("eve")).with(key("OLD")).on(key("NEW"), "created").from("");
        const Event read = EventBuilder(2, "secretsmanager:GetSecretValue", 60s)
                               .by(user("eve"))
                               .with(key("NEW"))
                               .on(secret("db"), "read")
                               .from("203.0.113.9");
        const Event look = EventBuilder(3, "iam:GetUser", 90s).by(user("eve")).with(key("NEW")).on(user("bob"), "read").from("");
        alerts = {alertOn(1, {make}, Severity::High, "persistence", "T1098"),
                  alertOn(2, {read}, Severity::Critical, "credential-access", "T1555"),
                  alertOn(3, {look}, Severity::Low, "discovery", "T1087")};
        for (const Alert& alert : alerts)
            incident.alerts.push_back(alert.id);
        for (const EntityRef& entity : {user("eve"), user("bob"), key("OLD"), key("NEW"), secret("db"),
                                        EntityRef{EntityKind::Address, "203.0.113.9", "ip", ""}}) {
            IncidentMember member;
            member.entity = entity;
            member.isMadeByIncident = entity == key("NEW");
            incident.members.push_back(member);
        }
    }
    std::vector<RiskPart> of(const EntityRef& entity) const
    {
        const auto all = riskOfMembers(incident, alerts);
        const auto own = all.find(entity);
        return own == all.end() ? std::vector<RiskPart>() : own->second;
    }
};

} // namespace

/// What an entity's own risk in an incident is made of.
class TestMemberRisk : public QObject
{
    Q_OBJECT

private slots:
    void whoActsWeighsMoreThanWhatIsActedOn()
    {
        const Made made;
        QVERIFY(sumOf(made.of(user("eve"))) > sumOf(made.of(secret("db"))));
        QVERIFY(sumOf(made.of(secret("db"))) > sumOf(made.of(user("bob"))));
        QVERIFY(sumOf(made.of(key("NEW"))) > sumOf(made.of(key("OLD"))));
    }

    void everyPointIsTraceable()
    {
        const Made made;
        for (const IncidentMember& member : made.incident.members) {
            for (const RiskPart& part : made.of(member.entity)) {
                if (part.reason.code == "risk.capped" || part.reason.code == "risk.entity_made")
                    continue;
                const std::string& id = part.reason.args.at("alert");
                const auto alert = std::find_if(made.alerts.begin(), made.alerts.end(),
                                                [&id](const Alert& one) { return toString(one.id) == id; });
                QVERIFY2(alert != made.alerts.end(), id.c_str());
                QVERIFY(std::any_of(alert->entities.begin(), alert->entities.end(),
                                    [&](const AlertEntity& one) { return one.entity == member.entity; }));
            }
        }
    }

    void theSumIsHeldAtAHundred()
    {
        Made made;
        for (int i = 10; i < 20; ++i) {
            made.alerts.push_back(alertOn(i, {EventBuilder(i, "act-" + std::to_string(i), 100s).by(user("eve")).from("")},
                                          Severity::Critical, "impact", "T1485"));
            made.incident.alerts.push_back(AlertId{i});
        }
        QCOMPARE(sumOf(made.of(user("eve"))), 100);
        QCOMPARE(made.of(user("eve")).back().reason.code, std::string("risk.capped"));
    }

    void anAttemptWeighsHalf()
    {
        Made made;
        const int whole = made.of(key("OLD")).front().points;
        made.alerts.front().hasSucceeded = false;
        QCOMPARE(made.of(key("OLD")).front().points, (whole + 1) / 2);
    }

    void addressesAndOtherIncidentsCountNothing()
    {
        Made made;
        QVERIFY(made.of({EntityKind::Address, "203.0.113.9", "ip", ""}).empty());
        made.incident.alerts = {AlertId{3}}; // the rest belongs elsewhere now
        QVERIFY(made.of(secret("db")).empty());
    }

    void aHitOfAnIndicatorCountsNothing()
    {
        Made made;
        for (Alert& alert : made.alerts)
            alert.rule.id = "indicator:feed/1";
        QVERIFY(made.of(user("eve")).empty());
    }
};

QTEST_GUILESS_MAIN(TestMemberRisk)
#include "tst_member_risk.moc"
