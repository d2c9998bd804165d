#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <vector>

namespace cordon::ui::models {

/// One cell of a small table: a word and what it means.
struct Cell
{
    QString text;
    QString tone;
    bool hasDot = false;
    bool isMono = false;
    QString tip;
};

struct CellRow
{
    QVariant key;
    std::vector<Cell> cells;
};

/// A table of at most a few thousand ready-made rows (alerts, approvals, decisions, sources). Long ones page instead.
class CellTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    CellTableModel(QStringList headers, QObject* parent);
    void setRows(std::vector<CellRow> rows);
    [[nodiscard]] QVariant keyAt(int row) const;
    [[nodiscard]] int rowOf(const QVariant& key) const; ///< -1 when it is not there

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_headers;
    std::vector<CellRow> m_rows;
};

} // namespace cordon::ui::models
