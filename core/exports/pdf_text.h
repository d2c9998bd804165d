#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cordon::exports {

/// The faces that every PDF reader has of its own.
enum class PdfFace { Plain, Bold, Mono };

/// Text from outside in the one-byte coding of those faces: hidden characters, and characters that they do not have,
/// appear as `\u{4e2d}`.
[[nodiscard]] std::string pdfText(std::string_view text);
/// Width in points at 1 point. @param coded  as `pdfText` gives it
[[nodiscard]] double pdfWidth(std::string_view coded, PdfFace face);
/// Cuts at spaces where it can, and anywhere where it must. At least one line.
[[nodiscard]] std::vector<std::string> pdfLines(std::string_view coded, PdfFace face, double size, double width);
/// The same as a string of a content stream: `(a\(b\))`.
[[nodiscard]] std::string pdfString(std::string_view coded);

} // namespace cordon::exports
