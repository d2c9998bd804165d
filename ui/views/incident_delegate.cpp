#include "ui/views/incident_delegate.h"

#include "ui/models/incident_list_model.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/paint.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace cordon::ui::views {
namespace {

using Model = models::IncidentListModel;

constexpr int side = 18;
constexpr int lineHeight = 18;
constexpr int gap = 10; ///< between what stands left and right on a line
constexpr int mostTitleLines = 2;

/// The title in at most two lines, the second one elided.
QStringList titleLines(const QString& title, const QFont& font, int width)
{
    QStringList lines;
    QTextLayout layout(title, font);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (lines.size() + 1 == mostTitleLines) {
            lines += QFontMetrics(font).elidedText(title.mid(line.textStart()), Qt::ElideRight, width);
            break;
        }
        lines += title.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines;
}

/// Draws the right text whole and the left one elided in what is left of the line.
void drawEnds(QPainter& painter, const QRect& line, const QString& left, const QColor& leftInk, const QString& right,
              const QColor& rightInk)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const QString end = metrics.elidedText(right, Qt::ElideRight, line.width());
    painter.setPen(rightInk);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, end);
    const int room = std::max(0, line.width() - metrics.horizontalAdvance(end) - gap);
    painter.setPen(leftInk);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(left, Qt::ElideRight, room));
}

QFont titleFont()
{
    return theme::interfaceFont(13, QFont::DemiBold);
}

} // namespace

QSize IncidentDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int width = option.rect.width() > 0 ? option.rect.width() : 300;
    const auto lines = titleLines(index.data(Model::TitleRole).toString(), titleFont(), width - 2 * side).size();
    const int foot = index.data(Model::SourcesRole).toString().isEmpty() ? lineHeight : 2 * lineHeight;
    return {width, 12 + lineHeight + 4 + static_cast<int>(lines) * lineHeight + 6 + 19 + 8 + foot + 11};
}

void IncidentDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const theme::Tokens& t = theme::tokensOf(option.palette);
    const QRect box = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(box, t.raised);
        painter->fillRect(QRect(box.left(), box.top(), 3, box.height()), t.accent);
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(box, theme::mixed(t.raised, t.panel, 0.5));
    }
    painter->setPen(QPen(t.line, 1));
    painter->drawLine(box.bottomLeft(), box.bottomRight());

    QRect line(box.left() + side, box.top() + 11, box.width() - 2 * side, lineHeight);
    const auto toneOf = [&](int role) { return theme::toneFrom(index.data(role).toString()); };
    painter->setFont(theme::interfaceFont(11, QFont::DemiBold));
    painter->setPen(t.of(toneOf(Model::SeverityToneRole).value_or(theme::Tone::Dim)));
    const QString severity = index.data(Model::SeverityRole).toString().toUpper();
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, severity);
    const int whenRoom = line.width() - painter->fontMetrics().horizontalAdvance(severity) - gap;
    painter->setFont(theme::interfaceFont(12));
    painter->setPen(t.dim);
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data(Model::WhenRole).toString(), Qt::ElideRight, whenRoom));

    painter->setFont(titleFont());
    painter->setPen(t.text);
    line.translate(0, lineHeight + 4);
    for (const QString& part : titleLines(index.data(Model::TitleRole).toString(), titleFont(), line.width())) {
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, part);
        line.translate(0, lineHeight);
    }
    line.translate(0, 6);
    widgets::paintChipRow(*painter, line, index.data(Model::NamesRole).toStringList(), index.data(Model::MoreRole).toInt(),
                          option.palette);
    line.translate(0, 19 + 8);
    const auto state = toneOf(Model::StateToneRole);
    painter->setFont(theme::interfaceFont(12));
    QRect stateBox = line;
    if (state) {
        widgets::paintDot(*painter, QPointF(line.left() + 4.5, line.center().y() + 0.5), t.of(*state));
        stateBox.setLeft(line.left() + 14);
    }
    drawEnds(*painter, stateBox, index.data(Model::StateRole).toString(), state ? t.of(*state) : t.dim,
             index.data(Model::AlertsRole).toString(), t.dim);
    const QString sources = index.data(Model::SourcesRole).toString();
    if (!sources.isEmpty()) {
        line.translate(0, lineHeight);
        painter->setPen(t.dim);
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(sources, Qt::ElideRight, line.width()));
    }
    painter->restore();
}

} // namespace cordon::ui::views
