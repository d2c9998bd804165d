#pragma once

#include <QFrame>
#include <QString>

#include <vector>

class QButtonGroup;
class QToolButton;
class QVBoxLayout;

namespace cordon::ui::shell {

/// The left rail: one button per screen.
class Rail : public QFrame
{
    Q_OBJECT

public:
    struct Entry
    {
        QString icon;
        QString name;
    };
    Rail(const std::vector<Entry>& entries, QWidget* parent);
    void choose(int screen);
    /// A count that waits for people, shown on a screen's button; 0 hides it.
    void setWaiting(int screen, int count);

signals:
    void chosen(int screen);

protected:
    void changeEvent(QEvent* event) override;

private:
    class RailButton;
    void drawIcons();
    std::vector<Entry> m_entries;
    std::vector<RailButton*> m_buttons;
    QButtonGroup* m_group;
};

} // namespace cordon::ui::shell
