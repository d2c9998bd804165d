#pragma once

#include "core/crypto/sha256.h"
#include "core/record/entry_codec.h"
#include "core/record/head_anchor.h"
#include "core/record/merkle_tree.h"
#include "tests/core/engine/case_fixture.h"

namespace cordon::tests {

/// What somebody does who has the log key in force: writes the whole epoch anew, as they want it, and signs its heads. A machine
/// that has a high-water mark of the case would know; it is set to the new history too.
inline void rewriteLedger(const CaseFixture& fixture, const std::function<void(LedgerEntry&)>& change)
{
    const auto folder = fixture.folder() / "ledger";
    const std::string before = CaseFixture::must(platform::readFile(folder / "00000001.log", 64U << 20U));
    std::string after = before.substr(0, 256);
    std::vector<Digest> roots{record::MerkleTree().root()};
    record::MerkleTree tree;
    Digest chain;
    std::string origin;
    for (LedgerEntry& entry : fixture.ledger("")) {
        origin = origin.empty() ? entry.data["origin"].asString() : origin;
        change(entry);
        const std::string bytes = CaseFixture::must(record::encodeEntry(entry));
        chain = crypto::Sha256().update(std::string_view("\2")).update(ByteView(chain.bytes)).update(bytes).digest();
        for (int shift = 24; shift >= 0; shift -= 8)
            after += static_cast<char>(bytes.size() >> static_cast<unsigned>(shift) & 0xffU);
        after += bytes;
        after.append(reinterpret_cast<const char*>(chain.bytes.data()), chain.bytes.size());
        tree.append(record::leafHash(bytes));
        roots.push_back(tree.root());
    }
    CaseFixture::must(platform::writeFileAtomically(folder / "00000001.log", after));
    const record::LogKeys keys(fixture.home());
    const auto certificate = CaseFixture::must(crypto::SignedNote::parse(fixture.ledger("ledger.genesis").front().data["epoch"].asString()));
    const std::size_t at = certificate.text.find("\nkey ") + 5;
    const auto inForce = CaseFixture::must(crypto::PublicKey::parse(certificate.text.substr(at, certificate.text.find('\n', at) - at)));
    const auto key = CaseFixture::must(keys.epochKey(origin, inForce));
    for (const auto& file : std::filesystem::directory_iterator(folder / "checkpoints")) {
        const auto size = std::stoll(file.path().filename().string());
        crypto::SignedNote note;
        note.text = crypto::headText(origin, size, roots.at(static_cast<std::size_t>(size)));
        note.sign(origin, key);
        CaseFixture::must(platform::writeFileAtomically(file.path(), note.toString()));
    }
    CaseFixture::must(keys.setMark(origin, {static_cast<std::int64_t>(tree.size()), tree.root()}));
}

} // namespace cordon::tests
