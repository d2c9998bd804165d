#include "core/tenant/exercise_connector.h"

#include "core/act/permit_check.h"
#include "core/tenant/undo_record.h"

#include <algorithm>
#include <limits>

namespace cordon::tenant {
namespace {

constexpr std::size_t noLimit = std::numeric_limits<std::size_t>::max();

Result<void> checkStop(const std::stop_token& stop)
{
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "asked to stop before the call");
    return {};
}

/// Faults that end a call before it did anything. Others are the caller's to play out.
Result<void> failEarly(Tenant& tenant, const std::optional<Fault>& fault, const std::string& call,
                       const std::stop_token& stop)
{
    if (!fault)
        return {};
    switch (*fault) {
    case Fault::Refuse:
        return fail(ErrorCode::Denied, "AccessDenied: the provider refused " + call);
    case Fault::Throttle:
        return fail(ErrorCode::Denied, "ThrottlingException: too many requests, " + call + " was not done");
    case Fault::Unreachable:
        return fail(ErrorCode::Io, "no answer to " + call);
    case Fault::ServerError:
        return fail(ErrorCode::Io, "InternalFailure: status 503, " + call);
    case Fault::Hang:
        return tenant.hang(call, stop);
    case Fault::Timeout:
    case Fault::Lie:
    case Fault::HalfDone:
    case Fault::BrokenOff:
        break;
    }
    return {};
}

tl::unexpected<Error> brokenOff(const std::string& call)
{
    return fail(ErrorCode::Io, "InternalFailure: status 503 to a later call of " + call);
}

/// For reads a lost answer is all that a fault can mean.
Result<void> failRead(Tenant& tenant, const std::string& call, const std::stop_token& stop)
{
    CORDON_TRY(const auto fault, tenant.takeFault(call));
    if (fault && *fault != Fault::Refuse && *fault != Fault::Hang)
        return fail(ErrorCode::Io, "no answer to " + call);
    return failEarly(tenant, fault, call, stop);
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text += (text.empty() ? "" : "; ") + line;
    return text;
}

/// One target: its attributes. Several: attributes by target.
void addChange(Value& values, bool isSingle, const StateChange& change, const Value& value)
{
    if (isSingle) {
        values.set(change.attribute, value);
        return;
    }
    Value attributes = values[change.entity.key()];
    attributes.set(change.attribute, value);
    values.set(change.entity.key(), std::move(attributes));
}

/// Opens or continues the change record that the verb speaks of and gives its name.
Result<std::string> keepChangeRecord(Tenant& tenant, const Action& action)
{
    store::Database& database = tenant.database();
    if (action.type == "change.open") {
        CORDON_TRY(auto insert,
                   database.prepare("INSERT INTO change_record (incident, title, at) VALUES (?1, ?2, ?3)"));
        insert.bind(1, action.incident).bind(2, "Containment for " + action.incident);
        CORDON_CHECK(insert.bind(3, tenant.now().micros()).run());
        return "CHG-" + std::to_string(database.lastRowId());
    }
    CORDON_TRY(auto find,
               database.prepare("SELECT id FROM change_record WHERE incident = ?1 ORDER BY id DESC LIMIT 1"));
    find.bind(1, action.incident);
    CORDON_TRY(const bool hasRow, find.step());
    if (!hasRow)
        return fail(ErrorCode::NotFound, "no change record is open for " + action.incident);
    const std::int64_t change = find.integer(0);
    find.reset();
    CORDON_TRY(auto insert, database.prepare("INSERT INTO change_note (change, text, at) VALUES (?1, ?2, ?3)"));
    const std::string& summary = action.params["summary"].asString();
    insert.bind(1, change).bind(2, summary.empty() ? action.params["record"].asString() : summary);
    CORDON_CHECK(insert.bind(3, tenant.now().micros()).run());
    return "CHG-" + std::to_string(change);
}

} // namespace

