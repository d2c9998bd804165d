#include "core/detect/gram_filter.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cordon::detect {

struct GramFilter::Kernel
{
    /// @param text  with 68 readable bytes
    std::uint64_t (*find)(const char* text, const Tables& tables) = nullptr;
};

namespace {

constexpr std::size_t gramSize = 4;
constexpr std::size_t blockSize = GramFilter::blockSize;
/// Bytes that may be looked at from one place on: `\u0041`, or four bytes.
constexpr std::size_t reach = 8;

/// What is never escaped as it is, and in no other way by the usual writers (some escape < > & ').
bool isPlain(char c)
{
    return c >= ' ' && c < 0x7F && std::string_view("\"\\/<>&'").find(c) == std::string_view::npos;
}

/// Numbers may be read as other texts than they are written as (1e3).
bool mayBeOfNumber(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e';
}

bool isUsable(std::string_view gram)
{
    return std::all_of(gram.begin(), gram.end(), isPlain) && !std::all_of(gram.begin(), gram.end(), mayBeOfNumber);
}

/// How seldom a byte is in logs: a guess that costs time alone when it is wrong.
int rarity(char c)
{
    if (std::string_view("etaoinsrldcm").find(c) != std::string_view::npos)
        return 1;
    return std::string_view(":;jqxzkvwy~!|@#$%^*+=").find(c) != std::string_view::npos ? 3 : 2;
}

std::uint32_t foldedGram(const char* text)
{
    std::array<char, gramSize> bytes{};
    std::copy_n(text, gramSize, bytes.begin());
    for (char& c : bytes)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    return std::bit_cast<std::uint32_t>(bytes);
}

std::uint32_t placeOf(std::uint32_t gram)
{
    return gram * 0x9E3779B1U >> 20U; // 12 bits
}

/// Whether `text` begins with an escape of a byte that might be looked for: \u0020 to \u007f.
bool isEscapeOfPlain(const char* text)
{
    if (std::memcmp(text, "\\u00", 4) != 0 || text[4] < '2' || text[4] > '7')
        return false;
    const char last = text[5];
    const int low = last >= '0' && last <= '9' ? last - '0' : (last | 0x20) - 'a' + 10;
    return low < 0 || low > 15 || isPlain(static_cast<char>((text[4] - '0') * 16 + low));
}

std::uint64_t findByByte(const char* text, const GramFilter::Tables& tables)
{
    std::uint64_t places = 0;
    for (std::size_t at = 0; at < blockSize; ++at) {
        unsigned groups = 0xFF;
        for (std::size_t part = 0; part < gramSize; ++part) {
            const auto byte = static_cast<unsigned char>(text[at + part]);
            groups &= tables.low[part][byte & 15U] & tables.high[part][byte >> 4U];
        }
        const bool isEscape = text[at] == '\\' && text[at + 1] == 'u';
        places |= static_cast<std::uint64_t>(groups != 0 || isEscape) << at;
    }
    return places;
}

#if defined(__x86_64__)

#define CORDON_WITH_AVX2 __attribute__((target("avx2")))

CORDON_WITH_AVX2 inline __m256i groups32(const char* text, const GramFilter::Tables& tables, std::size_t part)
{
    const __m256i half = _mm256_set1_epi8(15);
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + part));
    const __m256i low = _mm256_broadcastsi128_si256(
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(tables.low[part].data())));
    const __m256i high = _mm256_broadcastsi128_si256(
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(tables.high[part].data())));
    return _mm256_shuffle_epi8(low, bytes & half) & _mm256_shuffle_epi8(high, _mm256_srli_epi16(bytes, 4) & half);
}

CORDON_WITH_AVX2 inline std::uint64_t find32(const char* text, const GramFilter::Tables& tables)
{
    const __m256i groups = groups32(text, tables, 0) & groups32(text, tables, 1) & groups32(text, tables, 2) &
                           groups32(text, tables, 3);
    const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
    const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + 1));
    const __m256i escapes =
        _mm256_cmpeq_epi8(first, _mm256_set1_epi8('\\')) & _mm256_cmpeq_epi8(second, _mm256_set1_epi8('u'));
    const __m256i isNone = _mm256_cmpeq_epi8(groups | escapes, _mm256_setzero_si256());
    return ~static_cast<std::uint32_t>(_mm256_movemask_epi8(isNone));
}

CORDON_WITH_AVX2 std::uint64_t findBy32(const char* text, const GramFilter::Tables& tables)
{
    return (find32(text, tables) & 0xFFFFFFFFU) | (find32(text + 32, tables) << 32U);
}

