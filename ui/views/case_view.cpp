#include "ui/views/case_view.h"

namespace cordon::ui::views {

CaseView::CaseView(QWidget* parent)
    : QWidget(parent)
{
}

void CaseView::caseChanged(const engine::Notice& notice)
{
    const bool hasMoved = !m_hasNotice || notice.revision != m_latest.revision;
    m_latest = notice;
    m_hasNotice = true;
    if (!hasMoved)
        return;
    m_isStale = !isVisible();
    if (!m_isStale)
        reload(notice);
}

void CaseView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale && m_hasNotice) {
        m_isStale = false;
        reload(m_latest);
    }
}

} // namespace cordon::ui::views
