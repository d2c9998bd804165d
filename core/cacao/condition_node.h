#pragma once

#include "core/cacao/condition.h"

namespace cordon::cacao {

/// One side of a comparison.
struct Operand
{
    enum class Kind { Variable, Text, Number, Flag, Time };
    Kind kind = Kind::Text;
    std::string text; ///< the variable's name, or the literal without its quotes
};

struct Condition::Node
{
    enum class Kind { And, Or, Not, Compare, In, Like, Subset, Superset, Exists };
    Kind kind = Kind::Compare;
    std::string op;                 ///< Compare only: = != < <= > >=
    std::vector<Operand> operands;  ///< of a comparison; of In: the left one, then the set
    std::vector<Node> children;     ///< of And, Or, Not
};

/// The tree of a condition's text. Source: docs/formats/playbook.md, "Conditions"
[[nodiscard]] Result<Condition::Node> parseCondition(std::string_view text);

} // namespace cordon::cacao
