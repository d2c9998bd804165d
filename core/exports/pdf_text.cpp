#include "core/exports/pdf_text.h"

#include "core/base/display_escape.h"

#include <array>
#include <cstdio>
#include <cstdint>

namespace cordon::exports {
namespace {

constexpr int firstKnown = 32;
constexpr int otherWidth = 556;
constexpr int monoWidth = 600;

// Widths of the characters 32 to 126, in thousandths of the size. Source: Adobe's metrics of the standard faces
constexpr std::array<int, 95> plainWidths{
    278, 278, 355, 556, 556,  889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 278, 278, 584,  584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611,  722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
    556, 222, 222, 500, 222,  833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};
constexpr std::array<int, 95> boldWidths{
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611,
    611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584};

/// What is beyond Latin-1 and the coding has all the same.
char extraCode(std::uint32_t point)
{
    switch (point) {
    case 0x20ac: return '\x80';
    case 0x2026: return '\x85';
    case 0x2018: return '\x91';
    case 0x2019: return '\x92';
    case 0x201c: return '\x93';
    case 0x201d: return '\x94';
    case 0x2022: return '\x95';
    case 0x2013: return '\x96';
    case 0x2014: return '\x97';
    default: return '\0';
    }
}

} // namespace

std::string pdfText(std::string_view text)
{
    const std::string safe = escapedForDisplay(text); // valid UTF-8 from here on
    std::string coded;
    for (std::size_t i = 0; i < safe.size();) {
        const auto lead = static_cast<unsigned char>(safe[i]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        std::uint32_t point = size == 1 ? lead : lead & (0xffU >> (size + 1));
        for (std::size_t k = 1; k < size && i + k < safe.size(); ++k)
            point = point << 6U | (static_cast<unsigned char>(safe[i + k]) & 0x3fU);
        i += size;
        if (point < 0x7f || (point >= 0xa0 && point <= 0xff)) {
            coded += static_cast<char>(point);
        } else if (const char code = extraCode(point); code != '\0') {
            coded += code;
        } else {
            std::array<char, 16> shown{};
            std::snprintf(shown.data(), shown.size(), "\\u{%x}", static_cast<unsigned>(point));
            coded += shown.data();
        }
    }
    return coded;
}

double pdfWidth(std::string_view coded, PdfFace face)
{
    int width = 0;
    for (const char c : coded) {
        const int at = static_cast<unsigned char>(c) - firstKnown;
        if (face == PdfFace::Mono)
            width += monoWidth;
        else if (at < 0 || at >= static_cast<int>(plainWidths.size()))
            width += otherWidth;
        else
            width += (face == PdfFace::Bold ? boldWidths : plainWidths)[static_cast<std::size_t>(at)];
    }
    return width / 1000.0;
}

std::vector<std::string> pdfLines(std::string_view coded, PdfFace face, double size, double width)
{
    std::vector<std::string> lines;
    std::size_t start = 0;
    std::size_t space = std::string_view::npos; ///< last one in the line
    double used = 0;
    for (std::size_t i = 0; i < coded.size(); ++i) {
        used += pdfWidth(coded.substr(i, 1), face) * size;
        if (coded[i] == ' ')
            space = i;
        if (used <= width || i == start)
            continue;
        const bool cutsAtSpace = space != std::string_view::npos && space > start;
        const std::size_t end = cutsAtSpace ? space : i;
        lines.emplace_back(coded.substr(start, end - start));
        start = cutsAtSpace ? space + 1 : i;
        space = std::string_view::npos;
        used = pdfWidth(coded.substr(start, i + 1 - start), face) * size;
    }
    if (start < coded.size() || lines.empty())
        lines.emplace_back(coded.substr(start));
    return lines;
}

std::string pdfString(std::string_view coded)
{
    std::string out = "(";
    for (const char c : coded) {
        if (c == '(' || c == ')' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + ")";
}

} // namespace cordon::exports
