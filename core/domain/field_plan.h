#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cordon {

/// Index of a field path in a FieldPlan.
using FieldIndex = std::uint32_t;

/// The field paths that the loaded rules and field maps need, each once, so that every record is read once and only
/// there. Paths are the record's own, nested by dots: `userIdentity.sessionContext.sessionIssuer.arn`.
class FieldPlan
{
public:
    /// The index of `path`, added when new.
    FieldIndex add(std::string_view path)
    {
        const auto [place, isNew] = m_index.try_emplace(std::string(path), static_cast<FieldIndex>(m_paths.size()));
        if (isNew)
            m_paths.emplace_back(path);
        return place->second;
    }
    [[nodiscard]] const std::vector<std::string>& paths() const { return m_paths; }
    [[nodiscard]] std::size_t size() const { return m_paths.size(); }

private:
    std::vector<std::string> m_paths;
    std::unordered_map<std::string, FieldIndex> m_index;
};

} // namespace cordon
