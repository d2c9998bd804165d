#include "ui/dialogs/list_dialog.h"

#include "ui/text/texts.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QRegularExpressionValidator>
#include <QSpinBox>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

ListDialog::ListDialog(const QString& file, bool isInventory, QWidget* parent)
    : PlainDialog(isInventory ? tr("Import inventory") : tr("Import indicators"), parent)
    , m_isInventory(isInventory)
    , m_name(new QLineEdit(this))
{
    setMinimumWidth(520);
    const QString name = text::plainLine(QFileInfo(file).fileName().toStdString());
    QLabel* explanation = label(isInventory ? tr("%1 is kept as evidence, and you sign for it. Rows that cannot be "
                                                 "used are listed. A later list of the same name replaces it.")
                                                  .arg(name)
                                            : tr("%1 is kept as evidence, and you sign for it. What was read before is "
                                                 "searched, too. A hit alone proves no misuse.")
                                                  .arg(name),
                                TextRole::Body, QStringLiteral("dim"), this);
    explanation->setWordWrap(true);
    body()->addWidget(explanation);
    m_name->setMaxLength(80);
    m_name->setText(isInventory ? QStringLiteral("inventory") : QStringLiteral("indicators"));
    addLine(tr("Name of the list"), m_name);
    if (isInventory)
        addInventory();
    QPushButton* cancel = addButton(button(tr("Cancel"), ButtonLook::Plain, this));
    QPushButton* accept = addButton(button(tr("Import"), ButtonLook::Primary, this));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    const auto check = [this, accept] {
        accept->setEnabled(!m_name->text().trimmed().isEmpty() &&
                           (!m_asOf || m_asOf->text().isEmpty() || m_asOf->hasAcceptableInput()));
    };
    connect(m_name, &QLineEdit::textChanged, this, check);
    if (m_asOf)
        connect(m_asOf, &QLineEdit::textChanged, this, check);
    connect(accept, &QPushButton::clicked, this, [this] {
        emit answered(arguments());
        QDialog::accept();
    });
    m_name->setFocus();
}

void ListDialog::addLine(const QString& name, QWidget* field)
{
    QLabel* title = label(name, TextRole::Small, QStringLiteral("dim"), this);
    title->setBuddy(field);
    field->setAccessibleName(name);
    body()->addWidget(title);
    body()->addWidget(field);
}

void ListDialog::addInventory()
{
    m_asOf = new QLineEdit(this);
    m_asOf->setPlaceholderText(tr("YYYY-MM-DD; empty: as the file says, else now"));
    m_asOf->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("\\d{4}-[01]\\d-[0-3]\\d")), m_asOf));
    addLine(tr("True on"), m_asOf);
    m_days = new QSpinBox(this);
    m_days->setRange(1, 366);
    m_days->setValue(30);
    m_days->setSuffix(tr(" days"));
    addLine(tr("Good for; afterwards it warns and no longer reassures"), m_days);
    QLabel* all = label(tr("It names every tag of these things: a tag that is not there is then a known no"),
                        TextRole::Small, QStringLiteral("dim"), this);
    all->setWordWrap(true);
    body()->addWidget(all);
    auto* row = new QHBoxLayout;
    for (const auto& [kind, name] : {std::pair("account", tr("Accounts")), std::pair("role", tr("Roles")),
                                     std::pair("credential", tr("Credentials")), std::pair("workload", tr("Workloads")),
                                     std::pair("host", tr("Hosts")), std::pair("secret", tr("Secrets"))}) {
        auto* box = new QCheckBox(name, this);
        row->addWidget(box);
        m_kinds.emplace_back(kind, box);
    }
    row->addStretch(1);
    body()->addLayout(row);
}

Value ListDialog::arguments() const
{
    Value args = Value::Object{{"name", m_name->text().trimmed().toStdString()}};
    if (!m_isInventory)
        return args;
    Value::Array kinds;
    for (const auto& [kind, box] : m_kinds) {
        if (box->isChecked())
            kinds.emplace_back(kind);
    }
    args.set("as_of", m_asOf->text().toStdString());
    args.set("valid_days", m_days->value());
    args.set("authoritative_for", std::move(kinds));
    return args;
}

} // namespace cordon::ui::dialogs
