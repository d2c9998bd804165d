#pragma once

#include "core/engine/case_reader.h"
#include "core/engine/commands.h"
#include "core/engine/sitting.h"
#include "ui/bridge/import_wish.h"

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace cordon::ui::bridge {

/// What a person said about logs, as the engine takes it.
[[nodiscard]] ingest::ImportOptions importOptions(const ImportWish& wish);

/// Hands a person's commands to the engine, each under a signature: what is of no consequence to containment by the key
/// of the sitting, everything else by the person's own factors in the step-up program. GUI thread; never blocks.
/// Source: docs/formats/people.md, "Presence"
class Commander : public QObject
{
    Q_OBJECT

public:
    using Sink = std::function<void(engine::Command)>;
    /// @param caseFolder  whose ledger the signatures name
    explicit Commander(Sink sink, const QString& caseFolder = {}, QObject* parent = nullptr);

    /// Who is at the desk, such as user:analyst-a; "" while nobody is.
    [[nodiscard]] const QString& person() const { return m_person; }
    /// Somebody else sits down; a sitting of who was there ends.
    void choose(const QString& person);
    /// Who the people of the case are, and their roles.
    void setPeople(std::vector<engine::PersonRow> people);
    /// The row of who is at the desk; null while that is nobody of the case.
    [[nodiscard]] const engine::PersonRow* personRow() const;
    [[nodiscard]] const std::vector<engine::PersonRow>& people() const { return m_people; }
    /// Whether the person at the desk proved to be there.
    [[nodiscard]] bool isSignedIn() const { return m_sitting.hasBegun(); }
    /// What the step-up program is to sign for a sign-in.
    [[nodiscard]] QString signInWish() const { return QString::fromStdString(m_sitting.wish()); }
    /// The presence that came back from it. What waited for it goes out. @return false for one of another sitting, or
    /// that nobody signed whom the installation or the exercise knows
    bool beginSitting(const QString& presence, const std::filesystem::path& home, const std::filesystem::path& exercisePeople);
    /// The key of the sitting is dropped. @param why  "left", "idle" or "locked", for the ledger
    void endSitting(const QString& why);
    /// A command that the person signed with their own factors.
    void submitSigned(const QString& text, const QString& what);
    void forgetWaiting() { m_waiting.clear(); }

    /// Takes effect before this returns.
    void halt();
    /// Halts as any halt does, and is kept as a drill.
    void drill();
    void resume();
    /// Somebody looked at what failed: the paused session goes on.
    void continueSession(IncidentId incident);
    void submitReply(const QString& reply);
    void undo(const QString& step, bool overwritesDrift);
    void keepContained(const QString& step, Timestamp until);
    void doneElsewhere(const QString& step, const QString& note);
    void skip(const QString& step, const QString& why);
    void askAgain(const QString& step);
    /// @param act  step-move, step-add, step-edit, step-restore; `args` as the engine takes them
    void changeSequence(const std::string& act, Value args, const QString& said);
    void assign(IncidentId incident, const QString& to);
    void addNote(IncidentId incident, const QString& text);
    void closeIncident(IncidentId incident, Verdict verdict, const QString& reason);
    void reopenIncident(IncidentId incident, const QString& reason);
    /// Merges, splits, moves alerts or takes such an order back; with the person's own factors.
    /// @param act  merge, split, move, undo-arrangement
    void arrange(const QString& act, Value args);
    /// A file whose bytes are in the vault under this digest becomes an exhibit of the person's.
    void addExhibit(const QString& digest, const QString& file, const QString& note, bool isHeld);
    /// A list whose bytes are in the vault under this digest counts from now on.
    /// @param args  what the person said of it
    void importList(bool isInventory, const QString& digest, const QString& file, Value args);
    /// Under legal hold from now on; lifting it takes the person's own factors.
    /// Both are signed with the person's own factors. @param items  their digests
    void handOverEvidence(const QStringList& items, const QString& to, const QString& purpose);
    void receiveEvidence(const QString& transfer, const QString& condition);
    /// Takes the key of an encrypted item away, for ever.
    void eraseEvidence(const QString& item, const QString& purpose);
    void setHold(const QString& item, bool isHeld, const QString& why);
    void addSources(const QStringList& paths, const ImportWish& wish = {});
    void follow(const QStringList& paths, const ImportWish& wish = {});
    void stopFollowing(const QString& path);
    void cancelReading();
    /// Asks the gate without acting. `answer` comes here on the GUI thread, unless `context` is gone by then.
    void testDecision(engine::TestQuestion question, QObject* context,
                      std::function<void(const Result<engine::TestedDecision>&)> answer);
    void takeOver();

signals:
    void personChosen(const QString& person);
    void signedInChanged(bool isSignedIn);
    /// Somebody else is at the desk, or people have other roles.
    void rolesChanged();
    /// Something waits for the person to sign in.
    void signInNeeded();
    /// A command that the step-up program has to sign with the person's factors.
    void factorsNeeded(const QString& order, const QString& what);
    /// A command went out; its name, for the status line.
    void submitted(const QString& what);

private:
    struct Waiting
    {
        std::string command;
        Value args;
        QString what;
    };
    void send(engine::Command command, const QString& what);
    void small(Waiting command);
    void grave(const std::string& command, Value args, const QString& what);
    [[nodiscard]] std::string by() const { return m_person.isEmpty() ? "user:local" : m_person.toStdString(); }

    Sink m_sink;
    std::filesystem::path m_caseFolder;
    engine::Sitting m_sitting;
    QString m_person;
    std::vector<engine::PersonRow> m_people;
    std::vector<Waiting> m_waiting; ///< for a sign-in
};

} // namespace cordon::ui::bridge
