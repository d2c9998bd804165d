#include "core/govern/mandate_note.h"
#include "govern_fixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cordon;
using namespace cordon::govern;

Q_DECLARE_METATYPE(std::string)

namespace {

int lineOf(const std::string& text, const std::string& marker)
{
    const std::size_t at = text.find(marker);
    return at == std::string::npos
               ? -1
               : 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<long>(at), '\n'));
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    if (at == std::string::npos)
        qFatal("the text to replace is not in the mandate: %s", from.c_str());
    return text.replace(at, from.size(), to);
}

} // namespace

class TestMandateRules : public QObject
{
    Q_OBJECT
private slots:
    void loadsTheExerciseMandate();
    void givesTheSameDigestForAnotherLayout();
    void refusesTheTemplateUntilItIsFilled();
    void refusesWithRuleAndLine_data();
    void refusesWithRuleAndLine();
    void loadsTheNeighbour_data();
    void loadsTheNeighbour();
    void sizesAreBounded();
    void refusesAnUnknownTagWhenTheInventoryIsKnown();
    void survivesAnyBytes();
    void needsDistinctOwnersAndDistinctKeys();
    void refusesAnOlderRevision();
    void checksAFileForPeople();
};

void TestMandateRules::loadsTheExerciseMandate()
{
    const MandateReading reading = readMandate(fixture::exerciseYaml());
    for (const MandateProblem& problem : reading.problems)
        qWarning("line %d: %s: %s", problem.line, problem.rule.c_str(), problem.reason.c_str());
    QVERIFY(reading.mandate.has_value());
    const Mandate& mandate = *reading.mandate;
    for (int clause = 0; clause <= 18; ++clause)
        QVERIFY(mandate.permit("C" + std::to_string(clause)) != nullptr);
    QCOMPARE(mandate.forbid.size(), std::size_t(4));
    QCOMPARE(mandate.limits.size(), std::size_t(5));
    QCOMPARE(mandate.tiers.size(), std::size_t(5));
    QCOMPARE(mandate.digest.size(), std::size_t(64));
    QVERIFY(mandate.isExercise());
    QCOMPARE(mandate.tier(Tier::T1)->maxDependents, std::optional(0));
    QCOMPARE(mandate.permit("C2")->rollback, std::string("credential.activate"));
    QCOMPARE(mandate.permit("C2")->target.toString(), std::string("credential[type=access_key]"));
}

void TestMandateRules::givesTheSameDigestForAnotherLayout()
{
    const std::string text = fixture::exerciseYaml();
    const std::string other = replaced(text, "agent: {id: ", "# a remark\nagent:  { id: ");
    QCOMPARE(readMandate(other).mandate->digest, readMandate(text).mandate->digest);
    const std::string changed = replaced(text, "max_actions: 200", "max_actions: 201");
    QVERIFY(readMandate(changed).mandate->digest != readMandate(text).mandate->digest);
}

void TestMandateRules::refusesTheTemplateUntilItIsFilled()
{
    const std::string pattern = *readSmallFile(CORDON_SOURCE_DIR "/resources/mandates/template.yaml");
    QVERIFY(!readMandate(pattern).mandate.has_value());
    const auto filled = fillMandateTemplate(pattern, {{"MANDATE_ID", "m-soc"},
                                                      {"ENVIRONMENT", "prod"},
                                                      {"AGENT_ID", "nhi:agent"},
                                                      {"AGENT_KEY", fixture::keyOf(9).publicKey().toString()},
                                                      {"ACCOUNTABLE", "user:owner-a"},
                                                      {"DEPUTY", "user:owner-b"},
                                                      {"VALID_FROM", "2026-11-22T00:00:00Z"},
                                                      {"VALID_UNTIL", "2027-01-22T00:00:00Z"}});
    QVERIFY(filled.has_value());
    QVERIFY(readMandate(*filled).mandate.has_value());
    QVERIFY(!fillMandateTemplate(pattern, {{"MANDATE_ID", "m"}}).has_value());
    QVERIFY(!fillMandateTemplate("\"@A@\"", {{"A", "x\", id: \"y"}}).has_value());
}

