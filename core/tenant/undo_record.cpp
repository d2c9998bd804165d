#include "core/tenant/undo_record.h"

#include "core/value/json.h"

#include <algorithm>

namespace cordon::tenant {
namespace {

Value refValue(const EntityRef& ref)
{
    return Value::Object{{"kind", toString(ref.kind)}, {"id", ref.id}};
}

Result<EntityRef> refFrom(const Value& value)
{
    const auto kind = entityKindFrom(value["kind"].asString());
    if (!kind || value["id"].asString().empty())
        return fail(ErrorCode::Invalid, "undo record: a thing needs a known kind and an id");
    return EntityRef{*kind, value["id"].asString(), {}, {}};
}

/// Everything that stands in the way, before anything is written.
Result<void> checkDrift(Tenant& tenant, const UndoRecord& record)
{
    for (const UndoRecord::Change& change : record.changes) {
        CORDON_TRY(const TargetFacts facts, tenant.facts(change.entity));
        CORDON_TRY(const StateRow newest, tenant.state(change.entity, change.attribute));
        if (!facts.exists)
            return fail(ErrorCode::Conflict, "drift: " + change.entity.key() + " is gone");
        if (newest.seq != change.seq)
            return fail(ErrorCode::Conflict, "drift: " + change.attribute + " of " + change.entity.key() +
                                                 " was changed since by " + newest.hand);
    }
    return {};
}

/// What was made, and changed by another hand since, is not simply removed.
Result<void> checkMadeDrift(Tenant& tenant, const UndoRecord& record)
{
    for (const EntityRef& thing : record.made) {
        CORDON_TRY(store::Statement rows, tenant.database().prepare("SELECT s.attribute, s.hand FROM current_state s JOIN entity e ON e.id = s.entity"
                                                                    " WHERE e.kind = ?1 AND e.ref = ?2 AND s.hand <> 'cordon:' || ?3"));
        rows.bind(1, toString(thing.kind)).bind(2, thing.id).bind(3, record.serial);
        CORDON_TRY(const bool isChanged, rows.step());
        if (isChanged)
            return fail(ErrorCode::Conflict, "drift: " + rows.text(0) + " of " + thing.key() + " was changed since by " + rows.text(1));
    }
    return {};
}

Result<void> checkUnused(Tenant& tenant, const std::vector<EntityRef>& made)
{
    for (const EntityRef& thing : made) {
        CORDON_TRY(const TargetFacts facts, tenant.facts(thing));
        if (facts.lastUsedAt || !facts.dependents->empty())
            return fail(ErrorCode::Denied, thing.key() + " is in use: move its dependents back first");
    }
    return {};
}

} // namespace

Value UndoRecord::toValue() const
{
    Value changeList = Value::Array{};
    for (const Change& change : changes) {
        changeList.append(Value::Object{{"entity", refValue(change.entity)},
                                        {"attribute", change.attribute},
                                        {"before", change.before},
                                        {"seq", change.seq}});
    }
    Value madeList = Value::Array{};
    for (const EntityRef& thing : made)
        madeList.append(refValue(thing));
    Value moveList = Value::Array{};
    for (const Deed::Move& move : moves) {
        moveList.append(
            Value::Object{{"by", refValue(move.by)}, {"from", refValue(move.from)}, {"to", refValue(move.to)}});
    }
    return Value::Object{{"v", 1},
                         {"serial", serial},
                         {"verb", verb},
                         {"changes", std::move(changeList)},
                         {"made", std::move(madeList)},
                         {"moves", std::move(moveList)}};
}

Result<UndoRecord> UndoRecord::fromValue(const Value& value)
{
    if (value["v"].asInt() != 1 || !value["serial"].isString())
        return fail(ErrorCode::Invalid, "undo record: not one of version 1");
    UndoRecord record;
    record.serial = value["serial"].asString();
    record.verb = value["verb"].asString();
    for (const Value& item : value["changes"].asArray()) {
        Change change;
        CORDON_TRY(change.entity, refFrom(item["entity"]));
        change.attribute = item["attribute"].asString();
        change.before = item["before"];
        change.seq = item["seq"].asInt();
        record.changes.push_back(std::move(change));
    }
    for (const Value& item : value["made"].asArray()) {
        CORDON_TRY(EntityRef thing, refFrom(item));
        record.made.push_back(std::move(thing));
    }
    for (const Value& item : value["moves"].asArray()) {
        Deed::Move move;
        CORDON_TRY(move.by, refFrom(item["by"]));
        CORDON_TRY(move.from, refFrom(item["from"]));
        CORDON_TRY(move.to, refFrom(item["to"]));
        record.moves.push_back(std::move(move));
    }
    return record;
}

Result<UndoRecord> found(Tenant& tenant, const UndoRecord& planned, const std::string& digest, const std::string& except)
{
    // A thing whose first state came by that hand, and that was made no earlier than the permit was used, was made by it.
    CORDON_TRY(store::Statement rows,
               tenant.database().prepare(
                   "SELECT p.serial, e.kind, e.ref, s.attribute, s.seq,"
                   " (SELECT b.value FROM state b WHERE b.entity = s.entity AND b.attribute = s.attribute AND b.seq < s.seq"
                   " ORDER BY b.seq DESC LIMIT 1),"
                   " e.created_at >= p.at AND NOT EXISTS (SELECT 1 FROM state o WHERE o.entity = s.entity AND o.seq < s.seq AND o.hand <> s.hand)"
                   " FROM permit p JOIN state s ON s.hand = 'cordon:' || p.serial JOIN entity e ON e.id = s.entity"
                   " WHERE p.digest = ?1 AND p.serial <> ?2 ORDER BY s.seq"));
    rows.bind(1, digest).bind(2, except);
    UndoRecord record;
    record.verb = planned.verb;
    for (;;) {
        CORDON_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            break;
        record.serial = rows.text(0);
        const EntityRef entity{entityKindFrom(rows.text(1)).value_or(EntityKind::Resource), rows.text(2), {}, {}};
        if (rows.integer(6) != 0) {
            if (std::find(record.made.begin(), record.made.end(), entity) == record.made.end())
                record.made.push_back(entity);
            continue;
        }
        UndoRecord::Change change{entity, rows.text(3), {}, rows.integer(4)};
        if (!rows.isNull(5)) {
            CORDON_TRY(change.before, json::parse(rows.text(5)));
        }
        record.changes.push_back(std::move(change));
    }
    if (record.serial.empty())
        return fail(ErrorCode::NotFound, "nothing of this " + planned.verb + " was done");
    record.moves = planned.moves;
    return record;
}

Result<void> takeBack(Tenant& tenant, const UndoRecord& record, const std::string& hand, bool overwritesDrift, std::size_t most)
{
    if (record.verb == "secret.retire_version" && !overwritesDrift)
        return fail(ErrorCode::Denied, "giving a retired secret version back would expose its value again; only a person who says so does that");
    if (!overwritesDrift) {
        CORDON_CHECK(checkDrift(tenant, record));
        CORDON_CHECK(checkMadeDrift(tenant, record));
    }
    CORDON_CHECK(checkUnused(tenant, record.made));
    for (const UndoRecord::Change& change : record.changes) {
        if (most == 0)
            return {};
        --most;
        CORDON_CHECK(tenant.setState(change.entity, change.attribute, change.before, hand).map([](std::int64_t) {}));
    }
    for (const EntityRef& thing : record.made) {
        if (most == 0)
            return {};
        --most;
        const auto removed = tenant.remove(thing, tenant.now());
        if (!removed && removed.error().code != ErrorCode::NotFound)
            return removed;
    }
    for (const Deed::Move& move : record.moves)
        CORDON_CHECK(tenant.moveDependent(move.by, move.to, move.from));
    return tenant.markUndone(record.serial);
}

} // namespace cordon::tenant
