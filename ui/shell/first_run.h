#pragma once

#include "core/engine/connection_look.h"
#include "ui/shell/case_opening.h"

#include <QWidget>

#include <optional>

class QFrame;
class QHBoxLayout;
class QLabel;
class QRadioButton;

namespace cordon::ui::shell {

/// The first screen: open an exercise, logs or a case.
class FirstRun : public QWidget
{
    Q_OBJECT

public:
    FirstRun(const std::vector<ExerciseChoice>& exercises, QWidget* parent);
    /// Shows why the last attempt to open failed.
    void say(const QString& problem);
    /// Whether new cases can act on real systems, which, and if not, why not.
    void offer(const engine::ConnectionLook& look);
    /// What a case of logs that are opened now acts on.
    [[nodiscard]] ActOn actOn() const;
    void choose(ActOn what);

signals:
    void exerciseChosen(const QString& id);
    void logsRequested(bool wantsOptions);
    void caseRequested();
    void sealedRequested();

private:
    QFrame* addCard(QHBoxLayout* row, const QString& icon, const QString& title, const QString& explanation);
    void addChoice(QFrame* card);
    QLabel* m_problem;
    QRadioButton* m_nothing = nullptr;
    QRadioButton* m_exercise = nullptr;
    QRadioButton* m_systems = nullptr;
    QLabel* m_about = nullptr; ///< the real systems, or why there are none
    std::optional<ActOn> m_wanted; ///< before it was clear whether it can be had
};

} // namespace cordon::ui::shell
