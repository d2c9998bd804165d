#include "core/record/sealed_part_audit.h"

#include "core/record/evidence_audit.h"
#include "core/record/incident_part.h"
#include "core/record/index_audit.h"
#include "core/record/tlog_proof.h"

#include <algorithm>

namespace cordon::record {
namespace {

/// Entry by entry: form, proof, head.
class PartAudit
{
public:
    PartAudit(const SealedCase& sealed, const AuditOptions& options)
        : m_sealed(sealed), m_options(options), m_evidence(sealed.path(), options, m_report)
    {}

    Result<VerifyReport> run()
    {
        const SealedManifest& said = m_sealed.manifest();
        m_report.caseName = m_sealed.path().filename().string();
        m_report.ledger.origin = said.origin;
        IndexAudit index(m_sealed.path() / "case.db", false);
        CORDON_CHECK(eachPartEntry(m_sealed.path(), [&](std::string_view bytes, const LedgerEntry& entry) {
            judgeEntry(bytes, entry);
            index.add(entry);
            return true;
        }));
        m_report.index = index.finish(true);
        judgeKey();
        if (m_options.requiresAnchor) // heads of a mark or a copy are of other sizes, and the entries between are not here
            m_report.doubts.emplace_back("no anchor outside can confirm the length of a ledger of which one incident is here");
        CORDON_CHECK(m_evidence.judge(false)); // of logs only records are here
        CORDON_CHECK(judgeRecords());
        m_report.noteIndex();
        m_report.verdict = !m_report.problems.empty() ? VerifyReport::Verdict::Tampered
                           : !m_report.doubts.empty() ? VerifyReport::Verdict::Unverifiable
                           : !m_report.gaps.empty()   ? VerifyReport::Verdict::Incomplete
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
        m_evidence.add(entry);
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
        else if (*trusted != *m_report.ledger.genesisKey && m_options.key)
            m_report.doubts.emplace_back(otherKeyWords);
        else if (*trusted != *m_report.ledger.genesisKey)
            problem(0, "the genesis key is not the one that is pinned for this ledger");
        else
            m_report.isPinned = true;
    }

    /// A record of an encrypted log is worth nothing without that log's wrapped key.
    Result<void> judgeRecords()
    {
        const platform::Path folder = m_sealed.path() / "evidence" / "records";
        if (!platform::isFolder(folder))
            return {};
        const EvidenceKeys keys(m_sealed.path() / "evidence", CaseKey());
        CORDON_TRY(const auto logs, platform::listFolder(folder));
        for (const std::string& log : logs) {
            CORDON_TRY(const auto records, platform::listFolder(folder / log));
            const bool isEncrypted = std::any_of(records.begin(), records.end(), isEncryptedRecordName);
            const auto digest = Digest::fromHex(log);
            if (!digest)
                m_report.problems.push_back({"evidence/records/" + log, 0, -1, "records of no log"});
            else if (isEncrypted && !keys.contains(*digest))
                m_report.gaps.push_back("the key of encrypted records is missing: evidence/records/" + log);
        }
        return {};
    }

    const SealedCase& m_sealed;
    const AuditOptions& m_options;
    VerifyReport m_report;
    EvidenceAudit m_evidence;
};

} // namespace

Result<VerifyReport> auditPart(const SealedCase& sealed, const AuditOptions& options)
{
    return PartAudit(sealed, options).run();
}

} // namespace cordon::record
