#pragma once

#include "ui/bridge/case_source.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace cordon::ui::models {

/// The queue as it was asked for; shared, so that what a flood makes of it is copied nowhere and freed by whoever asks anew.
using IncidentRows = std::shared_ptr<const std::vector<engine::IncidentRow>>;

/// The queue, highest risk first. Answers meaning by role; the delegate chooses looks. A view is given the first `page` of
/// them and more as it comes to its end, so that fifty thousand incidents are laid out no slower than a few.
class IncidentListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< qlonglong
        SeverityRole,              ///< "Critical 92"
        SeverityToneRole,
        WhenRole,                  ///< "12:06 · 4 min", with the day when the queue is not all of today
        TitleRole,
        NamesRole,                 ///< QStringList of entity names
        MoreRole,                  ///< int: further members
        StateRole,                 ///< "approval needed"
        StateToneRole,
        AlertsRole,                ///< "14 alerts"
        SourcesRole,               ///< "from CrowdStrike Falcon", empty when no other product raised any
    };

    static constexpr int page = 200; ///< rows

    explicit IncidentListModel(QObject* parent);
    void setRows(IncidentRows rows); ///< never null
    void setRows(std::vector<engine::IncidentRow> rows) { setRows(std::make_shared<const std::vector<engine::IncidentRow>>(std::move(rows))); }
    [[nodiscard]] const IncidentRows& rows() const { return m_rows; }
    /// Gives views the rows up to this one, so that it has an index. Rows that are not there change nothing.
    void showUpTo(int row);
    /// Who is signed in: incidents assigned to that person say so.
    void setPerson(const QString& person);
    /// A halt voids what people were asked: until somebody resumes, what needs them says so.
    void setHalted(bool isHalted);
    [[nodiscard]] int rowOf(IncidentId id) const; ///< -1 when it is not there; views may not have been given it yet
    [[nodiscard]] IncidentId idAt(int row) const;
    [[nodiscard]] int size() const { return static_cast<int>(m_rows->size()); } ///< shown or not
    [[nodiscard]] int needYou() const;
    [[nodiscard]] int open() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] static QString sourcesOf(const engine::IncidentRow& row);
    [[nodiscard]] QString whenOf(const engine::IncidentRow& row) const;
    [[nodiscard]] QString stateOf(const engine::IncidentRow& row, QString& tone) const;
    [[nodiscard]] const engine::IncidentRow& at(int row) const { return (*m_rows)[static_cast<std::size_t>(row)]; }
    IncidentRows m_rows = std::make_shared<const std::vector<engine::IncidentRow>>();
    int m_shown = 0; ///< of m_rows, from the first
    QString m_person;
    bool m_isHalted = false;
    bool m_hasDay = false; ///< the queue is not all of today
};

} // namespace cordon::ui::models
