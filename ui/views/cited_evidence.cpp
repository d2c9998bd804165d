#include "ui/views/cited_evidence.h"

#include "ui/text/texts.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace cordon::ui::views {
namespace {

class CitedEvidence
{
    Q_DECLARE_TR_FUNCTIONS(CitedEvidence)
};

} // namespace

QStringList citedEvidenceHeaders()
{
    return {CitedEvidence::tr("Sealed log"), CitedEvidence::tr("Recognised as"), CitedEvidence::tr("Cited"), CitedEvidence::tr("SHA-256")};
}

std::vector<models::CellRow> citedEvidence(const std::vector<Alert>& alerts, const std::vector<engine::SourceRow>& sources)
{
    std::map<std::string, int> cites;
    for (const Alert& alert : alerts) {
        for (const Citation& cite : alert.cites)
            ++cites[cite.evidence.hex()];
    }
    std::vector<std::pair<std::string, int>> order(cites.begin(), cites.end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<models::CellRow> rows;
    for (const auto& [digest, count] : order) {
        const QString hex = QString::fromStdString(digest);
        const std::string& wanted = digest;
        const auto source = std::find_if(sources.begin(), sources.end(), [&wanted](const engine::SourceRow& one) { return one.evidence == wanted; });
        const bool isKnown = source != sources.end();
        const QString path = isKnown ? text::plainLine(source->file, 1000) : QString();
        const models::Cell file{isKnown ? path.section(QLatin1Char('/'), -1) : CitedEvidence::tr("—"), {}, false, false, path};
        const models::Cell kind{isKnown && !source->kind.empty() ? text::plainLine(source->kind) : CitedEvidence::tr("—"), QStringLiteral("dim"), false, false, {}};
        const models::Cell times{CitedEvidence::tr("%n citation(s)", nullptr, count), {}, false, false, {}};
        rows.push_back({hex, {file, kind, times, {hex, {}, false, true, hex}}});
    }
    return rows;
}

} // namespace cordon::ui::views
