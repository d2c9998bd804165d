#include "core/engine/audit_options.h"

#include "core/base/log.h"
#include "core/engine/known_people.h"
#include "core/govern/approval_render.h"

namespace cordon::engine {

record::AuditOptions auditOptions(const std::filesystem::path& home)
{
    record::AuditOptions options;
    options.home = home;
    options.renderAgain = [](const Value& content) -> Result<std::string> {
        CORDON_TRY(const ApprovalRequest request, ApprovalRequest::fromValue(content));
        return govern::renderRequest(request);
    };
    auto people = knownPeople(home);
    if (people)
        options.people = std::move(*people);
    else
        logWarning(people.error().detail);
    return options;
}

} // namespace cordon::engine
