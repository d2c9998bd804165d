// Commands of people about which alerts belong together: merge, split, move, undo-arrangement, arrangements.
#include "app/ctl/person_wish.h"
#include "core/base/display_escape.h"
#include "core/engine/case_reader.h"

#include <iostream>

namespace cordon::ctl {
namespace {

struct ArrangeWish : PersonWish
{
    std::vector<std::string> named; ///< other incidents, or alerts
};

Value::Array arrayOf(const std::vector<std::string>& texts)
{
    Value::Array all;
    for (const std::string& text : texts)
        all.emplace_back(text);
    return all;
}

int arrangements(const Context& context, const std::string& folder)
{
    const auto reader = engine::CaseReader::open(folder);
    if (!reader)
        return failed(reader.error());
    const auto rows = (*reader)->arrangements();
    if (!rows)
        return failed(rows.error());
    Value::Array all;
    for (const engine::ArrangementRow& row : *rows) {
        all.push_back(Value::Object{{"order", row.id},
                                    {"act", row.act},
                                    {"incident", row.incident},
                                    {"others", arrayOf(row.others)},
                                    {"alerts", arrayOf(row.alerts)},
                                    {"by", row.by},
                                    {"at", row.at.toString()},
                                    {"why", row.why},
                                    {"ledger", row.seq},
                                    {"stands", row.undoneBy.empty()},
                                    {"undone_by", row.undoneBy}});
        if (context.wantsJson)
            continue;
        std::cout << row.id << "  " << row.act << ' ' << row.incident;
        for (const auto* list : {&row.others, &row.alerts}) {
            for (const std::string& id : *list)
                std::cout << ' ' << escapedForDisplay(id);
        }
        std::cout << "  " << escapedForDisplay(row.by) << ": " << escapedForDisplay(row.why)
                  << (row.undoneBy.empty() ? "" : "  (taken back by " + escapedForDisplay(row.undoneBy) + ")") << '\n';
    }
    if (context.wantsJson)
        printJson(Value::Object{{"arrangements", std::move(all)}});
    else if (rows->empty())
        std::cout << "nobody arranged incidents by hand\n";
    return Done;
}

} // namespace

void addArrangingCommands(CLI::App& app, Context& context, int& status)
{
    struct Row
    {
        const char* name;
        const char* what;
        const char* target; ///< what the first argument says
        const char* named;  ///< key of the further ones; null when there are none
    };
    for (const Row& row : {Row{"merge", "merges other incidents into one", "incident", "others"},
                           Row{"split", "takes alerts off an incident: they become an incident of their own, what was done stays where it is shown", "incident", "alerts"},
                           Row{"move", "moves alerts to an incident", "incident", "alerts"},
                           Row{"undo-arrangement", "takes a merge, split or move back", "order", nullptr}}) {
        auto wish = std::make_shared<ArrangeWish>();
        CLI::App* command = app.add_subcommand(row.name, row.what);
        command->add_option("CASE", wish->folder)->required();
        const bool isOrder = row.named == nullptr;
        command->add_option(isOrder ? "ORDER" : "INCIDENT", wish->target, isOrder ? "such as ORD-0001" : "such as INC-0001")
            ->required();
        if (!isOrder)
            command->add_option(std::string(row.named) == "others" ? "OTHER" : "ALERT", wish->named,
                                std::string(row.named) == "others" ? "incidents, such as INC-0002" : "numbers of alerts, such as A-0007 (cordonctl report lists them)")
                ->required();
        command->add_option("--why", wish->reason, "kept in the ledger")->required();
        addFactors(*command, wish);
        command->callback([&context, &status, wish, row] {
            Value args = Value::Object{{row.target, wish->target}, {"why", wish->reason}};
            if (row.named)
                args.set(row.named, arrayOf(wish->named));
            status = told(context, giveCommand(context, *wish, row.name, std::move(args)));
        });
    }
    auto folder = std::make_shared<std::string>();
    CLI::App* all = app.add_subcommand("arrangements", "what people ordered about which alerts belong together");
    all->add_option("CASE", *folder)->required();
    all->callback([&context, &status, folder] { status = arrangements(context, *folder); });
}

} // namespace cordon::ctl
