#include "ui/models/agent_rows.h"

#include "ui/models/case_rows.h"
#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"

#include <QCoreApplication>

#include <algorithm>

namespace cordon::ui::models {
namespace {

class AgentRows
{
    Q_DECLARE_TR_FUNCTIONS(AgentRows)
};

Cell plain(const QString& text)
{
    return {text, {}, false, false, {}};
}

Cell dim(const QString& text)
{
    return {text, QStringLiteral("dim"), false, false, {}};
}

Cell toned(const QString& text, const QString& tone)
{
    return {text, tone, true, false, {}};
}

Cell mono(const QString& text)
{
    return {text, {}, false, true, {}};
}

Cell moment(Timestamp time)
{
    if (time == Timestamp())
        return dim(AgentRows::tr("—"));
    return {text::dayAndClock(time), {}, false, true, text::localTooltip(time)};
}

QString joined(const std::vector<std::string>& parts)
{
    QStringList list;
    for (const std::string& part : parts)
        list += text::plainLine(part);
    return list.join(QStringLiteral(", "));
}

Cell decisionCell(const Decision& decision)
{
    Cell cell = toned(AgentRows::tr("%1 · %2 · %3", "effect, tier, clauses")
                          .arg(text::effectWord(decision.effect), text::tierWord(decision.tier), joined(decision.clauses)),
                      text::effectTone(decision.effect));
    QStringList lines;
    for (const Text& reason : decision.reasons)
        lines += text::sentence(reason);
    cell.tip = lines.join(QLatin1Char('\n'));
    return cell;
}

QString actWord(const std::string& what)
{
    if (what == "requested") return AgentRows::tr("asked");
    if (what == "granted") return AgentRows::tr("approved");
    if (what == "denied") return AgentRows::tr("denied");
    if (what == "refused") return AgentRows::tr("reply refused");
    if (what == "expired") return AgentRows::tr("ran out");
    if (what == "void") return AgentRows::tr("void");
    if (what == "consumed") return AgentRows::tr("used");
    return text::plainLine(what);
}

QString actTone(const std::string& what)
{
    if (what == "granted" || what == "consumed")
        return QStringLiteral("good");
    if (what == "denied" || what == "refused")
        return QStringLiteral("attacker");
    return what == "requested" ? QStringLiteral("agent") : QStringLiteral("dim");
}

QString stateTone(const engine::ApprovalRow& row)
{
    if (isWaiting(row))
        return QStringLiteral("people");
    if (row.state == "executed" || row.state == "approved")
        return QStringLiteral("good");
    return row.state == "denied" ? QStringLiteral("attacker") : QStringLiteral("dim");
}

/// The act that decided a request: the last approval or the denial, else what ended it.
const engine::ApprovalAct* decidingAct(const engine::ApprovalRow& row)
{
    const engine::ApprovalAct* found = nullptr;
    for (const engine::ApprovalAct& act : row.acts) {
        if (act.what == "granted" || act.what == "denied")
            found = &act;
    }
    for (const engine::ApprovalAct& act : row.acts) {
        if (!found && (act.what == "expired" || act.what == "void"))
            found = &act;
    }
    return found;
}

QString whoDecided(const engine::ApprovalRow& row)
{
    QStringList people;
    for (const engine::ApprovalAct& act : row.acts) {
        if (!act.who.empty())
            people += text::personName(act.who);
    }
    return people.isEmpty() ? AgentRows::tr("—") : people.join(QStringLiteral(", "));
}

int rank(const engine::RejudgedRow& row)
{
    return row.isDifferent ? 0 : row.would ? 2 : 1;
}

} // namespace

QStringList sessionHeaders()
{
    return {AgentRows::tr("Opened (UTC)"), AgentRows::tr("Incident"), AgentRows::tr("State"), AgentRows::tr("Actions"),
            AgentRows::tr("Ended (UTC)"), AgentRows::tr("Session"), AgentRows::tr("Ledger entry")};
}

std::vector<CellRow> sessionRows(const std::vector<engine::SessionRow>& sessions, int actionsMost)
{
    std::vector<CellRow> rows;
    for (const engine::SessionRow& row : sessions) {
        rows.push_back({static_cast<qlonglong>(row.seq),
                        {moment(row.opened), mono(text::plainLine(row.incident)),
                         row.closed ? dim(AgentRows::tr("ended")) : toned(AgentRows::tr("open"), QStringLiteral("agent")),
                         plain(actionsMost > 0 ? AgentRows::tr("%1 of %2").arg(row.actions).arg(actionsMost) : QString::number(row.actions)),
                         moment(row.closed.value_or(Timestamp())), mono(text::plainLine(row.id).left(16)), mono(text::count(row.seq))}});
    }
    return rows;
}

QStringList controlHeaders()
{
    return {AgentRows::tr("Framework"), AgentRows::tr("Control"), AgentRows::tr("Title"), AgentRows::tr("Evidence in this case"),
            AgentRows::tr("Clauses"), AgentRows::tr("Met by")};
}

std::vector<CellRow> controlRows(const std::vector<engine::ControlRow>& controls)
{
    std::vector<CellRow> rows;
    for (const engine::ControlRow& row : controls) {
        QStringList clauses;
        for (const std::string& clause : row.clauses)
            clauses += text::plainLine(clause);
        const QString shown = AgentRows::tr("%n time(s), newest entry %1", nullptr, row.entries).arg(text::count(row.newest));
        Cell title = plain(text::plainLine(row.title));
        title.tip = title.text;
        Cell met = plain(text::sentence(row.metBy));
        met.tip = met.text;
        rows.push_back({static_cast<qlonglong>(row.newest),
                        {dim(text::plainLine(row.framework)), mono(text::plainLine(row.id)), title,
                         row.entries > 0 ? toned(shown, QStringLiteral("good")) : dim(AgentRows::tr("no evidence in this case")),
                         mono(clauses.join(QLatin1Char(' '))), met}});
    }
    return rows;
}

QStringList rejudgedHeaders()
{
    return {AgentRows::tr("Entry"), AgentRows::tr("Proposal"), AgentRows::tr("Was"), AgentRows::tr("Would be"),
            AgentRows::tr("Incident")};
}

QString notRejudgedWord(const std::string& code)
{
    if (code == "not_recorded")
        return AgentRows::tr("not judged again: the ledger does not hold what the gate was asked");
    if (code == "not_reproduced")
        return AgentRows::tr("not judged again: what was recorded does not give the recorded decision back");
    return AgentRows::tr("not judged again: what was recorded cannot be read");
}

std::vector<CellRow> rejudgedRows(const std::vector<engine::RejudgedRow>& decisions)
{
    std::vector<const engine::RejudgedRow*> sorted;
    for (const engine::RejudgedRow& row : decisions)
        sorted.push_back(&row);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const engine::RejudgedRow* a, const engine::RejudgedRow* b) { return rank(*a) < rank(*b); });
    std::vector<CellRow> rows;
    for (const engine::RejudgedRow* row : sorted) {
        Cell would = row->would ? decisionCell(*row->would) : dim(notRejudgedWord(row->why));
        if (row->would && !row->isDifferent)
            would = dim(AgentRows::tr("the same"));
        Cell was = decisionCell(row->was);
        rows.push_back({static_cast<qlonglong>(row->seq),
                        {mono(text::count(row->seq)), plain(text::sentence(row->title)), was, would, mono(text::plainLine(row->incident))}});
    }
    return rows;
}

