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
    return {};
}

void FieldMaps::complete(FieldPlan& plan)
{
    const std::size_t fieldCount = plan.size();
    for (const auto& map : m_maps)
        m_aliases.emplace_back(map->fields, plan, fieldCount);
}

const FieldAliases& FieldMaps::aliasesOf(const FieldMap& map) const
{
    static const FieldAliases none;
    return map.number < m_aliases.size() ? m_aliases[map.number] : none;
}

void LogRoute::append(std::string& key, std::string_view value)
{
    for (const char c : value)
        key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    key += '\n';
}

} // namespace cordon::ingest
