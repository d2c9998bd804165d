#include "core/detect/rule_program.h"
#include "core/domain/value_event_view.h"

#include <cstddef>
#include <cstdint>

/// Any bytes as a rule file; what is taken must also compile and run on a small record.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cordon;
    using namespace cordon::detect;
    RuleSet set;
    set.add({reinterpret_cast<const char*>(data), size}, "fuzz.yml", false);
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    const ValueEventView view(plan, Value().set("a", "b*\\").set("n", 1).set("l", Value().append("x").append(nullptr)),
                              "aws", "cloudtrail");
    MatchScratch scratch;
    std::vector<RuleIndex> matches;
    program.match(view, scratch, matches);
    return 0;
}
