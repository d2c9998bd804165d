#include "core/govern/identifier_rules.h"

#include "core/base/utf8.h"
#include "core/govern/normal_form.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cordon::govern {
namespace {

using Range = std::pair<std::uint32_t, std::uint32_t>;

template<std::size_t N>
bool isIn(const std::array<Range, N>& ranges, std::uint32_t point)
{
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const Range& range) { return point >= range.first && point <= range.second; });
}

constexpr std::array<Range, 3> controls{{{0x00, 0x1F}, {0x7F, 0x9F}, {0x2028, 0x2029}}};
constexpr std::array<Range, 4> bidi{{{0x061C, 0x061C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}}};
constexpr std::array<Range, 18> invisible{{
    {0x00AD, 0x00AD},
    {0x034F, 0x034F},
    {0x115F, 0x1160},
    {0x17B4, 0x17B5},
    {0x180B, 0x180F},
    {0x200B, 0x200D},
    {0x2060, 0x2065},
    {0x206A, 0x206F},
    {0x2800, 0x2800},
    {0x3164, 0x3164},
    {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFD},
    {0x1D173, 0x1D17A},
    {0xE000, 0xF8FF},
    {0xE0000, 0xE0FFF},
    {0xF0000, 0x10FFFF},
}};
// Combining marks and what NFC writes differently: singletons, conjoining Hangul, compatibility ideographs.
constexpr std::array<Range, 22> decomposed{{
    {0x0300, 0x036F}, {0x0374, 0x0374}, {0x037E, 0x037E}, {0x0387, 0x0387}, {0x0483, 0x0489}, {0x0591, 0x05BD},
    {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0653, 0x0655}, {0x093C, 0x093C}, {0x0958, 0x095F}, {0x1100, 0x11FF},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x1FEF, 0x1FEF}, {0x2000, 0x2001}, {0x20D0, 0x20FF}, {0x2126, 0x2126},
    {0x212A, 0x212B}, {0x2329, 0x232A}, {0x3099, 0x309A}, {0xFE20, 0xFE2F},
}};
constexpr std::array<Range, 3> compatibility{{{0xF900, 0xFAFF}, {0xFB1D, 0xFB4F}, {0x2F800, 0x2FA1F}}};
constexpr std::array<Range, 3> spaces{{{0x00A0, 0x00A0}, {0x2000, 0x200A}, {0x202F, 0x205F}}};

/// A bit per script whose letters look like another's; 0 for everything else.
unsigned scriptOf(std::uint32_t point)
{
    const bool isAscii = (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
    if (isAscii || (point >= 0x00C0 && point <= 0x02AF && point != 0x00D7 && point != 0x00F7) ||
        (point >= 0x1E00 && point <= 0x1EFF) || (point >= 0x2C60 && point <= 0x2C7F) ||
        (point >= 0xA720 && point <= 0xA7FF) || (point >= 0xAB30 && point <= 0xAB64))
        return 1;
    if ((point >= 0x0370 && point <= 0x03E1) || (point >= 0x03F0 && point <= 0x03FF) ||
        (point >= 0x1F00 && point <= 0x1FFF))
        return 2;
    if ((point >= 0x0400 && point <= 0x052F) || (point >= 0x1C80 && point <= 0x1C8F) ||
        (point >= 0x2DE0 && point <= 0x2DFF) || (point >= 0xA640 && point <= 0xA69F))
        return 4;
    if (point >= 0x0530 && point <= 0x058F)
        return 8;
    if ((point >= 0x13A0 && point <= 0x13FF) || (point >= 0xAB70 && point <= 0xABBF))
        return 16;
    if (point >= 0xFF01 && point <= 0xFF5E)
        return 32;
    if ((point >= 0x1D400 && point <= 0x1D7FF) || (point >= 0x2100 && point <= 0x218F) ||
        (point >= 0x1D00 && point <= 0x1DBF) || (point >= 0x2460 && point <= 0x24FF)) // letters only in looks
        return 64;
    if ((point >= 0x2C80 && point <= 0x2CFF) || (point >= 0x03E2 && point <= 0x03EF))
        return 128;
    if (point >= 0xA4D0 && point <= 0xA4FF)
        return 256;
    return 0;
}

/// What nearly every identifier is made of: printable ASCII that is no wildcard.
bool isPlain(char c)
{
    return c >= 0x20 && c < 0x7F && c != '*' && c != '?';
}

std::string_view problemOf(std::uint32_t point)
{
    if (isIn(controls, point))
        return "control";
    if (isIn(bidi, point))
        return "bidi";
    if (isIn(invisible, point))
        return "invisible";
    if (isIn(decomposed, point) || isIn(compatibility, point) || mayChangeInNormalForm(point))
        return "decomposed";
    if (isIn(spaces, point) || point == 0x1680 || point == 0x3000)
        return "space";
    if (point == '*' || point == '?')
        return "glob";
    return {};
}

} // namespace

std::uint32_t codePointOf(std::string_view sequence)
{
    if (sequence.size() == 1)
        return static_cast<unsigned char>(sequence[0]);
    std::uint32_t point = static_cast<unsigned char>(sequence[0]) & (0xFFU >> (sequence.size() + 1));
    for (const char c : sequence.substr(1))
        point = (point << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
    return point;
}

bool isUnseen(std::uint32_t point)
{
    return isIn(controls, point) || isIn(bidi, point) || isIn(invisible, point) || isIn(decomposed, point) ||
           isIn(spaces, point) || point == 0x1680 || point == 0x3000 || mayChangeInNormalForm(point);
}

std::string_view identifierProblem(std::string_view id)
{
    if (id.empty())
        return "empty";
    if (id.size() > 2048)
        return "too_long";
    if (id.front() == ' ' || id.back() == ' ')
        return "space";
    unsigned scripts = 0;
    bool isAfterMark = false;
    while (!id.empty()) {
        if (isPlain(id.front())) {
            scripts |= scriptOf(static_cast<unsigned char>(id.front()));
            isAfterMark = false;
            id.remove_prefix(1);
            continue;
        }
        const std::size_t length = utf8SequenceLength(id);
        if (length == 0)
            return "not_utf8";
        const std::uint32_t point = codePointOf(id.substr(0, length));
        if (const std::string_view problem = problemOf(point); !problem.empty())
            return problem;
        const bool isMark = isCombiningMark(point);
        if (isMark && isAfterMark)
            return "decomposed";
        isAfterMark = isMark;
        scripts |= scriptOf(point);
        id.remove_prefix(length);
    }
    return (scripts & (scripts - 1)) != 0 ? "mixed_script" : std::string_view();
}

} // namespace cordon::govern
