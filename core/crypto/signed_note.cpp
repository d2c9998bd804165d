#include "core/crypto/signed_note.h"

#include "core/base/utf8.h"
#include "core/crypto/sha256.h"

#include <algorithm>
#include <limits>

namespace cordon::crypto {
namespace {

constexpr unsigned char ed25519Type = 1;
constexpr unsigned char cosignatureType = 4;
constexpr std::size_t keyIdSize = 4;
constexpr std::size_t timeSize = 8;
constexpr std::size_t longestNote = 1U << 20U;
constexpr std::size_t mostSignatures = 100;
constexpr std::string_view linePrefix = "\xE2\x80\x94 "; // em dash, space

template<class Number>
std::string bigEndian(Number number)
{
    std::string bytes;
    for (int shift = (static_cast<int>(sizeof number) - 1) * 8; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<char>(number >> shift & 0xFFU));
    return bytes;
}

template<class Number>
Number fromBigEndian(std::string_view bytes)
{
    Number number = 0;
    for (const char byte : bytes)
        number = number << 8U | static_cast<unsigned char>(byte);
    return number;
}

std::string cosignedText(std::string_view text, std::uint64_t unixSeconds)
{
    return "cosignature/v1\ntime " + std::to_string(unixSeconds) + "\n" + std::string(text);
}

std::string asText(const Signature& signature)
{
    return {reinterpret_cast<const char*>(signature.data()), signature.size()};
}

bool hasSpaceOrPlus(std::string_view name)
{
    // White space of Unicode: ASCII space (other ASCII white space is a control), and the rest by its UTF-8.
    for (const std::string_view space : {" ", "+", "\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\xA8",
                                         "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"}) {
        if (name.find(space) != std::string_view::npos)
            return true;
    }
    for (std::size_t at = name.find("\xE2\x80"); at < name.size(); at = name.find("\xE2\x80", at + 1)) {
        if (name.substr(at + 2, 1) >= "\x80" && name.substr(at + 2, 1) <= "\x8A") // U+2000 to U+200A
            return true;
    }
    return false;
}

/// @param line  without its line break
Result<NoteSignature> parseLine(std::string_view line)
{
    const std::size_t nameEnd = line.find(' ', linePrefix.size());
    if (!line.starts_with(linePrefix) || nameEnd == std::string_view::npos)
        return fail(ErrorCode::Invalid, "malformed signature line in a signed note");
    NoteSignature signature;
    signature.name = line.substr(linePrefix.size(), nameEnd - linePrefix.size());
    if (signature.name.empty() || hasSpaceOrPlus(signature.name))
        return fail(ErrorCode::Invalid, "malformed signer name in a signed note");
    CORDON_TRY(const std::string bytes, fromBase64(line.substr(nameEnd + 1)));
    if (bytes.size() <= keyIdSize)
        return fail(ErrorCode::Invalid, "signature too short in a signed note");
    signature.keyId = fromBigEndian<std::uint32_t>(std::string_view(bytes).substr(0, keyIdSize));
    signature.bytes = bytes.substr(keyIdSize);
    return signature;
}

bool verifies(const PublicKey& key, std::string_view text, std::string_view bytes)
{
    Signature signature;
    std::copy(bytes.begin(), bytes.end(), signature.begin());
    return key.verifies(bytesOf(text), signature);
}

bool isCosignature(const PublicKey& key, std::string_view text, std::string_view bytes)
{
    const auto unixSeconds = fromBigEndian<std::uint64_t>(bytes.substr(0, timeSize));
    if (unixSeconds > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return false;
    return verifies(key, cosignedText(text, unixSeconds), bytes.substr(timeSize));
}

} // namespace

std::string SignedNote::toString() const
{
    return text + "\n" + signatureLines();
}

std::string SignedNote::signatureLines() const
{
    std::string lines;
    for (const NoteSignature& signature : signatures) {
        lines += linePrefix;
        lines += signature.name + " " + toBase64(bytesOf(bigEndian(signature.keyId) + signature.bytes)) + "\n";
    }
    return lines;
}

Result<SignedNote> SignedNote::parse(std::string_view note)
{
    if (note.size() > longestNote || !isUtf8(note))
        return fail(ErrorCode::Invalid, "signed note is too long or not UTF-8");
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
    if (std::any_of(note.begin(), note.end(), isControl))
        return fail(ErrorCode::Invalid, "control character in a signed note");
    const std::size_t split = note.rfind("\n\n");
    if (split == std::string_view::npos || !note.ends_with('\n') || split + 2 == note.size())
        return fail(ErrorCode::Invalid, "signed note without signatures");
    SignedNote parsed;
    parsed.text = note.substr(0, split + 1);
    std::string_view lines = note.substr(split + 2);
    while (!lines.empty()) {
        if (parsed.signatures.size() == mostSignatures)
            return fail(ErrorCode::Invalid, "too many signatures on a note");
        const std::size_t end = lines.find('\n');
        CORDON_TRY(NoteSignature signature, parseLine(lines.substr(0, end)));
        parsed.signatures.push_back(std::move(signature));
        lines.remove_prefix(end + 1);
    }
    return parsed;
}

void SignedNote::sign(std::string_view name, const SigningKey& key)
{
    const std::uint32_t keyId = noteKeyId(name, key.publicKey(), ed25519Type);
    signatures.push_back({std::string(name), keyId, asText(key.sign(text))});
}

void SignedNote::cosign(std::string_view name, const SigningKey& key, std::int64_t unixSeconds)
{
    const auto time = static_cast<std::uint64_t>(unixSeconds);
    const std::uint32_t keyId = noteKeyId(name, key.publicKey(), cosignatureType);
    signatures.push_back({std::string(name), keyId, bigEndian(time) + asText(key.sign(cosignedText(text, time)))});
}

bool SignedNote::isSignedBy(std::string_view name, const PublicKey& key) const
{
    constexpr std::size_t plainSize = std::tuple_size_v<Signature>;
    const std::uint32_t plainId = noteKeyId(name, key, ed25519Type);
    return std::any_of(signatures.begin(), signatures.end(), [&](const NoteSignature& signature) {
        return signature.name == name && signature.keyId == plainId && signature.bytes.size() == plainSize && verifies(key, text, signature.bytes);
    });
}

bool SignedNote::isCosignedBy(std::string_view name, const PublicKey& key) const
{
    const std::uint32_t keyId = noteKeyId(name, key, cosignatureType);
    bool isThere = false;
    for (const NoteSignature& signature : signatures) {
        if (signature.name != name)
            continue;
        isThere = true;
        if (signature.keyId != keyId || signature.bytes.size() != timeSize + std::tuple_size_v<Signature> ||
            !isCosignature(key, text, signature.bytes))
            return false;
    }
    return isThere;
}

std::string headText(std::string_view origin, std::int64_t size, const Digest& root)
{
    return std::string(origin) + "\n" + std::to_string(size) + "\n" + toBase64(ByteView(root.bytes)) + "\n";
}

std::string witnessName(std::string_view person)
{
    constexpr std::string_view prefix = "user:";
    if (person.starts_with(prefix))
        person.remove_prefix(prefix.size());
    return "cordon.local/approver/" + std::string(person);
}

std::uint32_t noteKeyId(std::string_view name, const PublicKey& key, unsigned char type)
{
    const unsigned char separator[] = {'\n', type};
    const Digest digest = Sha256().update(name).update(ByteView(separator)).update(ByteView(key.bytes)).digest();
    const std::string_view start(reinterpret_cast<const char*>(digest.bytes.data()), keyIdSize);
    return fromBigEndian<std::uint32_t>(start);
}

} // namespace cordon::crypto
