#pragma once

#include <QWidget>

namespace cordon::ui::widgets {

/// What an empty list says: what it would show, and what to do. A quiet icon, a line, a hint.
class EmptyNote : public QWidget
{
    Q_OBJECT

public:
    EmptyNote(const QString& iconName, const QString& line, const QString& hint, QWidget* parent);
};

} // namespace cordon::ui::widgets
