#include "core/detect/condition_parser.h"

#include "core/detect/text_fold.h"
#include "core/detect/wildcard.h"
#include "core/value/tree_builder.h"

#include <charconv>

namespace cordon::detect {
namespace {

constexpr int deepest = 64;
constexpr std::size_t mostNodes = 200'000;
constexpr std::string_view blanks = " \t\r\n";

class ConditionReader
{
public:
    ConditionReader(std::string_view text, const SearchIdentifiers& identifiers)
        : m_identifiers(identifiers)
    {
        while (true) {
            const std::size_t start = text.find_first_not_of(blanks);
            if (start == std::string_view::npos)
                break;
            text.remove_prefix(start);
            const bool isBracket = text.front() == '(' || text.front() == ')';
            const std::size_t end = isBracket ? 1 : std::min(text.find_first_of(" \t\r\n()"), text.size());
            m_words.push_back(text.substr(0, end));
            text.remove_prefix(end);
        }
    }

    Result<Expression> read()
    {
        if (m_words.empty())
            return fail(ErrorCode::Invalid, "empty condition");
        CORDON_TRY(Expression whole, disjunction(0));
        if (m_at < m_words.size())
            return fail(ErrorCode::Invalid, "condition does not go on with " + quotedForDetail(m_words[m_at]));
        return whole;
    }

private:
    [[nodiscard]] bool isNext(std::string_view word, std::size_t ahead = 0) const
    {
        return m_at + ahead < m_words.size() && folded(m_words[m_at + ahead]) == word;
    }
    bool take(std::string_view word)
    {
        const bool isThere = isNext(word);
        m_at += isThere ? 1 : 0;
        return isThere;
    }

    Result<Expression> disjunction(int depth)
    {
        std::vector<Expression> parts;
        do {
            CORDON_TRY(Expression part, conjunction(depth));
            parts.push_back(std::move(part));
        } while (take("or"));
        return Expression::join(Expression::Kind::Any, std::move(parts));
    }

    Result<Expression> conjunction(int depth)
    {
        std::vector<Expression> parts;
        do {
            CORDON_TRY(Expression part, negation(depth));
            parts.push_back(std::move(part));
        } while (take("and"));
        return Expression::join(Expression::Kind::All, std::move(parts));
    }

    Result<Expression> negation(int depth)
    {
        bool isNegated = false;
        while (take("not"))
            isNegated = !isNegated;
        CORDON_TRY(Expression part, operand(depth));
        return isNegated ? Expression::negation(std::move(part)) : std::move(part);
    }

    Result<Expression> operand(int depth)
    {
        if (m_at == m_words.size())
            return fail(ErrorCode::Invalid, "condition ends early");
        if (depth > deepest)
            return fail(ErrorCode::Invalid, "condition is nested too deeply");
        if (take("(")) {
            CORDON_TRY(Expression inner, disjunction(depth + 1));
            return take(")") ? Result<Expression>(std::move(inner))
                             : fail(ErrorCode::Invalid, "missing ')' in condition");
        }
        if (isNext("of", 1))
            return quantified();
        const std::string_view word = m_words[m_at++];
        if (word.starts_with('|') || word.find('|') != std::string_view::npos)
            return fail(ErrorCode::Invalid, "aggregation after '|' is obsolete: use a correlation rule");
        const auto found = m_identifiers.find(word);
        if (found == m_identifiers.end())
            return fail(ErrorCode::Invalid, "condition names unknown " + quotedForDetail(word));
        CORDON_CHECK(spend(found->second));
        return Expression(found->second);
    }

    Result<Expression> quantified()
    {
        const std::string amount = folded(m_words[m_at]);
        m_at += 2;
        if (m_at == m_words.size())
            return fail(ErrorCode::Invalid, "condition ends early");
        const std::string_view pattern = m_words[m_at++];
        CORDON_TRY(std::vector<Expression> parts, fitting(pattern));
        if (amount == "all")
            return Expression::join(Expression::Kind::All, std::move(parts));
        if (amount == "any" || amount == "1")
            return Expression::join(Expression::Kind::Any, std::move(parts));
        std::uint32_t least = 0;
        const auto end = amount.data() + amount.size();
        const auto number = std::from_chars(amount.data(), end, least);
        if (number.ec != std::errc() || number.ptr != end || least == 0)
            return fail(ErrorCode::Invalid,
                        "expected a number, 'all' or 'any' before 'of', not " + quotedForDetail(amount));
        if (least > parts.size())
            return fail(ErrorCode::Invalid, quotedForDetail(pattern) + " fits fewer than " + amount + " identifiers");
        return Expression{Expression::Kind::AtLeast, least, std::move(parts)};
    }

    /// Naming the same identifier again and again must not make the tree larger than memory.
    Result<void> spend(const Expression& expression)
    {
        m_nodes += expression.size();
        return m_nodes > mostNodes ? fail(ErrorCode::Invalid, "condition is too large") : Result<void>();
    }

    Result<std::vector<Expression>> fitting(std::string_view pattern)
    {
        const bool isThem = folded(pattern) == "them";
        const Wildcard wildcard = Wildcard::parse(pattern);
        std::vector<Expression> parts;
        for (const auto& [name, expression] : m_identifiers) {
            if (isThem ? name.starts_with('_') : !wildcard.matches(name))
                continue;
            CORDON_CHECK(spend(expression));
            parts.push_back(expression);
        }
        if (parts.empty())
            return fail(ErrorCode::Invalid, "no search identifier fits " + quotedForDetail(pattern));
        return parts;
    }

    const SearchIdentifiers& m_identifiers;
    std::vector<std::string_view> m_words;
    std::size_t m_at = 0;
    std::size_t m_nodes = 0;
};

} // namespace

Result<Expression> parseCondition(std::string_view text, const SearchIdentifiers& identifiers)
{
    constexpr std::size_t longest = 64U << 10U;
    if (text.size() > longest)
        return fail(ErrorCode::Invalid, "condition is longer than 64 KiB");
    return ConditionReader(text, identifiers).read();
}

} // namespace cordon::detect
