#include "core/inventory/inventory_parser.h"

#include "core/base/display_escape.h"
#include "core/base/utf8.h"
#include "core/inventory/row_draft.h"
#include "core/value/csv.h"
#include "core/value/json.h"

#include <algorithm>
#include <map>

namespace cordon::inventory {
namespace {

constexpr std::size_t mostRejected = 10'000; ///< listed one by one; the rest is counted in the last

class Collector
{
public:
    Collector(InventoryList& list, const std::string& file)
        : m_list(list)
        , m_file(file)
    {}

    void reject(std::uint64_t offset, std::uint64_t length, std::uint64_t line, const std::string& why)
    {
        if (m_list.rejected.size() < mostRejected)
            m_list.rejected.push_back({m_file, offset, length, "line " + std::to_string(line) + ": " + why});
        else
            ++m_unlisted;
    }

    /// @return false when no more rows may be read
    bool take(const RowDraft& draft, std::uint64_t offset, std::uint64_t length, std::uint64_t line)
    {
        Result<InventoryRow> row = draft.finished();
        if (!row) {
            reject(offset, length, line, row.error().detail);
            return true;
        }
        row->line = line;
        const auto [known, isNew] = m_seen.try_emplace(row->entity, line);
        if (!isNew) {
            reject(offset, length, line, "the same thing stands in line " + std::to_string(known->second));
            return true;
        }
        if (m_list.rows.size() == mostRows) {
            reject(offset, length, line,
                   "more than " + std::to_string(mostRows) + " rows: this and all after it are left out");
            return false;
        }
        m_list.rows.push_back(std::move(*row));
        return true;
    }

    void end()
    {
        if (m_unlisted > 0)
            m_list.rejected.push_back({m_file, 0, 0, "and " + std::to_string(m_unlisted) + " more rows"});
    }

private:
    InventoryList& m_list;
    const std::string& m_file;
    std::map<EntityRef, std::uint64_t> m_seen;
    std::size_t m_unlisted = 0;
};

Result<void> readTable(std::string_view text, Collector& collector, InventoryList& list)
{
    csv::RowReader reader(text, csv::separatorOf(text));
    const auto header = reader.next();
    if (!header || !header->problem.empty())
        return fail(ErrorCode::Invalid, "line 1: " + (header ? header->problem : std::string("the file is empty")));
    std::vector<std::string> columns;
    for (const std::string& cell : header->cells) {
        columns.push_back(lowerCase(cell));
        if (!RowDraft::isColumn(columns.back()))
            list.ignoredColumns.push_back(escapedForDisplay(cell.substr(0, 80)));
    }
    for (const char* needed : {"kind", "id"}) {
        if (std::count(columns.begin(), columns.end(), needed) != 1)
            return fail(ErrorCode::Invalid, std::string("line 1: the header names a column '") + needed + "' once");
    }
    while (auto row = reader.next()) {
        if (row->problem.empty() && row->cells.size() > columns.size())
            row->problem =
                std::to_string(row->cells.size()) + " cells under " + std::to_string(columns.size()) + " columns";
        if (!row->problem.empty()) {
            collector.reject(row->offset, row->length, row->line, row->problem);
            continue;
        }
        RowDraft draft;
        for (std::size_t i = 0; i < row->cells.size(); ++i)
            draft.set(columns[i], row->cells[i]);
        if (!collector.take(draft, row->offset, row->length, row->line))
            break;
    }
    return {};
}

std::string textOf(const Value& value)
{
    if (value.isInt())
        return std::to_string(value.asInt());
    return value.asString();
}

/// Lists become what a cell would hold.
RowDraft draftFrom(const Value& item)
{
    RowDraft draft;
    for (const auto& [name, value] : item.asObject()) {
        std::string joined = textOf(value);
        for (const Value& part : value.asArray())
            joined += (joined.empty() ? "" : ";") + textOf(part);
        draft.set(lowerCase(name), joined);
    }
    return draft;
}

void readHead(const Value& document, InventoryList& list)
{
    list.name = document["name"].asString();
    if (const auto asOf = Timestamp::parse(document["as_of"].asString()))
        list.asOf = *asOf;
    for (const Value& kind : document["authoritative_for"].asArray()) {
        if (const auto known = entityKindFrom(kind.asString()))
            list.authoritativeFor.insert(*known);
    }
}

Result<void> readDocument(std::string_view text, Collector& collector, InventoryList& list)
{
    CORDON_TRY(const Value document, json::parse(text, {8, mostListBytes}));
    readHead(document, list);
    const Value& entities = document.isArray() ? document : document["entities"];
    if (!entities.isArray())
        return fail(ErrorCode::Invalid, "a list of things, or a member 'entities' with one, is missing");
    for (const Value& item : entities.asArray()) {
        const auto line = static_cast<std::uint64_t>(std::max(0, item.line()));
        if (!item.isObject())
            collector.reject(0, 0, line, "no object");
        else if (!collector.take(draftFrom(item), 0, 0, line))
            break;
    }
    return {};
}

/// One object on each line.
void readLines(std::string_view text, Collector& collector)
{
    std::size_t at = 0;
    for (std::uint64_t number = 1; at < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
            const auto item = json::parse(line, {8, 1U << 20U});
            if (!item || !item->isObject())
                collector.reject(at, line.size(), number, item ? "no object" : item.error().detail);
            else if (!collector.take(draftFrom(*item), at, line.size(), number))
                return;
        }
        at = end + 1;
    }
}

/// Two lines at least, the first of them whole by itself.
bool isLines(std::string_view text)
{
    const std::size_t end = text.find('\n');
    if (!text.starts_with('{') || end == std::string_view::npos ||
        text.find_first_not_of(" \t\r\n", end) == std::string_view::npos)
        return false;
    return json::parse(text.substr(0, end), {8, 1U << 20U}).has_value();
}

} // namespace

ListFormat formatOf(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    const bool isJson = begin != std::string_view::npos && (text[begin] == '{' || text[begin] == '[');
    return isJson ? ListFormat::Json : ListFormat::Csv;
}

Result<InventoryList> parseInventory(std::string_view text, const std::string& file)
{
    if (text.size() > mostListBytes)
        return fail(ErrorCode::Invalid, file + ": longer than " + std::to_string(mostListBytes >> 20U) + " MiB");
    InventoryList list;
    Collector collector(list, file);
    Result<void> read;
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (formatOf(text) == ListFormat::Csv)
        read = readTable(text, collector, list);
    else if (isLines(text))
        readLines(text, collector);
    else
        read = readDocument(text, collector, list);
    if (!read)
        return fail(read.error().code, file + ": " + read.error().detail);
    collector.end();
    return list;
}

std::vector<std::string> partsOf(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(";|\n"), text.size());
        std::string_view part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (!part.empty() && part.front() == ' ')
            part.remove_prefix(1);
        while (!part.empty() && part.back() == ' ')
            part.remove_suffix(1);
        if (!part.empty() && std::find(parts.begin(), parts.end(), part) == parts.end())
            parts.emplace_back(part);
    }
    return parts;
}

} // namespace cordon::inventory