QStringList historyHeaders()
{
    return {AgentRows::tr("Request"), AgentRows::tr("Step"), AgentRows::tr("Incident"), AgentRows::tr("Tier"), AgentRows::tr("State"),
            AgentRows::tr("Approvers"), AgentRows::tr("Asked (UTC)"), AgentRows::tr("Decide by / decided"), AgentRows::tr("Took"),
            AgentRows::tr("Who"), AgentRows::tr("Code")};
}

std::vector<CellRow> historyRows(std::vector<engine::ApprovalRow> approvals)
{
    std::stable_sort(approvals.begin(), approvals.end(), [](const engine::ApprovalRow& a, const engine::ApprovalRow& b) {
        if (isWaiting(a) != isWaiting(b))
            return isWaiting(a);
        return isWaiting(a) ? a.approveBy < b.approveBy : b.issued < a.issued;
    });
    std::vector<CellRow> rows;
    for (const engine::ApprovalRow& row : approvals) {
        const engine::ApprovalAct* decided = isWaiting(row) ? nullptr : decidingAct(row);
        const QString given = AgentRows::tr("%1 of %2", "approvals given, needed").arg(row.given).arg(row.needed);
        rows.push_back({QString::fromStdString(row.id),
                        {mono(text::plainLine(row.id)), plain(text::sentence(row.title)), mono(text::plainLine(row.incident)),
                         {text::tierWord(row.tier), text::tierTone(row.tier), false, false, {}},
                         toned(text::approvalWord(row.state), stateTone(row)), plain(given), moment(row.issued),
                         moment(decided ? decided->at : row.approveBy),
                         decided ? plain(text::length(decided->at - row.issued)) : dim(AgentRows::tr("—")), plain(whoDecided(row)),
                         mono(text::plainLine(row.code))}});
    }
    return rows;
}

QStringList approvalActHeaders()
{
    return {AgentRows::tr("Case time (UTC)"), AgentRows::tr("What"), AgentRows::tr("Who"), AgentRows::tr("Factors"),
            AgentRows::tr("Read for"), AgentRows::tr("Entry"), AgentRows::tr("Reason")};
}

std::vector<CellRow> approvalActRows(const engine::ApprovalRow& approval)
{
    std::vector<CellRow> rows;
    for (const engine::ApprovalAct& act : approval.acts) {
        Cell reason = plain(text::plainLine(act.reason, 400));
        reason.tip = reason.text;
        rows.push_back({static_cast<qlonglong>(act.seq),
                        {moment(act.at), toned(actWord(act.what), actTone(act.what)),
                         act.who.empty() ? dim(act.what == "requested" ? AgentRows::tr("agent") : AgentRows::tr("engine"))
                                         : plain(text::personName(act.who)),
                         plain(joined(act.factors)),
                         act.tookMillis >= 0 ? plain(AgentRows::tr("%1 s").arg(act.tookMillis / 1000.0, 0, 'f', 1)) : dim(AgentRows::tr("—")),
                         mono(text::count(act.seq)), reason}});
    }
    return rows;
}

} // namespace cordon::ui::models
