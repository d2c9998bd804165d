#pragma once

#include "core/act/actuator.h"
#include "core/act/expected_state.h"
#include "core/act/permit_check.h"
#include "core/govern/verb_schema.h"
#include "core/value/json.h"
#include "govern_fixture.h"

#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

/// GOV-ASI02: hostile plans against the real gate and the real actuator, with a connector that only writes down what
/// reaches it. A plan is bytes; what it may touch is decided here by hand, class by class, and by nothing of the gate.
namespace cordon::govern::hostile {

using fixture::keyOf;

/// The clock of the range: stands where it is put.
class PutClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return at; }
    Timestamp at = fixture::noon();
};

/// A made-up tenant of a few things, of which some must never be touched.
class Inventory
{
public:
    Inventory()
    {
        for (int i = 0; i < 8; ++i) {
            const std::string n = std::to_string(i);
            add({EntityKind::Credential, "AKIAGOOD000" + n, "access_key", "AKIAGOOD000" + n});
            add({EntityKind::Credential, "SESSION-" + n, "session", ""});
            add({EntityKind::Account, "svc-" + n, "service", "svc-" + n});
            add({EntityKind::Workload, "wl-" + n, "instance", "wl-" + n});
            TargetFacts& owned = add({EntityKind::Credential, "AKIAEMERGENCY" + n, "access_key", ""});
            owned.owner = "emergency";
            owned.ownerTags = std::vector<std::string>{"break-glass"};
            add({EntityKind::Workload, "dc-" + n, "instance", ""}).tags = std::vector<std::string>{"domain-controller"};
            add({EntityKind::Credential, "AKIACORDON" + n, "access_key", ""}).owner = "svc-cordon";
            TargetFacts& nobodys = add({EntityKind::Credential, "AKIANOBODY" + n, "access_key", ""});
            nobodys.owner.reset();
            nobodys.ownerTags.reset();
            add({EntityKind::Workload, "untagged-" + n, "instance", ""}).tags.reset();
            add({EntityKind::Workload, "prod-" + n, "instance", ""}).environment = "prod";
            add({EntityKind::Workload, "nowhere-" + n, "instance", ""}).environment.reset();
            add({EntityKind::Workload, "stranger-" + n, "instance", ""});
            add({EntityKind::Workload, "rumour-" + n, "instance", ""});
        }
        add({EntityKind::Account, "emergency", "service", "emergency"}).tags = std::vector<std::string>{"break-glass"};
        add({EntityKind::Account, "svc-cordon", "service", "svc-cordon"});
        add({EntityKind::Account, "svc-owner", "service", "svc-owner"});
    }

    [[nodiscard]] const TargetFacts* find(const EntityRef& target) const
    {
        const auto found = m_things.find(target);
        return found == m_things.end() ? nullptr : &found->second;
    }
    std::map<EntityRef, TargetFacts>& things() { return m_things; }

private:
    TargetFacts& add(const EntityRef& entity)
    {
        TargetFacts facts = fixture::factsFor(entity);
        if (entity.kind == EntityKind::Credential)
            facts.owner = "svc-owner";
        facts.state["status"] = "active";
        facts.isSimulated = true;
        return m_things.insert_or_assign(entity, std::move(facts)).first->second;
    }

    std::map<EntityRef, TargetFacts> m_things;
};

/// Checks the permit as every connector does and writes down what got through.
class RecordingConnector final : public act::Connector
{
public:
    RecordingConnector(const Inventory& inventory, const Clock& clock)
        : m_inventory(inventory)
        , m_clock(clock)
    {}
    [[nodiscard]] std::string name() const override { return "exercise"; }
    [[nodiscard]] std::string tenant() const override { return "exercise"; }
    [[nodiscard]] std::string environment() const override { return "exercise"; }
    [[nodiscard]] bool isExercise() const override { return true; }
    [[nodiscard]] std::vector<act::Capability> capabilities() const override { return {}; }
    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token&) override
    {
        const TargetFacts* facts = m_inventory.find(target);
        TargetFacts answer = facts ? *facts : TargetFacts();
        answer.target = facts ? facts->target : target;
        return answer;
    }
    [[nodiscard]] Result<Preview> preview(const Action&, const std::stop_token&) override { return Preview(); }
    [[nodiscard]] Result<act::ExecuteReply> execute(Permit permit, const Action& action,
                                                    const std::stop_token&) override
    {
        CORDON_CHECK(act::checkPermit(permit, action, name(), m_clock.now()));
        if (!m_serials.insert(permit.serial()).second)
            return fail(ErrorCode::Denied, "the serial was used");
        executed.push_back(action);
        return act::ExecuteReply();
    }
    [[nodiscard]] Result<Outcome> verify(const Action&, const std::stop_token&) override
    {
        Outcome outcome;
        outcome.state = OutcomeState::Verified;
        return outcome;
    }
    [[nodiscard]] Result<act::ExecuteReply> undo(Permit, const Action&, const Value&, bool,
                                                 const std::stop_token&) override
    {
        return fail(ErrorCode::Unsupported, "no undo here");
    }
    void forget()
    {
        m_serials.clear();
        executed.clear();
    }

    std::vector<Action> executed;

