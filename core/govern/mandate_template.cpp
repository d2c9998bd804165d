#include "core/govern/mandate_template.h"

#include <set>

namespace cordon::govern {
namespace {

bool isSafe(const std::string& value)
{
    for (const char c : value) {
        if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            return false;
    }
    return true;
}

bool isPlaceName(std::string_view name)
{
    return !name.empty() && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string_view::npos;
}

} // namespace

Result<std::string> fillMandateTemplate(std::string_view pattern, const std::map<std::string, std::string>& values)
{
    std::string text;
    std::set<std::string> used;
    while (!pattern.empty()) {
        const std::size_t start = pattern.find('@');
        text += pattern.substr(0, start);
        if (start == std::string_view::npos)
            break;
        const std::size_t end = pattern.find('@', start + 1);
        const std::string name(end == std::string_view::npos ? "" : pattern.substr(start + 1, end - start - 1));
        if (!isPlaceName(name)) {
            text += '@';
            pattern.remove_prefix(start + 1);
            continue;
        }
        const auto found = values.find(name);
        if (found == values.end())
            return fail(ErrorCode::Invalid, "mandate template: no value for @" + name + "@");
        if (!isSafe(found->second))
            return fail(ErrorCode::Invalid, "mandate template: the value for @" + name + "@ cannot be quoted");
        text += found->second;
        used.insert(name);
        pattern.remove_prefix(end + 1);
    }
    for (const auto& [name, value] : values) {
        if (!used.contains(name))
            return fail(ErrorCode::Invalid, "mandate template: it has no place @" + name + "@");
    }
    return text;
}

Result<std::string> exerciseMandateYaml(std::string_view pattern, const ExerciseParties& parties)
{
    return fillMandateTemplate(pattern, {{"AGENT_ID", parties.agentId},
                                         {"AGENT_KEY", parties.agentKey},
                                         {"ACCOUNTABLE", parties.accountable},
                                         {"DEPUTY", parties.deputy},
                                         {"VALID_FROM", parties.validFrom.toString()},
                                         {"VALID_UNTIL", parties.validUntil.toString()}});
}

} // namespace cordon::govern
