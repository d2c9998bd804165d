#include "tests/core/investigate/key_theft.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::test;
using namespace std::chrono_literals;

/// Which changes are found and told, inside the incident and around it.
class TestIdentityHistory : public QObject
{
    Q_OBJECT

private slots:
    void changesAfterTheLastAlertBelongIn()
    {
        KeyTheft world;
        world.add(world.change(2, "iam:PutUserPolicy", 300s, bob)
                      .on(inlinePolicy(ops, "door"), "attached")
                      .on(ops, "granted"));
        world.add(EventBuilder(3, "s3:ListBuckets", 24h * 3).by(bob));
        const Brief brief = world.brief();
        const IdentityChange* door = changeBy(brief, 2);
        QVERIFY(door);
        QVERIFY(!door->isInsideIncident);
        const Finding* after = finding(brief, "story.identity_changes_after");
        QVERIFY(after);
        QCOMPARE(after->text.args.at("after"), std::string("1"));
        QCOMPARE(after->text.args.at("to"), std::string("2026-11-24 12:00"));
        QVERIFY(after->cites == std::vector<EventId>{{2}});
        QVERIFY(finding(brief, "change.attached_for")->cites == std::vector<EventId>{{2}});
        const Finding* inside = finding(brief, "story.identity_changes_only_inside");
        QVERIFY(inside); // what came afterwards is not "before"
        QCOMPARE(inside->text.args.at("n"), std::string("1"));
    }

    void ofTheChangesAfterwardsTheIntrudersIsTold()
    {
        KeyTheft world;
        world.add(world.change(2, "iam:UpdateUser", 100s).on(svc, "updated"));
        world.add(world.change(3, "iam:CreateAccessKey", 200s).on(key("AKIATWO"), "created").on(svc, "granted"));
        world.add(world.change(4, "iam:AttachUserPolicy", 300s, bob).on(admin, "attached").on(svc, "granted"));
        const Brief brief = world.brief();
        QCOMPARE(finding(brief, "story.identity_changes_after")->text.args.at("after"), std::string("3"));
        QVERIFY(brief.story.back().text.code == "change.created_for");
        QVERIFY(brief.story.back().cites == std::vector<EventId>{{3}});
    }

    void theLookAfterwardsEndsAfterThirtyDays()
    {
        KeyTheft world;
        world.add(world.change(2, "iam:DeleteUser", 24h * 29, bob).on(svc, "deleted"));
        world.add(world.change(3, "iam:CreateUser", 24h * 31, bob).on(svc, "created"));
        const Brief brief = world.brief();
        QVERIFY(changeBy(brief, 2));
        QVERIFY(!changeBy(brief, 3));
        QCOMPARE(finding(brief, "story.identity_changes_after")->text.args.at("to"), std::string("2026-12-21 12:00"));
    }

    void aFloodInTheIncidentHidesNothingAroundIt()
    {
        KeyTheft world;
        world.lasts = 1h;
        world.add(world.change(2, "iam:CreateAccessKey", -24h * 5, bob).on(key("AKIABACK"), "created").on(ops, "granted"));
        world.add(world.change(3, "iam:AttachUserPolicy", 10s).on(admin, "attached").on(svc, "granted"));
        for (int i = 0; i < 600; ++i)
            world.add(world.change(100 + i, "iam:UpdateUser", 60s + i * 1s).on(svc, "updated"));
        for (int i = 0; i < 10; ++i)
            world.add(world.change(900 + i, "iam:UpdateUser", 2h + i * 1s).on(svc, "updated"));
        const Brief brief = world.brief();
        QVERIFY(changeBy(brief, 2));
        QVERIFY(finding(brief, "change.created_for")->cites == std::vector<EventId>{{2}});
        QVERIFY(changeBy(brief, 3)); // of the incident's own the gravest stay
        QVERIFY(changeBy(brief, 900));
        QCOMPARE(brief.identityChanges.size(), std::size_t{500});
        const Finding* inside = finding(brief, "story.identity_changes_inside");
        QVERIFY(inside);
        QCOMPARE(inside->text.args.at("n"), std::string("602"));
        QCOMPARE(inside->text.args.at("before"), std::string("1"));
        QVERIFY(!finding(brief, "story.identity_changes_only_inside"));
        const Finding* cut = finding(brief, "story.identity_changes_cut");
        QVERIFY(cut);
        QCOMPARE(cut->text.args.at("listed"), std::string("500"));
        QCOMPARE(cut->text.args.at("found"), std::string("613"));
        QVERIFY(!cut->cites.empty());
    }

    void everySentenceCitesTheChangesItCounts()
    {
        KeyTheft world;
        world.add(world.change(2, "iam:UpdateUser", -24h, bob).on(ops, "updated"));
        world.add(world.change(3, "iam:AttachUserPolicy", -48h, bob).on(admin, "attached").on(ops, "granted"));
        world.add(world.change(4, "iam:DeleteUser", 60s, bob).on(svc, "deleted"));
        world.add(world.change(5, "iam:UpdateUser", 70s, bob).on(svc, "updated"));
        const Brief brief = world.brief();
        QVERIFY(finding(brief, "story.identity_changes_inside")->cites == std::vector<EventId>{{1}});
        QVERIFY(finding(brief, "change.attached_for")->cites == std::vector<EventId>{{3}}); // the gravest, not the newest
        QVERIFY(finding(brief, "story.identity_changes_earlier")->cites == std::vector<EventId>{{2}});
        QVERIFY((finding(brief, "story.identity_changes_after")->cites == std::vector<EventId>{{4}, {5}}));
        QVERIFY(finding(brief, "change.deleted")->cites == std::vector<EventId>{{4}});
    }

    void aFloodBeforeTheIncidentHidesNothingInIt()
    {
        KeyTheft world;
        for (int i = 0; i < 700; ++i)
            world.add(world.change(100 + i, "iam:AttachUserPolicy", -24h - i * 60s, bob)
                          .on(inlinePolicy(svc, std::to_string(i)), "attached")
                          .on(svc, "granted"));
        const Brief brief = world.brief();
        QVERIFY(changeBy(brief, 1));
        QVERIFY(changeBy(brief, 100));
        QVERIFY(!changeBy(brief, 799));
        QCOMPARE(finding(brief, "story.identity_changes_inside")->text.args.at("before"), std::string("700"));
    }

    void aListThatIsWholeDoesNotSayThatItIsCut()
    {
        QVERIFY(!finding(KeyTheft().brief(), "story.identity_changes_cut"));
        QVERIFY(!finding(KeyTheft().brief(), "story.identity_changes_after"));
    }
};

QTEST_GUILESS_MAIN(TestIdentityHistory)
#include "tst_identity_history.moc"
