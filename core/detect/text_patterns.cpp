#include "core/detect/text_patterns.h"

#include "core/base/digest.h"
#include "core/detect/encoding.h"

#include <algorithm>
#include <array>

namespace cordon::detect {
namespace {

constexpr std::array<std::string_view, 10> textSteps{"contains",     "startswith", "endswith", "windash", "base64",
                                                     "base64offset", "wide",       "utf16",    "utf16le", "utf16be"};
constexpr std::size_t mostVariants = 625; // four dashes of five kinds

bool isEncoding(std::string_view step)
{
    return step == "wide" || step.starts_with("base64") || step.starts_with("utf16");
}

std::vector<std::string> encoded(std::string_view step, std::string_view text)
{
    if (step == "base64offset") {
        std::vector<std::string> variants;
        for (std::string& variant : base64AtEachOffset(text)) {
            if (!variant.empty())
                variants.push_back(std::move(variant));
        }
        return variants;
    }
    if (step == "base64")
        return {toBase64(bytesOf(text))};
    if (step == "utf16be")
        return {toUtf16(text, true)};
    return {(step == "utf16" ? "\xFF\xFE" : "") + toUtf16(text, false)};
}

Wildcard changed(Wildcard pattern, std::string_view step)
{
    if (step == "contains" || step == "endswith")
        pattern.openStart();
    if (step == "contains" || step == "startswith")
        pattern.openEnd();
    if (step == "windash")
        pattern.loosenDashes();
    return pattern;
}

} // namespace

bool isTextStep(std::string_view modifier)
{
    return std::find(textSteps.begin(), textSteps.end(), modifier) != textSteps.end();
}

Result<std::vector<Wildcard>> patternsFor(const std::string& text, std::span<const std::string> steps)
{
    std::vector<Wildcard> patterns{Wildcard::parse(text)};
    for (const std::string& step : steps) {
        std::vector<Wildcard> next;
        for (const Wildcard& pattern : patterns) {
            if (!isEncoding(step)) {
                next.push_back(changed(pattern, step));
                continue;
            }
            const std::vector<std::string> plain = pattern.plainTexts(mostVariants);
            if (plain.empty())
                return fail(ErrorCode::Invalid,
                            "modifier '" + step +
                                "' needs a text without wildcards, and with few dashes after windash");
            for (const std::string& variant : plain) {
                for (const std::string& code : encoded(step, variant))
                    next.push_back(Wildcard::literal(code));
            }
        }
        patterns = std::move(next);
    }
    return patterns;
}

} // namespace cordon::detect
