// Commands of people about a proposed sequence: what comes first, what is added, changed, left out and taken back.
#include "app/ctl/person_wish.h"

#include <charconv>
#include <fstream>

namespace cordon::ctl {
namespace {

struct StepWish : PersonWish
{
    std::string verb;
    std::string entity;
    std::string before;
    std::string after;
    std::string lease;
    std::vector<std::string> params; ///< name=value
    std::string proposal;            ///< file
};

Value paramValue(const std::string& text)
{
    if (text == "true" || text == "false")
        return text == "true";
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? Value(number) : Value(text);
}

/// The file's first bytes: what is longer than a proposal may be is refused for that by whoever reads it.
std::string contentOf(const std::string& path)
{
    constexpr std::size_t most = 20'000;
    std::ifstream stream(path, std::ios::binary);
    std::string text(most, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(most));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

Value argsOf(const StepWish& wish, const char* about)
{
    Value args = Value::Object{{about, wish.target}, {"why", wish.reason}};
    const auto set = [&](const char* key, const std::string& text) {
        if (!text.empty())
            args.set(key, text);
    };
    set("verb", wish.verb);
    set("target", wish.entity);
    set("before", wish.before);
    set("after", wish.after);
    set("lease", wish.lease);
    set("proposal", wish.proposal.empty() ? std::string() : contentOf(wish.proposal));
    if (!wish.params.empty()) {
        Value params = Value::Object{};
        for (const std::string& param : wish.params)
            params.set(param.substr(0, param.find('=')), paramValue(param.substr(param.find('=') + 1)));
        args.set("params", std::move(params));
    }
    return args;
}

std::string hasName(const std::string& param)
{
    const auto sign = param.find('=');
    return sign == std::string::npos || sign == 0 ? "a parameter is name=value" : std::string();
}

std::string isVerb(const std::string& name)
{
    if (findVerb(name))
        return {};
    std::string all;
    for (const Verb& verb : verbCatalogue())
        all += (all.empty() ? "" : ", ") + std::string(verb.name);
    return "no verb '" + name + "'; there are " + all;
}

} // namespace

void addSequenceCommands(CLI::App& app, Context& context, int& status)
{
    CLI::App* step = app.add_subcommand("step", "changes a proposed sequence; what comes out is judged like any other step");
    step->require_subcommand(1);
    const auto add = [&](const char* name, const char* what, const char* command, const char* about) {
        auto wish = std::make_shared<StepWish>();
        CLI::App* one = step->add_subcommand(name, what);
        one->add_option("CASE", wish->folder)->required();
        one->add_option(std::string(about) == "step" ? "STEP" : "INCIDENT", wish->target)->required();
        one->add_option("--why", wish->reason, "kept in the ledger")->required();
        addFactors(*one, wish);
        one->callback([&context, &status, wish, command, about] {
            status = told(context, giveCommand(context, *wish, command, argsOf(*wish, about)));
        });
        return std::pair(one, wish);
    };
    const auto [move, moved] = add("move", "puts a step before or after another", "step-move", "step");
    auto* before = move->add_option("--before", moved->before, "the step that it comes before");
    move->add_option("--after", moved->after, "the step that it comes after")->excludes(before);
    const auto [adding, made] = add("add", "adds a step", "step-add", "incident");
    adding->add_option("--verb", made->verb, "of the catalogue, such as session.revoke")->required()->check(isVerb);
    adding->add_option("--target", made->entity, "kind:id, such as role:arn:aws:iam::111122223333:role/build")->required();
    adding->add_option("--param", made->params, "name=value, as the verb takes it")->check(hasName);
    adding->add_option("--before", made->before, "the step that it comes before; last when left out");
    const auto [edit, changed] = add("edit", "changes target, parameters or lease of a step", "step-edit", "step");
    edit->add_option("--target", changed->entity, "kind:id");
    edit->add_option("--param", changed->params, "name=value, as the verb takes it")->check(hasName);
    edit->add_option("--lease", changed->lease, "no longer than this, such as 4h");
    const auto [accept, taken] = add("accept", "takes a sequence that an assistant wrote; its first low step runs by itself, every later one waits",
                                     "sequence-accept", "incident");
    accept->add_option("--proposal", taken->proposal, "the file that it wrote: docs/formats/proposal.md")->required()->check(CLI::ExistingFile);
    add("drop", "leaves a step out", "skip", "step");
    add("restore", "takes a step back that somebody left out", "step-restore", "step");
}

} // namespace cordon::ctl
