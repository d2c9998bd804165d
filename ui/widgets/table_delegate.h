#pragma once

#include <QStyledItemDelegate>

#include <initializer_list>

class QTableView;

namespace cordon::ui::widgets {

/// Paints table cells in Cordon's manner: a quiet line under each row, words coloured by meaning with a dot beside
/// them, identifiers monospaced. The model answers meaning in the given roles, never colours.
class TableDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    struct Roles
    {
        int tone = -1; ///< QString, a theme tone
        int dot = -1;  ///< bool: a dot before the word
        int mono = -1; ///< bool: monospaced
    };
    TableDelegate(Roles roles, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// What the model says of a cell; where it says nothing and the cell is cut short, the whole text.
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option, const QModelIndex& index) override;

private:
    [[nodiscard]] QRect textRect(const QRect& cell, const QModelIndex& index) const;
    [[nodiscard]] QFont fontOf(const QModelIndex& index) const;
    Roles m_roles;
};

/// A table as all of Cordon's: fixed row height, rows selected whole, no grid, left-aligned header, copies with Ctrl+C.
[[nodiscard]] QTableView* table(const QString& accessibleName, const TableDelegate::Roles& roles, QWidget* parent);
/// Gives each column its width and the rest to one of them, so that none is pushed out of sight; -1 stretches.
void shareWidth(QTableView& table, std::initializer_list<int> widths);

} // namespace cordon::ui::widgets
