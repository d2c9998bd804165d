#include "core/engine/detection_texts.h"

#include "core/base/utf8.h"
#include "core/platform/file.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longestFile = 8U << 20U;

/// Regular files at or below a path, in name order; a file that is named counts whatever its ending is.
std::vector<fs::path> filesBelow(const fs::path& root, std::initializer_list<const char*> endings)
{
    std::error_code error;
    if (fs::is_regular_file(root, error))
        return {root};
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator next(root, error), end; !error && next != end; next.increment(error)) {
        const std::string ending = next->path().extension().string();
        const bool isMeant = std::any_of(endings.begin(), endings.end(), [&](const char* one) { return ending == one; });
        if (isMeant && next->is_regular_file(error))
            files.push_back(next->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

Result<Value> textOf(const fs::path& file, const std::string& name)
{
    CORDON_TRY(std::string text, platform::readFile(file, longestFile));
    Value item = Value::Object{{"name", isUtf8(name) ? name : toHex(bytesOf(name))}};
    if (isUtf8(text))
        item.set("text", std::move(text));
    else
        item.set("hex", toHex(bytesOf(text))); // whatever somebody's rule file holds
    return item;
}

Result<void> addAll(Value::Array& items, const fs::path& root, const std::vector<fs::path>& files)
{
    for (const fs::path& file : files) {
        std::error_code error;
        CORDON_TRY(Value item, textOf(file, root.empty() ? file.string() : fs::relative(file, root, error).string()));
        items.push_back(std::move(item));
    }
    return {};
}

} // namespace

Result<std::string> detectionTexts(const Detection::Wish& wish)
{
    Value::Array maps;
    Value::Array givenMaps;
    Value::Array rules;
    Value::Array givenRules;
    Value::Array playbooks;
    Value::Array others;
    CORDON_CHECK(addAll(maps, wish.resources, filesBelow(wish.resources / "field_maps", {".yml"})));
    CORDON_CHECK(addAll(givenMaps, {}, wish.maps));
    if (wish.usesBuiltinRules) {
        CORDON_CHECK(addAll(rules, wish.resources, filesBelow(wish.resources / "rules", {".yml", ".yaml"})));
        CORDON_CHECK(addAll(others, wish.resources, {wish.resources / "rule_tuning.yml"}));
    }
    for (const fs::path& root : wish.rules)
        CORDON_CHECK(addAll(givenRules, {}, filesBelow(root, {".yml", ".yaml"})));
    if (!wish.placeholders.empty())
        CORDON_CHECK(addAll(others, {}, {wish.placeholders}));
    CORDON_CHECK(addAll(playbooks, wish.resources, filesBelow(wish.resources / "playbooks", {".json"})));
    return json::write(Value::Object{{"v", 1},
                                     {"field_maps", std::move(maps)},
                                     {"given_field_maps", std::move(givenMaps)},
                                     {"rules", std::move(rules)},
                                     {"given_rules", std::move(givenRules)},
                                     {"playbooks", std::move(playbooks)},
                                     {"others", std::move(others)}});
}

Result<std::unique_ptr<FormerMaps>> FormerMaps::from(const std::string& texts)
{
    CORDON_TRY(const Value value, json::parse(texts));
    auto former = std::make_unique<FormerMaps>();
    const auto add = [&](const char* list, ingest::FieldMapOrigin origin) -> Result<void> {
        for (const Value& item : value[list].asArray())
            CORDON_CHECK(former->maps.add(item["text"].asString(), item["name"].asString(), former->plan, origin));
        return {};
    };
    CORDON_CHECK(add("given_field_maps", ingest::FieldMapOrigin::Given));
    CORDON_CHECK(add("field_maps", ingest::FieldMapOrigin::Shipped));
    former->maps.complete(former->plan);
    return former;
}

} // namespace cordon::engine
