#pragma once

#include "ui/bridge/case_queries.h"
#include "ui/bridge/commander.h"
#include "ui/bridge/engine_bridge.h"

#include <QString>

namespace cordon::ui::shell {

/// What the workspace needs of an open case, borrowed from whoever owns it.
struct CaseLinks
{
    bridge::EngineBridge& notices;
    bridge::CaseQueries& queries;
    bridge::Commander& commander;
    QString name;
    bool isExercise = false;
    QString home = {}; ///< $CORDON_HOME, where the people of the installation are
};

} // namespace cordon::ui::shell
