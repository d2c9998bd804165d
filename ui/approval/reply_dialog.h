#pragma once

#include <QDialog>

namespace cordon::ui::approval {

/// Shows a signed text that has to go back to where the question came from: to copy, or to scan.
class ReplyDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ReplyDialog(const QString& reply, QWidget* parent = nullptr);
};

} // namespace cordon::ui::approval