#define CORDON_WITH_AVX512 __attribute__((target("avx512bw")))

/// The masked broadcast, all bits set: GCC 12 warns of its own header at the plain one.
CORDON_WITH_AVX512 inline __m512i groups64(const char* text, const GramFilter::Tables& tables, std::size_t part)
{
    const __m512i half = _mm512_set1_epi8(15);
    const __m512i bytes = _mm512_loadu_si512(text + part);
    const __m512i low = _mm512_maskz_broadcast_i32x4(
        0xFFFF, _mm_loadu_si128(reinterpret_cast<const __m128i*>(tables.low[part].data())));
    const __m512i high = _mm512_maskz_broadcast_i32x4(
        0xFFFF, _mm_loadu_si128(reinterpret_cast<const __m128i*>(tables.high[part].data())));
    return _mm512_shuffle_epi8(low, bytes & half) & _mm512_shuffle_epi8(high, _mm512_srli_epi16(bytes, 4) & half);
}

CORDON_WITH_AVX512 std::uint64_t findBy64(const char* text, const GramFilter::Tables& tables)
{
    const __m512i groups = groups64(text, tables, 0) & groups64(text, tables, 1) & groups64(text, tables, 2) &
                           groups64(text, tables, 3);
    const std::uint64_t escapes =
        _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(text), _mm512_set1_epi8('\\')) &
        _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(text + 1), _mm512_set1_epi8('u'));
    return _mm512_test_epi8_mask(groups, groups) | escapes;
}

#endif

} // namespace

const std::vector<const GramFilter::Kernel*>& GramFilter::kernels()
{
    static const std::vector<const Kernel*> found = [] {
        std::vector<const Kernel*> kernels;
#if defined(__x86_64__)
        static const Kernel by64{findBy64};
        static const Kernel by32{findBy32};
        if (__builtin_cpu_supports("avx512bw"))
            kernels.push_back(&by64);
        if (__builtin_cpu_supports("avx2"))
            kernels.push_back(&by32);
#endif
        static const Kernel byByte{findByByte};
        kernels.push_back(&byByte);
        return kernels;
    }();
    return found;
}

bool GramFilter::add(std::string_view text)
{
    const char* best = nullptr;
    int bestRarity = 0;
    for (std::size_t at = 0; at + gramSize <= text.size(); ++at) {
        const std::string_view gram = text.substr(at, gramSize);
        int sum = 0;
        for (const char c : gram)
            sum += rarity(c);
        if (sum > bestRarity && isUsable(gram)) {
            best = gram.data();
            bestRarity = sum;
        }
    }
    if (!best)
        return false;
    addGram(foldedGram(best), m_count++ % groups);
    return true;
}

void GramFilter::addGram(std::uint32_t gram, std::size_t group)
{
    const auto mark = static_cast<std::uint8_t>(1U << group);
    const auto bytes = std::bit_cast<std::array<unsigned char, gramSize>>(gram);
    for (std::size_t part = 0; part < gramSize; ++part) {
        const unsigned char byte = bytes[part];
        m_tables.low[part][byte & 15U] |= mark;
        m_tables.high[part][byte >> 4U] |= mark;
        if (byte >= 'a' && byte <= 'z')
            m_tables.high[part][(byte ^ 0x20U) >> 4U] |= mark;
    }
    const std::uint32_t bit = placeOf(gram);
    m_grams[bit / 64] |= std::uint64_t{1} << bit % 64;
}

std::uint64_t GramFilter::placesIn(const char* text) const
{
    return m_kernel->find(text, m_tables);
}

bool GramFilter::mayHold(std::string_view text) const
{
    while (text.size() >= blockSize + reach) {
        if (mayBeginIn(m_kernel->find(text.data(), m_tables), text.data()))
            return true;
        text.remove_prefix(blockSize);
    }
    std::array<char, 2 * blockSize + reach> rest{}; // zeros behind: nothing looked for holds one
    std::copy(text.begin(), text.end(), rest.begin());
    return mayBeginIn(m_kernel->find(rest.data(), m_tables), rest.data()) ||
           mayBeginIn(m_kernel->find(rest.data() + blockSize, m_tables), rest.data() + blockSize);
}

bool GramFilter::mayBeginIn(std::uint64_t places, const char* text) const
{
    for (; places != 0; places &= places - 1) {
        const char* place = text + std::countr_zero(places);
        const std::uint32_t bit = placeOf(foldedGram(place));
        if ((m_grams[bit / 64] >> bit % 64 & 1U) != 0 || isEscapeOfPlain(place))
            return true;
    }
    return false;
}

} // namespace cordon::detect
