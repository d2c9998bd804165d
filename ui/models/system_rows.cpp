#include "ui/models/system_rows.h"

#include "ui/text/texts.h"
#include "ui/text/times.h"

#include <QCoreApplication>

namespace cordon::ui::models {
namespace {

class SystemRows
{
    Q_DECLARE_TR_FUNCTIONS(SystemRows)
};

Cell plain(const QString& text)
{
    return {text, {}, false, false, {}};
}

Cell dim(const QString& text)
{
    return {text, QStringLiteral("dim"), false, false, {}};
}

Cell toned(const QString& text, const char* tone)
{
    return {text, QString::fromLatin1(tone), true, false, {}};
}

Cell moment(const std::optional<Timestamp>& time)
{
    if (!time)
        return dim(SystemRows::tr("—"));
    return {text::dayAndClock(*time), {}, false, true, text::localTooltip(*time)};
}

/// In words and by shape, so that colour is never alone.
Cell stateCell(const engine::SystemState& system)
{
    if (!system.isConnected)
        return toned(SystemRows::tr("not connected here"), "faint");
    if (system.isStuck)
        return toned(SystemRows::tr("does not answer"), "attacker");
    const bool hasTrouble = system.failed && (!system.answered || *system.failed > *system.answered);
    if (hasTrouble)
        return toned(SystemRows::tr("connected, last call failed"), "medium");
    return toned(system.isAsked ? SystemRows::tr("connected, being asked") : SystemRows::tr("connected"), "good");
}

Cell processCell(const engine::SystemState& system)
{
    if (!system.isConnected)
        return dim(SystemRows::tr("—"));
    if (system.isProcessAlive)
        return plain(SystemRows::tr("running"));
    Cell cell = toned(SystemRows::tr("ended"), "medium");
    cell.tip = SystemRows::tr("The next call starts another one");
    return cell;
}

Cell problemCell(const engine::SystemState& system)
{
    if (!system.failed)
        return dim(system.isConnected ? SystemRows::tr("none") : SystemRows::tr("—"));
    const QString why = text::plainLine(system.problem, 400);
    return {why, {}, false, false, SystemRows::tr("%1: %2", "time, error").arg(text::dayAndClock(*system.failed), why)};
}

} // namespace

QStringList systemHeaders()
{
    return {SystemRows::tr("System"), SystemRows::tr("State"),       SystemRows::tr("Process"),     SystemRows::tr("Queue"), SystemRows::tr("Last answer"),
            SystemRows::tr("Last error"), SystemRows::tr("Kind"), SystemRows::tr("Environment"), SystemRows::tr("Tenant"),
            SystemRows::tr("Can do")};
}

std::vector<CellRow> systemRows(const std::vector<engine::SystemState>& systems)
{
    std::vector<CellRow> rows;
    for (const engine::SystemState& system : systems) {
        Cell name = plain(text::plainLine(system.name));
        name.tip = text::plainLine(system.address, 400);
        QStringList verbs;
        for (const std::string& verb : system.verbs)
            verbs += text::plainLine(verb);
        Cell tenant = plain(text::plainLine(system.tenant));
        tenant.tip = tenant.text;
        Cell can = plain(SystemRows::tr("%n verb(s)", nullptr, static_cast<int>(verbs.size())));
        can.tip = verbs.join(QLatin1Char('\n'));
        const Cell queue = system.isConnected ? plain(system.waiting == 0 ? SystemRows::tr("empty") : SystemRows::tr("%n call(s) wait", nullptr, system.waiting))
                                              : dim(SystemRows::tr("—"));
        rows.push_back({QString::fromStdString(system.name),
                        {name, stateCell(system), processCell(system), queue, moment(system.answered), problemCell(system),
                         plain(text::plainLine(system.kind)), plain(text::plainLine(system.environment)), tenant, can}});
    }
    return rows;
}

} // namespace cordon::ui::models
