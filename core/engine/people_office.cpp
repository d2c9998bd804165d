#include "core/engine/people_office.h"

#include "core/base/log.h"
#include "core/crypto/random.h"
#include "core/govern/enrolment.h"
#include "core/govern/person_vault.h"
#include "core/govern/small_file.h"
#include "core/platform/file.h"
#include "core/record/case_folder.h"
#include "core/record/ledger.h"
#include "core/record/ledger_reader.h"
#include "core/record/merkle_tree.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

namespace fs = std::filesystem;

constexpr const char* origin = "cordon.local/people";
constexpr Duration longestWait = std::chrono::hours(24 * 7);
constexpr Duration tolerance = std::chrono::minutes(10);
constexpr std::size_t mostImport = 4U << 20U;

/// A ledger that was shortened, exchanged or taken away would bring people back who were retired, or bring others.
Result<void> checkMark(const fs::path& home)
{
    const fs::path folder = PeopleOffice::folder(home);
    CORDON_TRY(const auto mark, record::LogKeys(home).mark(origin));
    if (!mark)
        return {};
    const auto leaves = record::isCase(folder) ? record::leafHashes(folder, mark->size)
                                               : Result<std::vector<Digest>>(fail(ErrorCode::NotFound, "it is gone"));
    record::MerkleTree tree;
    for (const Digest& leaf : leaves ? *leaves : std::vector<Digest>())
        tree.append(leaf);
    if (leaves && tree.root() == mark->root)
        return {};
    return fail(ErrorCode::Untrusted, "the ledger of the people is not the one that was here before, which held " +
                                          std::to_string(mark->size) + " entries" +
                                          (leaves ? ", but another one" : ": " + leaves.error().detail) +
                                          ": nobody here can be trusted");
}

Result<govern::PeopleRoll> folded(const fs::path& home)
{
    govern::PeopleRoll roll;
    const fs::path folder = PeopleOffice::folder(home);
    CORDON_CHECK(checkMark(home));
    if (!record::isCase(folder))
        return roll;
    Result<void> taken;
    CORDON_CHECK(record::eachEntry(folder, 0, [&](const LedgerEntry& entry) {
        if (entry.type.rfind("people.", 0) != 0)
            return true;
        if (auto act = roll.apply(entry.data["block"].asString()); !act)
            taken = fail(ErrorCode::Untrusted, "people, entry " + std::to_string(entry.seq) + ": " + act.error().detail);
        return taken.has_value();
    }));
    CORDON_CHECK(taken);
    return roll;
}

LedgerDraft draftOf(const govern::SignedPeopleAct& read, const std::string& block)
{
    LedgerDraft draft;
    draft.type = "people." + std::string(govern::toString(read.act.kind));
    draft.actor = {Actor::Kind::Person, read.block.note.signatures.front().name};
    Value::Array signers;
    for (const crypto::NoteSignature& signature : read.block.note.signatures)
        signers.emplace_back(signature.name);
    draft.data = Value::Object{{"act", read.act.toValue()}, {"signers", std::move(signers)}, {"block", block}};
    return draft;
}

/// One line of each whose signature counts; any other could be anybody's text.
void keepWhatHolds(govern::SignedPeopleAct& read, const govern::ActStanding& standing, const govern::PeopleRoll& roll)
{
    const govern::Person* known = roll.people().find(read.act.person);
    crypto::SignedNote& note = read.block.note;
    std::vector<crypto::NoteSignature> kept;
    for (const crypto::NoteSignature& line : note.signatures) {
        const crypto::SignedNote alone{note.text, {line}};
        const bool isOwner = std::count(standing.owners.begin(), standing.owners.end(), line.name) > 0;
        const bool isOwn = standing.hasOwn && line.name == read.act.person;
        if ((!isOwner && !isOwn) || std::any_of(kept.begin(), kept.end(), [&](const auto& one) { return one.name == line.name; }))
            continue;
        const govern::Person* signer = isOwner ? roll.people().find(line.name) : known;
        if (alone.isSignedBy(line.name, isOwn && read.act.key ? *read.act.key : signer->key))
            kept.push_back(line);
    }
    note.signatures = std::move(kept);
}

