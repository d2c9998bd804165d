#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cordon::detect {

/// A text with places that stand for other text, in Sigma's notation `*` and `?`.
/// Source: Sigma specification 2.1, "String Wildcard" and "Escape Character"
class Wildcard
{
public:
    enum class Part {
        Literal, ///< exactly this text
        Any,     ///< `*`: any text, none included
        One,     ///< `?`: exactly one character (a whole UTF-8 character, or one malformed byte)
        Dash,    ///< one of - / and the en dash, em dash, horizontal bar (modifier windash)
    };
    struct Token
    {
        Part part = Part::Literal;
        std::string text; ///< for Part::Literal, never empty
        bool operator==(const Token&) const = default;
    };

    Wildcard() = default;
    /// Reads a rule's value: `\*`, `\?` and `\\` are plain characters, any other backslash stands for itself.
    [[nodiscard]] static Wildcard parse(std::string_view text);
    /// A text in which nothing is special.
    [[nodiscard]] static Wildcard literal(std::string_view text);

    void openStart(); ///< puts `*` before it, unless one is there
    void openEnd();   ///< puts `*` after it, unless one is there
    /// Turns every dash of the literal parts into Part::Dash.
    void loosenDashes();
    /// Folds the literal parts, for matching against folded text.
    void fold();

    [[nodiscard]] const std::vector<Token>& tokens() const { return m_tokens; }
    /// True when nothing in it is special; `text` then gives it.
    [[nodiscard]] bool isLiteral() const;
    [[nodiscard]] std::string text() const;
    /// Every text that it stands for, with each kind of dash in each dash's place; nothing when it has wildcards or
    /// stands for more than `most`.
    [[nodiscard]] std::vector<std::string> plainTexts(std::size_t most) const;
    /// True when the whole of `text` fits. Time is at most the product of both lengths.
    [[nodiscard]] bool matches(std::string_view text) const;

private:
    void addLiteral(char c);

    std::vector<Token> m_tokens;
};

} // namespace cordon::detect
