#pragma once

#include "ui/shell/case_opening.h"

#include <QWidget>

class QFrame;
class QHBoxLayout;
class QLabel;

namespace cordon::ui::shell {

/// The first screen: open an exercise, logs or a case.
class FirstRun : public QWidget
{
    Q_OBJECT

public:
    FirstRun(const std::vector<ExerciseChoice>& exercises, QWidget* parent);
    /// Shows why the last attempt to open failed.
    void say(const QString& problem);

signals:
    void exerciseChosen(const QString& id);
    /// @param isRehearsal  derive an exercise tenant from the log
    void logsRequested(bool isRehearsal, bool wantsOptions);
    void caseRequested();
    void sealedRequested();

private:
    QFrame* addCard(QHBoxLayout* row, const QString& icon, const QString& title, const QString& explanation);
    QLabel* m_problem;
};

} // namespace cordon::ui::shell
