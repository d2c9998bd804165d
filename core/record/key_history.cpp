#include "core/record/key_history.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr std::string_view genesisType = "ledger.genesis";
constexpr std::string_view epochType = "ledger.epoch";
constexpr std::string_view revokedType = "ledger.key_revoked";
constexpr std::string_view mandateType = "mandate.in_force";
constexpr std::string_view joinedType = "person.joined";

/// That name signed exactly once, plainly, and under that key.
bool signedOnceBy(const crypto::SignedNote& note, std::string_view name, const crypto::PublicKey& key)
{
    const auto isNamed = [&](const crypto::NoteSignature& signature) { return signature.name == name; };
    const auto line = std::find_if(note.signatures.begin(), note.signatures.end(), isNamed);
    return std::count_if(note.signatures.begin(), note.signatures.end(), isNamed) == 1 &&
           line->bytes.size() == std::tuple_size_v<crypto::Signature> && note.isSignedBy(name, key);
}

using Owners = std::map<std::string, crypto::PublicKey>;

/// Owners of the installation that an order names below its own lines, `owner ID ed25519:…`, each once and in order; nothing
/// when it names none, or in another way.
std::optional<Owners> ownersIn(std::string_view lines)
{
    constexpr std::string_view start = "owner ";
    Owners owners;
    std::string before;
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        const auto blank = lines.find(' ', start.size());
        if (end == std::string_view::npos || blank == std::string_view::npos || blank > end || !lines.starts_with(start))
            return std::nullopt;
        const std::string id(lines.substr(start.size(), blank - start.size()));
        const auto key = crypto::PublicKey::parse(lines.substr(blank + 1, end - blank - 1));
        if (!key || id <= before)
            return std::nullopt;
        owners.emplace(id, *key);
        before = id;
        lines.remove_prefix(end + 1);
    }
    return owners.empty() ? std::nullopt : std::optional(std::move(owners));
}

} // namespace

bool KeyHistory::concerns(const LedgerEntry& entry)
{
    return entry.seq == 0 || entry.type == epochType || entry.type == revokedType || entry.type == mandateType ||
           entry.type == joinedType;
}

const KeyHistory::InForce* KeyHistory::inForceAt(std::int64_t size) const
{
    const auto later =
        std::find_if(m_keys.begin(), m_keys.end(), [&](const InForce& inForce) { return inForce.from > size; });
    return later == m_keys.begin() ? nullptr : &*std::prev(later);
}

const crypto::PublicKey* KeyHistory::keyAt(std::int64_t size) const
{
    const InForce* inForce = inForceAt(size);
    return inForce ? &inForce->key : nullptr;
}

const std::string* KeyHistory::certificateAt(std::int64_t size) const
{
    const InForce* inForce = inForceAt(size);
    return inForce ? &inForce->certificate : nullptr;
}

const crypto::PublicKey* KeyHistory::current() const
{
    return m_keys.empty() ? nullptr : &m_keys.back().key;
}

std::string KeyHistory::takeOne(const LedgerEntry& entry, const Digest& rootBefore)
{
    if (entry.seq == 0)
        return takeGenesis(entry, rootBefore);
    if (entry.type == mandateType || entry.type == joinedType) {
        takePeople(entry);
        return {};
    }
    return takeCertificate(entry, entry.data["certificate"].asString(), rootBefore);
}

std::string KeyHistory::takeGenesis(const LedgerEntry& entry, const Digest& rootBefore)
{
    const auto key = crypto::PublicKey::parse(entry.data["public_key"].asString());
    if (entry.type != genesisType || !key)
        return "the first entry is not a genesis";
    m_genesis = *key;
    m_origin = entry.data["origin"].asString();
    m_began = entry.ts;
    if (entry.data.has("epoch"))
        return takeCertificate(entry, entry.data["epoch"].asString(), rootBefore);
    m_keys.push_back({1, *key, {}});
    return {};
}

