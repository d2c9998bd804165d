#include "ui/dialogs/work_dialog.h"

#include "ui/bridge/case_queries.h"
#include "ui/models/choices.h"
#include "ui/text/texts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/progress_line.h"

#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

WorkDialog::WorkDialog(const QString& title, const QString& accept, QWidget* parent)
    : PlainDialog(title, parent)
    , m_work(new bridge::LongWork(this))
    , m_fields(new QWidget(this))
    , m_grid(new QGridLayout(m_fields))
    , m_progress(new ProgressLine(title, this))
    , m_said(label({}, TextRole::Body, {}, this))
{
    setMinimumWidth(620);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
    body()->addWidget(m_fields);
    m_said->setWordWrap(true);
    m_said->setObjectName(QStringLiteral("said"));
    QPushButton* close = addButton(button(tr("Close"), ButtonLook::Plain, this));
    m_start = addButton(button(accept, ButtonLook::Primary, this));
    m_start->setObjectName(QStringLiteral("start"));
    connect(close, &QPushButton::clicked, this, &WorkDialog::reject);
    connect(m_start, &QPushButton::clicked, this, [this] { startWork(); });
    connect(m_progress, &ProgressLine::cancelled, m_work, &bridge::LongWork::cancel);
    connect(m_work, &bridge::LongWork::progressed, m_progress, &ProgressLine::show);
}

void WorkDialog::addField(const QString& name, QWidget* field, const QString& help)
{
    place(name, field, 2, help);
}

void WorkDialog::place(const QString& name, QWidget* field, int columns, const QString& help)
{
    const int row = m_grid->rowCount();
    auto* title = new QLabel(name, m_fields);
    title->setBuddy(field);
    field->setAccessibleName(QString(name).remove(QLatin1Char('&')));
    field->setAccessibleDescription(help);
    m_grid->addWidget(title, row, 0);
    m_grid->addWidget(field, row, 1, 1, columns);
    if (help.isEmpty())
        return;
    QLabel* line = label(help, TextRole::Small, QStringLiteral("dim"), m_fields);
    line->setWordWrap(true);
    m_grid->addWidget(line, row + 1, 1, 1, 2);
}

QLineEdit* WorkDialog::addPlace(const QString& name, Choice choice, const QString& filter, const QString& help)
{
    auto* field = new QLineEdit(m_fields);
    const int row = m_grid->rowCount();
    place(name, field, 1, help);
    const QString plain = QString(name).remove(QLatin1Char('&'));
    QPushButton* browseButton = button(tr("Browse…"), ButtonLook::Plain, m_fields);
    browseButton->setAccessibleName(tr("Browse: %1").arg(plain));
    m_grid->addWidget(browseButton, row, 2);
    connect(browseButton, &QPushButton::clicked, this, [this, field, plain, choice, filter] { browse(field, plain, choice, filter); });
    return field;
}

void WorkDialog::browse(QLineEdit* field, const QString& title, Choice choice, const QString& filter)
{
    auto* dialog = new QFileDialog(this, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(choice == Choice::Folder     ? QFileDialog::Directory
                        : choice == Choice::SaveFile ? QFileDialog::AnyFile
                                                     : QFileDialog::ExistingFile);
    dialog->setAcceptMode(choice == Choice::SaveFile ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    if (!filter.isEmpty())
        dialog->setNameFilters({filter});
    dialog->selectFile(field->text());
    connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
    dialog->open();
}

void WorkDialog::addEnd()
{
    body()->addWidget(m_progress);
    body()->addWidget(m_said);
}

void WorkDialog::begin(const QString& doing)
{
    m_fields->setEnabled(false);
    m_start->setEnabled(false);
    say({});
    m_progress->begin(doing);
}

void WorkDialog::end(const QString& said, const QString& tone)
{
    m_progress->end();
    m_fields->setEnabled(true);
    m_start->setEnabled(true);
    say(said, tone);
}

void WorkDialog::say(const QString& said, const QString& tone)
{
    setTone(m_said, tone);
    m_said->setText(said);
    m_said->setVisible(!said.isEmpty());
    const int needed = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : layout()->totalSizeHint().height();
    if (needed > height()) // what is said must not press the fields together
        resize(width(), needed);
}

QString WorkDialog::wordsOf(const Error& error)
{
    return error.code == ErrorCode::Cancelled ? tr("Stopped. Nothing was written.") : text::plainLine(error.detail);
}

void WorkDialog::reject()
{
    m_work->cancel();
    PlainDialog::reject();
}

void fillIncidents(QComboBox* box, bridge::CaseQueries& queries, const QString& all)
{
    box->addItem(all, QString());
    queries.ask<std::vector<engine::IncidentRow>>(
        box, [](bridge::CaseSource& source) { return source.incidents(); },
        [box](const Result<std::vector<engine::IncidentRow>>& rows) {
            for (const engine::IncidentRow& row : models::firstChoices(rows.value_or(std::vector<engine::IncidentRow>()))) {
                const QString id = QString::fromStdString(toString(row.id));
                box->addItem(WorkDialog::tr("%1: %2", "incident and its title").arg(id, text::sentence(row.title)), id);
            }
        });
}

} // namespace cordon::ui::dialogs
