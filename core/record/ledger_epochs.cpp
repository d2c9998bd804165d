#include "core/base/log.h"
#include "core/record/ledger.h"

#include <cstdlib>

namespace cordon::record {

Result<void> Ledger::beginEpoch(const std::string& why)
{
    auto next = crypto::SigningKey::generate();
    // What came before is signed by the key of its own time.
    CORDON_CHECK(checkpoint());
    CORDON_TRY(const auto root, m_keys.rootKey(m_origin));
    EpochCertificate certificate{m_origin, epoch() + 1, next.publicKey(), epochKey(), size(), this->root(), why};
    crypto::SignedNote note;
    note.text = certificate.text();
    note.sign(rootSigner, root);
    note.sign(previousSigner, m_key);
    note.sign(nextSigner, next);
    return putInForce(std::move(next), "ledger.epoch", Value::Object{{"certificate", note.toString()}});
}

/// The new key is kept before the entry that names it, and the old one erased after: a crash between leaves both, and
/// the ledger tells which one counts.
Result<void> Ledger::putInForce(crypto::SigningKey next, const std::string& type, Value data)
{
    CORDON_CHECK(m_keys.keepNextEpoch(m_origin, next));
    LedgerDraft draft;
    draft.type = type;
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.data = std::move(data);
    std::vector<LedgerDraft> drafts;
    drafts.push_back(std::move(draft));
    if (auto appended = appendNow(std::move(drafts)); !appended) {
        // After a failed sync nobody knows whether the entry is there: then the key stays for the next opening.
        if (!m_isBroken)
            CORDON_CHECK(m_keys.dropNextEpoch(m_origin));
        return fail(appended.error());
    }
    m_key = std::move(next);
    CORDON_CHECK(m_keys.finishEpoch(m_origin));
    CORDON_CHECK(checkpoint());
    return {};
}

void Ledger::keepEpochYoung()
{
    const Duration age = m_clock->now() - m_keyHistory.epochBegan();
    if (m_isBroken || (age < m_options.epochLasts && age > -m_options.epochLasts))
        return;
    // Whatever is wrong with the keys' folder must not keep entries out of the ledger.
    if (const auto begun = beginEpoch("age"); !begun)
        logWarning("a new log key: " + begun.error().detail);
}

Result<std::string> Ledger::draftRevocation()
{
    const auto replacement = crypto::SigningKey::generate();
    CORDON_CHECK(m_keys.keepReplacement(m_origin, replacement));
    return revocationOrder(m_origin, epochKey(), replacement.publicKey());
}

Result<void> Ledger::revoke(const std::string& order)
{
    CORDON_TRY(auto next, m_keys.replacement(m_origin));
    CORDON_TRY(const auto root, m_keys.rootKey(m_origin));
    EpochCertificate certificate{m_origin, epoch() + 1, next.publicKey(), epochKey(), size(), this->root(), "revoked"};
    crypto::SignedNote note;
    note.text = certificate.text();
    note.sign(rootSigner, root);
    note.sign(nextSigner, next);
    CORDON_CHECK(putInForce(std::move(next), "ledger.key_revoked",
                            Value::Object{{"certificate", note.toString()}, {"order", order}}));
    return m_keys.dropReplacement(m_origin);
}

} // namespace cordon::record
