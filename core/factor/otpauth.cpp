#include "core/factor/otpauth.h"

#include "core/crypto/sealed_box.h"

namespace cordon::factor {
namespace {

std::string percentEncoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isPlain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                             (byte >= '0' && byte <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (isPlain) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += digits[byte >> 4U];
            encoded += digits[byte & 15U];
        }
    }
    return encoded;
}

} // namespace

std::string otpauthUri(const std::string& person, const std::string& installation, const crypto::SecretBytes& secret)
{
    const std::string issuer = installation.empty() ? "Cordon" : "Cordon " + installation;
    std::string encoded = crypto::toBase32(secret.view());
    std::string uri = "otpauth://totp/" + percentEncoded(issuer) + ':' +
                      percentEncoded(person.substr(person.find(':') + 1)) + "?secret=" + encoded +
                      "&issuer=" + percentEncoded(issuer) + "&algorithm=SHA1&digits=6&period=30";
    crypto::wipe(encoded);
    return uri;
}

} // namespace cordon::factor