void TestMandateRules::refusesWithRuleAndLine_data()
{
    QTest::addColumn<std::string>("from");
    QTest::addColumn<std::string>("to");
    QTest::addColumn<std::string>("rule");
    QTest::addColumn<std::string>("marker"); // text on the line that must be named
    const auto row = [](const char* name, const char* from, const char* to, const char* rule, const char* marker) {
        QTest::newRow(name) << std::string(from) << std::string(to) << std::string(rule) << std::string(marker);
    };
    row("unknown key", "revision: 1", "revision: 1\nextra: 1", "unknown_key", "extra: 1");
    row("unknown key in a clause", "id: C1,", "id: C1, colour: red,", "unknown_key", "colour: red");
    row("duplicate key", "revision: 1", "revision: 1\nrevision: 2", "yaml", "revision: 2");
    row("anchor", "revision: 1", "revision: &a 1", "yaml", "revision: &a");
    row("alias", "id: m-exercise", "id: *a", "yaml", "id: *a");
    row("tag", "revision: 1", "revision: !!int 1", "yaml", "revision: !!int");
    row("merge key", "revision: 1", "<<: {a: b}", "yaml", "<<:");
    row("second document", "default: deny\n", "default: deny\n---\naa: b\n", "yaml", "aa: b");
    row("untyped no", "rollback: none}\n  - {id: C1,", "rollback: no}\n  - {id: C1,", "yaml", "rollback: no}");
    row("untyped float", "revision: 1", "revision: 1.0", "yaml", "revision: 1.0");
    row("untyped hex", "revision: 1", "revision: 0x10", "yaml", "revision: 0x10");
    row("bare date", "environment: exercise", "environment: 2026-11-22", "yaml", "environment: 2026");
    row("too deep", "tier: T0, rollback: none}", "tier: T0, rollback: [[[[[x]]]]]}", "yaml", "[[[[[x]]]]]");
    row("duplicate clause id", "id: C1,", "id: C0,", "duplicate_id", "action: inventory.read, target");
    row("reserved clause id", "id: C1,", "id: G1,", "clause_id", "id: G1");
    row("overlapping permits of two tiers", "- {id: C11,",
        "- {id: C30, action: \"credential.*\", target: credential, tier: T2, rollback: none}\n  - {id: C11,", "overlap",
        "id: C30");
    row("overlap by a missing except", "except: [secret.delete_version], ", "", "overlap", "id: C12");
    row("unknown action", "action: inventory.read, target", "action: inventory.write, target", "action",
        "inventory.write");
    row("glob in the middle", "\"evidence.*\", target: \"*\", tier", "\"ev*dence\", target: \"*\", tier", "action",
        "ev*dence");
    row("unknown attribute", "credential[type=session]", "credential[colour=red]", "selector", "colour=red");
    row("unknown kind", "target: \"credential[type=session]\"", "target: \"badge\"", "selector", "target: \"badge\"");
    row("everything on everything", "- {id: C11,",
        "- {id: C30, action: \"*\", target: \"*\", tier: T3, rollback: none}\n  - {id: C11,", "wildcard", "id: C30");
    row("tier without autonomy", "T0: {autonomy: auto}", "T0: {max_dependents: 3}", "tier_autonomy",
        "T0: {max_dependents");
    row("T2 by itself", "T2: {autonomy: approve", "T2: {autonomy: auto", "tier_floor", "T2: {autonomy");
    row("T3 with one approver", "approvers: 2, factors", "approvers: 1, factors", "tier_floor", "T3: {autonomy");
    row("T4 with approval", "T4: {autonomy: never}", "T4: {autonomy: approve}", "tier_floor", "T4: {autonomy");
    row("T1 stricter than T2", "T1: {autonomy: auto", "T1: {autonomy: never", "tier_order", "T2: {autonomy");
    row("permit that lives too long", "approve_within: 60m, execute_within: 5m",
        "approve_within: 60m, execute_within: 6m", "execute_within", "T2: {autonomy");
    row("changing permit without rollback", "tier: T3, rollback: none}\n  - {id: C11", "tier: T3}\n  - {id: C11",
        "rollback", "id: C10");
    row("unknown rollback", "rollback: credential.activate", "rollback: credential.restore", "rollback",
        "credential.restore");
    row("no agent", "agent: {", "remark: {", "missing_key", "mandate: cordon/v1");
    row("no forbid", "forbid: ", "remark: ", "missing_key", "mandate: cordon/v1");
    row("no default", "default: deny\n", "", "missing_key", "mandate: cordon/v1");
    row("no killswitch", "killswitch: {", "remark: {", "missing_key", "mandate: cordon/v1");
    row("no limits", "limits:", "remark:", "missing_key", "mandate: cordon/v1");
    row("default allow", "default: deny", "default: allow", "default", "default: allow");
    row("weaker self forbid", "target: self,", "target: self, except: [inventory.read],", "built_in", "id: F3");
    row("permit on self", "session.revoke, target: role,", "session.revoke, target: self,", "built_in", "id: C15");
    row("one owner", "deputy: \"user:owner-b\"", "deputy: \"user:owner-a\"", "owner", "deputy:");
    row("T3 with one signature", "signatures_to_load: 2", "signatures_to_load: 1", "owner", "signatures_to_load: 1");
    row("agent without a key", "key: \"ed25519:", "key: \"rsa:", "agent", "key: \"rsa:");
    row("session too long", "ttl: 12h", "ttl: 13h", "session_ttl", "ttl: 13h");
    row("idle longer than the session", "idle: 2h", "idle: 20h", "session_idle", "idle: 20h");
    row("valid too long", "2026-12-22T12:00:00.000000Z", "2027-12-22T12:00:00.000000Z", "valid", "valid:");
    row("one source", "independent_sources: 2", "independent_sources: 1", "range", "independent_sources: 1");
    row("resume by one", "T0: 1, T1: 2", "T0: 1, T1: 1", "range", "T1: 1}");
    row("halt only for some", "anyone: true", "anyone: false", "killswitch", "anyone: false");
    row("assistant in the dialog", "in_approval_dialog: never", "in_approval_dialog: always", "value",
        "in_approval_dialog");
    row("assistant sees what is not there", "see: [S1]", "see: [S9]", "assistant", "see: [S9]");
    row("limit without a number", "count: actions, max: 40,", "count: actions,", "limit", "id: L1");
    row("window too long", "per: 10m", "per: 25h", "limit", "per: 25h");
    row("no owner", "owner: {", "remark: {", "missing_key", "mandate: cordon/v1");
    row("no valid", "valid: {", "remark: {", "missing_key", "mandate: cordon/v1");
    row("no session", "session: {", "remark: {", "missing_key", "mandate: cordon/v1");
    row("no tiers", "tiers:", "remark:", "missing_key", "mandate: cordon/v1");
    row("no scope", "scope: {", "remark: {", "missing_key", "mandate: cordon/v1");
    row("a tier left out", "  T4: {autonomy: never}\n", "", "missing_key", "T0: {autonomy: auto}");
    row("untyped yes", "environment: exercise", "environment: yes", "yaml", "environment: yes");
    row("untyped octal", "revision: 1", "revision: 0o7", "yaml", "revision: 0o7");
    row("revision zero", "revision: 1", "revision: 0", "range", "revision: 0");
    row("unknown tier", "rollback: credential.activate", "rollback: credential.activate, tier: T5", "yaml", "tier: T5");
    row("unknown source of a limit", "count: actions, max: 40", "count: sneezes, max: 40", "value", "count: sneezes");
    row("unknown effect of a limit", "per: 10m, on_exceed: pause", "per: 10m, on_exceed: allow", "value",
        "on_exceed: allow");
    row("unknown decision", "decision: correlate", "decision: celebrate", "value", "decision: celebrate");
    row("unknown verb in a sequence", "action: \"*\", target: self,",
        "action: \"*\", target: \"*\", not_before: [evidence.eat],", "action", "evidence.eat");
    row("sequence on the forbid of itself", "target: self,", "target: self, not_before: [evidence.collect],",
        "built_in", "id: F3");
    row("unknown pre-check", "prechecks: [evidence_preserved, rollback_dry_run], max", "prechecks: [luck], max",
        "value", "prechecks: [luck]");
    row("unknown factor", "factors: [key, pin],", "factors: [key, face],", "value", "factors: [key, face]");
    row("a factor before the key", "factors: [key, pin],", "factors: [pin],", "tier_floor", "factors: [pin]");
    row("halt without freezing leases", "freeze_leases, ", "", "killswitch", "anyone: true");
    row("endless heartbeat", "heartbeat: 10m", "heartbeat: 61m", "killswitch", "heartbeat: 61m");
    row("a session of no time", "ttl: 12h", "ttl: 0h", "duration", "ttl: 0h");
    row("agent that is a person", "id: \"nhi:cordon-exercise\"", "id: \"user:somebody\"", "agent",
        "id: \"user:somebody\"");
    row("assistant that is trusted", "output: untrusted", "output: trusted", "value", "output: trusted");
    row("assistant that acts", "may: [summarise, propose]", "may: [act]", "value", "may: [act]");
    row("time without a zone", "2026-12-22T12:00:00.000000Z", "2026-12-22T12:00:00", "time", "valid:");
    row("ends before it begins", "2026-12-22T12:00:00.000000Z", "2026-10-22T12:00:00Z", "valid", "valid:");
}

