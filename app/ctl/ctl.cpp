#include "app/ctl/ctl.h"

#include "core/base/display_escape.h"
#include "core/platform/file.h"
#include "core/value/json.h"

#include <iostream>

namespace cordon::ctl {

void printJson(const Value& value)
{
    std::cout << json::write(value) << '\n';
}

int failed(const Error& error)
{
    std::cerr << "cordonctl: " << escapedForDisplay(error.detail) << '\n';
    switch (error.code) {
    case ErrorCode::Internal: return InternalError;
    case ErrorCode::Incomplete:
    case ErrorCode::Cancelled: return Incomplete;
    case ErrorCode::Untrusted: return CannotTell;
    default: return Bad;
    }
}

std::filesystem::path findResources(const std::filesystem::path& program)
{
    if (const std::string named = platform::environment("CORDON_RESOURCES"); !named.empty())
        return named;
    // build/PRESET/bin/cordonctl, PREFIX/bin/cordonctl
    for (const char* place : {"../../../resources", "../share/cordon", "resources"}) {
        const std::filesystem::path folder = (program.parent_path() / place).lexically_normal();
        if (std::filesystem::exists(folder / "field_maps"))
            return folder;
    }
    return "/usr/share/cordon";
}

engine::EngineOptions openOptions(const Context& context, const std::string& caseFolder)
{
    engine::EngineOptions options;
    options.folder = caseFolder;
    options.home = context.home;
    options.resources = context.resources;
    return options;
}

} // namespace cordon::ctl
