#pragma once

#include "core/domain/approval.h"

#include <QFrame>

class QLabel;

namespace cordon::ui::approval {

/// Top of the form: how bad it is, what is to be done, which request, how long it still stands. The window is moved by
/// it.
class FormHeader : public QFrame
{
    Q_OBJECT

public:
    FormHeader(const ApprovalRequest& request, QWidget* parent);

    /// @param left  zero or less: the request has run out
    void showTimeLeft(Duration left);

protected:
    void mousePressEvent(QMouseEvent* event) override;

private:
    QLabel* m_expiresIn;
    QLabel* m_countdown;
};

} // namespace cordon::ui::approval