void TestMandateRules::refusesWithRuleAndLine()
{
    QFETCH(std::string, from);
    QFETCH(std::string, to);
    QFETCH(std::string, rule);
    QFETCH(std::string, marker);
    const std::string text = replaced(fixture::exerciseYaml(), from, to);
    const MandateReading reading = readMandate(text);
    QVERIFY(!reading.mandate.has_value());
    const int expected = lineOf(text, marker);
    std::string all;
    bool isNamed = false;
    for (const MandateProblem& problem : reading.problems) {
        all += std::to_string(problem.line) + " " + problem.rule + " " + problem.reason + "\n";
        isNamed = isNamed || (problem.rule == rule && problem.line == expected);
    }
    QVERIFY2(isNamed, ("expected " + rule + " at " + std::to_string(expected) + ", got:\n" + all).c_str());
    QVERIFY(parseMandate(text, "m.yaml").error().detail.starts_with("m.yaml:"));
}

void TestMandateRules::loadsTheNeighbour_data()
{
    QTest::addColumn<std::string>("from");
    QTest::addColumn<std::string>("to");
    const auto row = [](const char* name, const char* from, const char* to) {
        QTest::newRow(name) << std::string(from) << std::string(to);
    };
    row("quoted no", "why: \"evidence is written once\"", "why: \"no\"");
    row("quoted date", "why: \"evidence is written once\"", "why: \"2026-11-22\"");
    row("a remark", "revision: 1", "revision: 1 # one");
    row("revision two", "revision: 1", "revision: 2");
    row("another clause id", "id: C1,", "id: C99,");
    row("overlapping permits of one tier", "- {id: C11,",
        "- {id: C30, action: credential.delete, target: credential, tier: T3, rollback: none}\n  - {id: C11,");
    row("permits of two tiers that cannot meet", "- {id: C11,",
        "- {id: C30, action: credential.delete, target: application, tier: T2, rollback: none}\n  - {id: C11,");
    row("every action on one tag", "- {id: F4,", "- {id: F8, action: \"*\", target: \"tag:vip\"}\n  - {id: F4,");
    row("a sequence", "- {id: F4,",
        "- {id: F8, action: credential.delete, target: \"*\", not_before: [evidence.collect]}\n  - {id: F4,");
    row("a session of twelve hours less", "ttl: 12h", "ttl: 11h");
    row("idle as long as the session", "idle: 2h", "idle: 12h");
    row("valid for 92 days", "2026-12-22T12:00:00.000000Z", "2027-02-21T12:00:00.000000Z");
    row("three sources", "independent_sources: 2", "independent_sources: 3");
    row("people from T1 on", "human_confirm_from: T2", "human_confirm_from: T1");
    row("three approvers", "approvers: 2, factors", "approvers: 3, factors");
    row("a permit of four minutes", "approve_within: 60m, execute_within: 5m",
        "approve_within: 60m, execute_within: 4m");
    row("resume by three", "T0: 1, T1: 2", "T0: 1, T1: 3");
    row("heartbeat of an hour", "heartbeat: 10m", "heartbeat: 60m");
    row("window of a day", "per: 10m", "per: 24h");
    row("no assistant", "may: [summarise, propose], see: [S1]", "may: [summarise]");
    row("three signatures", "signatures_to_load: 2", "signatures_to_load: 3");
    row("nothing may be read", "see: [S1], output", "output");
}

