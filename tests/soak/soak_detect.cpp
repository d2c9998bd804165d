// Compares compiled Sigma rules with the plain judge on random rules and records, for as many pairs as asked.
#include "core/ingest/json_event_view.h"
#include "core/ingest/record_source.h"
#include "tests/core/detect/rule_comparison.h"
#include "core/domain/value_event_view.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>

using namespace cordon;

namespace {

constexpr int rulesAtOnce = 200;
constexpr int recordsAtOnce = 100;

/// The record as the engine sees it: written as JSON and read again.
class WrittenView final : public EventView
{
public:
    WrittenView(const FieldPlan& plan, const Value& record)
        : m_text(json::write(record))
        , m_size(m_text.size())
        , m_view(plan)
    {
        m_text.append(ingest::RecordSource::padding, ' ');
        m_isSound = m_view.read(std::string_view(m_text).substr(0, m_size)).has_value();
        m_view.route({"aws", "cloudtrail", {}, {}});
    }
    [[nodiscard]] bool isSound() const { return m_isSound; }

    [[nodiscard]] std::string_view raw() const override { return m_view.raw(); }
    [[nodiscard]] std::span<const FieldValue> values(FieldIndex field) const override { return m_view.values(field); }
    void eachScalar(const std::function<bool(std::string_view)>& visit) const override { m_view.eachScalar(visit); }
    [[nodiscard]] std::string_view product() const override { return m_view.product(); }
    [[nodiscard]] std::string_view service() const override { return m_view.service(); }
    [[nodiscard]] std::span<const std::string> categories() const override { return m_view.categories(); }

private:
    std::string m_text;
    std::size_t m_size;
    ingest::JsonEventView m_view;
    bool m_isSound = false;
};

std::unique_ptr<EventView> written(const FieldPlan& plan, const Value& record)
{
    auto view = std::make_unique<WrittenView>(plan, record);
    return view->isSound() ? std::move(view) : nullptr;
}

std::unique_ptr<EventView> inMemory(const FieldPlan& plan, const Value& record)
{
    return std::make_unique<ValueEventView>(plan, record);
}

bool takeNumber(const char* text, std::uint64_t& number)
{
    const char* end = text + std::strlen(text);
    const auto read = std::from_chars(text, end, number);
    return read.ec == std::errc() && read.ptr == end;
}

int compare(std::uint64_t pairs, std::uint64_t seed)
{
    const auto start = std::chrono::steady_clock::now();
    RuleComparison comparison;
    // Half of the pairs with the reader of the engine, half without, so that a disagreement tells where it comes from.
    for (std::uint64_t round = 0; comparison.pairs < pairs && comparison.disagreements == 0; ++round)
        comparison.add(seed + round, rulesAtOnce, recordsAtOnce, round % 2 == 0 ? written : inMemory);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("pairs %llu, seed %llu, matches %llu, disagreements %llu, %.1f s\n",
                static_cast<unsigned long long>(comparison.pairs), static_cast<unsigned long long>(seed),
                static_cast<unsigned long long>(comparison.matches),
                static_cast<unsigned long long>(comparison.disagreements), seconds);
    if (comparison.disagreements > 0)
        std::printf("the first: %s\n", comparison.first.c_str());
    return comparison.disagreements == 0 ? 0 : 1;
}

int seedMistakes(std::uint64_t seed)
{
    int unnoticed = 0;
    for (int mistake = 1; mistake < static_cast<int>(naive::Mistake::Count); ++mistake) {
        RuleComparison comparison;
        for (std::uint64_t round = 0; comparison.pairs < 1'000'000 && comparison.disagreements == 0; ++round)
            comparison.add(seed + round, rulesAtOnce, recordsAtOnce, inMemory, static_cast<naive::Mistake>(mistake),
                           true);
        std::printf("mistake %2d: %s after %llu pairs\n", mistake,
                    comparison.disagreements > 0 ? "noticed" : "UNNOTICED",
                    static_cast<unsigned long long>(comparison.pairs));
        unnoticed += comparison.disagreements > 0 ? 0 : 1;
    }
    std::printf("%d mistakes, %d unnoticed\n", static_cast<int>(naive::Mistake::Count) - 1, unnoticed);
    return unnoticed == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    std::uint64_t pairs = 1'000'000;
    std::uint64_t seed = 1;
    bool wantsMistakes = false;
    for (int at = 1; at < argc; ++at) {
        const bool hasNumber = at + 1 < argc;
        if (std::strcmp(argv[at], "--mistakes") == 0) {
            wantsMistakes = true;
        } else if (hasNumber && std::strcmp(argv[at], "--pairs") == 0 && takeNumber(argv[at + 1], pairs)) {
            ++at;
        } else if (hasNumber && std::strcmp(argv[at], "--seed") == 0 && takeNumber(argv[at + 1], seed)) {
            ++at;
        } else {
            std::fprintf(stderr, "usage: soak_detect [--pairs N] [--seed N] [--mistakes]\n");
            return 64;
        }
    }
    return wantsMistakes ? seedMistakes(seed) : compare(pairs, seed);
}
