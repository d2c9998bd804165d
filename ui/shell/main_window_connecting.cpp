// How the window has a case act on real systems: as `cordonctl run --connect` does, with the same demands before anything
// is opened. Source: docs/formats/connectors.md, "In a case"
#include "core/engine/connected_systems.h"
#include "ui/dialogs/vault_dialog.h"
#include "ui/shell/first_run.h"
#include "ui/shell/main_window.h"
#include "ui/shell/workspace.h"
#include "ui/text/texts.h"

#include <QFileInfo>

#include <utility>

namespace cordon::ui::shell {

void MainWindow::useSettings(const QString& file, bool isWanted)
{
    m_settings = file;
    if (isWanted)
        m_first->choose(ActOn::Systems);
    m_systems.look(m_settings);
}

void MainWindow::connectAndOpen(const CaseWish& wish)
{
    m_first->say({});
    if (QFileInfo::exists(wish.folder + QStringLiteral("/exercise")))
        return refuseConnection(tr("An exercise can never connect to a real system."));
    if (wish.folder.endsWith(QLatin1String(".cordonz")))
        return refuseConnection(tr("A sealed case is read and never acts."));
    m_connecting = wish;
    m_connectingTo.clear();
    m_hasTriedKeyring = false;
    m_systems.look(wish.connect);
}

void MainWindow::takeLook(const engine::ConnectionLook& look)
{
    const QString file = QString::fromStdString(look.settings.string());
    if (file == m_settings)
        m_first->offer(look);
    if (!m_connecting || !m_connectingTo.isEmpty() || file != m_connecting->connect)
        return;
    if (look.problem)
        return refuseConnection(text::sentence(*look.problem));
    QStringList names;
    for (const act::ConnectorSettings& one : look.systems)
        names += text::plainLine(one.name);
    m_connectingTo = tr("%1 in %2", "systems, environment").arg(names.join(QStringLiteral(", ")), text::plainLine(look.environment()));
    goOnConnecting();
}

/// One thing after the other, each of which may ask; comes back here when it is there.
void MainWindow::goOnConnecting()
{
    if (!m_connecting || m_connectingTo.isEmpty())
        return;
    if (!m_agentKey.isOpen()) {
        if (m_agentKey.hasKeyring() && !m_agentKey.isFirst())
            m_agentKey.openFromKeyring();
        else
            askForAgentKey();
        return;
    }
    if (!m_systems.isOpen()) {
        if (m_systems.hasKeyring() && !std::exchange(m_hasTriedKeyring, true))
            m_systems.openFromKeyring();
        else
            askForVault();
        return;
    }
    const CaseWish wish = *std::exchange(m_connecting, std::nullopt);
    open(wish);
}

void MainWindow::askForVault()
{
    if (!m_connecting)
        return;
    auto* dialog = new dialogs::VaultDialog(m_systems, m_connectingTo, this);
    connect(dialog, &QDialog::rejected, this, [this] {
        refuseConnection(tr("The systems’ credentials stay closed, so none of them can be asked."));
    });
    connect(dialog, &dialogs::VaultDialog::notKept, this, [this](const QString& why) {
        if (m_workspace)
            m_workspace->say(tr("The keyring did not take the passphrase: %1").arg(why), true);
    });
    dialog->open();
}

/// Nothing was opened, and what is open stays as it is.
void MainWindow::refuseConnection(const QString& why)
{
    m_connecting.reset();
    const QString line = tr("No real system was connected: %1", "reason, a sentence").arg(why);
    if (m_workspace)
        m_workspace->say(line, true);
    else
        m_first->say(line);
}

/// The open case is opened again, connected: what people decided meanwhile is taken up then.
void MainWindow::reconnect()
{
    if (!m_session)
        return;
    CaseWish wish;
    wish.folder = QString::fromStdString(m_session->options().folder.string());
    wish.connect = m_settings;
    connectAndOpen(wish);
}

engine::ConnectWish MainWindow::connection(const CaseWish& wish) const
{
    return engine::ConnectWish{wish.connect.toStdString(), m_systems.program().toStdString(), m_systems.credentials(),
                               std::make_shared<engine::ConnectedSystems>()};
}

} // namespace cordon::ui::shell
