#pragma once

#include "tests/app/connected_installation.h"
#include "tests/app/told_steps.h"

#include <functional>

namespace cordon::tests {

/// A whole case against one server that the test runs: a service account, misused from elsewhere minutes ago, after three days of what it always
/// does, in a log that a person described by a map, with rules of their own.
class ServerCase : public ConnectedInstallation
{
public:
    /// A line of the log. @param act  what was done, by the account's own program or by the intruder's
    using Line = std::function<Value(Timestamp at, const std::string& address, const std::string& program, const std::string& act)>;

    /// @param account  canonical id  @param map  field map of the log, of source `server.access`
    ServerCase(std::string account, const std::string& map, const Line& line)
        : ConnectedInstallation(0)
        , m_account(std::move(account))
    {
        write("map.yml", map);
        QDir().mkpath(ctl.path("rules"));
        rule("factor", "The second factor of an account was taken away by itself", "factor_removed", "attack.persistence\n    - attack.t1556.006");
        rule("export", "Everything was copied out at once", "export_all", "attack.exfiltration\n    - attack.t1567");
        const std::int64_t now = MachineClock().now().micros();
        const Timestamp start = Timestamp::fromMicros(now - now % 1'000'000) - std::chrono::minutes(8);
        std::string before;
        for (int i = 0; i < 24; ++i)
            before += json::write(line(start - std::chrono::hours(72) + std::chrono::hours(3) * i, "198.51.100.21", "reports/2.1", "read")) + '\n';
        write("before.jsonl", before);
        std::string attack;
        Timestamp at = start;
        for (const char* act : {"read", "factor_removed", "list", "export_all", "export_all"}) {
            attack += json::write(line(at, "203.0.113.44", "curl/8.1", act)) + '\n';
            at = at + std::chrono::seconds(20);
        }
        write("attack.jsonl", attack);
    }

    /// @param system  its entry in the settings, without its name and environment
    void connect(const std::string& system, const std::string& credential) const
    {
        write("systems.yaml", "connectors: cordon/v1\nsystems:\n  - name: server\n    environment: prod\n" + system);
        keep("server", credential);
        putInForce("prod", 1, {{"source: aws.cloudtrail", "source: server.access"}});
    }
    [[nodiscard]] QStringList job(const QStringList& logs = {}) const
    {
        return QStringList{"--map", ctl.path("map.yml"), "--rules", ctl.path("rules")} + logs;
    }
    [[nodiscard]] Ran work(const QStringList& logs = {}) const { return run(job(logs)); }
    /// A list that says which tags accounts bear, since neither server tells: without it the agent touches none.
    [[nodiscard]] Ran know() const
    {
        write("accounts.csv", "kind,id,criticality,tags\naccount,\"" + m_account + "\",low,reporting\n");
        return asAnalyst({"inventory", "import", ctl.caseFolder(), ctl.path("accounts.csv"), "--name", "cmdb", "--authoritative-for", "account"});
    }
    /// Until a person was asked to let the account be suspended. @return the request's id, or "" with what happened in `why`
    [[nodiscard]] QString askedFor(QByteArray& why) const
    {
        const Ran first = work({ctl.path("before.jsonl")});
        const Ran known = know();
        const Ran second = work({ctl.path("attack.jsonl")});
        why = first.told() + known.told() + shown(second);
        const Value step = stepOf(second, "account.suspend", m_account);
        return step["state"].asString() == "awaiting_approval" ? QString::fromStdString(step["approval"]["request"].asString()) : QString();
    }
    [[nodiscard]] Value step(const Ran& ran) const { return stepOf(ran, "account.suspend", m_account); }
    [[nodiscard]] const std::string& account() const { return m_account; }
    /// Both verifiers on the case. @return "" or what they said
    [[nodiscard]] QByteArray verified() const
    {
        const Ran own = ctl.run({"verify", ctl.caseFolder()});
        QProcess python;
        python.start("/usr/bin/python3", {CORDON_SOURCE_DIR "/tools/verify_ledger.py", ctl.caseFolder(), "--home", ctl.home()});
        const bool isThrough = python.waitForFinished(60'000) && python.exitCode() == 0;
        return own.status == 0 && isThrough ? QByteArray() : own.told() + python.readAllStandardOutput() + python.readAllStandardError();
    }

private:
    void rule(const char* name, const char* title, const char* act, const std::string& tags) const
    {
        static int count = 0;
        write((std::string("rules/") + name + ".yml").c_str(),
              std::string("title: ") + title + "\nid: 00000000-0000-4000-8000-00000000000" + std::to_string(++count % 10) +
                  "\nstatus: test\nlevel: high\ntags:\n    - " + tags + "\nlogsource:\n    product: server\ndetection:\n    selection:\n        act: " + act + "\n    condition: selection\n");
    }

    std::string m_account;
};

} // namespace cordon::tests