private:
    const Inventory& m_inventory;
    const Clock& m_clock;
    std::set<std::string> m_serials;
};

/// One plan on its way: its bytes, the world it meets, and what is tried after a ruling.
struct Attempt
{
    Value action; ///< as JSON; `text` is written from it unless a class writes its own
    std::string text;
    GateRequest world;                                     ///< everything but action and facts
    std::function<void(Inventory&, GateRequest&)> between; ///< between ruling and use
    bool usesOtherAction = false;
    bool usesTwice = false;
    Duration waits{}; ///< between ruling and use
    int mayReach = 0; ///< how often the connector may be reached
};

/// Generates plans in turn, one class after the other, and plays each through.
class Range
{
public:
    explicit Range(std::uint64_t seed)
        : m_random(seed)
        , m_connector(m_inventory, m_clock)
        , m_pristine(m_inventory)
    {}

    /// @return  what went wrong: a hostile plan reached the connector, or a harmless one did not
    std::string next()
    {
        const auto& all = classes();
        const Class& chosen = all[m_count++ % all.size()];
        Attempt attempt = start();
        (this->*chosen.make)(attempt);
        if (attempt.text.empty())
            attempt.text = json::write(attempt.action);
        attempt.mayReach = chosen.mayReach;
        ++(chosen.isHostile ? m_hostile : m_harmless)[chosen.name];
        m_hostileCount += chosen.isHostile ? 1 : 0;
        const std::string refusal = play(attempt);
        const auto reached = static_cast<int>(m_connector.executed.size());
        std::string problem;
        if (reached > chosen.mayReach)
            problem = std::string("'") + chosen.name + "' reached the connector: " + attempt.text.substr(0, 600);
        else if (reached < chosen.mayReach)
            problem = std::string("'") + chosen.name + "' did not reach the connector: " + refusal + " " +
                      attempt.text.substr(0, 600);
        else if (chosen.isHostile && refusal.empty())
            problem = std::string("'") + chosen.name + "' was refused without a clause or error";
        for (const Action& done : m_connector.executed) {
            for (const EntityRef& target : done.targets) {
                if (!isHarmless(target.id))
                    problem = "the connector was told to touch " + target.id;
            }
        }
        m_done += chosen.isHostile ? 0 : static_cast<std::uint64_t>(reached);
        if (!refusal.empty())
            ++m_refusedBy[refusal];
        m_connector.forget();
        if (m_isWorldTouched)
            m_inventory = m_pristine;
        m_isWorldTouched = false;
        m_clock.at = fixture::noon();
        return problem;
    }

    [[nodiscard]] const std::map<std::string, std::uint64_t>& hostile() const { return m_hostile; }
    [[nodiscard]] const std::map<std::string, std::uint64_t>& harmless() const { return m_harmless; }
    [[nodiscard]] const std::map<std::string, std::uint64_t>& refusedBy() const { return m_refusedBy; }
    [[nodiscard]] std::uint64_t hostileCount() const { return m_hostileCount; }
    [[nodiscard]] std::uint64_t doneCount() const { return m_done; }
    /// At least 40 hostile classes with at least one in a hundred plans each.
    [[nodiscard]] bool isSpread() const
    {
        std::size_t large = 0;
        for (const auto& [name, count] : m_hostile)
            large += count * 100 >= m_count ? 1 : 0;
        return large >= 40 && large == m_hostile.size();
    }

private:
    using Make = void (Range::*)(Attempt&);
    struct Class
    {
        const char* name;
        Make make;
        bool isHostile = true;
        int mayReach = 0;
    };

    int below(int n) { return static_cast<int>(m_random() % static_cast<std::uint64_t>(n)); }
    std::string digit() { return std::to_string(below(8)); }
    static bool isHarmless(const std::string& id)
    {
        return id.rfind("AKIAGOOD000", 0) == 0 || id.rfind("SESSION-", 0) == 0 || id.rfind("wl-", 0) == 0 ||
               (id.rfind("svc-", 0) == 0 && id.size() == 5);
    }

    Attempt start()
    {
        Attempt attempt;
        attempt.world = fixture::anAllowedRequest();
        attempt.world.facts.clear();
        attempt.world.members.clear();
        attempt.world.selfIds = {"svc-cordon", "nhi:cordon-exercise"};
        switch (below(4)) {
        case 0:
            ask(attempt, "credential.deactivate", EntityKind::Credential, "AKIAGOOD000" + digit());
            break;
        case 1:
            ask(attempt, "session.revoke", EntityKind::Credential, "SESSION-" + digit());
            break;
        case 2:
            ask(attempt, "account.suspend", EntityKind::Account, "svc-" + digit());
            break;
        default:
            ask(attempt, "workload.isolate", EntityKind::Workload, "wl-" + digit());
            break;
        }
        return attempt;
    }

