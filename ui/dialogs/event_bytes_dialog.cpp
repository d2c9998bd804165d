#include "ui/dialogs/event_bytes_dialog.h"

#include "ui/text/names.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

EventBytesDialog::EventBytesDialog(bridge::CaseQueries& queries, std::vector<EventId> events, QWidget* parent)
    : PlainDialog(tr("Cited event"), parent)
    , m_queries(queries)
    , m_events(std::move(events))
    , m_which(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_what(label({}, TextRole::Strong, {}, this))
    , m_cite(monoLabel({}, QStringLiteral("dim"), this))
    , m_text(new QPlainTextEdit(this))
    , m_back(button(tr("‹ Previous"), ButtonLook::Plain, this))
    , m_next(button(tr("Next ›"), ButtonLook::Plain, this))
    , m_form(button(tr("Exact bytes"), ButtonLook::Plain, this))
{
    resize(760, 620);
    m_what->setWordWrap(true);
    m_cite->setWordWrap(true);
    m_text->setReadOnly(true);
    m_text->setFont(theme::monoFont(12));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(tr("Bytes of the event"));
    m_form->setCheckable(true);
    m_form->setToolTip(tr("Show the record as it stands in the log instead of indented"));
    body()->addWidget(m_which);
    body()->addWidget(m_what);
    body()->addWidget(m_cite);
    body()->addWidget(m_text, 1);
    addAside(m_next);
    addAside(m_back);
    addButton(m_form);
    QPushButton* copy = addButton(button(tr("Copy"), ButtonLook::Plain, this));
    QPushButton* close = addButton(button(tr("Close"), ButtonLook::Plain, this));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_form, &QPushButton::toggled, this, [this] { showBytes(m_exact); });
    connect(m_back, &QPushButton::clicked, this, [this] {
        --m_at;
        load();
    });
    connect(m_next, &QPushButton::clicked, this, [this] {
        ++m_at;
        load();
    });
    load();
}

void EventBytesDialog::load()
{
    if (m_events.empty())
        return m_what->setText(tr("This sentence cites no event: it says that something was not found."));
    m_back->setEnabled(m_at > 0);
    m_next->setEnabled(m_at + 1 < m_events.size());
    m_which->setText(tr("Event %1 of %2").arg(m_at + 1).arg(m_events.size()));
    const EventId id = m_events[m_at];
    m_queries.ask<Event>(
        this, [id](bridge::CaseSource& source) { return source.event(id); },
        [this, at = m_at](const Result<Event>& event) {
            if (at != m_at)
                return;
            if (event)
                showCitation(*event);
            else
                m_what->setText(tr("The event could not be read: %1").arg(QString::fromStdString(event.error().detail)));
        });
    m_queries.ask<std::string>(
        this, [id](bridge::CaseSource& source) { return source.eventBytes(id); },
        [this, at = m_at](const Result<std::string>& bytes) {
            if (at != m_at)
                return;
            m_exact = bytes ? QString::fromStdString(*bytes)
                            : tr("The bytes could not be read: %1").arg(QString::fromStdString(bytes.error().detail));
            showBytes(m_exact);
        });
}

void EventBytesDialog::showCitation(const Event& event)
{
    const QString who = event.actor ? text::entityName(*event.actor) : tr("unknown identity");
    m_what->setText(tr("%1 · %2 · %3 · from %4", "time, who, action, address")
                        .arg(text::clockMillis(event.time), who, text::plainLine(event.action),
                             event.address.empty() ? tr("nowhere named") : text::plainLine(event.address)));
    m_what->setToolTip(text::localTooltip(event.time));
    m_cite->setText(tr("evidence sha256 %1 · byte %2 · length %3")
                        .arg(QString::fromStdString(event.cite.evidence.hex()), text::count(static_cast<qint64>(event.cite.offset)),
                             text::count(event.cite.length)));
}

void EventBytesDialog::showBytes(const QString& bytes)
{
    if (!m_form->isChecked()) {
        const QJsonDocument document = QJsonDocument::fromJson(bytes.toUtf8());
        if (!document.isNull())
            return m_text->setPlainText(QString::fromUtf8(document.toJson(QJsonDocument::Indented)));
    }
    m_text->setPlainText(bytes);
}

} // namespace cordon::ui::dialogs
