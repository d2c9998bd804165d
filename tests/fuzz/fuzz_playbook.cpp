// Any bytes as a CACAO playbook.

#include "core/plan/cacao_parser.h"
#include "tests/fuzz/must.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cordon;
    const auto playbook = plan::parseCacao(fuzz::textOf(data, size), "fuzz.json");
    fuzz::must(playbook || !playbook.error().detail.empty());
    return 0;
}
