#include "core/words/attack.h"

#include <QtTest>

using namespace cordon;
using words::Attack;

namespace {

std::string listOf(const std::string& techniques)
{
    return "format: cordon-attack/1\nversion: '1'\ntactics:\n    stealth: {name: Stealth, formerly: [defense-evasion]}\n"
           "    impact: {name: Impact}\ntechniques:\n" +
           techniques;
}

} // namespace

class TestAttack : public QObject
{
    Q_OBJECT

private slots:
    void theShippedListIsReadWhole();
    void oldAndNewIdsMeanTheSame_data();
    void oldAndNewIdsMeanTheSame();
    void unknownIdsStayAsTheyAre();
    void subTechniquesHaveTheTacticsOfTheirTechnique();
    void tacticsGoByOldAndNewNames();
    void brokenListsAreRefused_data();
    void brokenListsAreRefused();
};

void TestAttack::theShippedListIsReadWhole()
{
    QVERIFY(words::attack().size() > 400);
    QVERIFY(!words::attack().version().empty());
}

void TestAttack::oldAndNewIdsMeanTheSame_data()
{
    QTest::addColumn<QString>("old");
    QTest::addColumn<QString>("current");
    QTest::newRow("cloud logs") << "T1562.008" << "T1685.002";
    QTest::newRow("tools") << "T1562.001" << "T1685";
    QTest::newRow("cloud firewall") << "T1562.007" << "T1686.001";
    QTest::newRow("event logs cleared") << "T1070.001" << "T1685.005";
}

void TestAttack::oldAndNewIdsMeanTheSame()
{
    QFETCH(QString, old);
    QFETCH(QString, current);
    const Attack& attack = words::attack();
    QCOMPARE(QString::fromStdString(attack.currentId(old.toStdString())), current);
    QCOMPARE(attack.line(old.toStdString()), attack.line(current.toStdString()));
    const Attack::Technique* technique = attack.find(current.toStdString());
    QVERIFY(technique && technique->revokedBy.empty());
    QVERIFY(std::find(technique->formerIds.begin(), technique->formerIds.end(), old.toStdString()) !=
            technique->formerIds.end());
    QCOMPARE(technique->tactics, std::vector<std::string>{"defense-impairment"});
}

void TestAttack::unknownIdsStayAsTheyAre()
{
    QVERIFY(!words::attack().find("T9999"));
    QCOMPARE(words::attack().currentId("T9999.001"), std::string("T9999.001"));
    QCOMPARE(words::attack().line("T9999"), std::string("T9999"));
}

void TestAttack::subTechniquesHaveTheTacticsOfTheirTechnique()
{
    const auto attack = Attack::parse(listOf("    T1: {name: One, tactics: [impact]}\n    T1.001: {name: First}\n"));
    QVERIFY(attack);
    QCOMPARE(attack->find("T1.001")->tactics, std::vector<std::string>{"impact"});
}

void TestAttack::tacticsGoByOldAndNewNames()
{
    QVERIFY(words::attack().isTactic("defense-evasion"));
    QVERIFY(words::attack().isTactic("stealth"));
    QVERIFY(words::attack().isTactic("defense-impairment"));
    QVERIFY(!words::attack().isTactic("magic"));
}

void TestAttack::brokenListsAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    QTest::newRow("another format") << "format: x\n" << "expected format";
    QTest::newRow("no name") << QString::fromStdString(listOf("    T1: {tactics: [impact]}\n")) << "T1 needs a name";
    QTest::newRow("no tactic") << QString::fromStdString(listOf("    T1: {name: A, tactics: [magic]}\n"))
                               << "'magic' is no tactic";
    QTest::newRow("replaced by nothing") << QString::fromStdString(listOf("    T1: {name: A, revoked_by: T2}\n"))
                                         << "T1 is replaced by T2";
}

void TestAttack::brokenListsAreRefused()
{
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const auto attack = Attack::parse(text.toStdString());
    QVERIFY(!attack);
    QVERIFY2(QString::fromStdString(attack.error().detail).contains(reason), attack.error().detail.c_str());
}

QTEST_GUILESS_MAIN(TestAttack)
#include "tst_attack.moc"
