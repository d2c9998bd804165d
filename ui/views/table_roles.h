#pragma once

#include "ui/models/cell_roles.h"
#include "ui/widgets/table_delegate.h"

namespace cordon::ui::views {

/// The roles under which Cordon's models answer meaning, as the delegate wants them.
[[nodiscard]] inline widgets::TableDelegate::Roles tableRoles()
{
    return {models::ToneRole, models::DotRole, models::MonoRole};
}

} // namespace cordon::ui::views
