#pragma once

#include "ui/bridge/commander.h"
#include "ui/bridge/case_source.h"
#include "ui/views/step_content.h"

#include <QFrame>

namespace cordon::ui::widgets {
class StoryText;
}

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace cordon::ui::views {

/// The right side of Triage: what the intruder can still do, then the sequence step by step.
class ContainmentPanel : public QFrame
{
    Q_OBJECT

public:
    ContainmentPanel(bridge::Commander& commander, QWidget* parent);
    void setDetail(const engine::IncidentDetail& detail);
    void clearDetail();
    /// The case clock, for "keep contained".
    void setNow(Timestamp now) { m_now = now; }
    /// While the agent is halted no step can be asked again.
    void setHalted(bool isHalted);
    /// The case is sealed: what waited for people then waits for nobody who reads it.
    void setSealed();
    /// Opens the first step that waits, as the R key does.
    void reviewFirst();
    void showDecision(const QString& step);

signals:
    void reviewRequested(const QString& request);
    /// Somebody wants to know why the gate said what it said of a step.
    void decisionWanted(const cordon::Step& step);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] const Step* find(const QString& step) const;
    [[nodiscard]] QFrame* pausedCard();
    void showCards();
    void showPaused();
    void showPlaybook();
    void rebuild(const std::vector<StepContent>& contents);
    void connectCard(class StepCard* card);
    void revealFirstWaiting();
    void showResidual();
    void showWhy();
    void skip(const QString& step);
    void doneElsewhere(const QString& step);
    void undo(const QString& step);
    void moveStep(const QString& step, const QString& first, const QString& second);
    void restoreStep(const QString& step);
    void editStep(const QString& step);
    void addStep();
    void takeProposal();
    void showChangers(bool areShown);

    bridge::Commander& m_commander;
    Plan m_plan;
    Brief m_brief;
    std::vector<EntityRef> m_members; ///< of the incident, to choose a target from
    std::vector<StepContent> m_shown;
    QString m_shownResidual;
    std::string m_revealed; ///< incident and step that were last scrolled to
    Timestamp m_now;
    QString m_playbook; ///< its revision and name, before they are cut to fit
    bool m_isHalted = false;
    bool m_isSealed = false;
    bool m_isPaused = false;
    IncidentId m_incident;
    QPushButton* m_continue;
    QPushButton* m_add;
    QPushButton* m_take; ///< a sequence that somebody else wrote
    QFrame* m_paused; ///< says that the session waits for somebody to look at what failed
    QLabel* m_subtitle;
    QScrollArea* m_scroll;
    QFrame* m_residual;
    widgets::StoryText* m_residualText;
    QVBoxLayout* m_cards;
    QLabel* m_empty;
    QFrame* m_foot;
    QLabel* m_why;
    QPushButton* m_showDecision;
};

} // namespace cordon::ui::views
