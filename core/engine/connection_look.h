#pragma once

#include "core/act/connector_settings.h"
#include "core/domain/text.h"
#include "core/engine/mandate_change.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace cordon::engine {

/// Where the settings of an installation's systems lie, for programs that are told of no other file.
[[nodiscard]] std::filesystem::path systemsFile(const std::filesystem::path& home);

/// The systems of a settings file. One mandate is for one environment, and so is what acts under it.
/// ErrorCode::NotFound without the file, Invalid when it cannot be used.
[[nodiscard]] Result<std::vector<act::ConnectorSettings>> systemsIn(const std::filesystem::path& file);

/// What somebody may know before they have a case act on real systems: whether it could, and if not, why.
struct ConnectionLook
{
    std::filesystem::path settings;
    std::vector<act::ConnectorSettings> systems; ///< empty when the settings cannot be used
    std::string mandate;                         ///< id of the one in force
    std::int64_t revision = 0;
    Timestamp validUntil;
    std::vector<std::string> withoutCredential; ///< names of systems for which none is kept
    /// Code and arguments of `words`: "connection.no_settings" {file}, "connection.bad_settings" {why}, "connection.no_key",
    /// "connection.no_mandate" {environment, why}, "connection.no_vault".
    std::optional<Text> problem;

    [[nodiscard]] std::string environment() const { return systems.empty() ? std::string() : systems.front().environment; }
};
/// Takes no secret and asks no system. Reads files: not for a GUI thread.
[[nodiscard]] ConnectionLook lookAtConnection(const std::filesystem::path& home, const std::filesystem::path& settings, Timestamp now);

} // namespace cordon::engine
