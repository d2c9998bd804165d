// Measures how long it takes from the last log record that is needed to the first low-risk step done and read back, in an exercise
// with a case that is open (docs/performance.md), beside what the disk alone takes for as many ledger entries. Run by tools/bench respond.
#include "core/platform/file.h"
#include "tests/core/engine/three_attacks.h"

#include <charconv>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fcntl.h>

using namespace cordon;
using namespace cordon::tests;

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::ptrdiff_t firstOfAttack = 73; ///< the days before it, and the new key, are there when the case is opened

double millis(Steady::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

double at(std::vector<double> all, double share)
{
    std::sort(all.begin(), all.end());
    return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1) + 0.5)];
}

void write(const std::filesystem::path& file, Value::Array records)
{
    CaseFixture::must(platform::writeFileAtomically(file, json::write(Value::Object{{"Records", std::move(records)}})));
}

bool isLowRiskDone(const engine::Pipeline& held)
{
    for (const auto& [id, file] : held.files()) {
        for (const Step& step : file.plan.steps) {
            if (step.floor == Tier::T1 && step.state == StepState::Verified)
                return true;
        }
    }
    return false;
}

/// The tenant as it is once all of the log has happened, and nothing was done about it: it knows more than the log as read so far.
class WholeTenant
{
public:
    WholeTenant()
    {
        engine::EngineOptions options = m_fixture.options();
        options.mostSessions = 0;
        CaseFixture::must(m_fixture.run(options)->finish());
    }
    [[nodiscard]] Value::Array records() const
    {
        const Value all = CaseFixture::must(json::parse(CaseFixture::must(platform::readFile(m_fixture.log(), 1U << 24U))));
        return all["Records"].asArray();
    }
    /// @param observer  of the case's notices
    [[nodiscard]] CaseFixture::Held open(const CaseFixture& fixture, const engine::Pipeline::Observer& observer = {}) const
    {
        engine::EngineOptions options = fixture.options();
        options.replay = engine::ReplayMode::None;
        auto held = CaseFixture::must(engine::Pipeline::open(options, fixture.machine, observer));
        std::filesystem::copy_file(record::tenantPath(m_fixture.folder()), record::tenantPath(fixture.folder()));
        return held;
    }

private:
    CaseFixture m_fixture;
};

struct Sample
{
    double all = 0;          ///< ms from before the file with the last record is opened
    double afterReading = 0; ///< ms from when the record is an event of the case
    double work = 0;         ///< ms of processor time in that, of all threads
    std::int64_t entries = 0;
};

/// @return nothing when the step was done before that record, or is not done with it
std::optional<Sample> round(const WholeTenant& tenant, const Value::Array& all, std::size_t needed)
{
    CaseFixture fixture;
    const auto attack = all.begin() + firstOfAttack;
    write(fixture.log(), Value::Array(all.begin(), attack));
    write(fixture.path("last.json"), Value::Array(attack, all.begin() + static_cast<std::ptrdiff_t>(needed)));
    engine::Pipeline* running = nullptr;
    std::optional<Steady::time_point> read;
    std::optional<Steady::time_point> done;
    std::clock_t workBegun = 0;
    std::clock_t workDone = 0;
    const auto held = tenant.open(fixture, [&](const engine::Notice& notice) {
        if (!running || done)
            return;
        if (!read && notice.events == static_cast<std::int64_t>(needed))
            read = Steady::now(), workBegun = std::clock();
        if (isLowRiskDone(*running))
            done = Steady::now(), workDone = std::clock();
    });
    CaseFixture::must(held->run({}));
    if (isLowRiskDone(*held))
        return std::nullopt;
    running = held.get();
    const std::int64_t before = held->folder().ledger().size();
    const auto begun = Steady::now();
    CaseFixture::must(held->apply(engine::AddSources{{fixture.path("last.json")}}, {}));
    if (!done || !read)
        return std::nullopt;
    return Sample{millis(*done - begun), millis(*done - *read),
                  1000.0 * static_cast<double>(workDone - workBegun) / CLOCKS_PER_SEC, held->folder().ledger().size() - before};
}

/// Which record it is that has a low-risk step done, when the days before the attack were read before.
std::size_t recordsNeeded(const WholeTenant& tenant, const Value::Array& all)
{
    for (std::size_t needed = firstOfAttack + 1; needed <= all.size(); ++needed) {
        if (round(tenant, all, needed))
            return needed;
    }
    qFatal("nothing was done");
}

/// Plain appends of 400 bytes, each with its sync, as many as a round writes: ms.
double plainAppends(std::int64_t entries)
{
    const QTemporaryDir dir;
    const int file = ::open(dir.filePath("plain").toLocal8Bit().constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const std::string text(400, 'x');
    const auto begun = Steady::now();
    for (std::int64_t i = 0; i < entries; ++i) {
        if (::write(file, text.data(), text.size()) < 0 || ::fdatasync(file) != 0)
            qFatal("cannot write");
    }
    const double took = millis(Steady::now() - begun);
    ::close(file);
    return took;
}

void print(const char* what, const std::vector<double>& all)
{
    std::printf("%-44s %10.2f %10.2f %10.2f\n", what, at(all, 0.5), at(all, 0.99), at(all, 1.0));
}

} // namespace

int main(int argc, char** argv)
{
    int rounds = 200;
    if (argc == 3 && std::strcmp(argv[1], "--rounds") == 0)
        std::from_chars(argv[2], argv[2] + std::strlen(argv[2]), rounds);
    if (rounds < 1 || (argc != 1 && argc != 3)) {
        std::fprintf(stderr, "usage: bench_respond [--rounds N]\n");
        return 64;
    }
    const WholeTenant tenant;
    const Value::Array all = tenant.records();
    const std::size_t needed = recordsNeeded(tenant, all);
    std::vector<double> whole;
    std::vector<double> afterReading;
    std::vector<double> work;
    std::vector<double> plain;
    std::int64_t entries = 0;
    for (int i = 0; i < rounds; ++i) {
        const Sample sample = *round(tenant, all, needed);
        whole.push_back(sample.all);
        afterReading.push_back(sample.afterReading);
        work.push_back(sample.work);
        entries = std::max(entries, sample.entries);
        plain.push_back(plainAppends(sample.entries));
    }
    std::printf("%d rounds; record %zu of %zu is the last that is needed; up to %lld ledger entries each\n", rounds, needed, all.size(),
                static_cast<long long>(entries));
    std::printf("%-44s %10s %10s %10s\n", "milliseconds", "half", "99 %", "worst");
    print("from opening the file that ends with it", whole);
    print("from the record read", afterReading);
    print("of that, processor time", work);
    print("plain appends and syncs, as many", plain);
    std::printf("99 %% against the aim of 50 ms: %.2f; against the plain appends: %.1f\n", at(afterReading, 0.99) / 50.0,
                at(afterReading, 0.99) / at(plain, 0.99));
    return 0;
}
