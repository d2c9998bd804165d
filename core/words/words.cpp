#include "core/words/words.h"

#include "core/words/own_template.h"

#include <set>

namespace cordon::words {
namespace {

/// `n|one|many` inside braces; empty when `inside` is a plain name.
std::string filledPlural(std::string_view inside, const std::map<std::string, std::string>& args)
{
    const auto first = inside.find('|');
    const auto second = inside.find('|', first + 1);
    if (second == std::string_view::npos)
        return std::string(inside);
    const auto place = args.find(std::string(inside.substr(0, first)));
    const bool isOne = place != args.end() && place->second == "1";
    const std::string_view form = isOne ? inside.substr(first + 1, second - first - 1) : inside.substr(second + 1);
    return fill(form, args);
}

/// Position of the brace that closes the one before `from`; npos when none does.
std::size_t closingBrace(std::string_view pattern, std::size_t from)
{
    int depth = 1;
    for (std::size_t i = from; i < pattern.size(); ++i) {
        depth += pattern[i] == '{' ? 1 : pattern[i] == '}' ? -1 : 0;
        if (depth == 0)
            return i;
    }
    return std::string_view::npos;
}

} // namespace

const Catalogue& catalogue()
{
    static const Catalogue made = [] {
        Catalogue all;
        addCorrelateTexts(all);
        addInvestigateTexts(all);
        addPlanTexts(all);
        addGovernTexts(all);
        addEngineTexts(all);
        addControlTexts(all);
        return all;
    }();
    return made;
}

std::string fill(std::string_view pattern, const std::map<std::string, std::string>& args)
{
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '{') {
            out.push_back(pattern[i]);
            continue;
        }
        if (i + 1 < pattern.size() && pattern[i + 1] == '{') {
            out.push_back('{');
            ++i;
            continue;
        }
        const std::size_t end = closingBrace(pattern, i + 1);
        if (end == std::string_view::npos)
            return out.append(pattern.substr(i));
        const std::string_view inside = pattern.substr(i + 1, end - i - 1);
        if (inside.find('|') != std::string_view::npos) {
            out += filledPlural(inside, args);
        } else if (const auto place = args.find(std::string(inside)); place != args.end()) {
            out += place->second;
        } else {
            out.append(pattern.substr(i, end - i + 1));
        }
        i = end;
    }
    return out;
}

const std::string* argumentTemplate(const std::string& name, const std::string& value)
{
    static const std::set<std::string> codes{"check", "effect", "known", "result", "state"}; // never out of a log
    if (codes.count(name) == 0)
        return nullptr;
    const auto place = catalogue().find(name + '.' + value);
    return place == catalogue().end() ? nullptr : &place->second;
}

const std::string* templateOf(const Text& text)
{
    const Catalogue& all = catalogue();
    if (const auto verb = text.args.find("verb"); verb != text.args.end()) {
        if (const auto own = all.find(text.code + ':' + verb->second); own != all.end())
            return &own->second;
    }
    const auto place = all.find(text.code);
    return place == all.end() ? nullptr : &place->second;
}

std::string english(const Text& text)
{
    if (const std::string* pattern = templateOf(text)) {
        std::map<std::string, std::string> args = text.args;
        for (auto& [name, value] : args) {
            if (const std::string* words = argumentTemplate(name, value))
                value = *words;
        }
        return fill(*pattern, args);
    }
    std::string plain = text.code;
    for (const auto& [name, value] : text.args)
        plain += " " + name + "=" + value;
    return plain;
}

} // namespace cordon::words
