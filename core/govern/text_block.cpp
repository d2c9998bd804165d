#include "core/govern/text_block.h"

#include "core/value/json.h"

namespace cordon::govern {
namespace {

constexpr std::size_t mostBytes = 256U << 10U;
constexpr std::size_t lineLength = 76;

std::string_view trimmed(std::string_view line)
{
    const auto isEdge = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '>'; };
    while (!line.empty() && isEdge(line.front()))
        line.remove_prefix(1);
    while (!line.empty() && isEdge(line.back()))
        line.remove_suffix(1);
    return line;
}

/// The lines of the block from its first to its last, without what a chat put around them.
std::string mended(std::string_view format, std::string_view text)
{
    std::string note;
    bool hasStarted = false;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        hasStarted = hasStarted || line == format;
        if (hasStarted)
            note.append(line).push_back('\n');
    }
    while (note.size() >= 2 && note.ends_with("\n\n"))
        note.pop_back();
    return note;
}

} // namespace

Result<std::string> makeTextBlock(std::string_view format, const Value& content, std::string_view signer,
                                  const crypto::SigningKey& key)
{
    CORDON_TRY(const std::string bytes, json::canonical(content));
    const std::string encoded = toBase64(bytesOf(bytes));
    crypto::SignedNote note;
    note.text = std::string(format) + '\n';
    for (std::size_t at = 0; at < encoded.size(); at += lineLength)
        note.text += encoded.substr(at, lineLength) + '\n';
    note.sign(signer, key);
    return note.toString();
}

Result<TextBlock> readTextBlock(std::string_view format, std::string_view text)
{
    if (text.size() > mostBytes)
        return fail(ErrorCode::Invalid, "text block: longer than 256 KiB");
    CORDON_TRY(crypto::SignedNote note, crypto::SignedNote::parse(mended(format, text)));
    const std::string head = std::string(format) + '\n';
    if (note.text.substr(0, head.size()) != head)
        return fail(ErrorCode::Invalid, "text block: not a " + std::string(format));
    std::string encoded;
    for (const char c : std::string_view(note.text).substr(head.size())) {
        if (c != '\n')
            encoded += c;
    }
    CORDON_TRY(const std::string bytes, fromBase64(encoded));
    CORDON_TRY(Value content, json::parse(bytes, {.depth = 32, .bytes = mostBytes}));
    CORDON_TRY(const std::string again, json::canonical(content));
    if (again != bytes)
        return fail(ErrorCode::Invalid, "text block: its content is not canonical");
    return TextBlock{std::move(note), std::move(content)};
}

} // namespace cordon::govern
