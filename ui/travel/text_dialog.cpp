#include "ui/travel/text_dialog.h"

#include "ui/travel/qr_view.h"
#include "ui/travel/travel_page.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>

namespace cordon::ui::travel {

TextDialog::TextDialog(const Words& words, const QString& text, QWidget* parent)
    : QDialog(parent)
{
    QVBoxLayout* column = travelColumn(this, words.title, words.explanation);
    QPlainTextEdit* edit = travelText(words.name, this);
    edit->setObjectName(QStringLiteral("text"));
    edit->setReadOnly(true);
    edit->setPlainText(text);
    edit->setMinimumHeight(150);
    column->addWidget(edit, 1);
    column->addWidget(new QrView(text, this));
    auto* row = new QHBoxLayout;
    QPushButton* copy = widgets::button(tr("Copy"), widgets::ButtonLook::Primary, this);
    copy->setObjectName(QStringLiteral("copy"));
    QPushButton* done = widgets::button(tr("Done"), widgets::ButtonLook::Plain, this);
    done->setObjectName(QStringLiteral("done"));
    row->addStretch();
    row->addWidget(copy);
    row->addWidget(done);
    column->addLayout(row);
    connect(copy, &QPushButton::clicked, this, [text] { QGuiApplication::clipboard()->setText(text); });
    connect(done, &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace cordon::ui::travel
