#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/bridge/commander.h"
#include "ui/dialogs/plain_dialog.h"

#include <map>
#include <string>

class QComboBox;
class QLabel;
class QLineEdit;
class QScrollArea;

namespace cordon::ui::dialogs {

/// Asks the engine's gate what it would say to an act, without acting: a verb of the catalogue, a target out of the case
/// or typed. Shows effect, tier arithmetic, all deciding clauses, what is missing, and the digest.
class TestDecisionDialog : public PlainDialog
{
    Q_OBJECT

public:
    /// Both outlive the dialog.
    TestDecisionDialog(bridge::CaseQueries& queries, bridge::Commander& commander, QWidget* parent);

private:
    void showIncidents(const std::vector<engine::IncidentRow>& rows);
    void loadIncident();
    void showTargets(const engine::IncidentDetail& detail);
    void ask();
    void show(const engine::TestedDecision& tested);
    void say(const QString& line, const QString& tone);
    /// Until a person chooses a verb: one that the sequence has for the target, or for its kind.
    void proposeVerb(const EntityRef& target);
    [[nodiscard]] std::optional<EntityRef> target() const;
    /// What was typed; else what the sequence has for the same verb and target.
    [[nodiscard]] std::optional<Value> params(const EntityRef& target) const;
    void fillAnswer(const std::function<void(class QVBoxLayout*, QWidget*)>& fill);

    bridge::CaseQueries& m_queries;
    bridge::Commander& m_commander;
    QComboBox* m_incident;
    QComboBox* m_verb;
    QComboBox* m_kind;
    QComboBox* m_target;
    QLineEdit* m_params;
    QPushButton* m_ask;
    QScrollArea* m_answer;
    engine::IncidentDetail m_detail;
    std::map<std::string, Text> m_clauses; ///< what the mandate's clauses say, by their names
    bool m_hasChosenVerb = false;
    int m_asked = 0; ///< questions so far: an answer to an older one is dropped
};

} // namespace cordon::ui::dialogs
