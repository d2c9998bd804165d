#include "app/ctl/ctl.h"

#include "core/base/display_escape.h"
#include "core/ingest/time_zone.h"
#include "core/platform/file.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <iostream>

namespace cordon::ctl {

void ImportWish::addTo(CLI::App& command)
{
    constexpr double mostSeconds = 10.0 * 366 * 86400;
    command.add_option("--map", maps, "field map for logs that Cordon does not know")->allow_extra_args(false);
    command.add_option("--zone", zone, "zone of times that name none: Europe/Berlin, UTC, +02:00");
    command.add_option("--clock-offset", clockOffset, "seconds to add to every time of the logs")
        ->check(CLI::Range(-mostSeconds, mostSeconds));
    command.add_option("--year", year, "year of the first syslog time without one")->check(CLI::Range(1970, 2200));
}

Result<ingest::ImportOptions> ImportWish::options() const
{
    constexpr double microsPerSecond = 1e6;
    ingest::ImportOptions import;
    import.zone = zone;
    import.clockOffset = Duration(static_cast<std::int64_t>(clockOffset * microsPerSecond));
    import.year = year;
    if (!zone.empty()) {
        CORDON_TRY([[maybe_unused]] const auto found, ingest::TimeZone::named(zone));
    }
    return import;
}

void printJson(const Value& value)
{
    std::cout << json::write(value) << '\n';
}

namespace {

/// A refusal's code with its sentence, where it came without: "request_void: session_ended".
std::string withSentence(const std::string& detail)
{
    const auto known = words::catalogue().find("approval.refused." + detail.substr(0, detail.find(':')));
    const std::string sentence = known == words::catalogue().end() ? std::string() : std::string(known->second);
    if (sentence.empty() || detail.find(sentence) != std::string::npos)
        return detail;
    const std::size_t colon = detail.find(": ");
    const auto why = words::catalogue().find("approval.void." + (colon == std::string::npos ? std::string() : detail.substr(colon + 2)));
    return detail + ". " + sentence.substr(0, sentence.size() - 1) + (why == words::catalogue().end() ? "." : ": " + std::string(why->second) + ".");
}

} // namespace

int failed(const Error& error)
{
    std::cerr << "cordonctl: " << escapedForDisplay(withSentence(error.detail)) << '\n';
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
    options.evidencePassphrase = context.evidencePassphrase;
    return options;
}

} // namespace cordon::ctl
