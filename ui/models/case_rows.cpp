#include "ui/models/case_rows.h"

#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace cordon::ui::models {
namespace {

class Rows
{
    Q_DECLARE_TR_FUNCTIONS(Rows)
};

Cell plain(const QString& text)
{
    return {text, {}, false, false, {}};
}

Cell dim(const QString& text)
{
    return {text, QStringLiteral("dim"), false, false, {}};
}

Cell toned(const QString& text, const QString& tone, bool hasDot = false)
{
    return {text, tone, hasDot, false, {}};
}

Cell mono(const QString& text, const QString& tip = {})
{
    return {text, {}, false, true, tip};
}

Cell moment(Timestamp time, bool hasDay = false)
{
    if (time == Timestamp())
        return dim(Rows::tr("—"));
    return mono(hasDay ? text::dayAndMillis(time) : text::clockMillis(time), text::localTooltip(time));
}

QString proposer(const std::string& proposedBy)
{
    if (proposedBy == "playbook")
        return Rows::tr("playbook");
    if (proposedBy == "person")
        return Rows::tr("person");
    if (proposedBy == "assistant")
        return Rows::tr("assistant");
    return text::plainLine(proposedBy);
}

QString joined(const std::vector<std::string>& parts)
{
    QStringList list;
    for (const std::string& part : parts)
        list += text::plainLine(part);
    return list.join(QStringLiteral(", "));
}

/// How rare an alert is for its identity; the sentences with the figures stand behind it.
Cell rarity(const Alert& alert)
{
    if (!alert.rarity || *alert.rarity <= 0)
        return dim(Rows::tr("—"));
    Cell cell = plain(Rows::tr("1 in %1").arg(text::count(static_cast<qint64>(std::llround(1 / *alert.rarity)))));
    QStringList lines;
    for (const Text& measured : alert.measured)
        lines.push_back(text::sentence(measured));
    cell.tip = lines.join(QLatin1Char('\n'));
    return cell;
}

/// A badge for another product's alert, with what the product says of it. Its link is text: nothing opens it.
Cell raisedBy(const Alert& alert)
{
    if (!alert.external)
        return dim(Rows::tr("Cordon"));
    const ExternalOrigin& origin = *alert.external;
    Cell cell = toned(text::plainLine(origin.productName, 60), QStringLiteral("accent"), true);
    QStringList lines{Rows::tr("Its id: %1").arg(text::plainLine(origin.id, 120)),
                      Rows::tr("Its severity: %1").arg(text::plainLine(origin.severity, 40))};
    if (!origin.status.empty())
        lines.push_back(Rows::tr("Its status: %1").arg(text::plainLine(origin.status, 80)));
    if (origin.history.size() > 1)
        lines.push_back(Rows::tr("Updated %n time(s)", nullptr, static_cast<int>(origin.history.size()) - 1));
    if (origin.isSourceRead)
        lines.push_back(Rows::tr("Drawn from a log that was read too: the same source, not a second one"));
    cell.tip = lines.join(QLatin1Char('\n'));
    return cell;
}

} // namespace

bool isWaiting(const engine::ApprovalRow& row)
{
    return row.state == "waiting" || row.state == "partly";
}

QStringList alertHeaders()
{
    return {Rows::tr("Time (UTC)"), Rows::tr("Severity"), Rows::tr("Rule"), Rows::tr("Action"), Rows::tr("Events"),
            Rows::tr("Rarity"), Rows::tr("Who"), Rows::tr("Raised by"), Rows::tr("Rule author"),
            Rows::tr("Link at the product")};
}

std::vector<CellRow> alertRows(const std::vector<Alert>& alerts)
{
    std::vector<CellRow> rows;
    const bool hasDay = std::any_of(alerts.begin(), alerts.end(),
                                    [](const Alert& alert) { return text::needsDay(alert.first, alert.last); });
    for (const Alert& alert : alerts) {
        const QString who = alert.entities.empty() ? Rows::tr("—") : text::entityName(alert.entities.front().entity);
        const QString author = alert.rule.license.empty()
                                   ? text::plainLine(alert.rule.author)
                                   : Rows::tr("%1 · %2", "author, licence")
                                         .arg(text::plainLine(alert.rule.author), text::plainLine(alert.rule.license));
        Cell title = plain(text::plainLine(alert.rule.title));
        title.tip = text::plainLine(alert.rule.description, 600);
        const QVariant key = alert.events.empty() ? QVariant() : QVariant(static_cast<qlonglong>(alert.events.front().value));
        rows.push_back({key,
                        {moment(alert.first, hasDay),
                         toned(text::severityWord(alert.rule.level), text::severityTone(alert.rule.level), true), title,
                         mono(text::plainLine(alert.action)), plain(text::count(static_cast<qint64>(alert.events.size()))),
                         rarity(alert), plain(who), raisedBy(alert), dim(alert.external ? Rows::tr("—") : author),
                         alert.external ? mono(text::plainLine(alert.external->link, 300)) : dim(Rows::tr("—"))}});
    }
    return rows;
}

