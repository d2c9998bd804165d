#include "app/bench/correlation_cost.h"

#include "core/correlate/incident_builder.h"

#include <algorithm>
#include <chrono>
#include <set>

namespace cordon::bench {
namespace {

constexpr std::size_t timed = 20'000;
constexpr std::size_t floodAlerts = 2'000; ///< one incident is this large

/// Alert `step` of incident `matter`: somebody with a key, from an address that some ten share, on one of ten things.
Alert alertOf(std::size_t matter, std::size_t step, std::int64_t id, Timestamp when)
{
    const std::string name = std::to_string(matter);
    const std::string account = std::to_string(700'000'000'000 + matter % 50);
    Alert alert;
    alert.id = AlertId{id};
    alert.rule.id = "rule-" + std::to_string((matter + step) % 200);
    alert.rule.title = "Something that a rule noticed";
    alert.rule.level = Severity::Medium;
    alert.rule.tactics = {step % 2 == 0 ? "persistence" : "credential-access"};
    alert.rule.techniques = {"T1098"};
    alert.first = alert.last = when;
    alert.events = {EventId{id}};
    const auto add = [&alert](EntityKind kind, std::string what, const char* type, const char* part,
                              const char* relation) {
        alert.entities.push_back({{kind, std::move(what), type, {}}, part, relation});
    };
    add(EntityKind::Account, "arn:aws:iam::" + account + ":user/u" + name, "", "actor", "");
    add(EntityKind::Credential, "AKIA" + name, "access_key", "via", "");
    add(EntityKind::Address, "100.64." + std::to_string(matter / 10 % 250) + "." + std::to_string(matter / 2500), "ip",
        "address", "");
    add(EntityKind::Resource, "arn:aws:s3:::b" + std::to_string(matter / 3) + "-" + std::to_string(step % 10), "",
        "target", "read");
    if (step == 3)
        add(EntityKind::Credential, "AKIAN" + name, "access_key", "target", "created");
    return alert;
}

template<class Work>
double microsOf(const Work& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

double quantile(const std::vector<double>& sorted, double share)
{
    return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

CorrelationCost correlationCost(std::size_t alerts, std::size_t incidents)
{
    const Timestamp begin = Timestamp::fromMicros(1'790'000'000'000'000);
    // Matters follow one another; the alerts of one are a minute apart.
    const auto startOf = [&](std::size_t matter) {
        return begin + std::chrono::seconds(6) * static_cast<std::int64_t>(matter);
    };
    const std::size_t each = std::max<std::size_t>(alerts / incidents, 1);
    correlate::IncidentBuilder builder;
    std::int64_t id = 0;
    // Laid out by time, as a case is read.
    std::vector<std::pair<Timestamp, std::pair<std::size_t, std::size_t>>> plan;
    plan.reserve(alerts + floodAlerts);
    for (std::size_t matter = 0; matter < incidents; ++matter) {
        const std::size_t count = matter == incidents / 2 ? floodAlerts : each;
        for (std::size_t step = 0; step < count; ++step)
            plan.push_back(
                {startOf(matter) + std::chrono::minutes(1) * static_cast<std::int64_t>(step), {matter, step}});
    }
    std::sort(plan.begin(), plan.end());
    for (const auto& [when, what] : plan)
        builder.add(alertOf(what.first, what.second, ++id, when));
    CorrelationCost cost;
    cost.alerts = builder.alertCount();

    const Timestamp end = plan.back().first;
    std::uint64_t random = 1;
    const auto next = [&random] { return (random = random * 6364136223846793005U + 1442695040888963407U) >> 33U; };
    for (std::size_t i = 0; i < timed; ++i) {
        const std::size_t matter =
            i % 4 == 0 ? incidents + i : incidents - 1 - next() % std::min<std::size_t>(incidents, 2000);
        const Alert alert =
            alertOf(matter, next() % 20, ++id, end + std::chrono::seconds(static_cast<std::int64_t>(i)));
        cost.inOrder.push_back(microsOf([&] { builder.add(alert); }));
    }
    for (std::size_t i = 0; i < timed; ++i) {
        const std::size_t matter = next() % incidents;
        const Alert alert = alertOf(matter, next() % 20, ++id,
                                    startOf(matter) + std::chrono::seconds(static_cast<std::int64_t>(next() % 900)));
        cost.late.push_back(microsOf([&] { builder.add(alert); }));
    }
    for (std::size_t i = 0; i < 500; ++i) {
        const auto incident =
            builder.incidentOf(AlertId{static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(id)) + 1});
        cost.opening.push_back(microsOf([&] { cost.incidents += incident && builder.incident(*incident) ? 0 : 1; }));
    }
    for (std::size_t i = 0; i < plan.size(); ++i) {
        if (plan[i].second.first != incidents / 2)
            continue;
        const auto incident = builder.incidentOf(AlertId{static_cast<std::int64_t>(i) + 1});
        cost.largest = microsOf([&] { cost.largestAlerts = builder.incident(*incident)->alerts.size(); });
        break;
    }
    std::set<std::int64_t> numbers;
    for (std::int64_t alert = 1; alert <= id; ++alert)
        numbers.insert(builder.incidentOf(AlertId{alert})->value);
    cost.incidents = numbers.size();
    for (std::vector<double>* times : {&cost.inOrder, &cost.late, &cost.opening})
        std::sort(times->begin(), times->end());
    return cost;
}

} // namespace cordon::bench