/// The credential of the security key that a person calls so.
Result<std::string> credentialOf(const govern::PeopleRoll& roll, const std::string& person, const std::string& name)
{
    if (const govern::Person* known = roll.people().find(person)) {
        for (const SecurityKey& key : known->securityKeys) {
            if (key.name == name)
                return key.credential;
        }
    }
    return fail(ErrorCode::Denied, "security_key_unknown: " + person + " has no security key of that name");
}

} // namespace

Result<PeopleOffice> PeopleOffice::open(const fs::path& home, const MachineClock& clock)
{
    PeopleOffice office(home, clock);
    CORDON_TRY(office.m_roll, folded(home));
    if (auto caughtUp = office.catchUp(); !caughtUp)
        logWarning("people: what follows from their ledger is not all in its place: " + caughtUp.error().detail);
    return office;
}

Result<govern::PeopleRoll> PeopleOffice::roll(const fs::path& home)
{
    return folded(home);
}

fs::path PeopleOffice::pendingFile(const fs::path& home, const std::string& nonce)
{
    return folder(home) / "pending" / (nonce + ".act");
}

std::vector<PeopleOffice::Pending> PeopleOffice::pending() const
{
    std::vector<Pending> acts;
    std::error_code none;
    for (const auto& item : fs::directory_iterator(folder(m_home) / "pending", none)) {
        if (item.path().extension() != ".act")
            continue;
        const auto block = govern::readSmallFile(item.path());
        const auto read = block ? govern::readPeopleAct(*block) : Result<govern::SignedPeopleAct>(fail(block.error()));
        const auto standing = read ? m_roll.judge(*read) : Result<govern::ActStanding>(fail(read.error()));
        if (!standing)
            continue;
        const auto [verb, whom] = read->act.lines().front();
        acts.push_back({read->act.nonce, verb + " " + whom, *block, *standing});
    }
    return acts;
}

Result<std::string> PeopleOffice::draft(Kind kind, const std::string& person, const std::string& name,
                                        const std::vector<std::string>& roles, const std::string& why,
                                        std::optional<Timestamp> trainedUntil) const
{
    govern::PeopleAct act;
    act.kind = kind;
    act.basis = m_roll.basisFor(kind);
    act.person = person.rfind("user:", 0) == 0 ? person : "user:" + person;
    if (kind == Kind::AddKey)
        return json::write(Value::Object{{"basis", act.basis}, {"name", name}, {"why", why}});
    if (kind == Kind::RemoveKey) {
        CORDON_TRY(act.credential, credentialOf(m_roll, act.person, name));
    } else {
        act.name = name;
    }
    act.roles = roles;
    act.why = why;
    act.trainedUntil = trainedUntil;
    act.issued = m_clock->now();
    act.nonce = crypto::randomHex(16);
    if (kind != Kind::Enrol && kind != Kind::Rekey) {
        CORDON_CHECK(govern::PeopleAct::fromValue(act.toValue()));
        return json::write(act.toValue());
    }
    const Value wish = govern::Enrolment::wishOf(std::move(act));
    CORDON_CHECK(govern::Enrolment::wishFrom(wish));
    return json::write(wish);
}

Result<PeopleOffice::Answer> PeopleOffice::submit(const std::string& block)
{
    CORDON_TRY(govern::SignedPeopleAct read, govern::readPeopleAct(block));
    const Timestamp now = m_clock->now();
    if (read.act.issued < now - longestWait || read.act.issued > now + tolerance)
        return fail(ErrorCode::Denied, "too_old: drawn up at " + read.act.issued.toString());
    Answer answer;
    answer.act = read.act;
    CORDON_TRY(answer.standing, m_roll.judge(read));
    keepWhatHolds(read, answer.standing, m_roll);
    if (read.block.note.signatures.empty())
        return fail(ErrorCode::Denied, "signature_missing: nobody's signature on it holds");
    const fs::path file = pendingFile(m_home, answer.act.nonce);
    CORDON_CHECK(joinPending(file, read));
    CORDON_TRY(answer.standing, m_roll.judge(read));
    if (!answer.standing.isComplete()) {
        CORDON_CHECK(platform::makeFolders(file.parent_path()));
        CORDON_CHECK(platform::writeFileAtomically(file, read.block.note.toString()));
        return answer;
    }
    CORDON_CHECK(take({read.block.note.toString()}));
    answer.isTaken = true;
    std::error_code ignored;
    fs::remove(file, ignored);
    return answer;
}

