#include "core/indicators/stix_pattern.h"

#include "core/base/display_escape.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cordon::indicators {
namespace {

constexpr std::size_t longestPattern = 8U << 10U;
constexpr int deepest = 16;
constexpr std::size_t mostAlternatives = 256;
constexpr std::size_t mostTerms = 8;

using Alternatives = std::vector<std::vector<Term>>;

/// Object paths that name one observable by its value.
constexpr std::array<std::pair<std::string_view, TermKind>, 15> paths{{
    {"ipv4-addr:value", TermKind::Address},
    {"ipv6-addr:value", TermKind::Address},
    {"network-traffic:src_ref.value", TermKind::Address},
    {"network-traffic:dst_ref.value", TermKind::Address},
    {"domain-name:value", TermKind::Domain},
    {"url:value", TermKind::Url},
    {"email-addr:value", TermKind::Email},
    {"email-message:from_ref.value", TermKind::Email},
    {"email-message:sender_ref.value", TermKind::Email},
    {"user-account:user_id", TermKind::Account},
    {"user-account:account_login", TermKind::Account},
    {"user-account:display_name", TermKind::Account},
    {"network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'", TermKind::UserAgent},
    {"network-traffic:extensions.'http-request-ext'.request_header.User-Agent", TermKind::UserAgent},
    {"x-cordon-credential:value", TermKind::Credential},
}};

std::optional<TermKind> kindOf(std::string_view path)
{
    for (const auto& [known, kind] : paths) {
        if (known == path)
            return kind;
    }
    for (const std::string_view object : {"file:hashes.", "x509-certificate:hashes.", "artifact:hashes."}) {
        if (path.starts_with(object))
            return TermKind::Hash;
    }
    return std::nullopt;
}

class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {}

    Result<Alternatives> whole()
    {
        CORDON_TRY(Alternatives all, observations(0));
        skip();
        if (m_at == m_text.size())
            return all;
        return unsupported("what follows: " + shown());
    }

private:
    [[nodiscard]] static tl::unexpected<Error> unsupported(const std::string& what)
    {
        return fail(ErrorCode::Unsupported, "not matched: " + what);
    }
    [[nodiscard]] tl::unexpected<Error> broken(const char* what) const
    {
        return fail(ErrorCode::Invalid,
                    std::string("no pattern: ") + what + " expected at byte " + std::to_string(m_at));
    }
    [[nodiscard]] std::string shown() const { return "'" + escapedForDisplay(m_text.substr(m_at, 40)) + "'"; }