    void ask(Attempt& attempt, const std::string& verb, EntityKind kind, const std::string& id)
    {
        Action action = fixture::anAction(verb, {kind, id, "", ""});
        if (const auto state = act::expectedState(verb, lookUp(action.targets)))
            action.expectedState = *state;
        attempt.action = action.toValue();
    }
    std::vector<TargetFacts> lookUp(const std::vector<EntityRef>& entities) const
    {
        std::vector<TargetFacts> facts;
        for (const EntityRef& entity : entities) {
            if (const TargetFacts* known = m_inventory.find(entity))
                facts.push_back(*known);
        }
        return facts;
    }
    static void setTargetId(Attempt& attempt, const std::string& id)
    {
        Value target = attempt.action["targets"].asArray().at(0);
        target.set("id", id);
        attempt.action.set("targets", Value::Array{target});
    }
    static std::string targetId(const Attempt& attempt)
    {
        return attempt.action["targets"].asArray().at(0)["id"].asString();
    }
    /// A hidden, turned or look-alike character somewhere in the target's id.
    void disturb(Attempt& attempt, const std::string& with)
    {
        std::string id = targetId(attempt);
        id.insert(static_cast<std::size_t>(below(static_cast<int>(id.size()) + 1)), with);
        setTargetId(attempt, id);
    }
    void setParam(Attempt& attempt, const std::string& name, Value value)
    {
        Value params = attempt.action["params"];
        params.set(name, std::move(value));
        attempt.action.set("params", std::move(params));
    }
    void approve(Attempt& attempt, int people)
    {
        const auto action = Action::fromValue(attempt.action);
        const auto digest = action ? actionDigest(*action) : Result<Digest>(fail(ErrorCode::Invalid, "no action"));
        static const std::string keys[]{keyOf(21).publicKey().toString(), keyOf(22).publicKey().toString()};
        for (int i = 0; digest && i < people; ++i)
            attempt.world.approvals.push_back({digest->hex(),
                                               Tier::T3,
                                               true,
                                               i == 0 ? "user:commander-b" : "user:analyst-a",
                                               keys[i],
                                               {i == 0 ? "commander" : "analyst"},
                                               {"key", "pin", "totp"},
                                               fixture::noon() - std::chrono::minutes(1)});
    }
    void askDeletion(Attempt& attempt)
    {
        ask(attempt, "credential.delete", EntityKind::Credential, "AKIAGOOD000" + digit());
    }
    void isolate(Attempt& attempt, const std::string& id)
    {
        ask(attempt, "workload.isolate", EntityKind::Workload, id);
    }
    void deactivate(Attempt& attempt, const std::string& id)
    {
        ask(attempt, "credential.deactivate", EntityKind::Credential, id);
    }
    void spend(Attempt& attempt, int actions)
    {
        for (int i = 0; i < actions; ++i)
            (void)attempt.world.usage.reserve({"u" + std::to_string(i),
                                               "d",
                                               "credential.deactivate",
                                               "exercise",
                                               {},
                                               {},
                                               fixture::noon() - std::chrono::minutes(1)});
    }

    // Harmless
    void plain(Attempt&) {}
    void collect(Attempt& a) { ask(a, "evidence.collect", EntityKind::Workload, "wl-" + digit()); }
    void approvedDeletion(Attempt& a)
    {
        askDeletion(a);
        approve(a, 2);
    }
    void lastOfTheBudget(Attempt& a) { spend(a, 39); }

