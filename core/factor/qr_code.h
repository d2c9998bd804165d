#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace cordon::factor {

/// A QR code as a square of dark and light modules, without its quiet zone.
class QrCode
{
public:
    /// ErrorCode::Invalid for more than 1,000 bytes (beyond, cameras fail) or a NUL.
    [[nodiscard]] static Result<QrCode> of(std::string_view text);

    [[nodiscard]] int size() const { return m_size; }
    /// False outside of the square.
    [[nodiscard]] bool isDark(int x, int y) const;
    /// For a terminal: half blocks, two modules to a character, with a quiet zone. Made to be read with light text on a
    /// dark ground; `isInverted` for the other.
    [[nodiscard]] std::string toBlocks(bool isInverted = false) const;

private:
    int m_size = 0;
    std::vector<bool> m_dark;
};

/// A text too long for one code, as several: `CORDON-QR i/n xxxxxxxx` and a piece of it each, where x are the first
/// digits of the text's SHA-256. One code when it is short enough.
[[nodiscard]] std::vector<std::string> piecesForQr(std::string_view text);
/// Most that is read from a scanner or a paste, in bytes.
constexpr std::size_t mostScanned = 512U << 10U;
/// The whole again from what a person scanned, in any order, twice or mixed with other lines. ErrorCode::Incomplete
/// names a missing piece, Invalid when pieces of different texts meet or the whole is not what was cut.
/// A text without pieces comes back as it is; Invalid beyond `mostScanned`. At most four line ends behind the last piece
/// are none of it.
[[nodiscard]] Result<std::string> joinedFromQr(std::string_view scanned);

} // namespace cordon::factor
