#include "ui/shell/sealed_guard.h"

#include "ui/widgets/changing.h"

#include <QApplication>
#include <QEvent>
#include <QWidget>

namespace cordon::ui::shell {

SealedGuard::SealedGuard(QObject* parent)
    : QObject(parent)
{
}

void SealedGuard::guard(QWidget* content)
{
    if (!m_content)
        qApp->installEventFilter(this);
    m_content = content;
    for (QWidget* control : content->findChildren<QWidget*>()) {
        if (control->property(widgets::changingProperty).toBool())
            control->hide();
    }
}

bool SealedGuard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show && watched->isWidgetType() && watched->property(widgets::changingProperty).toBool()) {
        auto* control = static_cast<QWidget*>(watched);
        if (m_content->isAncestorOf(control)) {
            control->hide();
            control->setEnabled(false);
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace cordon::ui::shell
