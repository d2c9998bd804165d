#include "ui/dialogs/vault_dialog.h"

#include "ui/dialogs/secret_field.h"
#include "ui/text/texts.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

VaultDialog::VaultDialog(bridge::SystemsDesk& desk, const QString& systems, QWidget* parent)
    : PlainDialog(tr("Open the systems’ credentials"), parent)
    , m_desk(desk)
{
    setMinimumWidth(480);
    QLabel* what = label(tr("Real systems: %1. Their credentials lie under a passphrase of their own; each is taken out for one call.").arg(systems),
                         TextRole::Body, QStringLiteral("dim"), this);
    what->setWordWrap(true);
    body()->addWidget(what);
    m_passphrase = addSecretField(tr("Passphrase of the vault"), body(), this);
    connect(m_passphrase, &QLineEdit::textChanged, this, &VaultDialog::refresh);
    if (desk.hasKeyring()) {
        m_keep = new QCheckBox(tr("Keep it in this desktop’s keyring: every program of yours can then ask for it"), this);
        body()->addWidget(m_keep);
    }
    m_problem = label({}, TextRole::Small, QStringLiteral("attacker"), this);
    m_problem->setWordWrap(true);
    addAside(m_problem);
    QPushButton* cancel = addButton(button(tr("Cancel"), ButtonLook::Plain, this));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_open = addButton(button(tr("Open vault"), ButtonLook::Primary, this));
    connect(m_open, &QPushButton::clicked, this, &VaultDialog::give);
    connect(&desk, &bridge::SystemsDesk::opened, this, &QDialog::accept);
    connect(&desk, &bridge::SystemsDesk::failed, this, &VaultDialog::say);
    refresh();
}

void VaultDialog::refresh()
{
    m_open->setEnabled(!m_passphrase->text().isEmpty());
}

void VaultDialog::give()
{
    m_open->setEnabled(false);
    m_problem->clear();
    m_desk.open(takeSecret(m_passphrase), m_keep && m_keep->isChecked());
}

void VaultDialog::say(const QString& code, const QString& detail)
{
    if (code == QLatin1String("not_kept")) {
        emit notKept(detail);
        return;
    }
    m_problem->setText(code == QLatin1String("passphrase_wrong") ? tr("That passphrase does not open it.")
                                                                 : tr("The vault cannot be read: %1").arg(text::plainLine(detail.toStdString())));
    m_problem->setAccessibleName(m_problem->text());
    m_passphrase->setFocus(Qt::OtherFocusReason);
    refresh();
}

} // namespace cordon::ui::dialogs
