#pragma once

#include "core/base/digest.h"

#include <cstdint>
#include <string>

namespace cordon::ingest {

/// Types of binary XML values; an array of one has `arrayOf` added. Source: MS-EVEN6 section 2.2.12
enum class BinXmlType : std::uint8_t {
    Null = 0x00,
    String = 0x01,
    AnsiString = 0x02,
    Int8 = 0x03,
    UInt8 = 0x04,
    Int16 = 0x05,
    UInt16 = 0x06,
    Int32 = 0x07,
    UInt32 = 0x08,
    Int64 = 0x09,
    UInt64 = 0x0a,
    Real32 = 0x0b,
    Real64 = 0x0c,
    Bool = 0x0d,
    Binary = 0x0e,
    Guid = 0x0f,
    Size = 0x10,
    FileTime = 0x11,
    SystemTime = 0x12,
    Sid = 0x13,
    HexInt32 = 0x14,
    HexInt64 = 0x15,
    EventXml = 0x23,
    Fragment = 0x21, ///< more binary XML
    ArrayOf = 0x80,
};

/// Appends a value as Windows writes it in XML: GUIDs in braces, hexadecimal with `0x` and no leading zeros, times as
/// ISO 8601 in UTC with 7 fraction digits.
/// @param json  gets a JSON value: a number or true/false where the type is one, else a string; an array a list
/// @return false when the bytes do not fit the type, or the type is unknown or a fragment; `json` may have grown
[[nodiscard]] bool appendBinXmlValue(std::string& json, std::uint8_t type, ByteView bytes);

/// The same as the inside of a JSON string, for values that stand among other text; an array's values are set apart by
/// commas.
[[nodiscard]] bool appendBinXmlText(std::string& json, std::uint8_t type, ByteView bytes);

} // namespace cordon::ingest
