#pragma once

#include "core/base/digest.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::ingest {

/// Appends UTF-16LE as the inside of a JSON string (no quotes), up to its trailing zeros. A lone surrogate becomes
/// U+FFFD; an odd last byte is left out.
void appendUtf16(std::string& json, ByteView utf16);

/// Appends one character as the inside of a JSON string.
void appendCharacter(std::string& json, char32_t character);

/// Appends bytes of an 8-bit Western code page (ISO 8859-1) as the inside of a JSON string.
void appendLatin1(std::string& json, ByteView text);

} // namespace cordon::ingest
