#include "core/detect/wildcard.h"

#include "core/base/utf8.h"
#include "core/detect/text_fold.h"

#include <algorithm>
#include <array>

namespace cordon::detect {
namespace {

constexpr std::array<std::string_view, 5> dashes{"-", "/", "\u2013", "\u2014", "\u2015"};

/// Length of the dash that `text` starts with, or 0.
std::size_t dashLength(std::string_view text)
{
    const auto dash =
        std::find_if(dashes.begin(), dashes.end(), [&](std::string_view d) { return text.starts_with(d); });
    return dash == dashes.end() ? 0 : dash->size();
}

/// Bytes that the single token takes from the front of `text`, or npos when it does not fit.
std::size_t taken(const Wildcard::Token& token, std::string_view text)
{
    switch (token.part) {
    case Wildcard::Part::Literal:
        return text.starts_with(token.text) ? token.text.size() : std::string_view::npos;
    case Wildcard::Part::One:
        return text.empty() ? std::string_view::npos : std::max<std::size_t>(1, utf8SequenceLength(text));
    case Wildcard::Part::Dash: {
        const std::size_t length = dashLength(text);
        return length == 0 ? std::string_view::npos : length;
    }
    case Wildcard::Part::Any:
        break;
    }
    return 0;
}

} // namespace

Wildcard Wildcard::parse(std::string_view text)
{
    Wildcard result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const char next = at + 1 < text.size() ? text[at + 1] : '\0';
        if (c == '\\' && (next == '\\' || next == '*' || next == '?')) {
            result.addLiteral(next);
            ++at;
        } else if (c == '*') {
            result.openEnd();
        } else if (c == '?') {
            result.m_tokens.push_back({Part::One, {}});
        } else {
            result.addLiteral(c);
        }
    }
    return result;
}

Wildcard Wildcard::literal(std::string_view text)
{
    Wildcard result;
    if (!text.empty())
        result.m_tokens.push_back({Part::Literal, std::string(text)});
    return result;
}

void Wildcard::addLiteral(char c)
{
    if (m_tokens.empty() || m_tokens.back().part != Part::Literal)
        m_tokens.push_back({Part::Literal, {}});
    m_tokens.back().text += c;
}

void Wildcard::openStart()
{
    if (m_tokens.empty() || m_tokens.front().part != Part::Any)
        m_tokens.insert(m_tokens.begin(), {Part::Any, {}});
}

void Wildcard::openEnd()
{
    if (m_tokens.empty() || m_tokens.back().part != Part::Any)
        m_tokens.push_back({Part::Any, {}});
}

void Wildcard::loosenDashes()
{
    Wildcard result;
    for (const Token& token : m_tokens) {
        if (token.part != Part::Literal) {
            result.m_tokens.push_back(token);
            continue;
        }
        for (std::string_view rest = token.text; !rest.empty();) {
            const std::size_t length = dashLength(rest);
            if (length == 0)
                result.addLiteral(rest.front());
            else
                result.m_tokens.push_back({Part::Dash, {}});
            rest.remove_prefix(std::max<std::size_t>(1, length));
        }
    }
    *this = std::move(result);
}

void Wildcard::fold()
{
    for (Token& token : m_tokens)
        token.text = folded(token.text);
}

bool Wildcard::isLiteral() const
{
    return m_tokens.empty() || (m_tokens.size() == 1 && m_tokens.front().part == Part::Literal);
}

std::string Wildcard::text() const
{
    return m_tokens.empty() ? std::string() : m_tokens.front().text;
}

std::vector<std::string> Wildcard::plainTexts(std::size_t most) const
{
    std::vector<std::string> texts{{}};
    for (const Token& token : m_tokens) {
        if (token.part == Part::Any || token.part == Part::One)
            return {};
        const std::vector<std::string_view> own{token.text};
        const std::vector<std::string_view> choices =
            token.part == Part::Dash ? std::vector<std::string_view>(dashes.begin(), dashes.end()) : own;
        if (texts.size() * choices.size() > most)
            return {};
        std::vector<std::string> longer;
        for (const std::string& start : texts) {
            for (const std::string_view choice : choices)
                longer.push_back(start + std::string(choice));
        }
        texts = std::move(longer);
    }
    return texts;
}

bool Wildcard::matches(std::string_view text) const
{
    // Only the last `*` ever needs to be tried again: an earlier one taking more cannot help the parts after the last.
    std::size_t token = 0;
    std::size_t at = 0;
    std::size_t retryToken = std::string_view::npos;
    std::size_t retryAt = 0;
    while (true) {
        if (token == m_tokens.size() && at == text.size())
            return true;
        if (token < m_tokens.size() && m_tokens[token].part == Part::Any) {
            if (token + 1 == m_tokens.size())
                return true;
            ++token;
            if (m_tokens[token].part == Part::Literal)
                at = text.find(m_tokens[token].text, at);
            if (at == std::string_view::npos)
                return false;
            retryToken = token;
            retryAt = at;
            continue;
        }
        const std::size_t length =
            token < m_tokens.size() ? taken(m_tokens[token], text.substr(at)) : std::string_view::npos;
        if (length != std::string_view::npos) {
            ++token;
            at += length;
            continue;
        }
        if (retryToken == std::string_view::npos || retryAt >= text.size())
            return false;
        retryAt += std::max<std::size_t>(1, utf8SequenceLength(text.substr(retryAt)));
        if (m_tokens[retryToken].part == Part::Literal)
            retryAt = text.find(m_tokens[retryToken].text, retryAt);
        if (retryAt == std::string_view::npos)
            return false;
        token = retryToken;
        at = retryAt;
    }
}

} // namespace cordon::detect
