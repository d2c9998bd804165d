// cordonctl: the console without a screen. Parses arguments and calls one command of app/ctl.
#include "app/ctl/ctl.h"
#include "core/engine/version.h"
#include "core/platform/file.h"
#include "core/platform/hardening.h"

#include <cstdio>
#include <iostream>
#include <sys/stat.h>

namespace {

/// What belongs together stands together in `--help`, in the order of work.
void group(CLI::App& app)
{
    const std::pair<const char*, std::vector<const char*>> groups[]{
        {"Logs and rules", {"detect", "run", "replay", "rules", "playbook", "resources"}},
        {"What a case holds", {"report", "why", "exhibit", "evidence", "inventory", "indicators", "arrangements"}},
        {"Deciding", {"approve", "deny", "request", "reply", "ask-again", "present", "step", "skip", "undo", "keep", "done-elsewhere"}},
        {"Incidents", {"note", "assign", "close", "reopen", "merge", "split", "move", "undo-arrangement"}},
        {"The agent", {"halt", "resume", "continue", "mandate", "gate"}},
        {"People and systems", {"people", "join", "connect"}},
        {"The record", {"verify", "seal", "review", "export", "anchor", "keys", "rebuild"}}};
    for (const auto& [title, names] : groups) {
        for (const char* name : names)
            app.get_subcommand(name)->group(title);
    }
}

} // namespace

int main(int argc, char** argv)
{
    using namespace cordon;
    umask(077); // cases, keys and homes are for their owner alone
    if (!platform::forbidCoreFiles()) { // they would hold the keys that are in use
        std::fputs("cordonctl: core files could not be switched off\n", stderr);
        return 1;
    }
    CLI::App app{"Cordon without a screen: detect, contain, approve and verify from a terminal.", "cordonctl"};
    app.set_version_flag("--version", engine::versionText);
    app.require_subcommand(1);
    app.fallthrough();

    ctl::Context context;
    std::error_code error;
    context.program = std::filesystem::read_symlink("/proc/self/exe", error);
    context.home = platform::cordonHome();
    context.resources = ctl::findResources(context.program);
    app.add_flag("--json", context.wantsJson, "one JSON document on standard output");
    app.add_option("--home", context.home, "instead of $CORDON_HOME");
    app.add_option("--resources", context.resources, "folder with rules, playbooks, mandates and field maps");

    app.add_option_function<int>(
        "--evidence-passphrase-fd",
        [&context](int descriptor) {
            auto text = platform::readFile("/proc/self/fd/" + std::to_string(descriptor), 4096);
            if (!text)
                throw CLI::ValidationError("--evidence-passphrase-fd", text.error().detail);
            while (text->ends_with('\n'))
                text->pop_back();
            context.evidencePassphrase =
                std::make_shared<const crypto::SecretBytes>(crypto::SecretBytes::copyOf(*text));
            crypto::wipe(*text);
        },
        "file descriptor that gives the passphrase of a case's evidence key");

    int status = ctl::Done;
    ctl::addDetect(app, context, status);
    ctl::addRun(app, context, status);
    ctl::addPeopleCommands(app, context, status);
    ctl::addRequestCommands(app, context, status);
    ctl::addPeopleOffice(app, context, status);
    ctl::addRuleCommands(app, context, status);
    ctl::addCheckCommands(app, context, status);
    ctl::addMandateCommands(app, context, status);
    ctl::addResourceCommands(app, context, status);
    ctl::addRecordCommands(app, context, status);
    ctl::addAnchorCommands(app, context, status);
    ctl::addReview(app, context, status);
    ctl::addReplay(app, context, status);
    ctl::addHandoverCommands(app, context, status);
    ctl::addEvidenceCommands(app, context, status);
    ctl::addConnectCommands(app, context, status);
    ctl::addListCommands(app, context, status);
    ctl::addArrangingCommands(app, context, status);
    ctl::addPlaybookCommands(app, context, status);
    ctl::addSequenceCommands(app, context, status);
    ctl::addIndicatorCommands(app, context, status);
    group(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& parse) {
        return app.exit(parse, std::cout, std::cerr) == 0 ? static_cast<int>(ctl::Done)
                                                          : static_cast<int>(ctl::Usage);
    } catch (const std::exception& other) {
        std::cerr << "cordonctl: internal error: " << other.what() << '\n';
        return ctl::InternalError;
    }
    return status;
}
