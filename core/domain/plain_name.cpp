#include "core/domain/plain_name.h"

#include "core/base/utf8.h"

namespace cordon {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

/// Marks that change reading order or are not seen: U+200B..U+200F, U+202A..U+202E, U+2066..U+2069, U+FEFF.
bool isHiddenMark(std::string_view sequence)
{
    if (sequence.size() != 3)
        return false;
    const auto second = static_cast<unsigned char>(sequence[1]);
    const auto third = static_cast<unsigned char>(sequence[2]);
    if (sequence == "\xEF\xBB\xBF")
        return true;
    if (sequence[0] != '\xE2')
        return false;
    return (second == 0x80 && ((third >= 0x8B && third <= 0x8F) || (third >= 0xAA && third <= 0xAE))) ||
           (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

/// C0, DEL and the C1 controls (U+0080..U+009F).
bool isControl(std::string_view sequence)
{
    const auto first = static_cast<unsigned char>(sequence[0]);
    if (sequence.size() == 1)
        return first < 0x20 || first == 0x7F;
    return sequence.size() == 2 && first == 0xC2 && static_cast<unsigned char>(sequence[1]) < 0xA0;
}

} // namespace

std::string plainText(std::string_view text, std::size_t most)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t length = utf8SequenceLength(text);
        const std::string_view sequence = text.substr(0, length == 0 ? 1 : length);
        const std::string_view shown = length == 0 || isControl(sequence) ? replacement : sequence;
        if (!isHiddenMark(sequence)) {
            if (out.size() + shown.size() > most)
                return out.append(ellipsis);
            out += shown;
        }
        text.remove_prefix(sequence.size());
    }
    return out;
}

std::string plainName(const EntityRef& entity)
{
    if (!entity.name.empty())
        return plainText(entity.name);
    const std::string_view id = entity.id;
    if (!id.starts_with("arn:"))
        return plainText(id);
    const auto cut = id.find_last_of("/:");
    return plainText(cut == std::string_view::npos || cut + 1 == id.size() ? id : id.substr(cut + 1));
}

} // namespace cordon
