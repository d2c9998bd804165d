#pragma once

#include <QObject>

class QWidget;

namespace cordon::ui::shell {

/// Keeps every control that changes a case out of sight while a sealed case is open, also those that views make later.
class SealedGuard : public QObject
{
    Q_OBJECT

public:
    explicit SealedGuard(QObject* parent);
    /// From now on, for everything in that window.
    void guard(QWidget* content);
    [[nodiscard]] bool isOn() const { return m_content != nullptr; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* m_content = nullptr;
};

} // namespace cordon::ui::shell
