#include "core/investigate/rehearsal.h"

#include "core/value/json.h"

#include <algorithm>

namespace cordon::investigate {
namespace {

constexpr std::size_t longestRecord = 1U << 20U;

/// True when `dryRun=All` is a parameter of its own behind the path.
bool asksToRehearse(std::string_view uri)
{
    std::size_t at = uri.find('?');
    while (at != std::string_view::npos) {
        const std::size_t next = uri.find('&', at + 1);
        if (uri.substr(at + 1, next == std::string_view::npos ? next : next - at - 1) == "dryRun=All")
            return true;
        at = next;
    }
    return false;
}

bool isInside(const Value& list, std::string_view text)
{
    return std::any_of(list.asArray().begin(), list.asArray().end(),
                       [text](const Value& one) { return one.asString() == text; });
}

} // namespace

bool wasRehearsed(std::string_view record)
{
    if (record.size() > longestRecord || record.find("dryRun") == std::string_view::npos)
        return false;
    const auto parsed = json::parse(record);
    if (!parsed)
        return false;
    const Value& request = *parsed;
    const std::string& verb = request["verb"].asString();
    if (!request["objectRef"]["subresource"].asString().empty())
        return false; // tokens are issued and shells opened all the same
    if (verb == "delete" || verb == "deletecollection") {
        // What stands behind the path counts only where the request has no options of its own.
        const Value& options = request["requestObject"];
        return options.isNull() ? asksToRehearse(request["requestURI"].asString()) : isInside(options["dryRun"], "All");
    }
    return (verb == "create" || verb == "update" || verb == "patch") &&
           asksToRehearse(request["requestURI"].asString());
}

bool wasRehearsed(const Inquiry& inquiry, const Event& event)
{
    if (!inquiry.records || event.source.find("kubernetes") == std::string::npos)
        return false;
    const auto record = inquiry.records(event);
    return record && wasRehearsed(*record);
}

} // namespace cordon::investigate