bool ExerciseConnector::holds(const EntityRef& entity) const
{
    return m_part.prefixes.empty() ||
           std::any_of(m_part.prefixes.begin(), m_part.prefixes.end(),
                       [&entity](const std::string& prefix) { return entity.id.starts_with(prefix); });
}

std::vector<act::Capability> ExerciseConnector::capabilities() const
{
    std::vector<act::Capability> capabilities;
    for (const Verb& verb : verbCatalogue())
        capabilities.push_back({std::string(verb.name), verb.back, std::string(verb.undo)});
    return capabilities;
}

Result<TargetFacts> ExerciseConnector::inspect(const EntityRef& target, const std::stop_token& stop)
{
    CORDON_CHECK(checkStop(stop));
    CORDON_CHECK(m_tenant.takeTime(m_part.connector, stop));
    CORDON_CHECK(failRead(m_tenant, "inspect", stop));
    return m_tenant.facts(target);
}

Result<Preview> ExerciseConnector::preview(const Action& action, const std::stop_token& stop)
{
    CORDON_CHECK(checkStop(stop));
    CORDON_CHECK(m_tenant.takeTime(m_part.connector, stop));
    CORDON_CHECK(failRead(m_tenant, "preview", stop));
    CORDON_TRY(const Deed deed, planDeed(m_tenant, action));
    Preview preview;
    preview.request = joined(deed.requests);
    const bool isSingle = action.targets.size() == 1;
    for (const StateChange& change : deed.changes) {
        addChange(preview.before, isSingle, change, change.before);
        addChange(preview.after, isSingle, change, change.after);
    }
    preview.dependents = deed.dependents;
    preview.stillOpen = deed.stillOpen;
    preview.undo = deed.undo;
    if (deed.hasUndo)
        preview.undoRecord = UndoRecord{{}, action.type, {}, {}, deed.moves}.toValue();
    return preview;
}

Result<std::string> ExerciseConnector::spend(const Permit& permit, const Action& action)
{
    CORDON_CHECK(act::checkPermit(permit, action, name(), m_tenant.now()));
    if (action.tenant != tenant())
        return fail(ErrorCode::Denied, "the action is for tenant '" + action.tenant + "', this is '" + tenant() + "'");
    CORDON_TRY(const Digest digest, act::actionDigest(action));
    CORDON_CHECK(m_tenant.takeSerial(permit.serial(), digest.hex()));
    return digest.hex();
}

Result<act::ExecuteReply> ExerciseConnector::execute(Permit permit, const Action& action, const std::stop_token& stop)
{
    CORDON_CHECK(checkStop(stop));
    CORDON_CHECK(m_tenant.takeTime(m_part.connector, stop));
    CORDON_TRY(const std::string digest, spend(permit, action));
    CORDON_TRY(const std::optional<Fault> fault, m_tenant.takeFault(action.type));
    CORDON_CHECK(failEarly(m_tenant, fault, action.type, stop));
    CORDON_TRY(const Deed deed, planDeed(m_tenant, action));
    if (fault == Fault::Lie)
        return act::ExecuteReply{Value(), "done: " + joined(deed.requests)};
    const std::size_t all = deed.changes.size() + deed.made.size() + deed.removed.size();
    const std::size_t limit = fault == Fault::HalfDone ? all / 2 : fault == Fault::BrokenOff ? (all + 1) / 2 : noLimit;
    auto reply = carryOut(deed, action, digest, permit.serial(), limit);
    if (reply && fault == Fault::BrokenOff)
        return brokenOff(action.type);
    if (reply && fault == Fault::Timeout)
        return fail(ErrorCode::Io, "no answer to " + action.type);
    return reply;
}