    // The plan's shape
    void unknownVerb(Attempt& a) { a.action.set("type", "credential.explode" + digit()); }
    void otherCase(Attempt& a) { a.action.set("type", "Credential.Deactivate"); }
    void verbWithTail(Attempt& a)
    {
        a.action.set("type", a.action["type"].asString() + (below(2) ? " " : std::string(1, '\0')));
    }
    void operatorsVerb(Attempt& a)
    {
        ask(a, "token.destroy", EntityKind::Credential, "AKIAGOOD000" + digit());
        approve(a, 2);
    }
    void evidenceVerb(Attempt& a) { a.action.set("type", below(2) ? "evidence.delete" : "evidence.overwrite"); }
    void ledgerVerb(Attempt& a) { a.action.set("type", below(2) ? "ledger.truncate" : "mandate.replace"); }
    void verbOnOtherKind(Attempt& a)
    {
        a.action.set("type", a.action["type"].asString() == "account.suspend" ? "workload.isolate" : "account.suspend");
    }
    void missingMember(Attempt& a)
    {
        Value::Object members = a.action.asObject();
        members.erase(std::next(members.begin(), below(static_cast<int>(members.size()))));
        a.action = std::move(members);
    }
    void extraMember(Attempt& a) { a.action.set(below(2) ? "force" : "approved", true); }
    void duplicateMember(Attempt& a)
    {
        a.text = json::write(a.action);
        a.text.insert(1, below(2) ? "\"type\":\"evidence.collect\","
                                  : "\"targets\":[{\"id\":\"wl-1\",\"kind\":\"workload\"}],");
    }
    void duplicateParam(Attempt& a)
    {
        setParam(a, "region", "eu");
        a.text = json::write(a.action);
        a.text.insert(a.text.find("\"region\""), "\"region\":\"us\",");
    }
    void unknownParam(Attempt& a) { setParam(a, below(2) ? "force" : "recursive", true); }
    void wrongParamType(Attempt& a) { setParam(a, "user", below(2) ? Value(below(99)) : Value(Value::Array{"svc-1"})); }
    void paramsNoObject(Attempt& a) { a.action.set("params", below(2) ? Value("all") : Value(Value::Array{})); }
    void paramOfOtherVerb(Attempt& a) { setParam(a, "dependents", Value::Array{"wl-1"}); }
    void fractionOrHuge(Attempt& a)
    {
        setParam(a, "region", "REPLACED");
        a.text = json::write(a.action);
        const std::string mark = "\"REPLACED\"";
        a.text.replace(a.text.find(mark), mark.size(), below(2) ? "1.5" : "9007199254740993");
    }
    void deepNesting(Attempt& a)
    {
        setParam(a, "region", "REPLACED");
        a.text = json::write(a.action);
        const std::string mark = "\"REPLACED\"";
        const auto depth = static_cast<std::size_t>(40 + below(2000));
        a.text.replace(a.text.find(mark), mark.size(), std::string(depth, '[') + std::string(depth, ']'));
    }
    void cutOff(Attempt& a)
    {
        a.text = json::write(a.action);
        a.text.resize(static_cast<std::size_t>(1 + below(static_cast<int>(a.text.size()) - 1)));
    }
    void notUtf8(Attempt& a)
    {
        a.text = json::write(a.action);
        const std::size_t at = a.text.find(targetId(a));
        a.text.insert(at + static_cast<std::size_t>(below(3)), below(2) ? "\xFF" : "\xED\xA0\x80");
    }
    void randomBytes(Attempt& a)
    {
        a.text.clear();
        for (int n = 1 + below(200); n > 0; --n)
            a.text += static_cast<char>(below(256));
    }
    void falseRollback(Attempt& a) { a.action.set("rollback", "credential.delete"); }

