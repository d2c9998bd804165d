#include "ui/widgets/labels.h"

#include "ui/theme/fonts.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QFrame>
#include <QLayout>
#include <QStyle>

namespace cordon::ui::widgets {
namespace {

QString roleName(TextRole role)
{
    switch (role) {
    case TextRole::Body: return QStringLiteral("body");
    case TextRole::Title: return QStringLiteral("title");
    case TextRole::Heading: return QStringLiteral("heading");
    case TextRole::Strong: return QStringLiteral("strong");
    case TextRole::Small: return QStringLiteral("small");
    case TextRole::Figure: return QStringLiteral("figure");
    }
    return {};
}

void repolish(QWidget* widget)
{
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace

QLabel* label(const QString& text, TextRole role, const QString& tone, QWidget* parent)
{
    auto* made = new QLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    made->setProperty("role", roleName(role));
    if (!tone.isEmpty())
        made->setProperty("tone", tone);
    return made;
}

void setTone(QWidget* widget, const QString& tone)
{
    if (widget->property("tone").toString() == tone)
        return;
    widget->setProperty("tone", tone);
    repolish(widget);
}

QLabel* caption(const QString& text, const QString& tone, QWidget* parent)
{
    QLabel* made = label(text.toUpper(), TextRole::Body, tone, parent);
    made->setFont(theme::interfaceFont(11, QFont::DemiBold));
    made->setAccessibleName(text);
    return made;
}

QLabel* monoLabel(const QString& text, const QString& tone, QWidget* parent)
{
    QLabel* made = label(text, TextRole::Body, tone, parent);
    made->setFont(theme::monoFont());
    return made;
}

QPushButton* button(const QString& text, ButtonLook look, QWidget* parent)
{
    auto* made = new QPushButton(text, parent);
    made->setAutoDefault(false);
    made->setDefault(false);
    QString bare = text;
    bare.remove(QLatin1Char('&')).remove(QChar(0x2026));
    made->setAccessibleName(bare);
    switch (look) {
    case ButtonLook::Plain: break;
    case ButtonLook::Primary: made->setProperty("look", "primary"); break;
    case ButtonLook::Danger: made->setProperty("look", "danger"); break;
    case ButtonLook::Link:
        made->setProperty("look", "link");
        made->setCursor(Qt::PointingHandCursor);
        made->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        break;
    }
    return made;
}

void dressCompleter(QComboBox* box)
{
    QAbstractItemView* list = box->completer() ? box->completer()->popup() : nullptr; // none where it completes in place
    if (list)
        list->setProperty("look", "proposals");
}

QFrame* card(const QString& kind, QWidget* parent)
{
    auto* made = new QFrame(parent);
    made->setProperty("card", kind);
    return made;
}

void setCard(QFrame* frame, const QString& kind)
{
    if (frame->property("card").toString() == kind)
        return;
    frame->setProperty("card", kind);
    repolish(frame);
}

QFrame* ground(const QString& kind, const QString& edge, QWidget* parent)
{
    auto* made = new QFrame(parent);
    made->setProperty("ground", kind);
    if (!edge.isEmpty())
        made->setProperty("edge", edge);
    return made;
}

QFrame* line(QWidget* parent)
{
    auto* made = new QFrame(parent);
    made->setProperty("rule", "line");
    made->setFixedHeight(1);
    return made;
}

void clear(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (QLayout* inner = item->layout()) {
            clear(inner);
        }
        delete item;
    }
}

} // namespace cordon::ui::widgets
