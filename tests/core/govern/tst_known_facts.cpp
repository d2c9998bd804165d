#include "core/govern/gate_json.h"
#include "core/govern/selector_match.h"

#include <QTest>

using namespace cordon;
using namespace cordon::govern;

/// What a list named is known; what it did not name stays unknown, unless the set is complete.
class TestKnownFacts : public QObject
{
    Q_OBJECT

private:
    static GateRequest requestWith(TargetFacts facts)
    {
        GateRequest request;
        request.agentId = "nhi:agent";
        request.action.type = "credential.deactivate";
        request.action.targets = {facts.target};
        request.facts = {std::move(facts)};
        return request;
    }
    static TargetFacts key()
    {
        TargetFacts facts;
        facts.target = {EntityKind::Credential, "AKIA1", "access_key", {}};
        facts.exists = true;
        facts.owner = "arn:ops";
        return facts;
    }
    static Truth tag(const GateRequest& request, const std::string& name, std::size_t subject)
    {
        Selector selector;
        selector.kind = Selector::Kind::Tag;
        selector.tag = name;
        return matches(selector, forbidSubjects(request).at(subject), request);
    }

private slots:
    void aNamedTagIsTrueAndAnyOtherUnknown()
    {
        TargetFacts facts = key();
        facts.knownTags = {"break-glass"};
        facts.ownerKnownTags = {"domain-controller"};
        const GateRequest request = requestWith(facts);
        QVERIFY(tag(request, "break-glass", 0) == Truth::True);
        QVERIFY(tag(request, "domain-controller", 0) == Truth::Unknown);
        QVERIFY(tag(request, "domain-controller", 1) == Truth::True); // the owner
        QVERIFY(tag(request, "break-glass", 1) == Truth::Unknown);
    }

    void aCompleteSetMakesTheRestAKnownNo()
    {
        TargetFacts facts = key();
        facts.tags = std::vector<std::string>{"break-glass"};
        QVERIFY(tag(requestWith(facts), "domain-controller", 0) == Truth::False);
    }

    void sourcesAndKnownTagsSurviveTheFile()
    {
        TargetFacts facts = key();
        facts.knownTags = {"a"};
        facts.ownerKnownTags = {"b"};
        facts.sources = {{"tags", "a", "cmdb", *Timestamp::parse("2026-11-01T00:00:00Z"), true}};
        GateRequest request = requestWith(facts);
        auto back = gateRequestFromValue(gateRequestToValue(request));
        QVERIFY2(back.has_value(), back ? "" : back.error().detail.c_str());
        QCOMPARE(back->facts.front().knownTags, facts.knownTags);
        QCOMPARE(back->facts.front().ownerKnownTags, facts.ownerKnownTags);
        QVERIFY(back->facts.front().sources == facts.sources);
    }
};

QTEST_GUILESS_MAIN(TestKnownFacts)
#include "tst_known_facts.moc"
