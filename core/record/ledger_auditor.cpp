#include "core/record/ledger_auditor.h"

#include "core/record/evidence_vault.h"
#include "core/record/head_anchor.h"
#include "core/record/ledger_format.h"

#include <algorithm>

namespace cordon::record {
namespace {

/// What entries say of one object.
struct NamedObject
{
    std::int64_t seq = -1;           ///< first evidence.sealed entry that names it
    std::optional<Digest> container; ///< of an encrypted one: tells its stored bytes
    std::int64_t erasedBy = -1;      ///< evidence.erased entry
};
using NamedObjects = std::map<Digest, NamedObject>;

class Audit
{
public:
    Audit(const AuditOptions& options, const platform::Path& folder)
        : m_options(options)
        , m_folder(folder)
    {}

    Result<VerifyReport> run()
    {
        m_report.caseName = (m_folder / "").parent_path().filename().string();
        CORDON_CHECK(readMark());
        CORDON_CHECK(readLedger());
        judgeKey();
        judgeTail();
        if (m_options.checksEvidence)
            CORDON_CHECK(judgeEvidence());
        judgeAnchor();
        m_report.verdict = verdict();
        return std::move(m_report);
    }

private:
    /// The origin is needed before the examination, to find what is pinned under it.
    Result<void> readMark()
    {
        CORDON_TRY(FrameReader reader, FrameReader::open(m_folder));
        CORDON_CHECK(reader.next());
        if (m_options.home.empty() || reader.origin().empty())
            return {};
        const LogKeys keys(m_options.home);
        auto mark = keys.mark(reader.origin());
        if (mark && m_options.sealedAt && *mark && (*mark)->size > *m_options.sealedAt)
            mark->reset();
        if (mark)
            m_mark = *mark;
        else
            m_report.problems.push_back({"pinned high-water mark", 0, 0, mark.error().detail});
        for (const auto& anchor : keys.anchors()) {
            const auto newest = anchor->newest(reader.origin());
            if (!newest)
                m_report.problems.push_back({anchor->name(), 0, 0, newest.error().detail});
            else if (*newest && !(m_options.sealedAt && (*newest)->size > *m_options.sealedAt))
                m_anchors.push_back({anchor->name(), **newest});
        }
        m_report.hasMark = m_mark.has_value();
        m_report.hasAnchor = m_mark.has_value() || !m_anchors.empty();
        return {};
    }

    Result<void> readLedger()
    {
        GovernanceAudit governance(m_options.renderAgain);
        ExaminationOptions examination;
        examination.mark = m_mark;
        examination.anchors = m_anchors;
        examination.witnesses = m_options.witnesses;
        examination.stop = m_options.stop;
        examination.visit = [&](const LedgerEntry& entry) {
            governance.add(entry);
            noteEvidence(entry);
        };
        CORDON_TRY(m_report.ledger, examineLedger(m_folder, examination));
        m_report.governance = governance.counts();
        const auto& found = m_report.ledger.problems;
        m_report.problems.insert(m_report.problems.end(), found.begin(), found.end());
        for (const GovernanceProblem& problem : governance.problems())
            m_report.problems.push_back({std::string(format::ledgerFolder), 0, problem.seq, problem.what});
        m_report.timestamps = readHeadTimestamps(m_folder, pinnedAuthorities(m_options.home));
        m_report.problems.insert(m_report.problems.end(), m_report.timestamps.problems.begin(),
                                 m_report.timestamps.problems.end());
        return {};
    }

    void noteEvidence(const LedgerEntry& entry)
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

    void judgeKey()
    {
        if (!m_report.ledger.genesisKey) {
            if (m_report.problems.empty())
                m_report.gaps.emplace_back("there is no genesis entry");
            return;
        }
        std::optional<crypto::PublicKey> trusted = m_options.key;
        if (!trusted && !m_options.home.empty()) {
            auto pinned = LogKeys(m_options.home).pinned(m_report.ledger.origin);
            if (pinned)
                trusted = *pinned;
            else
                m_report.doubts.push_back("the pinned key cannot be read: " + pinned.error().detail);
        }
        if (!trusted) {
            m_report.doubts.push_back("no key is pinned for " + m_report.ledger.origin + " and none was given");
        } else if (*trusted != *m_report.ledger.genesisKey) {
            m_report.problems.push_back(
                {std::string(format::ledgerFolder), 0, 0, "the genesis key is not the trusted key"});
        } else {
            m_report.isPinned = true;
        }
    }

