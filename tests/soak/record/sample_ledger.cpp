#include "tests/soak/record/sample_ledger.h"

#include "core/crypto/sha256.h"

#include <unistd.h>

namespace cordon::record::soak {

Workshop::Workshop()
{
    std::error_code error;
    const platform::Path memory = "/dev/shm";
    std::string pattern =
        ((std::filesystem::is_directory(memory, error) ? memory : std::filesystem::temp_directory_path()) /
         "cordon-soak-XXXXXX")
            .string();
    if (!mkdtemp(pattern.data()))
        giveUp("no folder to work in");
    m_path = pattern;
}

Workshop::~Workshop()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

LedgerDraft sampleDraft(std::int64_t number, std::size_t size)
{
    LedgerDraft draft;
    draft.type = "note";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.incident = "INC-0001";
    std::string text;
    while (text.size() < size)
        text += static_cast<char>('a' + (static_cast<std::size_t>(number) * 7 + text.size() * 3) % 26);
    draft.data = Value::Object{{"number", number}, {"text", text}};
    return draft;
}

SampleLedger makeSample(const platform::Path& folder, std::int64_t entries, std::size_t bytesEach, int epochs)
{
    static const MachineClock clock;
    const auto approver = crypto::SigningKey::generate();
    const auto owner = crypto::SigningKey::generate();
    SampleLedger sample;
    Ledger ledger = must(Ledger::create(folder / "case", sampleOrigin, Value::Object{}, LogKeys(folder / "home"), clock));
    LedgerDraft people = sampleDraft(0);
    people.type = "mandate.in_force";
    const Value commander = Value::Object{
        {"id", "user:commander-b"}, {"key", approver.publicKey().toString()}, {"roles", Value::Array{"commander"}}, {"revoked", false}};
    const Value owning = Value::Object{
        {"id", "user:owner-a"}, {"key", owner.publicKey().toString()}, {"roles", Value::Array{"owner"}}, {"revoked", false}};
    people.data = Value::Object{{"people", Value::Object{{"people", Value::Array{commander, owning}}}}};
    must(ledger.append(std::move(people)));
    for (std::int64_t number = ledger.size(); ledger.size() < entries; number = ledger.size()) {
        must(ledger.append(sampleDraft(number, bytesEach)));
        if (ledger.epoch() < epochs && ledger.size() > entries * ledger.epoch() / epochs)
            must(ledger.beginEpoch("asked"));
    }
    const Checkpoint head = must(ledger.checkpoint());
    crypto::SignedNote note{crypto::headText(sampleOrigin, head.size, head.root), {}};
    note.cosign(crypto::witnessName("user:commander-b"), approver, 1'800'000'000);
    must(ledger.addCosignature(head.size, note.signatureLines(), crypto::witnessName("user:commander-b"), approver.publicKey()));
    sample.ledger = ledgerFiles(folder / "case");
    sample.mark = {head.size, head.root};
    sample.genesis = ledger.publicKey();
    sample.entries = ledger.size();
    return sample;
}

LedgerInMemory ledgerFiles(const platform::Path& caseFolder)
{
    LedgerInMemory files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(caseFolder / "ledger")) {
        if (entry.is_regular_file())
            files.files[std::filesystem::relative(entry.path(), caseFolder / "ledger").string()] =
                must(platform::readFile(entry.path()));
    }
    return files;
}

std::vector<std::string> framesOf(const std::string& segment)
{
    std::vector<std::string> frames;
    for (std::size_t at = 256; at + 4 <= segment.size();) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i)
            length = length << 8U | static_cast<unsigned char>(segment[at + i]);
        frames.push_back(segment.substr(at, length + 36));
        at += length + 36;
    }
    return frames;
}

std::string entryOf(const std::string& frame)
{
    return frame.substr(4, frame.size() - 36);
}

std::string chainedAnew(const std::string& header, const std::vector<std::string>& entries)
{
    std::string segment = header;
    std::string chain(32, '\0');
    for (const std::string& entry : entries) {
        const Digest digest = crypto::sha256("\x02" + chain + entry);
        chain.assign(reinterpret_cast<const char*>(digest.bytes.data()), 32);
        for (int shift = 24; shift >= 0; shift -= 8)
            segment += static_cast<char>(entry.size() >> static_cast<unsigned>(shift) & 0xffU);
        segment += entry + chain;
    }
    return segment;
}

} // namespace cordon::record::soak
