#include "core/connectors/rest_call.h"

#include "core/value/json.h"

#include <set>

namespace cordon::connectors {

std::string RestCall::shown() const
{
    return method + ' ' + path + (body.isNull() ? std::string() : ' ' + json::write(body));
}

Value RestCall::toValue() const
{
    return Value::Object{{"method", method}, {"path", path}, {"body", body}, {"once", repeat == Repeat::IfNotBegun}, {"type", contentType}};
}

Result<RestCall> RestCall::fromValue(const Value& value)
{
    static const std::set<std::string, std::less<>> methods{"POST", "PUT", "PATCH", "DELETE"};
    RestCall call{value["method"].asString(), value["path"].asString(), value["body"],
                  value["once"].asBool() ? Repeat::IfNotBegun : Repeat::Freely, value["type"].asString()};
    if (!methods.contains(call.method) || !call.path.starts_with('/') || call.path.starts_with("//") || call.contentType.empty())
        return fail(ErrorCode::Invalid, "an undo record with a call that is none");
    return call;
}

} // namespace cordon::connectors