    void skip()
    {
        while (m_at < m_text.size() &&
               (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n' || m_text[m_at] == '\r'))
            ++m_at;
    }
    bool take(char letter)
    {
        skip();
        if (m_at >= m_text.size() || m_text[m_at] != letter)
            return false;
        ++m_at;
        return true;
    }
    /// A word in capitals that ends where a word ends.
    bool takeWord(std::string_view word)
    {
        skip();
        if (m_text.substr(m_at, word.size()) != word)
            return false;
        const std::size_t end = m_at + word.size();
        if (end < m_text.size() &&
            ((m_text[end] >= 'A' && m_text[end] <= 'Z') || (m_text[end] >= 'a' && m_text[end] <= 'z')))
            return false;
        m_at = end;
        return true;
    }

    Result<Alternatives> observations(int depth)
    {
        if (depth > deepest)
            return unsupported("brackets deeper than " + std::to_string(deepest));
        Alternatives all;
        do {
            Alternatives one;
            if (take('[')) {
                CORDON_TRY(one, either(depth + 1));
                if (!take(']'))
                    return isMore() ? Result<Alternatives>(unsupported(shown())) : Result<Alternatives>(broken("']'"));
            } else if (take('(')) {
                CORDON_TRY(one, observations(depth + 1));
                if (!take(')'))
                    return unsupported(shown());
            } else {
                return broken("'['");
            }
            CORDON_CHECK(join(all, std::move(one)));
        } while (takeWord("OR"));
        for (const char* word : {"AND", "FOLLOWEDBY", "WITHIN", "REPEATS", "START"}) {
            if (takeWord(word))
                return unsupported(std::string(word) + " between observations");
        }
        return all;
    }

    [[nodiscard]] bool isMore()
    {
        skip();
        return m_at < m_text.size();
    }

    static Result<void> join(Alternatives& all, Alternatives more)
    {
        if (all.size() + more.size() > mostAlternatives)
            return unsupported("more than " + std::to_string(mostAlternatives) + " alternatives");
        std::move(more.begin(), more.end(), std::back_inserter(all));
        return {};
    }

    Result<Alternatives> either(int depth)
    {
        if (depth > deepest)
            return unsupported("brackets deeper than " + std::to_string(deepest));
        Alternatives all;
        do {
            CORDON_TRY(Alternatives one, together(depth));
            CORDON_CHECK(join(all, std::move(one)));
        } while (takeWord("OR"));
        return all;
    }

    Result<Alternatives> together(int depth)
    {
        CORDON_TRY(Alternatives all, comparison(depth));
        while (takeWord("AND")) {
            CORDON_TRY(const Alternatives next, comparison(depth));
            if (all.size() * next.size() > mostAlternatives)
                return unsupported("more than " + std::to_string(mostAlternatives) + " alternatives");
            Alternatives product;
            for (const std::vector<Term>& left : all) {
                for (const std::vector<Term>& right : next) {
                    std::vector<Term> terms = left;
                    for (const Term& term : right) {
                        if (std::find(terms.begin(), terms.end(), term) == terms.end())
                            terms.push_back(term);
                    }
                    if (terms.size() > mostTerms)
                        return unsupported("more than " + std::to_string(mostTerms) + " terms together");
                    product.push_back(std::move(terms));
                }
            }
            all = std::move(product);
        }
        return all;
    }

    Result<Alternatives> comparison(int depth)
    {
        if (take('(')) {
            CORDON_TRY(Alternatives all, either(depth + 1));
            if (!take(')'))
                return broken("')'");
            return all;
        }
        CORDON_TRY(const std::string path, objectPath());
        const auto kind = kindOf(path);
        if (takeWord("NOT"))
            return unsupported("NOT");
        std::vector<std::string> values;
        if (takeWord("IN")) {
            if (!take('('))
                return broken("'('");
            do {
                CORDON_TRY(std::string value, text());
                values.push_back(std::move(value));
            } while (take(',') && values.size() <= mostAlternatives);
            if (!take(')'))
                return broken("')'");
        } else if (takeWord("ISSUBSET") || take('=')) {
            CORDON_TRY(std::string value, text());
            values.push_back(std::move(value));
        } else {
            skip();
            return unsupported("the operator at " + shown());
        }
        if (!kind)
            return unsupported("the object path " + escapedForDisplay(path.substr(0, 80)));
        Alternatives all;
        for (const std::string& value : values) {
            CORDON_TRY(Term term, normalTerm(*kind, value));
            all.push_back({std::move(term)});
        }
        if (all.size() > mostAlternatives)
            return unsupported("more than " + std::to_string(mostAlternatives) + " alternatives");
        return all;
    }

    /// Up to the blank or operator behind it; quotes inside may hold both.
    Result<std::string> objectPath()
    {
        skip();
        const std::size_t begin = m_at;
        bool isQuoted = false;
        while (m_at < m_text.size()) {
            const char letter = m_text[m_at];
            if (letter == '\'')
                isQuoted = !isQuoted;
            else if (!isQuoted && std::string_view(" \t\r\n=<>!()]").find(letter) != std::string_view::npos)
                break;
            ++m_at;
        }
        const std::string path(m_text.substr(begin, m_at - begin));
        if (path.find(':') == std::string::npos || isQuoted)
            return broken("an object path such as 'ipv4-addr:value'");
        return path;
    }

    Result<std::string> text()
    {
        if (!take('\''))
            return isMore() ? Result<std::string>(unsupported("a value that is no text: " + shown()))
                            : Result<std::string>(broken("a value"));
        std::string value;
        while (m_at < m_text.size()) {
            const char letter = m_text[m_at++];
            if (letter == '\'')
                return value;
            if (letter == '\\' && m_at < m_text.size())
                value += m_text[m_at++];
            else
                value += letter;
        }
        return broken("a closing quote");
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

Result<std::vector<std::vector<Term>>> readStixPattern(std::string_view pattern)
{
    if (pattern.size() > longestPattern)
        return fail(ErrorCode::Unsupported,
                    "not matched: a pattern longer than " + std::to_string(longestPattern) + " bytes");
    return Reader(pattern).whole();
}

} // namespace cordon::indicators
