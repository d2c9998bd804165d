#include "core/plan/step_turn.h"

#include <QTest>

using namespace cordon;
using cacao::Truth;

namespace {

Step stepUnder(std::vector<StepCondition> when)
{
    Step step;
    step.when = std::move(when);
    return step;
}

std::optional<cacao::Known> quiet(std::string_view name, StepCondition::Kind)
{
    return name == "__quiet__" ? std::optional(cacao::Known{"true", "bool"}) : std::nullopt;
}

} // namespace

class TestStepTurn : public QObject
{
    Q_OBJECT

private slots:
    void aStepWithoutConditionsHasItsTurn()
    {
        QVERIFY(plan::isItsTurn(Step(), Plan(), {}) == Truth::True);
    }

    void whatNobodyKnowsYetLetsAStepWait()
    {
        const Step step = stepUnder({{StepCondition::Kind::Is, "__quiet__:value = true", "true"}});
        QVERIFY(plan::isItsTurn(step, Plan(), {}) == Truth::Unknown);
        QVERIFY(plan::isItsTurn(step, Plan(), quiet) == Truth::True);
        const Step other = stepUnder({{StepCondition::Kind::Is, "__quiet__:value = true", "false"}});
        QVERIFY(plan::isItsTurn(other, Plan(), quiet) == Truth::False);
    }

    void whatStandsBehindALoopWaitsForItsEnd()
    {
        const std::string condition = "__quiet__:value = false";
        const Step inside = stepUnder({{StepCondition::Kind::While, condition, "true"}});
        const Step behind = stepUnder({{StepCondition::Kind::While, condition, "false"}});
        const auto loud = [](std::string_view, StepCondition::Kind) { return std::optional(cacao::Known{"false", "bool"}); };
        QVERIFY(plan::isItsTurn(inside, Plan(), loud) == Truth::True);
        QVERIFY(plan::isItsTurn(behind, Plan(), loud) == Truth::Unknown); // and is not left out
        QVERIFY(plan::isItsTurn(inside, Plan(), quiet) == Truth::False);
        QVERIFY(plan::isItsTurn(behind, Plan(), quiet) == Truth::True);
        QVERIFY(plan::isItsTurn(behind, Plan(), {}) == Truth::Unknown);
    }

    void oneConditionThatDoesNotHoldDecides()
    {
        const Step step = stepUnder({{StepCondition::Kind::Is, "__nobody__:value = 1", "true"},
                                     {StepCondition::Kind::Is, "__quiet__:value = true", "false"}});
        QVERIFY(plan::isItsTurn(step, Plan(), quiet) == Truth::False);
    }

    void thePlansOwnVariablesCount()
    {
        Plan plan;
        plan.variables["__kind__"] = {"string", "key"};
        plan.variables["__empty__"] = {"string", std::nullopt};
        QVERIFY(plan::isItsTurn(stepUnder({{StepCondition::Kind::Case, "__kind__", "key"}}), plan, {}) == Truth::True);
        QVERIFY(plan::isItsTurn(stepUnder({{StepCondition::Kind::Case, "__kind__", "role"}}), plan, {}) == Truth::False);
        QVERIFY(plan::isItsTurn(stepUnder({{StepCondition::Kind::Case, "__kind__", "default", {"role"}}}), plan, {}) == Truth::True);
        QVERIFY(plan::isItsTurn(stepUnder({{StepCondition::Kind::Case, "__kind__", "default", {"key"}}}), plan, {}) == Truth::False);
        QVERIFY(plan::isItsTurn(stepUnder({{StepCondition::Kind::Case, "__empty__", "key"}}), plan, {}) == Truth::Unknown);
    }

    void whatIsForAFailureWaitsForOne()
    {
        Plan plan;
        plan.steps.resize(1);
        plan.steps[0].id = "INC-0001/S1";
        const Step step = stepUnder({{StepCondition::Kind::Failed, {}, {}, {}, {"INC-0001/S1"}}});
        QVERIFY(plan::isItsTurn(step, plan, {}) == Truth::Unknown);
        plan.steps[0].state = StepState::Verified;
        QVERIFY(plan::isItsTurn(step, plan, {}) == Truth::False);
        plan.steps[0].state = StepState::Failed;
        QVERIFY(plan::isItsTurn(step, plan, {}) == Truth::True);
    }
};

QTEST_GUILESS_MAIN(TestStepTurn)
#include "tst_step_turn.moc"
