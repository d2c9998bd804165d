#pragma once

#include "core/crypto/random.h"
#include "core/govern/person_vault.h"
#include "core/govern/signed_command.h"
#include "tests/core/engine/case_fixture.h"

namespace cordon::tests {

/// A person's private key, out of an exercise's own folder.
inline crypto::SigningKey keyOf(const std::filesystem::path& caseFolder, const std::string& person, Timestamp now)
{
    const auto exercise = record::exercisePath(caseFolder);
    for (const engine::PersonRow& row : CaseFixture::must(engine::ExerciseParties::banner(exercise))) {
        if (row.id != person)
            continue;
        auto unlocked = govern::PersonVault(engine::ExerciseParties::peopleFolder(exercise), person)
                            .unlock(crypto::SecretBytes::copyOf(row.pin), std::nullopt, now);
        if (unlocked)
            return std::move(unlocked->key);
    }
    qFatal("no key of %s", person.c_str());
}

/// A command as people give it: signed with their own key, taken by whoever holds the case.
inline Result<void> give(engine::Pipeline& held, const CaseFixture& fixture, const std::string& person,
                         const crypto::SigningKey& key, const std::string& what, Value args)
{
    govern::Command command;
    command.command = what;
    command.args = std::move(args);
    command.person = person;
    command.issued = fixture.machine.now();
    command.nonce = crypto::randomHex(16);
    command.caseOrigin = held.folder().ledger().origin();
    return held.applySigned(CaseFixture::must(govern::signCommand(command, key)), {});
}
inline Result<void> give(engine::Pipeline& held, const CaseFixture& fixture, const std::string& person,
                         const std::string& what, Value args)
{
    return give(held, fixture, person, keyOf(held.folder().path(), person, fixture.machine.now()), what, std::move(args));
}

/// A command as the engine names it, in the words that its person signs.
class OrderOf
{
public:
    std::string what;
    std::string person;
    Value args = Value::Object{};

    explicit OrderOf(const engine::Command& command)
    {
        std::visit([this](const auto& one) { put(one); }, command);
    }

private:
    template<class T> void put(const T&) { qFatal("nobody signs such a command"); }
    void put(const engine::Arrange& one)
    {
        say(one.act, one.by, Value::Object{{"why", one.why}, {"others", listOf(one.others)}, {"alerts", listOf(one.alerts)}});
        if (one.incident.isSet())
            args.set("incident", toString(one.incident));
        if (!one.order.empty())
            args.set("order", one.order);
    }
    void put(const engine::AddNote& one) { say("note", one.by, about(one.incident).set("text", one.text)); }
    void put(const engine::Assign& one) { say("assign", one.by, about(one.incident).set("to", one.to)); }
    void put(const engine::CloseIncident& one)
    {
        say("close", one.by, about(one.incident).set("reason", one.reason).set("verdict", toString(one.verdict)));
    }
    void put(const engine::ReopenIncident& one) { say("reopen", one.by, about(one.incident).set("reason", one.reason)); }
    void put(const engine::ContinueSession& one) { say("continue", one.by, about(one.incident)); }
    void put(const engine::SkipStep& one) { say("skip", one.by, Value::Object{{"step", one.step}, {"why", one.why}}); }
    void put(const engine::UndoStep& one)
    {
        say("undo", one.by, Value::Object{{"step", one.step}, {"overwrite_drift", one.overwritesDrift}});
    }
    void put(const engine::KeepContained& one)
    {
        say("keep", one.by, Value::Object{{"step", one.step}, {"until", one.until.toString()}});
    }
    void put(const engine::AskAgain& one) { say("ask-again", one.by, Value::Object{{"step", one.step}}); }
    void put(const engine::DoneElsewhere& one)
    {
        say("done-elsewhere", one.by, Value::Object{{"step", one.step}, {"note", one.note}});
    }
    void put(const engine::Present& one) { say("present", one.by, Value::Object{}); }
    void put(const engine::Resume& one) { say("resume", one.by.front(), Value::Object{}); }

    void say(const std::string& command, const std::string& by, const Value& more)
    {
        what = command;
        person = by;
        args = more;
    }
    static Value about(IncidentId incident) { return Value::Object{{"incident", toString(incident)}}; }
    template<class Id> static Value listOf(const std::vector<Id>& ids)
    {
        Value::Array list;
        for (const Id id : ids)
            list.emplace_back(toString(id));
        return list;
    }
};

/// A command given under the signature of whoever it names.
inline Result<void> obey(engine::Pipeline& held, const CaseFixture& fixture, const engine::Command& command)
{
    const OrderOf order(command);
    return give(held, fixture, order.person, order.what, order.args);
}

} // namespace cordon::tests
