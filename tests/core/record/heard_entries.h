#pragma once

#include "core/record/governance_audit.h"

#include "core/crypto/sha256.h"
#include "core/crypto/signed_note.h"
#include "core/value/json.h"

#include <QtTest>

namespace cordon::record::test {

/// Entries of a made-up case, one after the other, as the auditor hears them.
class HeardEntries
{
protected:
    void begin()
    {
        m_audit = GovernanceAudit();
        m_seq = 0;
        m_requester.clear();
        m_at.clear();
        m_takenKey.clear();
        m_excluded = m_neededFactors = Value();
        m_signedOtherwise.clear();
        m_toldOtherwise.clear();
        m_role = "analyst";
        m_approvedAt = "2026-11-21T12:10:00Z";
        m_needsCommander = false;
        m_joinNonce = "n";
        m_joinCase.clear();
        m_joinRoles = Value::Array{"analyst"};
        m_time = now();
        m_boot = std::string(32, 'b');
        m_mono = 0;
        m_keys.clear();
        m_keys.emplace("user:commander-a", crypto::SigningKey::generate());
        m_keys.emplace("user:commander-b", crypto::SigningKey::generate());
        inForce();
    }
    void add(const std::string& type, Value data, Actor::Kind kind = Actor::Kind::Agent, const std::string& person = "user:commander-a")
    {
        LedgerEntry made;
        made.seq = m_seq++;
        made.type = type;
        made.actor = {kind, kind == Actor::Kind::Person ? person : "someone"};
        made.ts = m_time;
        made.boot = m_boot;
        made.monoNanos = m_mono;
        made.data = std::move(data);
        if (!m_at.empty())
            made.data.set("at", m_at);
        m_audit.add(made);
    }
    /// The clock was set back to `m_time`, from where it was.
    void setBack(Timestamp from)
    {
        add("clock.set_back", Value::Object{{"from", from.toString()}, {"to", m_time.toString()}}, Actor::Kind::Engine);
    }
    /// The entry of somebody who joins; the order signed by `signer`, for `command` and `person`.
    void join(const std::string& signer, const std::string& command = "join", const std::string& person = newcomer)
    {
        const Value order = Value::Object{{"command", command}, {"nonce", m_joinNonce}, {"person", person}, {"case", m_joinCase}, {"issued", now().toString()}};
        crypto::SignedNote note;
        note.text = "cordon.command.v1\n" + toBase64(bytesOf(json::canonical(order).value())) + "\n";
        note.sign(newcomer, m_keys.at(signer));
        LedgerEntry made;
        made.seq = m_seq++;
        made.type = "person.joined";
        made.actor = {Actor::Kind::Person, newcomer};
        made.ts = m_time;
        made.boot = m_boot;
        made.monoNanos = m_mono;
        made.data = Value::Object{
            {"key", m_keys.at(newcomer).publicKey().toString()}, {"nonce", m_joinNonce}, {"block", note.toString()}, {"roles", m_joinRoles}};
        m_audit.add(made);
    }
    static Timestamp now() { return *Timestamp::parse("2026-11-21T12:00:00Z"); }
    static std::string action(const std::string& target) { return "{\"target\":\"" + target + "\",\"type\":\"credential.deactivate\"}"; }
    static std::string digest(const std::string& target)
    {
        return crypto::sha256("cordon.action.v1\n" + action(target)).hex();
    }
    void inForce(bool isRevoked = false)
    {
        Value::Array people;
        for (const auto& [id, key] : m_keys) {
            people.push_back(Value::Object{
                {"id", id}, {"key", key.publicKey().toString()}, {"roles", Value::Array{m_role}}, {"revoked", isRevoked && id == "user:commander-a"}});
        }
        m_audit = GovernanceAudit();
        add("mandate.in_force", Value::Object{{"agent_key", m_agent.publicKey().toString()},
                                              {"people", Value::Object{{"people", std::move(people)}}}});
    }
    void decide(const std::string& target, const std::string& effect, const std::string& tier = "T1", bool isUndo = false)
    {
        const Value decision = Value::Object{
            {"digest", digest(target)}, {"effect", effect}, {"tier", tier}, {"clauses", Value::Array{"C2"}}};
        if (isUndo)
            take("user:commander-a", "undo", Value::Object{{"step", target}});
        add("decision", Value::Object{{"decision", decision}, {"undo", isUndo}, {"step", target}},
            isUndo ? Actor::Kind::Person : Actor::Kind::Agent);
    }
    void takeBack(const std::string& target)
    {
        add("action.intended",
            Value::Object{{"digest", digest(target)}, {"action", action(target)}, {"permit", "u"}, {"undo", true}, {"step", target}},
            Actor::Kind::Person);
    }
    /// A command that was taken of a person; signed by them unless another signer is named.
    void take(const std::string& person, const std::string& command, const Value& args = Value::Object{},
              const std::string& signer = "", const std::string& signedCommand = "", const std::string& issued = "2026-11-21T12:00:00Z")
    {
        const std::string nonce = "c" + std::to_string(m_seq);
        const Value order = Value::Object{{"case", ""}, {"command", signedCommand.empty() ? command : signedCommand}, {"args", args},
                                          {"issued", issued}, {"nonce", nonce}, {"person", person}};
        crypto::SignedNote note;
        note.text = "cordon.command.v1\n" + toBase64(bytesOf(json::canonical(order).value())) + "\n";
        note.sign(person, m_keys.at(signer.empty() ? person : signer));
        m_order = note.toString();
        addBy(person, "command.taken", Value::Object{{"command", command}, {"nonce", nonce}, {"order", m_order}, {"key", m_takenKey}});
    }
    void addBy(const std::string& person, const std::string& type, Value data)
    {
        LedgerEntry made;
        made.seq = m_seq++;
        made.type = type;
        made.actor = {Actor::Kind::Person, person};
        made.ts = m_time;
        made.boot = m_boot;
        made.monoNanos = m_mono;
        made.incident = "INC-0001";
        made.data = std::move(data);
        m_audit.add(made);
    }
    void intend(const std::string& target, const std::string& tier = "T1", const std::string& request = "")
    {
        Value data = Value::Object{{"digest", digest(target)},
                                   {"action", action(target)},
                                   {"permit", "p" + std::to_string(m_seq)},
                                   {"step", target},
                                   {"tier", tier}};
        if (!request.empty())
            data.set("desk", Value::Object{{"request", request}});
        add("action.intended", std::move(data));
    }
    void close(const std::string& target, const std::string& state)
    {
        add("outcome." + state, Value::Object{{"digest", digest(target)}});
    }
    void ask(const std::string& target, int approvers, const std::string& render = "Delete it\n",
             const crypto::SigningKey* signer = nullptr)
    {
        Value content = Value::Object{{"v", 1},
                                            {"request", "AR-0001"},
                                            {"agent", "nhi:agent"},
                                            {"action", action(target)},
                                            {"action_digest", digest(target)},
                                            {"render", render},
                                            {"render_digest", renderDigest()},
                                            {"nonces", Value::Array{"n1", "n2"}},
                                            {"tier", "T3"},
                                            {"requester", m_requester},
                                            {"session", "s"},
                                            {"boot_id", m_boot},
                                            {"mono_issued", 0},
                                            {"ledger_size", 1},
                                            {"ledger_root", ""},
                                            {"issued", "2026-11-21T12:00:00Z"},
                                            {"approve_by", "2026-11-21T13:00:00Z"},
                                            {"needs", Value::Object{{"approvers", approvers}, {"commander", m_needsCommander}}}};
        if (!m_excluded.isNull())
            content.set("facts", Value::Object{{"excluded", m_excluded}});
        if (!m_neededFactors.isNull()) {
            Value needs = content["needs"];
            content.set("needs", needs.set("factors", m_neededFactors));
        }
        crypto::SignedNote note;
        const std::string encoded = toBase64(bytesOf(json::canonical(content).value()));
        note.text = "request\n" + encoded.substr(0, 40) + "\n" + encoded.substr(40) + "\n";
        note.sign("nhi:agent", signer ? *signer : m_agent);
        add("approval.requested", Value::Object{{"request", "AR-0001"}, {"text", note.toString()}});
    }
    static std::string renderDigest() { return crypto::sha256(std::string("Delete it\n")).hex(); }
    void approve(const std::string& target, const std::string& nonce, const std::string& person = "user:commander-a",
                 const std::string& decision = "approve", const std::string& signer = "",
                 const std::string& entryType = "", const std::string& entryActor = "")
    {
        Value approval = Value::Object{{"v", 1},
                                       {"action_digest", digest(target)},
                                       {"render_digest", renderDigest()},
                                       {"tier", "T3"},
                                       {"requester", m_requester},
                                       {"session", "s"},
                                       {"approve_by", "2026-11-21T13:00:00Z"},
                                       {"boot_id", m_boot},
                                       {"mono_issued", 0},
                                       {"ledger_size", 1},
                                       {"ledger_root", ""},
                                       {"factors", Value::Array{}},
                                       {"approver", person},
                                       {"decision", decision},
                                       {"issued", m_approvedAt},
                                       {"nonce", nonce}};
        for (const auto& [name, value] : m_signedOtherwise)
            approval.set(name, value);
        const auto& key = m_keys.at(signer.empty() ? person : signer);
        const auto signature = key.sign("cordon.approval.v1\n" + json::canonical(approval).value());
        const Value reply = Value::Object{
            {"approval", approval}, {"signature", toHex(ByteView(signature))}, {"reason", ""}, {"request", "AR-0001"}};
        Value data = Value::Object{{"request", "AR-0001"}, {"approval", approval}, {"signature", reply["signature"]}, {"reason", ""}};
        data.set("desk", Value::Object{{"event", "given"}, {"reply", reply}, {"at", "2026-11-21T12:10:00Z"},
                                       {"key", m_keys.contains(person) ? m_keys.at(person).publicKey().toString() : ""}});
        if (!m_excluded.isNull())
            data.set("block", replyBlock(person, signer.empty() ? person : signer, reply));
        for (const auto& [name, value] : m_toldOtherwise)
            data.set(name, value);
        add(entryType.empty() ? (decision == "approve" ? "approval.granted" : "approval.denied") : entryType, std::move(data),
            Actor::Kind::Person, entryActor.empty() ? person : entryActor);
    }
    std::string replyBlock(const std::string& person, const std::string& signer, const Value& reply)
    {
        crypto::SignedNote note;
        note.text = "cordon.approval-reply.v1\n" + toBase64(bytesOf(json::canonical(reply).value())) + "\n";
        note.sign(person, m_keys.at(signer));
        return note.toString();
    }
    [[nodiscard]] std::string onlyProblem() const
    {
        if (m_audit.problems().size() == 1)
            return m_audit.problems().front().what;
        std::string all = std::to_string(m_audit.problems().size()) + " problems:";
        for (const GovernanceProblem& problem : m_audit.problems())
            all += "\n" + std::to_string(problem.seq) + ": " + problem.what;
        return all;
    }

    inline static const std::string newcomer = "user:newcomer";
    GovernanceAudit m_audit;
    std::int64_t m_seq = 0;
    std::string m_joinNonce = "n";
    std::string m_joinCase;
    Value m_joinRoles = Value::Array{"analyst"};
    std::string m_takenKey; ///< what entries say of whoever gave a command; an exercise's people are known without
    std::string m_order; ///< that was taken last
    std::string m_requester;
    std::string m_at; ///< of the case clock, where an entry says it
    std::string m_approvedAt = "2026-11-21T12:10:00Z";
    Value m_excluded;      ///< who may not answer, under the agent's signature; null as in early requests
    Value m_neededFactors; ///< null: none
    std::map<std::string, Value> m_signedOtherwise; ///< of an approval, than it was asked
    std::map<std::string, Value> m_toldOtherwise;   ///< of its entry, than it was signed
    std::string m_role = "analyst";
    bool m_needsCommander = false;
    Timestamp m_time = now(); ///< of the next entries
    std::string m_boot = std::string(32, 'b');
    std::int64_t m_mono = 0;
    crypto::SigningKey m_agent = crypto::SigningKey::generate();
    std::map<std::string, crypto::SigningKey> m_keys;
};

} // namespace cordon::record::test
