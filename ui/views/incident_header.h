#pragma once

#include "ui/bridge/case_source.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QHBoxLayout;

namespace cordon::ui::widgets {
class FlowLayout;
}

namespace cordon::ui::views {

/// Severity, id, span, owner, title and techniques of one incident; taking, closing and opening it again.
class IncidentHeader : public QWidget
{
    Q_OBJECT

public:
    explicit IncidentHeader(QWidget* parent);
    /// Why the person at the desk cannot take or close incidents; "" when they can.
    void setWhyNot(const QString& why);
    void show(const engine::IncidentDetail& detail, const QString& person);

signals:
    void assignRequested();
    void closeRequested();
    void reopenRequested();
    void arrangeRequested();

private:
    QLabel* m_severity;
    QLabel* m_facts;
    QPushButton* m_assign;
    QPushButton* m_close;
    QPushButton* m_reopen;
    QPushButton* m_arrange;
    QLabel* m_verdict; ///< how it was closed, and by whom
    QLabel* m_title;
    QWidget* m_chips;
    widgets::FlowLayout* m_chipFlow;
    QStringList m_shownChips;
};

} // namespace cordon::ui::views
