#include "ui/travel/paste_dialog.h"

#include "core/factor/qr_code.h"
#include "ui/travel/travel_page.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>

namespace cordon::ui::travel {

PasteDialog::PasteDialog(const Words& words, const QString& format, QWidget* parent)
    : QDialog(parent)
    , m_nothing(words.nothing)
    , m_format(format)
{
    QVBoxLayout* column = travelColumn(this, words.title, words.explanation);
    m_edit = travelText(words.name, this);
    m_edit->setObjectName(QStringLiteral("pasted"));
    m_edit->setMinimumHeight(280);
    column->addWidget(m_edit, 1);
    m_problem = widgets::label({}, widgets::TextRole::Body, QStringLiteral("critical"), this);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->hide();
    column->addWidget(m_problem);
    auto* row = new QHBoxLayout;
    QPushButton* open = widgets::button(words.accept, widgets::ButtonLook::Primary, this);
    open->setObjectName(QStringLiteral("open"));
    QPushButton* leave = widgets::button(tr("Not now"), widgets::ButtonLook::Plain, this);
    row->addStretch();
    row->addWidget(leave);
    row->addWidget(open);
    column->addLayout(row);
    connect(open, &QPushButton::clicked, this, &PasteDialog::take);
    connect(leave, &QPushButton::clicked, this, &QDialog::reject);
    // What was copied for this already stands there; anything else on the clipboard is none of its business.
    if (const QString copied = QGuiApplication::clipboard()->text();
        !format.isEmpty() && copied.size() <= static_cast<qsizetype>(factor::mostScanned) && copied.contains(format))
        m_edit->setPlainText(copied);
    m_edit->setFocus();
}

void PasteDialog::take()
{
    // joinedFromQr bounds what it reads; what is longer still is not even copied.
    const bool isLong = m_edit->document()->characterCount() > static_cast<int>(factor::mostScanned);
    const auto whole = isLong ? Result<std::string>(fail(ErrorCode::Invalid, "too long"))
                              : factor::joinedFromQr(m_edit->toPlainText().toStdString());
    const QString text = whole ? QString::fromStdString(*whole).trimmed() : QString();
    if (!text.isEmpty() && text.contains(m_format)) {
        m_whole = QString::fromStdString(*whole);
        accept();
        return;
    }
    const QString words = !whole && whole.error().code == ErrorCode::Incomplete
                              ? tr("A QR code is missing. Scan them all.")
                              : m_nothing;
    m_problem->setText(words);
    m_problem->setAccessibleName(words);
    m_problem->show();
}

} // namespace cordon::ui::travel
