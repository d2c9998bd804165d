#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/models/page_store.h"

#include <map>
#include <set>

namespace cordon::ui::models {

/// Events in time order, by pages. Sorting and filtering are the case's work, not a proxy's.
class EventTableModel : public PagedTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Who, Identity, Did, To, Outcome, Why, columnTotal };

    EventTableModel(bridge::CaseQueries& queries, QObject* parent);

    /// Shows what the filter lets through; counts first.
    void setFilter(const engine::EventFilter& filter);
    [[nodiscard]] const engine::EventFilter& filter() const { return m_filter; }
    /// Counts again, after the case grew.
    void refresh();
    /// Which entities count as suspected attacker, by EntityRef::key(), and which rule caught which event.
    void setContext(std::set<std::string> attackers, std::map<EventId, QString> rules);
    /// The row's event when its page is here.
    [[nodiscard]] EventId eventAt(int row) const;

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void counted(qint64 events);
    void failed(const QString& why);

protected:
    void fetch(qint64 page, quint64 generation) override;
    [[nodiscard]] QVariant cell(qint64 row, int column, int role) const override;
    void dropPage(qint64 page) override;

private:
    [[nodiscard]] bool isSuspected(const Event& event) const;
    [[nodiscard]] QString words(const Event& event, int column) const;

    bridge::CaseQueries& m_queries;
    engine::EventFilter m_filter;
    PageStore<Event> m_pages;
    std::set<std::string> m_attackers;
    std::map<EventId, QString> m_rules;
    quint64 m_question = 0;
    bool m_isCounting = false;
    bool m_isStale = false;
};

} // namespace cordon::ui::models
