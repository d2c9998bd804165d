#include "core/engine/incident_closing.h"

#include "core/engine/codec.h"

namespace cordon::engine {

Value closingValue(const std::optional<Closing>& closing)
{
    if (!closing)
        return {};
    return Value::Object{{"verdict", closing->verdict ? Value(toString(*closing->verdict)) : Value()},
                         {"reason", closing->reason},
                         {"by", closing->by},
                         {"at", closing->at.toString()},
                         {"alerts", closing->alerts}};
}

std::optional<Closing> closingFrom(const Value& value)
{
    if (!value.isObject())
        return std::nullopt;
    return Closing{verdictFrom(value["verdict"].asString()), value["reason"].asString(), value["by"].asString(),
                   codec::timeFrom(value["at"]).value_or(Timestamp()), value["alerts"].asInt()};
}

std::vector<const Step*> undoableSteps(const Plan& plan)
{
    std::vector<const Step*> steps;
    for (const Step& step : plan.steps) {
        if (step.state == StepState::Verified && step.outcome && !step.outcome->undoRecord.isNull())
            steps.push_back(&step);
    }
    return steps;
}

void takeClosing(IncidentFile& file, const std::string& type, const std::string& actor, Timestamp at, const Value& data)
{
    if (type == "incident.reopened") {
        file.incident.status = IncidentStatus::Open;
        file.closing.reset();
        return;
    }
    file.incident.status = IncidentStatus::Closed;
    file.closing = Closing{verdictFrom(data["verdict"].asString()), data["reason"].asString(), actor, at,
                           data["alerts"].asInt()};
}

} // namespace cordon::engine
