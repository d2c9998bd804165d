#pragma once

#include "core/factor/qr_code.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;

namespace cordon::ui::travel {

/// A text as one QR code, or as several that are leafed through. Always dark on light, whatever the theme: cameras
/// want it so.
class QrView : public QWidget
{
    Q_OBJECT

public:
    QrView(const QString& text, QWidget* parent);
    [[nodiscard]] int count() const { return static_cast<int>(m_codes.size()); }

private:
    void show(int index);

    std::vector<factor::QrCode> m_codes;
    int m_index = 0;
    QLabel* m_picture = nullptr;
    QLabel* m_place = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_next = nullptr;
};

} // namespace cordon::ui::travel
