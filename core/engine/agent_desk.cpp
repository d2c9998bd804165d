#include "core/engine/agent_desk.h"

#include "core/crypto/sha256.h"
#include "core/value/json.h"

namespace cordon::engine {

govern::DeskContext AgentDesk::context() const
{
    govern::DeskContext context;
    context.now = clock->now();
    context.wall = machine->now();
    context.lastLedgerTime = journal->lastTime();
    context.bootId = machine->bootId();
    context.monoNanos = machine->monotonicNanos();
    context.ledgerSize = journal->size();
    context.ledgerRoot = journal->rootHex();
    context.ledgerOrigin = journal->origin();
    return context;
}

Result<TargetFacts> AgentDesk::inspect(const EntityRef& target, const std::stop_token& stop) const
{
    act::ConnectorLine* line = lines->of(target);
    if (!line)
        return fail(ErrorCode::Denied, "no connected system holds " + target.key());
    CORDON_TRY(TargetFacts facts, act::QueuedConnector(*line).inspect(target, stop));
    complete(facts);
    return facts;
}

void AgentDesk::complete(TargetFacts& facts) const
{
    if (inventory)
        inventory->complete(facts, clock->now());
}

Result<act::ConnectorLine*> AgentDesk::lineOf(const Action& action) const
{
    act::ConnectorLine* line = lines ? lines->find(action.connector) : nullptr;
    if (!line)
        return fail(ErrorCode::NotFound, "this case has no connector '" + action.connector + "'");
    return line;
}

void AgentDesk::forgetPast()
{
    usage = {};
    done.clear();
    askedBy.clear();
    lostUndos.clear();
    rounds.clear();
    endedLoops.clear();
}

std::string AgentDesk::actKey(const Action& action)
{
    std::string key = action.incident + '\n' + action.type + '\n' + json::write(action.params);
    for (const EntityRef& target : action.targets)
        key += '\n' + target.key();
    return key;
}

std::string ledgerKey(const EntityRef& entity)
{
    constexpr std::size_t longest = 200;
    const std::string key = entity.key();
    return key.size() <= longest ? key : key.substr(0, longest - 70) + "..." + crypto::sha256(key).hex();
}

LedgerDraft AgentDesk::draft(std::string type, const IncidentFile& file, Value data) const
{
    LedgerDraft draft;
    draft.type = std::move(type);
    draft.actor = {Actor::Kind::Agent, agentId};
    draft.session = file.session.id;
    draft.incident = toString(file.incident.id);
    draft.mandate = mandate ? mandate->digest : "";
    draft.data = std::move(data);
    if (mandate)
        draft.data.set("accountable", mandate->owner.accountable);
    return draft;
}

} // namespace cordon::engine
