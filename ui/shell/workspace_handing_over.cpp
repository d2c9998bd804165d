// What leaves the house: sealed files and exports; and what other rules would have made of the case.
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/replay_dialog.h"
#include "ui/dialogs/seal_dialog.h"
#include "ui/shell/workspace.h"

namespace cordon::ui::shell {

void Workspace::sealCase()
{
    (new dialogs::SealDialog(m_links.queries, m_links.commander, m_links.place, m_links.home, window()))->open();
}

void Workspace::exportCase()
{
    (new dialogs::ExportDialog(m_links.queries, m_links.place, m_links.home, m_isHeldHere, window()))->open();
}

void Workspace::replayCase()
{
    (new dialogs::ReplayDialog(m_links.place, m_links.home, m_links.resources, window()))->open();
}

} // namespace cordon::ui::shell