void TestMandateRules::loadsTheNeighbour()
{
    QFETCH(std::string, from);
    QFETCH(std::string, to);
    const MandateReading reading = readMandate(replaced(fixture::exerciseYaml(), from, to));
    QVERIFY2(reading.mandate.has_value(), reading.problems.empty() ? "" : reading.problems[0].reason.c_str());
}

// Sizes: the last that loads and the first that does not.
void TestMandateRules::sizesAreBounded()
{
    const auto withForbids = [](int count) {
        std::string more;
        for (int i = 0; i < count; ++i)
            more += "- {id: X" + std::to_string(i) + ", action: \"*\", target: \"tag:t\"}\n  ";
        return readMandate(replaced(fixture::exerciseYaml(), "- {id: F4,", more + "- {id: F4,"));
    };
    const Mandate& small = *fixture::exerciseMandate();
    const auto used = static_cast<int>(small.see.size() + small.decide.size() + small.change.size() +
                                       small.forbid.size() + small.limits.size());
    QVERIFY(withForbids(512 - used).mandate.has_value());
    const MandateReading tooMany = withForbids(513 - used);
    QVERIFY(!tooMany.mandate.has_value());
    QCOMPARE(tooMany.problems[0].rule, std::string("too_many_clauses"));
    std::string text = fixture::exerciseYaml();
    text += "# " + std::string((64U << 10U) - text.size() - 3, 'x') + "\n";
    QVERIFY(readMandate(text).mandate.has_value());
    QCOMPARE(readMandate(text + "\n").problems[0].rule, std::string("too_long"));
}

