// Commands of people that change no containment.
#include "app/ctl/person_id.h"
#include "app/ctl/person_wish.h"
#include "core/engine/people_office.h"
#include "core/record/case_folder.h"

#include <iostream>

namespace cordon::ctl {
namespace {

/// Notes, who works on what, steps left out.
void addTexts(CLI::App& app, Context& context, int& status)
{
    struct Row
    {
        const char* name;
        const char* what;
        const char* target; ///< of the command's arguments
        const char* text;
    };
    for (const Row& row : {Row{"note", "keeps a note on an incident", "incident", "text"},
                           Row{"assign", "says who works on an incident", "incident", "to"},
                           Row{"skip", "leaves a step out", "step", "why"}}) {
        auto wish = std::make_shared<PersonWish>();
        CLI::App* command = app.add_subcommand(row.name, row.what);
        command->add_option("CASE", wish->folder)->required();
        command->add_option(std::string(row.target) == "step" ? "STEP" : "INCIDENT", wish->target)->required();
        auto* text = command->add_option(std::string("--") + row.text, wish->reason)->required();
        if (std::string(row.text) == "to")
            text->transform(personId);
        addFactors(*command, wish);
        command->callback([&context, &status, wish, row] {
            status = told(context, giveCommand(context, *wish, row.name,
                                               Value::Object{{row.target, wish->target}, {row.text, wish->reason}}));
        });
    }
}

/// Somebody of this installation, whose vault may lie on another machine than the exercise: there the command is signed
/// for the exercise's ledger and printed, and whoever holds the case takes it as a reply.
void addJoin(CLI::App& app, Context& context, int& status)
{
    auto wish = std::make_shared<PersonWish>();
    auto ledger = std::make_shared<std::string>();
    CLI::App* join = app.add_subcommand("join", "takes a person of this installation into an exercise");
    auto* folder = join->add_option("CASE", wish->folder);
    join->add_option("--ledger", *ledger, "of an exercise on another machine: prints the signed command for `reply` there")
        ->excludes(folder);
    addFactors(*join, wish);
    join->callback([&context, &status, wish, ledger] {
        if (!ledger->empty()) {
            const auto text = signFor(context, *wish, "join", Value::Object{}, *ledger);
            if (text)
                std::cout << *text;
            status = text ? static_cast<int>(Done) : failed(text.error());
            return;
        }
        if (wish->folder.empty()) {
            std::cerr << "cordonctl: join: name the CASE, or its ledger with --ledger\n";
            status = Usage;
            return;
        }
        const auto origin = record::caseOrigin(wish->folder);
        const auto roll = engine::PeopleOffice::roll(context.home);
        if (origin && roll && !roll->people().find(wish->person)) {
            status = failed({ErrorCode::Denied, "person_unknown: " + wish->person + " is not enrolled in " + context.home.string() +
                                                    ". Enrol them (cordonctl people enrol), or bring their act from the other machine (cordonctl people import)"});
            return;
        }
        if (origin && !hasVault(context, *wish)) {
            status = failed({ErrorCode::NotFound, "the vault of " + wish->person + " is not on this machine. On theirs: cordonctl join --ledger " +
                                                      *origin + " --as " + wish->person +
                                                      " > join.txt; then here, within ten minutes: cordonctl reply CASE join.txt"});
            return;
        }
        status = told(context, giveCommand(context, *wish, "join", Value::Object{}));
    });
}

/// The verdict on an incident, signed by the person; what it says is checked by whoever holds the case.
void addClosingCommands(CLI::App& app, Context& context, int& status)
{
    auto wish = std::make_shared<PersonWish>();
    auto verdict = std::make_shared<std::string>();
    CLI::App* close = app.add_subcommand("close", "closes an incident with a verdict; leases run on");
    close->add_option("CASE", wish->folder)->required();
    close->add_option("INCIDENT", wish->target, "such as INC-0001")->required();
    close->add_option("--verdict", *verdict)->required()->check(CLI::IsMember({"true_positive", "false_positive", "benign"}));
    close->add_option("--reason", wish->reason, "kept in the ledger")->required();
    addFactors(*close, wish);
    close->callback([&context, &status, wish, verdict] {
        status = told(context, giveCommand(context, *wish, "close",
                                           Value::Object{{"incident", wish->target},
                                                         {"verdict", *verdict},
                                                         {"reason", wish->reason}}));
    });
    auto again = std::make_shared<PersonWish>();
    CLI::App* reopen = app.add_subcommand("reopen", "opens a closed incident again");
    reopen->add_option("CASE", again->folder)->required();
    reopen->add_option("INCIDENT", again->target)->required();
    reopen->add_option("--reason", again->reason, "kept in the ledger")->required();
    addFactors(*reopen, again);
    reopen->callback([&context, &status, wish = again] {
        status = told(context, giveCommand(context, *wish, "reopen",
                                           Value::Object{{"incident", wish->target}, {"reason", wish->reason}}));
    });
}

} // namespace

void addSmallCommands(CLI::App& app, Context& context, int& status)
{
    addTexts(app, context, status);
    addJoin(app, context, status);
    addClosingCommands(app, context, status);
}

} // namespace cordon::ctl
