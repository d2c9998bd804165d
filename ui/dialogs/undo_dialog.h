#pragma once

#include "core/domain/plan.h"
#include "ui/dialogs/plain_dialog.h"

namespace cordon::ui::dialogs {

/// Shows what undoing a step gives back and asks once. The engine judges the undo like any other action.
class UndoDialog : public PlainDialog
{
    Q_OBJECT

public:
    UndoDialog(const Step& step, QWidget* parent);

signals:
    void confirmed(bool overwritesDrift);
};

} // namespace cordon::ui::dialogs
