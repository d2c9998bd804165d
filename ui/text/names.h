#pragma once

#include "core/domain/entity.h"

#include <QString>

namespace cordon::ui::text {

/// A long identifier as people can tell it apart: `AKIA…7QXD`, the last part of an ARN, else the middle left out.
[[nodiscard]] QString shortId(const QString& id);
/// What to call an entity: its name, or its shortened id; credentials always by key id.
[[nodiscard]] QString entityName(const EntityRef& entity);
/// "access key AKIAIOSFODNN7EXA7QXD": kind and full id, for tooltips and screen readers.
[[nodiscard]] QString entityFull(const EntityRef& entity);
/// "account", "key", "role"…
[[nodiscard]] QString kindWord(EntityKind kind);
/// Icon of the kind, as in resources/icons.
[[nodiscard]] QString kindIcon(const EntityRef& entity);
/// "analyst-a" out of "user:analyst-a".
/// "analyst, owner" in the reader's language.
[[nodiscard]] QString roleNames(const std::vector<std::string>& roles);
[[nodiscard]] QString personName(const std::string& id);

/// "T1685.002 Disable or Modify Cloud Log", whichever of its ids is given.
[[nodiscard]] QString techniqueName(const std::string& id);
/// Its older ids and tactics, for a tooltip; empty for an unknown technique.
[[nodiscard]] QString techniqueTip(const std::string& id);

} // namespace cordon::ui::text
