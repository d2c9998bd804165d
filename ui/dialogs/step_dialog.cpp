#include "ui/dialogs/step_dialog.h"

#include "core/domain/action.h"
#include "ui/text/texts.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

StepDialog::StepDialog(const Start& start, QWidget* parent)
    : PlainDialog(start.title, parent)
    , m_start(start)
    , m_verb(new QComboBox(this))
    , m_target(new QComboBox(this))
    , m_params(new QPlainTextEdit(start.params, this))
    , m_lease(new QLineEdit(this))
    , m_before(new QComboBox(this))
    , m_why(new QPlainTextEdit(this))
    , m_accept(button(start.isNew ? tr("Add step") : tr("Change step"), ButtonLook::Primary, this))
{
    setMinimumWidth(520);
    QLabel* explanation = label(tr("The mandate judges the step like any other, and who asks for it does not approve it. "
                                   "Evidence is kept before anything changes, whatever the order."),
                                TextRole::Body, QStringLiteral("dim"), this);
    explanation->setWordWrap(true);
    body()->addWidget(explanation);
    for (const Verb& verb : verbCatalogue())
        m_verb->addItem(QString::fromUtf8(verb.name.data(), static_cast<qsizetype>(verb.name.size())));
    m_verb->setCurrentText(start.verb);
    m_verb->setVisible(start.isNew);
    if (start.isNew)
        addField(tr("What is done"), m_verb);
    m_target->setEditable(true);
    for (const EntityRef& entity : start.targets)
        m_target->addItem(QString::fromStdString(entity.key()));
    m_target->setCurrentText(start.target);
    addField(tr("To what (kind:id)"), m_target);
    m_params->setTabChangesFocus(true);
    m_params->setMaximumHeight(70);
    addField(tr("Parameters, one name=value per line"), m_params);
    m_lease->setPlaceholderText(tr("such as 4h; no longer than the mandate allows"));
    m_lease->setVisible(!start.isNew && start.hasLease);
    if (!start.isNew && start.hasLease)
        addField(tr("Given back after"), m_lease);
    m_before->addItem(tr("at the end"), QString());
    for (const QString& step : start.steps)
        m_before->addItem(tr("before %1").arg(step), step);
    m_before->setVisible(start.isNew);
    if (start.isNew)
        addField(tr("Where"), m_before);
    m_why->setTabChangesFocus(true);
    m_why->setMaximumHeight(90);
    addField(tr("Reason (kept in the ledger)"), m_why);
    QPushButton* cancel = addButton(button(tr("Cancel"), ButtonLook::Plain, this));
    addButton(m_accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_why, &QPlainTextEdit::textChanged, this, &StepDialog::check);
    connect(m_target, &QComboBox::editTextChanged, this, &StepDialog::check);
    connect(m_accept, &QPushButton::clicked, this, [this] {
        const QString params = m_params->toPlainText().trimmed();
        const QString target = m_target->currentText().trimmed();
        emit answered(m_start.isNew ? m_verb->currentText() : QString(), target == m_start.target && !m_start.isNew ? QString() : target,
                      params == m_start.params ? QString() : params, m_lease->text().trimmed(),
                      m_start.isNew ? m_before->currentData().toString() : QString(), m_why->toPlainText().trimmed().left(2000));
        QDialog::accept();
    });
    check();
}

void StepDialog::addField(const QString& words, QWidget* field)
{
    QLabel* name = label(words, TextRole::Small, QStringLiteral("dim"), this);
    name->setBuddy(field);
    field->setAccessibleName(words);
    body()->addWidget(name);
    body()->addWidget(field);
}

void StepDialog::check()
{
    m_accept->setEnabled(!m_why->toPlainText().trimmed().isEmpty() && m_target->currentText().contains(QLatin1Char(':')));
}

} // namespace cordon::ui::dialogs
