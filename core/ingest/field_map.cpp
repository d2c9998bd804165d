#include "core/ingest/field_map.h"

#include "core/ingest/field_map_parser.h"

#include <algorithm>

namespace cordon::ingest {

Result<FieldMaps> FieldMaps::load(const platform::Path& folder, FieldPlan& plan,
                                  const std::vector<platform::Path>& given)
{
    std::error_code error;
    std::vector<platform::Path> files;
    std::filesystem::directory_iterator entries(folder, error);
    for (const std::filesystem::directory_iterator end; !error && entries != end; entries.increment(error)) {
        if (entries->path().extension() == ".yml")
            files.push_back(entries->path());
    }
    if (error)
        return fail(ErrorCode::NotFound, folder.string() + ": field maps cannot be read: " + error.message());
    if (files.empty())
        return fail(ErrorCode::NotFound, folder.string() + ": no field map (*.yml)");
    std::sort(files.begin(), files.end());
    FieldMaps maps;
    for (const platform::Path& file : given) {
        CORDON_TRY(const std::string text, platform::readFile(file, 8U << 20U));
        CORDON_CHECK(maps.add(text, file.string(), plan, FieldMapOrigin::Given));
    }
    for (const platform::Path& file : files) {
        CORDON_TRY(const std::string text, platform::readFile(file, 8U << 20U));
        CORDON_CHECK(maps.add(text, file.string(), plan));
    }
    return maps;
}

Result<void> FieldMaps::add(std::string_view text, std::string_view name, FieldPlan& plan, FieldMapOrigin origin)
{
    auto map = parseFieldMap(text, plan, m_maps.size(), origin);
    if (!map)
        return fail(map.error().code, std::string(name) + ": " + map.error().detail);
    m_maps.push_back(std::move(*map));
    const bool isGiven = origin == FieldMapOrigin::Given;
    const bool isFirst = !isGiven && m_maps.back()->isTriedFirst;
    m_givenCount += isGiven ? 1 : 0;
    m_firstCount += isGiven || isFirst ? 1 : 0;
    const std::size_t place = isGiven ? m_givenCount - 1 : isFirst ? m_firstCount - 1 : m_order.size();
    m_order.insert(m_order.begin() + static_cast<std::ptrdiff_t>(place), m_maps.back().get());
    return {};
}

void FieldMaps::complete(FieldPlan& plan)
{
    const std::size_t fieldCount = plan.size();
    for (const auto& map : m_maps) {
        std::vector<FieldAliases>& aliases = m_aliases.emplace_back();
        const bool differ = std::any_of(map->recognise.begin(), map->recognise.end(),
                                        [](const Recognition& look) { return !look.first.empty(); });
        for (std::size_t look = 0; look < (differ ? map->recognise.size() : 1); ++look)
            aliases.emplace_back(map->fields, plan, fieldCount,
                                 differ ? map->recognise[look].first : std::vector<std::string>());
    }
    m_paths = std::make_shared<const PathTrie>(plan);
}

std::shared_ptr<const PathTrie> FieldMaps::pathsOf(const FieldPlan& plan) const
{
    return m_paths && m_paths->fieldCount() == plan.size() ? m_paths : std::make_shared<const PathTrie>(plan);
}

const FieldAliases& FieldMaps::aliasesOf(const FieldMap& map, const Recognition& look) const
{
    static const FieldAliases none;
    if (map.number >= m_aliases.size())
        return none;
    const std::vector<FieldAliases>& aliases = m_aliases[map.number];
    return aliases[look.number < aliases.size() ? look.number : 0];
}

void LogRoute::append(std::string& key, std::string_view value)
{
    for (const char c : value)
        key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    key += '\n';
}

} // namespace cordon::ingest