    void judgeTail()
    {
        const LedgerFindings& ledger = m_report.ledger;
        if (ledger.end == FrameReader::Step::Torn)
            m_report.gaps.push_back("torn tail: " + ledger.tear.toString());
        if (const auto open = ledger.entries - ledger.checkpointedSize; open > 0)
            m_report.gaps.push_back(std::to_string(open) + " entries at the end are not under a signed checkpoint");
    }

    Result<void> judgeEvidence()
    {
        CORDON_TRY(const EvidenceVault vault, vaultToRead());
        CORDON_TRY(const std::vector<Digest> present, vault.list());
        std::vector<Digest> all = present;
        for (const auto& [digest, seq] : m_named)
            all.push_back(digest);
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        m_report.objects = static_cast<int>(m_named.size());
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
    Result<EvidenceVault> vaultToRead()
    {
        auto key = m_options.home.empty() ? Result<CaseKey>(CaseKey())
                                          : caseKey(m_options.home, m_report.ledger.origin, false);
        return EvidenceVault(m_folder / "evidence", key ? *key : CaseKey(), false);
    }

    /// Nothing when the object is not encrypted; else what is wrong with its stored bytes, or that all is well.
    Result<std::optional<Error>> judgeContainer(const EvidenceVault& vault, const Digest& digest)
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

    Result<void> judgeObject(const EvidenceVault& vault, const Digest& digest)
    {
        const auto named = m_named.find(digest);
        const auto container = judgeContainer(vault, digest);
        const std::string place = std::filesystem::relative(vault.pathOf(digest), m_folder).string();
        const std::int64_t by = named == m_named.end() ? -1 : named->second.seq;
        if (container && *container) {
            m_report.problems.push_back({place, 0, by, (*container)->detail});
            return {};
        }
        const bool isEncrypted = named != m_named.end() && named->second.container;
        if (container && isEncrypted && named->second.erasedBy >= 0) {
            ++m_report.erasedObjects;
            m_report.erasures.push_back(named->second.erasedBy);
            if (vault.keys().contains(digest))
                m_report.gaps.push_back("erased by entry " + std::to_string(named->second.erasedBy) +
                                        ", but its key is still there: " + place);
            return {};
        }
        if (container && isEncrypted && !vault.keys().contains(digest)) {
            m_report.gaps.push_back("the key of encrypted evidence is missing and no entry says that it was erased: " + place);
            return {};
        }
        if (container && isEncrypted && !vault.keys().canOpen()) {
            ++m_report.lockedObjects; // its bytes are those that were sealed; what they say is not read here
            ++m_report.goodObjects;
            return {};
        }
        const std::string file = std::filesystem::relative(vault.pathOf(digest), m_folder).string();
        const auto verified = vault.verify(digest, m_options.stop);
        if (verified) {
            ++(named == m_named.end() ? m_report.unlistedObjects : m_report.goodObjects);
        } else if (verified.error().code == ErrorCode::NotFound) {
            ++m_report.missingObjects;
            m_report.gaps.push_back("missing evidence object " + file);
        } else if (verified.error().code == ErrorCode::Cancelled || verified.error().code == ErrorCode::Denied) {
            return fail(verified.error());
        } else {
            ++m_report.badObjects;
            m_report.problems.push_back({file, 0, by, verified.error().detail});
        }
        return {};
    }

    void judgeAnchor()
    {
        if (m_options.requiresAnchor && !m_report.hasAnchor)
            m_report.doubts.emplace_back("no anchor outside the case was available");
    }

    [[nodiscard]] VerifyReport::Verdict verdict() const
    {
        if (!m_report.problems.empty())
            return VerifyReport::Verdict::Tampered;
        if (!m_report.doubts.empty())
            return VerifyReport::Verdict::Unverifiable;
        return m_report.gaps.empty() ? VerifyReport::Verdict::Ok : VerifyReport::Verdict::Incomplete;
    }

    const AuditOptions& m_options;
    const platform::Path& m_folder;
    std::optional<HighWaterMark> m_mark;
    std::vector<AnchoredHead> m_anchors;
    NamedObjects m_named;
    VerifyReport m_report;
};

} // namespace

Result<VerifyReport> LedgerAuditor::verify(const platform::Path& caseFolder) const
{
    return Audit(m_options, caseFolder).run();
}

} // namespace cordon::record
