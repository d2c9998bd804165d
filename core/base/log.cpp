#include "core/base/log.h"

#include "core/base/display_escape.h"
#include "core/base/secret_shapes.h"

#include <cstdlib>
#include <memory>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace cordon {
namespace {

spdlog::logger& logger()
{
    static const std::shared_ptr<spdlog::logger> instance = [] {
        auto made = std::make_shared<spdlog::logger>("cordon", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("cordon: %l: %v");
        const char* wanted = std::getenv("CORDON_LOG");
        made->set_level(wanted ? spdlog::level::from_str(wanted) : spdlog::level::warn);
        return made;
    }();
    return *instance;
}

} // namespace

void logDebug(std::string_view message)
{
    logger().debug("{}", withoutSecrets(escapedForDisplay(message)));
}

void logInfo(std::string_view message)
{
    logger().info("{}", withoutSecrets(escapedForDisplay(message)));
}

void logWarning(std::string_view message)
{
    logger().warn("{}", withoutSecrets(escapedForDisplay(message)));
}

void logError(std::string_view message)
{
    logger().error("{}", withoutSecrets(escapedForDisplay(message)));
}

} // namespace cordon
