#pragma once

#include "core/engine/engine.h"
#include "ui/bridge/import_wish.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace cordon::ui::shell {

/// Where things lie on this machine.
struct Places
{
    QString home;      ///< $CORDON_HOME
    QString resources; ///< holds rules/, playbooks/, scenarios/…
    QString programs = {}; ///< folder of cordon_connector
};

/// A shipped exercise, as the first screen offers it.
struct ExerciseChoice
{
    QString id;
    QString title;
};

/// Finds $CORDON_HOME and the resource folder. @param home  from the command line, "" for the usual place
[[nodiscard]] Places findPlaces(const QString& home);
/// The exercises below resources/scenarios, by name.
[[nodiscard]] std::vector<ExerciseChoice> shippedExercises(const Places& places);

/// What a new case acts on.
enum class ActOn {
    Nothing,  ///< it proposes
    Exercise, ///< a tenant derived from the logs
    Systems,  ///< real ones, under the mandate in force
};

/// What the console asks the engine to open. A case folder that is not named is made below the home folder.
struct CaseWish
{
    QString folder;     ///< X.cordon, or ""
    QString exercise;   ///< "", "from-log" or an exercise's id
    QString connect;    ///< settings of the real systems to act on; "": none
    QStringList logs;
    bridge::ImportWish import; ///< what was said of the logs
    double pace = 10.0; ///< log seconds per second in an exercise that is played
};
[[nodiscard]] engine::EngineOptions optionsFor(const CaseWish& wish, const Places& places);

/// True for a case folder or a sealed case, so that it is opened as a case and not read as logs.
[[nodiscard]] bool isCase(const QString& path);

} // namespace cordon::ui::shell
