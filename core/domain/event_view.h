#pragma once

#include "core/domain/field_plan.h"

#include <functional>
#include <span>
#include <string_view>

namespace cordon {

/// One scalar found at a planned path.
struct FieldValue
{
    enum class Kind : std::uint8_t { Null, Bool, Number, String, Object };
    Kind kind = Kind::Null;
    /// Unescaped text of a string; a number or bool as written; the raw JSON of an object.
    /// Borrowed from the reader: valid until the next record.
    std::string_view text;
    double number = 0; ///< for Kind::Number
};

/// As product and service of a record: it may be of any log source, since it does not agree with itself about its own.
constexpr std::string_view anyLogSource = "*";

/// A borrowed look at one record: raw bytes plus the values at the planned paths. Costs no allocation when reused.
/// A list gives one FieldValue per element (lists of objects are entered: `a.b` reaches every element's `b`).
class EventView
{
public:
    EventView() = default;
    EventView(const EventView&) = delete;
    EventView& operator=(const EventView&) = delete;
    virtual ~EventView() = default;

    /// The record's bytes as they stand in the log.
    [[nodiscard]] virtual std::string_view raw() const = 0;
    /// The record as JSON, in which every scalar stands as its text or escaped; empty when none is at hand.
    [[nodiscard]] virtual std::string_view json() const { return raw().starts_with('{') ? raw() : std::string_view(); }
    /// Values at a planned path; empty when the field is absent.
    [[nodiscard]] virtual std::span<const FieldValue> values(FieldIndex field) const = 0;
    /// Calls `visit` with every scalar's text in the record (keyword rules); stops when it returns false.
    virtual void eachScalar(const std::function<bool(std::string_view)>& visit) const = 0;
    /// Routing of the record: Sigma logsource product/service, such as "aws" / "cloudtrail".
    [[nodiscard]] virtual std::string_view product() const = 0;
    [[nodiscard]] virtual std::string_view service() const = 0;
    /// Sigma logsource categories, such as "process_creation"; often none.
    [[nodiscard]] virtual std::span<const std::string> categories() const = 0;
};

} // namespace cordon
