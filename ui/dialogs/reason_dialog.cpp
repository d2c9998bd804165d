#include "ui/dialogs/reason_dialog.h"

#include "ui/widgets/labels.h"

#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

ReasonDialog::ReasonDialog(const Words& words, QWidget* parent)
    : PlainDialog(words.title, parent)
    , m_text(new QPlainTextEdit(this))
{
    setMinimumWidth(460);
    QLabel* explanation = label(words.explanation, TextRole::Body, QStringLiteral("dim"), this);
    explanation->setWordWrap(true);
    body()->addWidget(explanation);
    QLabel* field = label(words.field, TextRole::Small, QStringLiteral("dim"), this);
    field->setBuddy(m_text);
    body()->addWidget(field);
    m_text->setAccessibleName(words.field);
    m_text->setTabChangesFocus(true);
    m_text->setMaximumHeight(110);
    body()->addWidget(m_text);
    QPushButton* cancel = addButton(button(tr("Cancel"), ButtonLook::Plain, this));
    QPushButton* accept = addButton(button(words.accept, ButtonLook::Primary, this));
    accept->setEnabled(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_text, &QPlainTextEdit::textChanged, this,
            [this, accept] { accept->setEnabled(!m_text->toPlainText().trimmed().isEmpty()); });
    connect(accept, &QPushButton::clicked, this, [this] {
        emit answered(m_text->toPlainText().trimmed().left(2000));
        QDialog::accept();
    });
    m_text->setFocus();
}

} // namespace cordon::ui::dialogs
