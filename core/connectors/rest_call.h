#pragma once

#include "core/connectors/asker.h"
#include "core/connectors/deed.h"

namespace cordon::connectors {

/// One request to an API that speaks JSON; kept in undo records too.
struct RestCall
{
    std::string method = "GET";
    std::string path = {}; ///< below the client's base, with its query; begins with /
    Value body = {};  ///< null: none; a text is sent as it is
    Repeat repeat = Repeat::Freely;
    std::string contentType = "application/json";
    std::string accept = {}; ///< of a read, in place of the client's; not kept

    /// `PATCH /users/a {"accountEnabled":false}`
    [[nodiscard]] std::string shown() const;
    [[nodiscard]] Value toValue() const;
    /// ErrorCode::Invalid for what is no such call.
    [[nodiscard]] static Result<RestCall> fromValue(const Value& value);
    [[nodiscard]] Step step() const { return {toValue(), shown()}; }
};

} // namespace cordon::connectors
