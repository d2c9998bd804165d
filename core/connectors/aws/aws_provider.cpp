#include "core/connectors/aws/aws_provider.h"

#include "core/connectors/aws/identity_deeds.h"

#include <algorithm>
#include <set>

namespace cordon::connectors::aws {
namespace {

bool isAccount(const std::string& text)
{
    return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string joined(const std::vector<Call>& calls)
{
    std::string text;
    for (const Call& call : calls)
        text += (text.empty() ? "" : "; ") + call.shown();
    return text;
}

/// One target: its attributes. Several: attributes by target.
void addAttributes(Value& all, bool isSingle, const EntityRef& target, const Value& attributes)
{
    if (isSingle)
        all = attributes;
    else
        all.set(target.key(), attributes);
}

bool onlyReads(const std::string& verb)
{
    return verb == "inventory.read" || verb == "evidence.snapshot" || verb == "evidence.collect";
}

} // namespace

Result<std::unique_ptr<act::Provider>> AwsProvider::make(const act::ConnectorSettings& settings)
{
    if (!isAccount(settings.tenant))
        return fail(ErrorCode::Invalid, "aws: 'tenant' is the account's twelve digits");
    CORDON_TRY(Options options, Options::fromValue(settings.options));
    CORDON_TRY(net::HttpClient client, net::HttpClient::make({options.authorities, {}, {}}));
    return std::unique_ptr<act::Provider>(
        new AwsProvider(settings.tenant, settings.environment, std::move(options), Asker(std::move(client))));
}

std::vector<act::Capability> AwsProvider::capabilities() const
{
    std::vector<act::Capability> all;
    std::vector<std::string> verbs{"inventory.read", "evidence.snapshot", "evidence.collect"};
    verbs.insert(verbs.end(), identityVerbs().begin(), identityVerbs().end());
    for (const std::string& name : verbs) {
        if (const Verb* verb = findVerb(name))
            all.push_back({name, verb->back, std::string(verb->undo)});
    }
    return all;
}

Value AwsProvider::privileges() const
{
    std::set<std::string> needed;
    for (const act::Capability& capability : capabilities()) {
        const std::vector<std::string> actions = neededActions(capability.verb);
        needed.insert(actions.begin(), actions.end());
    }
    return Value::Object{{"Version", "2012-10-17"},
                         {"Statement", Value::Array{Value::Object{{"Effect", "Allow"},
                                                                  {"Action", Value::Array(needed.begin(), needed.end())},
                                                                  {"Resource", "*"}}}}};
}

/// INVARIANT: nothing is changed in an account that is not the one of the settings, whatever the credential belongs to.
Result<Client> AwsProvider::open(const std::string& verb, const act::CallContext& context)
{
    CORDON_TRY(Client client, Client::open(m_asker, m_options, context, neededActions(verb)));
    if (!context.key.empty()) {
        CORDON_TRY(const std::string account, this->account(client));
        if (account != m_tenant)
            return fail(ErrorCode::Denied, "aws: the credential belongs to account " + account + ", not " + m_tenant);
    }
    return client;
}

Result<std::string> AwsProvider::account(Client& client)
{
    CORDON_TRY(const Document said, client.query({"sts", "GetCallerIdentity", {}, Repeat::Freely}));
    return textOf(*said, "Account");
}

Result<Value> AwsProvider::check(const act::CallContext& context)
{
    CORDON_TRY(Client client, Client::open(m_asker, m_options, context, neededActions({})));
    CORDON_TRY(const Document said, client.query({"sts", "GetCallerIdentity", {}, Repeat::Freely}));
    if (textOf(*said, "Account") != m_tenant)
        return fail(ErrorCode::Denied, "aws: the credential belongs to account " + textOf(*said, "Account") + ", not " + m_tenant);
    return Value(Value::Object{{"identity", textOf(*said, "Arn")}, {"tenant", m_tenant}, {"region", m_options.region}});
}

Result<TargetFacts> AwsProvider::inspect(const EntityRef& target, const act::CallContext& context)
{
    CORDON_TRY(Client client, open({}, context));
    return identityFacts(client, target, m_environment);
}

Result<Preview> AwsProvider::preview(const Action& action, const act::CallContext& context)
{
    CORDON_TRY(Client client, open({}, context));
    Preview preview;
    for (const EntityRef& target : action.targets) {
        CORDON_TRY(const TargetFacts facts, identityFacts(client, target, m_environment));
        if (onlyReads(action.type)) {
            preview.request = "reads " + target.id;
            continue;
        }
        CORDON_TRY(const Deed deed, planDeed(client, action, facts));
        preview.request += (preview.request.empty() ? "" : "; ") + joined(deed.calls);
        addAttributes(preview.before, action.targets.size() == 1, target, deed.before);
        addAttributes(preview.after, action.targets.size() == 1, target, deed.after);
        preview.stillOpen.insert(preview.stillOpen.end(), deed.stillOpen.begin(), deed.stillOpen.end());
        preview.undo = deed.undoCost;
    }
    return preview;
}

Result<act::ExecuteReply> AwsProvider::execute(const Action& action, const act::CallContext& context)
{
    CORDON_TRY(Client client, open(action.type, context));
    act::ExecuteReply reply;
    Value::Array targets;
    bool hasUndo = true;
    bool hasChanged = false;
    for (const EntityRef& target : action.targets) {
        if (onlyReads(action.type)) {
            hasUndo = false;
            reply.detail = "read";
            continue;
        }
        CORDON_TRY(const TargetFacts facts, identityFacts(client, target, m_environment));
        auto deed = planDeed(client, action, facts);
        if (!deed)
            return fail(hasChanged ? ErrorCode::Io : deed.error().code, deed.error().detail + (hasChanged ? "; half done: " + reply.detail : ""));
        for (const Call& call : deed->calls) {
            if (const auto done = client.query(call); !done)
                return fail(hasChanged ? ErrorCode::Io : done.error().code, done.error().detail + (hasChanged ? "; half done: " + reply.detail : ""));
            hasChanged = true;
            reply.detail += (reply.detail.empty() ? "" : "; ") + call.shown();
        }
        Value::Array calls;
        for (const Call& call : deed->undo)
            calls.push_back(call.toValue());
        hasUndo = hasUndo && !calls.empty();
        targets.push_back(Value::Object{{"target", target.key()}, {"calls", std::move(calls)}, {"after", deed->after}});
    }
    if (hasUndo)
        reply.undoRecord = Value::Object{{"v", 1}, {"kind", "aws"}, {"verb", action.type}, {"targets", std::move(targets)}};
    return reply;
}

Result<Outcome> AwsProvider::verify(const Action& action, const act::CallContext& context)
{
    CORDON_TRY(Client client, open({}, context));
    Outcome outcome;
    outcome.finished = context.now;
    outcome.state = OutcomeState::Verified;
    for (const EntityRef& target : action.targets) {
        CORDON_TRY(const TargetFacts facts, identityFacts(client, target, m_environment));
        Value::Object attributes;
        for (const auto& [name, value] : facts.state)
            attributes.emplace(name, value);
        addAttributes(outcome.seen, action.targets.size() == 1, target, std::move(attributes));
        if (onlyReads(action.type))
            continue;
        CORDON_TRY(const bool isThere, hasEffect(action, facts));
        if (!isThere)
            outcome.state = OutcomeState::Failed;
        outcome.detail += (outcome.detail.empty() ? "" : "; ") + target.id + (isThere ? ": as wanted" : ": not as wanted");
    }
    return outcome;
}

Result<act::ExecuteReply> AwsProvider::undo(const Action& action, const Value& undoRecord, bool overwritesDrift,
                                            const act::CallContext& context)
{
    if (undoRecord["v"].asInt() != 1 || undoRecord["kind"].asString() != "aws" || undoRecord["verb"].asString() != action.type ||
        undoRecord["targets"].asArray().size() != action.targets.size())
        return fail(ErrorCode::Unsupported, "aws: this has no way back");
    CORDON_TRY(Client client, open(action.type, context));
    act::ExecuteReply reply;
    for (std::size_t i = 0; i < action.targets.size(); ++i) {
        const Value& part = undoRecord["targets"].asArray()[i];
        const EntityRef& target = action.targets[i];
        if (part["target"].asString() != target.key())
            return fail(ErrorCode::Invalid, "aws: the undo record is of another target");
        CORDON_TRY(const TargetFacts facts, identityFacts(client, target, m_environment));
        if (!facts.exists)
            return fail(ErrorCode::Conflict, target.id + " is gone: somebody removed it since");
        for (const auto& [name, value] : part["after"].asObject()) {
            const auto now = facts.state.find(name);
            if (!overwritesDrift && !((now == facts.state.end() ? Value() : now->second) == value))
                return fail(ErrorCode::Conflict, target.id + ": '" + name + "' changed since; nothing was taken back");
        }
        for (const Value& item : part["calls"].asArray()) {
            CORDON_TRY(const Call call, Call::fromValue(item));
            if (const auto done = client.query(call); !done)
                return fail(reply.detail.empty() ? done.error().code : ErrorCode::Io, done.error().detail);
            reply.detail += (reply.detail.empty() ? "" : "; ") + call.shown();
        }
    }
    return reply;
}

} // namespace cordon::connectors::aws
