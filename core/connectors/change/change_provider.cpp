#include "core/connectors/change/change_provider.h"

#include "core/connectors/change/change_template.h"
#include "core/connectors/rest_session.h"

namespace cordon::connectors::change {
namespace {

class ChangeSession final : public RestSession
{
public:
    ChangeSession(Asker& asker, const act::CallContext& context, RestClient::Manner manner, ChangeTemplate& form, std::string tenant)
        : RestSession(asker, context, std::move(manner))
        , m_form(form)
        , m_tenant(std::move(tenant))
    {}
    Result<Value> identity() override { return m_form.identity(client(), m_tenant); }

    /// A system of records says nothing about what a record is about: it can be anything.
    Result<TargetFacts> facts(const EntityRef& target) override
    {
        TargetFacts facts;
        facts.target = target;
        facts.exists = true;
        return facts;
    }

    Result<Deed> plan(const Action& action, const TargetFacts& facts) override
    {
        CORDON_TRY(const ChangeText text, ChangeText::of(action));
        CORDON_TRY(const std::string record, recordOf(action));
        Deed deed;
        if (!(facts.target == action.targets.front()))
            return deed; // one record for all targets
        CORDON_TRY(const Effect effect, m_form.isThere(client(), record, text));
        if (effect == Effect::There)
            return deed; // an answer was lost earlier: it is there already
        CORDON_TRY(const RestCall call, record.empty() ? Result<RestCall>(m_form.open(text)) : m_form.note(client(), record, text));
        deed.calls.push_back(call.step());
        return deed;
    }

    /// What takes a record may answer anything; only its status counts.
    Result<void> run(const Value& call) override
    {
        CORDON_TRY(const RestCall rest, RestCall::fromValue(call));
        CORDON_TRY(const net::HttpReply reply, client().reply(rest));
        return reply.status >= 200 && reply.status <= 299 ? Result<void>() : fail(client().errorOf(rest, reply));
    }

    Result<Effect> effect(const Action& action, const TargetFacts&, std::optional<Timestamp>) override
    {
        CORDON_TRY(const ChangeText text, ChangeText::of(action));
        CORDON_TRY(const std::string record, recordOf(action));
        return m_form.isThere(client(), record, text);
    }

private:
    /// "" for a new record.
    static Result<std::string> recordOf(const Action& action)
    {
        if (action.type == "change.open")
            return std::string();
        const std::string& record = action.params["record"].asString();
        if (action.type != "change.note" || !isRecordName(record))
            return fail(ErrorCode::Invalid, action.type + ": 'record' is wanted, letters, digits and hyphens");
        return record;
    }

    ChangeTemplate& m_form;
    std::string m_tenant;
};

class ChangeProvider final : public PlannedProvider
{
public:
    ChangeProvider(const act::ConnectorSettings& settings, HttpOptions options, std::unique_ptr<ChangeTemplate> form, Asker asker, Asker::Pause pause)
        : PlannedProvider(settings, {{"change.open"}, {"change.note"}}, std::move(pause))
        , m_options(std::move(options))
        , m_form(std::move(form))
        , m_asker(std::move(asker))
    {}
    Value privileges() const override
    {
        return Value::Object{{"servicenow", Value::Array{"create and write change_request", "read change_request, sys_journal_field, sys_properties.instance_name"}},
                             {"jira", Value::Array{"Browse projects", "Create issues", "Add comments"}},
                             {"json", Value::Array{"POST to the path of the settings"}}};
    }

private:
    Result<std::unique_ptr<Session>> open(const std::string&, const act::CallContext& context) override
    {
        CORDON_TRY(const Value credential, credentialOf(context, "change", {}, {"user", "password", "token"}));
        const std::string& token = credential["token"].asString();
        if (token.empty() == (credential["user"].asString().empty() || credential["password"].asString().empty()))
            return fail(ErrorCode::Denied, "change: the credential needs token, or user and password");
        const std::string both = credential["user"].asString() + ':' + credential["password"].asString();
        return std::make_unique<ChangeSession>(
            m_asker, context,
            RestClient::Manner{"change", m_options.text("endpoint"), {{"authorization", token.empty() ? "Basic " + toBase64(bytesOf(both)) : "Bearer " + token}}, {}},
            *m_form, settings().tenant);
    }

    HttpOptions m_options;
    std::unique_ptr<ChangeTemplate> m_form;
    Asker m_asker;
};

} // namespace

Result<std::unique_ptr<act::Provider>> makeChangeProvider(const act::ConnectorSettings& settings, Asker::Pause pause)
{
    CORDON_TRY(HttpOptions options, HttpOptions::of(settings, {"project", "issue_type", "search", "path"}, {"endpoint", "template"}));
    CORDON_TRY(auto form, makeTemplate(options));
    CORDON_TRY(Asker asker, options.asker(pause));
    return std::make_unique<ChangeProvider>(settings, std::move(options), std::move(form), std::move(asker), std::move(pause));
}

} // namespace cordon::connectors::change
