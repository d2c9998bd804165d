// What screens ask about evidence, and what they put into it.
#include "core/engine/case_reader_state.h"
#include "core/engine/evidence_copies.h"
#include "core/record/custody.h"

#include <algorithm>

namespace cordon::engine {
namespace {

constexpr std::size_t blockSize = 1U << 20U;

CustodyRow rowOf(const record::CustodyAct& act)
{
    return {act.seq, act.at, act.what, act.who, act.to, act.from, act.purpose, act.method, act.tool};
}

} // namespace

Result<record::EvidenceVault> vaultOf(const std::filesystem::path& caseFolder, const std::filesystem::path& home,
                                      const crypto::SecretBytes* passphrase)
{
    CORDON_TRY(const std::string origin, record::caseOrigin(caseFolder));
    const crypto::SecretBytes none;
    CORDON_TRY(record::CaseKey key, home.empty() ? Result<record::CaseKey>(record::CaseKey())
                                                 : record::caseKey(home, origin, false, passphrase ? *passphrase : none));
    const bool encrypts = key != nullptr;
    return record::EvidenceVault(record::evidencePath(caseFolder), std::move(key), encrypts);
}

Result<Digest> digestOf(const std::filesystem::path& path)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        return fail(ErrorCode::NotFound, path.string() + ": no such file");
    CORDON_TRY(auto file, platform::File::openForReading(path));
    crypto::Sha256 hash;
    std::string block(blockSize, '\0');
    for (;;) {
        CORDON_TRY(const std::size_t count, file.read(block.data(), block.size()));
        if (count == 0)
            return hash.digest();
        hash.update(bytesOf(std::string_view(block).substr(0, count)));
    }
}

Result<Digest> sealFile(const record::EvidenceVault& vault, const std::filesystem::path& path)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        return fail(ErrorCode::NotFound, path.string() + ": no such file");
    CORDON_TRY(auto file, platform::File::openForReading(path));
    CORDON_TRY(auto writer, vault.create());
    std::string block(blockSize, '\0');
    for (;;) {
        CORDON_TRY(const std::size_t count, file.read(block.data(), block.size()));
        if (count == 0)
            return writer.seal();
        CORDON_CHECK(writer.add(bytesOf(std::string_view(block).substr(0, count))));
    }
}

Result<void> copyOut(const record::EvidenceVault& vault, const Digest& digest, const std::filesystem::path& path)
{
    CORDON_CHECK(vault.verify(digest));
    CORDON_TRY(auto object, vault.open(digest));
    CORDON_TRY(auto file, platform::File::createExclusively(path));
    for (std::uint64_t at = 0; at < object.size();) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(blockSize, object.size() - at));
        CORDON_TRY(const std::string block, object.read(at, count));
        CORDON_CHECK(file.write(block));
        at += count;
    }
    return file.sync();
}

Result<std::string> CaseReader::eventBytes(EventId id)
{
    CORDON_TRY(const Event event, m_state->queries().event(id));
    CORDON_TRY(const auto vault, vaultOf(m_state->folder, platform::cordonHome()));
    return vault.read(event.cite);
}

Result<std::vector<EvidenceRow>> CaseReader::evidence()
{
    CORDON_TRY(const record::Custody custody, record::readCustody(m_state->folder));
    CORDON_TRY(const std::string origin, record::caseOrigin(m_state->folder));
    std::vector<EvidenceRow> rows;
    for (const record::EvidenceItem& item : custody.items) {
        EvidenceRow& row = rows.emplace_back();
        row.digest = item.digest;
        row.kind = item.kind;
        row.number = item.number;
        row.name = item.name;
        row.parent = item.parent;
        row.size = item.size;
        row.isWhole = item.isWhole;
        row.isHeld = item.isHeld;
        row.isEncrypted = item.isEncrypted;
        row.isErased = item.erasedBy >= 0;
        row.holder = item.holder;
        for (const record::EvidenceTransfer& transfer : custody.transfers) {
            const bool isIn = std::find(transfer.digests.begin(), transfer.digests.end(), item.digest) != transfer.digests.end();
            if (isIn && !transfer.isReceived) {
                row.transfer = transfer.number;
                row.transferTo = transfer.to;
            }
        }
        row.receipt = record::receiptText(item, m_state->folder.filename().string(), origin);
        for (const record::CustodyAct& act : item.acts)
            row.acts.push_back(rowOf(act));
    }
    return rows;
}

Result<void> CaseReader::exportEvidence(const std::string& digest, const std::filesystem::path& file)
{
    CORDON_TRY(const Digest named, Digest::fromHex(digest));
    CORDON_TRY(const auto vault, vaultOf(m_state->folder, platform::cordonHome()));
    return copyOut(vault, named, file);
}

Result<std::string> CaseReader::sealFile(const std::filesystem::path& file)
{
    CORDON_TRY(const auto vault, vaultOf(m_state->folder, platform::cordonHome()));
    CORDON_TRY(const Digest digest, engine::sealFile(vault, file));
    return digest.hex();
}

} // namespace cordon::engine
