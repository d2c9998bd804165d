#include "ui/approval/typed_edit.h"

#include <QKeyEvent>
#include <QMouseEvent>

namespace cordon::ui::approval {
namespace {

/// How many characters of `after` are new: what stands between the start and the end that both texts share.
qsizetype insertedCount(const QString& before, const QString& after)
{
    const qsizetype shorter = qMin(before.size(), after.size());
    qsizetype start = 0;
    while (start < shorter && before[start] == after[start])
        ++start;
    qsizetype end = 0;
    while (end < shorter - start && before[before.size() - 1 - end] == after[after.size() - 1 - end])
        ++end;
    return after.size() - start - end;
}

} // namespace

TypedEdit::TypedEdit(QWidget* parent)
    : QLineEdit(parent)
{
    setContextMenuPolicy(Qt::NoContextMenu);
    setAcceptDrops(false);
    setDragEnabled(false);
    connect(this, &QLineEdit::textChanged, this, &TypedEdit::keepOnlyWhatWasTyped);
}

void TypedEdit::keyPressEvent(QKeyEvent* event)
{
    for (const QKeySequence::StandardKey key :
         {QKeySequence::Paste, QKeySequence::Copy, QKeySequence::Cut, QKeySequence::Undo, QKeySequence::Redo}) {
        if (event->matches(key)) {
            event->accept();
            return;
        }
    }
    QLineEdit::keyPressEvent(event);
}

void TypedEdit::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::MiddleButton)
        QLineEdit::mousePressEvent(event);
}

void TypedEdit::mouseReleaseEvent(QMouseEvent* event)
{
    // The middle button pastes the selection on release.
    if (event->button() != Qt::MiddleButton)
        QLineEdit::mouseReleaseEvent(event);
}

void TypedEdit::inputMethodEvent(QInputMethodEvent* event)
{
    m_isComposing = true;
    QLineEdit::inputMethodEvent(event);
    m_isComposing = false;
}

void TypedEdit::keepOnlyWhatWasTyped(const QString& text)
{
    if (m_isComposing || insertedCount(m_last, text) <= 1) {
        m_last = text;
        return;
    }
    setText(m_last);
}

} // namespace cordon::ui::approval
