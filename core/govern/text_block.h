#pragma once

#include "core/crypto/signed_note.h"
#include "core/value/value.h"

#include <string>
#include <string_view>

namespace cordon::govern {

/// A JSON value as a signed note that survives chats and mail: the format's name, the canonical JSON in base64 lines of
/// 76, a blank line, signatures. Source: docs/formats/approval.md, "text blocks"
[[nodiscard]] Result<std::string> makeTextBlock(std::string_view format, const Value& content, std::string_view signer,
                                                const crypto::SigningKey& key);

struct TextBlock
{
    crypto::SignedNote note;
    Value content;
};
/// Reads a block of that format. Carriage returns, spaces and quote marks (`>`) at the edges of lines are mended;
/// ErrorCode::Invalid when it is not one, longer than 256 KiB or not canonical inside. Signatures are for the caller to
/// check.
[[nodiscard]] Result<TextBlock> readTextBlock(std::string_view format, std::string_view text);

} // namespace cordon::govern
