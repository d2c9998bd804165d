#include "tests/core/detect/rule_comparison.h"
#include "core/domain/value_event_view.h"

#include <QtTest>

using namespace cordon;

/// The short form of `tools/soak detect`.
class TestRuleProgramAgainstNaive : public QObject
{
    Q_OBJECT

private slots:
    void agreesOnRandomRulesAndRecords();
    void wouldNoticeEveryMistake();

private:
    static std::unique_ptr<EventView> viewOf(const FieldPlan& plan, const Value& record)
    {
        return std::make_unique<ValueEventView>(plan, record);
    }
};

void TestRuleProgramAgainstNaive::agreesOnRandomRulesAndRecords()
{
    RuleComparison comparison;
    for (std::uint64_t seed = 1; seed <= 4; ++seed)
        comparison.add(20261122 + seed, 100, 50, viewOf);
    QVERIFY2(comparison.disagreements == 0, comparison.first.c_str());
    QCOMPARE(comparison.pairs, std::uint64_t(20'000));
    // Otherwise the comparison would say little.
    QVERIFY(comparison.matches > comparison.pairs / 10 && comparison.matches < comparison.pairs * 9 / 10);
}

void TestRuleProgramAgainstNaive::wouldNoticeEveryMistake()
{
    for (int mistake = 1; mistake < static_cast<int>(naive::Mistake::Count); ++mistake) {
        RuleComparison comparison;
        for (std::uint64_t seed = 1; seed <= 40 && comparison.disagreements == 0; ++seed)
            comparison.add(seed, 150, 40, viewOf, static_cast<naive::Mistake>(mistake), true);
        QVERIFY2(comparison.disagreements > 0, ("mistake " + std::to_string(mistake) + " went unnoticed").c_str());
    }
}

QTEST_GUILESS_MAIN(TestRuleProgramAgainstNaive)
#include "tst_rule_program_against_naive.moc"
