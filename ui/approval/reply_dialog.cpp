#include "ui/approval/reply_dialog.h"

#include "ui/approval/qr_view.h"
#include "ui/approval/travel_page.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>

namespace cordon::ui::approval {

ReplyDialog::ReplyDialog(const QString& reply, QWidget* parent)
    : QDialog(parent)
{
    QVBoxLayout* column =
        travelColumn(this, tr("Your signed reply"),
                 tr("Send it back to where the request came from, through any chat or mail. It is good for this request "
                    "alone, and once."));
    QPlainTextEdit* edit = travelText(tr("The signed reply as text"), this);
    edit->setObjectName(QStringLiteral("reply"));
    edit->setReadOnly(true);
    edit->setPlainText(reply);
    edit->setMinimumHeight(150);
    column->addWidget(edit, 1);
    column->addWidget(new QrView(reply, this));
    auto* row = new QHBoxLayout;
    QPushButton* copy = widgets::button(tr("Copy"), widgets::ButtonLook::Primary, this);
    copy->setObjectName(QStringLiteral("copy"));
    QPushButton* done = widgets::button(tr("Done"), widgets::ButtonLook::Plain, this);
    done->setObjectName(QStringLiteral("done"));
    row->addStretch();
    row->addWidget(copy);
    row->addWidget(done);
    column->addLayout(row);
    connect(copy, &QPushButton::clicked, this, [reply] { QGuiApplication::clipboard()->setText(reply); });
    connect(done, &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace cordon::ui::approval
