#pragma once

#include "ui/bridge/case_source.h"

#include <QWidget>

class QVBoxLayout;

class QPushButton;

namespace cordon::ui::views {

/// Notes of an incident, newest last, and the button to add one.
class NotesPage : public QWidget
{
    Q_OBJECT

public:
    explicit NotesPage(QWidget* parent);
    void show(const std::vector<std::pair<Timestamp, std::string>>& notes);

    /// Why the person at the desk cannot add one; "" when they can.
    void setWhyNot(const QString& why);

signals:
    void addRequested();

private:
    QVBoxLayout* m_list;
    QPushButton* m_add;
    std::vector<std::pair<Timestamp, std::string>> m_shown;
    bool m_hasShown = false;
};

} // namespace cordon::ui::views
