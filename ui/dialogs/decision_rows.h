#pragma once

#include "core/domain/decision.h"
#include "ui/bridge/case_source.h"

#include <QString>

#include <map>
#include <string>

class QVBoxLayout;
class QWidget;

namespace cordon::ui::dialogs {

/// A named value of a decision, as every dialog about decisions shows it.
void addDecisionRow(QVBoxLayout* rows, QWidget* parent, const QString& name, const QString& value, bool isMono,
                    const QString& tone);
/// What each clause of the mandate says, by its name.
[[nodiscard]] std::map<std::string, Text> clauseTexts(const engine::AgentPicture& agent);
/// Effect, tier with its arithmetic, all deciding clauses, what is missing, who is needed, and the digest.
/// @param clauses  what the mandate's clauses say, by their names; those that are not there stand by their names alone
void addDecision(QVBoxLayout* rows, QWidget* parent, const Decision& decision, Tier floor,
                 const std::map<std::string, Text>& clauses = {});

} // namespace cordon::ui::dialogs
