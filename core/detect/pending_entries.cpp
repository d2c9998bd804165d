#include "core/detect/pending_entries.h"

#include "core/base/log.h"

#include <algorithm>
#include <cstring>
#include <tuple>

namespace cordon::detect {
namespace {

/// Read ahead of all runs together; each gets its share, within bounds.
constexpr std::size_t mostAhead = 1U << 20U;

} // namespace

PendingEntries::PendingEntries(CorrelationSpool& spool)
    : m_spool(spool)
{}

PendingEntries::~PendingEntries()
{
    m_spool.release(m_heldBytes);
}

bool PendingEntries::isBefore(const Item& one, const Item& other)
{
    return std::tie(one.time, one.position, one.event, one.value) <
           std::tie(other.time, other.position, other.event, other.value);
}

void PendingEntries::add(const CorrelationInput& input, std::uint64_t value)
{
    Item item{input.time, input.event, value, input.group, input.position, 0};
    std::size_t bytes = sizeof(Item);
    if (input.origin) {
        if (m_origins.empty() || &*m_origins.back() != &*input.origin) {
            m_origins.push_back(input.origin);
            bytes += input.origin->size();
        }
        item.origin = static_cast<std::uint32_t>(m_origins.size());
    }
    m_isSorted = m_isSorted && (m_held.size() == m_next || !isBefore(item, m_held.back()));
    m_held.push_back(item);
    m_heldBytes += bytes;
    m_spool.hold(bytes);
}

std::optional<PendingEntries::Waiting> PendingEntries::next(Timestamp upTo, bool isLast)
{
    const auto place = earliest();
    if (!place)
        return std::nullopt;
    const bool isHeld = *place == m_runs.size();
    const Item item = isHeld ? m_held[m_next] : *front(m_runs[*place]);
    if (!isLast && item.time > upTo)
        return std::nullopt;
    if (isHeld) {
        ++m_next;
        return waitingOf(item, item.origin == 0 ? OriginRef() : m_origins[item.origin - 1]);
    }
    Run& run = m_runs[*place];
    std::optional<Waiting> waiting = waitingOf(item, item.origin == 0 ? OriginRef() : originOf(run, item));
    std::pop_heap(m_heap.begin(), m_heap.end(), HeapOrder{*this});
    ++run.next;
    if (front(run))
        std::push_heap(m_heap.begin(), m_heap.end(), HeapOrder{*this});
    else
        m_heap.pop_back();
    return waiting;
}

PendingEntries::Waiting PendingEntries::waitingOf(const Item& item, OriginRef origin)
{
    return {{item.time, item.event, item.value, std::move(origin)}, item.group};
}

/// Of the same the older comes first: what is in memory came last.
bool PendingEntries::HeapOrder::operator()(std::size_t one, std::size_t other) const
{
    const Item& a = *pending.front(pending.m_runs[one]);
    const Item& b = *pending.front(pending.m_runs[other]);
    return isBefore(b, a) || (!isBefore(a, b) && other < one);
}

std::optional<std::size_t> PendingEntries::earliest()
{
    sortHeld();
    if (!m_isMerging) {
        m_isMerging = true;
        m_heap.clear();
        for (std::size_t at = 0; at < m_runs.size(); ++at) {
            if (front(m_runs[at]))
                m_heap.push_back(at);
        }
        std::make_heap(m_heap.begin(), m_heap.end(), HeapOrder{*this});
    }
    const bool hasHeld = m_next < m_held.size();
    if (m_heap.empty())
        return hasHeld ? std::optional(m_runs.size()) : std::nullopt;
    const std::size_t first = m_heap.front();
    return hasHeld && isBefore(m_held[m_next], *front(m_runs[first])) ? m_runs.size() : first;
}

void PendingEntries::sortHeld()
{
    if (!m_isSorted)
        std::stable_sort(m_held.begin() + static_cast<std::ptrdiff_t>(m_next), m_held.end(), isBefore);
    m_isSorted = true;
}

/// The first entry of a run that is still to come; null at its end.
const PendingEntries::Item* PendingEntries::front(Run& run)
{
    if (run.next < run.ahead.size())
        return &run.ahead[run.next];
    if (run.at == run.end)
        return nullptr;
    const std::size_t most = std::clamp<std::size_t>(mostAhead / m_runs.size() / sizeof(Item), 32, 4096);
    run.next = 0;
    run.ahead.resize(std::min<std::size_t>(most, (run.end - run.at) / sizeof(Item)));
    const std::size_t bytes = run.ahead.size() * sizeof(Item);
    if (auto done = m_spool.read(run.ahead.data(), bytes, run.at); !done) {
        logError("correlations lost what waited: " + done.error().detail);
        m_lost += (run.end - run.at) / sizeof(Item);
        run.ahead.clear();
        run.at = run.end;
        return nullptr;
    }
    run.at += bytes;
    return run.ahead.data();
}

OriginRef PendingEntries::originOf(const Run& run, const Item& item)
{
    std::uint32_t size = 0;
    const std::uint64_t at = run.origins + item.origin - 1;
    std::string bytes;
    auto done = m_spool.read(&size, sizeof size, at);
    if (done) {
        bytes.resize(size);
        done = m_spool.read(bytes.data(), size, at + sizeof size);
    }
    auto origin = done ? CorrelationOrigin::unpacked(bytes) : fail(done.error());
    if (!origin) {
        logError("correlations lost what an event carried: " + origin.error().detail);
        ++m_lost;
        return {};
    }
    return OriginRef(std::move(*origin));
}

void PendingEntries::rest()
{
    std::uint64_t done = 0;
    std::erase_if(m_runs, [&](Run& run) {
        run.at -= (run.ahead.size() - run.next) * sizeof(Item);
        run.ahead = {};
        run.next = 0;
        if (run.at < run.end)
            return false;
        done += run.bytes;
        return true;
    });
    if (done > 0)
        m_spool.drop(done);
    m_isMerging = false;
    m_heap = {};
    forgetTaken();
}

/// Gives back what the entries in memory that were taken away held.
void PendingEntries::forgetTaken()
{
    if (m_next == 0)
        return;
    m_held.erase(m_held.begin(), m_held.begin() + static_cast<std::ptrdiff_t>(m_next));
    m_next = 0;
    if (m_held.empty())
        m_held = {};
    std::size_t bytes = m_held.size() * sizeof(Item);
    std::vector<OriginRef> origins;
    std::vector<std::uint32_t> places(m_origins.size());
    for (Item& item : m_held) {
        if (item.origin == 0)
            continue;
        std::uint32_t& place = places[item.origin - 1];
        if (place == 0) {
            origins.push_back(m_origins[item.origin - 1]);
            bytes += origins.back()->size();
            place = static_cast<std::uint32_t>(origins.size());
        }
        item.origin = place;
    }
    m_origins = std::move(origins);
    m_spool.release(m_heldBytes - bytes);
    m_heldBytes = bytes;
}

Timestamp PendingEntries::middle()
{
    sortHeld();
    return m_held[m_next + (m_held.size() - m_next) / 2].time;
}

Result<void> PendingEntries::spill()
{
    forgetTaken();
    if (m_held.empty())
        return {};
    sortHeld();
    std::string packed;
    std::vector<std::uint32_t> places; // by origin
    for (const OriginRef& origin : m_origins) {
        places.push_back(static_cast<std::uint32_t>(packed.size()) + 1);
        const std::string bytes = origin->packed();
        const auto size = static_cast<std::uint32_t>(bytes.size());
        packed.append(reinterpret_cast<const char*>(&size), sizeof size);
        packed += bytes;
    }
    CORDON_TRY(const std::uint64_t origins, m_spool.write(bytesOf(packed)));
    std::vector<Item> placed;
    if (!places.empty()) {
        placed = m_held;
        for (Item& item : placed)
            item.origin = item.origin == 0 ? 0 : places[item.origin - 1];
    }
    const std::span<const Item> items = places.empty() ? std::span<const Item>(m_held) : placed;
    const auto written = m_spool.write({reinterpret_cast<const unsigned char*>(items.data()), items.size_bytes()});
    if (!written) {
        m_spool.drop(packed.size());
        return fail(written.error());
    }
    const std::uint64_t bytes = items.size_bytes();
    m_runs.push_back({origins, packed.size() + bytes, *written, *written + bytes});
    m_isMerging = false;
    m_next = m_held.size();
    forgetTaken();
    return {};
}

} // namespace cordon::detect
