#pragma once

#include "core/tenant/scenario_log.h"

#include <string>
#include <string_view>

namespace cordon::tenant {

/// Who makes a call in a made-up log.
struct LogCaller
{
    enum class Kind { User, Session, Console };
    Kind kind = Kind::User;
    std::string name;    ///< user, or role for a session
    std::string key;     ///< AKIA… or ASIA…; "" for the console's sign-in
    std::string session; ///< role session name
    Timestamp since;     ///< of the session
    std::string address;
    std::string userAgent;
};

/// Numbers that look random and are the same each time (splitmix64).
class LogDice
{
public:
    explicit LogDice(std::uint64_t seed)
        : m_state(seed)
    {}
    [[nodiscard]] std::uint64_t next();
    /// 0 up to `limit` - 1. @param limit above 0
    [[nodiscard]] std::uint64_t below(std::uint64_t limit) { return next() % limit; }
    /// `xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx`
    [[nodiscard]] std::string uuid();

private:
    std::uint64_t m_state;
};

/// Puts CloudTrail records together with every field that a delivery file has.
class CloudtrailWriter
{
public:
    CloudtrailWriter(std::string account, std::string region, std::uint64_t seed)
        : m_account(std::move(account))
        , m_region(std::move(region))
        , m_dice(seed)
    {}

    /// Adds a call. @param call  `service:Name`; @return the record, to be completed
    Value& add(Timestamp at, const LogCaller& caller, std::string_view call, Value parameters = Value(),
               Value response = Value());
    /// The same, refused with AccessDenied.
    void addDenied(Timestamp at, const LogCaller& caller, std::string_view call, Value parameters);
    /// A console sign-in; it has no access key.
    void addSignIn(Timestamp at, const LogCaller& caller, bool hasSucceeded, bool hasMfa);

    [[nodiscard]] std::string arn(std::string_view service, std::string_view resource, bool isRegional = false) const;
    [[nodiscard]] LogDice& dice() { return m_dice; }
    [[nodiscard]] std::vector<ScenarioLog::Record> take() { return std::move(m_records); }

private:
    [[nodiscard]] Value identity(const LogCaller& caller) const;

    std::string m_account;
    std::string m_region;
    LogDice m_dice;
    std::vector<ScenarioLog::Record> m_records;
};

} // namespace cordon::tenant
