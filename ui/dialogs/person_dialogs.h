#pragma once

#include "core/base/time.h"
#include "ui/dialogs/plain_dialog.h"

#include <QDate>
#include <QStringList>

#include <vector>

class QCheckBox;
class QDateEdit;
class QHBoxLayout;

namespace cordon::ui::dialogs {

/// The roles as check boxes, for a form of whoever asks.
[[nodiscard]] std::vector<QCheckBox*> addRoleBoxes(QHBoxLayout* row, const QStringList& chosen, QWidget* parent);
[[nodiscard]] QStringList chosenRoles(const std::vector<QCheckBox*>& boxes);
/// A day, written as 2027-06-01; none before tomorrow.
[[nodiscard]] QDateEdit* makeDayField(const QDate& day, const QString& name, QWidget* parent);
/// The end of that day, UTC.
[[nodiscard]] Timestamp endOf(const QDate& day);

/// Other roles for a person of the installation; an owner signs afterwards.
class RolesDialog : public PlainDialog
{
    Q_OBJECT

public:
    RolesDialog(const QString& person, const QStringList& roles, QWidget* parent);

signals:
    void answered(const QStringList& roles);
};

/// Until when a person is trained; an owner signs afterwards.
class TrainingDialog : public PlainDialog
{
    Q_OBJECT

public:
    TrainingDialog(const QString& person, const QDate& until, QWidget* parent);

signals:
    void answered(const QDate& until);
};

} // namespace cordon::ui::dialogs
