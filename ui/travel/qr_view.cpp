#include "ui/travel/qr_view.h"

#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QPixmap>
#include <QPushButton>
#include <QVBoxLayout>

namespace cordon::ui::travel {
namespace {

constexpr int quietZone = 4; // modules
constexpr int widest = 300;  // pixels

QPixmap pictureOf(const factor::QrCode& code)
{
    const int modules = code.size() + 2 * quietZone;
    const int scale = qMax(2, widest / modules);
    QImage image(modules * scale, modules * scale, QImage::Format_RGB32);
    image.fill(Qt::white);
    for (int y = 0; y < code.size() * scale; ++y) {
        for (int x = 0; x < code.size() * scale; ++x) {
            if (code.isDark(x / scale, y / scale))
                image.setPixelColor(x + quietZone * scale, y + quietZone * scale, Qt::black);
        }
    }
    return QPixmap::fromImage(image);
}

} // namespace

QrView::QrView(const QString& text, QWidget* parent)
    : QWidget(parent)
    , m_picture(new QLabel(this))
    , m_place(widgets::label({}, widgets::TextRole::Small, QStringLiteral("dim"), this))
    , m_back(widgets::button(tr("Previous"), widgets::ButtonLook::Plain, this))
    , m_next(widgets::button(tr("Next"), widgets::ButtonLook::Plain, this))
{
    for (const std::string& piece : factor::piecesForQr(text.toStdString())) {
        if (auto code = factor::QrCode::of(piece))
            m_codes.push_back(std::move(*code));
    }
    m_picture->setObjectName(QStringLiteral("qrPicture"));
    m_picture->setAlignment(Qt::AlignCenter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_picture, 1);
    auto* row = new QHBoxLayout;
    row->addWidget(m_back);
    row->addStretch();
    row->addWidget(m_place);
    row->addStretch();
    row->addWidget(m_next);
    column->addLayout(row);
    const bool isSeveral = count() > 1;
    for (QWidget* part : {static_cast<QWidget*>(m_back), static_cast<QWidget*>(m_next), static_cast<QWidget*>(m_place)})
        part->setVisible(isSeveral);
    connect(m_back, &QPushButton::clicked, this, [this] { show(m_index - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { show(m_index + 1); });
    show(0);
}

void QrView::show(int index)
{
    if (index < 0 || index >= count())
        return;
    m_index = index;
    m_picture->setPixmap(pictureOf(m_codes[static_cast<std::size_t>(index)]));
    const QString place = tr("%1 of %2").arg(index + 1).arg(count());
    m_place->setText(place);
    m_picture->setAccessibleName(tr("QR code %1").arg(place));
    m_back->setEnabled(index > 0);
    m_next->setEnabled(index + 1 < count());
}

} // namespace cordon::ui::travel
