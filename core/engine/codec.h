#pragma once

#include "core/domain/alert.h"
#include "core/domain/finding.h"
#include "core/domain/incident.h"
#include "core/domain/plan.h"

namespace cordon::engine::codec {

// The report's JSON shapes and back again. The case keeps incidents in this shape, so that a reopened case goes on
// with exactly what the report says. Source: docs/formats/report.md, resources/schemas/report.schema.json

[[nodiscard]] Value toValue(const Text& text); ///< {"code","args","text"}: `text` is the English sentence
[[nodiscard]] Text textFrom(const Value& value);
[[nodiscard]] Value texts(const std::vector<Text>& items);
[[nodiscard]] std::vector<Text> textsFrom(const Value& value);
[[nodiscard]] Value toValue(const EntityRef& entity); ///< {"kind","name","id","type"}
[[nodiscard]] Result<EntityRef> entityFrom(const Value& value);
[[nodiscard]] Value toValue(const Citation& cite); ///< {"evidence","offset","length"}

[[nodiscard]] Value toValue(const ExternalOrigin& origin);
[[nodiscard]] ExternalOrigin externalFrom(const Value& value);
[[nodiscard]] Value toValue(const Alert& alert);
[[nodiscard]] Result<Alert> alertFrom(const Value& value);

[[nodiscard]] Value toValue(const Decision& decision);
[[nodiscard]] Result<Decision> decisionFrom(const Value& value);
[[nodiscard]] Value toValue(const Preview& preview);
[[nodiscard]] Value toValue(const Outcome& outcome);
[[nodiscard]] Outcome outcomeFrom(const Value& value); ///< what says nothing known is unknown
[[nodiscard]] Value toValue(const Step& step);
[[nodiscard]] Result<Step> stepFrom(const Value& value);
[[nodiscard]] Value toValue(const Plan& plan);
[[nodiscard]] Result<Plan> planFrom(const Value& value);

/// One incident with its story and sequence.
[[nodiscard]] Value toValue(const Incident& incident, const Brief& brief, const Plan& plan);
[[nodiscard]] Result<Incident> incidentFrom(const Value& value);
[[nodiscard]] Result<Brief> briefFrom(const Value& value);

[[nodiscard]] Value timeValue(const std::optional<Timestamp>& time); ///< text, or null
[[nodiscard]] std::optional<Timestamp> timeFrom(const Value& value);
[[nodiscard]] Value textList(const std::vector<std::string>& items);
[[nodiscard]] std::vector<std::string> textListFrom(const Value& value);

} // namespace cordon::engine::codec
