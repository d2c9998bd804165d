#pragma once

#include "core/domain/entity.h"

#include <optional>
#include <string_view>

namespace cordon::ingest {

/// The thing that an ARN names, with the id that CloudTrail's field map gives it, so that findings and events meet in
/// one entity. An ARN of no known kind is a resource. Nothing when the text is no ARN.
/// Source: docs/formats/entities.md, "One id for many spellings (AWS)"
[[nodiscard]] std::optional<EntityRef> entityOfArn(std::string_view text);

} // namespace cordon::ingest