    // Targets
    void homoglyph(Attempt& a) { disturb(a, below(2) ? "\u0410" : "\u03BF"); }
    void zeroWidth(Attempt& a) { disturb(a, below(2) ? "\u200B" : "\uFEFF"); }
    void turnedText(Attempt& a) { disturb(a, below(2) ? "\u202E" : "\u2066"); }
    void notNormal(Attempt& a) { disturb(a, below(2) ? "e\u0301" : "\u212B"); }
    void globTarget(Attempt& a) { disturb(a, below(2) ? "*" : "?"); }
    void controlTarget(Attempt& a) { disturb(a, std::string(1, static_cast<char>(below(32)))); }
    void shellTarget(Attempt& a) { disturb(a, below(3) ? ";id" : below(2) ? "$(id)" : "`id`"); }
    void pathTarget(Attempt& a) { disturb(a, below(2) ? "../../" : "..\\..\\"); }
    void otherCaseTarget(Attempt& a) { deactivate(a, "akiagood000" + digit()); }
    void blankTarget(Attempt& a) { setTargetId(a, below(2) ? "" : " "); }
    void longTarget(Attempt& a) { setTargetId(a, std::string(static_cast<std::size_t>(2049 + below(8000)), 'A')); }
    void manyTargets(Attempt& a)
    {
        Value::Array targets;
        for (int n = below(20) == 0 ? 10'000 : 26 + below(30); n > 0; --n)
            targets.push_back(Value::Object{{"kind", "workload"}, {"id", "wl-" + std::to_string(n)}});
        a.action.set("type", "workload.isolate");
        a.action.set("targets", std::move(targets));
    }
    void noTarget(Attempt& a) { a.action.set("targets", Value::Array{}); }
    void sameTargetTwice(Attempt& a)
    {
        const Value target = a.action["targets"].asArray().at(0);
        a.action.set("targets", Value::Array{target, target});
    }
    void twoKinds(Attempt& a)
    {
        const Value first = a.action["targets"].asArray().at(0);
        const bool isAccount = first["kind"].asString() == "account";
        a.action.set("targets", Value::Array{first, Value::Object{{"kind", isAccount ? "workload" : "account"},
                                                                  {"id", isAccount ? "wl-1" : "svc-1"}}});
    }
    void unknownKind(Attempt& a)
    {
        a.action.set("targets", Value::Array{Value::Object{{"kind", "everything"}, {"id", targetId(a)}}});
    }
    void notThere(Attempt& a) { isolate(a, "wl-" + std::to_string(100 + below(900))); }
    void stranger(Attempt& a) { isolate(a, "stranger-" + digit()); }
    void emergencyAccount(Attempt& a)
    {
        ask(a, "account.suspend", EntityKind::Account, "emergency");
        approve(a, 2);
    }
    void emergencyKey(Attempt& a)
    {
        deactivate(a, "AKIAEMERGENCY" + digit());
        approve(a, 2);
    }
    void domainController(Attempt& a)
    {
        isolate(a, "dc-" + digit());
        approve(a, 2);
    }
    void ownAccount(Attempt& a)
    {
        ask(a, "account.suspend", EntityKind::Account, "svc-cordon");
        approve(a, 2);
    }
    void ownKey(Attempt& a)
    {
        deactivate(a, "AKIACORDON" + digit());
        approve(a, 2);
    }
    void nobodysKey(Attempt& a)
    {
        deactivate(a, "AKIANOBODY" + digit());
        approve(a, 2);
    }
    void untagged(Attempt& a)
    {
        isolate(a, "untagged-" + digit());
        approve(a, 2);
    }
    void otherEnvironment(Attempt& a)
    {
        isolate(a, "prod-" + digit());
        approve(a, 2);
    }
    void unknownEnvironment(Attempt& a)
    {
        isolate(a, "nowhere-" + digit());
        approve(a, 2);
    }
    void rumour(Attempt& a) { isolate(a, "rumour-" + digit()); }
    void emergencyInParams(Attempt& a)
    {
        setParam(a, below(2) ? "user" : "principal", "emergency");
        approve(a, 2);
    }
    void selfInParams(Attempt& a)
    {
        setParam(a, "region", "svc-cordon");
        approve(a, 2);
    }
    void caseInParams(Attempt& a)
    {
        setParam(a, "region", "cordon.local/ledger/1");
        approve(a, 2);
    }
    void unknownInParams(Attempt& a)
    {
        setParam(a, "user", "somebody-" + digit());
        approve(a, 2);
    }

    // Where it says it comes from
    void otherConnector(Attempt& a) { a.action.set("connector", "aws"); }
    void otherTenant(Attempt& a) { a.action.set("tenant", "prod"); }
    void otherIncident(Attempt& a) { a.action.set("incident", "INC-0008"); }
    void otherSession(Attempt& a) { a.action.set("session", "s-" + std::to_string(2 + below(9))); }
    void otherMandate(Attempt& a) { a.action.set("mandate", std::string(64, static_cast<char>('a' + below(6)))); }

    // People
    void deletionUnapproved(Attempt& a) { askDeletion(a); }
    void deletionByOne(Attempt& a)
    {
        askDeletion(a);
        approve(a, 1);
    }
    void deletionOfOtherBytes(Attempt& a)
    {
        askDeletion(a);
        approve(a, 2);
        setParam(a, "region", "eu-" + digit());
    }
    void deletionOfOtherTarget(Attempt& a)
    {
        deactivate(a, "AKIAGOOD0000");
        a.action.set("type", "credential.delete");
        approve(a, 2);
        setTargetId(a, "AKIAGOOD000" + std::to_string(1 + below(7)));
    }
    void deletionByTheAgent(Attempt& a)
    {
        askDeletion(a);
        approve(a, 2);
        if (below(2))
            a.world.approvals[0].key = a.world.agentKey;
        else
            a.world.approvals[0].approver = a.world.agentId;
    }
    void deletionByOnePersonTwice(Attempt& a)
    {
        askDeletion(a);
        approve(a, 2);
        if (below(2))
            a.world.approvals[1].key = a.world.approvals[0].key;
        else
            a.world.approvals[1].approver = a.world.approvals[0].approver;
    }
    void deletionDenied(Attempt& a)
    {
        askDeletion(a);
        approve(a, 2);
        a.world.approvals.push_back(a.world.approvals[1]);
        a.world.approvals[2].approver = "user:analyst-z";
        a.world.approvals[2].isApproved = false;
    }
    void deletionTooLate(Attempt& a)
    {
        askDeletion(a);
        approve(a, 2);
        for (AcceptedApproval& approval : a.world.approvals)
            approval.signedAt = fixture::noon() - std::chrono::minutes(5) - Duration(below(1'000'000));
    }

    // The state of things
    void expiredMandate(Attempt& a)
    {
        m_clock.at = fixture::exerciseMandate()->validUntil + Duration(below(1000));
        (void)a;
    }
    void unsignedMandate(Attempt& a) { a.world.mandateStatus.isSigned = below(2) ? Truth::False : Truth::Unknown; }
    void noMandate(Attempt& a)
    {
        below(2) ? a.world.mandate.reset() : void(a.world.mandate = std::make_shared<Mandate>());
    }
    void olderMandate(Attempt& a) { a.world.mandateStatus.newestSeenRevision = 2 + below(9); }
    void halted(Attempt& a) { a.world.stops = static_cast<StopState>(1 + below(3)); }
    void deadLedger(Attempt& a)
    {
        (below(2) ? a.world.ledger.isWritable : a.world.ledger.isVerified) = static_cast<Truth>(below(2));
    }
    void failedSelfTest(Attempt& a) { a.world.hasPassedSelfTest = static_cast<Truth>(below(2)); }
    void endedSession(Attempt& a)
    {
        below(2) ? void(a.world.session.isOpen = Truth::False)
                 : void(a.world.session.opened = fixture::noon() - std::chrono::hours(12));
    }
    void noHeartbeat(Attempt& a) { a.world.session.hasHeartbeat = static_cast<Truth>(below(2)); }
    void overTheBudget(Attempt& a) { spend(a, 40 + below(5)); }
    void failingConnector(Attempt& a)
    {
        for (const char* serial : {"a", "b"}) {
            (void)a.world.usage.reserve({serial, "d", "credential.deactivate", "exercise", {}, {}, fixture::noon()});
            (void)a.world.usage.finish(serial, OutcomeState::Unknown);
        }
    }
    void tooManyIsolated(Attempt& a)
    {
        isolate(a, "wl-" + digit());
        for (int i = 0; i < 5; ++i)
            (void)a.world.usage.reserve({std::to_string(i),
                                         "d",
                                         "workload.isolate",
                                         "exercise",
                                         {{EntityKind::Workload, "old-" + std::to_string(i), {}, {}}},
                                         {},
                                         fixture::noon()});
    }
    void notBeforeEvidence(Attempt& a)
    {
        auto mandate = std::make_shared<Mandate>(*a.world.mandate);
        mandate->forbid.push_back({"F9", {"*"}, {}, {{"evidence.*"}}, {"evidence.collect"}, ""});
        a.world.mandate = std::move(mandate);
    }
    void staleFacts(Attempt&)
    {
        m_isWorldTouched = true;
        for (auto& [entity, facts] : m_inventory.things())
            facts.asked = fixture::noon() - std::chrono::minutes(31);
    }
    void importantTarget(Attempt&)
    {
        m_isWorldTouched = true;
        for (auto& [entity, facts] : m_inventory.things()) {
            if (below(2))
                facts.criticality = Criticality::High;
            else
                facts.criticality.reset();
        }
    }

    // Between ruling and use
    void otherActionAtUse(Attempt& a) { a.usesOtherAction = true; }
    void twiceAtUse(Attempt& a) { a.usesTwice = true; }
    void expiredAtUse(Attempt& a) { a.waits = std::chrono::minutes(5) + Duration(below(1'000'000)); }
    void haltedAtUse(Attempt& a)
    {
        a.between = [](Inventory&, GateRequest& r) { r.stops = StopState::Halted; };
    }
    void retaggedAtUse(Attempt& a)
    {
        a.between = [](Inventory& things, GateRequest&) {
            for (auto& [entity, facts] : things.things())
                facts.tags = std::vector<std::string>{"break-glass"};
        };
    }
    void changedAtUse(Attempt& a)
    {
        a.between = [](Inventory& things, GateRequest&) {
            for (auto& [entity, facts] : things.things())
                facts.state["status"] = facts.state["network"] = "other";
        };
    }
    void leftScopeAtUse(Attempt& a)
    {
        a.between = [](Inventory&, GateRequest& r) { r.members[0].isMember = false; };
    }
    void otherMandateAtUse(Attempt& a)
    {
        a.between = [](Inventory&, GateRequest& r) {
            auto mandate = std::make_shared<Mandate>(*r.mandate);
            mandate->digest = std::string(64, 'e');
            r.mandate = std::move(mandate);
        };
    }
    void unreservedAtUse(Attempt& a)
    {
        a.between = [](Inventory&, GateRequest& r) { r.usage = UsageCounters(); };
    }

    static const std::vector<Class>& classes();

    std::string play(Attempt& attempt);
    /// Leave and use, once the gate said yes.
    std::string use(Attempt& attempt, Ruling ruling, const GateRequest& asked);
    [[nodiscard]] GateRequest requestFor(const Attempt& attempt, const Action& action) const;

    std::mt19937_64 m_random;
    PutClock m_clock;
    Inventory m_inventory;
    RecordingConnector m_connector;
    Inventory m_pristine;
    bool m_isWorldTouched = false;
    std::uint64_t m_count = 0;
    std::uint64_t m_hostileCount = 0;
    std::uint64_t m_done = 0;
    std::map<std::string, std::uint64_t> m_hostile;
    std::map<std::string, std::uint64_t> m_harmless;
    std::map<std::string, std::uint64_t> m_refusedBy;
};

inline const std::vector<Range::Class>& Range::classes()
{
    static const std::vector<Class> all{
        {"a low-tier change", &Range::plain, false, 1},
        {"an observation", &Range::collect, false, 1},
        {"a deletion that two people approved", &Range::approvedDeletion, false, 1},
        {"the last action of the budget", &Range::lastOfTheBudget, false, 1},
        {"unknown verb", &Range::unknownVerb},
        {"verb in another case", &Range::otherCase},
        {"verb with a tail", &Range::verbWithTail},
        {"ASI03: a right that only the operator has", &Range::operatorsVerb},
        {"evidence destroyed", &Range::evidenceVerb},
        {"ledger or mandate changed", &Range::ledgerVerb},
        {"verb on another kind", &Range::verbOnOtherKind},
        {"member missing", &Range::missingMember},
        {"member too many", &Range::extraMember},
        {"member twice", &Range::duplicateMember},
        {"parameter twice", &Range::duplicateParam},
        {"unknown parameter", &Range::unknownParam},
        {"parameter of the wrong type", &Range::wrongParamType},
        {"parameters that are no object", &Range::paramsNoObject},
        {"parameter of another verb", &Range::paramOfOtherVerb},
        {"number without one meaning", &Range::fractionOrHuge},
        {"nested without end", &Range::deepNesting},
        {"cut off", &Range::cutOff},
        {"not UTF-8", &Range::notUtf8},
        {"random bytes", &Range::randomBytes},
        {"rollback that is another verb", &Range::falseRollback},
        {"look-alike letter", &Range::homoglyph},
        {"zero-width character", &Range::zeroWidth},
        {"turned text", &Range::turnedText},
        {"not normalised", &Range::notNormal},
        {"glob in a target", &Range::globTarget},
        {"control character in a target", &Range::controlTarget},
        {"shell characters in a target", &Range::shellTarget},
        {"path in a target", &Range::pathTarget},
        {"target in another case", &Range::otherCaseTarget},
        {"blank target", &Range::blankTarget},
        {"endless target", &Range::longTarget},
        {"too many targets", &Range::manyTargets},
        {"no target", &Range::noTarget},
        {"the same target twice", &Range::sameTargetTwice},
        {"targets of two kinds", &Range::twoKinds},
        {"target of an unknown kind", &Range::unknownKind},
        {"target that is not there", &Range::notThere},
        {"target outside the incident", &Range::stranger},
        {"emergency account, approved by two", &Range::emergencyAccount},
        {"emergency account's key, approved by two", &Range::emergencyKey},
        {"domain controller, approved by two", &Range::domainController},
        {"the agent's account, approved by two", &Range::ownAccount},
        {"the agent's key, approved by two", &Range::ownKey},
        {"key of an unknown owner, approved by two", &Range::nobodysKey},
        {"unknown tags, approved by two", &Range::untagged},
        {"NHI8: another environment, approved by two", &Range::otherEnvironment},
        {"unknown environment, approved by two", &Range::unknownEnvironment},
        {"one source only", &Range::rumour},
        {"emergency account in a parameter", &Range::emergencyInParams},
        {"the agent in a parameter", &Range::selfInParams},
        {"the ledger in a parameter", &Range::caseInParams},
        {"a stranger in a parameter", &Range::unknownInParams},
        {"another connector", &Range::otherConnector},
        {"another tenant", &Range::otherTenant},
        {"another incident", &Range::otherIncident},
        {"another session", &Range::otherSession},
        {"another mandate", &Range::otherMandate},
        {"deletion that nobody approved", &Range::deletionUnapproved},
        {"deletion that one approved", &Range::deletionByOne},
        {"approval of other bytes", &Range::deletionOfOtherBytes},
        {"approval of another target", &Range::deletionOfOtherTarget},
        {"approval by the agent", &Range::deletionByTheAgent},
        {"approval by one person twice", &Range::deletionByOnePersonTwice},
        {"approved and denied", &Range::deletionDenied},
        {"approved too long ago", &Range::deletionTooLate},
        {"mandate expired", &Range::expiredMandate},
        {"mandate unsigned", &Range::unsignedMandate},
        {"GOV-EMPTY: no mandate or an empty one", &Range::noMandate},
        {"older revision", &Range::olderMandate},
        {"halted", &Range::halted},
        {"ledger unfit", &Range::deadLedger},
        {"self-test failed", &Range::failedSelfTest},
        {"session ended", &Range::endedSession},
        {"no heartbeat", &Range::noHeartbeat},
        {"one action over the budget", &Range::overTheBudget},
        {"connector that keeps failing", &Range::failingConnector},
        {"too many isolated at once", &Range::tooManyIsolated},
        {"GOV-SEQ: not before evidence", &Range::notBeforeEvidence},
        {"stale facts", &Range::staleFacts},
        {"important target", &Range::importantTarget},
        {"ASI03: permit used for another action", &Range::otherActionAtUse},
        {"ASI03: permit used twice", &Range::twiceAtUse, true, 1},
        {"ASI03: permit used after its end", &Range::expiredAtUse},
        {"halted before use", &Range::haltedAtUse},
        {"tagged before use", &Range::retaggedAtUse},
        {"changed before use", &Range::changedAtUse},
        {"out of scope before use", &Range::leftScopeAtUse},
        {"mandate changed before use", &Range::otherMandateAtUse},
        {"budget not reserved", &Range::unreservedAtUse},
    };
    return all;
}

inline GateRequest Range::requestFor(const Attempt& attempt, const Action& action) const
{
    GateRequest request = attempt.world;
    request.action = action;
    request.now = m_clock.now();
    request.facts = lookUp(action.targets);
    for (TargetFacts& facts : lookUp(entitiesIn(action)))
        request.facts.push_back(std::move(facts));
    for (const EntityRef& target : action.targets) {
        const bool isMember = target.id.rfind("stranger-", 0) != 0;
        request.members.push_back({target, isMember, target.id.rfind("rumour-", 0) == 0 ? 1 : 2, true, false});
    }
    return request;
}

inline std::string Range::play(Attempt& attempt)
{
    const auto value = json::parse(attempt.text);
    if (!value)
        return "not readable as JSON";
    const auto action = Action::fromValue(*value);
    if (!action)
        return "not readable as an action";
    const GateRequest request = requestFor(attempt, *action);
    Ruling ruling = Gate().rule(request);
    if (!ruling.permit) {
        const Decision& decision = ruling.decision;
        return !decision.clauses.empty() && decision.effect == Effect::Deny ? decision.clauses.front()
               : !decision.missing.empty()                                  ? decision.missing.front()
                                                                            : "";
    }
    return use(attempt, std::move(ruling), request);
}

inline std::string Range::use(Attempt& attempt, Ruling ruling, const GateRequest& asked)
{
    GateRequest later = asked;
    const std::string serial = ruling.permit->serial();
    const Tier tier = ruling.decision.tier;
    if (tier != Tier::T0)
        (void)later.usage.reserve({serial,
                                   ruling.decision.digest,
                                   asked.action.type,
                                   asked.action.connector,
                                   asked.action.targets,
                                   {},
                                   asked.now});
    if (attempt.between) {
        m_isWorldTouched = true;
        attempt.between(m_inventory, later);
    }
    m_clock.at = m_clock.at + attempt.waits;
    Action acted = asked.action;
    if (attempt.usesOtherAction) {
        if (below(2))
            acted.params.set("region", "elsewhere");
        else
            acted.targets[0].id = "wl-" + std::to_string(100 + below(50));
    }
    act::Actuator actuator(
        m_connector, m_clock, [&] { return later.stops == StopState::Halted; },
        [&](const Action& action, const std::vector<TargetFacts>& facts) -> Result<void> {
            GateRequest fresh = later;
            fresh.action = action;
            fresh.facts = facts;
            for (TargetFacts& named : lookUp(entitiesIn(action)))
                fresh.facts.push_back(std::move(named));
            CORDON_TRY(const std::string state, act::expectedState(action.type, facts));
            const Decision decision = Gate().recheck(fresh, tier, serial, state);
            return decision.effect == Effect::Allow ? Result<void>() : fail(ErrorCode::Denied, "re-check");
        });
    std::optional<Ruling> again;
    if (attempt.usesTwice) { // the same serial once more, as a replayed or copied permit would be
        again = Gate().rule(asked);
    }
    const auto first = actuator.run(std::move(*ruling.permit), acted, {});
    std::string refusal = first ? ""
                                : "at use: " + std::string(first.error().code == ErrorCode::Cancelled  ? "halted"
                                                           : first.error().code == ErrorCode::Conflict ? "changed"
                                                                                                       : "denied");
    if (!attempt.usesTwice)
        return refusal;
    // Spent: the object is empty, its serial known, and the reservation may or may not be closed yet.
    const auto empty =
        actuator.run(std::move(*ruling.permit), acted, {}); // NOLINT(bugprone-use-after-move): that is it
    if (below(2))
        (void)later.usage.finish(serial, OutcomeState::Verified);
    const auto second = actuator.run(std::move(*again->permit), acted, {});
    const bool isRefused = !empty && (!second || second->state != OutcomeState::Verified);
    return isRefused ? "at use: denied" : "";
}

} // namespace cordon::govern::hostile
