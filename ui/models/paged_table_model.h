#pragma once

#include <QAbstractTableModel>

#include <list>
#include <map>
#include <set>
#include <vector>

namespace cordon::ui::models {

/// A table whose row count is known and whose rows come by pages when they are looked at: 64 pages of 256 rows are
/// kept, a row that is not here answers "…" and asks for its page once. GUI thread.
class PagedTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int pageRows = 256;
    static constexpr std::size_t keptPages = 64;

    explicit PagedTableModel(QObject* parent);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

protected:
    /// How many rows there are now. Rows that were there keep their place when the table grew at its end.
    void setCount(qint64 count, bool growsAtTop);
    /// Forgets every page; visible rows ask again.
    void forgetPages();
    /// Asks for a page; the answer ends in `pageArrived` with the `generation` given here.
    virtual void fetch(qint64 page, quint64 generation) = 0;
    /// Answers for a row that is here.
    [[nodiscard]] virtual QVariant cell(qint64 row, int column, int role) const = 0;
    /// Keep or drop the rows of a page; called by the base when pages come and go.
    virtual void dropPage(qint64 page) = 0;
    /// To be called once the subclass holds the page's rows. Pages of an older generation are ignored by the subclass.
    void pageArrived(qint64 page);
    [[nodiscard]] quint64 generation() const { return m_generation; }

private:
    qint64 m_count = 0;
    quint64 m_generation = 0;
    mutable std::list<qint64> m_recent; ///< pages here, newest use first
    mutable std::set<qint64> m_asked;
};

} // namespace cordon::ui::models
