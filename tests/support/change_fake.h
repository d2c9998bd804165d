#pragma once

#include "core/base/digest.h"
#include "tests/support/json_fake.h"

namespace cordon::test {

/// ServiceNow's table API and Jira's issue API, after their published descriptions, and a path that takes any JSON.
class ChangeFake final : public JsonFake
{
public:
    std::vector<Value> records;                 ///< change requests or issues
    std::map<std::string, std::string> notes;   ///< by record, one after another
    std::vector<Value> posted;

    ChangeFake()
    {
        serviceNow();
        jira();
        route("post", "POST", "/hooks/cordon", [this](const Asked& asked) {
            posted.push_back(asked.body);
            return PeerReply{202, "accepted", {}, {}};
        }, {"v", "event", "record", "id", "title", "text"});
    }

private:
    PeerReply refusal(int status, const std::string& words) override { return json(Value::Object{{"errorMessages", Value::Array{words}}, {"errors", Value::Object{}}}, status); }
    std::optional<PeerReply> denied(const PeerRequest& request) override
    {
        if (request.header("authorization") == "Basic " + toBase64(bytesOf("responder:pass-word")))
            return std::nullopt;
        return json(Value::Object{{"error", Value::Object{{"message", "User Not Authenticated"}, {"detail", "Required to provide Auth information"}}}, {"status", "failure"}}, 401);
    }
    static PeerReply result(Value::Array rows) { return json(Value::Object{{"result", std::move(rows)}}); }

    void serviceNow()
    {
        const std::set<std::string> query{"sysparm_query", "sysparm_fields", "sysparm_limit"};
        route("getProperties", "GET", "/api/now/table/sys_properties", [](const Asked&) { return result({Value::Object{{"value", "acme"}}}); }, {}, query);
        route("getChanges", "GET", "/api/now/table/change_request", [this](const Asked& asked) {
            Value::Array rows;
            for (const Value& one : records) {
                const std::string& wanted = asked.query.at("sysparm_query");
                if (wanted == "correlation_id=" + one["correlation_id"].asString() || wanted == "number=" + one["number"].asString())
                    rows.push_back(one);
            }
            return result(rows);
        }, {}, query);
        route("getNotes", "GET", "/api/now/table/sys_journal_field", [this](const Asked& asked) {
            const std::string& wanted = asked.query.at("sysparm_query");
            for (const auto& [record, text] : notes) {
                const std::string beginning = "element_id=" + record + "^element=work_notes^valueLIKE";
                if (wanted.starts_with(beginning) && text.find(wanted.substr(beginning.size())) != std::string::npos)
                    return result({Value::Object{{"sys_id", "n1"}}});
            }
            return result({});
        }, {}, query);
        route("open", "POST", "/api/now/table/change_request", [this](const Asked& asked) {
            Value one = asked.body;
            one.set("number", "CHG000" + std::to_string(records.size() + 1)).set("sys_id", "id" + std::to_string(records.size() + 1));
            records.push_back(one);
            return json(Value::Object{{"result", one}}, 201);
        }, {"type", "short_description", "description", "correlation_id", "correlation_display"});
        route("note", "PATCH", "/api/now/table/change_request/{}", [this](const Asked& asked) {
            notes[asked.parts[0]] += asked.body["work_notes"].asString();
            return json(Value::Object{{"result", Value::Object{}}});
        }, {"work_notes"});
    }
    void jira()
    {
        route("getMyself", "GET", "/rest/api/2/myself", [](const Asked&) { return json(Value::Object{{"displayName", "Responder"}}); });
        route("getServer", "GET", "/rest/api/2/serverInfo", [](const Asked&) { return json(Value::Object{{"baseUrl", "https://acme.atlassian.net"}}); });
        route("getIssues", "GET", "/rest/api/2/search/jql", [this](const Asked& asked) {
            Value::Array issues;
            for (const Value& one : records) {
                for (const Value& label : one["labels"].asArray()) {
                    if (asked.query.at("jql") == "labels = \"" + label.asString() + '"')
                        issues.push_back(Value::Object{{"key", "SEC-1"}});
                }
            }
            return json(Value::Object{{"issues", issues}});
        }, {}, {"jql", "fields", "maxResults"});
        route("openIssue", "POST", "/rest/api/2/issue", [this](const Asked& asked) {
            const Value& fields = asked.body["fields"];
            if (fields["project"]["key"].asString() != "SEC" || fields["issuetype"]["name"].asString() != "Task" || fields["summary"].asString().empty())
                return refusal(400, "project is required");
            records.push_back(fields);
            return json(Value::Object{{"id", "1"}, {"key", "SEC-1"}}, 201);
        }, {"fields"});
        route("getComments", "GET", "/rest/api/2/issue/{}/comment", [this](const Asked& asked) {
            return json(Value::Object{{"comments", Value::Array{Value::Object{{"body", notes[asked.parts[0]]}}}}, {"total", 1}});
        }, {}, {"orderBy", "maxResults"});
        route("comment", "POST", "/rest/api/2/issue/{}/comment", [this](const Asked& asked) {
            notes[asked.parts[0]] += asked.body["body"].asString();
            return json(Value::Object{{"id", "1"}}, 201);
        }, {"body"});
    }
};

} // namespace cordon::test
