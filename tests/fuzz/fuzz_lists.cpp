// Any bytes as an inventory, a feed of indicators, a STIX pattern and a record under a watchlist: nothing may crash,
// and what is refused names a place.

#include "core/indicators/feed_parser.h"
#include "core/indicators/stix_pattern.h"
#include "core/indicators/watchlist.h"
#include "core/inventory/inventory.h"
#include "core/inventory/inventory_parser.h"
#include "tests/fuzz/must.h"

using namespace cordon;

namespace {

void tryInventory(std::string_view text)
{
    auto list = inventory::parseInventory(text, "list");
    if (!list)
        return;
    for (const RejectedRecord& row : list->rejected)
        fuzz::must(!row.reason.empty() && row.offset + row.length <= text.size() + 3);
    list->validFor = std::chrono::hours(24);
    inventory::Inventory all;
    TargetFacts facts;
    if (!list->rows.empty())
        facts.target = list->rows.front().entity;
    all.add(std::move(*list));
    all.complete(facts, {});
}

void tryFeed(std::string_view text)
{
    auto list = indicators::parseFeed(text, "feed");
    if (!list)
        return;
    for (const indicators::Indicator& indicator : list->indicators)
        fuzz::must(!indicator.alternatives.empty() && !indicator.id.empty());
    std::vector<indicators::IndicatorList> lists;
    lists.push_back(std::move(*list));
    const indicators::Watchlist watchlist(std::move(lists));
    std::vector<indicators::IndicatorIndex> found;
    watchlist.match({}, text, found);
    for (const indicators::IndicatorIndex index : found)
        fuzz::must(index < watchlist.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 1)
        return 0;
    const std::string_view text = fuzz::textOf(data + 1, size - 1);
    switch (data[0] % 3) {
    case 0:
        tryInventory(text);
        break;
    case 1:
        tryFeed(text);
        break;
    default:
        if (const auto read = indicators::readStixPattern(text))
            fuzz::must(!read->empty());
        break;
    }
    return 0;
}
