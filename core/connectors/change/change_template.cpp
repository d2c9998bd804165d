#include "core/connectors/change/change_template.h"

#include <algorithm>

namespace cordon::connectors::change {
namespace {

Effect there(bool isSo)
{
    return isSo ? Effect::There : Effect::NotThere;
}

RestCall once(const char* method, const std::string& path, Value body)
{
    return {method, path, std::move(body), Repeat::IfNotBegun};
}

class ServiceNow final : public ChangeTemplate
{
public:
    Result<Value> identity(RestClient& client, const std::string&) override
    {
        CORDON_TRY(const Value::Array found, table(client, "sys_properties", "name=instance_name", "value"));
        return Value(Value::Object{{"identity", "a user of ServiceNow"}, {"tenant", found.empty() ? Value() : found.front()["value"]}});
    }
    RestCall open(const ChangeText& text) override
    {
        return once("POST", "/api/now/table/change_request",
                    Value::Object{{"type", "emergency"}, {"short_description", text.title}, {"description", text.body}, {"correlation_id", text.mark}, {"correlation_display", "Cordon"}});
    }
    Result<RestCall> note(RestClient& client, const std::string& record, const ChangeText& text) override
    {
        CORDON_TRY(const std::string id, idOf(client, record));
        return once("PATCH", "/api/now/table/change_request/" + id, Value::Object{{"work_notes", text.title + '\n' + text.body}});
    }
    Result<Effect> isThere(RestClient& client, const std::string& record, const ChangeText& text) override
    {
        if (record.empty()) {
            CORDON_TRY(const Value::Array found, table(client, "change_request", "correlation_id=" + text.mark, "sys_id,number"));
            return there(!found.empty());
        }
        CORDON_TRY(const std::string id, idOf(client, record));
        CORDON_TRY(const Value::Array notes, table(client, "sys_journal_field", "element_id=" + id + "^element=work_notes^valueLIKE" + text.mark, "sys_id"));
        return there(!notes.empty());
    }

private:
    static Result<Value::Array> table(RestClient& client, const char* name, const std::string& query, const char* fields)
    {
        return client.all(std::string("/api/now/table/") + name + "?sysparm_query=" + net::percentEncoded(query) + "&sysparm_fields=" + net::percentEncoded(fields) + "&sysparm_limit=1", "result", {});
    }
    static Result<std::string> idOf(RestClient& client, const std::string& record)
    {
        CORDON_TRY(const Value::Array found, table(client, "change_request", "number=" + record, "sys_id"));
        if (found.empty() || !isRecordName(found.front()["sys_id"].asString()))
            return fail(ErrorCode::NotFound, "change: there is no record " + record);
        return found.front()["sys_id"].asString();
    }
};

class Jira final : public ChangeTemplate
{
public:
    explicit Jira(const HttpOptions& options)
        : m_project(options.text("project"))
        , m_type(options.text("issue_type", "Task"))
        , m_search(options.text("search", "/rest/api/2/search/jql"))
    {}
    Result<Value> identity(RestClient& client, const std::string&) override
    {
        CORDON_TRY(const Value me, client.read("/rest/api/2/myself"));
        CORDON_TRY(const Value server, client.read("/rest/api/2/serverInfo"));
        return Value(Value::Object{{"identity", me["displayName"]}, {"tenant", server["baseUrl"]}});
    }
    RestCall open(const ChangeText& text) override
    {
        return once("POST", "/rest/api/2/issue",
                    Value::Object{{"fields", Value::Object{{"project", Value::Object{{"key", m_project}}},
                                                           {"issuetype", Value::Object{{"name", m_type}}},
                                                           {"summary", text.title},
                                                           {"description", text.body},
                                                           {"labels", Value::Array{"cordon", text.mark}}}}});
    }
    Result<RestCall> note(RestClient&, const std::string& record, const ChangeText& text) override
    {
        return once("POST", "/rest/api/2/issue/" + record + "/comment", Value::Object{{"body", text.title + '\n' + text.body}});
    }
    Result<Effect> isThere(RestClient& client, const std::string& record, const ChangeText& text) override
    {
        if (record.empty()) {
            CORDON_TRY(const Value::Array found, client.all(m_search + "?jql=" + net::percentEncoded("labels = \"" + text.mark + '"') + "&fields=key&maxResults=1", "issues", {}));
            return there(!found.empty());
        }
        CORDON_TRY(const Value::Array comments, client.all("/rest/api/2/issue/" + record + "/comment?orderBy=-created&maxResults=100", "comments", {}));
        return there(std::any_of(comments.begin(), comments.end(), [&text](const Value& one) { return one["body"].asString().find(text.mark) != std::string::npos; }));
    }

private:
    std::string m_project;
    std::string m_type;
    std::string m_search;
};

/// Anything that takes JSON by POST. It cannot be asked what it took.
class Json final : public ChangeTemplate
{
public:
    explicit Json(const HttpOptions& options)
        : m_path(options.text("path", "/"))
    {}
    Result<Value> identity(RestClient&, const std::string& tenant) override
    {
        return Value(Value::Object{{"identity", "whoever holds the credential; the system is not asked"}, {"tenant", tenant}});
    }
    RestCall open(const ChangeText& text) override { return posted("change.open", {}, text); }
    Result<RestCall> note(RestClient&, const std::string& record, const ChangeText& text) override { return posted("change.note", record, text); }
    Result<Effect> isThere(RestClient&, const std::string&, const ChangeText&) override { return Effect::Unclear; }

private:
    RestCall posted(const char* event, const std::string& record, const ChangeText& text) const
    {
        return once("POST", m_path, Value::Object{{"v", 1}, {"event", event}, {"record", record}, {"id", text.mark}, {"title", text.title}, {"text", text.body}});
    }
    std::string m_path;
};

} // namespace

Result<std::unique_ptr<ChangeTemplate>> makeTemplate(const HttpOptions& options)
{
    const std::string name = options.text("template");
    if (name == "servicenow")
        return std::make_unique<ServiceNow>();
    if (name == "jira" && !options.text("project").empty())
        return std::make_unique<Jira>(options);
    if (name == "json" && options.text("path", "/").starts_with('/'))
        return std::make_unique<Json>(options);
    return fail(ErrorCode::Invalid, "change: 'template' is servicenow, jira (with 'project') or json (with 'path', which begins with /)");
}

} // namespace cordon::connectors::change
