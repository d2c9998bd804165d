#include "ui/widgets/empty_note.h"

#include "ui/widgets/icon_label.h"
#include "ui/widgets/labels.h"

#include <QVBoxLayout>

namespace cordon::ui::widgets {

EmptyNote::EmptyNote(const QString& iconName, const QString& line, const QString& hint, QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(line);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->addStretch(2);
    column->addWidget(new IconLabel(iconName, QStringLiteral("faint"), 28, this), 0, Qt::AlignHCenter);
    column->addSpacing(6);
    QLabel* first = label(line, TextRole::Strong, {}, this);
    QLabel* second = label(hint, TextRole::Body, QStringLiteral("dim"), this);
    for (QLabel* text : {first, second}) {
        text->setWordWrap(true);
        text->setAlignment(Qt::AlignHCenter);
        column->addWidget(text);
    }
    column->addStretch(3);
}

} // namespace cordon::ui::widgets
