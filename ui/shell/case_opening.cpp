#include "ui/shell/case_opening.h"

#include "ui/bridge/commander.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

namespace cordon::ui::shell {
namespace {

/// The value of a top-level `key:` line. Enough for a list of names; the engine reads the file properly.
QString topLevel(const QString& yaml, const QString& key)
{
    const QRegularExpression line(QStringLiteral("^%1:[ ]*(.+)$").arg(key), QRegularExpression::MultilineOption);
    return line.match(yaml).captured(1).trimmed();
}

QString stem(const CaseWish& wish)
{
    if (!wish.exercise.isEmpty() && wish.exercise != QLatin1String("from-log"))
        return wish.exercise;
    return wish.logs.isEmpty() ? QStringLiteral("case") : QFileInfo(wish.logs.front()).completeBaseName();
}

QString freshFolder(const CaseWish& wish, const Places& places)
{
    QString name = stem(wish);
    name.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9._-]")), QStringLiteral("-"));
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    return QDir(places.home).filePath(QStringLiteral("cases/%1-%2.cordon").arg(name.left(60), stamp));
}

} // namespace

Places findPlaces(const QString& home)
{
    Places places;
    places.home = !home.isEmpty() ? home : qEnvironmentVariable("CORDON_HOME");
    if (places.home.isEmpty())
        places.home = QDir(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)).filePath(QStringLiteral("cordon"));
    const QDir program(QCoreApplication::applicationDirPath());
    places.programs = program.path();
    const QStringList candidates{qEnvironmentVariable("CORDON_RESOURCES"), program.filePath(QStringLiteral("../../../resources")),
                                 program.filePath(QStringLiteral("../../resources")),
                                 program.filePath(QStringLiteral("../share/cordon")), QStringLiteral("/usr/share/cordon")};
    for (const QString& candidate : candidates) {
        if (!candidate.isEmpty() && QFileInfo::exists(QDir(candidate).filePath(QStringLiteral("playbooks")))) {
            places.resources = QDir::cleanPath(candidate);
            break;
        }
    }
    return places;
}

std::vector<ExerciseChoice> shippedExercises(const Places& places)
{
    std::vector<ExerciseChoice> found;
    const QDir all(QDir(places.resources).filePath(QStringLiteral("scenarios")));
    for (const QString& name : all.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        QFile file(all.filePath(name + QStringLiteral("/scenario.yaml")));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QString yaml = QString::fromUtf8(file.read(64 * 1024));
        const QString id = topLevel(yaml, QStringLiteral("id"));
        const QString title = topLevel(yaml, QStringLiteral("title"));
        if (!id.isEmpty())
            found.push_back({id, title.isEmpty() ? id : title});
    }
    return found;
}

engine::EngineOptions optionsFor(const CaseWish& wish, const Places& places)
{
    engine::EngineOptions options;
    const QString folder = wish.folder.isEmpty() ? freshFolder(wish, places) : QDir::cleanPath(wish.folder);
    QDir().mkpath(QFileInfo(folder).absolutePath());
    options.folder = folder.toStdString();
    options.home = places.home.toStdString();
    options.resources = places.resources.toStdString();
    for (const QString& log : wish.logs)
        (wish.import.follows ? options.follow : options.logs).emplace_back(log.toStdString());
    for (const QString& map : wish.import.maps)
        options.maps.emplace_back(map.toStdString());
    options.import = bridge::importOptions(wish.import);
    options.exercise = wish.exercise.toStdString();
    options.pace = wish.pace;
    if (wish.exercise == QLatin1String("from-log"))
        options.replay = engine::ReplayMode::Batch;
    else if (!wish.exercise.isEmpty())
        options.replay = engine::ReplayMode::Paced;
    return options;
}

bool isCase(const QString& path)
{
    if (path.endsWith(QLatin1String(".cordonz")) && QFileInfo(path).isFile())
        return true;
    return QFileInfo(path).isDir() && (path.endsWith(QLatin1String(".cordon")) || QFileInfo::exists(path + QStringLiteral("/case.db")));
}

} // namespace cordon::ui::shell
