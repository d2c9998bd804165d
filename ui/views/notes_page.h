#pragma once

#include "ui/bridge/case_source.h"

#include <QWidget>

class QVBoxLayout;

namespace cordon::ui::views {

/// Notes of an incident, newest last, and the button to add one.
class NotesPage : public QWidget
{
    Q_OBJECT

public:
    explicit NotesPage(QWidget* parent);
    void show(const std::vector<std::pair<Timestamp, std::string>>& notes);

signals:
    void addRequested();

private:
    QVBoxLayout* m_list;
    std::vector<std::pair<Timestamp, std::string>> m_shown;
    bool m_hasShown = false;
};

} // namespace cordon::ui::views
