#include "ui/widgets/numbered_text_edit.h"

#include "ui/theme/tokens.h"

#include <QEvent>
#include <QPainter>
#include <QTextBlock>

#include <algorithm>

namespace cordon::ui::widgets {

NumberedTextEdit::NumberedTextEdit(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_numbers(new QWidget(this))
{
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    m_numbers->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_numbers->installEventFilter(this);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &NumberedTextEdit::fitMargin);
    connect(this, &QPlainTextEdit::updateRequest, m_numbers, qOverload<>(&QWidget::update));
    fitMargin();
}

void NumberedTextEdit::markLines(const QSet<int>& lines)
{
    m_marked = lines;
    m_numbers->update();
}

void NumberedTextEdit::goToLine(int line)
{
    const QTextBlock block = document()->findBlockByNumber(std::clamp(line - 1, 0, blockCount() - 1));
    setTextCursor(QTextCursor(block));
    centerCursor();
    setFocus();
}

void NumberedTextEdit::fitMargin()
{
    const int digits = std::max<int>(3, static_cast<int>(QString::number(blockCount()).size()));
    const int width = fontMetrics().horizontalAdvance(QLatin1Char('9')) * digits + 16;
    setViewportMargins(width, 0, 0, 0);
    const QRect inside = contentsRect();
    m_numbers->setGeometry(inside.left(), inside.top(), width, inside.height());
}

void NumberedTextEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fitMargin();
}

bool NumberedTextEdit::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_numbers || event->type() != QEvent::Paint)
        return QPlainTextEdit::eventFilter(watched, event);
    paintNumbers();
    return true;
}

void NumberedTextEdit::paintNumbers()
{
    QPainter painter(m_numbers);
    const theme::Tokens& tokens = theme::tokensOf(palette());
    painter.setFont(font());
    const int height = fontMetrics().height();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > m_numbers->height())
            break;
        const int number = block.blockNumber() + 1;
        const bool isMarked = m_marked.contains(number);
        const int top = static_cast<int>(place.top());
        if (isMarked)
            painter.fillRect(0, top, 3, static_cast<int>(place.height()), tokens.attacker);
        painter.setPen(isMarked ? tokens.attacker : tokens.faint);
        painter.drawText(4, top, m_numbers->width() - 12, height, Qt::AlignRight, QString::number(number));
    }
}

} // namespace cordon::ui::widgets
