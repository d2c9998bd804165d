#pragma once

#include "core/domain/plan.h"
#include "ui/dialogs/plain_dialog.h"

namespace cordon::ui::dialogs {

/// Why the gate said what it said about one step: effect, tier, deciding clauses, every reason, what is missing.
class DecisionDialog : public PlainDialog
{
    Q_OBJECT

public:
    DecisionDialog(const Step& step, QWidget* parent);
};

} // namespace cordon::ui::dialogs
