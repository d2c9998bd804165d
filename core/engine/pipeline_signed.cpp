// Who the people of this case are, and what they say with their signature: directly, or through the inbox.
#include "core/base/display_escape.h"
#include "core/base/log.h"
#include "core/engine/case_documents.h"
#include "core/engine/codec.h"
#include "core/engine/inbox_command.h"
#include "core/engine/people_office.h"
#include "core/engine/person_draft.h"
#include "core/engine/pipeline.h"
#include "core/record/ledger_reader.h"
#include "core/record/sealing_note.h"
#include "core/record/signed_order.h"
#include "core/govern/signed_command.h"
#include "core/govern/small_file.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

namespace fs = std::filesystem;

Value::Array personRows(const govern::PeopleDirectory& people, const govern::PeopleDirectory& own)
{
    Value::Array rows;
    for (const govern::Person& person : people.all()) {
        if (person.isRevoked || own.find(person.id))
            continue;
        rows.push_back(
            Value::Object{{"id", person.id}, {"name", person.name}, {"roles", codec::textList(person.roles)}});
    }
    return rows;
}

/// True when a person is not whom others relied on: retired, another key, or a security key less.
bool isAnother(const govern::Person* still, const govern::Person& before)
{
    if (!still || still->isRevoked != before.isRevoked || still->key != before.key)
        return true;
    return !std::all_of(before.securityKeys.begin(), before.securityKeys.end(),
                        [&](const SecurityKey& key) { return still->securityKey(key.credential) != nullptr; });
}

/// What tells that people changed, or can be looked at no more: their ledger, which is the authority, and its copy.
std::string traceOf(const fs::path& people)
{
    std::string trace;
    for (const char* name : {"people.json", "ledger", "ledger/00000001.log"}) {
        std::error_code none;
        const auto changed = fs::last_write_time(people / name, none);
        const auto size = none || std::string_view(name) == "ledger" ? 0 : fs::file_size(people / name, none);
        trace += none ? "error " + std::to_string(none.value())
                      : std::to_string(changed.time_since_epoch().count()) + ' ' + std::to_string(size);
        trace += '\n';
    }
    return trace;
}

/// Somebody who may less than when they approved did not approve as who they are now.
bool hasLess(const govern::Person& still, const govern::Person& before)
{
    const bool lostRole = std::any_of(before.roles.begin(), before.roles.end(),
                                      [&](const std::string& role) { return !still.hasRole(role); });
    const bool isShorter = before.trainedUntil && (!still.trainedUntil || *still.trainedUntil < *before.trainedUntil);
    return lostRole || isShorter;
}

/// Approvers of open requests who have lost a role since, also while nobody held the case.
std::set<std::string> approversWithLess(const govern::ApprovalDesk& desk, const govern::PeopleDirectory& people)
{
    std::set<std::string> found;
    for (const auto& [id, held] : desk.all()) {
        for (const govern::AcceptedApproval& given : held.accepted) {
            govern::Person before;
            before.roles = given.roles;
            const govern::Person* still = people.find(given.approver);
            if (still && hasLess(*still, before))
                found.insert(given.approver);
        }
    }
    return found;
}

} // namespace

/// The people of an exercise are its own and those of the installation who joined it; elsewhere they are the
/// installation's. Whoever was retired since, has another key, a security key less, fewer roles or shorter training,
/// approved nothing (R7).
Result<void> Pipeline::lookAfterPeople(bool isFirst)
{
    const std::string seen = traceOf(PeopleOffice::folder(m_options.home));
    if (!isFirst && seen == m_peopleSeen)
        return {};
    m_peopleSeen = seen;
    govern::PeopleDirectory now = m_parties ? m_parties->people() : govern::PeopleDirectory();
    const govern::PeopleDirectory own = now;
    const auto roll = PeopleOffice::roll(m_options.home);
    if (!roll) // whoever cannot be checked is nobody
        logError(roll.error().detail);
    std::set<std::string> gone;
    for (const auto& [id, key] : m_joined) {
        const govern::Person* still = roll ? roll->people().find(id) : nullptr;
        if (!still || still->isRevoked || still->key.toString() != key)
            gone.insert(id);
    }
    const std::set<std::string> left = roll ? gone : std::set<std::string>();
    for (const govern::Person& person : roll ? roll->people().all() : std::vector<govern::Person>()) {
        if (m_folder->isExercise() && (m_joined.count(person.id) == 0 || gone.count(person.id) > 0))
            continue;
        if (auto added = now.add(person); !added)
            logWarning(added.error().detail);
    }
    for (const govern::Person& before : m_desk.people.all()) {
        if (isAnother(now.find(before.id), before))
            gone.insert(before.id);
    }
    std::set<std::string> reduced = m_desk.approvals ? approversWithLess(*m_desk.approvals, now) : std::set<std::string>();
    for (const govern::Person& before : m_desk.people.all()) {
        if (const govern::Person* still = now.find(before.id); still && hasLess(*still, before))
            reduced.insert(before.id);
    }
    for (const std::string& person : reduced) {
        if (m_desk.approvals && gone.count(person) == 0)
            CORDON_CHECK(writeDesk(m_desk.approvals->voidPerson(person, "standing_reduced", m_clock.now()), "approval.void"));
    }
    for (const std::string& person : gone) {
        if (m_desk.approvals)
            CORDON_CHECK(writeDesk(m_desk.approvals->voidPerson(person, "key_revoked", m_clock.now()), "approval.void"));
    }
    CORDON_CHECK(letGo(left));
    m_desk.people = std::move(now);
    if (m_desk.approvals) // the ledger says what was approved; that it was, each person's signature says
        CORDON_CHECK(writeDesk(m_desk.approvals->voidUnproven(m_desk.people, m_clock.now()), "approval.void"));
    record::CaseStore& store = m_folder->store();
    CORDON_CHECK(store.write([&] {
        return store.putDocument(documents::peopleKind, "all", json::write(personRows(m_desk.people, own)));
    }));
    CORDON_CHECK(notePeople());
    if (!isFirst)
        notify();
    return {};
}

