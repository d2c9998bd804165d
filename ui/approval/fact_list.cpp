#include "ui/approval/fact_list.h"

#include "core/govern/action_digest.h"
#include "ui/approval/fact_rows.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QGridLayout>
#include <QScrollBar>

namespace cordon::ui::approval {
namespace {

// Room for the scroll bar is always kept, so that lines do not break anew when it comes and goes.
constexpr int scrollBarWidth = 10;
constexpr int frame = 2;

/// `sha256 9f2c 41aa 07be … e310`
QString shortDigest(const QString& hex)
{
    return QStringLiteral("sha256 %1 %2 %3 … %4").arg(hex.mid(0, 4), hex.mid(4, 4), hex.mid(8, 4), hex.right(4));
}

} // namespace

FactList::FactList(const ApprovalRequest& request, int width, QWidget* parent)
    : QScrollArea(parent)
    , m_content(new QWidget(this))
{
    setObjectName(QStringLiteral("facts"));
    setAccessibleName(tr("What will be done, and what is known"));
    const theme::Tokens& t = theme::tokensOf(palette());
    setStyleSheet(QStringLiteral("QScrollArea#facts { background: %1; border: 1px solid %2; border-radius: 8px; }"
                                 "QScrollArea#facts:focus { border-color: %3; }")
                      .arg(t.window.name(), t.line.name(), t.accent.name()));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    viewport()->setAutoFillBackground(false);

    auto* grid = new QGridLayout(m_content);
    grid->setContentsMargins(14, 12, 14 - scrollBarWidth, 10);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(7);
    grid->setColumnMinimumWidth(0, 138);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const FactRow& fact : factRows(request, m_content)) {
        QLabel* label = widgets::label(fact.label, widgets::TextRole::Body, QStringLiteral("dim"), m_content);
        label->setTextInteractionFlags(Qt::NoTextInteraction);
        fact.text->setObjectName(QStringLiteral("fact.") + fact.key);
        fact.text->setAccessibleName(tr("%1: %2", "label and fact").arg(fact.label, fact.text->text()));
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(fact.text, row, 1);
        ++row;
    }
    addSignedLine(request, grid, row);
    setFixedWidth(width);
    m_content->setFixedWidth(width - frame - scrollBarWidth);
    setWidget(m_content);
    m_content->setAutoFillBackground(false);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &FactList::noteWhatIsSeen);
}

bool FactList::isAllSeen() const
{
    return m_seenUntil >= m_content->height();
}

QSize FactList::sizeHint() const
{
    return {width(), m_content->heightForWidth(m_content->maximumWidth()) + frame};
}

void FactList::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    const bool isScrolled = verticalScrollBar()->maximum() > 0;
    setFocusPolicy(isScrolled ? Qt::StrongFocus : Qt::NoFocus);
    noteWhatIsSeen();
}

void FactList::showEvent(QShowEvent* event)
{
    QScrollArea::showEvent(event);
    noteWhatIsSeen();
}

void FactList::addSignedLine(const ApprovalRequest& request, QGridLayout* grid, int row)
{
    QLabel* label = widgets::label(tr("You sign"), widgets::TextRole::Body, QStringLiteral("dim"), m_content);
    label->setTextInteractionFlags(Qt::NoTextInteraction);
    const QString digest = QString::fromStdString(request.actionDigest);
    QLabel* shown = widgets::monoLabel(shortDigest(digest), {}, m_content);
    shown->setTextInteractionFlags(Qt::NoTextInteraction);
    shown->setAccessibleName(tr("You sign sha256 %1").arg(digest));
    QLabel* code = widgets::label(tr("code %1", "the short code of the digest")
                                      .arg(QString::fromStdString(govern::shortCode(request.actionDigest))),
                                  widgets::TextRole::Small, QStringLiteral("dim"), m_content);
    code->setTextInteractionFlags(Qt::NoTextInteraction);
    // T3 shows the code where it has to be typed.
    code->setVisible(request.tier < Tier::T3);
    m_exactBytesLink = widgets::button(tr("show exact bytes"), widgets::ButtonLook::Link, m_content);
    m_exactBytesLink->setObjectName(QStringLiteral("exactBytesLink"));
    m_exactBytesLink->setFont(theme::monoFont());
    auto* line = new QHBoxLayout;
    line->setSpacing(12);
    line->addWidget(shown);
    line->addWidget(code);
    line->addWidget(m_exactBytesLink);
    line->addStretch();
    grid->addWidget(label, row, 0);
    grid->addLayout(line, row, 1);
}

void FactList::noteWhatIsSeen()
{
    if (!isVisible())
        return;
    const int top = verticalScrollBar()->value();
    const int bottom = top + viewport()->height();
    if (top > m_seenUntil || bottom <= m_seenUntil)
        return;
    m_seenUntil = bottom;
    emit seenMore();
}

} // namespace cordon::ui::approval
