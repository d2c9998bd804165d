#pragma once

#include "core/engine/commands.h"
#include "ui/bridge/import_wish.h"

#include <QObject>
#include <QString>

#include <functional>

namespace cordon::ui::bridge {

/// What a person said about logs, as the engine takes it.
[[nodiscard]] ingest::ImportOptions importOptions(const ImportWish& wish);

/// Hands a person's commands to the engine under the name of who is signed in. GUI thread; never blocks.
class Commander : public QObject
{
    Q_OBJECT

public:
    using Sink = std::function<void(engine::Command)>;
    explicit Commander(Sink sink, QObject* parent = nullptr);

    [[nodiscard]] const QString& person() const { return m_person; }
    /// @param person  such as user:analyst-a
    void signIn(const QString& person);

    /// Takes effect before this returns.
    void halt();
    void resume(const QStringList& by);
    void submitReply(const QString& reply);
    void undo(const QString& step, bool overwritesDrift);
    void keepContained(const QString& step, Timestamp until);
    void askAgain(const QString& step);
    void doneElsewhere(const QString& step, const QString& note);
    void skip(const QString& step, const QString& why);
    void assign(IncidentId incident, const QString& to);
    void addNote(IncidentId incident, const QString& text);
    void addSources(const QStringList& paths, const ImportWish& wish = {});
    void follow(const QStringList& paths, const ImportWish& wish = {});
    void stopFollowing(const QString& path);
    void cancelReading();
    /// Asks the gate without acting. `answer` comes here on the GUI thread, unless `context` is gone by then.
    void testDecision(engine::TestQuestion question, QObject* context,
                      std::function<void(const Result<engine::TestedDecision>&)> answer);

signals:
    void signedIn(const QString& person);
    /// A command went out; its name, for the status line.
    void submitted(const QString& what);

private:
    void send(engine::Command command, const QString& what);
    [[nodiscard]] std::string by() const { return m_person.toStdString(); }

    Sink m_sink;
    QString m_person;
};

} // namespace cordon::ui::bridge
