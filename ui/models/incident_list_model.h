#pragma once

#include "ui/bridge/case_source.h"

#include <QAbstractListModel>

#include <vector>

namespace cordon::ui::models {

/// The queue, highest risk first. Answers meaning by role; the delegate chooses looks.
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

    explicit IncidentListModel(QObject* parent);
    void setRows(std::vector<engine::IncidentRow> rows);
    /// Who is signed in: incidents assigned to that person say so.
    void setPerson(const QString& person);
    /// A halt voids what people were asked: until somebody resumes, what needs them says so.
    void setHalted(bool isHalted);
    [[nodiscard]] int rowOf(IncidentId id) const; ///< -1 when it is not there
    [[nodiscard]] IncidentId idAt(int row) const;
    [[nodiscard]] int needYou() const;
    [[nodiscard]] int open() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] static QString sourcesOf(const engine::IncidentRow& row);
    [[nodiscard]] QString whenOf(const engine::IncidentRow& row) const;
    [[nodiscard]] QString stateOf(const engine::IncidentRow& row, QString& tone) const;
    std::vector<engine::IncidentRow> m_rows;
    QString m_person;
    bool m_isHalted = false;
    bool m_hasDay = false; ///< the queue is not all of today
};

} // namespace cordon::ui::models
