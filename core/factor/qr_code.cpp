#include "core/factor/qr_code.h"

#include <algorithm>
#include <memory>
#include <qrencode.h>

namespace cordon::factor {
namespace {

constexpr std::size_t mostBytes = 1000;
constexpr int quietZone = 4; // modules, ISO/IEC 18004

struct FreeQr
{
    void operator()(QRcode* code) const { QRcode_free(code); }
};

} // namespace

Result<QrCode> QrCode::of(std::string_view text)
{
    if (text.empty() || text.size() > mostBytes || text.find('\0') != std::string_view::npos)
        return fail(ErrorCode::Invalid, "a QR code holds 1 to 1,000 bytes of text");
    const std::unique_ptr<QRcode, FreeQr> made(QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_L));
    if (!made)
        return fail(ErrorCode::Invalid, "this text makes no QR code");
    QrCode code;
    code.m_size = made->width;
    const auto count = static_cast<std::size_t>(made->width) * static_cast<std::size_t>(made->width);
    code.m_dark.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        code.m_dark.push_back((made->data[i] & 1U) != 0);
    return code;
}

bool QrCode::isDark(int x, int y) const
{
    const bool isInside = x >= 0 && y >= 0 && x < m_size && y < m_size;
    return isInside && m_dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_size) + static_cast<std::size_t>(x)];
}

std::string QrCode::toBlocks(bool isInverted) const
{
    std::string text;
    for (int y = -quietZone; y < m_size + quietZone; y += 2) {
        for (int x = -quietZone; x < m_size + quietZone; ++x) {
            // Light modules are drawn, so that a code on a dark terminal is dark on light.
            const bool upper = isDark(x, y) == isInverted;
            const bool lower = y + 1 < m_size + quietZone && isDark(x, y + 1) == isInverted;
            text += upper && lower ? "\u2588" : upper ? "\u2580" : lower ? "\u2584" : " ";
        }
        text += '\n';
    }
    return text;
}

} // namespace cordon::factor
