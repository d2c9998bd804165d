#include "core/act/permit_check.h"

#include "tests/support/permit_maker.h"
#include "tests/support/vector_action.h"

#include <QtTest>

using namespace cordon;
using cordon::test::vectorAction;

class TestPermitCheck : public QObject
{
    Q_OBJECT

private slots:
    void theDigestIsTheOneOfTheFormatVectors();
    void acceptsExactlyItsOwnAction();
    void refusesEverythingElse_data();
    void refusesEverythingElse();
    void aPermitThatWasGivenAwayIsUseless();
};

namespace {

const Timestamp now = Timestamp::fromMicros(1'000'000'000);

Permit permitFor(const Action& action, const std::string& connector, Timestamp expires)
{
    return govern::Gate::permit(*act::actionDigest(action), connector, "00112233445566778899aabbccddeeff", expires);
}

} // namespace

void TestPermitCheck::theDigestIsTheOneOfTheFormatVectors()
{
    // From the design's vectors.json, which was computed by another program.
    QCOMPARE(act::actionDigest(vectorAction())->hex(),
             "922bc548bd8a16bea015a0dea11958a2f5c07472b38caf762f9270974df60559");
}

void TestPermitCheck::acceptsExactlyItsOwnAction()
{
    QVERIFY(act::checkPermit(permitFor(vectorAction(), "aws", now + Duration(1)), vectorAction(), "aws", now));
}

void TestPermitCheck::refusesEverythingElse_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("reason");
    QTest::newRow("another target") << 0 << "another action";
    QTest::newRow("another parameter") << 1 << "another action";
    QTest::newRow("at its very end") << 2 << "expired";
    QTest::newRow("permit for another connector") << 3 << "another connector";
    QTest::newRow("action for another connector") << 4 << "names connector";
}

void TestPermitCheck::refusesEverythingElse()
{
    QFETCH(int, what);
    QFETCH(QString, reason);
    Action action = vectorAction();
    const Permit permit = permitFor(action, what == 3 ? "okta" : "aws", what == 2 ? now : now + Duration(1));
    if (what == 0)
        action.targets[0].id = "AKIAEXAMPLE000000002";
    if (what == 1)
        action.params.set("user", "svc-other");
    if (what == 4)
        action.connector = "okta";
    const auto checked = act::checkPermit(permit, action, "aws", now);
    QVERIFY(!checked);
    QVERIFY(checked.error().code == ErrorCode::Denied);
    QVERIFY2(checked.error().detail.find(reason.toStdString()) != std::string::npos, checked.error().detail.c_str());
}

void TestPermitCheck::aPermitThatWasGivenAwayIsUseless()
{
    Permit permit = permitFor(vectorAction(), "aws", now + Duration(1));
    const Permit taken = std::move(permit);
    QVERIFY(act::checkPermit(taken, vectorAction(), "aws", now));
    QVERIFY(!act::checkPermit(permit, vectorAction(), "aws", now)); // NOLINT: the moved-from permit is the point
}

QTEST_GUILESS_MAIN(TestPermitCheck)
#include "tst_permit_check.moc"
