#include "ui/views/incident_delegate.h"

#include "ui/models/incident_list_model.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/paint.h"

#include <QPainter>
#include <QTextLayout>

namespace cordon::ui::views {
namespace {

using Model = models::IncidentListModel;

constexpr int side = 18;
constexpr int lineHeight = 18;
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

QFont titleFont()
{
    return theme::interfaceFont(13, QFont::DemiBold);
}

} // namespace

QSize IncidentDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int width = option.rect.width() > 0 ? option.rect.width() : 300;
    const auto lines = titleLines(index.data(Model::TitleRole).toString(), titleFont(), width - 2 * side).size();
    return {width, 12 + lineHeight + 4 + static_cast<int>(lines) * lineHeight + 6 + 19 + 8 + lineHeight + 11};
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
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, index.data(Model::SeverityRole).toString().toUpper());
    painter->setFont(theme::interfaceFont(12));
    painter->setPen(t.dim);
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, index.data(Model::WhenRole).toString());

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
    painter->setPen(state ? t.of(*state) : t.dim);
    painter->drawText(stateBox, Qt::AlignLeft | Qt::AlignVCenter, index.data(Model::StateRole).toString());
    painter->setPen(t.dim);
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, index.data(Model::AlertsRole).toString());
    painter->restore();
}

} // namespace cordon::ui::views
