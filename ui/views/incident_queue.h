#pragma once

#include "ui/models/incident_list_model.h"

#include <QFrame>

class QLabel;
class QListView;
class QStackedWidget;

namespace cordon::ui::views {

/// The queue at the left of Triage: sorted by risk, what needs people marked.
class IncidentQueue : public QFrame
{
    Q_OBJECT

public:
    explicit IncidentQueue(QWidget* parent);
    [[nodiscard]] models::IncidentListModel& model() { return *m_model; }
    /// New rows; the chosen incident stays chosen once a person picked one; before that the gravest is shown.
    void setRows(models::IncidentRows rows);
    [[nodiscard]] IncidentId current() const;
    void choose(IncidentId id);
    /// @param by  +1 or -1
    void step(int by);

signals:
    void chosen(cordon::IncidentId id);

private:
    models::IncidentListModel* m_model;
    QListView* m_list;
    QLabel* m_count;
    QStackedWidget* m_pages;
    bool m_isUpdating = false; ///< the selection moves because the rows did
    bool m_hasChosen = false;  ///< a person picked an incident; until then the gravest is shown
};

} // namespace cordon::ui::views
