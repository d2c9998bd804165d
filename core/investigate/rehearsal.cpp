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

Rehearsal rehearsalOf(std::string_view record)
{
    if (record.size() > longestRecord || record.find("dryRun") == std::string_view::npos)
        return Rehearsal::No;
    const auto parsed = json::parse(record);
    if (!parsed)
        return Rehearsal::No;
    const Value& request = *parsed;
    if (!request["objectRef"]["subresource"].asString().empty())
        return Rehearsal::No; // tokens are issued and shells opened all the same
    const std::string& verb = request["verb"].asString();
    const bool isAskedInPath = asksToRehearse(request["requestURI"].asString());
    if (verb == "delete" || verb == "deletecollection") {
        // What stands behind the path counts only where the request has no options of its own.
        const Value& options = request["requestObject"];
        if (!options.isNull())
            return isInside(options["dryRun"], "All") ? Rehearsal::Certain : Rehearsal::No;
        const std::string& level = request["level"].asString();
        const bool isRequestKept = level == "Request" || level == "RequestResponse";
        return !isAskedInPath ? Rehearsal::No : isRequestKept ? Rehearsal::Certain : Rehearsal::Possible;
    }
    const bool isChange = verb == "create" || verb == "update" || verb == "patch";
    return isChange && isAskedInPath ? Rehearsal::Certain : Rehearsal::No;
}

Rehearsal rehearsalOf(const Inquiry& inquiry, const Event& event)
{
    if (!inquiry.records || event.source.find("kubernetes") == std::string::npos)
        return Rehearsal::No;
    const auto record = inquiry.records(event);
    return record ? rehearsalOf(*record) : Rehearsal::No;
}

} // namespace cordon::investigate
