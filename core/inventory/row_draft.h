#pragma once

#include "core/base/result.h"
#include "core/inventory/inventory_list.h"

#include <map>
#include <string>
#include <string_view>

namespace cordon::inventory {

/// A row as texts by column, before anybody looked at what they say.
class RowDraft
{
public:
    /// True for the columns of docs/formats/inventory.md.
    [[nodiscard]] static bool isColumn(std::string_view name);
    /// Columns that nobody knows are passed over.
    void set(const std::string& column, std::string text);
    /// ErrorCode::Invalid says in English what does not fit.
    [[nodiscard]] Result<InventoryRow> finished() const;

private:
    [[nodiscard]] const std::string& at(const char* column) const;

    std::map<std::string, std::string, std::less<>> m_texts;
};

/// ASCII letters only.
[[nodiscard]] std::string lowerCase(std::string_view text);
/// `kind:id`, as EntityRef::key writes it. ErrorCode::Invalid otherwise.
[[nodiscard]] Result<EntityRef> entityFromKey(std::string_view key);

} // namespace cordon::inventory
