#include "ui/shell/bands.h"

#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/widgets/changing.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>

namespace cordon::ui::shell {

using namespace widgets;

namespace {

QHBoxLayout* bandRow(QFrame* band, const QString& kind)
{
    band->setProperty("band", kind);
    auto* row = new QHBoxLayout(band);
    row->setContentsMargins(14, 4, 14, 4);
    row->setSpacing(10);
    return row;
}

} // namespace

ExerciseBand::ExerciseBand(QWidget* parent)
    : QFrame(parent)
{
    setAccessibleName(tr("Exercise: nothing here is real"));
    QHBoxLayout* row = bandRow(this, QStringLiteral("exercise"));
    row->addWidget(new IconLabel(QStringLiteral("rehearse"), QStringLiteral("medium"), 16, this));
    row->addWidget(caption(tr("Exercise"), QStringLiteral("medium"), this));
    row->addWidget(label(tr("Nothing here reaches a real system. Identities, keys and people are made for practice."),
                         TextRole::Small, {}, this),
                   1);
    QPushButton* people = button(tr("People of this exercise…"), ButtonLook::Link, this);
    widgets::markAsChanging(people); // a sealed case holds nobody's keys
    connect(people, &QPushButton::clicked, this, &ExerciseBand::peopleRequested);
    row->addWidget(people);
}

RealBand::RealBand(QWidget* parent)
    : QFrame(parent)
    , m_line(label({}, TextRole::Small, {}, this))
    , m_systems(button(tr("Systems…"), ButtonLook::Link, this))
    , m_connect(button(tr("Connect…"), ButtonLook::Link, this))
{
    QHBoxLayout* row = bandRow(this, QStringLiteral("real"));
    row->addWidget(caption(tr("Real systems"), {}, this));
    row->addWidget(m_line, 1);
    markAsChanging(m_connect);
    m_connect->setAccessibleName(tr("Connect the real systems of this case"));
    m_systems->setAccessibleName(tr("Show the real systems of this case"));
    row->addWidget(m_connect);
    row->addWidget(m_systems);
    connect(m_connect, &QPushButton::clicked, this, &RealBand::connectRequested);
    connect(m_systems, &QPushButton::clicked, this, &RealBand::systemsRequested);
    hide();
}

void RealBand::show(const std::vector<engine::SystemState>& systems, bool isAwaited, bool isElsewhere)
{
    setVisible(isAwaited || !systems.empty());
    if (isHidden())
        return;
    QStringList names;
    for (const engine::SystemState& one : systems)
        names += text::plainLine(one.name);
    const QString all = names.join(QStringLiteral(", "));
    const QString environment = systems.empty() ? QString() : text::plainLine(systems.front().environment);
    const bool isConnected = !systems.empty() && systems.front().isConnected;
    m_line->setText(isConnected   ? tr("What the agent does here happens, in %1: %2.", "environment, systems").arg(environment, all)
                    : isAwaited   ? tr("They are being connected. Until then nothing is done.")
                    : isElsewhere ? tr("This case acts in %1: %2. The process that holds it does; this one looks on.", "environment, systems").arg(environment, all)
                                  : tr("This case acted in %1: %2. None is connected here, so nothing is done.", "environment, systems").arg(environment, all));
    m_line->setToolTip(m_line->text());
    setAccessibleName(tr("Real systems: %1").arg(m_line->text()));
    m_connect->setVisible(!isConnected && !isAwaited && !isElsewhere);
}

ReadingBand::ReadingBand(QWidget* parent)
    : QFrame(parent)
    , m_what(label({}, TextRole::Small, {}, this))
    , m_bar(new QProgressBar(this))
    , m_rate(label({}, TextRole::Small, QStringLiteral("dim"), this))
{
    QHBoxLayout* row = bandRow(this, QStringLiteral("reading"));
    row->addWidget(m_what);
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Share of the logs read"));
    row->addWidget(m_bar, 1);
    row->addWidget(m_rate);
    QPushButton* cancel = button(tr("Cancel"), ButtonLook::Plain, this);
    cancel->setToolTip(tr("Stop reading; what was read stays"));
    cancel->setAccessibleName(tr("Cancel reading"));
    connect(cancel, &QPushButton::clicked, this, &ReadingBand::cancelRequested);
    row->addWidget(cancel);
    hide();
}

void ReadingBand::show(const engine::Notice& notice)
{
    const bool isReading = notice.phase == engine::Phase::Ingesting;
    setVisible(isReading);
    if (!isReading)
        return;
    const QString file = text::plainLine(notice.currentFile).section(QLatin1Char('/'), -1);
    m_what->setText(tr("Reading %1", "file").arg(file));
    const double read = static_cast<double>(notice.bytesRead);
    const double total = static_cast<double>(notice.bytesTotal);
    m_bar->setValue(total > 0 ? static_cast<int>(read / total * 1000) : 0);
    QStringList rate{tr("%1 of %2").arg(text::bytes(read), text::bytes(total)), tr("%1/s").arg(text::bytes(notice.bytesPerSecond)),
                     tr("%1 event(s)", nullptr, static_cast<int>(notice.events)).arg(text::count(notice.events))};
    if (notice.bytesPerSecond > 1 && total > read)
        rate += tr("%1 left", "time").arg(text::length(Duration(static_cast<std::int64_t>((total - read) / notice.bytesPerSecond * 1e6))));
    m_rate->setText(rate.join(QStringLiteral(" · ")));
}

FollowBand::FollowBand(QWidget* parent)
    : QFrame(parent)
    , m_line(label({}, TextRole::Small, {}, this))
    , m_takeOver(button(tr("Take over"), ButtonLook::Plain, this))
{
    QHBoxLayout* row = bandRow(this, QStringLiteral("reading"));
    row->addWidget(caption(tr("Followed"), QStringLiteral("people"), this));
    row->addWidget(m_line, 1);
    m_takeOver->setToolTip(tr("Hold this case here from now on; possible once nobody else does"));
    m_takeOver->setAccessibleName(tr("Take the case over"));
    connect(m_takeOver, &QPushButton::clicked, this, &FollowBand::takeOverRequested);
    row->addWidget(m_takeOver);
    hide();
}

void FollowBand::show(const engine::Notice& notice)
{
    setVisible(notice.isFollowed);
    const bool isFree = notice.holder.empty();
    m_line->setText(isFree ? tr("Nobody holds this case any more. It is shown as it was left.")
                           : tr("Read-only and live: process %1 holds this case. What you sign here is left for it. The time shown is that of its newest entry.",
                                "process number")
                                 .arg(text::plainLine(notice.holder)));
    setAccessibleName(m_line->text());
    m_takeOver->setEnabled(isFree);
}

SealedBand::SealedBand(QWidget* parent)
    : QFrame(parent)
{
    QHBoxLayout* row = bandRow(this, QStringLiteral("reading"));
    row->addWidget(caption(tr("Sealed"), QStringLiteral("people"), this));
    QLabel* line = label(tr("Read-only: this file can be read, verified and reported. Nothing in it can be changed."), TextRole::Small, {}, this);
    row->addWidget(line, 1);
    setAccessibleName(tr("Sealed case: %1").arg(line->text()));
    hide();
}

MessageBand::MessageBand(QWidget* parent)
    : QFrame(parent)
    , m_line(label({}, TextRole::Small, {}, this))
{
    QHBoxLayout* row = bandRow(this, QStringLiteral("problem"));
    m_line->setWordWrap(true);
    row->addWidget(m_line, 1);
    QPushButton* dismiss = button(tr("Dismiss"), ButtonLook::Plain, this);
    connect(dismiss, &QPushButton::clicked, this, &QWidget::hide);
    row->addWidget(dismiss);
    hide();
}

void MessageBand::say(const QString& line, bool isProblem)
{
    setProperty("band", isProblem ? "problem" : "reading");
    style()->unpolish(this);
    style()->polish(this);
    m_line->setText(line);
    setAccessibleName(line);
    QFrame::show();
}

} // namespace cordon::ui::shell
