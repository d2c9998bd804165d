#include "ui/models/list_rows.h"

#include "ui/text/names.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"

#include <QCoreApplication>

namespace cordon::ui::models {
namespace {

struct ListRows
{
    Q_DECLARE_TR_FUNCTIONS(ListRows)
};

Cell plain(const QString& text)
{
    Cell cell;
    cell.text = text;
    return cell;
}

Cell toned(const QString& text, const QString& tone)
{
    Cell cell = plain(text);
    cell.tone = tone;
    cell.hasDot = true;
    return cell;
}

QString joined(const std::vector<std::string>& parts, QString (*word)(const std::string&))
{
    QStringList texts;
    for (const std::string& part : parts)
        texts.append(word(part));
    return texts.join(QStringLiteral(", "));
}

QString factWord(const std::string& name)
{
    if (name == "environment")
        return ListRows::tr("environment");
    if (name == "criticality")
        return ListRows::tr("criticality");
    if (name == "tags")
        return ListRows::tr("tags");
    if (name == "owner")
        return ListRows::tr("owner");
    if (name == "type")
        return ListRows::tr("type");
    if (name == "owner_tags")
        return ListRows::tr("tags of its owner");
    return ListRows::tr("who depends on it");
}

} // namespace

QStringList listHeaders()
{
    return {ListRows::tr("List"),
            ListRows::tr("What"),
            ListRows::tr("Entries"),
            ListRows::tr("Not used"),
            ListRows::tr("True on"),
            ListRows::tr("Good until"),
            ListRows::tr("Names every tag of"),
            ListRows::tr("Signed by")};
}

std::vector<CellRow> listRows(const std::vector<engine::ListRow>& lists)
{
    std::vector<CellRow> rows;
    for (const engine::ListRow& list : lists) {
        const QString dash = ListRows::tr("—");
        Cell until = list.isIndicators ? plain(dash)
                     : list.isOver
                         ? toned(ListRows::tr("over: it warns and no longer reassures"), QStringLiteral("medium"))
                         : plain(text::dayAndClock(list.validUntil));
        rows.push_back({QVariant(static_cast<qlonglong>(list.seq)),
                        {plain(text::plainLine(list.name)),
                         plain(list.isIndicators ? ListRows::tr("Indicators") : ListRows::tr("Inventory")),
                         plain(text::count(list.rows)),
                         list.rejected.empty() ? plain(QStringLiteral("0"))
                                               : toned(text::count(static_cast<std::int64_t>(list.rejected.size())),
                                                       QStringLiteral("medium")),
                         plain(list.isIndicators ? dash : text::dayAndClock(list.asOf)), until,
                         plain(list.authoritativeFor.empty()
                                   ? dash
                                   : joined(list.authoritativeFor,
                                            [](const std::string& kind) { return QString::fromStdString(kind); })),
                         plain(text::plainLine(list.by))}});
    }
    return rows;
}

QStringList coverageHeaders()
{
    return {ListRows::tr("Name"),    ListRows::tr("Kind"),      ListRows::tr("What it means"),
            ListRows::tr("Unknown"), ListRows::tr("In a list"), ListRows::tr("Ask"), ListRows::tr("Incidents")};
}

std::vector<CellRow> coverageRows(const std::vector<engine::CoverageRow>& rows)
{
    const QString dash = ListRows::tr("—");
    std::vector<CellRow> cells;
    for (const engine::CoverageRow& row : rows) {
        Cell name = plain(text::plainLine(row.entity.name.empty() ? row.entity.id : row.entity.name));
        name.tip = text::plainLine(row.entity.id, 1000);
        const bool isContradictory = row.unknown.empty() && !row.contradictions.empty();
        Cell unknown = plain(!row.problem.empty() ? ListRows::tr("its system did not answer")
                             : isContradictory    ? ListRows::tr("Contradictory: %1").arg(joined(row.contradictions, factWord))
                                                  : joined(row.unknown, factWord));
        unknown.tip = row.contradictions.empty()
                          ? text::plainLine(row.problem, 400)
                          : ListRows::tr("Contradictory: %1").arg(joined(row.contradictions, factWord));
        QStringList incidents;
        for (const IncidentId id : row.incidents)
            incidents.append(QString::fromStdString(toString(id)));
        cells.push_back({QString::fromStdString(row.entity.key()),
                         {name, plain(QString::fromStdString(std::string(toString(row.entity.kind)))),
                          row.isUntouchable ? toned(ListRows::tr("cannot be touched"), QStringLiteral("high"))
                          : row.unknown.empty() && row.problem.empty() ? plain(dash)
                                            : toned(ListRows::tr("takes more leave"), QStringLiteral("medium")),
                          unknown, plain(row.isListed ? ListRows::tr("yes") : ListRows::tr("no")),
                          plain(row.contact.empty() ? dash : text::plainLine(row.contact, 200)),
                          plain(incidents.join(QStringLiteral(", ")))}});
    }
    return cells;
}

QStringList rejectedRowHeaders()
{
    return {ListRows::tr("File"), ListRows::tr("Place and reason")};
}

std::vector<CellRow> rejectedRows(const std::vector<RejectedRecord>& rows)
{
    constexpr std::size_t most = 2000;
    std::vector<CellRow> cells;
    for (std::size_t i = 0; i < std::min(most, rows.size()); ++i)
        cells.push_back({QVariant(static_cast<qlonglong>(i)),
                         {plain(text::plainLine(rows[i].file)), plain(text::plainLine(rows[i].reason, 400))}});
    return cells;
}

} // namespace cordon::ui::models
