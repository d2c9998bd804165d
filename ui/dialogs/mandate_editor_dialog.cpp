#include "ui/dialogs/mandate_editor_dialog.h"

#include "ui/models/agent_rows.h"
#include "ui/models/cell_roles.h"
#include "ui/text/texts.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/numbered_text_edit.h"
#include "ui/widgets/table_delegate.h"

#include <QFileDialog>
#include <QListWidget>
#include <QSaveFile>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

MandateEditorDialog::MandateEditorDialog(bridge::CaseQueries& queries, QWidget* parent)
    : PlainDialog(tr("Edit mandate"), parent)
    , m_queries(queries)
    , m_text(new NumberedTextEdit(this))
    , m_pause(new QTimer(this))
    , m_verdict(label(tr("Reading the mandate in force…"), TextRole::Strong, {}, this))
    , m_problems(new QListWidget(this))
    , m_summary(label({}, TextRole::Body, QStringLiteral("dim"), this))
    , m_decisions(new models::CellTableModel(models::rejudgedHeaders(), this))
    , m_note(label(tr("Saving writes a file. Owners sign it with: cordonctl mandate sign. Nothing here comes into force."), TextRole::Small,
                   QStringLiteral("dim"), this))
    , m_save(button(tr("Save for signing…"), ButtonLook::Primary, this))
{
    resize(1180, 700);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    m_text->setFont(theme::monoFont(12));
    m_text->setAccessibleName(tr("Text of the mandate"));
    auto* side = new QWidget(splitter);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(14, 0, 0, 0);
    m_verdict->setWordWrap(true);
    m_verdict->setAccessibleName(tr("Whether the text can be loaded"));
    column->addWidget(m_verdict);
    m_problems->setAccessibleName(tr("Broken rules, with their lines"));
    m_problems->setWordWrap(true);
    column->addWidget(m_problems, 1);
    column->addWidget(label(tr("What it would have decided differently here"), TextRole::Strong, {}, side));
    m_summary->setWordWrap(true);
    column->addWidget(m_summary);
    QTableView* view = table(tr("Past decisions, judged again under the edited text"), {models::ToneRole, models::DotRole, models::MonoRole}, side);
    view->setModel(m_decisions);
    const int widths[] = {50, 150, 150, 170};
    for (int i = 0; i < 4; ++i)
        view->setColumnWidth(i, widths[i]);
    column->addWidget(view, 3);
    splitter->addWidget(m_text);
    splitter->addWidget(side);
    splitter->setSizes({620, 560});
    body()->addWidget(splitter, 1);
    m_note->setWordWrap(true);
    body()->addWidget(m_note);
    QPushButton* close = addButton(button(tr("Close"), ButtonLook::Plain, this));
    addButton(m_save);
    m_save->setEnabled(false);
    m_pause->setSingleShot(true);
    m_pause->setInterval(400);
    connect(close, &QPushButton::clicked, this, &MandateEditorDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &MandateEditorDialog::askFile);
    connect(m_pause, &QTimer::timeout, this, &MandateEditorDialog::check);
    connect(m_problems, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { m_text->goToLine(item->data(Qt::UserRole).toInt()); });
    connect(m_problems, &QListWidget::itemClicked, this,
            [this](const QListWidgetItem* item) { m_text->goToLine(item->data(Qt::UserRole).toInt()); });
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        m_save->setEnabled(false); // what was checked is not this text any more
        m_isKept = m_isWarned = false;
        m_pause->start();
    });
    m_queries.ask<std::string>(
        this, [](bridge::CaseSource& source) { return source.mandateText(); },
        [this](const Result<std::string>& text) {
            if (!text)
                return m_verdict->setText(tr("No mandate to start from: %1. Type or paste one.").arg(text::plainLine(text.error().detail)));
            m_text->setPlainText(QString::fromStdString(*text));
            m_isKept = true;
            check();
        });
    m_text->setFocus();
}

void MandateEditorDialog::check()
{
    m_pause->stop();
    if (m_isAsking) {
        m_isStale = true;
        return;
    }
    m_isAsking = true;
    m_isStale = false;
    const bool isInForce = m_isKept && m_revisionInForce < 0; // as it was read, before the first key
    const std::string text = m_text->toPlainText().toStdString();
    m_queries.ask<engine::MandateTrial>(
        this, [text](bridge::CaseSource& source) { return source.tryMandate(text); },
        [this, isInForce](const Result<engine::MandateTrial>& trial) {
            m_isAsking = false;
            if (isInForce && trial && trial->isWhole)
                m_revisionInForce = trial->revision;
            if (m_isStale || m_pause->isActive())
                return check();
            show(trial);
        });
}

