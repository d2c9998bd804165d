#include "core/engine/entity_names.h"

#include "core/platform/file.h"
#include "core/value/yaml.h"

namespace cordon::engine {

Result<std::shared_ptr<const correlate::NameRules>> readEntityNames(const std::filesystem::path& resources)
{
    constexpr std::size_t mostBytes = 1U << 20U;
    const std::filesystem::path file = resources / "entity_names.yml";
    CORDON_TRY(const std::string text, platform::readFile(file, mostBytes));
    CORDON_TRY(const Value document, yaml::parse(text));
    auto rules = std::make_shared<correlate::NameRules>();
    for (const Value& one : document["forms"].asArray()) {
        const std::string at = file.string() + ": line " + std::to_string(one.line()) + ": ";
        const auto kind = entityKindFrom(one["kind"].asString());
        if (!kind)
            return fail(ErrorCode::Invalid, at + "no kind of entity is called '" + one["kind"].asString() + "'");
        const auto added = rules->add({one["id"].asString(), *kind, one["from"].asString(), one["as"].asString()});
        if (!added)
            return fail(ErrorCode::Invalid, at + added.error().detail);
    }
    return std::shared_ptr<const correlate::NameRules>(std::move(rules));
}

} // namespace cordon::engine
