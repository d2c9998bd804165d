#include "core/act/actuator.h"

#include "core/act/expected_state.h"
#include "core/act/permit_check.h"

namespace cordon::act {
namespace {

/// A read may be asked once more when its answer was lost; asking changes nothing.
template<class Call>
auto readTwice(const std::stop_token& stop, const Call& call)
{
    auto answer = call();
    if (!answer && answer.error().code == ErrorCode::Io && !stop.stop_requested())
        return call();
    return answer;
}

/// Errors after which nobody knows whether the provider acted.
bool leavesDoubt(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Denied:
    case ErrorCode::NotFound:
    case ErrorCode::Conflict:
    case ErrorCode::Unsupported:
    case ErrorCode::Invalid:
    case ErrorCode::Untrusted:
        return false;
    default:
        return true;
    }
}

} // namespace

Actuator::Actuator(Connector& connector, const Clock& clock, HaltCheck isHalted, Recheck recheck)
    : m_connector(connector)
    , m_clock(clock)
    , m_isHalted(std::move(isHalted))
    , m_recheck(std::move(recheck))
{}

Result<TargetFacts> Actuator::inspect(const EntityRef& target, const std::stop_token& stop)
{
    return readTwice(stop, [&] { return m_connector.inspect(target, stop); });
}

Result<std::vector<TargetFacts>> Actuator::inspectAll(const Action& action, const std::stop_token& stop)
{
    std::vector<TargetFacts> facts;
    for (const EntityRef& target : action.targets) {
        CORDON_TRY(TargetFacts one, inspect(target, stop));
        facts.push_back(std::move(one));
    }
    return facts;
}

Result<Preview> Actuator::preview(const Action& action, const std::stop_token& stop)
{
    return readTwice(stop, [&] { return m_connector.preview(action, stop); });
}

Result<Outcome> Actuator::verify(const Action& action, const std::stop_token& stop)
{
    return readTwice(stop, [&] { return m_connector.verify(action, stop); });
}

Result<void> Actuator::checkLiveState(const Action& action, const std::stop_token& stop)
{
    CORDON_TRY(const std::vector<TargetFacts> facts, inspectAll(action, stop));
    const std::vector<std::string_view>* changed = attributesChangedBy(action.type);
    if (!changed)
        return fail(ErrorCode::Unsupported, "unknown verb '" + action.type + "'");
    if (!changed->empty()) {
        CORDON_TRY(const std::string now, expectedState(action.type, facts));
        if (now != action.expectedState)
            return fail(ErrorCode::Conflict, action.type + ": the target changed since this action was decided");
    }
    return m_recheck ? m_recheck(action, facts) : Result<void>();
}

Result<void> Actuator::checkStops(const std::stop_token& stop) const
{
    if (!m_isHalted || m_isHalted())
        return fail(ErrorCode::Cancelled, "the agent is halted");
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "the program is stopping");
    return {};
}

Outcome Actuator::afterFailure(const Error& error, const Action& action, const std::stop_token& stop)
{
    Outcome outcome;
    outcome.detail = error.detail;
    outcome.state = leavesDoubt(error.code) ? OutcomeState::Unknown : OutcomeState::Failed;
    if (outcome.state == OutcomeState::Unknown && error.code != ErrorCode::TimedOut) {
        // The undo record is lost with the answer, so what is read back informs people but verifies nothing.
        if (const auto seen = verify(action, stop)) {
            outcome.seen = seen->seen;
            outcome.detail += "; read back: " + seen->detail;
        }
    }
    outcome.finished = m_clock.now();
    return outcome;
}

Result<Outcome> Actuator::run(Permit permit, const Action& action, const std::stop_token& stop)
{
    CORDON_CHECK(checkPermit(permit, action, m_connector.name(), m_clock.now()));
    CORDON_CHECK(checkLiveState(action, stop));
    // Reading took time: leave to act may have ended meanwhile. INVARIANT: the stop switch is read last.
    CORDON_CHECK(checkPermit(permit, action, m_connector.name(), m_clock.now()));
    CORDON_CHECK(checkStops(stop));

    auto reply = m_connector.execute(std::move(permit), action, stop);
    if (!reply && reply.error().code == ErrorCode::Cancelled)
        return fail(reply.error()); // halted, or the connector never came to it
    if (!reply)
        return afterFailure(reply.error(), action, stop);
    auto outcome = verify(action, stop);
    if (!outcome) {
        outcome = Outcome();
        outcome->detail = reply->detail + "; could not be read back";
    }
    outcome->undoRecord = reply->undoRecord;
    outcome->finished = m_clock.now();
    return std::move(*outcome);
}

Result<Outcome> Actuator::undo(Permit permit, const Action& action, const Value& undoRecord, bool overwritesDrift,
                               const std::stop_token& stop)
{
    CORDON_CHECK(checkPermit(permit, action, m_connector.name(), m_clock.now()));
    CORDON_CHECK(checkStops(stop));

    auto reply = m_connector.undo(std::move(permit), action, undoRecord, overwritesDrift, stop);
    if (!reply && reply.error().code == ErrorCode::Cancelled)
        return fail(reply.error());
    Outcome outcome;
    outcome.finished = m_clock.now();
    if (!reply) {
        outcome.state = leavesDoubt(reply.error().code) ? OutcomeState::Unknown : OutcomeState::Failed;
        outcome.detail = reply.error().detail;
        return outcome;
    }
    const auto effect = verify(action, stop);
    outcome.finished = m_clock.now();
    outcome.detail = reply->detail;
    if (!effect || effect->state == OutcomeState::Unknown) {
        outcome.detail += "; could not be read back";
        return outcome;
    }
    outcome.seen = effect->seen;
    outcome.state = effect->state == OutcomeState::Failed ? OutcomeState::Verified : OutcomeState::Failed;
    if (outcome.state == OutcomeState::Failed)
        outcome.detail += "; but the effect is still there: " + effect->detail;
    return outcome;
}

} // namespace cordon::act
