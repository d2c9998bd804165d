#pragma once

#include "ui/bridge/case_source.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace cordon::ui::shell {

/// What a locked console shows: nothing of the case, whether the agent goes on, *Halt agent*, and *Unlock* for a person.
class LockPage : public QWidget
{
    Q_OBJECT

public:
    explicit LockPage(QWidget* parent);
    void setExercise(bool isExercise);
    /// @param isIdle  nobody touched the console; else a person locked it
    void setWhy(bool isIdle);
    void setPeople(const std::vector<engine::PersonRow>& people, const QString& atTheDesk);
    void say(const QString& line);
    void setHalted(bool isHalted);

signals:
    void unlockRequested(const QString& person);
    void haltRequested();
    void peopleRequested();

private:
    QComboBox* m_people;
    QLabel* m_exercise;
    QPushButton* m_exercisePeople;
    QLabel* m_why;
    QLabel* m_agent;
    QLabel* m_line;
};

} // namespace cordon::ui::shell
