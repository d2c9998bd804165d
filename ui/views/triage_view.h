#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/bridge/commander.h"
#include "ui/models/incident_list_model.h"
#include "ui/views/case_view.h"

class QSplitter;
class QTimer;

namespace cordon::ui::views {

class ContainmentPanel;
class IncidentPane;
class IncidentQueue;

/// Queue, incident, containment sequence: where an analyst works.
class TriageView : public CaseView
{
    Q_OBJECT

public:
    TriageView(bridge::CaseQueries& queries, bridge::Commander& commander, QWidget* parent);
    void choose(IncidentId id);
    /// The case is sealed: nothing in it waits for anybody.
    void setSealed();
    [[nodiscard]] IncidentId current() const;
    /// How a person set the columns; empty while nobody did.
    [[nodiscard]] QByteArray layoutState() const;
    void restoreLayout(const QByteArray& state);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void reload(const engine::Notice& notice) override;

private:
    void addShortcuts();
    void shareWidth();
    void showDecision(const Step& step);
    void load(IncidentId id);

    bridge::CaseQueries& m_queries;
    bridge::Commander& m_commander;
    QSplitter* m_splitter;
    IncidentQueue* m_queue;
    IncidentPane* m_pane;
    ContainmentPanel* m_containment;
    engine::Notice m_notice;
    models::IncidentRows m_former; ///< the queue before this one
    bool m_isSetByHand = false; ///< a person moved the columns; until then they follow the window
    bool m_isAsking = false; ///< a question about the queue is on its way
    bool m_isStale = false;
    bool m_hasBeenRead = false; ///< the queue was read at least once
    quint64 m_question = 0;  ///< the newest question about an incident
    bool m_isLoading = false;
    bool m_wantsReload = false;
    QTimer* m_rest; ///< after a long look at a large incident the window does other things first
};

} // namespace cordon::ui::views
