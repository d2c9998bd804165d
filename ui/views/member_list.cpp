#include "ui/views/member_list.h"

#include "core/domain/member_risk.h"
#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/views/incident_graph.h"

#include <QCoreApplication>

namespace cordon::ui::views {
namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(MemberList)
};

QString riskTip(const std::vector<RiskPart>& parts)
{
    QStringList lines{Words::tr("Risk of the entity: %1 of 100").arg(sumOf(parts))};
    for (const RiskPart& part : parts)
        lines += Words::tr("%1  %2", "points, reason")
                     .arg(part.points < 0 ? QString::number(part.points) : QLatin1Char('+') + QString::number(part.points),
                          text::sentence(part.reason));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QStringList memberHeaders()
{
    return {Words::tr("Entity"), Words::tr("Kind"), Words::tr("Part"), Words::tr("Risk"), Words::tr("Verified scope"), Words::tr("Why")};
}

std::vector<models::CellRow> memberRows(const Incident& incident, const std::vector<Alert>& alerts)
{
    const std::map<EntityRef, std::vector<RiskPart>> risks = riskOfMembers(incident, alerts);
    std::vector<models::CellRow> rows;
    for (const IncidentMember& member : incident.members) {
        const bool isInside = member.isVerified || member.isConfirmedByPerson;
        const QString why = member.why.empty() ? QString() : text::sentence(member.why.front());
        const QString tip = memberTip(member);
        const auto own = risks.find(member.entity);
        const std::vector<RiskPart> risk = own == risks.end() ? std::vector<RiskPart>() : own->second;
        const bool isAttacker = member.role == EntityRole::Attacker;
        rows.push_back({QString::fromStdString(member.entity.key()),
                        {{text::entityName(member.entity), {}, false, member.entity.kind == EntityKind::Credential, tip},
                         {text::kindWord(member.entity.kind), QStringLiteral("dim"), false, false, tip},
                         {text::roleWord(member.role), isAttacker ? QStringLiteral("attacker") : QStringLiteral("dim"), isAttacker, false, tip},
                         {QString::number(sumOf(risk)), {}, isAttacker, false, riskTip(risk)},
                         {isInside ? Words::tr("inside") : Words::tr("outside"),
                          isInside ? QStringLiteral("accent") : QStringLiteral("dim"), isInside, false, tip},
                         {why, QStringLiteral("dim"), false, false, tip}}});
    }
    return rows;
}

} // namespace cordon::ui::views
