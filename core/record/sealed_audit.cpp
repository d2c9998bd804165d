#include "core/record/sealed_audit.h"

#include "core/base/display_escape.h"
#include "core/record/sealed_part_audit.h"

namespace cordon::record {
namespace {

LedgerPlace inManifest(std::string what)
{
    return {std::string(layout::manifestName), 0, 0, std::move(what)};
}

/// What the manifest says of the ledger, beside what the ledger is.
std::vector<LedgerPlace> differences(const SealedManifest& manifest, const LedgerFindings& ledger)
{
    std::vector<LedgerPlace> found;
    if (manifest.origin != ledger.origin)
        found.push_back(inManifest("the manifest is of another ledger"));
    if (manifest.isWhole && (manifest.entries != ledger.entries || manifest.root != ledger.tree.root()))
        found.push_back(inManifest("sealed with " + std::to_string(manifest.entries) + " entries and another tree root than the ledger in it"));
    if (!ledger.genesisKey || manifest.key != *ledger.genesisKey)
        found.push_back(inManifest("signed by a key that is not the ledger's"));
    return found;
}


} // namespace

Result<SealedReport> auditSealed(const SealedCase& sealed, AuditOptions options,
                                 const std::function<void(const AuditProgress&)>& progress)
{
    SealedReport found;
    found.manifest = sealed.manifest();
    found.fileName = sealed.path().filename().string();
    found.bytes = sealed.bytes();
    found.parts = static_cast<std::int64_t>(sealed.parts().size());
    const auto bytesDone = [&](std::uint64_t done, std::uint64_t total) {
        if (progress)
            progress({true, done, total});
    };
    CORDON_TRY(found.seal, sealed.examine(bytesDone, options.stop));
    options.sealedAt = found.manifest.entries;
    options.onObject = [&](int done, int total) {
        if (progress)
            progress({false, static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total)});
    };
    if (sealed.manifest().isWhole) {
        CORDON_TRY(found.report, LedgerAuditor(options).verify(sealed.path()));
    } else {
        CORDON_TRY(found.report, auditPart(sealed, options));
    }
    std::vector<LedgerPlace>& problems = found.report.problems;
    problems.insert(problems.begin(), found.seal.problems.begin(), found.seal.problems.end());
    for (LedgerPlace& difference : differences(found.manifest, found.report.ledger))
        problems.push_back(std::move(difference));
    if (!problems.empty())
        found.report.verdict = VerifyReport::Verdict::Tampered;
    return found;
}

std::string SealedReport::toText() const
{
    const auto line = [](std::string_view label, const std::string& content) {
        return std::string(label) + std::string(12 - label.size(), ' ') + escapedForDisplay(content) + "\n";
    };
    std::string text = line("sealed case", fileName + "   " + std::to_string(bytes) + " bytes   SHA-256 " + seal.file.hex());
    text += line("sealed", manifest.sealedAt.toString() + " by " + manifest.sealedBy + " (as stated) with " + manifest.program +
                               (manifest.isExercise ? "   EXERCISE" : ""));
    text += line("seal", std::to_string(seal.goodParts) + "/" + std::to_string(parts) +
                             " parts hash OK   manifest signature OK   key " + manifest.key.fingerprint());
    for (const Value& redaction : manifest.redactions.asArray())
        text += line("left out", redaction["what"].asString() + ": " + redaction["why"].asString());
    return text + (manifest.isWhole ? report.toText() : partText());
}

/// Of a sealed incident: what can be said without the entries between.
std::string SealedReport::partText() const
{
    const auto line = [](std::string_view label, const std::string& content) {
        return std::string(label) + std::string(12 - label.size(), ' ') + escapedForDisplay(content) + "\n";
    };
    std::string text = line("incident", manifest.incident + " of case " + manifest.caseName + ", ledger " + manifest.origin + "   (pinned: " + (report.isPinned ? "yes" : "no") + ")");
    text += line("entries", std::to_string(report.ledger.entries) + " of " + std::to_string(manifest.entries) +
                                ", each with its proof to root " + toBase64(ByteView(manifest.root.bytes)));
    text += line("evidence", std::to_string(report.goodObjects) + "/" + std::to_string(report.objects) + " objects hash OK" +
                                 (report.lockedObjects > 0 ? ", encrypted and not read here " + std::to_string(report.lockedObjects) : "") +
                                 (report.erasedObjects > 0 ? ", erased lawfully " + std::to_string(report.erasedObjects) : "") +
                                 "; cited records rest on the seal");
    text += line("index", report.index.isThere ? std::to_string(report.index.goodRows) + "/" + std::to_string(report.index.entries) +
                                                     " entries as proven; pages and events rest on the seal"
                                               : "none");
    for (const LedgerPlace& problem : report.problems)
        text += line("TAMPERED", problem.toString());
    for (const std::string& gap : report.gaps)
        text += line("INCOMPLETE", gap);
    for (const std::string& doubt : report.doubts)
        text += line("UNVERIFIED", doubt);
    const std::string_view verdict = toString(report.verdict);
    std::string name;
    for (const char letter : verdict)
        name += static_cast<char>(letter - 'a' + 'A');
    return text + line("RESULT", name + "   (exit " + std::to_string(exitStatus()) + ")");
}

Value SealedReport::toValue() const
{
    Value value = report.toValue();
    Value said = manifest.toValue();
    said.set("file", fileName);
    said.set("file_bytes", static_cast<std::int64_t>(bytes));
    said.set("file_sha256", seal.file.hex());
    said.set("good_parts", seal.goodParts);
    said.set("all_parts", parts);
    value.set("seal", std::move(said));
    return value;
}

} // namespace cordon::record
