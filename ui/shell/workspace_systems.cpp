// The real systems of a case: the band that names them, their screen, and the connection test.
#include "core/engine/connected_systems.h"
#include "ui/dialogs/plain_dialog.h"
#include "ui/dialogs/vault_dialog.h"
#include "ui/models/cell_table_model.h"
#include "ui/shell/bands.h"
#include "ui/shell/workspace.h"
#include "ui/text/texts.h"
#include "ui/views/agent_view.h"
#include "ui/views/sources_screen.h"
#include "ui/views/systems_view.h"

#include <utility>

namespace cordon::ui::shell {

void Workspace::addSystems()
{
    connect(m_real, &RealBand::systemsRequested, this, &Workspace::goToSystems);
    connect(m_real, &RealBand::connectRequested, this, &Workspace::connectRequested);
    connect(m_systems, &views::SystemsView::connectRequested, this, &Workspace::connectRequested);
    connect(m_systems, &views::SystemsView::testRequested, this, &Workspace::testSystems);
    if (m_links.isExercise || !m_links.desk)
        return m_systems->setWhyNot(tr("An exercise can never connect to a real system."));
    connect(m_links.desk, &bridge::SystemsDesk::looked, this, [this](const engine::ConnectionLook& look) {
        if (QString::fromStdString(look.settings.string()) != m_links.settings)
            return;
        m_settings = look.problem ? std::vector<act::ConnectorSettings>() : look.systems;
        m_systems->setWhyNot(m_summary.isExercise ? tr("An exercise can never connect to a real system.")
                             : look.problem       ? text::sentence(*look.problem)
                                                  : QString());
    });
    connect(m_links.desk, &bridge::SystemsDesk::checked, this, &Workspace::takeTest);
    connect(m_links.desk, &bridge::SystemsDesk::opened, this, [this] {
        if (std::exchange(m_wantsTest, false))
            testSystems();
    });
    m_links.desk->look(m_links.settings);
    showSystems();
}

void Workspace::askSystems()
{
    m_links.queries.ask<std::vector<engine::SystemState>>(
        this, [](bridge::CaseSource& source) { return source.systems(); },
        [this](const Result<std::vector<engine::SystemState>>& systems) {
            if (!systems)
                return;
            m_knownSystems = *systems;
            showSystems();
        });
}

/// Those that are connected here; else those that the ledger names.
void Workspace::showSystems()
{
    const auto live = m_links.systems ? m_links.systems->look() : std::vector<engine::SystemState>();
    const auto& systems = live.empty() ? m_knownSystems : live;
    m_systems->show(systems);
    m_agent->showSystems(systems);
    const bool isElsewhere = !m_isHeldHere && !m_links.isSealed();
    m_real->show(systems, m_links.systems && live.empty() && !isElsewhere, isElsewhere);
    window()->setProperty(dialogs::PlainDialog::realProperty, live.empty() ? QString() : text::plainLine(live.front().environment));
}

void Workspace::goToSystems()
{
    go(Sources);
    m_sourcesScreen->showSystems();
}

void Workspace::testSystems()
{
    if (m_settings.empty())
        return;
    if (!m_links.desk->isOpen()) {
        m_wantsTest = true;
        QStringList names;
        for (const act::ConnectorSettings& one : m_settings)
            names += text::plainLine(one.name);
        auto* dialog = new dialogs::VaultDialog(*m_links.desk, names.join(QStringLiteral(", ")), window());
        connect(dialog, &QDialog::rejected, this, [this] { m_wantsTest = false; });
        return dialog->open();
    }
    m_systems->setTesting(true);
    m_links.desk->check(m_settings);
}

void Workspace::takeTest(const std::vector<engine::SystemCheck>& checks)
{
    std::vector<models::CellRow> rows;
    for (const engine::SystemCheck& one : checks) {
        const QString name = text::plainLine(one.name);
        const models::Cell works{one.said ? tr("works") : tr("does not work"), one.said ? QStringLiteral("good") : QStringLiteral("attacker"), true, false, {}};
        const QString said = one.said ? text::plainLine((*one.said)["identity"].asString(), 400) : text::plainLine(one.said.error().detail, 400);
        rows.push_back({name, {{name, {}, false, false, {}}, works, {said, {}, false, one.said.has_value(), said}}});
    }
    m_systems->showTest(std::move(rows));
}

} // namespace cordon::ui::shell
