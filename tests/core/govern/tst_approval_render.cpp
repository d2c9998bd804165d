#include "core/govern/identifier_rules.h"
#include "desk_fixture.h"

#include <QTest>

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;

Q_DECLARE_METATYPE(std::string)

class TestApprovalRender : public QObject
{
    Q_OBJECT
private slots:
    void saysWhatWillBeDoneToWhat();
    void ap15ShowsNothingThatCannotBeSeen();
    void judgesIdentifiers_data();
    void judgesIdentifiers();

private:
    static ApprovalRequest aRequest(const FrozenFacts& facts)
    {
        ApprovalDesk desk("nhi:cordon-exercise", keyOf(7).publicKey());
        AskInput input = askFor(anAllowedRequest("credential.delete"));
        input.facts = facts;
        return desk.ask(input, contextAt(noon()))->request;
    }
};

void TestApprovalRender::saysWhatWillBeDoneToWhat()
{
    FrozenFacts facts;
    facts.targets = {factsFor(anAccessKey())};
    facts.preview.emplace();
    facts.preview->request = "iam:DeleteAccessKey";
    facts.preview->stillOpen = {"1 role session until 13:02"};
    facts.because = {"14 alerts"};
    facts.prechecks = {{"evidence_preserved", "true"}};
    const ApprovalRequest request = aRequest(facts);
    const std::string& render = request.render;
    QVERIFY(render.starts_with("Delete access key permanently\nExercise: EXERCISE."));
    for (const char* part :
         {"Tier: T3 Destructive\n", "Will do: credential.delete, as iam:DeleteAccessKey\n",
          "Target: access key AKIAEXAMPLE000000001, of arn:aws:iam::111122223333:user/svc-ci, criticality normal\n",
          "Blast radius: 0 known dependents\n", "Undo: None. This cannot be undone.\n",
          "Still open after: 1 role session until 13:02\n", "Because: 14 alerts\n", "clauses C10\n",
          "Needs: 2 people, at least one a commander\n", "Before it runs: evidence_preserved = true\n"})
        QVERIFY2(render.find(part) != std::string::npos, (std::string(part) + "\nis not in\n" + render).c_str());
    QVERIFY(render.ends_with("You sign: sha256 " + request.actionDigest + "\n"));
    QCOMPARE(*renderRequest(request), render);
}

// AP-15
void TestApprovalRender::ap15ShowsNothingThatCannotBeSeen()
{
    FrozenFacts facts;
    facts.targets = {factsFor(anAccessKey())};
    facts.targets[0].target.name = "admin\u202Egpj.exe\u200B\n\x1B[2J" + std::string(5000, 'x');
    facts.because = std::vector<std::string>(10'000, "line\r\nTarget: something harmless");
    facts.residualAccess = {std::string("bad \xFF\xFE bytes")};
    const std::string render = aRequest(facts).render;
    QVERIFY(render.find("\u202E") == std::string::npos);
    QVERIFY(render.find('\x1B') == std::string::npos);
    QVERIFY(render.find('\r') == std::string::npos);
    QVERIFY(render.find("\nTarget: something") == std::string::npos);
    QVERIFY(render.find("\\u{202e}") != std::string::npos);
    QVERIFY(render.find("\\x{ff}") != std::string::npos);
    QVERIFY(render.find("and 9950 more") != std::string::npos);
    QVERIFY(render.size() < 10'000);
}

void TestApprovalRender::judgesIdentifiers_data()
{
    QTest::addColumn<std::string>("id");
    QTest::addColumn<std::string>("problem");
    const auto row = [](const char* name, const std::string& id, const char* problem) {
        QTest::newRow(name) << id << std::string(problem);
    };
    row("an ARN", "arn:aws:iam::111122223333:user/svc-ci@x+y=z,w", "");
    row("a name with a space inside", "Domain Admins", "");
    row("a Windows account", "CORP\\svc", "");
    row("German letters, composed", "M\u00FCller", "");
    row("a Russian name", "\u0418\u0432\u0430\u043D", "");
    row("a Chinese name", "\u674E\u96F7", "");
    row("empty", "", "empty");
    row("long", std::string(2049, 'a'), "too_long");
    row("NUL", std::string("a\0b", 3), "control");
    row("line break", "a\nb", "control");
    row("delete", "a\x7F", "control");
    row("override", "a\u202E", "bidi");
    row("isolate", "a\u2066", "bidi");
    row("zero width", "a\u200B", "invisible");
    row("joiner", "a\u200D", "invisible");
    row("soft hyphen", "a\u00AD", "invisible");
    row("tag characters", "a\U000E0041", "invisible");
    row("private use", "a\uE000", "invisible");
    row("decomposed", "Mu\u0308ller", "decomposed");
    row("Kelvin sign", "\u212A1", "decomposed");
    row("Hangul jamo", "\u1100\u1161", "decomposed");
    row("Latin and Cyrillic", "svc-\u0430dmin", "mixed_script");
    row("Latin and Greek", "r\u03BFot", "mixed_script");
    row("Latin and full width", "root\uFF41", "mixed_script");
    row("Latin and mathematical", "root\U0001D41A", "mixed_script");
    row("glob", "svc-*", "glob");
    row("space in front", " svc", "space");
    row("no-break space", "a\u00A0b", "space");
    row("not UTF-8", "a\xFF", "not_utf8");
    row("surrogate", "a\xED\xA0\x80", "not_utf8");
    row("overlong", "a\xC0\xAF", "not_utf8");
}

void TestApprovalRender::judgesIdentifiers()
{
    QFETCH(std::string, id);
    QFETCH(std::string, problem);
    QCOMPARE(std::string(identifierProblem(id)), problem);
}

QTEST_GUILESS_MAIN(TestApprovalRender)
#include "tst_approval_render.moc"
