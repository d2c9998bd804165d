#pragma once

#include "ui/bridge/people_desk.h"
#include "ui/dialogs/plain_dialog.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace cordon::ui::dialogs {

/// The people of the installation: who is somebody, what waits for owners, enrolment, another PIN, lost factors. What is
/// to be signed goes to the step-up program.
class InstallationDialog : public PlainDialog
{
    Q_OBJECT

public:
    InstallationDialog(bridge::PeopleDesk& desk, QWidget* parent);
    void say(const QString& line);

signals:
    /// The step-up program is to be opened. @param mode  --enrol, --sign-people, --change-pin or --add-key
    void formRequested(const QString& mode, const QString& person, const QString& text, const QString& installation);

private:
    void show(const QString& installation, const std::vector<bridge::PeopleDesk::Known>& people,
              const std::vector<bridge::PeopleDesk::Waiting>& waiting);
    void addPerson(const bridge::PeopleDesk::Known& person);
    void addWaiting(const bridge::PeopleDesk::Waiting& act);
    void addEnrolment(bool isFirst);
    [[nodiscard]] QString owner() const;

    bridge::PeopleDesk& m_desk;
    QString m_installation;
    QStringList m_owners;
    QVBoxLayout* m_list;
    QComboBox* m_owner = nullptr;
    QLabel* m_line;
};

} // namespace cordon::ui::dialogs