/// Signatures that were handed in before, one here and one there, count together.
Result<void> PeopleOffice::joinPending(const fs::path& file, govern::SignedPeopleAct& read) const
{
    const auto waiting = govern::readSmallFile(file);
    auto before = waiting ? govern::readPeopleAct(*waiting) : Result<govern::SignedPeopleAct>(fail(waiting.error()));
    const auto standing = before ? m_roll.judge(*before) : Result<govern::ActStanding>(fail(before.error()));
    if (!standing)
        return {};
    keepWhatHolds(*before, *standing, m_roll);
    if (before->block.note.signatures.empty())
        return {};
    if (before->act.digest() != read.act.digest())
        return fail(ErrorCode::Denied, "nonce_used: another act of that number waits");
    auto& lines = before->block.note.signatures;
    lines.insert(lines.end(), read.block.note.signatures.begin(), read.block.note.signatures.end());
    read.block.note.signatures = std::move(lines);
    CORDON_TRY(const govern::ActStanding both, m_roll.judge(read));
    keepWhatHolds(read, both, m_roll);
    return {};
}

/// One process at a time. What another one took in since this office was opened is looked at first.
Result<void> PeopleOffice::take(const std::vector<std::string>& blocks)
{
    const fs::path people = folder(m_home);
    CORDON_CHECK(platform::makeFolders(people));
    CORDON_TRY(const govern::FileLock lock, govern::FileLock::take(people / "office.lock"));
    CORDON_TRY(m_roll, folded(m_home));
    govern::PeopleRoll next = m_roll;
    std::vector<LedgerDraft> drafts;
    std::vector<govern::PeopleAct> acts;
    for (const std::string& block : blocks) {
        CORDON_TRY(govern::SignedPeopleAct read, govern::readPeopleAct(block));
        CORDON_TRY(const govern::ActStanding standing, next.judge(read));
        keepWhatHolds(read, standing, next);
        const std::string kept = read.block.note.toString();
        CORDON_TRY(govern::PeopleAct act, next.apply(kept));
        drafts.push_back(draftOf(read, kept));
        acts.push_back(std::move(act));
    }
    const record::LogKeys keys(m_home);
    CORDON_TRY(record::Ledger ledger, record::isCase(people)
                                          ? record::Ledger::open(people, keys, *m_clock)
                                          : record::Ledger::create(people, origin, Value::Object{}, keys, *m_clock));
    CORDON_CHECK(ledger.appendAll(std::move(drafts)));
    CORDON_CHECK(ledger.checkpoint());
    m_roll = std::move(next);
    for (const govern::PeopleAct& act : acts)
        CORDON_CHECK(follow(act));
    return m_roll.people().save(people);
}

Result<std::map<std::string, govern::SeenRevision>> PeopleOffice::mandates(const fs::path& home)
{
    std::map<std::string, govern::SeenRevision> seen;
    CORDON_CHECK(checkMark(home));
    if (!record::isCase(folder(home)))
        return seen;
    CORDON_CHECK(record::eachEntry(folder(home), 0, [&](const LedgerEntry& entry) {
        if (entry.type != "mandate.in_force")
            return true;
        govern::SeenRevision& newest = seen[entry.data["id"].asString()];
        if (entry.data["revision"].asInt() >= newest.revision)
            newest = {entry.data["revision"].asInt(), entry.data["digest"].asString()};
        return true;
    }));
    return seen;
}

