#pragma once

#include "core/engine/notice.h"
#include "core/engine/system_state.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;
class QPushButton;

namespace cordon::ui::shell {

/// Says that nothing here is real, and where the people of the exercise are.
class ExerciseBand : public QFrame
{
    Q_OBJECT

public:
    explicit ExerciseBand(QWidget* parent);

signals:
    void peopleRequested();
};

/// Says that what is done here happens, and in which systems; the opposite of an exercise. Hidden where nothing is connected
/// and nothing was.
class RealBand : public QFrame
{
    Q_OBJECT

public:
    explicit RealBand(QWidget* parent);
    /// @param isAwaited  they are to be connected here, and are not yet
    /// @param isElsewhere  another process holds the case
    void show(const std::vector<engine::SystemState>& systems, bool isAwaited, bool isElsewhere);

signals:
    void systemsRequested();
    void connectRequested();

private:
    QLabel* m_line;
    QPushButton* m_systems;
    QPushButton* m_connect;
};

/// How the reading of logs goes: file, share, rate, time left, Cancel. Hidden when nothing is read.
class ReadingBand : public QFrame
{
    Q_OBJECT

public:
    explicit ReadingBand(QWidget* parent);
    void show(const engine::Notice& notice);

signals:
    void cancelRequested();

private:
    QLabel* m_what;
    QProgressBar* m_bar;
    QLabel* m_rate;
};

/// Says that another process holds the case, and offers to hold it once nobody does. Hidden when it is held here.
class FollowBand : public QFrame
{
    Q_OBJECT

public:
    explicit FollowBand(QWidget* parent);
    void show(const engine::Notice& notice);

signals:
    void takeOverRequested();

private:
    QLabel* m_line;
    QPushButton* m_takeOver;
};

/// Says that the case is sealed, and nothing in it can be changed. Hidden for other cases.
class SealedBand : public QFrame
{
    Q_OBJECT

public:
    explicit SealedBand(QWidget* parent);
};

/// Something that a person should read now, until it is dismissed.
class MessageBand : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBand(QWidget* parent);
    void say(const QString& line, bool isProblem);

private:
    QLabel* m_line;
};

} // namespace cordon::ui::shell
