#include "core/record/ledger_auditor.h"

#include "core/platform/packed_folder.h"
#include "core/record/evidence_audit.h"
#include "core/record/folder_audit.h"
#include "core/record/head_anchor.h"
#include "core/record/index_audit.h"
#include "core/record/kept_index.h"
#include "core/record/ledger_format.h"
#include "core/record/named_heads.h"

#include <algorithm>

namespace cordon::record {
namespace {

class Audit
{
public:
    Audit(const AuditOptions& options, const platform::Path& folder)
        : m_options(options)
        , m_folder(folder)
        , m_evidence(folder, options, m_report)
    {}

    Result<VerifyReport> run()
    {
        m_report.caseName = (m_folder / "").parent_path().filename().string();
        CORDON_CHECK(readMark());
        CORDON_CHECK(readLedger());
        judgeKey();
        judgeTail();
        if (m_options.checksEvidence)
            CORDON_CHECK(m_evidence.judge(true));
        if (m_options.checksEvidence && !m_options.isIndexInUse)
            CORDON_CHECK(judgeKept());
        m_report.noteIndex();
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
        GovernanceAudit governance(m_options.renderAgain, m_options.people);
        NamedHeads heads;
        std::optional<IndexAudit> index;
        if (m_options.checksEvidence)
            index.emplace(m_folder / "case.db");
        ExaminationOptions examination;
        examination.mark = m_mark;
        examination.anchors = m_anchors;
        examination.witnesses = m_options.witnesses;
        examination.stop = m_options.stop;
        examination.visit = [&](const LedgerEntry& entry, const PastRoots& roots) {
            governance.add(entry, &roots);
            heads.add(entry);
            m_evidence.add(entry);
            if (index)
                index->add(entry);
        };
        CORDON_TRY(m_report.ledger, examineLedger(m_folder, examination));
        m_missingHeads = heads.missingIn(*ledgerIn(m_folder));
        if (index)
            m_report.index = index->finish(m_report.ledger.end == FrameReader::Step::End);
        if (m_options.isIndexInUse && m_report.index.isBehind && !m_report.index.isDamaged) {
            m_report.index.isInUse = true;
            m_report.index.gaps.clear();
        }
        m_report.governance = governance.counts();
        const auto& found = m_report.ledger.problems;
        m_report.problems.insert(m_report.problems.end(), found.begin(), found.end());
        for (const GovernanceProblem& problem : governance.problems())
            m_report.problems.push_back({std::string(format::ledgerFolder), 0, problem.seq, problem.what});
        std::vector<LedgerPlace> strangers = strangersIn(m_folder);
        m_report.timestamps = readHeadTimestamps(m_folder, pinnedAuthorities(m_options.home));
        m_report.problems.insert(m_report.problems.end(), m_report.timestamps.problems.begin(),
                                 m_report.timestamps.problems.end());
        m_report.problems.insert(m_report.problems.end(), strangers.begin(), strangers.end());
        return {};
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
        } else if (*trusted != *m_report.ledger.genesisKey && m_options.key) {
            m_report.doubts.emplace_back(otherKeyWords);
        } else if (*trusted != *m_report.ledger.genesisKey) {
            m_report.problems.push_back(
                {std::string(format::ledgerFolder), 0, 0, "the genesis key is not the one that is pinned for this ledger"});
        } else {
            m_report.isPinned = true;
        }
    }

    void judgeTail()
    {
        const LedgerFindings& ledger = m_report.ledger;
        if (ledger.end == FrameReader::Step::Torn)
            m_report.gaps.push_back("torn tail: " + ledger.tear.toString());
        m_report.gaps.insert(m_report.gaps.end(), m_missingHeads.begin(), m_missingHeads.end());
        if (const auto open = ledger.entries - ledger.checkpointedSize; open > 0)
            m_report.gaps.push_back(std::to_string(open) + " entries at the end are not under a signed checkpoint");
    }

    /// Pages that an index is made anew from, where the case is a folder: a sealed one has the index itself. What else
    /// lies beside them under such a name has to be such an object; the next keeping takes it away.
    Result<void> judgeKept()
    {
        if (platform::PackedFolder::find(m_folder / "case.db"))
            return {};
        const EvidenceVault vault(keptPath(m_folder));
        const auto named = Digest::fromHex(m_report.index.pages);
        CORDON_TRY(std::vector<Digest> all, vault.list());
        if (named && std::find(all.begin(), all.end(), *named) == all.end())
            all.push_back(*named);
        for (const Digest& digest : all) {
            const bool isNewest = named && digest == *named;
            const std::string place = vault.pathOf(digest).lexically_relative(m_folder).string();
            const auto verified = vault.verify(digest, m_options.stop);
            if (!verified && verified.error().code == ErrorCode::Cancelled)
                return verified;
            if (!verified && verified.error().code == ErrorCode::NotFound && !isNewest)
                continue; // whoever holds the case took it away just now
            if (!verified && verified.error().code == ErrorCode::NotFound)
                m_report.gaps.push_back("what entry " + std::to_string(m_report.index.namedBy) +
                                        " says is kept of the index is missing: " + place);
            else if (!verified)
                m_report.problems.push_back({place, 0, isNewest ? m_report.index.namedBy : -1, verified.error().detail});
            else if (!m_report.index.keptEver.contains(digest.hex()))
                ++m_report.unlistedObjects; // a crash came between keeping and noting
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
    std::vector<std::string> m_missingHeads;
    VerifyReport m_report;
    EvidenceAudit m_evidence;
};

} // namespace

Result<VerifyReport> LedgerAuditor::verify(const platform::Path& caseFolder) const
{
    return Audit(m_options, caseFolder).run();
}

} // namespace cordon::record
