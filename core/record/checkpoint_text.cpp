#include "core/record/checkpoint_text.h"

#include "core/record/ledger_format.h"

#include <algorithm>
#include <charconv>

namespace cordon::record {

std::optional<std::int64_t> countFrom(std::string_view text)
{
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || end != text.data() + text.size() || count < 0)
        return std::nullopt;
    return count;
}

std::string checkpointName(std::int64_t size)
{
    const std::string digits = std::to_string(size);
    return std::string(format::numberDigits - std::min<std::size_t>(digits.size(), format::numberDigits), '0') + digits;
}

Result<SignedHead> parseCheckpoint(std::string_view note)
{
    const auto invalid = fail(ErrorCode::Invalid, "not a checkpoint");
    SignedHead head;
    auto parsed = crypto::SignedNote::parse(note);
    if (!parsed || parsed->toString() != note)
        return fail(ErrorCode::Invalid, "not a signed note");
    head.note = std::move(*parsed);
    const std::string_view text = head.note.text;
    const auto first = text.find('\n');
    const auto second = first == std::string_view::npos ? first : text.find('\n', first + 1);
    if (second == std::string_view::npos || text.find('\n', second + 1) != text.size() - 1)
        return invalid;
    const auto size = countFrom(text.substr(first + 1, second - first - 1));
    const auto root = fromBase64(text.substr(second + 1, text.size() - second - 2));
    if (!size || !root || root->size() != head.root.bytes.size())
        return invalid;
    head.origin = text.substr(0, first);
    head.size = *size;
    std::copy(root->begin(), root->end(), head.root.bytes.begin());
    if (crypto::headText(head.origin, head.size, head.root) != text)
        return invalid;
    return head;
}

} // namespace cordon::record
