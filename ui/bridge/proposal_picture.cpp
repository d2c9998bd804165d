#include "ui/bridge/proposal_picture.h"

#include "core/domain/action.h"
#include "core/domain/plain_name.h"
#include "core/engine/proposal.h"
#include "core/value/json.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace cordon::ui::bridge {
namespace {

/// Somebody else's text for a person: one line, no longer than can be read.
QString lineOf(const std::string& text, std::size_t most)
{
    return QString::fromStdString(plainText(text, most)).simplified();
}

} // namespace

QString proposalPicture(const QByteArray& text, const std::vector<EntityRef>& members)
{
    const auto proposal = engine::parseProposal({text.constData(), static_cast<std::size_t>(text.size())});
    if (!proposal)
        return {};
    QStringList lines;
    if (const QString summary = lineOf(proposal->summary, 600); !summary.isEmpty())
        lines += {QCoreApplication::translate("ProposalPicture", "Its author writes: “%1”").arg(summary), {}};
    for (const engine::ProposedStep& step : proposal->steps) {
        const bool isMember = std::any_of(members.begin(), members.end(), [&step](const EntityRef& one) { return one.key() == step.target; });
        QString line = QStringLiteral("%1. %2  %3").arg(QString::number(step.place), lineOf(step.verb, 60), lineOf(step.target, 120));
        for (const auto& [name, value] : step.params.asObject())
            line += QStringLiteral("  %1=%2").arg(lineOf(name, 60), lineOf(value.isString() ? value.asString() : json::write(value), 120));
        if (!findVerb(step.verb))
            line += QStringLiteral("  ") + QCoreApplication::translate("ProposalPicture", "(there is no such verb: refused)");
        else if (!isMember)
            line += QStringLiteral("  ") + QCoreApplication::translate("ProposalPicture", "(not of this incident: refused)");
        lines += line;
        if (const QString why = lineOf(step.why, 160); !why.isEmpty())
            lines += QStringLiteral("    “%1”").arg(why);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace cordon::ui::bridge
