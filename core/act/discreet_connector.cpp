#include "core/act/discreet_connector.h"

#include "core/base/secret_shapes.h"

namespace cordon::act {
namespace {

using Cleaner = std::string (*)(std::string_view);

Value clean(const Value& value, Cleaner cleaner)
{
    if (value.isString())
        return cleaner(value.asString());
    if (value.isArray()) {
        Value::Array items;
        for (const Value& item : value.asArray())
            items.push_back(clean(item, cleaner));
        return items;
    }
    if (!value.isObject())
        return value;
    Value::Object members;
    for (const auto& [name, member] : value.asObject())
        members.emplace(name, clean(member, cleaner));
    return members;
}

Error clean(Error error)
{
    error.detail = withoutSecrets(error.detail);
    return error;
}

Result<ExecuteReply> clean(Result<ExecuteReply> reply)
{
    if (!reply)
        return fail(clean(reply.error()));
    reply->detail = withoutSecrets(reply->detail);
    reply->undoRecord = clean(reply->undoRecord, withoutKnownTokens);
    return reply;
}

} // namespace

Result<void> DiscreetConnector::prepare(const std::stop_token& stop)
{
    const Result<void> ready = m_inner->prepare(stop);
    return ready ? ready : fail(clean(ready.error()));
}

Result<TargetFacts> DiscreetConnector::inspect(const EntityRef& target, const std::stop_token& stop)
{
    Result<TargetFacts> facts = m_inner->inspect(target, stop);
    if (!facts)
        return fail(clean(facts.error()));
    facts->target.name = withoutSecrets(facts->target.name);
    for (auto& [name, value] : facts->state)
        value = clean(value, withoutSecrets);
    for (auto* tags : {&facts->tags, &facts->ownerTags}) {
        if (!tags->has_value())
            continue;
        for (std::string& tag : **tags)
            tag = withoutSecrets(tag);
    }
    if (facts->dependents) {
        for (EntityRef& dependent : *facts->dependents)
            dependent.name = withoutSecrets(dependent.name);
    }
    return facts;
}

Result<Preview> DiscreetConnector::preview(const Action& action, const std::stop_token& stop)
{
    Result<Preview> preview = m_inner->preview(action, stop);
    if (!preview)
        return fail(clean(preview.error()));
    preview->request = withoutSecrets(preview->request);
    preview->before = clean(preview->before, withoutSecrets);
    preview->after = clean(preview->after, withoutSecrets);
    for (std::string& line : preview->stillOpen)
        line = withoutSecrets(line);
    preview->undo = withoutSecrets(preview->undo);
    preview->undoRecord = clean(preview->undoRecord, withoutKnownTokens);
    return preview;
}

Result<ExecuteReply> DiscreetConnector::execute(Permit permit, const Action& action, const std::stop_token& stop)
{
    return clean(m_inner->execute(std::move(permit), action, stop));
}

Result<Outcome> DiscreetConnector::verify(const Action& action, const std::stop_token& stop)
{
    Result<Outcome> outcome = m_inner->verify(action, stop);
    if (!outcome)
        return fail(clean(outcome.error()));
    outcome->detail = withoutSecrets(outcome->detail);
    outcome->seen = clean(outcome->seen, withoutSecrets);
    outcome->undoRecord = clean(outcome->undoRecord, withoutKnownTokens);
    return outcome;
}

Result<ExecuteReply> DiscreetConnector::undo(Permit permit, const Action& action, const Value& undoRecord,
                                             bool overwritesDrift, const std::stop_token& stop)
{
    return clean(m_inner->undo(std::move(permit), action, undoRecord, overwritesDrift, stop));
}

} // namespace cordon::act
