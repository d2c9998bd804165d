#include "core/record/sealed_part_audit.h"

#include "core/record/evidence_vault.h"
#include "core/record/incident_part.h"
#include "core/record/tlog_proof.h"

namespace cordon::record {
namespace {

/// Entry by entry: form, proof, head.
class PartAudit
{
public:
    PartAudit(const SealedCase& sealed, const AuditOptions& options) : m_sealed(sealed), m_options(options) {}

    Result<VerifyReport> run()
    {
        const SealedManifest& said = m_sealed.manifest();
        m_report.caseName = m_sealed.path().filename().string();
        m_report.ledger.origin = said.origin;
        CORDON_CHECK(eachPartEntry(m_sealed.path(), [&](std::string_view bytes, const LedgerEntry& entry) {
            judgeEntry(bytes, entry);
            return true;
        }));
        judgeKey();
        CORDON_CHECK(judgeEvidence());
        m_report.verdict = !m_report.problems.empty() ? VerifyReport::Verdict::Tampered
                           : !m_report.doubts.empty() ? VerifyReport::Verdict::Unverifiable
                                                      : VerifyReport::Verdict::Ok;
        return std::move(m_report);
    }

private:
    void problem(std::int64_t seq, std::string what) { m_report.problems.push_back({"entries", 0, seq, std::move(what)}); }

    void judgeEntry(std::string_view bytes, const LedgerEntry& entry)
    {
        const SealedManifest& said = m_sealed.manifest();
        ++m_report.ledger.entries;
        m_report.ledger.bytes += bytes.size();
        if (entry.seq == 0) {
            const auto key = crypto::PublicKey::parse(entry.data["public_key"].asString());
            if (entry.type != "ledger.genesis" || !key || entry.data["origin"].asString() != said.origin)
                problem(0, "the first entry is not the genesis of " + said.origin);
            else
                m_report.ledger.genesisKey = *key;
        }
        const auto proof = partProof(m_sealed.path(), entry.seq);
        const auto proven = proof ? readTlogProof(*proof, said.key) : fail(proof.error());
        if (!proven)
            problem(entry.seq, proven.error().detail);
        else if (proven->seq != entry.seq || proven->entry != bytes || proven->size > said.entries || proven->origin != said.origin)
            problem(entry.seq, "the proof is of another entry or another ledger");
        if (entry.type == "evidence.sealed") {
            if (const auto digest = Digest::fromHex(entry.data["digest"].asString()))
                m_named.emplace(*digest, entry.seq);
        }
    }

    void judgeKey()
    {
        if (!m_report.ledger.genesisKey) {
            problem(0, "the genesis entry is not here");
            return;
        }
        std::optional<crypto::PublicKey> trusted = m_options.key;
        if (!trusted && !m_options.home.empty())
            trusted = LogKeys(m_options.home).pinned(m_report.ledger.origin).value_or(std::nullopt);
        if (!trusted)
            m_report.doubts.push_back("no key is pinned for " + m_report.ledger.origin + " and none was given");
        else if (*trusted != *m_report.ledger.genesisKey)
            problem(0, "the genesis key is not the trusted key");
        else
            m_report.isPinned = true;
    }

    Result<void> judgeEvidence()
    {
        const EvidenceVault vault(m_sealed.path() / "evidence");
        CORDON_TRY(const auto objects, vault.list());
        for (const Digest& object : objects) {
            ++m_report.objects;
            if (const auto good = vault.verify(object, m_options.stop); !good)
                m_report.problems.push_back({"evidence", 0, -1, good.error().detail});
            else
                ++(m_named.contains(object) ? m_report.goodObjects : m_report.unlistedObjects);
        }
        return {};
    }

    const SealedCase& m_sealed;
    const AuditOptions& m_options;
    std::map<Digest, std::int64_t> m_named;
    VerifyReport m_report;
};

} // namespace

Result<VerifyReport> auditPart(const SealedCase& sealed, const AuditOptions& options)
{
    return PartAudit(sealed, options).run();
}

} // namespace cordon::record