void TestMandateRules::refusesAnUnknownTagWhenTheInventoryIsKnown()
{
    MandateReadOptions options;
    options.knownTags = std::set<std::string>{"break-glass"};
    const MandateReading reading = readMandate(fixture::exerciseYaml(), options);
    QCOMPARE(reading.problems.size(), std::size_t(1));
    QCOMPARE(reading.problems[0].rule, std::string("tag"));
    QCOMPARE(reading.problems[0].line, lineOf(fixture::exerciseYaml(), "tag:domain-controller"));
}

void TestMandateRules::survivesAnyBytes()
{
    const std::string text = fixture::exerciseYaml();
    for (const std::string& bytes :
         {std::string(), std::string(1, '\0'), std::string("\xEF\xBB\xBF") + text, std::string("[]"), std::string("a"),
          std::string(70'000, 'a'), text.substr(0, text.size() / 2), replaced(text, "\n  - {id: S1", "\n\t- {id: S1")})
        QVERIFY(!readMandate(bytes).mandate.has_value());
    for (std::size_t at = 0; at < text.size(); at += 7)
        (void)readMandate(text.substr(0, at));
}

// MAESTRO L6
void TestMandateRules::needsDistinctOwnersAndDistinctKeys()
{
    const Mandate& mandate = *fixture::exerciseMandate();
    const auto ownerA = fixture::keyOf(11);
    const auto ownerB = fixture::keyOf(12);
    std::string note = *signMandate(mandate, "", "user:owner-a", ownerA);
    const std::vector<OwnerKey> owners{{"user:owner-a", ownerA.publicKey()}, {"user:owner-b", ownerB.publicKey()}};
    QCOMPARE(mandateSigners(mandate, note, owners).size(), std::size_t(1));
    note = *signMandate(mandate, note, "user:owner-a", ownerA);
    QCOMPARE(mandateSigners(mandate, note, owners).size(), std::size_t(1));
    // One key under two names is one owner.
    note = *signMandate(mandate, note, "user:owner-c", ownerA);
    QCOMPARE(mandateSigners(mandate, note, {owners[0], {"user:owner-c", ownerA.publicKey()}}).size(), std::size_t(1));
    note = *signMandate(mandate, note, "user:owner-b", ownerB);
    QCOMPARE(mandateSigners(mandate, note, owners).size(), std::size_t(2));
    QVERIFY(mandateSigners(mandate, note, {{"user:stranger", fixture::keyOf(13).publicKey()}}).empty());
    QVERIFY(signMandate(mandate, note, "user:owner-d", fixture::keyOf(7)).error().code == ErrorCode::Denied);

    Mandate changed = mandate;
    changed.digest[0] = changed.digest[0] == 'a' ? 'b' : 'a';
    QVERIFY(mandateSigners(changed, note, owners).empty());
}

// MAESTRO L6
void TestMandateRules::refusesAnOlderRevision()
{
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("m.mandate.yaml").toStdString();
    const auto ownerA = fixture::keyOf(11);
    const auto ownerB = fixture::keyOf(12);
    const std::vector<OwnerKey> owners{{"user:owner-a", ownerA.publicKey()}, {"user:owner-b", ownerB.publicKey()}};
    QVERIFY(writeSmallFile(file, fixture::exerciseYaml()).has_value());
    QVERIFY(loadMandate(file, owners).error().code == ErrorCode::Untrusted);
    const Mandate& mandate = *fixture::exerciseMandate();
    const std::string note =
        *signMandate(mandate, *signMandate(mandate, "", "user:owner-a", ownerA), "user:owner-b", ownerB);
    QVERIFY(writeSmallFile(mandateNoteFile(file), note).has_value());
    QCOMPARE(mandateNoteFile(file).filename().string(), std::string("m.mandate.note"));
    QCOMPARE(loadMandate(file, owners)->signers.size(), std::size_t(2));
    QVERIFY(loadMandate(file, owners, 1).has_value());
    QVERIFY(loadMandate(file, owners, 2).error().code == ErrorCode::Conflict);
    // GOV-ASI04: any changed byte of the file ends its force.
    QVERIFY(
        writeSmallFile(file, replaced(fixture::exerciseYaml(), "max_actions: 200", "max_actions: 400")).has_value());
    QVERIFY(loadMandate(file, owners).error().code == ErrorCode::Untrusted);
}

void TestMandateRules::checksAFileForPeople()
{
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("m.yaml").toStdString();
    QVERIFY(!mandateCheck(file)["ok"].asBool());
    QVERIFY(writeSmallFile(file, fixture::exerciseYaml()).has_value());
    const Value good = mandateCheck(file);
    QVERIFY(good["ok"].asBool());
    QCOMPARE(good["digest"].asString(), fixture::exerciseMandate()->digest);
    QVERIFY(!mandateCheck(file, {{"user:owner-a", fixture::keyOf(11).publicKey()}})["ok"].asBool());
    QVERIFY(writeSmallFile(file, replaced(fixture::exerciseYaml(), "default: deny", "default: allow")).has_value());
    QCOMPARE(mandateCheck(file)["problems"].asArray().size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestMandateRules)
#include "tst_mandate_rules.moc"
