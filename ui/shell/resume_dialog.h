#pragma once

#include "ui/dialogs/plain_dialog.h"

namespace cordon::ui::shell {

/// After a halt: the person at the desk lets the agent go on. One person: it may observe again; two: it may act again.
class ResumeDialog : public dialogs::PlainDialog
{
    Q_OBJECT

public:
    ResumeDialog(const QString& person, QWidget* parent);

signals:
    /// The person's signature is asked for next.
    void confirmed();
};

} // namespace cordon::ui::shell
