#include "ui/dialogs/key_dialog.h"

#include "ui/bridge/case_work.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/labels.h"

#include <QFile>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

KeyDialog::KeyDialog(QWidget* parent)
    : PlainDialog(tr("Check against a key"), parent)
    , m_text(new QPlainTextEdit(this))
    , m_said(label({}, TextRole::Small, QStringLiteral("dim"), this))
    , m_check(button(tr("Check"), ButtonLook::Primary, this))
{
    setMinimumWidth(520);
    m_check->setObjectName(QStringLiteral("check"));
    QLabel* explanation = label(tr("The ledger's public key, as whoever sealed the case told you on another way: ed25519:… Every byte is read again and judged by this key, whatever the file says of its own."),
                                TextRole::Body, QStringLiteral("dim"), this);
    explanation->setWordWrap(true);
    body()->addWidget(explanation);
    QLabel* field = label(tr("Public key"), TextRole::Small, QStringLiteral("dim"), this);
    field->setBuddy(m_text);
    body()->addWidget(field);
    m_text->setAccessibleName(tr("Public key"));
    m_text->setFont(theme::monoFont(12));
    m_text->setTabChangesFocus(true);
    m_text->setMaximumHeight(64);
    body()->addWidget(m_text);
    m_said->setObjectName(QStringLiteral("said"));
    m_said->setWordWrap(true);
    body()->addWidget(m_said);
    QPushButton* file = button(tr("From a file…"), ButtonLook::Plain, this);
    addAside(file);
    QPushButton* cancel = addButton(button(tr("Cancel"), ButtonLook::Plain, this));
    addButton(m_check);
    connect(file, &QPushButton::clicked, this, [this] {
        auto* chooser = new QFileDialog(this, tr("File with the public key"));
        chooser->setAttribute(Qt::WA_DeleteOnClose);
        chooser->setFileMode(QFileDialog::ExistingFile);
        connect(chooser, &QFileDialog::fileSelected, this, &KeyDialog::takeFile);
        chooser->open();
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_text, &QPlainTextEdit::textChanged, this, &KeyDialog::look);
    connect(m_check, &QPushButton::clicked, this, [this] {
        emit answered(m_text->toPlainText().trimmed());
        QDialog::accept();
    });
    look();
    m_text->setFocus();
}

void KeyDialog::takeFile(const QString& path)
{
    constexpr qint64 longest = 4096;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > longest)
        return m_said->setText(tr("That file holds no public key."));
    m_text->setPlainText(QString::fromUtf8(file.read(longest)).trimmed());
}

void KeyDialog::look()
{
    const std::string text = m_text->toPlainText().trimmed().toStdString();
    const auto key = engine::keyFingerprint(text);
    m_check->setEnabled(key.has_value());
    m_said->setText(text.empty() ? QString()
                    : key        ? tr("Fingerprint %1", "of a key").arg(QString::fromStdString(*key))
                                 : tr("That is no public key: it begins with ed25519: and has 44 characters behind it."));
}

} // namespace cordon::ui::dialogs
