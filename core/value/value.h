#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cordon {

/// Any JSON-shaped datum: configuration, playbooks, mandates, reports. Objects are sorted by key, so that
/// two equal values print alike. Not for log records: those are read in place (EventView).
class Value
{
public:
    using Array = std::vector<Value>;
    using Object = std::map<std::string, Value, std::less<>>;
    enum class Kind { Null, Bool, Int, Double, String, Array, Object };

    Value() = default;
    Value(std::nullptr_t) {}
    Value(bool value) : m_data(value) {}
    Value(int value) : m_data(static_cast<std::int64_t>(value)) {}
    Value(std::int64_t value) : m_data(value) {}
    Value(std::uint64_t value) : m_data(static_cast<std::int64_t>(value)) {}
    Value(double value) : m_data(value) {}
    Value(const char* value) : m_data(std::string(value)) {}
    Value(std::string value) : m_data(std::move(value)) {}
    Value(std::string_view value) : m_data(std::string(value)) {}
    Value(Array value) : m_data(std::move(value)) {}
    Value(Object value) : m_data(std::move(value)) {}

    [[nodiscard]] Kind kind() const { return static_cast<Kind>(m_data.index()); }
    [[nodiscard]] bool isNull() const { return kind() == Kind::Null; }
    [[nodiscard]] bool isString() const { return kind() == Kind::String; }
    [[nodiscard]] bool isInt() const { return kind() == Kind::Int; }
    [[nodiscard]] bool isBool() const { return kind() == Kind::Bool; }
    [[nodiscard]] bool isArray() const { return kind() == Kind::Array; }
    [[nodiscard]] bool isObject() const { return kind() == Kind::Object; }

    /// The content, or the neutral value (false, 0, "", empty) when the kind is another. Never throws.
    [[nodiscard]] bool asBool(bool otherwise = false) const;
    [[nodiscard]] std::int64_t asInt(std::int64_t otherwise = 0) const;
    [[nodiscard]] double asDouble(double otherwise = 0) const; ///< Int counts too
    [[nodiscard]] const std::string& asString() const;
    [[nodiscard]] const Array& asArray() const;
    [[nodiscard]] const Object& asObject() const;

    /// The member of an object, or null when this is no object or has no such key.
    [[nodiscard]] const Value* find(std::string_view key) const;
    /// The member of an object, or a shared null Value.
    [[nodiscard]] const Value& operator[](std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }

    /// Turns this into an object or array if it is null, and gives the place to write. Programmer error on other kinds.
    Value& set(std::string_view key, Value value); ///< @return *this, for chaining
    Value& append(Value value);                    ///< @return *this

    /// Line in the file it was read from, 1 and up; 0 when it was made by the program. Not part of equality.
    [[nodiscard]] int line() const { return m_line; }
    void setLine(int line) { m_line = line; }

    bool operator==(const Value& other) const { return m_data == other.m_data; }

private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> m_data;
    int m_line = 0;
};

} // namespace cordon
