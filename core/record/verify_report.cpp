#include "core/record/verify_report.h"

#include "core/base/display_escape.h"

namespace cordon::record {
namespace {

constexpr std::size_t labelWidth = 12;
constexpr std::size_t mostLines = 20; ///< of problems and the like; a damaged case can have thousands

/// What it shows may come from whoever made the case.
void line(std::string& text, std::string_view label, const std::string& content)
{
    text += label;
    text.append(labelWidth - std::min(labelWidth, label.size()), ' ');
    text += escapedForDisplay(content) + "\n";
}

std::string number(std::int64_t value)
{
    return std::to_string(value);
}

std::string share(int part, int whole)
{
    return std::to_string(part) + "/" + std::to_string(whole);
}

/// ` (entry 17, 19)`
std::string erasedBy(const std::vector<std::int64_t>& entries)
{
    std::string text;
    for (std::size_t i = 0; i < entries.size() && i < mostLines; ++i)
        text += (i == 0 ? " (entry " : ", ") + number(entries[i]);
    return text + ")";
}

std::string seqList(const std::vector<std::int64_t>& seqs)
{
    std::string text;
    for (std::size_t i = 0; i < seqs.size() && i < mostLines; ++i)
        text += (i == 0 ? " → seq " : ", ") + number(seqs[i]);
    return text;
}

Value toValue(const LedgerPlace& place)
{
    return Value::Object{{"file", place.file},
                         {"offset", static_cast<std::int64_t>(place.offset)},
                         {"seq", place.seq},
                         {"what", place.what}};
}

Value texts(const std::vector<std::string>& items)
{
    Value::Array list;
    for (const std::string& item : items)
        list.emplace_back(item);
    return list;
}

bool hasBrokenFrames(const LedgerFindings& ledger)
{
    return ledger.end == FrameReader::Step::Bad;
}

/// Which anchors were there and what they say.
std::string anchorWords(const VerifyReport& report)
{
    std::string text;
    if (report.hasMark)
        text = std::string("high-water mark ") + (report.ledger.isMarkReached ? "MATCH" : "DIFFERS");
    for (const LedgerFindings::Anchor& anchor : report.ledger.anchors)
        text += (text.empty() ? "" : "; ") + anchor.said.where + " size " + number(anchor.said.head.size) +
                (anchor.isMatch ? " MATCH" : " DIFFERS");
    return text.empty() ? "no anchor: ROLLBACK: UNPROVEN" : text;
}

std::string timestampWords(const HeadTimestamps& timestamps)
{
    if (timestamps.total == 0)
        return "none";
    std::string text = share(timestamps.trusted, timestamps.total) + " trusted";
    if (timestamps.trusted > 0)
        text += ", size " + number(timestamps.newestSize) + " at " + timestamps.newestTime.toString();
    return text;
}

std::string indexWords(const IndexFindings& index)
{
    if (!index.isThere)
        return "none";
    std::string text = number(index.goodRows) + "/" + number(index.entries) + " entries as in the ledger, pages and events ";
    if (index.restsOnSeal)
        return text + "narrowed: they rest on the seal";
    if (index.isInUse)
        return text + "in use here, " +
               (index.namedBy < 0 ? "not named yet" : "ahead of entry " + number(index.namedBy) + " that names them");
    if (index.isNamed)
        return text + "as entry " + number(index.namedBy) + " names them";
    return text + (index.isProven() ? "none" : "NOT PROVEN");
}

std::string ledgerLines(const VerifyReport& report)
{
    const LedgerFindings& ledger = report.ledger;
    std::string text;
    line(text, "case", report.caseName);
    line(text, "origin",
         ledger.origin + "   genesis key " + (ledger.genesisKey ? ledger.genesisKey->fingerprint() : "none") +
             "   (pinned: " + (report.isPinned ? "yes" : "no") + ")");
    line(text, "entries",
         number(ledger.entries) + "   segments " + number(static_cast<std::int64_t>(ledger.segments)) + "   bytes " +
             std::to_string(ledger.bytes) + "   frames " + (hasBrokenFrames(ledger) ? "BAD" : "OK") + "   chain " +
             (hasBrokenFrames(ledger) ? "BAD" : "OK"));
    line(text, "tree root",
         toBase64(ByteView(ledger.tree.root().bytes)) + "   checkpoints " +
             share(ledger.goodCheckpoints, ledger.checkpoints) + " signatures OK, " +
             share(std::max(ledger.goodCheckpoints - 1, 0), std::max(ledger.checkpoints - 1, 0)) + " consistent");
    line(text, "keys",
         number(ledger.keys.epochs()) + (ledger.keys.epochs() == 1 ? " epoch, " : " epochs, ") +
             number(ledger.keys.rotations()) + " rotations OK, " + number(ledger.keys.revoked()) + " revoked");
    line(text, "witnesses",
         number(ledger.cosignatures) + " approver cosignatures OK; " + anchorWords(report) + "; RFC3161 " +
             timestampWords(report.timestamps));
    return text;
}

std::string governanceLines(const GovernanceAudit::Counts& counts)
{
    std::string text;
    line(text, "decisions",
         number(counts.decisions) + " (auto " + number(counts.autonomous) + ", approved " + number(counts.approved) +
             ", held " + number(counts.held) + ", denied " + number(counts.denied) + ")   unexplained " +
             number(counts.unexplained) + "   out-of-mandate " + number(counts.outOfMandate) + "   unapproved " +
             number(counts.unapproved));
    line(text, "approvals",
         share(counts.approvalsBound, counts.approvalsUsed) + " bound to executed digest, " + number(counts.approvals) +
             " given, " + number(counts.denials) + " denied by people, signatures checked " +
             number(counts.signaturesChecked) +
             (counts.unknownSigners > 0 ? " (whose key it was is not known here " + number(counts.unknownSigners) + ")" : "") +
             ", renders reproduce " +
             share(counts.rendersReproduced, counts.renders) + ", nonce reuse " + number(counts.nonceReuse));
    const int closed = counts.verified + counts.failed + counts.unknown;
    line(text, "outcomes",
         share(closed, counts.intended) + " closed (verified " + number(counts.verified) + ", failed " +
             number(counts.failed) + ", unknown " + number(counts.unknown) + seqList(counts.unknownAt) + ")" +
             (counts.open.empty()
                  ? ""
                  : "   open " + number(static_cast<std::int64_t>(counts.open.size())) + seqList(counts.open)));
    return text;
}

/// What people did with evidence, and under whose signature.
std::string custodyWords(const CustodyAudit::Counts& counts)
{
    return number(counts.signatures) + " acts of people signed OK, transfers received " +
           share(counts.received, counts.transfers) +
           (counts.unknown > 0 ? ", whose key it was is not known here " + number(counts.unknown) : "");
}

} // namespace

std::string_view toString(VerifyReport::Verdict verdict)
{
    switch (verdict) {
    case VerifyReport::Verdict::Ok:
        return "ok";
    case VerifyReport::Verdict::Tampered:
        return "tampered";
    case VerifyReport::Verdict::Incomplete:
        return "incomplete";
    case VerifyReport::Verdict::Unverifiable:
        break;
    }
    return "unverifiable";
}

void VerifyReport::noteIndex()
{
    for (const auto& [entry, what] : index.problems)
        problems.push_back({"case.db", 0, entry, what});
    gaps.insert(gaps.end(), index.gaps.begin(), index.gaps.end());
    if (index.missing > 0)
        gaps.push_back("the index lacks " + number(index.missing) + " entries of the ledger");
}

std::string VerifyReport::toText() const
{
    std::string text = ledgerLines(*this) + governanceLines(governance);
    line(text, "evidence",
         share(goodObjects, objects) + " objects hash OK, overwritten " + number(badObjects) + ", missing " +
             number(missingObjects) + ", not in the ledger " + number(unlistedObjects) +
             (lockedObjects > 0 ? ", encrypted and not read here " + number(lockedObjects) + " (whether their keys still open them: not checked)" : "") +
             (erasedObjects > 0 ? ", erased lawfully " + number(erasedObjects) + erasedBy(erasures) : ""));
    line(text, "custody", custodyWords(governance.custody));
    line(text, "index", indexWords(index));
    line(text, "tail",
         number(ledger.entries - ledger.checkpointedSize) + " uncheckpointed entries" +
             (ledger.end == FrameReader::Step::Torn ? ", torn frame at byte " + std::to_string(ledger.tear.offset)
                                                    : ""));
    std::size_t shown = 0;
    for (const LedgerPlace& problem : problems) {
        if (shown++ < mostLines)
            line(text, "TAMPERED", problem.toString());
    }
    for (const std::string& doubt : doubts)
        line(text, "UNVERIFIED", doubt);
    for (const std::string& gap : gaps) {
        if (shown++ < mostLines)
            line(text, "INCOMPLETE", gap);
    }
    if (shown > mostLines)
        line(text, "", "and " + number(static_cast<std::int64_t>(shown - mostLines)) + " more");
    if (problems.size() > 1) // where a terminal ends: one cause has many consequences
        line(text, "FIRST BAD", problems.front().toString());
    std::string name(toString(verdict));
    for (char& letter : name)
        letter = static_cast<char>(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
    line(text, "RESULT", name + "   (exit " + number(exitStatus()) + ")");
    return text;
}

Value VerifyReport::toValue() const
{
    Value::Array problemList;
    for (std::size_t i = 0; i < problems.size() && i < 1000; ++i)
        problemList.push_back(record::toValue(problems[i]));
    const Value::Object decisions{{"total", governance.decisions},
                                  {"auto", governance.autonomous},
                                  {"approved", governance.approved},
                                  {"held", governance.held},
                                  {"denied", governance.denied},
                                  {"unexplained", governance.unexplained},
                                  {"out_of_mandate", governance.outOfMandate},
                                  {"unapproved", governance.unapproved}};
    const Value::Object approvals{
        {"given", governance.approvals},       {"denied", governance.denials},
        {"used", governance.approvalsUsed},    {"unknown_signers", governance.unknownSigners},
        {"bound", governance.approvalsBound},  {"signatures_checked", governance.signaturesChecked},
        {"renders", governance.renders},       {"renders_reproduced", governance.rendersReproduced},
        {"nonce_reuse", governance.nonceReuse}};
    const Value::Object outcomes{{"intended", governance.intended},
                                 {"verified", governance.verified},
                                 {"failed", governance.failed},
                                 {"unknown", governance.unknown},
                                 {"open", static_cast<std::int64_t>(governance.open.size())}};
    const Value::Object evidence{
        {"objects", objects},     {"good", goodObjects},         {"overwritten", badObjects},
        {"missing", missingObjects}, {"unlisted", unlistedObjects},
        {"erased", erasedObjects}, {"locked", lockedObjects}};
    const Value::Object custody{{"signed", governance.custody.signatures},
                                {"unknown_signers", governance.custody.unknown},
                                {"transfers", governance.custody.transfers},
                                {"received", governance.custody.received}};
    Value::Array anchorList;
    for (const LedgerFindings::Anchor& anchor : ledger.anchors)
        anchorList.push_back(Value::Object{{"where", anchor.said.where},
                                           {"size", anchor.said.head.size},
                                           {"root", toBase64(ByteView(anchor.said.head.root.bytes))},
                                           {"match", anchor.isMatch}});
    const Value::Object witnesses{{"cosignatures", ledger.cosignatures},
                                  {"high_water_mark", hasMark},
                                  {"anchors", std::move(anchorList)},
                                  {"rollback_proven_absent", hasAnchor && problems.empty()},
                                  {"timestamps", timestamps.total},
                                  {"timestamps_trusted", timestamps.trusted}};
    return Value::Object{
        {"case", caseName},
        {"origin", ledger.origin},
        {"genesis_key", ledger.genesisKey ? Value(ledger.genesisKey->toString()) : Value()},
        {"pinned", isPinned},
        {"entries", ledger.entries},
        {"segments", static_cast<std::int64_t>(ledger.segments)},
        {"bytes", static_cast<std::int64_t>(ledger.bytes)},
        {"root", toBase64(ByteView(ledger.tree.root().bytes))},
        {"checkpoints", Value::Object{{"total", ledger.checkpoints}, {"good", ledger.goodCheckpoints}}},
        {"keys", Value::Object{{"epochs", ledger.keys.epochs()},
                               {"rotations", ledger.keys.rotations()},
                               {"revoked", ledger.keys.revoked()}}},
        {"witnesses", witnesses},
        {"anchor", hasAnchor},
        {"anchor_match", ledger.isMarkReached},
        {"decisions", decisions},
        {"approvals", approvals},
        {"outcomes", outcomes},
        {"evidence", evidence},
        {"custody", custody},
        {"index", Value::Object{{"there", index.isThere},
                                {"entries", index.entries},
                                {"good", index.goodRows},
                                {"named_by", index.namedBy},
                                {"named", index.isNamed},
                                {"in_use", index.isInUse}}},
        {"uncheckpointed", ledger.entries - ledger.checkpointedSize},
        {"torn", ledger.end == FrameReader::Step::Torn},
        {"problems", problemList},
        {"gaps", texts(gaps)},
        {"doubts", texts(doubts)},
        {"result", toString(verdict)},
        {"exit", exitStatus()},
    };
}

} // namespace cordon::record
