#include "core/act/queued_connector.h"

namespace cordon::act {

// What a call needs is copied into it: the one who asked may have left while it still runs.

QueuedConnector::QueuedConnector(ConnectorLine& line, ConnectorLine::MayBegin mayBegin)
    : m_line(line)
    , m_mayBegin(mayBegin ? std::move(mayBegin)
                          : [] { return Result<void>(fail(ErrorCode::Cancelled, "no leave to begin")); })
{}

Result<TargetFacts> QueuedConnector::inspect(const EntityRef& target, const std::stop_token& stop)
{
    return m_line.ask<TargetFacts>({}, stop, [target](Connector& real, const std::stop_token& callStop) {
        return real.inspect(target, callStop);
    });
}

Result<Preview> QueuedConnector::preview(const Action& action, const std::stop_token& stop)
{
    return m_line.ask<Preview>({}, stop, [action](Connector& real, const std::stop_token& callStop) {
        return real.preview(action, callStop);
    });
}

Result<ExecuteReply> QueuedConnector::execute(Permit permit, const Action& action, const std::stop_token& stop)
{
    return m_line.ask<ExecuteReply>(
        m_mayBegin, stop,
        [permit = std::move(permit), action](Connector& real, const std::stop_token& callStop) mutable {
            return real.execute(std::move(permit), action, callStop);
        });
}

Result<Outcome> QueuedConnector::verify(const Action& action, const std::stop_token& stop)
{
    return m_line.ask<Outcome>({}, stop, [action](Connector& real, const std::stop_token& callStop) {
        return real.verify(action, callStop);
    });
}

Result<ExecuteReply> QueuedConnector::undo(Permit permit, const Action& action, const Value& undoRecord,
                                           bool overwritesDrift, const std::stop_token& stop)
{
    return m_line.ask<ExecuteReply>(m_mayBegin, stop,
                                    [permit = std::move(permit), action, undoRecord,
                                     overwritesDrift](Connector& real, const std::stop_token& callStop) mutable {
                                        return real.undo(std::move(permit), action, undoRecord, overwritesDrift,
                                                         callStop);
                                    });
}

} // namespace cordon::act
