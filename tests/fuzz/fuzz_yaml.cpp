// Any bytes as YAML, as rule files and as mandates are read: what the strict reading takes, the ordinary one takes too,
// and to the same values.

#include "core/value/json.h"
#include "core/value/yaml.h"
#include "tests/fuzz/must.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cordon;
    using fuzz::must;
    const std::string_view text = fuzz::textOf(data, size);
    const auto documents = yaml::parseAll(text);
    yaml::ReadOptions options;
    options.isStrict = true;
    const auto strict = yaml::parseAll(text, options);
    if (strict) {
        must(documents.has_value());
        must(*documents == *strict);
    }
    if (documents) {
        for (const Value& document : *documents)
            (void)json::canonical(document);
    }
    return 0;
}
