#include "core/cacao/condition.h"

#include "core/base/time.h"
#include "core/cacao/condition_node.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <compare>

namespace cordon::cacao {
namespace {

using Node = Condition::Node;

std::optional<double> numberIn(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc() || end != text.data() + text.size() || !(number >= -1e300 && number <= 1e300))
        return std::nullopt;
    return number;
}

std::optional<Operand> valueOf(const Operand& operand, const Condition::Lookup& lookup)
{
    if (operand.kind != Operand::Kind::Variable)
        return operand;
    const std::optional<Known> known = lookup ? lookup(operand.text) : std::nullopt;
    if (!known)
        return std::nullopt;
    Operand value;
    value.text = known->text;
    if (known->type == "integer" || known->type == "long" || known->type == "float")
        value.kind = Operand::Kind::Number;
    else if (known->type == "bool")
        value.kind = Operand::Kind::Flag;
    return value;
}

bool wants(Operand::Kind kind, const Operand& a, const Operand& b)
{
    return a.kind == kind || b.kind == kind;
}

/// How two values stand to one another; nullopt when they cannot be compared.
std::optional<std::partial_ordering> order(const Operand& a, const Operand& b)
{
    if (wants(Operand::Kind::Number, a, b)) {
        const auto left = numberIn(a.text);
        const auto right = numberIn(b.text);
        return left && right ? std::optional(*left <=> *right) : std::nullopt;
    }
    if (wants(Operand::Kind::Time, a, b)) {
        const auto left = Timestamp::parse(a.text);
        const auto right = Timestamp::parse(b.text);
        return left && right ? std::optional<std::partial_ordering>(left->micros() <=> right->micros()) : std::nullopt;
    }
    if (wants(Operand::Kind::Flag, a, b)) {
        const auto isFlag = [](const std::string& text) { return text == "true" || text == "false"; };
        return isFlag(a.text) && isFlag(b.text) ? std::optional<std::partial_ordering>(a.text <=> b.text) : std::nullopt;
    }
    return a.text <=> b.text;
}

Truth truthOf(bool holds)
{
    return holds ? Truth::True : Truth::False;
}

Truth compared(const std::string& op, const Operand& a, const Operand& b)
{
    const auto stands = order(a, b);
    if (!stands)
        return Truth::Unknown;
    if (op == "=")
        return truthOf(*stands == 0);
    if (op == "!=")
        return truthOf(*stands != 0);
    if (a.kind == Operand::Kind::Flag || b.kind == Operand::Kind::Flag)
        return Truth::Unknown; // true is not more than false
    if (op == "<")
        return truthOf(*stands < 0);
    if (op == "<=")
        return truthOf(*stands <= 0);
    return truthOf(op == ">" ? *stands > 0 : *stands >= 0);
}

/// `%` for any run, `_` for one byte. Linear in text times pattern: the last `%` is the only one gone back to.
bool isLike(std::string_view text, std::string_view pattern)
{
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t mark = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '%') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && (pattern[p] == '_' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('%', p) == std::string_view::npos;
}

struct Network
{
    std::array<unsigned char, 16> bytes{};
    int family = 0;
    int bits = 0;
};

std::optional<Network> networkIn(const std::string& text)
{
    const auto slash = text.find('/');
    const std::string address = text.substr(0, slash);
    Network network;
    network.family = address.find(':') == std::string::npos ? AF_INET : AF_INET6;
    if (inet_pton(network.family, address.c_str(), network.bytes.data()) != 1)
        return std::nullopt;
    const int widest = network.family == AF_INET ? 32 : 128;
    network.bits = widest;
    if (slash != std::string::npos) {
        const auto [end, error] = std::from_chars(text.data() + slash + 1, text.data() + text.size(), network.bits);
        if (error != std::errc() || end != text.data() + text.size() || network.bits < 0 || network.bits > widest)
            return std::nullopt;
    }
    return network;
}

Truth isInside(const std::string& inner, const std::string& outer)
{
    const auto a = networkIn(inner);
    const auto b = networkIn(outer);
    if (!a || !b)
        return Truth::Unknown;
    if (a->family != b->family || a->bits < b->bits)
        return Truth::False;
    for (int bit = 0; bit < b->bits; ++bit) {
        const auto byte = static_cast<std::size_t>(bit / 8);
        const unsigned mask = 0x80U >> static_cast<unsigned>(bit % 8);
        if ((a->bytes[byte] & mask) != (b->bytes[byte] & mask))
            return Truth::False;
    }
    return Truth::True;
}

Truth isIn(const Node& node, const Condition::Lookup& lookup)
{
    const auto left = valueOf(node.operands.front(), lookup);
    if (!left)
        return Truth::Unknown;
    Truth found = Truth::False;
    for (std::size_t i = 1; i < node.operands.size(); ++i) {
        const auto item = valueOf(node.operands[i], lookup);
        const Truth same = item ? compared("=", *left, *item) : Truth::Unknown;
        if (same == Truth::True)
            return same;
        if (same == Truth::Unknown)
            found = same;
    }
    return found;
}

Truth comparison(const Node& node, const Condition::Lookup& lookup)
{
    const auto left = valueOf(node.operands[0], lookup);
    const auto right = valueOf(node.operands[1], lookup);
    if (!left || !right)
        return Truth::Unknown;
    switch (node.kind) {
    case Node::Kind::Like: return truthOf(isLike(left->text, right->text));
    case Node::Kind::Subset: return isInside(left->text, right->text);
    case Node::Kind::Superset: return isInside(right->text, left->text);
    default: return compared(node.op, *left, *right);
    }
}

Truth evaluated(const Node& node, const Condition::Lookup& lookup)
{
    switch (node.kind) {
    case Node::Kind::And:
    case Node::Kind::Or: {
        const Truth decides = node.kind == Node::Kind::And ? Truth::False : Truth::True;
        bool isUnknown = false;
        for (const Node& child : node.children) {
            const Truth part = evaluated(child, lookup);
            if (part == decides)
                return part;
            isUnknown = isUnknown || part == Truth::Unknown;
        }
        return isUnknown ? Truth::Unknown : truthOf(decides == Truth::False);
    }
    case Node::Kind::Not: {
        const Truth inner = evaluated(node.children.front(), lookup);
        return inner == Truth::Unknown ? inner : truthOf(inner == Truth::False);
    }
    case Node::Kind::Exists: return truthOf(valueOf(node.operands.front(), lookup).has_value());
    case Node::Kind::In: return isIn(node, lookup);
    default: return comparison(node, lookup);
    }
}

} // namespace

std::string_view toString(Truth truth)
{
    return truth == Truth::True ? "true" : truth == Truth::False ? "false" : "unknown";
}

Truth Condition::evaluate(const Lookup& lookup) const
{
    return m_root ? evaluated(*m_root, lookup) : Truth::Unknown;
}

} // namespace cordon::cacao
