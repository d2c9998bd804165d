#pragma once

#include "core/base/result.h"
#include "core/inventory/inventory_list.h"

#include <string_view>

namespace cordon::inventory {

enum class ListFormat { Csv, Json };
/// By the first letter: `{` or `[` is JSON (one document, or a line for each thing), all else a table.
[[nodiscard]] ListFormat formatOf(std::string_view text);

inline constexpr std::size_t mostListBytes = 32U << 20U;
inline constexpr std::size_t mostRows = 500'000;

/// Reads the rows of a list. A row that cannot be used is kept in `rejected` with its place; a thing named twice keeps
/// its first row. `name`, `asOf` and `authoritativeFor` are set where a JSON document tells them: the person who
/// imports it says whether that counts. ErrorCode::Invalid when there is no table: no header with `kind` and `id`, no
/// JSON, or more than may be read.
/// @param file  for the places of rejected rows
/// Source: docs/formats/inventory.md
[[nodiscard]] Result<InventoryList> parseInventory(std::string_view text, const std::string& file);

/// `a; b|c` as its parts, each once, without blanks around them.
[[nodiscard]] std::vector<std::string> partsOf(std::string_view text);

} // namespace cordon::inventory
