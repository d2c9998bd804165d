#pragma once

#include "core/record/sealed_manifest.h"

#include <cstdint>

namespace cordon::exports {

/// A sealed file as it goes from hand to hand.
struct SealedFile
{
    std::string name;
    std::uint64_t bytes = 0;
    Digest digest; ///< SHA-256 of the file
    record::SealedManifest manifest;
};

/// What the QR code says: hash and fingerprint, to be compared by a machine.
[[nodiscard]] std::string transferQrText(const SealedFile& sealed);
/// One page to travel beside the file, or better by another way: what it is, its hash and the key's fingerprint in words
/// and as a QR code, how to check it, and places for names, dates and signatures of both sides.
[[nodiscard]] Result<std::string> transferSheetHtml(const SealedFile& sealed);
/// The same as plain text.
[[nodiscard]] Result<std::string> transferSheetText(const SealedFile& sealed);

} // namespace cordon::exports
