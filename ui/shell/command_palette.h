#pragma once

#include <QDialog>
#include <QString>

#include <functional>
#include <vector>

class QLineEdit;
class QTableView;

namespace cordon::ui::models {
class CellTableModel;
}

namespace cordon::ui::shell {

/// Ctrl+K: type a few letters, press Enter. Lists screens, commands and incidents.
class CommandPalette : public QDialog
{
    Q_OBJECT

public:
    struct Entry
    {
        QString name;
        QString hint;
        std::function<void()> run;
    };
    CommandPalette(std::vector<Entry> entries, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& text);
    void run(int row);

    std::vector<Entry> m_entries;
    std::vector<std::size_t> m_shown;
    QLineEdit* m_input;
    QTableView* m_list;
    models::CellTableModel* m_model;
};

} // namespace cordon::ui::shell
