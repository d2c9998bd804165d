#include "ui/approval/paste_dialog.h"

#include "core/factor/qr_code.h"
#include "ui/approval/travel_page.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>

namespace cordon::ui::approval {

PasteDialog::PasteDialog(QWidget* parent)
    : QDialog(parent)
{
    QVBoxLayout* column =
        travelColumn(this, tr("Answer a request"),
                 tr("Paste the request as it came: the text, or what a camera read from its QR codes, in any order."));
    m_edit = travelText(tr("The request as text"), this);
    m_edit->setObjectName(QStringLiteral("request"));
    m_edit->setMinimumHeight(280);
    column->addWidget(m_edit, 1);
    m_problem = widgets::label({}, widgets::TextRole::Body, QStringLiteral("critical"), this);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->hide();
    column->addWidget(m_problem);
    auto* row = new QHBoxLayout;
    QPushButton* open = widgets::button(tr("Open"), widgets::ButtonLook::Primary, this);
    open->setObjectName(QStringLiteral("open"));
    QPushButton* leave = widgets::button(tr("Not now"), widgets::ButtonLook::Plain, this);
    row->addStretch();
    row->addWidget(leave);
    row->addWidget(open);
    column->addLayout(row);
    connect(open, &QPushButton::clicked, this, &PasteDialog::take);
    connect(leave, &QPushButton::clicked, this, &QDialog::reject);
}

void PasteDialog::take()
{
    // joinedFromQr bounds what it reads; what is longer still is not even copied.
    const bool isLong = m_edit->document()->characterCount() > static_cast<int>(factor::mostScanned);
    const auto whole = isLong ? Result<std::string>(fail(ErrorCode::Invalid, "too long"))
                              : factor::joinedFromQr(m_edit->toPlainText().toStdString());
    if (whole && !whole->empty()) {
        m_whole = QString::fromStdString(*whole);
        accept();
        return;
    }
    const QString words = !whole && whole.error().code == ErrorCode::Incomplete
                              ? tr("A QR code is missing. Scan them all.")
                              : tr("This is no request.");
    m_problem->setText(words);
    m_problem->setAccessibleName(words);
    m_problem->show();
}

} // namespace cordon::ui::approval
