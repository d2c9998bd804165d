// Measures how well incidents stand for attacks, in worlds made of recorded attacks and everyday work, and what adding
// an alert to a large case costs.
#include "app/bench/correlation_cost.h"
#include "app/bench/correlation_world.h"
#include "core/engine/alert_folder.h"
#include "core/engine/case_reader.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <map>
#include <set>

using namespace cordon;
using namespace cordon::bench;

namespace {

struct Wish
{
    std::string data = "../shared/data";
    std::string resources = "resources";
    std::size_t events = 100'000;
    std::size_t attacks = 40;
    std::uint64_t seeds = 20;
    std::uint64_t firstSeed = 1;
    std::string only;
    std::size_t alerts = 1'000'000;
    std::size_t incidents = 100'000;
    bool showsErrors = false;
    std::string opened; ///< a case whose incidents are opened as the window does
};

void deliver(const World& world, const std::vector<World::Arrival>& arrivals, correlate::IncidentBuilder& builder)
{
    for (const World::Arrival& arrival : arrivals) {
        if (arrival.isAlert)
            builder.add(world.alert(arrival.number));
        else
            builder.observe(world.event(arrival.number));
    }
    builder.settle();
}

/// What a reader sees of all incidents, whatever their numbers.
std::multiset<std::string> portraits(const correlate::IncidentBuilder& builder)
{
    std::multiset<std::string> all;
    for (const Incident& incident : builder.incidents()) {
        std::string text = incident.title.code + ' ' + std::to_string(incident.risk);
        for (const AlertId alert : incident.alerts)
            text += ' ' + toString(alert);
        for (const IncidentMember& member : incident.members)
            text += '\n' + member.entity.key() + (member.isMisused ? " misused " : " ") +
                    std::string(toString(member.role));
        for (const IncidentLink& link : incident.links)
            text += '\n' + link.from.key() + " > " + link.to.key() + ' ' + link.reason.code + ' ' +
                    std::to_string(link.weight);
        all.insert(std::move(text));
    }
    return all;
}

void showErrors(const World& world, const std::vector<Placed>& placed)
{
    std::map<std::int64_t, std::set<std::int64_t>> parts;
    std::map<std::int64_t, std::set<std::int64_t>> holds;
    for (const Placed& one : placed) {
        if (one.isAttack)
            parts[one.truth].insert(one.incident);
        holds[one.incident].insert(one.truth);
    }
    for (const auto& [truth, incidents] : parts) {
        if (incidents.size() > 1)
            std::printf("    in %zu parts: %s\n", incidents.size(), world.caseOf(truth).c_str());
    }
    for (const auto& [incident, truths] : holds) {
        if (truths.size() < 2)
            continue;
        std::string names;
        for (const std::int64_t truth : truths)
            names +=
                (names.empty() ? "" : ", ") + (world.caseOf(truth).empty() ? "everyday work" : world.caseOf(truth));
        std::printf("    mixed: %s\n", names.substr(0, 300).c_str());
    }
}

std::string described(const Alert& alert)
{
    std::string text = alert.rule.title;
    for (const AlertEntity& entity : alert.entities)
        text += "\n        " + entity.part + ' ' + entity.relation + ' ' + entity.entity.key();
    return text;
}

/// Every recorded attack by itself: in how many incidents its alerts are.
void runAlone(const RecordedAttacks& attacks, bool showsAlerts)
{
    std::size_t whole = 0;
    for (const RecordedAttack& attack : attacks.attacks) {
        correlate::IncidentBuilder builder;
        for (const Event& event : attack.events)
            builder.observe(event);
        engine::AlertFolder folder;
        std::vector<Alert> alerts = folder.add(attack.hits, attacks.rules);
        std::stable_sort(alerts.begin(), alerts.end(), [](const Alert& a, const Alert& b) { return a.last < b.last; });
        for (const Alert& alert : alerts)
            builder.add(alert);
        const std::size_t incidents = builder.incidents().size();
        whole += incidents == 1 ? 1 : 0;
        if (incidents == 1)
            continue;
        std::printf("%s: %zu alerts in %zu incidents\n", attack.id.c_str(), alerts.size(), incidents);
        for (std::size_t i = 0; showsAlerts && i < alerts.size(); ++i)
            std::printf("    %s %s %s\n", toString(*builder.incidentOf(alerts[i].id)).c_str(),
                        alerts[i].first.toString().c_str(), described(alerts[i]).c_str());
    }
    std::printf("recorded attacks in one incident: %zu of %zu\n", whole, attacks.attacks.size());
}

int runWorlds(const Wish& wish)
{
    const auto attacks = readRecordedAttacks(wish.data, wish.resources);
    if (!attacks) {
        std::fprintf(stderr, "cordon_bench_correlate: %s\n", attacks.error().detail.c_str());
        return 1;
    }
    std::printf("recorded attacks with alerts: %zu; without: %zu\n", attacks->attacks.size(), attacks->silent.size());
    runAlone(*attacks, wish.showsErrors);
    std::printf("%5s %9s %7s %9s %7s %9s %7s %7s %9s %8s\n", "seed", "events", "alerts", "incidents", "ARI", "per att.",
                "mixed", "noisy", "shuffled", "seconds");
    double rand = 0;
    double each = 0;
    double mixed = 0;
    double noisy = 0;
    std::size_t same = 0;
    for (std::uint64_t seed = wish.firstSeed; seed < wish.firstSeed + wish.seeds; ++seed) {
        const auto start = std::chrono::steady_clock::now();
        const World world(*attacks, {seed, wish.events, wish.attacks});
        correlate::IncidentBuilder ordered;
        deliver(world, world.inOrder(), ordered);
        const std::vector<Placed> placed = world.placedBy(ordered);
        const PartitionScore score = scoreOf(placed);
        correlate::IncidentBuilder shuffled;
        deliver(world, world.shuffled(), shuffled);
        const bool isSame = portraits(ordered) == portraits(shuffled);
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        std::printf("%5llu %9zu %7lld %9lld %7.4f %9.3f %7.3f %7.3f %9s %8.1f\n", static_cast<unsigned long long>(seed),
                    world.eventCount(), static_cast<long long>(score.alerts), static_cast<long long>(score.incidents),
                    score.adjustedRand, score.incidentsPerAttack, score.mixedShare, score.noisyShare,
                    isSame ? "same" : "DIFFERENT", seconds);
        std::fflush(stdout);
        if (wish.showsErrors)
            showErrors(world, placed);
        rand += score.adjustedRand;
        each += score.incidentsPerAttack;
        mixed += score.mixedShare;
        noisy += score.noisyShare;
        same += isSame ? 1 : 0;
    }
    const auto n = static_cast<double>(wish.seeds);
    std::printf(" mean %35.4f %9.3f %7.3f %7.3f %5zu of %llu\n", rand / n, each / n, mixed / n, noisy / n, same,
                static_cast<unsigned long long>(wish.seeds));
    return 0;
}

void runCost(const Wish& wish)
{
    const CorrelationCost cost = correlationCost(wish.alerts, wish.incidents);
    std::printf("a case of %zu alerts in %zu incidents; microseconds\n", cost.alerts, cost.incidents);
    std::printf("%-40s %9s %9s %9s %9s\n", "", "p50", "p99", "p99.9", "most");
    const auto tell = [](const char* what, const std::vector<double>& times) {
        std::printf("%-40s %9.1f %9.1f %9.1f %9.1f\n", what, quantile(times, 0.5), quantile(times, 0.99),
                    quantile(times, 0.999), quantile(times, 1));
    };
    tell("adding an alert, in time", cost.inOrder);
    tell("adding an alert that comes days late", cost.late);
    tell("describing an incident", cost.opening);
    std::printf("describing the largest, of %zu alerts: %.1f\n", cost.largestAlerts, cost.largest);
}

/// What a piece of work took: by the clock, and of the processor's time, which others on the machine do not lengthen.
struct Took
{
    double wall = 0; ///< ms
    double cpu = 0;  ///< ms
};

template<class Work>
Took tookOf(const Work& work)
{
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t cpu = std::clock();
    work();
    return {std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count(),
            1000.0 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC};
}

/// What the window waits for: the queue, again when little changed, and incidents one by one, the largest too.
int runOpening(const Wish& wish)
{
    const auto reader = engine::CaseReader::open(wish.opened);
    if (!reader) {
        std::fprintf(stderr, "cordon_bench_correlate: %s\n", reader.error().detail.c_str());
        return 1;
    }
    Result<std::vector<engine::IncidentRow>> rows;
    const Took queue = tookOf([&] { rows = (*reader)->incidents(); });
    const Took again = tookOf([&] { rows = (*reader)->incidents(); });
    if (!rows || rows->empty()) {
        std::fprintf(stderr, "cordon_bench_correlate: no incidents in %s\n", wish.opened.c_str());
        return 1;
    }
    const auto largest = std::max_element(rows->begin(), rows->end(), [](const auto& a, const auto& b) { return a.alerts < b.alerts; });
    std::vector<double> times;
    const std::size_t step = std::max<std::size_t>(rows->size() / 500, 1);
    for (std::size_t i = 0; i < rows->size(); i += step)
        times.push_back(tookOf([&] { (void)(*reader)->incident((*rows)[i].id); }).wall);
    std::size_t shown = 0;
    const Took most = tookOf([&] {
        const auto whole = (*reader)->incident(largest->id);
        shown = whole ? whole->alerts.size() : 0;
    });
    std::sort(times.begin(), times.end());
    std::printf("a case of %zu incidents; milliseconds by the clock (of the processor)\n"
                "queue, first %.1f (%.1f), again %.1f (%.1f)\nopening one: p50 %.2f  p99 %.2f\n"
                "the largest, of %d alerts (%zu are shown): %.1f (%.1f)\n",
                rows->size(), queue.wall, queue.cpu, again.wall, again.cpu, quantile(times, 0.5), quantile(times, 0.99), largest->alerts,
                shown, most.wall, most.cpu);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    CLI::App app("How well incidents stand for attacks, and what an alert costs");
    Wish wish;
    app.add_option("--data", wish.data, "folder of the recorded cases");
    app.add_option("--resources", wish.resources, "rules and field maps");
    app.add_option("--events", wish.events, "of everyday work in each world");
    app.add_option("--attacks", wish.attacks, "in each world");
    app.add_option("--seeds", wish.seeds, "how many worlds");
    app.add_option("--first-seed", wish.firstSeed, "seed of the first world");
    app.add_option("--only", wish.only, "worlds or cost");
    app.add_option("--alerts", wish.alerts, "in the case whose cost is measured");
    app.add_option("--incidents", wish.incidents, "in the same");
    app.add_option("--open", wish.opened, "a case whose incidents are opened; nothing else is measured");
    app.add_flag("--errors", wish.showsErrors, "name the attacks that were split or mixed");
    CLI11_PARSE(app, argc, argv);
    if (wish.events < 7 || wish.incidents == 0) {
        std::fprintf(stderr, "cordon_bench_correlate: at least 7 events and 1 incident\n");
        return 64;
    }
    if (!wish.opened.empty())
        return runOpening(wish);
    if (wish.only != "cost") {
        if (const int error = runWorlds(wish); error != 0)
            return error;
    }
    if (wish.only != "worlds")
        runCost(wish);
    return 0;
}
