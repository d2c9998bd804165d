#pragma once

#include "core/domain/event_view.h"
#include "core/ingest/field_map.h"

#include <optional>
#include <string_view>

namespace cordon::ingest {

/// Makes entities of the names that one record gives: the same thing gets the same id however it is spelled.
/// Borrows all it is given. Source: docs/formats/field-map.md, "Things"; docs/formats/entities.md
class EntityNames
{
public:
    EntityNames(const FieldMap& map, const EventView& view)
        : m_map(map)
        , m_view(view)
    {}

    /// What the places of ids mean for this record.
    std::string_view partition = "aws";
    std::string_view region;
    std::string_view account;

    /// Nothing when the id's template asks for a field that the record lacks, or no text is left.
    /// @param owner  id of the thing that {owner} means
    [[nodiscard]] std::optional<EntityRef> made(const Thing& thing, std::string_view text,
                                                std::string_view owner) const;
    /// The thing whose ARNs this is one of; any other ARN is a resource, any other text an account.
    [[nodiscard]] std::optional<EntityRef> byArn(std::string_view text) const;
    /// The thing whose names look like this; any other is a resource.
    [[nodiscard]] std::optional<EntityRef> byName(std::string_view text) const;

private:
    [[nodiscard]] std::optional<std::string> filled(const Thing& thing, std::string_view text,
                                                    std::string_view owner) const;
    [[nodiscard]] std::string_view place(const Thing& thing, std::string_view name, std::string_view text,
                                         std::string_view owner) const;

    const FieldMap& m_map;
    const EventView& m_view;
};

/// The text that JSON in `text` holds, where the thing's texts are JSON; else `text`.
[[nodiscard]] std::string_view unquoted(const Thing& thing, std::string_view text);
/// The next of the names in `rest`, which is cut to what comes after it; the whole text where a thing has one name.
[[nodiscard]] std::string_view takeName(const Thing& thing, std::string_view& rest);

/// Longest text taken over from a record into an event; the rest can be seen in the evidence.
constexpr std::size_t longestText = 2048;
/// `text` cut to `longestText` at a place where no UTF-8 sequence is split.
[[nodiscard]] std::string bounded(std::string_view text);
/// Neither null nor an object.
[[nodiscard]] bool isScalar(const FieldValue& value);

} // namespace cordon::ingest
