#pragma once

#include <QWidget>

namespace cordon::ui::widgets {

inline constexpr const char* changingProperty = "changesCase";

/// Says that a control changes the case: it is not shown where the case is sealed.
inline void markAsChanging(QWidget* control)
{
    control->setProperty(changingProperty, true);
}

} // namespace cordon::ui::widgets
