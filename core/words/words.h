#pragma once

#include "core/domain/text.h"

#include <map>
#include <string>
#include <string_view>

namespace cordon::words {

/// English templates by code. A place is written `{name}` and filled from Text::args; `{{` is a brace.
/// Plural: `{n|one event|{n} events}` picks the first form when argument n is "1", else the second.
using Catalogue = std::map<std::string, std::string, std::less<>>;

/// Every template of every room, made once. ui/text translates the same keys.
[[nodiscard]] const Catalogue& catalogue();

/// The English sentence for a text. An unknown code gives the code and its arguments, never an empty line;
/// a place without an argument stays visible as `{name}`.
[[nodiscard]] std::string english(const Text& text);

/// The template for an argument that is a code itself: `check.blast_radius` for the argument "check" with the value
/// "blast_radius". Null where the value is to be shown as it is.
[[nodiscard]] const std::string* argumentTemplate(const std::string& name, const std::string& value);

/// Fills a template (any language) with arguments by the same rules.
[[nodiscard]] std::string fill(std::string_view pattern, const std::map<std::string, std::string>& args);

void addCorrelateTexts(Catalogue& catalogue);
void addInvestigateTexts(Catalogue& catalogue);
void addPlanTexts(Catalogue& catalogue);
void addGovernTexts(Catalogue& catalogue);
void addEngineTexts(Catalogue& catalogue);
void addControlTexts(Catalogue& catalogue);

} // namespace cordon::words
