#include "ui/dialogs/agent_key_dialog.h"

#include "ui/dialogs/secret_field.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

namespace {

constexpr int shortest = 12; ///< bytes, as the vault wants it

} // namespace

AgentKeyDialog::AgentKeyDialog(bridge::AgentKeyDesk& desk, bool isForSystems, QWidget* parent)
    : PlainDialog(desk.isFirst() ? tr("Make the agent’s key") : tr("Open the agent’s key"), parent)
    , m_desk(desk)
{
    setMinimumWidth(480);
    QLabel* what = label(desk.isFirst()
                             ? tr("The agent of this installation gets a key of its own, which names it in mandates and ledgers. "
                                  "Choose a passphrase of twelve characters or more; nobody can give it back.")
                         : isForSystems ? tr("The agent’s key lies under a passphrase. Without it no real system is connected, and nothing is opened.")
                                        : tr("The agent’s key lies under a passphrase. Without it the agent reads and proposes, and does not act."),
                         TextRole::Body, QStringLiteral("dim"), this);
    what->setWordWrap(true);
    body()->addWidget(what);
    m_passphrase = addField(tr("Passphrase"));
    if (desk.isFirst())
        m_again = addField(tr("The same again"));
    if (desk.hasKeyring()) {
        m_keep = new QCheckBox(tr("Keep it in this desktop’s keyring: every program of yours can then ask for it"), this);
        body()->addWidget(m_keep);
    }
    m_problem = label({}, TextRole::Small, QStringLiteral("attacker"), this);
    m_problem->setWordWrap(true);
    addAside(m_problem);
    QPushButton* later = addButton(button(tr("Later"), ButtonLook::Plain, this));
    connect(later, &QPushButton::clicked, this, &QDialog::reject);
    m_open = addButton(button(desk.isFirst() ? tr("Make key") : tr("Open key"), ButtonLook::Primary, this));
    connect(m_open, &QPushButton::clicked, this, &AgentKeyDialog::give);
    connect(&desk, &bridge::AgentKeyDesk::opened, this, &QDialog::accept);
    connect(&desk, &bridge::AgentKeyDesk::failed, this, &AgentKeyDialog::say);
    refresh();
}

QLineEdit* AgentKeyDialog::addField(const QString& name)
{
    QLineEdit* field = addSecretField(name, body(), this);
    connect(field, &QLineEdit::textChanged, this, &AgentKeyDialog::refresh);
    return field;
}

void AgentKeyDialog::refresh()
{
    const bool isLong = m_passphrase->text().toUtf8().size() >= shortest;
    if (m_open)
        m_open->setEnabled(isLong && (!m_again || !m_again->text().isEmpty()));
}

void AgentKeyDialog::give()
{
    m_open->setEnabled(false);
    m_problem->clear();
    m_desk.open(takeSecret(m_passphrase), takeSecret(m_again), m_keep && m_keep->isChecked());
}

void AgentKeyDialog::say(const QString& code, const QString& detail)
{
    if (code == QLatin1String("not_kept")) {
        emit notKept(detail);
        return;
    }
    m_problem->setText(code == QLatin1String("passphrase_wrong")     ? tr("That passphrase does not open it.")
                       : code == QLatin1String("passphrase_differs") ? tr("The second passphrase is another one.")
                       : code == QLatin1String("passphrase_short")   ? tr("Twelve characters at least.")
                                                                     : tr("The key’s file cannot be read. The agent stays closed."));
    m_problem->setAccessibleName(m_problem->text());
    m_passphrase->setFocus(Qt::OtherFocusReason);
    refresh();
}

} // namespace cordon::ui::dialogs
