#pragma once

#include "core/act/connector.h"

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace cordon::test {

/// A connector that answers what a test tells it to and writes down what it was asked.
class ScriptedConnector : public act::Connector
{
public:
    explicit ScriptedConnector(std::string name = "scripted", bool isExercise = true)
        : m_name(std::move(name))
        , m_isExercise(isExercise)
    {}

    std::vector<std::string> calls;      ///< "inspect", "execute", …, in order
    std::string status = "active";       ///< what inspect answers
    std::deque<ErrorCode> inspectErrors; ///< taken one per call, then inspect works
    std::optional<ErrorCode> executeError;
    std::deque<ErrorCode> verifyErrors;
    OutcomeState verified = OutcomeState::Verified; ///< what verify answers
    std::optional<ErrorCode> undoError;
    std::function<void(const std::stop_token&)> onExecute;

    [[nodiscard]] std::string name() const override { return m_name; }
    [[nodiscard]] std::string tenant() const override { return "t"; }
    [[nodiscard]] std::string environment() const override { return "exercise"; }
    [[nodiscard]] bool isExercise() const override { return m_isExercise; }
    [[nodiscard]] std::vector<act::Capability> capabilities() const override { return {}; }

    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token&) override
    {
        calls.push_back("inspect");
        if (!inspectErrors.empty())
            return failNext(inspectErrors);
        TargetFacts facts;
        facts.target = target;
        facts.exists = true;
        facts.state["status"] = status;
        return facts;
    }
    [[nodiscard]] Result<Preview> preview(const Action&, const std::stop_token&) override
    {
        calls.push_back("preview");
        return Preview();
    }
    [[nodiscard]] Result<act::ExecuteReply> execute(Permit permit, const Action&, const std::stop_token& stop) override
    {
        calls.push_back(permit.isUsable() ? "execute" : "execute without permit");
        if (onExecute)
            onExecute(stop);
        if (executeError)
            return fail(*executeError, "execute failed");
        return act::ExecuteReply{Value::Object{{"was", status}}, "done"};
    }
    [[nodiscard]] Result<Outcome> verify(const Action&, const std::stop_token&) override
    {
        calls.push_back("verify");
        if (!verifyErrors.empty())
            return failNext(verifyErrors);
        Outcome outcome;
        outcome.state = verified;
        outcome.seen = Value::Object{{"status", "seen"}};
        return outcome;
    }
    [[nodiscard]] Result<act::ExecuteReply> undo(Permit, const Action&, const Value&, bool,
                                                 const std::stop_token&) override
    {
        calls.push_back("undo");
        if (undoError)
            return fail(*undoError, "undo failed");
        return act::ExecuteReply{Value(), "taken back"};
    }

private:
    static tl::unexpected<Error> failNext(std::deque<ErrorCode>& errors)
    {
        const ErrorCode code = errors.front();
        errors.pop_front();
        return fail(code, "scripted failure");
    }

    std::string m_name;
    bool m_isExercise;
};

} // namespace cordon::test