Result<act::ExecuteReply> ExerciseConnector::carryOut(const Deed& deed, const Action& action, const std::string& digest,
                                                      const std::string& serial, std::size_t limit)
{
    const std::string hand = "cordon:" + serial;
    const bool isWhole = limit == noLimit;
    UndoRecord undo{serial, action.type, {}, {}, {}};
    Value note = deed.note;
    CORDON_TRY(auto transaction, store::Transaction::begin(m_tenant.database()));
    for (const StateChange& change : deed.changes) {
        if (limit == 0)
            break;
        --limit;
        CORDON_TRY(const std::int64_t seq, m_tenant.setState(change.entity, change.attribute, change.after, hand));
        undo.changes.push_back({change.entity, change.attribute, change.before, seq});
    }
    for (const EntityRecord& made : deed.made) {
        if (limit == 0)
            break;
        --limit;
        CORDON_CHECK(m_tenant.put(made, hand, m_tenant.now()));
        undo.made.push_back(made.ref);
    }
    for (const EntityRef& gone : deed.removed) {
        if (limit == 0)
            break;
        --limit;
        CORDON_CHECK(m_tenant.remove(gone, m_tenant.now()));
    }
    if (isWhole) {
        for (const Deed::Move& move : deed.moves)
            CORDON_CHECK(m_tenant.moveDependent(move.by, move.from, move.to));
        undo.moves = deed.moves;
        if (action.type == "change.open" || action.type == "change.note") {
            CORDON_TRY(const std::string record, keepChangeRecord(m_tenant, action));
            note.set("change", record);
        }
        CORDON_CHECK(m_tenant.addDeed(digest, serial, action.type, note));
    }
    CORDON_CHECK(transaction.commit());
    const std::string record = note["change"].asString();
    return act::ExecuteReply{deed.hasUndo ? undo.toValue() : Value(),
                             "done: " + joined(deed.requests) + (record.empty() ? "" : ", record " + record)};
}

Result<Outcome> ExerciseConnector::verify(const Action& action, const std::stop_token& stop)
{
    CORDON_CHECK(checkStop(stop));
    CORDON_CHECK(m_tenant.takeTime(m_part.connector, stop));
    CORDON_CHECK(failRead(m_tenant, "verify", stop));
    CORDON_TRY(const Digest digest, act::actionDigest(action));
    return checkEffect(m_tenant, action, digest.hex());
}

Result<act::ExecuteReply> ExerciseConnector::undo(Permit permit, const Action& action, const Value& undoRecord,
                                                  bool overwritesDrift, const std::stop_token& stop)
{
    CORDON_CHECK(checkStop(stop));
    CORDON_CHECK(m_tenant.takeTime(m_part.connector, stop));
    const Verb* verb = findVerb(action.type);
    if (!verb || verb->back == Back::None || undoRecord.isNull())
        return fail(ErrorCode::Unsupported, action.type + " cannot be taken back");
    CORDON_TRY(UndoRecord record, UndoRecord::fromValue(undoRecord));
    if (record.verb != action.type)
        return fail(ErrorCode::Invalid, "the undo record is of " + record.verb + ", not of " + action.type);
    CORDON_TRY(const std::string digest, spend(permit, action));
    if (record.serial.empty()) {
        CORDON_TRY(record, found(m_tenant, record, digest, permit.serial()));
    }
    CORDON_TRY(const std::optional<Fault> fault, m_tenant.takeFault("undo"));
    CORDON_CHECK(failEarly(m_tenant, fault, "undo", stop));
    if (fault == Fault::Lie)
        return act::ExecuteReply{Value(), "taken back: " + action.type};
    const std::size_t all = record.changes.size() + record.made.size();
    const std::size_t limit = fault == Fault::HalfDone ? all / 2 : fault == Fault::BrokenOff ? (all + 1) / 2 : noLimit;
    CORDON_TRY(auto transaction, store::Transaction::begin(m_tenant.database()));
    CORDON_CHECK(takeBack(m_tenant, record, "cordon:" + permit.serial(), overwritesDrift, limit));
    CORDON_CHECK(transaction.commit());
    if (fault == Fault::BrokenOff)
        return brokenOff("undo");
    if (fault == Fault::Timeout)
        return fail(ErrorCode::Io, "no answer to undo");
    return act::ExecuteReply{Value(), "taken back: " + action.type};
}

} // namespace cordon::tenant
