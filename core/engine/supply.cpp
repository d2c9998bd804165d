#include "core/engine/supply.h"

#include "core/crypto/sha256.h"
#include "core/engine/shipped_digests.h"
#include "core/platform/file.h"
#include "core/value/json.h"

#include <algorithm>
#include <map>

namespace cordon::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostBytes = 4U << 20U;

using Digests = std::map<std::string, std::string>;

/// What a person accepted, and what was seen first.
struct Pins
{
    Digests accepted;
    Digests seen;
};

fs::path pinsPath(const fs::path& home)
{
    return home / "pins.json";
}

Digests digestsFrom(const Value& value)
{
    Digests digests;
    for (const auto& [file, digest] : value.asObject())
        digests.emplace(file, digest.asString());
    return digests;
}

Value toValue(const Digests& digests)
{
    Value::Object members;
    for (const auto& [file, digest] : digests)
        members.emplace(file, digest);
    return members;
}

Result<Pins> readPins(const fs::path& home)
{
    Pins pins;
    std::error_code error;
    if (!fs::exists(pinsPath(home), error) && !error)
        return pins;
    CORDON_TRY(const std::string text, platform::readFile(pinsPath(home), mostBytes));
    CORDON_TRY(const Value value, json::parse(text));
    if (value["v"].asInt() != 1)
        return fail(ErrorCode::Invalid, pinsPath(home).string() + ": not version 1");
    pins.accepted = digestsFrom(value["accepted"]);
    pins.seen = digestsFrom(value["seen"]);
    return pins;
}

Result<void> writePins(const fs::path& home, const Pins& pins)
{
    CORDON_CHECK(platform::makeFolders(home));
    return platform::writeFileAtomically(pinsPath(home), json::writePretty(Value::Object{{"v", 1},
                                                                               {"accepted", toValue(pins.accepted)},
                                                                               {"seen", toValue(pins.seen)}}));
}

/// Every file that decides something, as it is.
Result<Digests> digestsOf(const fs::path& resources)
{
    Digests found;
    const auto take = [&](const fs::path& path) -> Result<void> {
        CORDON_TRY(const std::string text, platform::readFile(path, mostBytes));
        found.emplace(path.lexically_relative(resources).generic_string(), crypto::sha256(text).hex());
        return {};
    };
    for (const auto& [folder, ending] : std::initializer_list<std::pair<const char*, const char*>>{
             {"playbooks", ".json"}, {"field_maps", ".yml"}, {"rules", ".yml"}, {"mandates", ".yaml"}}) {
        std::error_code error;
        for (fs::recursive_directory_iterator item(resources / folder, error), end; !error && item != end;
             item.increment(error)) {
            if (item->path().extension() == ending)
                CORDON_CHECK(take(item->path()));
        }
        if (error)
            return fail(ErrorCode::Io, (resources / folder).string() + ": " + error.message());
    }
    CORDON_CHECK(take(resources / "rule_tuning.yml"));
    return found;
}

} // namespace

Result<SupplyCheck> checkSupply(const fs::path& resources, const fs::path& home)
{
    CORDON_TRY(Pins pins, readPins(home));
    CORDON_TRY(const Digests found, digestsOf(resources));
    Digests expected = pins.seen;
    for (const auto& [file, digest] : pins.accepted)
        expected[file] = digest;
    for (const auto& [file, digest] : shippedDigests)
        expected[std::string(file)] = digest;
    SupplyCheck check;
    for (const auto& [file, digest] : found) {
        const auto accepted = pins.accepted.find(file);
        if (accepted != pins.accepted.end() && accepted->second == digest)
            continue;
        const auto known = expected.find(file);
        if (known == expected.end()) {
            check.added.push_back({file, "", digest});
            pins.seen[file] = digest;
        } else if (known->second != digest) {
            check.refused.push_back({file, known->second, digest});
        }
    }
    for (const auto& [file, digest] : shippedDigests) {
        if (!found.contains(std::string(file)))
            check.refused.push_back({std::string(file), std::string(digest), "missing"});
    }
    if (!check.added.empty() && check.refused.empty())
        CORDON_CHECK(writePins(home, pins));
    return check;
}

Result<void> acceptSupply(const fs::path& resources, const fs::path& home, const std::vector<std::string>& files)
{
    CORDON_TRY(Pins pins, readPins(home));
    for (const std::string& file : files) {
        CORDON_TRY(const std::string text, platform::readFile(resources / file, mostBytes));
        pins.accepted[file] = crypto::sha256(text).hex();
    }
    return writePins(home, pins);
}

} // namespace cordon::engine
