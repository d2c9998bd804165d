#include "core/ingest/json_masks.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cordon::ingest {
namespace {

constexpr std::size_t blockSize = 64;

void fillByByte(const char* text, std::size_t blocks, JsonMasks* masks)
{
    for (std::size_t block = 0; block < blocks; ++block, text += blockSize) {
        JsonMasks found;
        for (std::size_t place = 0; place < blockSize; ++place) {
            const auto byte = static_cast<unsigned char>(text[place]);
            const auto bit = [place](bool isSet) { return static_cast<std::uint64_t>(isSet) << place; };
            found.quotes |= bit(byte == '"');
            found.backslashes |= bit(byte == '\\');
            found.commas |= bit(byte == ',');
            found.colons |= bit(byte == ':');
            found.objectOpeners |= bit(byte == '{');
            found.arrayOpeners |= bit(byte == '[');
            found.closers |= bit(byte == '}' || byte == ']');
            found.spaces |= bit(byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r');
            found.controls |= bit(byte < 0x20);
            found.beyondAscii |= bit(byte >= 0x80);
        }
        masks[block] = found;
    }
}

#if defined(__x86_64__)

std::uint64_t bitsOf(__m128i flags)
{
    return static_cast<std::uint32_t>(_mm_movemask_epi8(flags));
}

/// Every x86-64 processor has what this needs.
void fillBy16(const char* text, std::size_t blocks, JsonMasks* masks)
{
    const auto same = [](__m128i bytes, char wanted) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted)); };
    for (std::size_t block = 0; block < blocks; ++block, text += blockSize) {
        JsonMasks found;
        for (unsigned part = 0; part < blockSize; part += 16) {
            const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + part));
            found.quotes |= bitsOf(same(bytes, '"')) << part;
            found.backslashes |= bitsOf(same(bytes, '\\')) << part;
            found.commas |= bitsOf(same(bytes, ',')) << part;
            found.colons |= bitsOf(same(bytes, ':')) << part;
            found.objectOpeners |= bitsOf(same(bytes, '{')) << part;
            found.arrayOpeners |= bitsOf(same(bytes, '[')) << part;
            // ] and } differ in one bit.
            found.closers |= bitsOf(same(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), '}')) << part;
            found.controls |= bitsOf(_mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes)) << part;
            found.spaces |= bitsOf(same(bytes, ' ') | same(bytes, '\n') | same(bytes, '\r') | same(bytes, '\t')) << part;
            found.beyondAscii |= bitsOf(bytes) << part;
        }
        masks[block] = found;
    }
}

#define CORDON_WITH_AVX2 __attribute__((target("avx2")))

CORDON_WITH_AVX2 inline std::uint64_t bitsOf32(__m256i flags)
{
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(flags));
}

CORDON_WITH_AVX2 inline __m256i same32(__m256i bytes, char wanted)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(wanted));
}

CORDON_WITH_AVX2 void fillBy32(const char* text, std::size_t blocks, JsonMasks* masks)
{
    for (std::size_t block = 0; block < blocks; ++block, text += blockSize) {
        JsonMasks found;
        for (unsigned part = 0; part < blockSize; part += 32) {
            const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + part));
            found.quotes |= bitsOf32(same32(bytes, '"')) << part;
            found.backslashes |= bitsOf32(same32(bytes, '\\')) << part;
            found.commas |= bitsOf32(same32(bytes, ',')) << part;
            found.colons |= bitsOf32(same32(bytes, ':')) << part;
            found.objectOpeners |= bitsOf32(same32(bytes, '{')) << part;
            found.arrayOpeners |= bitsOf32(same32(bytes, '[')) << part;
            found.closers |= bitsOf32(same32(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), '}')) << part;
            const std::uint64_t controls =
                bitsOf32(_mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1F)), bytes));
            std::uint64_t spaces = bitsOf32(same32(bytes, ' '));
            if (controls != 0)
                spaces |= bitsOf32(same32(bytes, '\n') | same32(bytes, '\r') | same32(bytes, '\t'));
            found.controls |= controls << part;
            found.spaces |= spaces << part;
            found.beyondAscii |= bitsOf32(bytes) << part;
        }
        masks[block] = found;
    }
}

__attribute__((target("avx512bw"))) void fillBy64(const char* text, std::size_t blocks, JsonMasks* masks)
{
    const __m512i quote = _mm512_set1_epi8('"');
    const __m512i backslash = _mm512_set1_epi8('\\');
    const __m512i comma = _mm512_set1_epi8(',');
    const __m512i colon = _mm512_set1_epi8(':');
    const __m512i objectOpener = _mm512_set1_epi8('{');
    const __m512i arrayOpener = _mm512_set1_epi8('[');
    const __m512i closer = _mm512_set1_epi8('}');
    const __m512i space = _mm512_set1_epi8(' ');
    for (std::size_t block = 0; block < blocks; ++block, text += blockSize) {
        const __m512i bytes = _mm512_loadu_si512(text);
        JsonMasks& found = masks[block];
        found.quotes = _mm512_cmpeq_epi8_mask(bytes, quote);
        found.backslashes = _mm512_cmpeq_epi8_mask(bytes, backslash);
        found.commas = _mm512_cmpeq_epi8_mask(bytes, comma);
        found.colons = _mm512_cmpeq_epi8_mask(bytes, colon);
        found.objectOpeners = _mm512_cmpeq_epi8_mask(bytes, objectOpener);
        found.arrayOpeners = _mm512_cmpeq_epi8_mask(bytes, arrayOpener);
        found.closers = _mm512_cmpeq_epi8_mask(_mm512_or_si512(bytes, space), closer);
        found.controls = _mm512_cmplt_epu8_mask(bytes, space);
        found.spaces = _mm512_cmpeq_epi8_mask(bytes, space);
        if (found.controls != 0)
            found.spaces |= _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n')) |
                            _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\r')) |
                            _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\t'));
        found.beyondAscii = _mm512_movepi8_mask(bytes);
    }
}

#endif

std::vector<JsonMaskKernel> findKernels()
{
    std::vector<JsonMaskKernel> kernels;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512bw"))
        kernels.push_back({"64 bytes at a time", fillBy64});
    if (__builtin_cpu_supports("avx2"))
        kernels.push_back({"32 bytes at a time", fillBy32});
    kernels.push_back({"16 bytes at a time", fillBy16});
#endif
    kernels.push_back({"byte by byte", fillByByte});
    return kernels;
}

} // namespace

const std::vector<JsonMaskKernel>& jsonMaskKernels()
{
    static const std::vector<JsonMaskKernel> kernels = findKernels();
    return kernels;
}

} // namespace cordon::ingest
