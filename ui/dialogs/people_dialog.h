#pragma once

#include "ui/bridge/case_source.h"
#include "ui/dialogs/plain_dialog.h"

#include <QString>

#include <functional>
#include <vector>

namespace cordon::ui::dialogs {

/// The people of an exercise with their PIN and authenticator secret, so that approvals can be practised. Only an
/// exercise has such a list: the people of a real case keep their factors to themselves.
class PeopleDialog : public PlainDialog
{
    Q_OBJECT

public:
    /// The six digits that an authenticator shows now for a base32 secret; empty when none can be computed.
    using CodeOf = std::function<QString(const QString& secret)>;

    PeopleDialog(std::vector<engine::PersonRow> people, CodeOf codeOf, QWidget* parent);

private:
    void addPerson(const engine::PersonRow& person);
    void refreshCodes();

    CodeOf m_codeOf;
    struct Code
    {
        QLabel* label;
        QString secret;
    };
    std::vector<Code> m_codes;
};

} // namespace cordon::ui::dialogs
