#include "ui/widgets/status_dot.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/paint.h"

#include <QHBoxLayout>
#include <QPainter>

namespace cordon::ui::widgets {

class StatusDot::Dot : public QWidget
{
public:
    explicit Dot(QWidget* parent)
        : QWidget(parent)
    {
        setFixedSize(9, 16);
    }
    QString tone;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const theme::Tone shown = theme::toneFrom(tone).value_or(theme::Tone::Faint);
        paintDot(painter, QPointF(4.5, height() / 2.0), theme::tokensOf(palette()).of(shown));
    }
};

StatusDot::StatusDot(const QString& text, const QString& tone, bool colorsWord, QWidget* parent)
    : QWidget(parent)
    , m_dot(new Dot(this))
    , m_label(label(text, TextRole::Body, {}, this))
    , m_colorsWord(colorsWord)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_dot);
    row->addWidget(m_label);
    show(text, tone);
}

void StatusDot::show(const QString& text, const QString& tone)
{
    m_label->setText(text);
    m_dot->tone = tone;
    m_dot->update();
    setTone(m_label, m_colorsWord ? tone : QStringLiteral("dim"));
    setAccessibleName(text);
}

QString StatusDot::text() const
{
    return m_label->text();
}

} // namespace cordon::ui::widgets
