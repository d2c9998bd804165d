#include "tests/support/inquest.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

const EntityRef ops = user("ops");
const EntityRef opsKey = key("AKIAOPS");
const EntityRef admin{EntityKind::Policy, "arn:aws:iam::aws:policy/AdministratorAccess", "", "AdministratorAccess"};
const EntityRef reading{EntityKind::Policy, "arn:aws:iam::aws:policy/ReadOnlyAccess", "", "ReadOnlyAccess"};

EventBuilder byOps(std::int64_t id, const std::string& action)
{
    return EventBuilder(id, action, std::chrono::seconds(id)).by(ops).with(opsKey).changingIdentity();
}

std::string numbered(const std::string& stem, int number)
{
    return stem + std::to_string(10000 + number);
}

/// As many accounts, keys or grants as wanted; then the last account is given a key and rights.
Inquest flooded(int accounts, int keys, int grants)
{
    std::vector<Event> log;
    std::int64_t id = 0;
    for (int i = 0; i < accounts; ++i)
        log.push_back(byOps(++id, "iam:CreateUser").on(user(numbered("u", i)), "created"));
    for (int i = 0; i < keys; ++i)
        log.push_back(byOps(++id, "iam:CreateAccessKey")
                          .on(key(numbered("AKIAFLOOD", i)), "created")
                          .on(user(numbered("k", i)), "granted"));
    for (int i = 0; i < grants; ++i)
        log.push_back(
            byOps(++id, "iam:AttachUserPolicy").on(reading, "attached").on(user(numbered("g", i)), "granted"));
    log.push_back(byOps(++id, "iam:CreateUser").on(user("last"), "created"));
    log.push_back(byOps(++id, "iam:CreateAccessKey").on(key("AKIALAST"), "created").on(user("last"), "granted"));
    log.push_back(byOps(++id, "iam:AttachUserPolicy").on(admin, "attached").on(user("last"), "granted"));
    Inquest inquest(log, {1});
    inquest.raise(id, Severity::Critical);
    inquest.suspect(ops).suspect(opsKey);
    return inquest;
}

bool has(const std::vector<std::string>& lines, const std::string& line)
{
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

} // namespace

class TestResidualFlood : public QObject
{
    Q_OBJECT

private slots:
    void whatIsFewIsListedWhole();
    void accountsWithRightsComeBeforeTheOthers();
    void rightsComeBeforeTheMassOfKeys();
    void theGraverRightComesBeforeTheMassOfRights();
    void whatIsLeftOutIsCounted();
};

void TestResidualFlood::whatIsFewIsListedWhole()
{
    const auto lines = flooded(20, 20, 20).residual();
    QCOMPARE(lines.size(), std::size_t{64});
    for (const std::string& line : lines)
        QVERIFY2(!line.starts_with("more"), line.c_str());
}

void TestResidualFlood::accountsWithRightsComeBeforeTheOthers()
{
    const auto lines = flooded(260, 0, 0).residual();
    QVERIFY(has(lines, "account_made last"));
    QVERIFY(has(lines, "made_key AKIALAST"));
    QVERIFY(has(lines, "grant last AdministratorAccess"));
    QVERIFY(has(lines, "original_key AKIAOPS"));
    QVERIFY(has(lines, "more 64")); // 264 ways in, 200 of which are listed
    QCOMPARE(lines.size(), std::size_t{201});
}

void TestResidualFlood::rightsComeBeforeTheMassOfKeys()
{
    const auto lines = flooded(0, 1200, 0).residual();
    QVERIFY(has(lines, "grant last AdministratorAccess"));
    QVERIFY(has(lines, "account_made last"));
    QVERIFY(has(lines, "made_key AKIALAST"));
    QVERIFY(has(lines, "original_key AKIAOPS"));
}

void TestResidualFlood::theGraverRightComesBeforeTheMassOfRights()
{
    const auto lines = flooded(0, 0, 1100).residual();
    QVERIFY(has(lines, "grant last AdministratorAccess"));
    QVERIFY(has(lines, "original_key AKIAOPS"));
}

void TestResidualFlood::whatIsLeftOutIsCounted()
{
    const auto lines = flooded(0, 1200, 0).residual(); // beside four other ways in; a thousand are asked about
    QCOMPARE(lines.size(), std::size_t{202});
    QCOMPARE(lines.at(200), std::string("more 800"));
    QCOMPARE(lines.at(201), std::string("more_unasked 204"));
}

QTEST_GUILESS_MAIN(TestResidualFlood)
#include "tst_residual_flood.moc"
