#include "ui/widgets/table_delegate.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/paint.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>

#include <algorithm>

namespace cordon::ui::widgets {
namespace {

constexpr int rowHeight = 30;
constexpr int cellPadding = 8;
constexpr int dotRoom = 15;

void copySelection(const QTableView& view)
{
    QModelIndexList rows = view.selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex& row : rows) {
        QStringList cells;
        for (int column = 0; column < view.model()->columnCount(); ++column)
            cells += row.sibling(row.row(), column).data().toString();
        lines += cells.join(QLatin1Char('\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace

TableDelegate::TableDelegate(Roles roles, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_roles(roles)
{
}

void TableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const theme::Tokens& t = theme::tokensOf(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, t.raised);
    painter->setPen(QPen(t.line, 1));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const theme::Tone tone = theme::toneFrom(index.data(m_roles.tone).toString()).value_or(theme::Tone::Plain);
    const QRect inner = textRect(option.rect, index);
    if (index.data(m_roles.dot).toBool())
        paintDot(*painter, QPointF(inner.left() - dotRoom + 4.5, inner.center().y() + 0.5), t.of(tone));
    const QFont font = fontOf(index);
    painter->setFont(font);
    painter->setPen(t.of(tone));
    const QString text = QFontMetrics(font).elidedText(index.data().toString(), option.textElideMode, inner.width());
    const QVariant wanted = index.data(Qt::TextAlignmentRole);
    const int side = wanted.isValid() ? wanted.toInt() : static_cast<int>(Qt::AlignLeft);
    painter->drawText(inner, (side & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter, text);
    painter->restore();
}

QRect TableDelegate::textRect(const QRect& cell, const QModelIndex& index) const
{
    return cell.adjusted(cellPadding + (index.data(m_roles.dot).toBool() ? dotRoom : 0), 0, -4, -1);
}

QFont TableDelegate::fontOf(const QModelIndex& index) const
{
    return index.data(m_roles.mono).toBool() ? theme::monoFont(12) : theme::interfaceFont(13);
}

bool TableDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                              const QModelIndex& index)
{
    const QString whole = index.data().toString();
    const bool isCut = QFontMetrics(fontOf(index)).horizontalAdvance(whole) > textRect(option.rect, index).width();
    if (event->type() != QEvent::ToolTip || !isCut || index.data(Qt::ToolTipRole).isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), QStringLiteral("<qt>%1</qt>").arg(whole.toHtmlEscaped()), view);
    return true;
}

void shareWidth(QTableView& table, std::initializer_list<int> widths)
{
    QHeaderView* header = table.horizontalHeader();
    header->setStretchLastSection(false);
    int column = 0;
    for (const int width : widths) {
        if (width < 0)
            header->setSectionResizeMode(column, QHeaderView::Stretch);
        else
            table.setColumnWidth(column, width);
        ++column;
    }
}

QTableView* table(const QString& accessibleName, const TableDelegate::Roles& roles, QWidget* parent)
{
    auto* view = new QTableView(parent);
    view->setAccessibleName(accessibleName);
    view->setItemDelegate(new TableDelegate(roles, view));
    view->setShowGrid(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setWordWrap(false);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->setVisible(false);
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(rowHeight);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setStretchLastSection(true);
    auto* copy = new QAction(QTableView::tr("Copy"), view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QAction::triggered, view, [view] { copySelection(*view); });
    view->addAction(copy);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    return view;
}

} // namespace cordon::ui::widgets
