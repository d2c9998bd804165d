#include "core/indicators/feed_draft.h"
#include "core/value/csv.h"

#include <algorithm>
#include <map>

namespace cordon::indicators {
namespace {

std::string lower(std::string text)
{
    for (char& letter : text) {
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    }
    return text;
}

std::optional<TermKind> kindNamed(const std::string& name)
{
    static const std::map<std::string, TermKind> others{{"ipv4", TermKind::Address},
                                                        {"ipv6", TermKind::Address},
                                                        {"address", TermKind::Address},
                                                        {"cidr", TermKind::Network},
                                                        {"host", TermKind::Domain},
                                                        {"hostname", TermKind::Domain},
                                                        {"md5", TermKind::Hash},
                                                        {"sha1", TermKind::Hash},
                                                        {"sha256", TermKind::Hash},
                                                        {"sha512", TermKind::Hash},
                                                        {"certificate", TermKind::Hash},
                                                        {"user", TermKind::Account},
                                                        {"access_key", TermKind::Credential},
                                                        {"user-agent", TermKind::UserAgent}};
    const auto other = others.find(name);
    return other == others.end() ? termKindFrom(name) : std::optional(other->second);
}

/// One row; English when it cannot be matched.
Result<Indicator> indicatorFrom(const std::map<std::string, std::string>& cells)
{
    const auto at = [&cells](const char* column) {
        const auto found = cells.find(column);
        return found == cells.end() ? std::string() : found->second;
    };
    Indicator indicator;
    const auto kind = kindNamed(lower(at("type")));
    if (!kind)
        return fail(ErrorCode::Invalid, "'type' is none that is looked for");
    CORDON_TRY(Term term, normalTerm(*kind, at("value")));
    indicator.text = std::string(toString(term.kind)) + " " + term.value;
    indicator.alternatives = {{std::move(term)}};
    indicator.id = at("id");
    indicator.name = at("name");
    if (const std::string tlp = at("tlp"); !tlp.empty()) {
        const auto known = tlpFrom(tlp);
        if (!known)
            return fail(ErrorCode::Invalid, "'tlp' is none of clear, green, amber, amber+strict, red");
        indicator.tlp = *known;
    }
    for (const auto& [column, time] :
         {std::pair("valid_from", &indicator.validFrom), std::pair("valid_until", &indicator.validUntil)}) {
        const std::string said = at(column);
        *time = timeIn(said);
        if (!said.empty() && !*time)
            return fail(ErrorCode::Invalid, std::string("'") + column + "' is no time");
    }
    return indicator;
}

} // namespace

Result<void> readTable(std::string_view text, FeedDraft& draft)
{
    csv::RowReader reader(text, csv::separatorOf(text));
    const auto header = reader.next();
    if (!header || !header->problem.empty())
        return fail(ErrorCode::Invalid, "line 1: " + (header ? header->problem : std::string("the file is empty")));
    std::vector<std::string> columns;
    for (const std::string& cell : header->cells)
        columns.push_back(lower(cell));
    for (const char* needed : {"type", "value"}) {
        if (std::count(columns.begin(), columns.end(), needed) != 1)
            return fail(ErrorCode::Invalid, std::string("line 1: the header names a column '") + needed + "' once");
    }
    while (const auto row = reader.next()) {
        if (!row->problem.empty() || row->cells.size() > columns.size()) {
            draft.reject(row->line, {}, row->problem.empty() ? "more cells than columns" : row->problem, row->offset,
                         row->length);
            continue;
        }
        std::map<std::string, std::string> cells;
        for (std::size_t i = 0; i < row->cells.size(); ++i)
            cells.emplace(columns[i], row->cells[i]);
        auto indicator = indicatorFrom(cells);
        if (!indicator) {
            draft.reject(row->line, {}, indicator.error().detail, row->offset, row->length);
            continue;
        }
        indicator->line = row->line;
        draft.take(std::move(*indicator));
    }
    return {};
}

} // namespace cordon::indicators
