#pragma once

#include "core/store/database.h"

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

/// Values of a database as bytes. Source: docs/formats/case.md, "What is kept of the index"
namespace cordon::record::format {

/// The most significant byte first.
inline void putNumber(std::string& bytes, std::uint64_t number, int size)
{
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xffU);
}

inline void putText(std::string& bytes, std::string_view text)
{
    putNumber(bytes, text.size(), 4);
    bytes += text;
}

/// With its kind: 1 and "1" are two values.
inline void putValue(std::string& bytes, const store::Statement& row, int column)
{
    switch (row.kind(column)) {
    case store::Statement::Kind::Null: bytes += 'n'; return;
    case store::Statement::Kind::Integer:
        bytes += 'i';
        putNumber(bytes, static_cast<std::uint64_t>(row.integer(column)), 8);
        return;
    case store::Statement::Kind::Real:
        bytes += 'r';
        putNumber(bytes, std::bit_cast<std::uint64_t>(row.real(column)), 8);
        return;
    case store::Statement::Kind::Text: bytes += 't'; break;
    case store::Statement::Kind::Blob: bytes += 'b'; break;
    }
    putText(bytes, row.text(column));
}

} // namespace cordon::record::format