/// Who joined and was retired since, or has another key, is out of the exercise, and the ledger says so.
Result<void> Pipeline::letGo(const std::set<std::string>& left)
{
    for (const std::string& person : left) {
        LedgerDraft draft;
        draft.type = "person.left";
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.data = Value::Object{{"person", person}, {"why", "key_revoked"}};
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
        m_joined.erase(person);
    }
    return {};
}

/// A real case has no agent yet and people all the same: what they signed once is not taken twice.
Result<void> Pipeline::recallSigned()
{
    CORDON_CHECK(record::eachEntry(m_folder->path(), 0, [this](const LedgerEntry& entry) {
        rememberCommand(m_seenCommands, entry);
        return true;
    }));
    return lookAfterPeople(true);
}

/// A person of the installation comes into an exercise by their own signature, and the ledger names their key.
Result<void> Pipeline::joinExercise(const std::string& text)
{
    CORDON_TRY(const govern::PeopleRoll roll, PeopleOffice::roll(m_options.home));
    CORDON_TRY(const govern::Command command,
               govern::verifyCommand(text, roll.people(), m_folder->ledger().origin(), m_machine.now(),
                                     std::chrono::minutes(10), m_seenCommands));
    CORDON_CHECK(checkClock(command));
    if (!m_parties || m_desk.people.find(command.person))
        return fail(ErrorCode::Conflict, "person_known: " + command.person + " is in this case already");
    const govern::Person& person = *roll.people().find(command.person);
    CORDON_TRY(std::string order, govern::keptCommand(text, person));
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_journal->write(personDraft("person.joined", command.person,
                                            Value::Object{{"key", person.key.toString()},
                                                          {"name", person.name},
                                                          {"roles", codec::textList(person.roles)},
                                                          {"installation", roll.installation()},
                                                          {"nonce", command.nonce},
                                                          {"block", std::move(order)}})));
    m_joined[command.person] = person.key.toString();
    CORDON_CHECK(lookAfterPeople(true));
    notify();
    return {};
}

bool Pipeline::hasSigners() const
{
    const auto& all = m_desk.people.all();
    return std::any_of(all.begin(), all.end(), [](const govern::Person& person) {
        return !person.isRevoked && (person.hasRole("analyst") || person.hasRole("commander"));
    });
}

Result<void> Pipeline::applySigned(const std::string& text, const std::stop_token& stop)
{
    auto done = takeSigned(text, stop);
    if (!done && done.error().code == ErrorCode::DiskFull)
        pauseForRoom(done.error());
    return done;
}

