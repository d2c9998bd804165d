#include "ui/approval/form_header.h"

#include "core/govern/action_digest.h"
#include "core/govern/approval_render.h"
#include "ui/text/times.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QWindow>

namespace cordon::ui::approval {
namespace {

QLabel* fixedLabel(const QString& text, const QString& tone, QWidget* parent)
{
    QLabel* made = widgets::label(text, widgets::TextRole::Body, tone, parent);
    made->setTextInteractionFlags(Qt::NoTextInteraction);
    return made;
}

} // namespace

FormHeader::FormHeader(const ApprovalRequest& request, QWidget* parent)
    : QFrame(parent)
{
    setProperty("ground", "panel");
    setProperty("edge", "bottom");
    const auto action = govern::actionFromBytes(request.actionBytes);
    const Verb* verb = action ? findVerb(action->type) : nullptr;
    const Back back = verb ? verb->back : Back::None;
    const bool isDestructive = request.tier >= Tier::T3;
    QString warning;
    switch (back) {
    case Back::Reversible:
        warning = isDestructive ? tr("Destructive · reversible") : tr("Disruptive · reversible");
        break;
    case Back::Partly:
        warning = isDestructive ? tr("Destructive · partly reversible") : tr("Disruptive · partly reversible");
        break;
    case Back::None:
        warning = isDestructive ? tr("Destructive · cannot be undone") : tr("Disruptive · cannot be undone");
        break;
    }
    QLabel* tier = widgets::caption(warning, isDestructive ? QStringLiteral("critical") : QStringLiteral("high"), this);
    tier->setTextInteractionFlags(Qt::NoTextInteraction);
    tier->setObjectName(QStringLiteral("tier"));
    QLabel* title =
        fixedLabel(action ? QString::fromStdString(govern::actionTitle(*action, request.facts)) : QString(), {}, this);
    title->setObjectName(QStringLiteral("title"));
    title->setFont(theme::interfaceFont(18, QFont::DemiBold));
    title->setWordWrap(true);

    QLabel* number = fixedLabel(tr("Request %1").arg(QString::fromStdString(govern::escapedForPeople(request.id, 32))),
                                QStringLiteral("dim"), this);
    m_expiresIn = fixedLabel(tr("expires in"), QStringLiteral("dim"), this);
    m_countdown = fixedLabel({}, QStringLiteral("medium"), this);
    m_countdown->setObjectName(QStringLiteral("countdown"));
    m_countdown->setFont(theme::interfaceFont(13, QFont::DemiBold));

    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    left->addWidget(tier);
    left->addWidget(title);
    auto* expiry = new QHBoxLayout;
    expiry->setSpacing(5);
    expiry->addStretch();
    expiry->addWidget(m_expiresIn);
    expiry->addWidget(m_countdown);
    auto* right = new QVBoxLayout;
    right->setSpacing(3);
    right->addWidget(number, 0, Qt::AlignRight);
    right->addLayout(expiry);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(22, 16, 22, 16);
    row->setSpacing(20);
    row->addLayout(left, 1);
    row->addLayout(right);
}

void FormHeader::showTimeLeft(Duration left)
{
    const bool isOver = left <= Duration::zero();
    m_expiresIn->setVisible(!isOver);
    m_countdown->setText(isOver ? tr("has run out") : text::countdown(left));
    m_countdown->setAccessibleName(isOver ? tr("This request has run out")
                                          : tr("Expires in %1").arg(text::countdown(left)));
    widgets::setTone(m_countdown, isOver ? QStringLiteral("critical") : QStringLiteral("medium"));
}

void FormHeader::mousePressEvent(QMouseEvent* event)
{
    QWindow* handle = window()->windowHandle();
    if (event->button() == Qt::LeftButton && handle)
        handle->startSystemMove();
}

} // namespace cordon::ui::approval
