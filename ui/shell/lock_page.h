#pragma once

#include "ui/bridge/case_source.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace cordon::ui::shell {

/// What a locked console shows: nothing of the case, whether the agent goes on, *Halt agent*, and *Unlock* for a person.
class LockPage : public QWidget
{
    Q_OBJECT

public:
    explicit LockPage(bool isExercise, QWidget* parent);
    void setPeople(const std::vector<engine::PersonRow>& people, const QString& atTheDesk);
    void say(const QString& line);
    void setHalted(bool isHalted);

signals:
    void unlockRequested(const QString& person);
    void haltRequested();
    void peopleRequested();

private:
    QComboBox* m_people;
    QLabel* m_agent;
    QLabel* m_line;
};

} // namespace cordon::ui::shell
