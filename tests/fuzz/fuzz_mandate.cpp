// Any bytes as a mandate: a text is either refused with lines that exist, or taken with a digest that covers it.

#include "core/govern/mandate_rules.h"
#include "tests/fuzz/must.h"

#include <algorithm>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cordon;
    using fuzz::must;
    const std::string_view text = fuzz::textOf(data, size);
    const govern::MandateReading reading = govern::readMandate(text);
    must(reading.mandate.has_value() == reading.problems.empty());
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    for (const govern::MandateProblem& problem : reading.problems)
        must(problem.line >= 0 && problem.line <= lines + 1 && !problem.rule.empty() && !problem.reason.empty());
    if (!reading.mandate)
        return 0;
    const auto digest = govern::mandateDigest(reading.mandate->source);
    must(digest && *digest == reading.mandate->digest);
    // What the loader promises whatever the text says.
    for (const auto& [tier, rule] : reading.mandate->tiers)
        must(tier < Tier::T2 || rule.autonomy != Autonomy::Auto);
    return 0;
}
