#include "ui/models/incident_list_model.h"

#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cordon::ui::models {
namespace {

bool isAlike(const engine::IncidentRow& a, const engine::IncidentRow& b)
{
    const auto facts = [](const engine::IncidentRow& row) {
        return std::tie(row.id, row.title, row.risk, row.severity, row.status, row.firstSeen, row.lastSeen, row.alerts,
                        row.products, row.leading, row.hidden, row.needsYou, row.isContainedByAgent, row.assignee);
    };
    return facts(a) == facts(b);
}

/// Whether one of them was seen on another day than today.
bool isOfSeveralDays(const std::vector<engine::IncidentRow>& rows)
{
    if (rows.empty())
        return false;
    Timestamp from = rows.front().firstSeen;
    Timestamp to = rows.front().lastSeen;
    for (const engine::IncidentRow& row : rows) {
        from = std::min(from, row.firstSeen);
        to = std::max(to, row.lastSeen);
    }
    return text::needsDay(from, to);
}

} // namespace

IncidentListModel::IncidentListModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

void IncidentListModel::setRows(IncidentRows rows)
{
    const int shown = std::min(static_cast<int>(rows->size()), std::max(m_shown, page));
    const bool isSameOrder = m_shown > 0 && shown >= m_shown &&
                             std::equal(m_rows->begin(), m_rows->begin() + m_shown, rows->begin(),
                                        [](const auto& a, const auto& b) { return a.id == b.id; });
    const bool hadDay = std::exchange(m_hasDay, isOfSeveralDays(*rows));
    if (!isSameOrder) {
        beginResetModel();
        m_rows = std::move(rows);
        m_shown = shown;
        endResetModel();
        return;
    }
    const bool isAll = hadDay != m_hasDay;
    int first = isAll ? 0 : m_shown; // only what changed is laid out anew
    int last = isAll ? m_shown - 1 : -1;
    for (int i = 0; i < m_shown; ++i) {
        if (isAlike((*rows)[static_cast<std::size_t>(i)], at(i)))
            continue;
        first = std::min(first, i);
        last = std::max(last, i);
    }
    m_rows = std::move(rows);
    if (last >= 0)
        emit dataChanged(index(first), index(last));
    showUpTo(shown - 1);
}

void IncidentListModel::showUpTo(int row)
{
    if (row < m_shown || row >= size())
        return;
    beginInsertRows({}, m_shown, row);
    m_shown = row + 1;
    endInsertRows();
}

void IncidentListModel::setPerson(const QString& person)
{
    m_person = person;
    if (m_shown > 0)
        emit dataChanged(index(0), index(rowCount() - 1));
}

int IncidentListModel::rowOf(IncidentId id) const
{
    const auto found = std::find_if(m_rows->begin(), m_rows->end(), [id](const auto& row) { return row.id == id; });
    return found == m_rows->end() ? -1 : static_cast<int>(found - m_rows->begin());
}

IncidentId IncidentListModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? at(row).id : IncidentId{};
}

int IncidentListModel::needYou() const
{
    return static_cast<int>(std::count_if(m_rows->begin(), m_rows->end(), [](const auto& row) { return row.needsYou; }));
}

void IncidentListModel::setHalted(bool isHalted)
{
    if (std::exchange(m_isHalted, isHalted) != isHalted && m_shown > 0)
        emit dataChanged(index(0), index(rowCount() - 1));
}

int IncidentListModel::open() const
{
    return static_cast<int>(std::count_if(m_rows->begin(), m_rows->end(),
                                          [](const auto& row) { return row.status != IncidentStatus::Closed; }));
}

int IncidentListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_shown;
}

bool IncidentListModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_shown < size();
}

void IncidentListModel::fetchMore(const QModelIndex& parent)
{
    if (!parent.isValid())
        showUpTo(std::min(m_shown + page, size()) - 1);
}

QString IncidentListModel::stateOf(const engine::IncidentRow& row, QString& tone) const
{
    tone.clear();
    if (row.needsYou) {
        tone = QStringLiteral("people");
        return m_isHalted ? tr("halted · to ask again") : tr("approval needed");
    }
    if (row.isContainedByAgent) {
        tone = QStringLiteral("agent");
        return row.status == IncidentStatus::Open ? tr("partly contained by agent") : tr("contained by agent");
    }
    if (!row.assignee.empty()) {
        return row.assignee == m_person.toStdString() ? tr("assigned to me")
                                                      : tr("assigned to %1").arg(text::personName(row.assignee));
    }
    return row.status == IncidentStatus::Open ? tr("watching") : text::statusWord(row.status);
}

QVariant IncidentListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const engine::IncidentRow& row = at(index.row());
    QString tone;
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole: return text::sentence(row.title);
    case Qt::AccessibleTextRole:
        return tr("%1 %2, %3, %4, %n alert(s)", "severity, risk, title, state", row.alerts)
            .arg(text::severityWord(row.severity), QString::number(row.risk), text::sentence(row.title), stateOf(row, tone));
    case Qt::ToolTipRole:
        return tr("%1 · first seen %2").arg(QString::fromStdString(toString(row.id)), text::localTooltip(row.firstSeen))
               + (row.products.empty() ? QString() : QLatin1Char('\n') + sourcesOf(row));
    case IdRole: return static_cast<qlonglong>(row.id.value);
    case SeverityRole:
        return tr("%1 %2", "severity word and risk 0 to 100").arg(text::severityWord(row.severity)).arg(row.risk);
    case SeverityToneRole: return text::severityTone(row.severity);
    case WhenRole: return whenOf(row);
    case NamesRole: {
        QStringList names;
        for (const EntityRef& entity : row.leading)
            names += text::entityName(entity);
        return names;
    }
    case MoreRole: return row.hidden;
    case StateRole: return stateOf(row, tone);
    case StateToneRole: return stateOf(row, tone).isEmpty() ? QString() : tone;
    case AlertsRole: return tr("%n alert(s)", nullptr, row.alerts);
    case SourcesRole: return sourcesOf(row);
    default: return {};
    }
}

QString IncidentListModel::whenOf(const engine::IncidentRow& row) const
{
    const QString clock = text::clockMinutes(row.lastSeen);
    const QString last = m_hasDay ? tr("%1 %2", "day, time").arg(text::shortDay(row.lastSeen), clock) : clock;
    if (row.lastSeen - row.firstSeen < std::chrono::seconds(1))
        return last;
    return tr("%1 · %2", "time last seen, how long it lasted").arg(last, text::length(row.lastSeen - row.firstSeen));
}

QString IncidentListModel::sourcesOf(const engine::IncidentRow& row)
{
    if (row.products.empty())
        return {};
    QStringList names;
    for (const std::string& product : row.products)
        names += text::plainLine(product, 40);
    const QString all = names.join(QStringLiteral(", "));
    // Each product raised at least one, so with no more alerts than products none is left for Cordon's own rules.
    const bool isAllTheirs = row.alerts <= static_cast<int>(row.products.size());
    return isAllTheirs ? tr("from %1", "names of other products").arg(all)
                       : tr("other products: %1", "names of other products").arg(all);
}

} // namespace cordon::ui::models