QStringList decisionHeaders()
{
    return {Rows::tr("Time (UTC)"), Rows::tr("Proposal"), Rows::tr("Proposed by"), Rows::tr("Decision"), Rows::tr("Clause"),
            Rows::tr("Incident")};
}

std::vector<CellRow> decisionRows(const std::vector<engine::DecisionRow>& decisions)
{
    std::vector<CellRow> rows;
    for (const engine::DecisionRow& row : decisions) {
        const QString clause = Rows::tr("%1 · %2", "clauses, tier")
                                   .arg(joined(row.clauses), QString::fromUtf8(toString(row.tier).data()).left(2));
        rows.push_back({static_cast<qlonglong>(row.seq),
                        {moment(row.at), plain(text::sentence(row.title)), plain(proposer(row.proposedBy)),
                         toned(text::effectWord(row.effect), text::effectTone(row.effect), true), mono(clause),
                         mono(text::plainLine(row.incident))}});
    }
    return rows;
}

QStringList sourceHeaders()
{
    return {Rows::tr("Source"), Rows::tr("Format"), Rows::tr("State"), Rows::tr("Records"), Rows::tr("Rejected"),
            Rows::tr("Duplicates"), Rows::tr("Size"), Rows::tr("First record (UTC)"), Rows::tr("Last record (UTC)"),
            Rows::tr("Lag")};
}

bool isFollowedKey(const QVariant& key)
{
    return key.toString().startsWith(QLatin1Char('/')); // a root is a whole path, a digest is not
}

namespace {

Cell followedState(const engine::FollowedRow& row)
{
    using State = engine::FollowedRow::State;
    switch (row.state) {
    case State::Following:
        return toned(Rows::tr("following"), QStringLiteral("good"), true);
    case State::Reading:
        return toned(Rows::tr("reading"), QStringLiteral("accent"), true);
    case State::Quiet:
        return toned(Rows::tr("quiet beyond its usual gap"), QStringLiteral("high"), true);
    case State::Failed: {
        Cell failed = toned(Rows::tr("failed: %1").arg(text::plainLine(row.reason)), QStringLiteral("attacker"), true);
        failed.tip = text::plainLine(row.reason, 1000);
        return failed;
    }
    case State::Ended:
        break;
    }
    return toned(Rows::tr("no longer followed"), QStringLiteral("dim"), true);
}

/// From the fourth column on both kinds of rows say the same.
template<class Row>
void addFigures(std::vector<Cell>& cells, const Row& row)
{
    const bool hasEvents = row.events > 0;
    cells.push_back(plain(text::count(row.events)));
    cells.push_back(row.rejected > 0 ? toned(text::count(row.rejected), QStringLiteral("medium")) : plain(QStringLiteral("0")));
    cells.push_back(plain(text::count(row.duplicates)));
    cells.push_back(plain(text::bytes(static_cast<double>(row.bytes))));
    cells.push_back(hasEvents ? mono(text::dayAndClock(row.first), text::localTooltip(row.first)) : dim(Rows::tr("—")));
    cells.push_back(hasEvents ? mono(text::dayAndClock(row.last), text::localTooltip(row.last)) : dim(Rows::tr("—")));
}

} // namespace

std::vector<CellRow> sourceRows(const std::vector<engine::FollowedRow>& followed,
                                const std::vector<engine::SourceRow>& sources)
{
    std::vector<CellRow> rows;
    for (const engine::FollowedRow& row : followed) {
        Cell root = plain(text::plainLine(row.root));
        root.tip = Rows::tr("%1 · %n file(s) read", nullptr, static_cast<int>(row.files)).arg(text::plainLine(row.root, 1000));
        const bool isFollowed = row.state != engine::FollowedRow::State::Ended;
        CellRow made{isFollowed ? QVariant(QString::fromStdString(row.root)) : QVariant(),
                     {root, row.kind.empty() ? dim(Rows::tr("nothing recognised yet")) : plain(text::plainLine(row.kind)),
                      followedState(row)}};
        addFigures(made.cells, row);
        Cell lag = row.lag ? mono(text::length(*row.lag)) : dim(Rows::tr("—"));
        if (row.lag)
            lag.tip = Rows::tr("The newest record was this old when it came in, at %1").arg(text::localTooltip(row.arrived));
        made.cells.push_back(lag);
        rows.push_back(std::move(made));
    }
    for (const engine::SourceRow& row : sources) {
        if (row.isPiece)
            continue; // counted above
        Cell file = plain(text::plainLine(row.file).section(QLatin1Char('/'), -1));
        file.tip = text::plainLine(row.file, 1000);
        CellRow made{QString::fromStdString(row.evidence),
                     {file, plain(text::plainLine(row.kind)),
                      row.isWhole ? toned(Rows::tr("read whole"), QStringLiteral("good"), true)
                                  : toned(Rows::tr("ended early"), QStringLiteral("medium"), true)}};
        addFigures(made.cells, row);
        made.cells.push_back(dim(Rows::tr("—")));
        rows.push_back(std::move(made));
    }
    return rows;
}

