#pragma once

#include "ui/bridge/case_source.h"
#include "ui/bridge/engine_bridge.h"

#include <QFrame>

class QComboBox;
class QLabel;

namespace cordon::ui::widgets {
class ElidedLine;
}

namespace cordon::ui::shell {

/// UTC clock, who is signed in, rules and playbooks, mandate and expiry; passing messages in between.
class FootBar : public QFrame
{
    Q_OBJECT

public:
    explicit FootBar(QWidget* parent);
    void show(const engine::Notice& notice);
    void show(const engine::CaseSummary& summary);
    void show(const engine::AgentPicture& agent);
    /// People to choose from in an exercise; otherwise only who is signed in.
    void setPeople(const std::vector<engine::PersonRow>& people, const QString& signedIn);
    void setSignedIn(bool isSignedIn);
    void say(const QString& line);

signals:
    void personChosen(const QString& person);

private:
    QLabel* m_clock;
    QComboBox* m_people;
    QLabel* m_who;
    widgets::ElidedLine* m_message;
    QLabel* m_rules;
    QLabel* m_mandate;
    Timestamp m_now;
};

} // namespace cordon::ui::shell
