#include "core/act/expected_state.h"

#include "core/crypto/sha256.h"

#include <QtTest>

using namespace cordon;

class TestExpectedState : public QObject
{
    Q_OBJECT

private slots:
    void everyVerbOfTheCatalogueHasARow();
    void digestsExactlyTheAttributesThatTheVerbChanges();
    void anAttributeThatIsNotThereCountsAsNull();
    void ignoresWhatTheVerbDoesNotChange();
    void anUnknownVerbIsUnsupported();
    void severalTargetsHaveOneDigestThatDependsOnTheirOrder();
};

namespace {

TargetFacts keyFacts(const char* id, const char* status)
{
    TargetFacts facts;
    facts.target = {EntityKind::Credential, id, "access_key", id};
    facts.exists = true;
    facts.state["status"] = status;
    return facts;
}

} // namespace

void TestExpectedState::everyVerbOfTheCatalogueHasARow()
{
    for (const Verb& verb : verbCatalogue()) {
        const auto* attributes = act::attributesChangedBy(verb.name);
        QVERIFY2(attributes, std::string(verb.name).c_str());
        QCOMPARE(!attributes->empty(), verb.changes);
    }
}

void TestExpectedState::digestsExactlyTheAttributesThatTheVerbChanges()
{
    // The canonical form written by hand.
    const std::string expected = crypto::sha256("{\"status\":\"active\"}").hex();
    QCOMPARE(*act::expectedState("credential.deactivate", keyFacts("AKIA1", "active")), expected);
    QVERIFY(*act::expectedState("credential.deactivate", keyFacts("AKIA1", "inactive")) != expected);
}

void TestExpectedState::anAttributeThatIsNotThereCountsAsNull()
{
    QCOMPARE(*act::expectedState("address.block", TargetFacts()), crypto::sha256("{\"blocked\":null}").hex());
    QCOMPARE(*act::expectedState("evidence.collect", TargetFacts()), crypto::sha256("{}").hex());
}

void TestExpectedState::ignoresWhatTheVerbDoesNotChange()
{
    TargetFacts facts = keyFacts("AKIA1", "active");
    const std::string before = *act::expectedState("credential.delete", facts);
    facts.state["note"] = "changed";
    facts.lastUsedService = "s3";
    QCOMPARE(*act::expectedState("credential.delete", facts), before);
}

void TestExpectedState::anUnknownVerbIsUnsupported()
{
    QVERIFY(act::expectedState("credential.rename", TargetFacts()).error().code == ErrorCode::Unsupported);
    QVERIFY(act::expectedState("account.delete", std::vector<TargetFacts>()).error().code == ErrorCode::Invalid);
}

void TestExpectedState::severalTargetsHaveOneDigestThatDependsOnTheirOrder()
{
    const TargetFacts a = keyFacts("AKIA1", "active");
    const TargetFacts b = keyFacts("AKIA2", "active");
    const std::string verb = "credential.deactivate";
    QCOMPARE(*act::expectedState(verb, std::vector{a}), *act::expectedState(verb, a));
    QVERIFY(*act::expectedState(verb, std::vector{a, b}) != *act::expectedState(verb, std::vector{b, a}));
    QVERIFY(*act::expectedState(verb, std::vector{a, b}) != *act::expectedState(verb, a));
}

QTEST_GUILESS_MAIN(TestExpectedState)
#include "tst_expected_state.moc"
