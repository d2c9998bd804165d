#pragma once

#include "core/domain/plan.h"
#include "ui/dialogs/plain_dialog.h"

#include <map>
#include <string>

namespace cordon::ui::dialogs {

/// Why the gate said what it said about one step: effect, tier, deciding clauses, every reason, what is missing.
class DecisionDialog : public PlainDialog
{
    Q_OBJECT

public:
    /// @param clauses  what the mandate's clauses say, by their names
    DecisionDialog(const Step& step, const std::map<std::string, Text>& clauses, QWidget* parent);
};

} // namespace cordon::ui::dialogs
