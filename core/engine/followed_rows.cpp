#include "core/engine/followed_rows.h"

#include "core/engine/case_documents.h"
#include "core/value/json.h"

#include <algorithm>
#include <set>

namespace cordon::engine {
namespace {

/// Kinds of which a source fell silent and did not speak since.
Result<std::set<std::string>> quietKinds(record::CaseQueries& queries)
{
    std::set<std::string> kinds;
    CORDON_TRY(const auto sources, queries.documents(documents::quietKind));
    for (const auto& [source, text] : sources) {
        CORDON_TRY(const Value state, json::parse(text));
        if (state["told"].asBool())
            kinds.insert(source.substr(0, source.find(' ')));
    }
    return kinds;
}

FollowedRow rowFrom(const record::FollowedSum& sum)
{
    FollowedRow row;
    row.root = sum.root;
    row.kind = sum.kind;
    row.files = sum.files;
    row.events = sum.events;
    row.rejected = sum.rejected;
    row.duplicates = sum.duplicates;
    row.bytes = sum.bytes;
    row.first = sum.first;
    row.last = sum.last;
    row.arrived = sum.arrived;
    if (sum.events > 0 && sum.arrived > sum.last)
        row.lag = sum.arrived - sum.last;
    return row;
}

} // namespace

Result<std::vector<FollowedRow>> followedRows(record::CaseQueries& queries)
{
    CORDON_TRY(const auto sums, queries.followedSums());
    CORDON_TRY(const auto counts, queries.followedCounts());
    CORDON_TRY(const auto quiet, quietKinds(queries));
    CORDON_TRY(const auto pages, queries.documents(documents::followKind));
    std::vector<FollowedRow> rows;
    for (const record::FollowedSum& sum : sums)
        rows.push_back(rowFrom(sum));
    for (const auto& page : pages) {
        FollowedRow empty;
        empty.root = page.first;
        if (std::none_of(rows.begin(), rows.end(), [&](const FollowedRow& row) { return row.root == page.first; }))
            rows.push_back(std::move(empty));
    }
    for (FollowedRow& row : rows) {
        const auto page = std::find_if(pages.begin(), pages.end(), [&](const auto& one) { return one.first == row.root; });
        if (page == pages.end()) {
            row.state = FollowedRow::State::Ended;
            continue;
        }
        CORDON_TRY(const Value state, json::parse(page->second));
        row.reason = state["problem"].asString();
        for (const record::FollowedCount& count : counts) {
            if (count.root == row.root && count.state == FollowState::Failed && row.reason.empty())
                row.reason = count.reason;
        }
        if (!row.reason.empty())
            row.state = FollowedRow::State::Failed;
        else if (state["reading"].asBool())
            row.state = FollowedRow::State::Reading;
        else if (quiet.contains(row.kind))
            row.state = FollowedRow::State::Quiet;
    }
    return rows;
}

} // namespace cordon::engine
