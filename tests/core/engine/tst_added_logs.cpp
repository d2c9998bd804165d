#include "core/platform/file.h"
#include "tests/core/engine/three_attacks.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

/// The small attack in two files: what a case is opened with, and, from the first record on that names the new key, what is added.
struct InTwoParts : CaseFixture
{
    InTwoParts()
    {
        CaseFixture whole;
        const Value all = must(json::parse(must(platform::readFile(whole.log(), 1U << 24U))))["Records"];
        const auto cut = std::find_if(all.asArray().begin(), all.asArray().end(),
                                      [](const Value& record) { return json::write(record).find(SmallAttack::newKey) != std::string::npos; });
        write(log(), Value::Array(all.asArray().begin(), cut));
        write(path("added.json"), Value::Array(cut, all.asArray().end()));
    }
    static void write(const std::filesystem::path& file, Value::Array records)
    {
        must(platform::writeFileAtomically(file, json::write(Value::Object{{"Records", std::move(records)}})));
    }
    [[nodiscard]] TargetFacts outside(const EntityRef& thing) const
    {
        const CaseClock clock(machine);
        auto tenant = must(tenant::Tenant::open(record::tenantPath(folder()), clock));
        return must(tenant.facts(thing));
    }
};

} // namespace

/// Logs that are added to an open exercise.
class TestAddedLogs : public QObject
{
    Q_OBJECT

private slots:
    void whatTheyNameJoinsTheTenantAndIsContained()
    {
        InTwoParts fixture;
        const EntityRef key{EntityKind::Credential, SmallAttack::newKey, {}, {}};
        {
            const auto held = fixture.open(fixture.options());
            CaseFixture::must(held->run({}));
            QVERIFY(!fixture.outside(key).exists);
            CaseFixture::must(held->apply(engine::AddSources{{fixture.path("added.json")}}, {}));
            COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey), StepState::Verified);
            QVERIFY(fixture.outside(key).exists);
            QCOMPARE(fixture.outside(key).state.at("status").asString(), std::string("inactive"));
            CaseFixture::must(held->finish());
        }
        const auto again = fixture.wake(); // and what the agent did stays done
        QCOMPARE(fixture.outside(key).state.at("status").asString(), std::string("inactive"));
        COMPARE_STATE(CaseFixture::step(*again, "credential.deactivate", SmallAttack::newKey), StepState::Verified);
        const auto verdict = fixture.verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
    }
};

QTEST_GUILESS_MAIN(TestAddedLogs)
#include "tst_added_logs.moc"
