#pragma once

#include "core/connectors/change/change_text.h"
#include "core/connectors/effects.h"
#include "core/connectors/http_options.h"
#include "core/connectors/rest_client.h"

namespace cordon::connectors::change {

/// How one kind of system keeps change records.
class ChangeTemplate
{
public:
    ChangeTemplate() = default;
    ChangeTemplate(const ChangeTemplate&) = delete;
    ChangeTemplate& operator=(const ChangeTemplate&) = delete;
    virtual ~ChangeTemplate() = default;

    /// Who asks and where it leads. @param tenant  of the settings, told where a system cannot be asked
    [[nodiscard]] virtual Result<Value> identity(RestClient& client, const std::string& tenant) = 0;
    [[nodiscard]] virtual RestCall open(const ChangeText& text) = 0;
    /// ErrorCode::NotFound when there is no such record.
    [[nodiscard]] virtual Result<RestCall> note(RestClient& client, const std::string& record, const ChangeText& text) = 0;
    /// Whether a record, or a note on `record` where one is named, bears the mark.
    [[nodiscard]] virtual Result<Effect> isThere(RestClient& client, const std::string& record, const ChangeText& text) = 0;
};

/// `servicenow`, `jira` or `json`. ErrorCode::Invalid for another, or for options that it wants.
[[nodiscard]] Result<std::unique_ptr<ChangeTemplate>> makeTemplate(const HttpOptions& options);

} // namespace cordon::connectors::change
