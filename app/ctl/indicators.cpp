// Commands about indicators that others share: what is looked for, what was seen, and what an incident gives to others.
#include "app/ctl/holder.h"
#include "app/ctl/person_wish.h"
#include "core/base/display_escape.h"
#include "core/domain/sighting.h"
#include "core/engine/evidence_copies.h"
#include "core/engine/indicator_desk.h"
#include "core/exports/export.h"
#include "core/exports/shared_indicators.h"
#include "core/indicators/feed_parser.h"
#include "core/platform/file.h"

#include <iostream>

namespace cordon::ctl {
namespace {

namespace fs = std::filesystem;

struct FeedWish
{
    std::string file;
    std::string name;
    std::string incident;
    std::string format = "stix";
    bool wantsRejected = false;
};

Value toValue(const indicators::IndicatorList& list, bool wantsRejected)
{
    Value value = Value::Object{{"name", list.name},
                                {"indicators", static_cast<std::int64_t>(list.indicators.size())},
                                {"rejected", static_cast<std::int64_t>(list.rejected.size())},
                                {"by", list.by},
                                {"ledger", list.seq},
                                {"sha256", list.digest}};
    Value::Array rows;
    for (std::size_t i = 0; wantsRejected && i < list.rejected.size(); ++i)
        rows.push_back(Value::Object{{"file", list.rejected[i].file}, {"reason", list.rejected[i].reason}});
    if (wantsRejected)
        value.set("rejected_rows", std::move(rows));
    return value;
}

void print(const indicators::IndicatorList& list, bool wantsRejected)
{
    std::cout << escapedForDisplay(list.name) << "  " << list.indicators.size() << " indicators, "
              << list.rejected.size() << " not matched" << (list.by.empty() ? "" : "  " + list.by) << '\n';
    for (std::size_t i = 0; wantsRejected && i < list.rejected.size(); ++i)
        std::cout << "  " << escapedForDisplay(list.rejected[i].file) << ": " << list.rejected[i].reason << '\n';
}

int check(const Context& context, const FeedWish& wish)
{
    const auto text = platform::readFile(wish.file, indicators::mostFeedBytes);
    const auto list =
        text ? indicators::parseFeed(*text, wish.file) : Result<indicators::IndicatorList>(fail(text.error()));
    if (!list)
        return failed(list.error());
    if (context.wantsJson)
        printJson(toValue(*list, true));
    else
        print(*list, true);
    return list->indicators.empty() ? Bad : Done;
}

Result<Value> import(const Context& context, const PersonWish& person, const FeedWish& wish)
{
    if (!record::isCase(person.folder))
        return fail(ErrorCode::NotFound, person.folder + ": no case here");
    CORDON_TRY(const auto text, platform::readFile(wish.file, indicators::mostFeedBytes));
    const std::string source = escapedForDisplay(fs::path(wish.file).filename().string());
    CORDON_TRY(const auto list, indicators::parseFeed(text, source));
    CORDON_TRY(const auto vault, engine::vaultOf(person.folder, context.home));
    CORDON_TRY(const Digest digest, engine::sealFile(vault, wish.file));
    CORDON_TRY(Value answer,
               giveCommand(context, person, "indicators-import",
                           Value::Object{{"digest", digest.hex()}, {"source", source}, {"name", wish.name}}));
    answer.set("indicators", static_cast<std::int64_t>(list.indicators.size()));
    answer.set("rejected", static_cast<std::int64_t>(list.rejected.size()));
    answer.set("sha256", digest.hex());
    return answer;
}

int list(const Context& context, const std::string& folder, const FeedWish& wish)
{
    const auto read = [&]() -> Result<std::vector<indicators::IndicatorList>> {
        CORDON_CHECK(mendIndex(context, folder));
        CORDON_TRY(const auto index, record::CaseIndexReader::open(record::databasePath(folder)));
        CORDON_TRY(const auto vault, engine::vaultOf(folder, context.home));
        CORDON_TRY(const auto unproven, engine::findUnprovenActs(folder, context.home));
        return engine::indicatorsOf(index->queries(), vault, unproven);
    }();
    if (!read)
        return failed(read.error());
    Value::Array all;
    for (const indicators::IndicatorList& one : *read) {
        all.push_back(toValue(one, wish.wantsRejected));
        if (!context.wantsJson)
            print(one, wish.wantsRejected);
    }
    if (context.wantsJson)
        printJson(Value(std::move(all)));
    else if (read->empty())
        std::cout << "no indicators yet: cordonctl indicators import CASE FILE --as USER\n";
    return Done;
}

/// What was seen of all lists, in which incident.
int search(const Context& context, const std::string& folder, const FeedWish& wish)
{
    Value::Array all;
    const auto read = [&]() -> Result<void> {
        CORDON_CHECK(mendIndex(context, folder));
        CORDON_TRY(const auto contents, exports::CaseContents::open(folder));
        return contents->eachAlert(wish.incident, [&](const Value& alert) -> Result<void> {
            if (!alert["rule"].asString().starts_with(sightingRule))
                return {};
            all.push_back(Value::Object{{"indicator", alert["rule"]},
                                        {"what", alert["description"]},
                                        {"list", alert["author"]},
                                        {"first", alert["time"]},
                                        {"last", alert["last"]},
                                        {"incident", alert["incident"]},
                                        {"events", alert["events"]}});
            if (!context.wantsJson)
                std::cout << alert["time"].asString() << "  " << alert["incident"].asString() << "  "
                          << escapedForDisplay(alert["description"].asString()) << "  "
                          << alert["events"].asArray().size() << " record(s)\n";
            return {};
        });
    }();
    if (!read)
        return failed(read.error());
    if (context.wantsJson)
        printJson(Value(std::move(all)));
    else if (all.empty())
        std::cout << "no indicator was seen in the records of this case\n";
    return Done;
}

int share(const std::string& folder, const FeedWish& wish)
{
    const auto written = [&]() -> Result<int> {
        if (wish.format == "stix") {
            CORDON_CHECK(exports::writeExport(folder, {"stix", wish.incident, {}, {}, {}}, std::cout));
            return 0;
        }
        CORDON_TRY(const auto contents, exports::CaseContents::open(folder));
        int heldBack = 0;
        CORDON_CHECK(exports::writeIndicatorTable(*contents, wish.incident, std::cout, heldBack));
        return heldBack;
    }();
    if (!written)
        return failed(written.error());
    if (*written > 0)
        std::cerr << *written << " indicator(s) marked TLP:RED were left out\n";
    return Done;
}

} // namespace

void addIndicatorCommands(CLI::App& app, Context& context, int& status)
{
    CLI::App* group = app.add_subcommand("indicators", "what others say is bad: looked for in records, shared again");
    group->require_subcommand(1);
    auto person = std::make_shared<PersonWish>();
    auto wish = std::make_shared<FeedWish>();
    auto folder = std::make_shared<std::string>();
    CLI::App* bring = group->add_subcommand(
        "import", "takes STIX 2.1, MISP or CSV into a case and searches what was read; a person signs");
    bring->add_option("CASE", person->folder)->required();
    bring->add_option("FILE", wish->file)->required();
    bring->add_option("--name", wish->name, "a later list of the same name replaces it");
    addFactors(*bring, person);
    bring->callback([&context, &status, person, wish] { status = told(context, import(context, *person, *wish)); });
    CLI::App* all = group->add_subcommand("list", "lists of a case, and what of them is not matched");
    all->add_option("CASE", *folder)->required();
    all->add_flag("--rejected", wish->wantsRejected);
    all->callback([&context, &status, folder, wish] { status = list(context, *folder, *wish); });
    CLI::App* seen = group->add_subcommand("search", "indicators that stand in records of the case");
    seen->add_option("CASE", *folder)->required();
    seen->add_option("--incident", wish->incident);
    seen->callback([&context, &status, folder, wish] { status = search(context, *folder, *wish); });
    CLI::App* out = group->add_subcommand("export", "what an incident gives others to look for");
    out->add_option("CASE", *folder)->required();
    out->add_option("--incident", wish->incident)->required();
    out->add_option("--format", wish->format)->check(CLI::IsMember({"stix", "csv"}));
    out->callback([&status, folder, wish] { status = share(*folder, *wish); });
    CLI::App* looked = group->add_subcommand("check", "reads a list and says what it would give; no case is touched");
    looked->add_option("FILE", wish->file)->required();
    looked->callback([&context, &status, wish] { status = check(context, *wish); });
}

} // namespace cordon::ctl
