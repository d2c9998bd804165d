#pragma once

#include "core/base/result.h"
#include "core/domain/entity.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::correlate {

/// Says by a thing's id alone under which id it is known elsewhere. The rules are data: resources/entity_names.yml.
class NameRules
{
public:
    /// One rule: ids of `kind` that look like `from` are the thing whose id is `as`.
    struct Form
    {
        std::string id;
        EntityKind kind = EntityKind::Account;
        std::string from; ///< template; {name} stands for one or more characters, as few as what follows allows
        std::string as;   ///< template with names of `from`
    };

    /// ErrorCode::Invalid when a template cannot be read, two places follow each other, or `as` names what `from` does not.
    [[nodiscard]] Result<void> add(const Form& form);
    /// The thing's other id, by the first rule that fits; nothing when none does. Compares in lower case.
    [[nodiscard]] std::optional<EntityRef> canonicalOf(const EntityRef& entity) const;
    [[nodiscard]] std::size_t size() const { return m_rules.size(); }

private:
    struct Piece
    {
        bool isPlace = false;
        std::string text; ///< literal, or the place's name
    };
    struct Rule
    {
        EntityKind kind = EntityKind::Account;
        std::vector<Piece> from;
        std::vector<Piece> as;
    };
    [[nodiscard]] static Result<std::vector<Piece>> piecesOf(const std::string& pattern);
    [[nodiscard]] static std::optional<std::string> apply(const Rule& rule, std::string_view id);

    std::vector<Rule> m_rules;
};

} // namespace cordon::correlate
