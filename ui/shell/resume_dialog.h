#pragma once

#include "ui/bridge/case_source.h"
#include "ui/dialogs/plain_dialog.h"

class QCheckBox;

namespace cordon::ui::shell {

/// After a halt: who lets the agent go on. One person: it may observe again; two: it may act again.
class ResumeDialog : public dialogs::PlainDialog
{
    Q_OBJECT

public:
    ResumeDialog(const std::vector<engine::PersonRow>& people, const QString& signedIn, QWidget* parent);

signals:
    void confirmed(const QStringList& by);

private:
    std::vector<std::pair<QCheckBox*, QString>> m_people;
};

} // namespace cordon::ui::shell
