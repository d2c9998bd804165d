// What Ctrl+K offers: screens, commands, incidents.
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/models/choices.h"
#include "ui/shell/bands.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/foot_bar.h"
#include "ui/shell/rail.h"
#include "ui/shell/sealed_guard.h"
#include "ui/shell/workspace.h"
#include "ui/text/language.h"
#include "ui/text/texts.h"
#include "ui/views/agent_view.h"
#include "ui/views/triage_view.h"

#include <QLocale>
#include <QSettings>

namespace cordon::ui::shell {

std::vector<Rail::Entry> Workspace::screens()
{
    return {{QStringLiteral("triage"), tr("Triage")},       {QStringLiteral("board"), tr("Board")},
            {QStringLiteral("timeline"), tr("Timeline")},   {QStringLiteral("approvals"), tr("Approvals")},
            {QStringLiteral("evidence"), tr("Evidence")},   {QStringLiteral("agent"), tr("Agent")},
            {QStringLiteral("ledger"), tr("Ledger")},       {QStringLiteral("sources"), tr("Sources")}};
}

void Workspace::openPalette()
{
    std::vector<CommandPalette::Entry> entries;
    const std::vector<Rail::Entry> all = screens();
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
        entries.push_back({tr("Go to %1").arg(all[static_cast<std::size_t>(i)].name), tr("Ctrl+%1").arg(i + 1), [this, i] { go(i); }});
    if (!m_guard->isOn()) {
        entries.push_back({tr("Halt agent"), tr("Ctrl+Shift+H"), [this] { halt(); }});
        entries.push_back({tr("Resume agent…"), {}, [this] { resume(); }});
        entries.push_back({tr("Practise halting (drill)…"), {}, [this] { m_agent->openDrill(); }});
    }
    entries.push_back({tr("People of this installation…"), {}, [this] { showInstallation(); }});
    entries.push_back({tr("Lock this console"), tr("Ctrl+L"), [this] { lock(); }});
    if (!m_guard->isOn()) {
        entries.push_back({tr("Open logs…"), tr("Ctrl+O"), [this] { emit openLogsRequested(false); }});
        entries.push_back({tr("Open logs with options…"), {}, [this] { emit openLogsRequested(true); }});
        entries.push_back({tr("Add folder to follow…"), {}, [this] { emit followRequested(true); }});
        entries.push_back({tr("Seal case…"), {}, [this] { sealCase(); }});
        entries.push_back({tr("Real systems…"), {}, [this] { goToSystems(); }});
    }
    entries.push_back({tr("Export…"), {}, [this] { exportCase(); }});
    entries.push_back({tr("Replay with other rules or another mandate…"), {}, [this] { replayCase(); }});
    entries.push_back({tr("Open a case…"), {}, [this] { emit openCaseRequested(); }});
    entries.push_back({tr("Open a sealed case…"), {}, [this] { emit openSealedRequested(); }});
    entries.push_back({tr("Close this case"), {}, [this] { emit closeCaseRequested(); }});
    entries.push_back({tr("Next look: dark, light, high contrast"), {}, [this] { emit themeToggled(); }});
    for (const QString& code : text::languages()) {
        const QString name = QLocale(code).nativeLanguageName();
        entries.push_back({tr("Language: %1").arg(name), {}, [this, code, name] {
                               QSettings().setValue(QStringLiteral("language"), code);
                               m_foot->say(tr("%1 from the next start on.", "language").arg(name));
                           }});
    }
    entries.push_back({tr("Shortcuts"), tr("Ctrl+/"), [this] { (new dialogs::ShortcutsDialog(window()))->open(); }});
    if (!m_people.empty() && !m_exercise->isHidden())
        entries.push_back({tr("People of this exercise…"), {}, [this] { showPeople(); }});
    m_links.queries.ask<std::vector<engine::IncidentRow>>(
        this, [](bridge::CaseSource& source) { return source.incidents(); },
        [this, entries = std::move(entries)](const Result<std::vector<engine::IncidentRow>>& rows) mutable {
            if (rows) {
                for (const engine::IncidentRow& row : models::firstChoices(*rows))
                    entries.push_back({text::sentence(row.title), QString::fromStdString(toString(row.id)), [this, id = row.id] {
                                           go(Triage);
                                           m_triage->choose(id);
                                       }});
            }
            (new CommandPalette(entries, window()))->open();
        });
}

} // namespace cordon::ui::shell
