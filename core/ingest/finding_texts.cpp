#include "core/ingest/finding_texts.h"

#include "core/ingest/finding_words.h"
#include "core/ingest/text_pattern.h"
#include "core/ingest/value_path.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

constexpr std::size_t mostTexts = 256;
constexpr std::size_t longestText = 8192;
constexpr std::size_t longestEmbedded = 1U << 20U;
constexpr std::size_t mostElements = 1024;

/// A text as part of an address: what is not unreserved is percent-encoded.
std::string encoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string whole;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                             c == '_' || c == '.' || c == '~';
        if (isPlain)
            whole += c;
        else
            whole += {'%', digits[byte >> 4U], digits[byte & 0xfU]};
    }
    return whole;
}

} // namespace

std::string bounded(std::string_view text, std::size_t most)
{
    if (text.size() > most) {
        while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U)
            --most;
        text = text.substr(0, most);
    }
    return std::string(text);
}

FindingTexts FindingTexts::below(const Value& element) const
{
    FindingTexts texts(*m_map, *m_record);
    texts.m_place = &element;
    return texts;
}

std::vector<std::string> FindingTexts::at(const std::string& path) const
{
    std::vector<std::string> texts;
    const auto take = [&texts](const Value& value) {
        if (std::string text = scalarText(value); !text.empty())
            texts.push_back(bounded(text, longestText));
        return texts.size() < mostTexts;
    };
    eachAt(*m_place, path, take);
    return texts;
}

const TextRule* FindingTexts::nameRule(const std::string& place) const
{
    const auto name = m_map->names.find(place);
    return m_usesNames && name != m_map->names.end() ? &name->second : nullptr;
}

std::string FindingTexts::placeText(const std::string& place) const
{
    if (const TextRule* name = nameRule(place)) {
        FindingTexts texts(*m_map, *m_record);
        texts.m_usesNames = false;
        return texts.first(*name);
    }
    const std::vector<std::string> texts = at(place);
    if (!texts.empty() || m_place == m_record)
        return texts.empty() ? std::string() : texts.front();
    return FindingTexts(*m_map, *m_record).placeText(place);
}

std::string FindingTexts::filled(const TextTemplate& made, const std::string& text) const
{
    const bool isAddress =
        !made.pieces.empty() && !made.pieces.front().isPlace && made.pieces.front().text.starts_with("http");
    std::string whole;
    for (const TextTemplate::Piece& piece : made.pieces) {
        if (!piece.isPlace) {
            whole += piece.text;
            continue;
        }
        const std::string found = piece.text == "text" ? text : placeText(piece.text);
        if (found.empty())
            return {};
        whole += isAddress ? encoded(found) : found;
    }
    return whole;
}

std::vector<std::string> FindingTexts::textsOf(const TextTemplate& made) const
{
    if (made.pieces.size() == 1 && made.pieces.front().isPlace && !nameRule(made.pieces.front().text))
        return at(made.pieces.front().text);
    std::string whole = filled(made, {});
    return whole.empty() ? std::vector<std::string>() : std::vector<std::string>{std::move(whole)};
}

std::vector<std::string> FindingTexts::all(const TextRule& rule) const
{
    for (const TextTemplate& made : rule) {
        if (std::vector<std::string> texts = textsOf(made); !texts.empty())
            return texts;
    }
    return {};
}

std::string FindingTexts::first(const TextRule& rule) const
{
    std::vector<std::string> texts = all(rule);
    return texts.empty() ? std::string() : std::move(texts.front());
}

void FindingTexts::each(const TextRule& rule, const std::function<void(const std::string&)>& take) const
{
    for (const TextTemplate& made : rule) {
        for (const std::string& text : textsOf(made))
            take(text);
    }
}

bool FindingTexts::holds(const TextCondition& condition) const
{
    const std::vector<std::string> texts = at(condition.path);
    return std::any_of(texts.begin(), texts.end(), [&condition](const std::string& text) {
        return std::any_of(condition.texts.begin(), condition.texts.end(),
                           [&text](const std::string& pattern) { return fitsPattern(text, pattern); });
    });
}

void FindingTexts::eachElement(const std::string& path, const std::function<void(const Value&)>& take) const
{
    std::size_t count = 0;
    eachAt(*m_record, path, [&](const Value& value) {
        if (!value.isString()) {
            take(value);
            return ++count < mostElements;
        }
        const auto embedded = json::parse(value.asString(), {32, longestEmbedded});
        if (!embedded)
            return true; // a text that is no list names nothing
        eachAt(*embedded, {}, [&](const Value& element) {
            take(element);
            return ++count < mostElements;
        });
        return count < mostElements;
    });
}

} // namespace cordon::ingest
