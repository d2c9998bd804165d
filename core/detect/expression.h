#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cordon::detect {

/// A rule's condition as a tree over its tests.
struct Expression
{
    enum class Kind {
        Test,    ///< `number` is the index of the rule's test
        All,     ///< every part is true; true without parts
        Any,     ///< some part is true; false without parts
        AtLeast, ///< `number` or more parts are true
        Not,     ///< its one part is false
    };
    Kind kind = Kind::Any;
    std::uint32_t number = 0;
    std::vector<Expression> parts;

    /// Nodes in the tree.
    [[nodiscard]] std::size_t size() const
    {
        std::size_t count = 1;
        for (const Expression& part : parts)
            count += part.size();
        return count;
    }
    [[nodiscard]] static Expression test(std::size_t index)
    {
        return {Kind::Test, static_cast<std::uint32_t>(index), {}};
    }
    /// One part stands for itself.
    [[nodiscard]] static Expression join(Kind kind, std::vector<Expression> parts)
    {
        if (parts.size() == 1)
            return Expression(std::move(parts.front()));
        return {kind, 0, std::move(parts)};
    }
    [[nodiscard]] static Expression negation(Expression part)
    {
        std::vector<Expression> parts;
        parts.push_back(std::move(part));
        return {Kind::Not, 0, std::move(parts)};
    }
};

} // namespace cordon::detect
