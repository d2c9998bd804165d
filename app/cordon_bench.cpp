// Measures Cordon beside simdjson's DOM parser on one log file, in one run, and prints a table.
#include "app/bench/correlation_run.h"
#include "app/bench/runs.h"
#include "core/base/display_escape.h"
#include "core/base/time.h"
#include "core/base/clock.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <thread>

namespace cordon::bench {
namespace {

struct Wish
{
    std::string log;
    std::string resources;
    std::string folder = ".";
    std::vector<std::string> rules;
    std::string windowsLog;
    std::string windowsRules;
    std::string evtxLog;
    std::vector<std::string> only;
    int times = 3;

    [[nodiscard]] bool wants(const std::string& part) const
    {
        return only.empty() || std::find(only.begin(), only.end(), part) != only.end();
    }
};

std::string processor()
{
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        if (line.rfind("model name", 0) == 0)
            return line.substr(std::min(line.find(':') + 2, line.size()));
    }
    return "unknown processor";
}

/// `name=folder`; without a name, the folder's own.
RuleWish ruleWishFrom(const std::string& text)
{
    const std::size_t mark = text.find('=');
    const Path folder = mark == std::string::npos ? text : text.substr(mark + 1);
    return {mark == std::string::npos ? folder.filename().string() : text.substr(0, mark), {folder}, false};
}

/// Rates are those of CPU time; `wall` is what a clock showed.
void printLine(const Measure& measure, double domRate)
{
    const double rate = measure.eventsPerBusySecond();
    std::printf("%-52s %11.0f %8.0f %7.2f %10.0f %7.2f %8.0f\n", measure.name.c_str(), rate,
                measure.bytesPerBusySecond() / 1e6, domRate > 0 ? rate / domRate : 0, measure.eventsPerSecond(),
                measure.cpuSeconds, static_cast<double>(measure.peakBytes) / 1e6);
    std::string more;
    for (const auto& [name, count] : measure.found)
        more += (more.empty() ? "" : ", ") + name + " " + std::to_string(count);
    for (const auto& [name, seconds] : measure.stages) {
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), " %.2f s", seconds);
        more += (more.empty() ? "" : ", ") + name + text.data();
    }
    if (!more.empty())
        std::printf("    %s\n", more.c_str());
    std::fflush(stdout);
}

Result<void> measureAll(const Wish& wish)
{
    const Path log = wish.log;
    std::printf("machine: %s, %u cores; simdjson uses %s; %s\n", processor().c_str(),
                std::thread::hardware_concurrency(), domParserKind().c_str(),
                MachineClock().now().toString().substr(0, 10).c_str());
    std::printf("%-52s %11s %8s %7s %10s %7s %8s\n", "measure, by CPU time", "events/s", "MB/s", "of DOM", "wall",
                "CPU s", "peak MB");
    double domRate = 0;
    const auto tell = [&](Result<Measure> measure) -> Result<void> {
        if (!measure)
            return fail(measure.error());
        printLine(*measure, domRate);
        return {};
    };
    if (wish.wants("parse")) {
        CORDON_TRY(const Measure parse, measured(wish.times, [&] { return domParse(log); }));
        domRate = parse.eventsPerBusySecond();
        printLine(parse, domRate);
        CORDON_CHECK(tell(measured(wish.times, [&] { return domParseWhole(log); })));
    }
    if (wish.wants("framing"))
        CORDON_CHECK(tell(measured(wish.times, [&] { return framing(log); })));
    if (wish.wants("detection")) {
        std::vector<RuleWish> all{{"Cordon's own pack", {}, true},
                                  {"Cordon's own pack and 100,000 indicators", {}, true, 100'000}};
        for (const std::string& text : wish.rules)
            all.push_back(ruleWishFrom(text));
        for (const RuleWish& rules : all)
            CORDON_CHECK(tell(measured(wish.times, [&] { return detection(log, wish.resources, rules); })));
        if (all.size() > 2)
            CORDON_CHECK(tell(measured(wish.times, [&] { return detectionOnTwoThreads(log, wish.resources, all[2]); })));
    }
    if (!wish.windowsLog.empty() && wish.wants("windows")) {
        const RuleWish rules = ruleWishFrom(wish.windowsRules);
        CORDON_TRY(const Measure parse, measured(wish.times, [&] { return domParse(wish.windowsLog); }));
        domRate = parse.eventsPerBusySecond();
        printLine(parse, domRate);
        CORDON_CHECK(tell(measured(wish.times, [&] { return detection(wish.windowsLog, wish.resources, rules); })));
    }
    if (!wish.evtxLog.empty() && wish.wants("evtx")) {
        const RuleWish rules = ruleWishFrom(wish.windowsRules);
        domRate = 0;
        CORDON_CHECK(tell(measured(wish.times, [&] { return evtxDecoding(wish.evtxLog); })));
        CORDON_CHECK(tell(measured(wish.times, [&] { return detection(wish.evtxLog, wish.resources, rules); })));
    }
    domRate = 0;
    if (wish.wants("value_count")) {
        for (const char* timespan : {"5m", "1d"})
            CORDON_CHECK(tell(measured(wish.times, [&] { return valueCount(timespan); })));
    }
    if (wish.wants("job"))
        CORDON_CHECK(tell(measured(1, [&] { return wholeJob(log, wish.resources, wish.folder); })));
    return {};
}

} // namespace
} // namespace cordon::bench

int main(int argc, char** argv)
{
    constexpr int exitBad = 1;
    constexpr int exitUsage = 64;
    cordon::bench::Wish wish;
    CLI::App app{"Measures Cordon beside simdjson's DOM parser on one log file.", "cordon_bench"};
    app.add_option("LOG", wish.log, "log file, not packed")->required()->check(CLI::ExistingFile);
    app.add_option("--resources", wish.resources, "folder with rules and field maps")->required();
    app.add_option("--folder", wish.folder, "where the whole job makes its case, removed afterwards");
    app.add_option("--rules", wish.rules, "NAME=FOLDER of further rules to measure detection with, alone");
    app.add_option("--windows-log", wish.windowsLog, "Windows events as JSON lines, measured with --windows-rules");
    app.add_option("--windows-rules", wish.windowsRules, "NAME=FOLDER");
    app.add_option("--evtx-log", wish.evtxLog, "Windows event log, measured with --windows-rules");
    app.add_option("--only", wish.only, "parse, framing, detection, windows, evtx, value_count, job")
        ->check(CLI::IsMember({"parse", "framing", "detection", "windows", "evtx", "value_count", "job"}));
    app.add_option("--times", wish.times, "runs of all but the job; the quickest counts")->check(CLI::Range(1, 100));
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& parse) {
        return app.exit(parse, std::cout, std::cerr) == 0 ? 0 : exitUsage;
    }
    if (const auto done = cordon::bench::measureAll(wish); !done) {
        std::cerr << "cordon_bench: " << cordon::escapedForDisplay(done.error().detail) << '\n';
        return exitBad;
    }
    return 0;
}
