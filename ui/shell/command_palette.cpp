#include "ui/shell/command_palette.h"

#include "ui/models/cell_table_model.h"
#include "ui/views/table_roles.h"
#include "ui/widgets/table_delegate.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace cordon::ui::shell {

CommandPalette::CommandPalette(std::vector<Entry> entries, QWidget* parent)
    : QDialog(parent)
    , m_entries(std::move(entries))
    , m_input(new QLineEdit(this))
    , m_list(widgets::table(tr("Matching commands"), views::tableRoles(), this))
    , m_model(new models::CellTableModel({tr("Command"), tr("Keys or number")}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Search or run"));
    setProperty("frame", "drawn");
    setAccessibleName(windowTitle());
    resize(560, 380);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    m_input->setPlaceholderText(tr("Type a command, screen or incident"));
    m_input->setAccessibleName(tr("Command"));
    m_input->installEventFilter(this);
    column->addWidget(m_input);
    m_list->setModel(m_model);
    m_list->horizontalHeader()->hide();
    widgets::shareWidth(*m_list, {-1, 120});
    column->addWidget(m_list, 1);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QTableView::clicked, this, [this](const QModelIndex& index) { run(index.row()); });
    filter({});
    m_input->setFocus();
}

void CommandPalette::filter(const QString& text)
{
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<models::CellRow> rows;
    m_shown.clear();
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const Entry& entry = m_entries[i];
        const bool fits = std::all_of(words.begin(), words.end(), [&](const QString& word) {
            return entry.name.contains(word, Qt::CaseInsensitive) || entry.hint.contains(word, Qt::CaseInsensitive);
        });
        if (!fits)
            continue;
        rows.push_back({static_cast<qlonglong>(i), {{entry.name, {}, false, false, {}}, {entry.hint, QStringLiteral("dim"), false, false, {}}}});
        m_shown.push_back(i);
    }
    m_model->setRows(std::move(rows));
    if (!m_shown.empty())
        m_list->setCurrentIndex(m_model->index(0, 0));
}

void CommandPalette::run(int row)
{
    if (row < 0 || row >= static_cast<int>(m_shown.size()))
        return;
    const std::function<void()> command = m_entries[m_shown[static_cast<std::size_t>(row)]].run;
    accept();
    command();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int row = m_list->currentIndex().row();
    const int last = m_model->rowCount() - 1;
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
        m_list->setCurrentIndex(m_model->index(std::clamp(row + (key == Qt::Key_Down ? 1 : -1), 0, std::max(0, last)), 0));
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        run(row);
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace cordon::ui::shell
