#include "core/detect/running_measure.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace cordon::detect {
namespace {

using Entries = std::span<const CorrelationEntry>;

bool hasValue(Entries window, std::uint64_t value)
{
    return std::any_of(window.begin(), window.end(), [value](const CorrelationEntry& e) { return e.value == value; });
}

double differentValues(Entries entries)
{
    std::vector<std::uint64_t> values;
    values.reserve(entries.size());
    for (const CorrelationEntry& entry : entries)
        values.push_back(entry.value);
    std::sort(values.begin(), values.end());
    return static_cast<double>(std::unique(values.begin(), values.end()) - values.begin());
}

std::vector<double> numbersOf(Entries entries)
{
    std::vector<double> numbers;
    numbers.reserve(entries.size());
    for (const CorrelationEntry& entry : entries)
        numbers.push_back(std::bit_cast<double>(entry.value));
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

double sumOf(const std::vector<double>& numbers)
{
    long double sum = 0;
    for (const double number : numbers)
        sum += number;
    return static_cast<double>(sum);
}

double medianOf(const std::vector<double>& numbers)
{
    const std::size_t middle = numbers.size() / 2;
    return numbers.size() % 2 == 1 ? numbers[middle] : std::midpoint(numbers[middle - 1], numbers[middle]);
}

/// Nearest rank: the smallest number that at least `percent` of all numbers do not exceed.
double percentileOf(const std::vector<double>& numbers, double percent)
{
    const double rank = std::ceil(percent / 100 * static_cast<double>(numbers.size()));
    return numbers[static_cast<std::size_t>(std::clamp(rank, 1.0, static_cast<double>(numbers.size()))) - 1];
}

} // namespace

void RunningMeasure::add(const CorrelationEntry& entry, Entries window, bool isSum)
{
    if (isSum)
        return addNumber(std::bit_cast<double>(entry.value));
    if (!m_counts) {
        m_different += hasValue(window, entry.value) ? 0 : 1;
        if (window.size() < shortWindow)
            return;
        m_counts = std::make_unique<std::unordered_map<std::uint64_t, std::uint32_t>>();
        for (const CorrelationEntry& present : window)
            ++(*m_counts)[present.value];
        ++(*m_counts)[entry.value];
        return;
    }
    ++(*m_counts)[entry.value];
    m_different = static_cast<std::uint32_t>(m_counts->size());
}

void RunningMeasure::remove(const CorrelationEntry& entry, Entries window, bool isSum)
{
    if (window.empty()) {
        *this = RunningMeasure();
        return;
    }
    if (isSum)
        return addNumber(-std::bit_cast<double>(entry.value));
    if (!m_counts) {
        m_different -= hasValue(window, entry.value) ? 0 : 1;
        return;
    }
    const auto count = m_counts->find(entry.value);
    if (--count->second == 0)
        m_counts->erase(count);
    m_different = static_cast<std::uint32_t>(m_counts->size());
}

/// Neumaier's sum: numbers that come and go leave no drift behind.
void RunningMeasure::addNumber(double number)
{
    if (!m_sum)
        m_sum = std::make_unique<Sum>();
    const double before = m_sum->sum;
    const double sum = before + number;
    m_sum->lost += std::abs(before) >= std::abs(number) ? (before - sum) + number : (number - sum) + before;
    m_sum->sum = sum;
}

double measureWhole(const CorrelationRule& rule, Entries entries)
{
    using Kind = CorrelationRule::Kind;
    if (!rule.measuresNumbers())
        return differentValues(entries);
    const std::vector<double> numbers = numbersOf(entries);
    switch (rule.kind) {
    case Kind::ValueAverage:
        return sumOf(numbers) / static_cast<double>(numbers.size());
    case Kind::ValueMedian:
        return medianOf(numbers);
    case Kind::ValuePercentile:
        return percentileOf(numbers, rule.percentile);
    default:
        return sumOf(numbers);
    }
}

std::size_t keepShares(const CorrelationRule& rule, std::vector<CorrelationEntry>& entries)
{
    std::unordered_map<std::uint64_t, std::size_t> counts;
    for (const CorrelationEntry& entry : entries)
        ++counts[entry.value];
    const auto all = static_cast<double>(entries.size());
    std::erase_if(counts,
                  [&](const auto& count) { return !rule.holds(100 * static_cast<double>(count.second) / all); });
    std::erase_if(entries, [&](const CorrelationEntry& entry) { return !counts.contains(entry.value); });
    return counts.size();
}

} // namespace cordon::detect