void MandateEditorDialog::show(const Result<engine::MandateTrial>& trial)
{
    m_problems->clear();
    QSet<int> lines;
    m_save->setEnabled(trial && trial->isWhole);
    if (!trial) {
        m_verdict->setText(tr("The text could not be checked: %1").arg(text::plainLine(trial.error().detail, 600)));
        setTone(m_verdict, QStringLiteral("attacker"));
        return;
    }
    for (const engine::MandateFault& fault : trial->problems) {
        auto* item = new QListWidgetItem(
            tr("Line %1 · %2 · %3", "number, rule, reason").arg(fault.line).arg(text::plainLine(fault.rule), text::plainLine(fault.reason, 600)), m_problems);
        item->setData(Qt::UserRole, fault.line);
        lines.insert(fault.line);
    }
    m_text->markLines(lines);
    m_problems->setVisible(!trial->problems.empty());
    bool canComeIntoForce = false;
    if (trial->isWhole) {
        const QString name = text::plainLine(trial->id);
        canComeIntoForce = trial->revision > m_revisionInForce;
        m_verdict->setText(canComeIntoForce
                               ? tr("Can be loaded once its owners have signed it: %1 revision %2.").arg(name).arg(trial->revision)
                               : tr("No rule is broken, but only a revision above %1 can come into force: this is %2 revision %3.")
                                     .arg(QString::number(m_revisionInForce), name, QString::number(trial->revision)));
        m_verdict->setToolTip(tr("Mandate sha256 %1").arg(QString::fromStdString(trial->digest)));
    } else {
        m_verdict->setText(tr("Cannot be loaded: %n broken rule(s).", nullptr, static_cast<int>(trial->problems.size())));
    }
    setTone(m_verdict, canComeIntoForce ? QStringLiteral("good") : trial->isWhole ? QStringLiteral("dim") : QStringLiteral("attacker"));
    showDecisions(*trial);
}

void MandateEditorDialog::showDecisions(const engine::MandateTrial& trial)
{
    m_decisions->setRows(models::rejudgedRows(trial.decisions));
    if (!trial.isWhole)
        return m_summary->setText(tr("Past decisions are judged again once the text can be loaded."));
    int different = 0;
    QMap<QString, int> left;
    for (const engine::RejudgedRow& row : trial.decisions) {
        different += row.isDifferent ? 1 : 0;
        if (!row.would)
            ++left[models::notRejudgedWord(row.why)];
    }
    if (trial.decisions.empty())
        return m_summary->setText(tr("The gate has decided nothing in this case yet."));
    QString line = tr("%1 of %2 past decisions would differ, had their owners signed this text and the same people said the same.")
                       .arg(different).arg(trial.decisions.size());
    for (auto it = left.cbegin(); it != left.cend(); ++it)
        line += QLatin1Char(' ') + tr("%1: %2.", "how many, why").arg(it.value()).arg(it.key());
    m_summary->setText(line);
}

void MandateEditorDialog::askFile()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the mandate for its owners to sign"), QStringLiteral("mandate.yaml"),
                                                      tr("Mandates (*.yaml)"));
    if (!file.isEmpty())
        saveTo(file);
}

bool MandateEditorDialog::saveTo(const QString& file)
{
    const QByteArray bytes = m_text->toPlainText().toUtf8();
    QSaveFile out(file);
    const bool isWritten = out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit();
    if (!isWritten) {
        m_note->setText(tr("Not saved: %1").arg(out.errorString()));
        setTone(m_note, QStringLiteral("attacker"));
        return false;
    }
    m_isKept = true;
    m_note->setText(tr("Saved as %1, not in force. Each owner signs it: cordonctl mandate sign FILE --as USER").arg(file));
    setTone(m_note, QStringLiteral("good"));
    emit saved(file);
    return true;
}

void MandateEditorDialog::reject()
{
    if (!m_isKept && !m_isWarned) {
        m_isWarned = true;
        m_note->setText(tr("The edited text is not saved. Close again to leave it."));
        setTone(m_note, QStringLiteral("attacker"));
        return;
    }
    PlainDialog::reject();
}

} // namespace cordon::ui::dialogs
