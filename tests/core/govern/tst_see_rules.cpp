#include "core/govern/decide_rules.h"
#include "core/govern/see_rules.h"

#include <QTest>

using namespace cordon;
using namespace cordon::govern;

namespace {

using std::chrono::hours;
const Timestamp now = *Timestamp::parse("2026-11-21T12:00:00Z");
const EntityRef ana{EntityKind::Account, "ana", "", ""};

Event record(const std::string& source, Duration ago = {})
{
    Event made;
    made.source = source;
    made.time = now - ago;
    made.actor = ana;
    return made;
}

Mandate mandate(std::vector<SeeClause> see, std::vector<DecideClause> decide = {})
{
    Mandate made;
    made.see = std::move(see);
    made.decide = std::move(decide);
    return made;
}

} // namespace

class TestSeeRules : public QObject
{
    Q_OBJECT

private slots:
    void withoutMandateOrClausesNothingIsSeen()
    {
        const Mandate empty = mandate({});
        for (const SeeRules& rules : {SeeRules(nullptr), SeeRules(&empty)}) {
            QVERIFY(!rules.sees(record("aws.cloudtrail"), {now, {ana}}));
            QVERIFY(rules.inventoryClauses(true).empty());
            QVERIFY(!rules.seesAllOf({"aws.cloudtrail"}, now, now));
        }
    }

    void onlyNamedSourcesWithinTheirWindow()
    {
        const Mandate made = mandate({{"S1", "aws.cloudtrail", hours(1), false, {}}, {"S4", "inventory", hours(1), true, {}}});
        const SeeRules rules(&made);
        QVERIFY(rules.sees(record("aws.cloudtrail", hours(1)), {now, {}}));
        QVERIFY(!rules.sees(record("aws.cloudtrail", hours(1) + Duration(1)), {now, {}}));
        QVERIFY(!rules.sees(record("aws.cloudtrail2"), {now, {}}));
        QVERIFY(!rules.sees(record("okta.system"), {now, {}}));
        QVERIFY(!rules.sees(record("inventory"), {now, {}})); // no log may call itself that
        QVERIFY(rules.inventoryClauses(false).empty());
        QCOMPARE(rules.inventoryClauses(true), std::vector<std::string>{"S4"});
        QVERIFY(rules.seesAllOf({"aws.cloudtrail"}, now - hours(1), now));
        QVERIFY(!rules.seesAllOf({"aws.cloudtrail"}, now - hours(2), now));
        QVERIFY(!rules.seesAllOf({"aws.cloudtrail", "okta.system"}, now, now));
    }

    void aClauseOnMembersReachesMembersOnly()
    {
        const Mandate made = mandate({{"S1", "okta.system", hours(1), true, {}}});
        const SeeRules rules(&made);
        QVERIFY(rules.sees(record("okta.system"), {now, {ana}}));
        QVERIFY(!rules.sees(record("okta.system"), {now, {}}));
        Event target = record("okta.system");
        target.actor.reset();
        target.targets.push_back({ana, "updated"});
        QVERIFY(rules.sees(target, {now, {ana}}));
    }

    void theMostExactClausesSpeakForASource()
    {
        const Mandate made = mandate({{"S1", "*", hours(9), false, {}},
                                      {"S2", "okta.*", hours(5), false, {}},
                                      {"S3", "okta.system", hours(1), false, {"token"}}});
        const SeeRules rules(&made);
        QCOMPARE(rules.clausesFor(record("okta.system"), {now, {}}), std::vector<std::string>{"S3"});
        QVERIFY(!rules.sees(record("okta.system", hours(2)), {now, {}}));
        QVERIFY(rules.sees(record("okta.other", hours(2)), {now, {}}));
        QVERIFY(rules.sees(record("anything", hours(8)), {now, {}}));
        QVERIFY(!rules.seesAllOf({"okta.system"}, now, now)); // something is hidden in it
    }

    void whatIsToBeHiddenIsHidden()
    {
        const Mandate made = mandate({{"S1", "okta.system", hours(1), false, {"token", "otp", "address"}}});
        const SeeRules rules(&made);
        Event seen = record("okta.system");
        seen.address = "203.0.113.9";
        seen.userAgent = "agent/1 Token=abc123; x";
        seen.error = "{\"otp\": \"998877\", \"tokenizer\": \"kept\"}";
        seen.actor->name = "ana token: s3cret";
        QVERIFY(rules.redact(seen, {now, {}}));
        QCOMPARE(seen.address, std::string());
        QCOMPARE(seen.userAgent, std::string("agent/1 Token=[redacted]; x"));
        QCOMPARE(seen.error, std::string("{\"otp\": \"[redacted]\", \"tokenizer\": \"kept\"}"));
        QCOMPARE(seen.actor->name, std::string("ana token: [redacted]"));
        QVERIFY(!rules.redact(seen, {now, {}}));
    }

    void conclusionsAreDeniedUnlessAClauseSaysOtherwise()
    {
        const Mandate made = mandate({}, {{"D1", "correlate", Autonomy::Auto, 0},
                                          {"D2", "set_severity", Autonomy::Approve, 2},
                                          {"D3", "extend_scope", Autonomy::Never, 0},
                                          {"D4", "extend_scope", Autonomy::Auto, 0}});
        QVERIFY(conclude(nullptr, "correlate").effect == Effect::Deny);
        QVERIFY(conclude(&made, "correlate").effect == Effect::Allow);
        QVERIFY(conclude(&made, "set_severity", 1).effect == Effect::Hold);
        QVERIFY(conclude(&made, "set_severity", 2).effect == Effect::Allow);
        QCOMPARE(conclude(&made, "extend_scope", 9).clause, std::string("D3"));
        QVERIFY(conclude(&made, "extend_scope", 9).effect == Effect::Deny);
        QCOMPARE(conclude(&made, "close_incident").clause, std::string("default"));
        QVERIFY(conclude(&made, "close_incident").effect == Effect::Deny);
    }
};

QTEST_GUILESS_MAIN(TestSeeRules)
#include "tst_see_rules.moc"
