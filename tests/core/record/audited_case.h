#pragma once

#include "core/record/case_folder.h"
#include "core/record/evidence_intake.h"
#include "core/record/ledger_auditor.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

namespace cordon::record::test {

inline constexpr std::size_t headerSize = 256;

/// The entries of a segment, cut by hand.
inline std::vector<std::string> entriesOf(const std::string& segment)
{
    std::vector<std::string> entries;
    for (std::size_t at = headerSize; at < segment.size();) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i)
            length = length << 8U | static_cast<unsigned char>(segment[at + i]);
        entries.push_back(segment.substr(at + 4, length));
        at += 4 + length + 32;
    }
    return entries;
}

/// A closed case of ten entries, one packed source in its evidence, and checkpoints after 1 and 10 entries.
class AuditedCase
{
public:
    AuditedCase()
    {
        CaseOptions options;
        options.home = home();
        auto made = CaseFolder::create(folder(), std::move(options), clock);
        if (!made)
            qFatal("%s", made.error().detail.c_str());
        key = (*made)->ledger().publicKey();
        EvidenceIntake intake((*made)->vault());
        if (!intake.addPacked(bytesOf("packed bytes")) || !intake.addDecoded(bytesOf("{\"a\":1}\n{\"a\":2}\n")))
            qFatal("cannot take evidence");
        const EvidenceRecord record = intake.seal({}).value();
        object = record.digest;
        packed = record.packedDigest;
        std::vector<LedgerDraft> drafts(9);
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            drafts[i].type = i == 0 ? "evidence.sealed" : "note";
            drafts[i].actor = {Actor::Kind::Engine, "cordon"};
            drafts[i].data = i == 0 ? toValue(record) : Value(Value::Object{{"n", static_cast<int>(i)}});
        }
        if (!(*made)->recordAll(std::move(drafts)) || !(*made)->close())
            qFatal("cannot fill the case");
    }

    [[nodiscard]] platform::Path home() const { return m_temporary.filePath("home").toStdString(); }
    [[nodiscard]] platform::Path folder() const { return m_temporary.filePath("a.cordon").toStdString(); }
    [[nodiscard]] platform::Path segment() const { return folder() / "ledger" / "00000001.log"; }
    [[nodiscard]] platform::Path checkpoint() const { return folder() / "ledger" / "checkpoints" / "00000010"; }
    [[nodiscard]] EvidenceVault vault() const { return EvidenceVault(evidencePath(folder())); }
    [[nodiscard]] std::vector<std::string> entries() const { return entriesOf(read(segment())); }
    [[nodiscard]] std::string header() const { return read(segment()).substr(0, headerSize); }

    [[nodiscard]] VerifyReport verify(bool withEvidence = false) const
    {
        AuditOptions options;
        options.home = home();
        options.checksEvidence = withEvidence;
        return verifyWith(options);
    }
    /// As on another machine, where only the key is known.
    [[nodiscard]] VerifyReport verifyElsewhere(const crypto::PublicKey& trusted) const
    {
        AuditOptions options;
        options.key = trusted;
        options.checksEvidence = false;
        return verifyWith(options);
    }
    [[nodiscard]] VerifyReport verifyWith(const AuditOptions& options) const
    {
        auto report = LedgerAuditor(options).verify(folder());
        if (!report)
            qFatal("%s", report.error().detail.c_str());
        return std::move(*report);
    }

    static std::string read(const platform::Path& path) { return platform::readFile(path).value(); }
    /// Without waiting for the disk: the tests do this some thousand times.
    static void put(const platform::Path& path, std::string_view bytes)
    {
        std::filesystem::remove(path);
        std::ofstream file(path, std::ios::binary);
        if (!file.write(bytes.data(), static_cast<std::streamsize>(bytes.size())))
            qFatal("cannot write");
    }

    MachineClock clock;
    Digest object;
    Digest packed;
    crypto::PublicKey key;

private:
    QTemporaryDir m_temporary;
};

} // namespace cordon::record::test
