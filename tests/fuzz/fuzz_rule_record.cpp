#include "core/detect/correlation_engine.h"
#include "core/ingest/json_event_view.h"
#include "core/ingest/record_source.h"
#include "tests/fuzz/must.h"

#include <cstddef>
#include <cstdint>

/// A rule file, a zero byte and a record, each any bytes: what is taken of the rules judges what is taken of the
/// record, twice with the same answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace cordon;
    using namespace cordon::detect;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::size_t middle = input.find('\0');
    if (middle == std::string_view::npos)
        return 0;
    RuleSet set;
    set.add(input.substr(0, middle), "fuzz.yml", false);
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    CorrelationEngine correlations(program, plan);
    std::string record(input.substr(middle + 1));
    const std::size_t length = record.size();
    record.append(ingest::RecordSource::padding, ' ');
    ingest::JsonEventView view(plan);
    if (!view.read(std::string_view(record).substr(0, length)))
        return 0;
    view.route({"aws", "cloudtrail", {}, {}});
    MatchScratch scratch;
    std::vector<RuleIndex> first;
    std::vector<RuleIndex> second;
    program.match(view, scratch, first);
    program.match(view, scratch, second);
    fuzz::must(first == second);
    for (std::uint64_t event = 0; event < 3; ++event) {
        for (const RuleIndex rule : first)
            correlations.onMatch(rule, view, Timestamp(), EventRef{event});
    }
    fuzz::must(correlations.finish().size() < 1000);
    return 0;
}
