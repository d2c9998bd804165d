#include "ui/bridge/commander.h"

#include "core/domain/incident.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>
#include <QStringList>

#include <algorithm>

namespace cordon::ui::bridge {

ingest::ImportOptions importOptions(const ImportWish& wish)
{
    return {wish.zone.toStdString(), std::chrono::seconds(wish.offsetSeconds), wish.year};
}

namespace {

Value logArguments(const QStringList& paths, const ImportWish& wish)
{
    Value::Array list;
    for (const QString& path : paths)
        list.emplace_back(QFileInfo(path).absoluteFilePath().toStdString());
    return Value::Object{{"paths", std::move(list)},
                         {"zone", wish.zone.toStdString()},
                         {"offset_seconds", static_cast<std::int64_t>(wish.offsetSeconds)},
                         {"year", wish.year}};
}

} // namespace

Commander::Commander(Sink sink, const QString& caseFolder, QObject* parent)
    : QObject(parent)
    , m_sink(std::move(sink))
    , m_caseFolder(caseFolder.toStdString())
    , m_sitting(m_caseFolder)
{
}

void Commander::choose(const QString& person)
{
    if (person == m_person || person.isEmpty())
        return;
    endSitting(QStringLiteral("left"));
    m_waiting.clear();
    m_person = person;
    emit personChosen(person);
    emit rolesChanged();
}

void Commander::setPeople(std::vector<engine::PersonRow> people)
{
    const bool isSame = std::equal(people.begin(), people.end(), m_people.begin(), m_people.end(),
                                   [](const engine::PersonRow& a, const engine::PersonRow& b) { return a.id == b.id && a.roles == b.roles; });
    m_people = std::move(people);
    if (!isSame)
        emit rolesChanged();
}

const engine::PersonRow* Commander::personRow() const
{
    const auto found = std::find_if(m_people.begin(), m_people.end(),
                                    [this](const engine::PersonRow& row) { return row.id == m_person.toStdString(); });
    return found == m_people.end() ? nullptr : &*found;
}

bool Commander::beginSitting(const QString& presence, const std::filesystem::path& home,
                             const std::filesystem::path& exercisePeople)
{
    const auto people = engine::peopleAtDesk(home, exercisePeople);
    if (!people || !m_sitting.begin(presence.toStdString(), *people))
        return false;
    if (const QString person = QString::fromStdString(m_sitting.person()); person != m_person) {
        m_person = person;
        emit personChosen(person);
        emit rolesChanged();
    }
    std::vector<Waiting> waiting{{"sign-in", Value::Object{}, tr("You are signed in.")}};
    for (Waiting& command : m_waiting)
        waiting.push_back(std::move(command));
    m_waiting.clear();
    emit signedInChanged(true);
    for (Waiting& command : waiting)
        small(std::move(command));
    return true;
}

void Commander::endSitting(const QString& why)
{
    if (!m_sitting.hasBegun())
        return;
    small({"sign-out", Value::Object{{"why", why.toStdString()}}, tr("You are signed out.")});
    m_sitting = engine::Sitting(m_caseFolder);
    emit signedInChanged(false);
}

void Commander::submitSigned(const QString& text, const QString& what)
{
    send(engine::Signed{text.toStdString()}, what);
}

void Commander::send(engine::Command command, const QString& what)
{
    m_sink(std::move(command));
    emit submitted(what);
}

void Commander::small(Waiting command)
{
    if (!m_sitting.hasBegun()) {
        m_waiting.push_back(std::move(command));
        emit signInNeeded();
        return;
    }
    if (auto text = m_sitting.sign(command.command, std::move(command.args)))
        send(engine::Signed{std::move(*text)}, command.what);
}

void Commander::grave(const std::string& command, Value args, const QString& what)
{
    emit factorsNeeded(QString::fromStdString(m_sitting.order(command, std::move(args))), what);
}

void Commander::halt()
{
    send(engine::Halt{by(), "Halt agent pressed in the console"}, tr("The agent is halted."));
}

void Commander::drill()
{
    send(engine::Halt{by(), "Drill started in the console", true}, tr("The agent is halted, as a drill."));
}

void Commander::resume()
{
    grave("resume", Value::Object{}, tr("Resuming the agent was asked for."));
}

void Commander::submitReply(const QString& reply)
{
    send(engine::SubmitReply{reply.toStdString()}, tr("The signed decision was handed to the engine."));
}

void Commander::undo(const QString& step, bool overwritesDrift)
{
    grave("undo", Value::Object{{"step", step.toStdString()}, {"overwrite_drift", overwritesDrift}},
          tr("Undo of %1 was asked for.").arg(step));
}

void Commander::keepContained(const QString& step, Timestamp until)
{
    grave("keep", Value::Object{{"step", step.toStdString()}, {"until", until.toString()}},
          tr("%1 stays contained.").arg(step));
}

void Commander::doneElsewhere(const QString& step, const QString& note)
{
    grave("done-elsewhere", Value::Object{{"step", step.toStdString()}, {"note", note.toStdString()}},
          tr("%1 is said to be done elsewhere; Cordon verifies it.").arg(step));
}

void Commander::continueSession(IncidentId incident)
{
    const std::string id = toString(incident);
    grave("continue", Value::Object{{"incident", id}}, tr("The session on %1 may go on.").arg(QString::fromStdString(id)));
}

void Commander::skip(const QString& step, const QString& why)
{
    small({"skip", Value::Object{{"step", step.toStdString()}, {"why", why.toStdString()}}, tr("%1 is skipped.").arg(step)});
}

void Commander::changeSequence(const std::string& act, Value args, const QString& said)
{
    grave(act, std::move(args), said);
}

void Commander::askAgain(const QString& step)
{
    small({"ask-again", Value::Object{{"step", step.toStdString()}}, tr("%1 is put before people again.").arg(step)});
}

void Commander::assign(IncidentId incident, const QString& to)
{
    small({"assign", Value::Object{{"incident", toString(incident)}, {"to", to.toStdString()}}, tr("The incident is assigned.")});
}

void Commander::addNote(IncidentId incident, const QString& text)
{
    small({"note", Value::Object{{"incident", toString(incident)}, {"text", text.toStdString()}}, tr("The note is kept.")});
}

void Commander::closeIncident(IncidentId incident, Verdict verdict, const QString& reason)
{
    small({"close",
           Value::Object{{"incident", toString(incident)}, {"verdict", toString(verdict)}, {"reason", reason.toStdString()}},
           tr("The incident is closed.")});
}

void Commander::reopenIncident(IncidentId incident, const QString& reason)
{
    small({"reopen", Value::Object{{"incident", toString(incident)}, {"reason", reason.toStdString()}},
           tr("The incident is open again.")});
}

void Commander::arrange(const QString& act, Value args)
{
    grave(act.toStdString(), std::move(args), tr("Arranging the incidents was asked for."));
}

void Commander::addExhibit(const QString& digest, const QString& file, const QString& note, bool isHeld)
{
    small({"exhibit-add",
           Value::Object{{"digest", digest.toStdString()},
                         {"name", QFileInfo(file).fileName().toStdString()},
                         {"source", file.toStdString()},
                         {"note", note.toStdString()},
                         {"hold", isHeld}},
           tr("The exhibit is kept.")});
}

void Commander::importList(bool isInventory, const QString& digest, const QString& file, Value args)
{
    args.set("digest", digest.toStdString());
    args.set("source", QFileInfo(file).fileName().toStdString());
    small({isInventory ? "inventory-import" : "indicators-import", std::move(args), tr("The list is imported.")});
}

void Commander::handOverEvidence(const QStringList& items, const QString& to, const QString& purpose)
{
    Value::Array named;
    for (const QString& item : items)
        named.emplace_back(item.toStdString());
    grave("evidence-transfer",
          Value::Object{{"items", std::move(named)}, {"to", to.toStdString()}, {"purpose", purpose.toStdString()}},
          tr("Handing over the evidence was asked for."));
}

void Commander::receiveEvidence(const QString& transfer, const QString& condition)
{
    grave("evidence-receive",
          Value::Object{{"transfer", transfer.toStdString()}, {"condition", condition.toStdString()}},
          tr("Taking over %1 was asked for; every byte is checked first.").arg(transfer));
}

void Commander::eraseEvidence(const QString& item, const QString& purpose)
{
    grave("evidence-erase", Value::Object{{"item", item.toStdString()}, {"purpose", purpose.toStdString()}},
          tr("Erasing the evidence was asked for."));
}

void Commander::setHold(const QString& item, bool isHeld, const QString& why)
{
    Value args = Value::Object{{"item", item.toStdString()}, {"purpose", why.toStdString()}};
    if (isHeld)
        small({"evidence-hold", std::move(args), tr("It is under legal hold.")});
    else
        grave("evidence-release", std::move(args), tr("Lifting the legal hold was asked for."));
}

void Commander::addSources(const QStringList& paths, const ImportWish& wish)
{
    const QString what = tr("%n source(s) added.", nullptr, static_cast<int>(paths.size()));
    if (!m_person.isEmpty())
        return small({"add-sources", logArguments(paths, wish), what});
    engine::AddSources command; // nobody is known here who could sign
    command.import = importOptions(wish);
    for (const QString& path : paths)
        command.paths.emplace_back(path.toStdString());
    send(std::move(command), what);
}

void Commander::follow(const QStringList& paths, const ImportWish& wish)
{
    const QString what = tr("%n source(s) will be followed.", nullptr, static_cast<int>(paths.size()));
    if (!m_person.isEmpty())
        return small({"follow", logArguments(paths, wish), what});
    engine::Follow command;
    command.import = importOptions(wish);
    command.by = by();
    for (const QString& path : paths)
        command.paths.emplace_back(path.toStdString());
    send(std::move(command), what);
}

void Commander::stopFollowing(const QString& path)
{
    const QString what = tr("%1 is no longer followed; what was read stays.").arg(path);
    if (!m_person.isEmpty())
        return small({"stop-following", logArguments({path}, {}), what});
    send(engine::StopFollowing{path.toStdString(), by()}, what);
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

void Commander::takeOver()
{
    send(engine::TakeOver{}, tr("Taking the case over."));
}

} // namespace cordon::ui::bridge
