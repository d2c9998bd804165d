#include "ui/dialogs/export_dialog.h"

#include "ui/text/texts.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QTimeZone>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

namespace {

struct Format
{
    const char* name;   ///< as docs/formats/exports.md has it
    const char* ending; ///< of its files
    QString words;
};

std::vector<Format> formats()
{
    return {{"html", ".html", ExportDialog::tr("Report to read in a browser (HTML)")},
            {"pdf", ".pdf", ExportDialog::tr("Report to print (PDF)")},
            {"timesketch", ".jsonl", ExportDialog::tr("Timeline for Timesketch (JSON lines)")},
            {"timesketch-csv", ".csv", ExportDialog::tr("Timeline for Timesketch (CSV)")},
            {"ocsf", ".ocsf.jsonl", ExportDialog::tr("Findings and acts for a SIEM (OCSF)")},
            {"stix", ".stix.json", ExportDialog::tr("Threat intelligence to share (STIX 2.1)")},
            {"cacao", ".cacao.json", ExportDialog::tr("What was executed, as a playbook (CACAO 2.0)")},
            {"custody", ".jsonld", ExportDialog::tr("Custody of the evidence (CASE/UCO)")}};
}

} // namespace

ExportDialog::ExportDialog(bridge::CaseQueries& queries, QString place, QString home, bool isOpenHere, QWidget* parent)
    : WorkDialog(tr("Export the case"), tr("&Export"), parent)
    , m_place(std::move(place))
    , m_home(std::move(home))
    , m_isOpenHere(isOpenHere)
    , m_format(new QComboBox(this))
    , m_incident(new QComboBox(this))
    , m_zone(new QComboBox(this))
    , m_verifies(new QCheckBox(tr("End with what the verifier says now"), this))
{
    for (const Format& format : formats())
        m_format->addItem(format.words, QString::fromLatin1(format.name));
    addField(tr("&As"), m_format);
    fillIncidents(m_incident, queries, tr("All incidents"));
    addField(tr("&Incident"), m_incident, tr("A playbook of what was executed is of one incident."));
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    m_zone->addItem(QStringLiteral("UTC"));
    for (const QByteArray& zone : QTimeZone::availableTimeZoneIds()) {
        if (zone.contains('/'))
            m_zone->addItem(QString::fromLatin1(zone));
    }
    m_zone->completer()->setFilterMode(Qt::MatchContains);
    m_zone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    dressCompleter(m_zone);
    addField(tr("Time &zone"), m_zone, tr("Reports write their times so, and say which zone it is. Other formats are always UTC."));
    m_out = addPlace(tr("&File"), Choice::SaveFile, {});
    m_verifies->setChecked(true);
    body()->addWidget(m_verifies);
    addEnd();
    showFormat();
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::showFormat);
    connect(m_incident, &QComboBox::currentIndexChanged, this, &ExportDialog::showFormat);
}

QString ExportDialog::format() const
{
    return m_format->currentData().toString();
}

void ExportDialog::showFormat()
{
    const bool isReport = format() == QLatin1String("html") || format() == QLatin1String("pdf");
    m_zone->setEnabled(isReport);
    m_verifies->setEnabled(isReport);
    m_incident->setEnabled(format() != QLatin1String("custody"));
    const QFileInfo place(QDir::cleanPath(m_place));
    const QString incident = m_incident->isEnabled() ? m_incident->currentData().toString() : QString();
    const QString name = place.completeBaseName() + (incident.isEmpty() ? QString() : QLatin1Char('-') + incident);
    for (const Format& one : formats()) {
        if (format() == QLatin1String(one.name))
            m_out->setText(place.dir().filePath(name + QLatin1String(one.ending)));
    }
}

void ExportDialog::startWork()
{
    exports::FileExport wish;
    wish.place = m_place.toStdString();
    wish.home = m_home.toStdString();
    wish.isOpenHere = m_isOpenHere;
    wish.out = m_out->text().trimmed().toStdString();
    wish.verifies = m_verifies->isChecked();
    wish.wish.format = format().toStdString();
    wish.wish.incident = m_incident->isEnabled() ? m_incident->currentData().toString().toStdString() : std::string();
    wish.wish.zone = m_zone->isEnabled() ? m_zone->currentText().trimmed().toStdString() : std::string();
    if (wish.out.empty())
        return say(tr("Name the file to be written."), QStringLiteral("critical"));
    begin(wish.verifies && m_verifies->isEnabled() ? tr("Verifying…") : tr("Writing…"));
    work().run<void>(
        [wish](const bridge::LongWork::Told& told, const std::stop_token& stop) mutable {
            wish.told = told;
            wish.wish.stop = stop;
            return exports::exportToFile(wish, MachineClock());
        },
        [this, out = m_out->text().trimmed()](const Result<void>& written) {
            if (!written)
                return end(wordsOf(written.error()), QStringLiteral("critical"));
            end(tr("Written: %1", "path").arg(text::plainLine(out.toStdString())), QStringLiteral("good"));
        });
}

} // namespace cordon::ui::dialogs
