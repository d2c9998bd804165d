#pragma once

#include "ui/views/step_content.h"

#include <QFrame>

class QMenu;
class QPushButton;
class QVBoxLayout;

namespace cordon::ui::views {

/// One step of a containment sequence with what a person may do about it.
class StepCard : public QFrame
{
    Q_OBJECT

public:
    StepCard(const StepContent& content, QWidget* parent);
    [[nodiscard]] const StepContent& content() const { return m_content; }

signals:
    void reviewRequested(const QString& request);
    void askAgainRequested(const QString& step);
    void skipRequested(const QString& step);
    void doneElsewhereRequested(const QString& step);
    void undoRequested(const QString& step);
    void keepRequested(const QString& step, int hours);
    void decisionRequested(const QString& step);
    /// `first` shall come before `second`.
    void moveRequested(const QString& step, const QString& first, const QString& second);
    void editRequested(const QString& step);
    void restoreRequested(const QString& step);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void addHead(QVBoxLayout* column);
    void addTarget(QVBoxLayout* column);
    void addState(QVBoxLayout* column);
    [[nodiscard]] bool hasTargetLine() const;
    [[nodiscard]] bool hasChanges() const;
    [[nodiscard]] QPushButton* changeButton(QWidget* parent);
    void showChanges(const QPoint& place);
    void addHeld(QVBoxLayout* column);
    void addButtons(QVBoxLayout* column);
    /// What may be changed of its place and of what it does; null where nothing may.
    void fillChanges(QMenu* menu);

    StepContent m_content;
};

} // namespace cordon::ui::views
