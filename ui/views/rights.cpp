#include "ui/views/rights.h"

#include "ui/text/names.h"

#include <QCoreApplication>
#include <QWidget>

#include <algorithm>

namespace cordon::ui::views {
namespace {

class Rights
{
    Q_DECLARE_TR_FUNCTIONS(Rights)
};

} // namespace

QString whyNot(const bridge::Commander& commander)
{
    if (commander.people().empty())
        return {};
    const engine::PersonRow* person = commander.personRow();
    if (!person)
        return Rights::tr("Takes an analyst or a commander. Nobody of this case is at the desk: choose who you are in the status bar.");
    const bool decides = std::any_of(person->roles.begin(), person->roles.end(),
                                     [](const std::string& role) { return role == "analyst" || role == "commander"; });
    if (decides)
        return {};
    return Rights::tr("Takes an analyst or a commander. %1 at the desk is %2.", "person, roles")
        .arg(text::personName(person->id), text::roleNames(person->roles));
}

void permit(QWidget* control, const QString& why, const QString& usualTip)
{
    control->setEnabled(why.isEmpty());
    control->setToolTip(why.isEmpty() ? usualTip : why);
    control->setAccessibleDescription(why);
}

} // namespace cordon::ui::views
