#include "core/record/ledger_examination.h"
#include "tests/soak/record/runs.h"
#include "tests/soak/record/sample_ledger.h"

#include <functional>
#include <map>

namespace cordon::record::soak {
namespace {

/// True when the verifier would not call it whole: something does not fit, or the end is not signed.
bool isSeen(const std::shared_ptr<LedgerInMemory>& ledger, const SampleLedger& sample)
{
    ExaminationOptions options;
    options.mark = sample.mark;
    const auto found = examineLedger(ledger, options);
    if (!found)
        return true;
    const bool isTrusted = found->genesisKey && *found->genesisKey == sample.genesis;
    return !found->problems.empty() || !isTrusted;
}

class Tampering
{
public:
    Tampering(const SampleLedger& sample, std::uint64_t stride, std::uint64_t seed)
        : m_sample(sample)
        , m_stride(stride)
        , m_ledger(std::make_shared<LedgerInMemory>(sample.ledger))
        , m_at(seed % stride)
    {}

    void everyBit(const std::string& name)
    {
        std::string& bytes = m_ledger->files[name];
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            for (unsigned bit = 0; bit < 8; ++bit) {
                if (!isTurn())
                    continue;
                bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << bit));
                judge("TL-01 flipped bits", name + " byte " + std::to_string(at));
                bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << bit));
            }
        }
    }

    void everyTruncation()
    {
        const std::string whole = m_ledger->files[segment];
        for (std::size_t size = 0; size < whole.size(); ++size) {
            if (isTurn())
                with("TL-02 truncations", whole.substr(0, size));
        }
    }

    void entries()
    {
        const std::string whole = m_ledger->files[segment];
        const std::string header = whole.substr(0, 256);
        const auto frames = framesOf(whole);
        const auto rebuilt = [&](const char* what, const std::vector<std::size_t>& order) {
            std::string raw = header;
            std::vector<std::string> entries;
            for (const std::size_t index : order) {
                raw += frames[index];
                entries.push_back(entryOf(frames[index]));
            }
            with(what, raw);
            with(what, chainedAnew(header, entries)); // TL-07: the chain can be made anew, the heads cannot
        };
        std::vector<std::size_t> order(frames.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        for (std::size_t i = 0; i < frames.size(); ++i) {
            auto without = order;
            without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
            rebuilt("TL-03 deleted entries", without);
            auto doubled = order;
            doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), i);
            rebuilt("TL-05 doubled entries", doubled);
            for (std::size_t j = i + 1; j < frames.size(); ++j) {
                if (!isTurn())
                    continue;
                auto pair = without;
                pair.erase(pair.begin() + static_cast<std::ptrdiff_t>(j - 1));
                rebuilt("TL-03 deleted pairs", pair);
                auto swapped = order;
                std::swap(swapped[i], swapped[j]);
                rebuilt("TL-04 swapped pairs", swapped);
            }
        }
    }

    std::uint64_t report() const
    {
        for (const auto& [what, count] : m_counts)
            std::printf("  %-24s %llu\n", what.c_str(), static_cast<unsigned long long>(count));
        std::printf("tampering, TL-01 to TL-05 and TL-07: %llu damaged ledgers of %zu bytes, %llu not seen\n",
                    static_cast<unsigned long long>(m_total), m_sample.ledger.files.at(segment).size(),
                    static_cast<unsigned long long>(m_missed));
        return m_missed;
    }

    static constexpr const char* segment = "00000001.log";

private:
    bool isTurn() { return ++m_at % m_stride == 0; }

    void with(const char* what, std::string bytes)
    {
        std::string& file = m_ledger->files[segment];
        std::swap(file, bytes);
        judge(what, "");
        std::swap(file, bytes);
    }

    void judge(const char* what, const std::string& where)
    {
        ++m_total;
        ++m_counts[what];
        if (isSeen(m_ledger, m_sample))
            return;
        ++m_missed;
        std::printf("NOT SEEN: %s %s\n", what, where.c_str());
    }

    const SampleLedger& m_sample;
    std::uint64_t m_stride;
    std::shared_ptr<LedgerInMemory> m_ledger;
    std::uint64_t m_at = 0;
    std::uint64_t m_total = 0;
    std::uint64_t m_missed = 0;
    std::map<std::string, std::uint64_t> m_counts;
};

} // namespace

std::uint64_t runTampering(std::uint64_t stride, std::uint64_t seed)
{
    const Workshop workshop;
    const SampleLedger sample = makeSample(workshop.path(), 150, 220, 2);
    if (isSeen(std::make_shared<LedgerInMemory>(sample.ledger), sample))
        giveUp("the whole ledger does not verify");
    Tampering tampering(sample, stride, seed);
    for (const auto& [name, bytes] : sample.ledger.files)
        tampering.everyBit(name);
    tampering.everyTruncation();
    tampering.entries();
    return tampering.report();
}

std::uint64_t runFuzz(std::uint64_t runs, std::uint64_t seed)
{
    const Workshop workshop;
    const SampleLedger sample = makeSample(workshop.path(), 6, 60, 1);
    const std::string& honest = sample.ledger.files.at(Tampering::segment);
    const auto ledger = std::make_shared<LedgerInMemory>(sample.ledger);
    Dice dice(seed);
    std::uint64_t whole = 0;
    std::uint64_t missed = 0;
    std::uint64_t frames = 0;
    for (std::uint64_t run = 0; run < runs; ++run) {
        std::string& bytes = ledger->files[Tampering::segment];
        bytes = honest;
        for (std::size_t left = 1 + below(dice, 4); left > 0 && !bytes.empty(); --left) {
            const std::size_t at = below(dice, bytes.size());
            switch (dice() % 6) {
            case 0: bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << dice() % 8)); break;
            case 1: bytes[at] = static_cast<char>(dice()); break;
            case 2: bytes.erase(at, 1 + below(dice, 64)); break;
            case 3: bytes.insert(at, bytes.substr(below(dice, bytes.size()), 1 + below(dice, 64))); break;
            case 4: bytes.resize(at); break;
            default: std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), std::min<std::size_t>(bytes.size() - at, 4), static_cast<char>(dice())); break;
            }
        }
        FrameReader reader = must(FrameReader::open(ledger));
        FrameReader::Step step = must(reader.next());
        for (; step == FrameReader::Step::Frame; step = must(reader.next()))
            ++frames;
        // Whatever is read to its end is the honest ledger or the beginning of it.
        if (step != FrameReader::Step::End)
            continue;
        ++whole;
        if (honest.compare(0, bytes.size(), bytes) != 0) {
            ++missed;
            std::printf("NOT SEEN: run %llu\n", static_cast<unsigned long long>(run));
        }
    }
    std::printf("mutated ledgers to the reader, TL-14: %llu runs, %llu frames read, %llu of them the honest beginning, %llu forgeries read to the end\n",
                static_cast<unsigned long long>(runs), static_cast<unsigned long long>(frames),
                static_cast<unsigned long long>(whole), static_cast<unsigned long long>(missed));
    return missed;
}

} // namespace cordon::record::soak
