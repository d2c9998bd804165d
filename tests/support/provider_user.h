#pragma once

#include "core/act/connector_process.h"
#include "core/act/connector_settings.h"
#include "core/act/provider.h"
#include "core/connectors/asker.h"
#include "core/value/json.h"

#include <functional>
#include <map>

namespace cordon::test {

/// A provider and what it is asked with: settings, credential, serials. The system behind it is real, or a fake.
class ProviderUser
{
public:
    using Make = Result<std::unique_ptr<act::Provider>> (*)(const act::ConnectorSettings&, connectors::Asker::Pause);

    ProviderUser(Make make, act::ConnectorSettings settings, const std::string& credential)
        : m_make(make)
        , m_settings(std::move(settings))
        , m_credential(crypto::SecretBytes::copyOf(credential))
    {}

    /// Makes the provider anew. @return "" or why not
    std::string open(const std::map<std::string, std::string>& options = {})
    {
        for (const auto& [name, text] : options)
            m_settings.options.set(name, text);
        auto made = m_make(m_settings, [](auto, const auto&) { return true; });
        if (!made)
            return made.error().detail;
        m_provider = std::move(*made);
        return {};
    }
    act::Provider& provider() { return *m_provider; }
    act::ConnectorSettings& settings() { return m_settings; }
    void use(const std::string& credential) { m_credential = crypto::SecretBytes::copyOf(credential); }

    act::CallContext reading() { return {m_credential, "", now(), std::chrono::seconds(20), m_token}; }
    act::CallContext changing() { return {m_credential, "serial" + std::to_string(++m_serial), now(), std::chrono::seconds(20), m_token}; }
    [[nodiscard]] Action action(const std::string& verb, const EntityRef& target, Value params = Value::Object{}) const
    {
        Action made;
        made.type = verb;
        made.connector = m_settings.name;
        made.tenant = m_settings.tenant;
        made.targets = {target};
        made.params = std::move(params);
        return made;
    }
    static Timestamp now()
    {
        return Timestamp::fromMicros(
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
    }
    /// An attribute of a target, or why it could not be had.
    std::string state(const EntityRef& target, const std::string& attribute = "status")
    {
        const auto facts = m_provider->inspect(target, reading());
        if (!facts)
            return facts.error().detail;
        const auto found = facts->state.find(attribute);
        return !facts->exists ? "not there" : found == facts->state.end() ? "" : found->second.isString() ? found->second.asString() : json::write(found->second);
    }
    Result<act::ExecuteReply> execute(const Action& deed) { return m_provider->execute(deed, changing()); }
    Result<act::ExecuteReply> undo(const Action& deed, const Value& record, bool overwritesDrift = false)
    {
        return m_provider->undo(deed, record, overwritesDrift, changing());
    }
    /// Why a deed is refused, "" when it is not; what it does when it is not, it does.
    std::string refusalOf(const Action& deed, ErrorCode code)
    {
        const auto done = execute(deed);
        return done ? "was done" : done.error().code == code ? "" : "another refusal: " + done.error().detail;
    }

    /// Does, sees by trying that it is cut, undoes, compares. @return "" or what went wrong
    std::string cutsAndGoesBack(const Action& deed, const std::function<bool()>& isCut)
    {
        const auto before = m_provider->inspect(deed.targets.front(), reading());
        const auto preview = m_provider->preview(deed, reading());
        if (!before || !preview || preview->before == preview->after || preview->undo.empty())
            return "preview: " + (!before ? before.error().detail : preview ? std::string("no change, or no undo") : preview.error().detail);
        if (isCut())
            return "it was cut before";
        const auto done = execute(deed);
        if (!done || done->undoRecord.isNull())
            return "execute: " + (done ? std::string("no way back") : done.error().detail);
        const auto outcome = m_provider->verify(deed, reading());
        if (!outcome || outcome->state != OutcomeState::Verified || !isCut())
            return "it is not contained: " + (outcome ? outcome->detail : outcome.error().detail);
        const auto back = undo(deed, done->undoRecord);
        const auto after = m_provider->inspect(deed.targets.front(), reading());
        if (!back || !after || !(after->state == before->state) || isCut())
            return "not as before: " + (back ? std::string() : back.error().detail);
        const auto twice = undo(deed, done->undoRecord);
        return twice || twice.error().code != ErrorCode::Conflict ? "taken back twice" : "";
    }
    /// Does what has no way back and reads back. @return "" or what went wrong
    std::string ends(const Action& deed)
    {
        const auto preview = m_provider->preview(deed, reading());
        if (!preview || !preview->undo.empty())
            return "preview: " + (preview ? std::string("tells an undo") : preview.error().detail);
        const auto done = execute(deed);
        if (!done || !done->undoRecord.isNull())
            return "execute: " + (done ? std::string("says that there is a way back") : done.error().detail);
        const auto outcome = m_provider->verify(deed, reading());
        return outcome && outcome->state == OutcomeState::Verified ? "" : "verify: " + (outcome ? outcome->detail : outcome.error().detail);
    }

    /// Asks through the confined program, as a console does. @return "" or what went wrong
    std::string worksConfined(const EntityRef& target)
    {
        class One final : public act::CredentialSource
        {
        public:
            explicit One(std::string_view text)
                : m_text(text)
            {}
            Result<crypto::SecretBytes> credentialOf(const std::string&) override { return crypto::SecretBytes::copyOf(m_text); }

        private:
            std::string m_text;
        };
        One credentials(m_credential.text());
        const MachineClock clock;
        auto process = act::ConnectorProcess::make(std::string(CORDON_BINARY_DIR) + "/bin/cordon_connector", m_settings, credentials, clock);
        if (!process)
            return process.error().detail;
        if (const auto said = (*process)->check({}); !said)
            return said.error().detail;
        const auto facts = (*process)->inspect(target, {});
        return facts ? facts->exists ? "" : "the target is not there" : facts.error().detail;
    }

private:
    Make m_make;
    act::ConnectorSettings m_settings;
    crypto::SecretBytes m_credential;
    std::unique_ptr<act::Provider> m_provider;
    std::stop_source m_stop;
    std::stop_token m_token = m_stop.get_token();
    int m_serial = 0;
};

} // namespace cordon::test

#define VERIFY_WELL(problem)                                                                                           \
    do {                                                                                                               \
        const std::string words = (problem);                                                                           \
        QVERIFY2(words.empty(), words.c_str());                                                                        \
    } while (false)
