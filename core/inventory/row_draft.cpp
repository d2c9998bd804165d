#include "core/inventory/row_draft.h"

#include "core/base/display_escape.h"
#include "core/inventory/inventory_parser.h"

#include <algorithm>
#include <array>

namespace cordon::inventory {
namespace {

constexpr std::size_t longestId = 2048;
constexpr std::size_t longestWord = 128;
constexpr std::size_t longestContact = 500;
constexpr std::size_t mostParts = 64;

constexpr std::array<std::string_view, 12> columns{"kind",    "id",      "type",        "name",
                                                   "aliases", "owner",   "criticality", "tags",
                                                   "contact", "used_by", "as_of",       "environment"};

std::string shown(const std::string& text)
{
    return "'" + escapedForDisplay(text.substr(0, 60)) + "'";
}

/// A word that selectors of a mandate can name: letters, digits and `-_.:/`.
bool isWord(std::string_view text)
{
    return !text.empty() && text.size() <= longestWord && std::all_of(text.begin(), text.end(), [](char letter) {
        const bool isPlain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        return isPlain || std::string_view("-_.:/").find(letter) != std::string_view::npos;
    });
}

Result<void> checkId(const std::string& id)
{
    if (id.empty() || id.size() > longestId)
        return fail(ErrorCode::Invalid, "'id' has 1 to " + std::to_string(longestId) + " bytes");
    if (escapedForDisplay(id) != id)
        return fail(ErrorCode::Invalid, "the id " + shown(id) + " holds characters that cannot be seen");
    return {};
}

} // namespace

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    }
    return lower;
}

Result<EntityRef> entityFromKey(std::string_view key)
{
    const std::size_t colon = key.find(':');
    const auto kind = entityKindFrom(key.substr(0, std::min(colon, key.size())));
    if (!kind || colon == std::string_view::npos)
        return fail(ErrorCode::Invalid, shown(std::string(key)) + " is no KIND:ID");
    EntityRef entity{*kind, std::string(key.substr(colon + 1)), {}, {}};
    CORDON_CHECK(checkId(entity.id));
    return entity;
}

bool RowDraft::isColumn(std::string_view name)
{
    return std::find(columns.begin(), columns.end(), name) != columns.end();
}

void RowDraft::set(const std::string& column, std::string text)
{
    if (isColumn(column))
        m_texts[column] = std::move(text);
}

const std::string& RowDraft::at(const char* column) const
{
    static const std::string nothing;
    const auto place = m_texts.find(column);
    return place == m_texts.end() ? nothing : place->second;
}

Result<InventoryRow> RowDraft::finished() const
{
    InventoryRow row;
    const auto kind = entityKindFrom(lowerCase(at("kind")));
    if (!kind)
        return fail(ErrorCode::Invalid, shown(at("kind")) + " is no kind of thing");
    row.entity = {*kind, at("id"), lowerCase(at("type")), at("name").substr(0, longestContact)};
    CORDON_CHECK(checkId(row.entity.id));
    if (!row.entity.type.empty() && !isWord(row.entity.type))
        return fail(ErrorCode::Invalid, shown(row.entity.type) + " is no type");
    row.aliases = partsOf(at("aliases"));
    for (const std::string& alias : row.aliases)
        CORDON_CHECK(checkId(alias));
    if (!at("owner").empty()) {
        CORDON_CHECK(checkId(at("owner")));
        row.owner = at("owner");
    }
    if (!at("criticality").empty()) {
        row.criticality = criticalityFrom(lowerCase(at("criticality")));
        if (!row.criticality)
            return fail(ErrorCode::Invalid, shown(at("criticality")) + " is no criticality: low, normal or high");
    }
    if (!at("environment").empty()) {
        row.environment = lowerCase(at("environment"));
        if (!isWord(*row.environment))
            return fail(ErrorCode::Invalid, shown(at("environment")) + " is no environment");
    }
    row.tags = partsOf(lowerCase(at("tags")));
    for (const std::string& tag : row.tags) {
        if (!isWord(tag))
            return fail(ErrorCode::Invalid, shown(tag) + " is no tag: letters, digits and -_.:/");
    }
    for (const std::string& key : partsOf(at("used_by"))) {
        CORDON_TRY(EntityRef user, entityFromKey(key));
        row.usedBy.push_back(std::move(user));
    }
    if (row.aliases.size() > mostParts || row.tags.size() > mostParts || row.usedBy.size() > mostParts)
        return fail(ErrorCode::Invalid, "more than " + std::to_string(mostParts) + " parts in one cell");
    row.contact = at("contact").substr(0, longestContact);
    if (!at("as_of").empty()) {
        const std::string& day = at("as_of");
        auto time = Timestamp::parse(day.size() == 10 ? day + "T00:00:00Z" : day);
        if (!time)
            return fail(ErrorCode::Invalid, shown(day) + " is no time");
        row.asOf = *time;
    }
    return row;
}

} // namespace cordon::inventory
