#include "ui/dialogs/transfer_dialog.h"

#include "ui/text/names.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

TransferDialog::TransferDialog(const QStringList& items, const std::vector<engine::PersonRow>& people, QWidget* parent)
    : PlainDialog(tr("Hand over evidence"), parent)
    , m_to(new QComboBox(this))
    , m_purpose(new QPlainTextEdit(this))
{
    constexpr int mostNamed = 8;
    setMinimumWidth(480);
    QLabel* explanation = label(tr("You sign for handing it over. Until the other person has checked every byte and signed for "
                                   "taking it over, it is on its way and still yours."),
                                TextRole::Body, QStringLiteral("dim"), this);
    explanation->setWordWrap(true);
    body()->addWidget(explanation);
    QString named = items.mid(0, mostNamed).join(QLatin1Char('\n'));
    if (items.size() > mostNamed)
        named += QLatin1Char('\n') + tr("and %n more", nullptr, static_cast<int>(items.size()) - mostNamed);
    QLabel* what = label(named, TextRole::Body, {}, this);
    what->setTextFormat(Qt::PlainText);
    what->setWordWrap(true);
    body()->addWidget(what);
    QLabel* to = label(tr("To"), TextRole::Small, QStringLiteral("dim"), this);
    to->setBuddy(m_to);
    body()->addWidget(to);
    m_to->setObjectName(QStringLiteral("to"));
    m_to->setAccessibleName(tr("To whom"));
    for (const engine::PersonRow& person : people)
        m_to->addItem(tr("%1 (%2)", "person, roles").arg(text::personName(person.id), text::roleNames(person.roles)),
                      QString::fromStdString(person.id));
    body()->addWidget(m_to);
    QLabel* purpose = label(tr("Purpose"), TextRole::Small, QStringLiteral("dim"), this);
    purpose->setBuddy(m_purpose);
    body()->addWidget(purpose);
    m_purpose->setAccessibleName(tr("Purpose"));
    m_purpose->setTabChangesFocus(true);
    m_purpose->setMaximumHeight(90);
    body()->addWidget(m_purpose);
    QPushButton* cancel = addButton(button(tr("Cancel"), ButtonLook::Plain, this));
    QPushButton* accept = addButton(button(tr("Hand over"), ButtonLook::Primary, this));
    accept->setEnabled(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_purpose, &QPlainTextEdit::textChanged, this, [this, accept] {
        accept->setEnabled(m_to->count() > 0 && !m_purpose->toPlainText().trimmed().isEmpty());
    });
    connect(accept, &QPushButton::clicked, this, [this] {
        emit answered(m_to->currentData().toString(), m_purpose->toPlainText().trimmed().left(2000));
        QDialog::accept();
    });
    m_to->setFocus();
}

} // namespace cordon::ui::dialogs
