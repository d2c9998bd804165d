#pragma once

#include "core/value/value.h"

#include <string>
#include <vector>

namespace cordon::cacao {

/// One thing that is wrong, or odd, in a playbook.
struct Finding
{
    enum class Kind {
        Json,     ///< no JSON as it is read here: syntax, size, depth, a key twice, a number out of range
        Form,     ///< what the published JSON schema of CACAO 2.0 refuses
        Sense,    ///< what the text of the standard refuses and no schema can say: references, circles, variables, conditions
        Limit,    ///< more than is read here
        Odd,      ///< allowed, and likely no intention; refuses nothing
    };
    Kind kind = Kind::Form;
    std::string pointer; ///< JSON pointer (RFC 6901); "" = the document
    int line = 0;        ///< in the file, 0 where unknown
    std::string text;    ///< English, for the person who wrote the file

    [[nodiscard]] bool refuses() const { return kind != Kind::Odd; }
};
[[nodiscard]] std::string_view toString(Finding::Kind kind); ///< "json", "form", "sense", "limit", "odd"

/// Where in the document one is, and where what is found there goes. At most 200 findings are kept.
class Spot
{
public:
    explicit Spot(std::vector<Finding>& out) : m_out(&out) {}

    [[nodiscard]] Spot at(std::string_view key) const;
    [[nodiscard]] Spot at(std::size_t index) const;
    void say(Finding::Kind kind, const Value& here, std::string text) const;
    void form(const Value& here, std::string text) const { say(Finding::Kind::Form, here, std::move(text)); }
    void sense(const Value& here, std::string text) const { say(Finding::Kind::Sense, here, std::move(text)); }

private:
    std::vector<Finding>* m_out;
    std::string m_pointer;
};

/// What somebody else wrote, fit for a message: at most 60 bytes, in quotes, anything but printable ASCII as `?`.
[[nodiscard]] std::string quoted(std::string_view text);

} // namespace cordon::cacao
