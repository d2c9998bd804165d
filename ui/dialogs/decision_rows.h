#pragma once

#include "core/domain/decision.h"

#include <QString>

class QVBoxLayout;
class QWidget;

namespace cordon::ui::dialogs {

/// A named value of a decision, as every dialog about decisions shows it.
void addDecisionRow(QVBoxLayout* rows, QWidget* parent, const QString& name, const QString& value, bool isMono,
                    const QString& tone);
/// Effect, tier with its arithmetic, all deciding clauses, what is missing, who is needed, and the digest.
void addDecision(QVBoxLayout* rows, QWidget* parent, const Decision& decision, Tier floor);

} // namespace cordon::ui::dialogs
