// Any bytes as JSON: what is read can be written and read again to the same value, and the canonical form is stable.

#include "core/value/json.h"
#include "tests/fuzz/must.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cordon;
    using fuzz::must;
    const auto value = json::parse(fuzz::textOf(data, size));
    if (!value)
        return 0;
    const auto again = json::parse(json::write(*value));
    must(again && *again == *value);
    const auto pretty = json::parse(json::writePretty(*value));
    must(pretty && *pretty == *value);
    if (const auto canonical = json::canonical(*value)) {
        const auto read = json::parse(*canonical);
        must(read.has_value());
        must(json::canonical(*read) == *canonical);
    }
    return 0;
}