QStringList markHeaders()
{
    return {Rows::tr("Time (UTC)"), Rows::tr("Who"), Rows::tr("Name"), Rows::tr("What"), Rows::tr("Incident"),
            Rows::tr("Ledger entry")};
}

std::vector<CellRow> markRows(const std::vector<engine::TimelineMark>& marks)
{
    std::vector<CellRow> rows;
    for (const engine::TimelineMark& mark : marks)
        rows.push_back({static_cast<qlonglong>(mark.ledgerSeq),
                        {moment(mark.time),
                         mark.isPerson ? toned(Rows::tr("people"), QStringLiteral("people"), true)
                                       : toned(Rows::tr("agent"), QStringLiteral("agent"), true),
                         plain(text::personName(mark.actor)), plain(text::sentence(mark.text)),
                         mono(text::plainLine(mark.incident)), mono(text::count(mark.ledgerSeq))}});
    return rows;
}

QStringList evidenceHeaders()
{
    return {Rows::tr("Number"), Rows::tr("What"), Rows::tr("SHA-256"), Rows::tr("Size"), Rows::tr("State")};
}

namespace {

QString evidenceKind(const engine::EvidenceRow& row)
{
    if (row.kind == "exhibit")
        return QString::fromStdString(row.number);
    if (row.kind == "log")
        return Rows::tr("log");
    if (row.kind == "packed")
        return Rows::tr("as found");
    if (row.kind == "detection")
        return Rows::tr("rules");
    return Rows::tr("state");
}

Cell evidenceState(const engine::EvidenceRow& row)
{
    if (row.isErased)
        return toned(Rows::tr("erased lawfully"), QStringLiteral("medium"), true);
    if (!row.transfer.empty())
        return toned(Rows::tr("on its way to %1").arg(text::personName(row.transferTo)), QStringLiteral("agent"), true);
    if (row.isHeld)
        return toned(Rows::tr("legal hold"), QStringLiteral("people"), true);
    if (!row.isWhole)
        return toned(Rows::tr("sealed, ended early"), QStringLiteral("medium"), true);
    return toned(row.isEncrypted ? Rows::tr("sealed, encrypted") : Rows::tr("sealed, whole"), QStringLiteral("good"), true);
}

} // namespace

std::vector<CellRow> evidenceRows(const std::vector<engine::EvidenceRow>& evidence)
{
    std::vector<CellRow> rows;
    for (const engine::EvidenceRow& row : evidence) {
        const QString digest = QString::fromStdString(row.digest);
        rows.push_back({digest,
                        {plain(evidenceKind(row)), plain(text::plainLine(row.name)), mono(digest, digest),
                         plain(text::bytes(static_cast<double>(row.size))), evidenceState(row)}});
    }
    return rows;
}

QStringList boardHeaders()
{
    return {Rows::tr("Incident"), Rows::tr("Risk"), Rows::tr("Title"), Rows::tr("Owner"), Rows::tr("State"),
            Rows::tr("People"), Rows::tr("First seen (UTC)"), Rows::tr("Last seen (UTC)"), Rows::tr("Alerts")};
}

std::vector<CellRow> boardRows(const std::vector<engine::IncidentRow>& incidents)
{
    std::vector<CellRow> rows;
    const bool hasDay = std::any_of(incidents.begin(), incidents.end(), [](const engine::IncidentRow& row) {
        return text::needsDay(row.firstSeen, row.lastSeen);
    });
    for (const engine::IncidentRow& row : incidents) {
        const QString risk = Rows::tr("%1 %2", "severity word, risk").arg(text::severityWord(row.severity)).arg(row.risk);
        const QString contained = row.status == IncidentStatus::Open ? Rows::tr("partly contained by agent") : Rows::tr("contained by agent");
        const Cell state = row.isContainedByAgent ? toned(contained, QStringLiteral("agent"), true)
                                                  : plain(text::statusWord(row.status));
        rows.push_back({static_cast<qlonglong>(row.id.value),
                        {mono(QString::fromStdString(toString(row.id))), toned(risk, text::severityTone(row.severity), true),
                         plain(text::sentence(row.title)),
                         row.assignee.empty() ? dim(Rows::tr("nobody")) : plain(text::personName(row.assignee)), state,
                         row.needsYou ? toned(Rows::tr("approval waits"), QStringLiteral("people"), true) : dim(Rows::tr("—")),
                         moment(row.firstSeen, hasDay), moment(row.lastSeen, hasDay), plain(text::count(row.alerts))}});
    }
    return rows;
}

} // namespace cordon::ui::models
