#include "core/engine/audit_options.h"

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
    options.people = knownOrNobody(home);
    return options;
}

} // namespace cordon::engine
