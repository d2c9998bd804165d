// What a person does with an incident from its pane.
#include "ui/dialogs/arrange_dialog.h"
#include "ui/dialogs/close_dialog.h"
#include "ui/dialogs/reason_dialog.h"
#include "ui/views/incident_pane.h"
#include "ui/views/rights.h"

#include <QItemSelectionModel>
#include <QTableView>

#include <set>

namespace cordon::ui::views {

void IncidentPane::assignToMe()
{
    if (m_detail.incident.id.isSet() && whyNot(m_commander).isEmpty())
        m_commander.assign(m_detail.incident.id, m_commander.person());
}

void IncidentPane::addNote()
{
    if (!m_detail.incident.id.isSet() || !whyNot(m_commander).isEmpty())
        return;
    auto* dialog = new dialogs::ReasonDialog({tr("Note on %1").arg(QString::fromStdString(toString(m_detail.incident.id))),
                                              tr("The note stays with the incident under your name."), tr("Note"), tr("Add note")},
                                             window());
    connect(dialog, &dialogs::ReasonDialog::answered, this,
            [this, id = m_detail.incident.id](const QString& note) { m_commander.addNote(id, note); });
    dialog->open();
}

void IncidentPane::closeIncident()
{
    const bool isOpen = m_detail.incident.id.isSet() && m_detail.incident.status != IncidentStatus::Closed;
    if (!isOpen || !whyNot(m_commander).isEmpty())
        return;
    auto* dialog = new dialogs::CloseDialog(m_detail, window());
    connect(dialog, &dialogs::CloseDialog::answered, this,
            [this, id = m_detail.incident.id](Verdict verdict, const QString& reason) {
                m_commander.closeIncident(id, verdict, reason);
            });
    dialog->open();
}

void IncidentPane::reopenIncident()
{
    if (m_detail.incident.status != IncidentStatus::Closed || !whyNot(m_commander).isEmpty())
        return;
    auto* dialog = new dialogs::ReasonDialog({tr("Open %1 again").arg(QString::fromStdString(toString(m_detail.incident.id))),
                                              tr("The agent may work on it again, and what was not asked yet may be asked."),
                                              tr("Reason, for the ledger"), tr("Open again")},
                                             window());
    connect(dialog, &dialogs::ReasonDialog::answered, this,
            [this, id = m_detail.incident.id](const QString& reason) { m_commander.reopenIncident(id, reason); });
    dialog->open();
}

void IncidentPane::arrange()
{
    if (!m_detail.incident.id.isSet() || !whyNot(m_commander).isEmpty())
        return;
    std::set<AlertId> chosen;
    const QModelIndexList selected = m_areAlertsStale ? QModelIndexList() : m_alertTable->selectionModel()->selectedRows();
    for (const QModelIndex& index : selected) { // in rows of what is shown now, or of nothing
        if (const auto row = static_cast<std::size_t>(index.row()); row < m_detail.alerts.size())
            chosen.insert(m_detail.alerts[row].id);
    }
    using Picture = dialogs::ArrangeDialog::Picture;
    m_queries.ask<Picture>(
        this,
        [detail = m_detail, chosen](bridge::CaseSource& source) -> Result<Picture> {
            CORDON_TRY(auto incidents, source.incidents());
            CORDON_TRY(auto orders, source.arrangements());
            return Picture{detail, std::move(incidents), std::move(orders), chosen};
        },
        [this](const Result<Picture>& picture) {
            if (!picture)
                return;
            auto* dialog = new dialogs::ArrangeDialog(*picture, window());
            connect(dialog, &dialogs::ArrangeDialog::answered, this,
                    [this](const QString& act, const Value& args) { m_commander.arrange(act, args); });
            dialog->open();
        });
}

} // namespace cordon::ui::views
