#pragma once

#include "core/base/result.h"
#include "core/engine/engine.h"
#include "core/value/value.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace cordon::ctl {

/// Exit statuses of docs/formats/cli.md.
enum ExitStatus { Done = 0, Bad = 1, Incomplete = 2, CannotTell = 3, Usage = 64, InternalError = 70 };

/// What every command knows.
struct Context
{
    std::filesystem::path program;   ///< of cordonctl itself; the approval program lies beside it
    std::filesystem::path home;
    std::filesystem::path resources;
    bool wantsJson = false;
    std::shared_ptr<const crypto::SecretBytes> evidencePassphrase; ///< null: none was given
};

// Each adds its commands; the chosen one leaves its exit status in `status`.
void addDetect(CLI::App& app, Context& context, int& status);
void addRun(CLI::App& app, Context& context, int& status);
void addPeopleCommands(CLI::App& app, Context& context, int& status);
void addRequestCommands(CLI::App& app, Context& context, int& status);
void addPeopleOffice(CLI::App& app, Context& context, int& status);
void addRuleCommands(CLI::App& app, Context& context, int& status);
void addCheckCommands(CLI::App& app, Context& context, int& status);
void addMandateCommands(CLI::App& app, Context& context, int& status);
void addResourceCommands(CLI::App& app, Context& context, int& status);
void addRecordCommands(CLI::App& app, Context& context, int& status);
void addAnchorCommands(CLI::App& app, Context& context, int& status);
void addReview(CLI::App& app, Context& context, int& status);
void addReplay(CLI::App& app, Context& context, int& status);
void addHandoverCommands(CLI::App& app, Context& context, int& status);
void addListCommands(CLI::App& app, Context& context, int& status);
void addIndicatorCommands(CLI::App& app, Context& context, int& status);
void addEvidenceCommands(CLI::App& app, Context& context, int& status);
void addConnectCommands(CLI::App& app, Context& context, int& status);
void addArrangingCommands(CLI::App& app, Context& context, int& status);
void addPlaybookCommands(CLI::App& app, Context& context, int& status);
void addSequenceCommands(CLI::App& app, Context& context, int& status);

/// What `run` and `detect` may be told of the logs.
struct ImportWish
{
    std::vector<std::string> maps;
    std::string zone;
    double clockOffset = 0; ///< seconds
    int year = 0;

    void addTo(CLI::App& command);
    /// ErrorCode::Invalid or NotFound when the zone is none.
    [[nodiscard]] Result<ingest::ImportOptions> options() const;
};

/// Prints one JSON document on standard output.
void printJson(const Value& value);
/// Says on standard error what went wrong and gives the exit status for it.
int failed(const Error& error);
/// The folder with rules/, playbooks/…: beside the program, in the build tree, or installed.
[[nodiscard]] std::filesystem::path findResources(const std::filesystem::path& program);
/// The options that open an existing case as its holder and read nothing.
[[nodiscard]] engine::EngineOptions openOptions(const Context& context, const std::string& caseFolder);

} // namespace cordon::ctl
