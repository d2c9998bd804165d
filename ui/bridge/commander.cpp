#include "ui/bridge/commander.h"

#include <QCoreApplication>
#include <QPointer>
#include <QStringList>

namespace cordon::ui::bridge {

ingest::ImportOptions importOptions(const ImportWish& wish)
{
    return {wish.zone.toStdString(), std::chrono::seconds(wish.offsetSeconds), wish.year};
}

Commander::Commander(Sink sink, QObject* parent)
    : QObject(parent)
    , m_sink(std::move(sink))
    , m_person(QStringLiteral("user:local"))
{
}

void Commander::signIn(const QString& person)
{
    if (person == m_person || person.isEmpty())
        return;
    m_person = person;
    emit signedIn(person);
}

void Commander::send(engine::Command command, const QString& what)
{
    m_sink(std::move(command));
    emit submitted(what);
}

void Commander::halt()
{
    send(engine::Halt{by(), "Halt agent pressed in the console"}, tr("The agent is halted."));
}

void Commander::resume(const QStringList& by)
{
    engine::Resume command;
    for (const QString& person : by)
        command.by.push_back(person.toStdString());
    send(std::move(command), tr("Resuming the agent was asked for."));
}

void Commander::submitReply(const QString& reply)
{
    send(engine::SubmitReply{reply.toStdString()}, tr("The signed decision was handed to the engine."));
}

void Commander::undo(const QString& step, bool overwritesDrift)
{
    send(engine::UndoStep{step.toStdString(), by(), overwritesDrift}, tr("Undo of %1 was asked for.").arg(step));
}

void Commander::keepContained(const QString& step, Timestamp until)
{
    send(engine::KeepContained{step.toStdString(), until, by()}, tr("%1 stays contained.").arg(step));
}

void Commander::askAgain(const QString& step)
{
    send(engine::AskAgain{step.toStdString(), by()}, tr("%1 is asked for again.").arg(step));
}

void Commander::doneElsewhere(const QString& step, const QString& note)
{
    send(engine::DoneElsewhere{step.toStdString(), by(), note.toStdString()},
         tr("%1 is said to be done elsewhere; Cordon verifies it.").arg(step));
}

void Commander::skip(const QString& step, const QString& why)
{
    send(engine::SkipStep{step.toStdString(), by(), why.toStdString()}, tr("%1 is skipped.").arg(step));
}

void Commander::assign(IncidentId incident, const QString& to)
{
    send(engine::Assign{incident, to.toStdString(), by()}, tr("The incident is assigned."));
}

void Commander::addNote(IncidentId incident, const QString& text)
{
    send(engine::AddNote{incident, text.toStdString(), by()}, tr("The note is kept."));
}

void Commander::addSources(const QStringList& paths, const ImportWish& wish)
{
    engine::AddSources command;
    command.import = importOptions(wish);
    for (const QString& path : paths)
        command.paths.emplace_back(path.toStdString());
    send(std::move(command), tr("%n source(s) added.", nullptr, static_cast<int>(paths.size())));
}

void Commander::follow(const QStringList& paths, const ImportWish& wish)
{
    engine::Follow command;
    command.import = importOptions(wish);
    command.by = by();
    for (const QString& path : paths)
        command.paths.emplace_back(path.toStdString());
    send(std::move(command), tr("%n source(s) will be followed.", nullptr, static_cast<int>(paths.size())));
}

void Commander::stopFollowing(const QString& path)
{
    send(engine::StopFollowing{path.toStdString(), by()}, tr("%1 is no longer followed; what was read stays.").arg(path));
}

void Commander::cancelReading()
{
    send(engine::CancelReading{}, tr("Reading stops; what was read stays."));
}

void Commander::testDecision(engine::TestQuestion question, QObject* context,
                             std::function<void(const Result<engine::TestedDecision>&)> answer)
{
    const QPointer<QObject> alive(context);
    m_sink(engine::TestDecision{std::move(question), [alive, answer](const Result<engine::TestedDecision>& tested) {
                                    QMetaObject::invokeMethod(
                                        QCoreApplication::instance(),
                                        [alive, answer, tested] {
                                            if (alive)
                                                answer(tested);
                                        },
                                        Qt::QueuedConnection);
                                }});
}

} // namespace cordon::ui::bridge
