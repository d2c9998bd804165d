#pragma once

#include "core/domain/text.h"

#include <QString>

#include <functional>
#include <string>

namespace cordon::ui::text {

/// The sentence for a code in the reader's language: the English template is the key of the translation, so a
/// language without it shows English, and a code without a template shows itself and its arguments.
[[nodiscard]] QString sentence(const Text& text);

/// The same as escaped HTML: what the log named is set apart (names bold, key ids and addresses monospaced).
[[nodiscard]] QString richSentence(const Text& text);

/// Arguments as people read them: times as HH:mm:ss, key ids shortened, everything one line and of bounded length.
[[nodiscard]] QString readableArgument(const std::string& value);

/// Text out of a log or a model, made safe for one line: control, bidirectional and zero-width characters shown as ·,
/// cut at `most` characters.
[[nodiscard]] QString plainLine(const std::string& text, int most = 200);

} // namespace cordon::ui::text