std::string KeyHistory::takeCertificate(const LedgerEntry& entry, const std::string& noteText,
                                        const Digest& rootBefore)
{
    const auto note = crypto::SignedNote::parse(noteText);
    const auto certificate = note ? EpochCertificate::parse(note->text) : fail(note.error());
    if (!certificate || note->toString() != noteText)
        return "the epoch certificate cannot be read";
    if (!belongsHere(*certificate, entry, rootBefore))
        return "the epoch certificate does not belong here";
    if (std::any_of(m_keys.begin(), m_keys.end(), [&](const InForce& old) { return old.key == certificate->key; }) ||
        certificate->key == *m_genesis)
        return "the epoch certificate brings back an old key";
    if (std::string problem = signersProblem(*note, *certificate); !problem.empty())
        return problem;
    if (certificate->why == "revoked" && !isOrdered(entry.data["order"].asString(), *certificate))
        return "the revocation is not signed by enough owners";
    if (certificate->why != "first")
        ++(certificate->why == "revoked" ? m_revoked : m_rotations);
    m_keys.push_back({entry.seq + 1, certificate->key, noteText});
    m_epoch = certificate->epoch;
    m_began = entry.ts;
    return {};
}

bool KeyHistory::belongsHere(const EpochCertificate& certificate, const LedgerEntry& entry,
                             const Digest& rootBefore) const
{
    const auto* before = current();
    return certificate.origin == m_origin && certificate.epoch == m_epoch + 1 && certificate.size == entry.seq &&
           certificate.root == rootBefore && (certificate.why == "first") == (entry.seq == 0) &&
           (certificate.why == "revoked") == (entry.type == revokedType) &&
           certificate.previous == (before ? std::optional(*before) : std::nullopt);
}

/// A key that is revoked has no say in what follows it; any other one has.
std::string KeyHistory::signersProblem(const crypto::SignedNote& note, const EpochCertificate& certificate) const
{
    const bool needsPrevious = certificate.previous && certificate.why != "revoked";
    if (!signedOnceBy(note, rootSigner, *m_genesis))
        return "the epoch certificate is not signed by the genesis key";
    if (!signedOnceBy(note, nextSigner, certificate.key))
        return "the epoch certificate is not signed by the new key";
    if (needsPrevious && !signedOnceBy(note, previousSigner, *certificate.previous))
        return "the epoch certificate is not signed by the key before it";
    return note.signatures.size() == (needsPrevious ? 3 : 2) ? "" : "somebody else signed the epoch certificate";
}

/// By two owners of the mandate in force, or the only one.
bool KeyHistory::isOrdered(const std::string& order, const EpochCertificate& certificate) const
{
    const auto note = crypto::SignedNote::parse(order);
    const std::string head = revocationOrder(m_origin, *certificate.previous, certificate.key);
    if (!note || !note->text.starts_with(head))
        return false;
    const std::string_view named = std::string_view(note->text).substr(head.size());
    const std::optional<Owners> owners = named.empty() ? std::optional(m_owners) : ownersIn(named);
    if (!owners)
        return false;
    const auto signedBy = std::count_if(owners->begin(), owners->end(), [&](const auto& owner) {
        return signedOnceBy(*note, owner.first, owner.second);
    });
    return signedBy > 0 && signedBy >= std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(owners->size()), 2);
}

void KeyHistory::takePeople(const LedgerEntry& entry)
{
    if (entry.type == joinedType) {
        if (const auto key = crypto::PublicKey::parse(entry.data["key"].asString()))
            addWitness(entry.actor.id, *key);
        return;
    }
    m_owners.clear();
    for (const Value& person : entry.data["people"]["people"].asArray()) {
        const auto& roles = person["roles"].asArray();
        const bool isOwner =
            std::any_of(roles.begin(), roles.end(), [](const Value& role) { return role.asString() == "owner"; });
        const auto key = crypto::PublicKey::parse(person["key"].asString());
        if (!key || person["revoked"].asBool())
            continue;
        addWitness(person["id"].asString(), *key);
        if (isOwner)
            m_owners[person["id"].asString()] = *key;
    }
}

void KeyHistory::addWitness(const std::string& person, const crypto::PublicKey& key)
{
    auto& keys = m_witnesses[crypto::witnessName(person)];
    if (std::find(keys.begin(), keys.end(), key) == keys.end())
        keys.push_back(key);
}

} // namespace cordon::record
