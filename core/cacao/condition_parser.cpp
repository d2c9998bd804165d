#include "core/cacao/condition_node.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cordon::cacao {
namespace {

using Node = Condition::Node;

constexpr std::size_t mostBytes = 4096;
constexpr int mostDeep = 32;
constexpr int mostComparisons = 256;

bool isWordByte(char c)
{
    const auto code = static_cast<unsigned char>(c);
    return std::isalnum(code) != 0 || c == '_' || c == '-' || c == '.' || c == ':' || c == '$';
}

struct Token
{
    enum class Kind { End, Word, Text, Time, Symbol };
    Kind kind = Kind::End;
    std::string text;
    std::size_t at = 0;
};

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
    return text;
}

bool isNumber(std::string_view text)
{
    if (text.starts_with('-') || text.starts_with('+'))
        text.remove_prefix(1);
    const auto point = text.find('.');
    const auto areDigits = [](std::string_view part) {
        return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    return point == std::string_view::npos ? areDigits(text)
                                           : areDigits(text.substr(0, point)) && areDigits(text.substr(point + 1));
}

/// Cuts the text into tokens, one at a time.
class Lexer
{
public:
    explicit Lexer(std::string_view text) : m_text(text) {}

    Result<Token> next()
    {
        while (m_at < m_text.size() && std::isspace(static_cast<unsigned char>(m_text[m_at])) != 0)
            ++m_at;
        Token token;
        token.at = m_at;
        if (m_at == m_text.size())
            return token;
        const char c = m_text[m_at];
        if (c == '\'')
            return quoted(Token::Kind::Text);
        if ((c == 't' || c == 'h' || c == 'b') && m_at + 1 < m_text.size() && m_text[m_at + 1] == '\'') {
            if (c != 't')
                return fail(ErrorCode::Unsupported, place(m_at) + "literals in hexadecimal or base64 are not compared");
            ++m_at;
            return quoted(Token::Kind::Time);
        }
        token.kind = Token::Kind::Symbol;
        for (const std::string_view symbol : {"<=", ">=", "!=", "<>", "==", "=", "<", ">", "(", ")", "[", "]", ","}) {
            if (m_text.substr(m_at).starts_with(symbol)) {
                m_at += symbol.size();
                token.text = symbol == "==" ? "=" : symbol == "<>" ? "!=" : std::string(symbol);
                return token;
            }
        }
        const bool isSigned = (c == '-' || c == '+') && m_at + 1 < m_text.size();
        if (!isWordByte(c) && !isSigned)
            return fail(ErrorCode::Invalid, place(m_at) + "unexpected character");
        const std::size_t start = m_at++;
        while (m_at < m_text.size() && isWordByte(m_text[m_at]))
            ++m_at;
        token.kind = Token::Kind::Word;
        token.text = m_text.substr(start, m_at - start);
        return token;
    }
    [[nodiscard]] static std::string place(std::size_t at) { return "column " + std::to_string(at + 1) + ": "; }

private:
    Result<Token> quoted(Token::Kind kind)
    {
        Token token;
        token.kind = kind;
        token.at = m_at;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == '\'') {
                ++m_at;
                return token;
            }
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            token.text.push_back(m_text[m_at]);
        }
        return fail(ErrorCode::Invalid, place(token.at) + "a text without its closing quote");
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

class Parser
{
public:
    explicit Parser(std::string_view text) : m_lexer(text) {}

    Result<Node> parse()
    {
        CORDON_CHECK(step());
        const bool hasFrame = isSymbol("["); // the frame of an observation, which holds one comparison here
        if (hasFrame) {
            CORDON_CHECK(step());
        }
        CORDON_TRY(Node node, either(0));
        if (hasFrame) {
            CORDON_CHECK(expect("]"));
        }
        if (m_token.kind != Token::Kind::End)
            return surprise();
        return node;
    }

private:
    Result<void> step()
    {
        CORDON_TRY(m_token, m_lexer.next());
        return {};
    }
    [[nodiscard]] bool isSymbol(std::string_view text) const
    {
        return m_token.kind == Token::Kind::Symbol && m_token.text == text;
    }
    [[nodiscard]] bool isKeyword(std::string_view text) const
    {
        return m_token.kind == Token::Kind::Word && upper(m_token.text) == text;
    }
    [[nodiscard]] tl::unexpected<Error> invalid(const std::string& what) const
    {
        return fail(ErrorCode::Invalid, Lexer::place(m_token.at) + what);
    }
    [[nodiscard]] tl::unexpected<Error> surprise() const
    {
        static constexpr std::array<std::string_view, 6> observation{"FOLLOWEDBY", "WITHIN", "REPEATS", "START", "STOP", "MATCHES"};
        if (std::any_of(observation.begin(), observation.end(), [&](std::string_view word) { return isKeyword(word); }))
            return fail(ErrorCode::Unsupported, Lexer::place(m_token.at) + upper(m_token.text) + " is not evaluated");
        return invalid(m_token.kind == Token::Kind::End ? "the condition ends early" : "not expected here");
    }
    Result<void> expect(std::string_view symbol)
    {
        if (!isSymbol(symbol))
            return m_token.kind == Token::Kind::End ? surprise() : invalid("'" + std::string(symbol) + "' is missing");
        return step();
    }

    Result<Node> joined(Node::Kind kind, std::string_view word, int depth, Result<Node> (Parser::*part)(int))
    {
        CORDON_TRY(Node first, (this->*part)(depth));
        if (!isKeyword(word))
            return first;
        Node all;
        all.kind = kind;
        all.children.push_back(std::move(first));
        while (isKeyword(word)) {
            CORDON_CHECK(step());
            CORDON_TRY(Node further, (this->*part)(depth));
            all.children.push_back(std::move(further));
        }
        return all;
    }
    Result<Node> either(int depth) { return joined(Node::Kind::Or, "OR", depth, &Parser::both); }
    Result<Node> both(int depth) { return joined(Node::Kind::And, "AND", depth, &Parser::term); }

    Result<Node> term(int depth)
    {
        if (depth > mostDeep)
            return invalid("nested deeper than " + std::to_string(mostDeep));
        if (isKeyword("NOT")) {
            CORDON_CHECK(step());
            CORDON_TRY(Node inner, term(depth + 1));
            return negated(std::move(inner));
        }
        if (isSymbol("(")) {
            CORDON_CHECK(step());
            CORDON_TRY(Node inner, either(depth + 1));
            CORDON_CHECK(expect(")"));
            return inner;
        }
        return comparison();
    }

    static Node negated(Node inner)
    {
        Node node;
        node.kind = Node::Kind::Not;
        node.children.push_back(std::move(inner));
        return node;
    }

    Result<Operand> operand()
    {
        Operand found;
        found.text = m_token.text;
        if (m_token.kind == Token::Kind::Text || m_token.kind == Token::Kind::Time) {
            found.kind = m_token.kind == Token::Kind::Text ? Operand::Kind::Text : Operand::Kind::Time;
        } else if (m_token.kind != Token::Kind::Word) {
            return surprise();
        } else if (const std::string name = variableIn(m_token.text); !name.empty()) {
            found.kind = Operand::Kind::Variable;
            found.text = name;
        } else if (isNumber(m_token.text)) {
            found.kind = Operand::Kind::Number;
        } else if (isKeyword("TRUE") || isKeyword("FALSE")) {
            found.kind = Operand::Kind::Flag;
            found.text = isKeyword("TRUE") ? "true" : "false";
        } else if (m_token.text.find(':') != std::string::npos) {
            return fail(ErrorCode::Unsupported, Lexer::place(m_token.at) +
                                                    "object paths of STIX are not looked up; name a variable (__name__:value)");
        } else {
            return surprise();
        }
        CORDON_CHECK(step());
        return found;
    }

    Result<Node> comparison()
    {
        if (++m_comparisons > mostComparisons)
            return invalid("more than " + std::to_string(mostComparisons) + " comparisons");
        Node node;
        if (isKeyword("EXISTS")) {
            CORDON_CHECK(step());
            node.kind = Node::Kind::Exists;
            CORDON_TRY(Operand what, operand());
            if (what.kind != Operand::Kind::Variable)
                return invalid("EXISTS wants a variable");
            node.operands.push_back(std::move(what));
            return node;
        }
        CORDON_TRY(Operand left, operand());
        node.operands.push_back(std::move(left));
        const bool isNegated = isKeyword("NOT");
        if (isNegated) {
            CORDON_CHECK(step());
        }
        if (isKeyword("IN")) {
            CORDON_CHECK(step());
            CORDON_CHECK(list(node));
            return isNegated ? negated(std::move(node)) : std::move(node);
        }
        if (isKeyword("LIKE") || isKeyword("ISSUBSET") || isKeyword("ISSUPERSET")) {
            node.kind = isKeyword("LIKE")       ? Node::Kind::Like
                        : isKeyword("ISSUBSET") ? Node::Kind::Subset
                                                : Node::Kind::Superset;
        } else {
            static constexpr std::array<std::string_view, 6> ops{"=", "!=", "<", "<=", ">", ">="};
            if (m_token.kind != Token::Kind::Symbol || std::find(ops.begin(), ops.end(), m_token.text) == ops.end())
                return surprise();
            node.op = m_token.text;
        }
        CORDON_CHECK(step());
        CORDON_TRY(Operand right, operand());
        node.operands.push_back(std::move(right));
        return isNegated ? negated(std::move(node)) : std::move(node);
    }

    Result<void> list(Node& node)
    {
        node.kind = Node::Kind::In;
        CORDON_CHECK(expect("("));
        while (true) {
            CORDON_TRY(Operand item, operand());
            node.operands.push_back(std::move(item));
            if (!isSymbol(","))
                return expect(")");
            CORDON_CHECK(step());
        }
    }

    Lexer m_lexer;
    Token m_token;
    int m_comparisons = 0;
};

void collect(const Node& node, std::vector<std::string>& names)
{
    for (const Operand& operand : node.operands) {
        if (operand.kind == Operand::Kind::Variable && std::find(names.begin(), names.end(), operand.text) == names.end())
            names.push_back(operand.text);
    }
    for (const Node& child : node.children)
        collect(child, names);
}

} // namespace

bool isVariableName(std::string_view text)
{
    if (text.size() < 5 || text.size() > 204 || !text.starts_with("__") || !text.ends_with("__"))
        return false;
    const std::string_view inner = text.substr(2, text.size() - 4);
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return isLetter(inner.front()) && std::all_of(inner.begin(), inner.end(), [&](char c) {
               return isLetter(c) || (c >= '0' && c <= '9') || c == '-';
           });
}

std::string variableIn(std::string_view text)
{
    if (text.starts_with('$'))
        text.remove_prefix(1);
    if (text.ends_with(":value"))
        text.remove_suffix(6);
    return isVariableName(text) ? std::string(text) : std::string();
}

Result<Node> parseCondition(std::string_view text)
{
    if (text.size() > mostBytes)
        return fail(ErrorCode::Invalid, "a condition of more than " + std::to_string(mostBytes) + " bytes");
    return Parser(text).parse();
}

Result<Condition> Condition::parse(std::string_view text)
{
    CORDON_TRY(Node root, parseCondition(text));
    Condition condition;
    condition.m_text = text;
    collect(root, condition.m_names);
    condition.m_root = std::make_shared<const Node>(std::move(root));
    return condition;
}

} // namespace cordon::cacao
