#include "ui/dialogs/decision_rows.h"

#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/widgets/labels.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace cordon::ui::dialogs {

using namespace widgets;

namespace {

class DecisionRows
{
    Q_DECLARE_TR_FUNCTIONS(DecisionRows)
};

/// A line for each clause: its name in the mandate, and what it says.
QString told(const std::vector<std::string>& names, const std::map<std::string, Text>& clauses)
{
    QStringList lines;
    for (const std::string& name : names) {
        const auto known = clauses.find(name);
        lines += known == clauses.end() ? text::plainLine(name)
                                        : DecisionRows::tr("%1 of the mandate: %2", "clause, what it says").arg(text::plainLine(name), text::sentence(known->second));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

void addDecisionRow(QVBoxLayout* rows, QWidget* parent, const QString& name, const QString& value, bool isMono,
                    const QString& tone)
{
    auto* row = new QHBoxLayout;
    QLabel* key = label(name, TextRole::Body, QStringLiteral("dim"), parent);
    key->setFixedWidth(130);
    QLabel* shown = isMono ? monoLabel(value, tone, parent) : label(value, TextRole::Body, tone, parent);
    shown->setWordWrap(true);
    shown->setAccessibleName(name);
    shown->setMinimumWidth(1);
    row->addWidget(key, 0, Qt::AlignTop);
    row->addWidget(shown, 1);
    rows->addLayout(row);
}

std::map<std::string, Text> clauseTexts(const engine::AgentPicture& agent)
{
    std::map<std::string, Text> clauses;
    for (const auto* rows : {&agent.see, &agent.decide, &agent.change, &agent.forbid}) {
        for (const engine::MandateRow& row : *rows)
            clauses.emplace(row.clause, row.text);
    }
    return clauses;
}

void addDecision(QVBoxLayout* rows, QWidget* parent, const Decision& decision, Tier floor, const std::map<std::string, Text>& clauses)
{
    const auto add = [&](const QString& name, const QString& value, bool isMono, const QString& tone) {
        addDecisionRow(rows, parent, name, value, isMono, tone);
    };
    add(DecisionRows::tr("Decision"), text::effectWord(decision.effect), false, text::effectTone(decision.effect));
    add(DecisionRows::tr("Tier"),
        DecisionRows::tr("%1 (floor of the verb: %2)").arg(text::tierWord(decision.tier), text::tierWord(floor)), false,
        text::tierTone(decision.tier));
    add(DecisionRows::tr("Deciding clauses"), told(decision.clauses, clauses), false, {});
    QStringList reasons;
    for (const Text& reason : decision.reasons)
        reasons += QStringLiteral("• ") + text::sentence(reason);
    if (!reasons.isEmpty())
        add(DecisionRows::tr("Because"), reasons.join(QLatin1Char('\n')), false, {});
    QStringList missing;
    for (const std::string& code : decision.missing)
        missing += QStringLiteral("• ") + text::missingWord(code);
    if (!missing.isEmpty())
        add(DecisionRows::tr("Still missing"), missing.join(QLatin1Char('\n')), false, QStringLiteral("people"));
    if (decision.needs.approvers > 0) {
        const QString who =
            decision.needs.needsCommander ? DecisionRows::tr("%1, one of them a commander") : QStringLiteral("%1");
        add(DecisionRows::tr("People"), who.arg(text::needsWord(decision.needs, decision.tier)), false, {});
    }
    // Broken into eights, so that it wraps in a narrow window and can be compared aloud.
    QString digest = QString::fromStdString(decision.digest);
    for (qsizetype i = digest.size() - digest.size() % 8; i > 0; i -= 8)
        if (i < digest.size())
            digest.insert(i, QLatin1Char(' '));
    add(DecisionRows::tr("Action digest"), digest.isEmpty() ? DecisionRows::tr("none: the action has no exact form") : digest,
        true, {});
}

} // namespace cordon::ui::dialogs
