#pragma once

#include "core/act/expected_state.h"
#include "tests/support/json_fake.h"
#include "tests/support/provider_user.h"

#include <QTest>

namespace cordon::test {

/// A provider beside a fake of its system, and what every provider must be able to stand.
class ProviderTrial : public ProviderUser
{
public:
    ProviderTrial(JsonFake& fake, Make make, std::string kind, std::string tenant, const std::string& credential)
        : ProviderUser(make, {kind + "-test", kind, std::move(tenant), "prod", {}, Value::Object{}}, credential)
        , m_fake(fake)
        , m_peer(fake.answer())
    {}

    /// Makes the provider; `{}` in an option's text is the fake's address. @return "" or why not
    std::string connect(std::map<std::string, std::string> options)
    {
        for (auto& [name, text] : options) {
            if (const auto mark = text.find("{}"); mark != std::string::npos)
                text.replace(mark, 2, m_peer.url());
        }
        return open(options);
    }
    HttpPeer& peer() { return m_peer; }

    /// Looks, does, reads back, looks late, drifts, undoes, compares. @return "" or what went wrong
    /// @param exposes  taking it back is refused until a person says so
    std::string containsAndGoesBack(const Action& deed, bool exposes = false)
    {
        const EntityRef target = deed.targets.front();
        const auto before = provider().inspect(target, reading());
        if (!before)
            return "inspect: " + before.error().detail;
        for (const std::string_view attribute : *act::attributesChangedBy(deed.type)) {
            if (attribute != "security_groups" && !before->state.contains(std::string(attribute)))
                return "inspect tells no " + std::string(attribute);
        }
        const auto preview = provider().preview(deed, reading());
        if (!preview)
            return "preview: " + preview.error().detail;
        if (preview->before == preview->after || preview->undo.empty() || preview->request.empty())
            return "preview tells no change or no undo";
        if (!m_fake.done.empty())
            return "looking changed something";
        m_fake.lag = 2; // what was done shows late
        const auto done = provider().execute(deed, changing());
        if (!done)
            return "execute: " + done.error().detail;
        if (m_fake.done.empty() || done->undoRecord.isNull())
            return "nothing was done, or there is no way back";
        const auto outcome = provider().verify(deed, reading());
        if (!outcome || outcome->state != OutcomeState::Verified)
            return "verify: " + (outcome ? outcome->detail : outcome.error().detail);
        m_fake.lag = 0;
        const std::size_t count = m_fake.done.size();
        if (const auto again = provider().execute(deed, changing()); again && m_fake.done.size() != count)
            return "done twice";
        if (const auto quietly = exposes ? provider().undo(deed, done->undoRecord, false, changing()) : Result<act::ExecuteReply>(fail(ErrorCode::Denied, {}));
            quietly || quietly.error().code != ErrorCode::Denied)
            return "what leaked is good again, and nobody said so";
        const auto back = provider().undo(deed, done->undoRecord, exposes, changing());
        if (!back)
            return "undo: " + back.error().detail;
        const auto after = provider().inspect(target, reading());
        if (!after || !(after->state == before->state) || after->exists != before->exists)
            return "not exactly as before: " + json::write(Value::Object(before->state.begin(), before->state.end())) + " and " +
                   (after ? json::write(Value::Object(after->state.begin(), after->state.end())) : after.error().detail);
        const auto undone = provider().verify(deed, reading());
        if (!undone || undone->state == OutcomeState::Verified)
            return "the effect is still seen";
        if (const auto twice = provider().undo(deed, done->undoRecord, false, changing()); twice || (twice.error().code != ErrorCode::Conflict && !exposes))
            return "taken back twice";
        return {};
    }

    /// Does what has no way back and reads back. @return "" or what went wrong
    std::string endsForGood(const Action& deed)
    {
        const auto preview = provider().preview(deed, reading());
        if (!preview)
            return "preview: " + preview.error().detail;
        if (!preview->undo.empty() || !m_fake.done.empty())
            return "preview tells an undo, or did something";
        m_fake.lag = 2;
        const auto done = provider().execute(deed, changing());
        m_fake.lag = done ? 2 : 0;
        if (!done)
            return "execute: " + done.error().detail;
        if (m_fake.done.empty() || !done->undoRecord.isNull())
            return "nothing was done, or it says that there is a way back";
        const auto outcome = provider().verify(deed, reading());
        m_fake.lag = 0;
        if (!outcome || outcome->state != OutcomeState::Verified)
            return "verify: " + (outcome ? outcome->detail : outcome.error().detail);
        const auto undo = provider().undo(deed, done->undoRecord, false, changing());
        return undo || undo.error().code != ErrorCode::Unsupported ? "undo was tried" : "";
    }

    /// The faults that every provider meets, on a deed that calls that route. @return "" or what went wrong
    std::string standsFaults(const Action& deed, const std::string& route)
    {
        m_fake.throttled = 2;
        if (const auto facts = provider().inspect(deed.targets.front(), reading()); !facts)
            return "throttled: " + facts.error().detail;
        m_fake.failing = {route};
        if (const auto failed = provider().execute(deed, changing()); failed || failed.error().code != ErrorCode::Io)
            return "a failure of the server is not told as unknown";
        m_fake.failing.clear();
        m_fake.lying = {route};
        if (!provider().execute(deed, changing()) || provider().verify(deed, reading())->state == OutcomeState::Verified)
            return "a lie is believed";
        m_fake.lying.clear();
        m_fake.silent = {route};
        const auto lost = provider().execute(deed, changing());
        m_fake.silent.clear();
        if (lost ? false : lost.error().code != ErrorCode::Io)
            return "a lost answer is not told as unknown: " + lost.error().detail;
        if (const auto seen = provider().verify(deed, reading()); !seen || seen->state != OutcomeState::Verified)
            return "what was done is not seen";
        return {};
    }

private:
    JsonFake& m_fake;
    HttpPeer m_peer;
};

} // namespace cordon::test