Result<void> PeopleOffice::noteMandate(const Mandate& mandate, const std::vector<std::string>& signers)
{
    const fs::path people = folder(m_home);
    if (!record::isCase(people))
        return fail(ErrorCode::NotFound, "nobody is enrolled here");
    CORDON_TRY(const govern::FileLock lock, govern::FileLock::take(people / "office.lock"));
    CORDON_TRY(const auto seen, mandates(m_home));
    const auto newest = seen.find(mandate.id);
    if (newest != seen.end() && newest->second.revision == mandate.revision && newest->second.digest == mandate.digest)
        return {};
    if (newest != seen.end() && newest->second.revision >= mandate.revision) // another program was first
        return fail(ErrorCode::Conflict, mandate.id + ": revision " + std::to_string(newest->second.revision) +
                                             " came in force already");
    Value::Array owners;
    for (const std::string& signer : signers)
        owners.emplace_back(signer);
    LedgerDraft draft;
    draft.type = "mandate.in_force";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.mandate = mandate.digest;
    draft.data = Value::Object{{"id", mandate.id},
                               {"revision", mandate.revision},
                               {"digest", mandate.digest},
                               {"signers", std::move(owners)}};
    CORDON_TRY(record::Ledger ledger, record::Ledger::open(people, record::LogKeys(m_home), *m_clock));
    CORDON_CHECK(ledger.append(std::move(draft)));
    CORDON_CHECK(ledger.checkpoint());
    return {};
}

Result<void> PeopleOffice::follow(const govern::PeopleAct& act) const
{
    CORDON_CHECK(govern::activateVault(folder(m_home), act));
    if (act.kind != govern::PeopleAct::Kind::Free)
        return {};
    return govern::PersonVault(folder(m_home), act.person).clearLock();
}

Result<std::vector<std::string>> PeopleOffice::shared() const
{
    std::vector<std::string> blocks;
    if (!record::isCase(folder(m_home)))
        return blocks;
    CORDON_CHECK(record::eachEntry(folder(m_home), 0, [&](const LedgerEntry& entry) {
        const auto read = govern::readPeopleAct(entry.data["block"].asString());
        if (read && read->act.isShared())
            blocks.push_back(entry.data["block"].asString());
        return true;
    }));
    return blocks;
}

Result<std::string> PeopleOffice::exported() const
{
    CORDON_TRY(const auto blocks, shared());
    std::string text;
    for (const std::string& block : blocks)
        text += (text.empty() ? "" : "\n") + block;
    return text;
}

Result<int> PeopleOffice::import(const std::string& text, const std::string& founder)
{
    constexpr std::string_view start = "cordon.people-act.v1\n";
    if (text.size() > mostImport)
        return fail(ErrorCode::Invalid, "act_unreadable: longer than 4 MiB");
    std::vector<std::string> blocks;
    for (std::size_t at = text.find(start); at != std::string::npos;) {
        const std::size_t next = text.find(start, at + start.size());
        blocks.push_back(text.substr(at, next == std::string::npos ? next : next - at));
        at = next;
    }
    CORDON_TRY(const auto here, shared());
    if (blocks.empty() || blocks.size() < here.size())
        return fail(ErrorCode::Conflict, "roll_other: the text has fewer acts than this machine");
    govern::PeopleRoll theirs;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        CORDON_TRY(const govern::PeopleAct act, theirs.apply(blocks[i]));
        if (!act.isShared())
            return fail(ErrorCode::Untrusted, "act_local: " + std::string(govern::toString(act.kind)) + " is for one machine");
        if (i == 0 && here.empty() && founder.empty())
            return fail(ErrorCode::Untrusted, "founder_missing: give --founder with the fingerprint of the first owner's key, as that owner tells it to you");
        if (i == 0 && !founder.empty() && act.key->fingerprint() != founder)
            return fail(ErrorCode::Untrusted, "founder_other: the first owner in this text has the key " + act.key->fingerprint() +
                                                  ", and --founder says " + founder + ": ask that owner; one of the two is not what you were told");
        if (i + 1 == here.size() && theirs.head() != m_roll.head())
            return fail(ErrorCode::Conflict, "roll_other: these are the people of another installation");
    }
    blocks.erase(blocks.begin(), blocks.begin() + static_cast<std::ptrdiff_t>(here.size()));
    if (!blocks.empty())
        CORDON_CHECK(take(blocks));
    return static_cast<int>(blocks.size());
}

} // namespace cordon::engine
