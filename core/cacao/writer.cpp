#include "core/cacao/playbook.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::cacao {
namespace {

/// As the standard's tables go; what is not here stands behind it, by name.
constexpr std::string_view headOrder[] = {
    "type", "spec_version", "id", "name", "description", "playbook_types", "playbook_activities",
    "playbook_processing_summary", "created_by", "created", "modified", "revoked", "valid_from", "valid_until",
    "derived_from", "related_to", "priority", "severity", "impact", "industry_sectors", "labels", "external_references",
    "markings", "playbook_variables", "workflow_start", "workflow_exception", "workflow", "playbook_extensions",
    "authentication_info_definitions", "agent_definitions", "target_definitions", "extension_definitions",
    "data_marking_definitions", "signatures"};

/// One member, indented as inside an object.
void append(std::string& out, std::string_view key, const Value& value)
{
    std::string text = json::writePretty(value);
    text.pop_back(); // its line break
    out += out.size() > 2 ? ",\n  " : "  ";
    out += json::write(Value(key)) + ": ";
    for (const char c : text) {
        out.push_back(c);
        if (c == '\n')
            out += "  ";
    }
}

} // namespace

Result<std::string> write(const Value& playbook)
{
    std::string out = "{\n";
    for (const std::string_view key : headOrder) {
        if (const Value* member = playbook.find(key))
            append(out, key, *member);
    }
    for (const auto& [key, member] : playbook.asObject()) {
        if (std::find(std::begin(headOrder), std::end(headOrder), key) == std::end(headOrder))
            append(out, key, member);
    }
    out += "\n}\n";
    CORDON_TRY(const Playbook readBack, load(out, "playbook"));
    if (!(readBack.data == playbook))
        return fail(ErrorCode::Internal, "the playbook does not read back as it was written");
    return out;
}

} // namespace cordon::cacao
