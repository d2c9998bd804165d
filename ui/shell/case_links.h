#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/bridge/commander.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/systems_desk.h"

#include <QString>

#include <memory>

namespace cordon::ui::shell {

/// What the workspace needs of an open case, borrowed from whoever owns it.
struct CaseLinks
{
    bridge::EngineBridge& notices;
    bridge::CaseQueries& queries;
    bridge::Commander& commander;
    QString name;
    bool isExercise = false;
    QString place = {}; ///< case folder or sealed case
    QString resources = {}; ///< holds rules/
    QString home = {}; ///< $CORDON_HOME, where the people of the installation are
    bridge::SystemsDesk* desk = nullptr;                 ///< null: real systems are nothing to this window
    std::shared_ptr<engine::ConnectedSystems> systems = {}; ///< that this case is to act on; null: none
    QString settings = {};                               ///< of them, or those that they could be connected by

    [[nodiscard]] bool isSealed() const { return place.endsWith(QLatin1String(".cordonz")); }
};

} // namespace cordon::ui::shell