Result<void> Pipeline::takeSigned(const std::string& text, const std::stop_token& stop)
{
    if (m_folder->isExercise() && govern::namedCommand(text) == "join")
        return joinExercise(text);
    const auto refused = [this](const Error& error) { // the entry about it may be the first that finds no room
        if (error.code == ErrorCode::DiskFull)
            pauseForRoom(error);
        return fail(error);
    };
    CORDON_TRY(const govern::Command command,
               govern::verifyCommand(text, m_desk.people, m_folder->ledger().origin(), m_machine.now(),
                                     std::chrono::minutes(10), m_seenCommands));
    if (const auto clock = checkClock(command); !clock) { // whatever its time, halting takes no signature
        return command.command == "halt" && !command.args["drill"].asBool() ? apply(Halt{command.person, command.args["why"].asString(), false}, stop)
                                                                           : clock;
    }
    const govern::Person& person = *m_desk.people.find(command.person);
    CORDON_TRY(const std::string kept, govern::keptCommand(text, person));
    // What a verifier could not read would be somebody's word that nobody can show.
    if (const auto readBack = record::readOrder(kept, command.person, person.key, m_folder->ledger().origin()); !readBack)
        return fail(ErrorCode::Invalid, "command_unreadable: " + readBack.error().detail);
    if (command.command == "sign-in" || command.command == "sign-out") {
        const bool isIn = command.command == "sign-in";
        const auto told = m_journal->write(personDraft(isIn ? "person.signed_in" : "person.signed_out", command.person,
                                                       Value::Object{{"sitting", command.presence},
                                                                     {"nonce", command.nonce},
                                                                     {"order", kept},
                                                                     {"key", person.key.toString()},
                                                                     {"why", command.args["why"].asString().substr(0, 200)}}));
        return told ? Result<void>() : refused(told.error());
    }
    CORDON_TRY(Command asked, commandFrom(command));
    if (HandleEvidence* order = std::get_if<HandleEvidence>(&asked))
        order->order = kept;
    if (BringList* order = std::get_if<BringList>(&asked))
        order->order = kept;
    // Written down before it is obeyed: the same command is not taken twice, not even after a restart. Only a halt is
    // obeyed though nothing can be written, and before the clock is trusted and what waited for that goes on.
    const bool isHalt = std::holds_alternative<Halt>(asked);
    const auto taken = m_journal->write(personDraft("command.taken", command.person,
                                                    Value::Object{{"command", command.command},
                                                                  {"order", kept},
                                                                  {"key", person.key.toString()},
                                                                  {"nonce", command.nonce},
                                                                  {"sitting", command.presence}}));
    if (!taken && !isHalt)
        return refused(taken.error());
    const TakenOrder order{command.command, command.nonce, command.person, taken ? taken->seq : -1};
    if (command.presence.empty() && !isHalt) { // the person's own factors, now; a sitting may be older than the doubt
        if (auto trusted = trustClock(command.person, command.args["clock"].asString(), stop); !trusted) {
            (void)endOrder(order, trusted);
            return refused(trusted.error());
        }
    }
    return carryOut(order, asked, stop);
}

Result<void> Pipeline::takeInbox(const std::stop_token& stop)
{
    const fs::path inbox = record::inboxPath(m_folder->path());
    std::error_code error;
    std::vector<fs::path> commands;
    if (fs::is_symlink(fs::symlink_status(inbox, error))) // of another case, whose commands would be refused here
        return {};
    for (auto item = fs::directory_iterator(inbox, error); !error && item != fs::directory_iterator();
         item.increment(error)) {
        const std::string extension = item->path().extension().string();
        if ((extension == ".command" || extension == ".reply" || extension == record::sealingRequestEnding) && !m_commandsUnderWay.contains(item->path()) &&
            !m_commandsLeft.contains(item->path()))
            commands.push_back(item->path());
    }
    std::sort(commands.begin(), commands.end());
    constexpr std::size_t mostAtOnce = 64; // the others have their turn at the next tick
    commands.resize(std::min(commands.size(), mostAtOnce));
    for (const fs::path& path : commands) {
        m_cause = {path, {}};
        // A name is somebody's text, and only plain files are read: a pipe or a link would lead elsewhere.
        auto text = govern::readSmallFile(path);
        if (text && text->size() > 256U << 10U)
            text = fail(ErrorCode::Invalid, "longer than 256 KiB");
        Result<void> taken;
        if (!text) {
            taken = fail(text.error());
        } else if (path.extension() == ".reply") {
            taken = apply(SubmitReply{*text}, stop);
        } else if (path.extension() == record::sealingRequestEnding) {
            taken = noteSealing(path, *text, stop);
        } else {
            taken = applySigned(*text, stop);
        }
        if (!m_cause.file) { // it became a job, which tells how it ended
            m_commandsUnderWay.insert(path);
            continue;
        }
        m_cause = {};
        CORDON_CHECK(endCommandFile(path, taken));
    }
    return {};
}

Result<void> Pipeline::endCommandFile(const fs::path& file, const Result<void>& taken)
{
    LedgerDraft draft;
    draft.type = taken ? "inbox.taken" : "inbox.refused";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.data = Value::Object{{"file", escapedForDisplay(file.filename().string())},
                               {"why", taken ? std::string() : escapedForDisplay(taken.error().detail).substr(0, 400)}};
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    std::error_code error;
    fs::rename(file, fs::path(file).concat(taken ? ".taken" : ".refused"), error);
    if (error)
        fs::remove(file, error);
    if (error) // it stays; it was handled all the same
        m_commandsLeft.insert(file);
    m_commandsUnderWay.erase(file);
    return {};
}

} // namespace cordon::engine
