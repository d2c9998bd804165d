#pragma once

#include "ui/dialogs/plain_dialog.h"

namespace cordon::ui::dialogs {

/// Says what practising a halt does before it is done: it halts like any other, and people resume.
class DrillDialog : public PlainDialog
{
    Q_OBJECT

public:
    DrillDialog(bool isHalted, QWidget* parent);

signals:
    void confirmed();
};

} // namespace cordon::ui::dialogs
