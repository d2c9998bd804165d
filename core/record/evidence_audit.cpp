#include "core/record/evidence_audit.h"

#include "core/record/ledger_format.h"

#include <algorithm>

namespace cordon::record {

void EvidenceAudit::add(const LedgerEntry& entry)
{
    if (entry.type == "evidence.erased") {
        const auto erased = Digest::fromHex(entry.data["digest"].asString());
        if (const auto named = erased ? m_named.find(*erased) : m_named.end(); named != m_named.end())
            named->second.erasedBy = entry.seq;
        return;
    }
    if (entry.type != "evidence.sealed")
        return;
    for (const char* member : {"digest", "packed_digest"}) {
        const auto digest = Digest::fromHex(entry.data[member].asString());
        if (digest) {
            NamedObject& named = m_named[*digest];
            if (named.seq >= 0)
                continue;
            named.seq = entry.seq;
            const bool isPacked = std::string_view(member) == "packed_digest";
            if (auto container = Digest::fromHex(entry.data[isPacked ? "packed_container" : "container"].asString()))
                named.container = *container;
        } else if (entry.data.has(member))
            m_report.problems.push_back(
                {std::string(format::ledgerFolder), 0, entry.seq, "an evidence digest that is none"});
    }
}

Result<void> EvidenceAudit::judge(bool isWhole)
{
    const EvidenceVault vault = vaultToRead();
    CORDON_TRY(std::vector<Digest> all, vault.list());
    if (isWhole) {
        for (const auto& [digest, named] : m_named)
            all.push_back(digest);
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
    }
    m_report.objects = static_cast<int>(isWhole ? m_named.size() : all.size());
    int done = 0;
    for (const Digest& digest : all) {
        CORDON_CHECK(judgeObject(vault, digest));
        if (m_options.onObject)
            m_options.onObject(++done, static_cast<int>(all.size()));
    }
    return {};
}

/// With the case's evidence key where this installation has it; without it encrypted objects are told by their
/// containers, which the ledger names.
EvidenceVault EvidenceAudit::vaultToRead() const
{
    auto key = m_options.home.empty() ? Result<CaseKey>(CaseKey())
                                      : caseKey(m_options.home, m_report.ledger.origin, false);
    return EvidenceVault(m_folder / "evidence", key ? *key : CaseKey(), false);
}

/// Nothing when the object is not encrypted; else what is wrong with its stored bytes, or that all is well.
Result<std::optional<Error>> EvidenceAudit::judgeContainer(const EvidenceVault& vault, const Digest& digest) const
{
    CORDON_TRY(auto object, EvidenceObject::open(vault.pathOf(digest)));
    const auto named = m_named.find(digest);
    if (named != m_named.end() && named->second.container &&
        (!object.isEncrypted() || object.container() != *named->second.container))
        return std::optional(Error{ErrorCode::Corrupt, "not the object that was sealed: its container is another"});
    if (!object.isEncrypted())
        return std::optional<Error>();
    const auto stored = object.verifyStored(m_options.stop);
    return stored ? std::optional<Error>() : std::optional(stored.error());
}

/// An encrypted object whose stored bytes hold, when that is all that can be or need be said of it.
bool EvidenceAudit::isJudgedWithoutKey(const EvidenceVault& vault, const Digest& digest, const std::string& place)
{
    const NamedObject& named = m_named.at(digest);
    if (named.erasedBy >= 0) {
        ++m_report.erasedObjects;
        m_report.erasures.push_back(named.erasedBy);
        if (vault.keys().contains(digest))
            m_report.gaps.push_back("erased by entry " + std::to_string(named.erasedBy) +
                                    ", but its key is still there: " + place);
        return true;
    }
    if (!vault.keys().contains(digest)) {
        m_report.gaps.push_back("the key of encrypted evidence is missing and no entry says that it was erased: " + place);
        return true;
    }
    if (vault.keys().canOpen())
        return false;
    ++m_report.lockedObjects; // its bytes are those that were sealed; what they say is not read here
    ++m_report.goodObjects;
    return true;
}

Result<void> EvidenceAudit::judgeObject(const EvidenceVault& vault, const Digest& digest)
{
    const auto named = m_named.find(digest);
    const auto container = judgeContainer(vault, digest);
    const std::string place = vault.pathOf(digest).lexically_relative(m_folder).string();
    const std::int64_t by = named == m_named.end() ? -1 : named->second.seq;
    if (container && *container) {
        if ((*container)->code == ErrorCode::Cancelled)
            return fail(**container);
        m_report.problems.push_back({place, 0, by, (*container)->detail});
        return {};
    }
    if (container && named != m_named.end() && named->second.container && isJudgedWithoutKey(vault, digest, place))
        return {};
    const auto verified = vault.verify(digest, m_options.stop);
    const bool isLocked = !verified && verified.error().code == ErrorCode::Denied;
    if (isLocked && named == m_named.end()) { // a crash came between sealing and noting; its stored bytes hold
        ++m_report.unlistedObjects;
    } else if (verified) {
        ++(named == m_named.end() ? m_report.unlistedObjects : m_report.goodObjects);
    } else if (verified.error().code == ErrorCode::NotFound) {
        ++m_report.missingObjects;
        m_report.gaps.push_back("missing evidence object " + place);
    } else if (verified.error().code == ErrorCode::Cancelled || isLocked) {
        return fail(verified.error());
    } else {
        ++m_report.badObjects;
        m_report.problems.push_back({place, 0, by, verified.error().detail});
    }
    return {};
}

} // namespace cordon::record
