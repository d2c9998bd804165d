// Whether playbooks, maps, rules and mandate patterns are those the program was built with, and a person's word for others.
#include "app/ctl/ctl.h"
#include "core/engine/supply.h"

#include <iostream>
#include <memory>

namespace cordon::ctl {
namespace {

Value toValue(const std::vector<engine::SupplyItem>& items)
{
    Value::Array rows;
    for (const engine::SupplyItem& item : items)
        rows.push_back(Value::Object{{"file", item.file}, {"expected", item.expected}, {"actual", item.actual}});
    return rows;
}

int check(const Context& context)
{
    const auto found = engine::checkSupply(context.resources, context.home);
    if (!found)
        return failed(found.error());
    if (context.wantsJson) {
        printJson(Value::Object{{"refused", toValue(found->refused)}, {"pinned", toValue(found->added)}});
    } else {
        for (const engine::SupplyItem& item : found->refused)
            std::cout << "refused  " << item.file << ": " << item.actual << ", expected " << item.expected << '\n';
        for (const engine::SupplyItem& item : found->added)
            std::cout << "pinned   " << item.file << ": " << item.actual << '\n';
        std::cout << (found->refused.empty() ? "every resource is as expected\n" : "");
    }
    return found->refused.empty() ? Done : Bad;
}

} // namespace

void addResourceCommands(CLI::App& app, Context& context, int& status)
{
    CLI::App* resources = app.add_subcommand("resources", "playbooks, maps, rules and mandate patterns: are they as built");
    resources->require_subcommand(1);
    resources->add_subcommand("check", "compare all with their digests")->callback([&context, &status] {
        status = check(context);
    });
    CLI::App* accept = resources->add_subcommand("accept", "believe these files as they are now");
    auto files = std::make_shared<std::vector<std::string>>();
    accept->add_option("FILE", *files, "below the resources, such as playbooks/own.json")->required();
    accept->callback([&context, &status, files] {
        const auto accepted = engine::acceptSupply(context.resources, context.home, *files);
        status = accepted ? static_cast<int>(Done) : failed(accepted.error());
    });
}

} // namespace cordon::ctl
