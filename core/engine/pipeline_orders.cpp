// What became of the commands that people signed: each is carried out at once or never, and the ledger says which.
#include "core/base/display_escape.h"
#include "core/base/log.h"
#include "core/engine/pipeline.h"

#include <set>

namespace cordon::engine {
namespace {

constexpr std::size_t longestWhy = 400;

/// Done as one job on one incident, which may wait for its turn.
bool isOneJob(const std::string& command)
{
    static const std::set<std::string, std::less<>> all{"undo", "keep", "skip", "ask-again", "done-elsewhere", "continue", "close", "reopen"};
    return all.contains(command) || command.starts_with("step-");
}

/// Whether more entries could follow from it when it was done: nobody can tell from the first one that it is over.
bool hasSeveralEntries(const std::string& command)
{
    static const std::set<std::string, std::less<>> all{"keep", "continue", "add-sources", "follow", "stop-following"};
    return all.contains(command);
}

} // namespace

Result<void> Pipeline::carryOut(const TakenOrder& order, const Command& asked, const std::stop_token& stop)
{
    const bool isJob = isOneJob(order.command);
    const JobCause cause = std::exchange(m_cause, {}); // no job that follows from it is the command itself
    if (isJob)
        m_cause = {cause.file, order};
    const Result<void> done = apply(asked, stop);
    if (isJob && !m_cause.order)
        return done; // it became a job, which tells how it ended
    m_cause = cause;
    CORDON_CHECK(endOrder(order, done));
    return done;
}

/// What was refused, or is over, cannot be done later with the same signature.
Result<void> Pipeline::endOrder(const TakenOrder& order, const Result<void>& done)
{
    const bool hasActed = m_journal->hasActed(order.person, order.seq);
    if (!done)
        return writeEnd(hasActed ? "command.closed" : "command.refused", order.command, order.nonce, done.error().detail);
    const bool isOver = order.command == "present" || (hasActed && !hasSeveralEntries(order.command));
    return isOver ? Result<void>() : writeEnd("command.closed", order.command, order.nonce, "");
}

Result<void> Pipeline::writeEnd(const std::string& type, const std::string& command, const std::string& nonce, const std::string& why)
{
    LedgerDraft draft;
    draft.type = type;
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.data = Value::Object{{"command", command}, {"nonce", nonce}, {"why", escapedForDisplay(why).substr(0, longestWhy)}};
    const auto written = m_journal->write(std::move(draft));
    if (written || !m_journal->isHealthy() || written.error().code != ErrorCode::DiskFull)
        return written ? Result<void>() : fail(written.error());
    logWarning("no room to say how a command ended: it is over when the case is opened again, or after a day");
    return {};
}

/// Whoever took these came to no end with them: they are over now.
Result<void> Pipeline::endLeftOrders()
{
    for (const record::OrderAudit::Open& left : std::exchange(m_leftOrders, {}))
        CORDON_CHECK(writeEnd(left.isBegun ? "command.closed" : "command.refused", left.command, left.nonce,
                              "left when the case was last open"));
    return {};
}

} // namespace cordon::engine
