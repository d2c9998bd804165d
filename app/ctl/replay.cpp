// Going through a case again with other rules or another mandate, without changing it.
#include "app/ctl/ctl.h"
#include "app/ctl/interrupts.h"
#include "core/engine/sealed_replay.h"

#include <iostream>
#include <memory>
#include <unistd.h>

namespace cordon::ctl {
namespace {

struct AgainWish
{
    std::string place;
    std::vector<std::string> rules;
    std::string placeholders;
    std::string mandate;
    std::string scratch;
    bool isWithoutBuiltin = false;
};

int again(const Context& context, const AgainWish& wish)
{
    engine::ReplayWish replay;
    replay.place = wish.place;
    replay.home = context.home;
    replay.evidencePassphrase = context.evidencePassphrase;
    replay.resources = context.resources;
    replay.rules.assign(wish.rules.begin(), wish.rules.end());
    replay.usesBuiltinRules = !wish.isWithoutBuiltin;
    replay.placeholders = wish.placeholders;
    if (!wish.mandate.empty())
        replay.mandate = wish.mandate;
    replay.scratch = wish.scratch.empty() ? std::filesystem::temp_directory_path() : std::filesystem::path(wish.scratch);
    if (::isatty(STDERR_FILENO) == 1)
        replay.progress = [](const std::string& stage) { std::cerr << "\r\033[K" << stage << std::flush; };
    const Interrupts interrupts; // what lies in the scratch folder goes away with it
    const auto differences = engine::replayCase(replay, interrupts.token());
    if (replay.progress)
        std::cerr << "\r\033[K";
    if (!differences)
        return failed(differences.error());
    if (context.wantsJson)
        printJson(*differences);
    else
        std::cout << engine::replayText(*differences);
    return Done;
}

} // namespace

void addReplay(CLI::App& app, Context& context, int& status)
{
    auto wish = std::make_shared<AgainWish>();
    CLI::App* replay = app.add_subcommand("replay", "what other rules or another mandate would have made of a case; changes nothing");
    replay->add_option("CASE", wish->place, "folder or X.cordonz")->required();
    replay->add_option("--rules", wish->rules, "rule files and folders")->allow_extra_args(false);
    replay->add_option("--placeholders", wish->placeholders, "values for the modifier expand");
    replay->add_flag("--no-builtin", wish->isWithoutBuiltin, "without Cordon's own rules");
    replay->add_option("--mandate", wish->mandate, "past decisions are judged again under it");
    replay->add_option("--scratch", wish->scratch, "where logs lie meanwhile, for the owner alone; default: the temporary folder");
    replay->callback([&context, &status, wish] { status = again(context, *wish); });
}

} // namespace cordon::ctl
