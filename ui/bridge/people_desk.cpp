#include "ui/bridge/people_desk.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace cordon::ui::bridge {
namespace {

const MachineClock& machineClock()
{
    static const MachineClock clock;
    return clock;
}

QStringList texts(const std::vector<std::string>& items)
{
    QStringList list;
    for (const std::string& item : items)
        list += QString::fromStdString(item);
    return list;
}

} // namespace

PeopleDesk::PeopleDesk(const QString& home, QObject* parent)
    : QObject(parent)
    , m_home(home.toStdString())
{
}

QString PeopleDesk::folder() const
{
    return QString::fromStdString(engine::PeopleOffice::folder(m_home).string());
}

/// Runs `task` on a pool thread and what it answers back here, unless this is gone by then.
void PeopleDesk::work(std::function<std::function<void()>(Result<engine::PeopleOffice>&)> task)
{
    const QPointer<PeopleDesk> alive(this);
    QThreadPool::globalInstance()->start([alive, home = m_home, task = std::move(task)] {
        auto office = engine::PeopleOffice::open(home, machineClock());
        std::function<void()> answer = task(office);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [alive, answer = std::move(answer)] {
                if (alive)
                    answer();
            },
            Qt::QueuedConnection);
    });
}

void PeopleDesk::refresh()
{
    work([this](Result<engine::PeopleOffice>& office) -> std::function<void()> {
        if (!office)
            return [this, why = QString::fromStdString(office.error().detail)] { emit failed(why); };
        std::vector<Known> people;
        for (const auto& person : office->roll().people().all()) {
            QStringList keys;
            for (const SecurityKey& key : person.securityKeys)
                keys += QString::fromStdString(key.name);
            people.push_back({QString::fromStdString(person.id), QString::fromStdString(person.name),
                              texts(person.roles), QString::fromStdString(person.key.fingerprint()), keys,
                              person.isTrainedAt(machineClock().now()), person.trainedUntil, person.isRevoked});
        }
        std::vector<Waiting> waiting;
        for (const engine::PeopleOffice::Pending& act : office->pending())
            waiting.push_back({QString::fromStdString(act.what), QString::fromStdString(act.block),
                               static_cast<int>(act.standing.owners.size()), act.standing.ownersNeeded});
        return [this, installation = QString::fromStdString(office->roll().installation()), people = std::move(people),
                waiting = std::move(waiting)] { emit listed(installation, people, waiting); };
    });
}

void PeopleDesk::draw(const Draft& draft)
{
    work([this, draft](Result<engine::PeopleOffice>& office) -> std::function<void()> {
        std::vector<std::string> roles;
        for (const QString& role : draft.roles)
            roles.push_back(role.toStdString());
        const auto text = office ? office->draft(draft.kind, draft.person.toStdString(), draft.name.toStdString(), roles, {}, draft.trainedUntil)
                                 : Result<std::string>(fail(office.error()));
        if (!text)
            return [this, why = QString::fromStdString(text.error().detail)] { emit failed(why); };
        using Kind = engine::PeopleOffice::Kind;
        const QString mode = draft.kind == Kind::Enrol || draft.kind == Kind::Rekey ? QStringLiteral("--enrol")
                             : draft.kind == Kind::AddKey                           ? QStringLiteral("--add-key")
                                                                                    : QStringLiteral("--sign-people");
        return [this, drawnText = QString::fromStdString(*text), mode, person = draft.person] {
            emit drawn(drawnText, mode, person);
        };
    });
}

void PeopleDesk::submit(const QString& block)
{
    work([this, text = block.toStdString()](Result<engine::PeopleOffice>& office) -> std::function<void()> {
        if (!office)
            return [this, why = QString::fromStdString(office.error().detail)] { emit failed(why); };
        const auto answer = office->submit(text);
        if (!answer)
            return [this, why = QString::fromStdString(answer.error().detail)] { emit failed(why); };
        return [this, isTaken = answer->isTaken] { emit handedIn(isTaken); };
    });
}

} // namespace cordon::ui::bridge
