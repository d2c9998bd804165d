#pragma once

#include "core/domain/entity.h"
#include "ui/dialogs/plain_dialog.h"

#include <vector>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace cordon::ui::dialogs {

/// Asks what a step of a sequence shall be: a new one, or another target, parameters and lease of one that is there. What
/// comes out is a wish; the engine and the gate judge it.
class StepDialog : public PlainDialog
{
    Q_OBJECT

public:
    struct Start
    {
        QString title;
        bool isNew = true;
        QString verb;                   ///< of the step that is changed
        std::vector<EntityRef> targets; ///< to choose from: the incident's members
        QString target;                 ///< `kind:id`, chosen at first
        QString params;                 ///< `name=value`, one per line
        bool hasLease = false;          ///< it can be given back, so it may have one
        std::vector<QString> steps;     ///< ids that a new one may come before
    };
    StepDialog(const Start& start, QWidget* parent);

signals:
    /// What was not changed is empty. `params` as lines.
    void answered(const QString& verb, const QString& target, const QString& params, const QString& lease, const QString& before,
                  const QString& why);

private:
    void addField(const QString& words, QWidget* field);
    void check();

    Start m_start;
    QComboBox* m_verb;
    QComboBox* m_target;
    QPlainTextEdit* m_params;
    QLineEdit* m_lease;
    QComboBox* m_before;
    QPlainTextEdit* m_why;
    QPushButton* m_accept;
};

} // namespace cordon::ui::dialogs
