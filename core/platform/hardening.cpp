#include "core/platform/hardening.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace cordon::platform {

bool forbidCoreFiles()
{
    const rlimit none{0, 0};
    return ::setrlimit(RLIMIT_CORE, &none) == 0;
}

bool closeToOthers()
{
    return forbidCoreFiles() && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

} // namespace cordon::platform
