#include "core/engine/evidence_office.h"

#include "core/base/display_escape.h"
#include "core/engine/version.h"
#include "core/record/evidence_intake.h"

#include <algorithm>

namespace cordon::engine {
namespace {

constexpr std::size_t longestWords = 2000;
constexpr std::size_t mostItems = 200; ///< of one transfer; an entry holds them

std::string numbered(const char* prefix, std::size_t number)
{
    std::string digits = std::to_string(number);
    digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
    return prefix + digits;
}

Result<const record::EvidenceItem*> itemOf(const record::Custody& custody, const Value& name)
{
    const record::EvidenceItem* item = custody.find(name.asString());
    if (!item)
        return fail(ErrorCode::NotFound, "no one piece of evidence is named '" + escapedForDisplay(name.asString()) + "'");
    return item;
}

/// What a person wrote: there, and not endless.
Result<std::string> wordsOf(const Value& args, const char* name)
{
    const std::string& words = args[name].asString();
    if (words.empty() || words.size() > longestWords)
        return fail(ErrorCode::Invalid, std::string("'") + name + "' has 1 to " + std::to_string(longestWords) + " bytes");
    return words;
}

} // namespace

Result<void> EvidenceOffice::handle(const HandleEvidence& order)
{
    CORDON_TRY(const record::Custody custody, record::readCustody(m_folder.path(), [this](const LedgerEntry& entry) {
                   return !m_unproven.contains(entry.seq) || entry.type == "evidence.sealed";
               }));
    if (order.act == "exhibit-add")
        return addExhibit(order, custody);
    if (order.act == "evidence-hold" || order.act == "evidence-release")
        return setHold(order, custody);
    if (order.act == "evidence-transfer")
        return transfer(order, custody);
    if (order.act == "evidence-receive")
        return receive(order, custody);
    if (order.act == "evidence-erase")
        return erase(order, custody);
    return fail(ErrorCode::Unsupported, "unknown command '" + order.act + "'");
}

Result<void> EvidenceOffice::write(const char* type, const HandleEvidence& order, Value data)
{
    data.set("order", order.order); // the person's signature over exactly this
    if (const govern::Person* person = m_people.find(order.by))
        data.set("key", person->key.toString()); // the ledger of a real case names nobody's key elsewhere
    LedgerDraft draft;
    draft.type = type;
    draft.actor = {Actor::Kind::Person, order.by};
    draft.data = std::move(data);
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal.write(std::move(draft)));
    return {};
}

/// The bytes are in the vault already; the person's signature names them by their digest.
Result<void> EvidenceOffice::addExhibit(const HandleEvidence& order, const record::Custody& custody)
{
    CORDON_TRY(const std::string note, wordsOf(order.args, "note"));
    CORDON_TRY(const std::string name, wordsOf(order.args, "name"));
    EvidenceRecord record;
    CORDON_TRY(record.digest, Digest::fromHex(order.args["digest"].asString()));
    CORDON_CHECK(m_folder.vault().verify(record.digest));
    CORDON_TRY(const auto object, m_folder.vault().open(record.digest));
    const record::EvidenceItem* known = custody.find(record.digest.hex());
    if (known && !known->number.empty())
        return fail(ErrorCode::Conflict, "these bytes are exhibit " + known->number + " already");
    std::size_t exhibits = 0;
    for (const record::EvidenceItem& item : custody.items)
        exhibits += item.number.empty() ? 0 : 1;
    record.size = record.packedSize = object.size();
    record.packedDigest = record.digest;
    record.source = escapedForDisplay(order.args["source"].asString().substr(0, longestWords));
    record.kind = "exhibit";
    record.collector = std::string("cordon ") + versionText;
    record.operatorId = order.by;
    record.method = "brought by a person";
    record.acquired = m_now;
    CORDON_CHECK(record::noteContainers(record, m_folder.vault()));
    Value data = record::toValue(record);
    data.set("exhibit", numbered("EX-", exhibits + 1));
    data.set("name", escapedForDisplay(name));
    data.set("note", note);
    data.set("hold", order.args["hold"].asBool());
    return write("evidence.sealed", order, std::move(data));
}

Result<void> EvidenceOffice::setHold(const HandleEvidence& order, const record::Custody& custody)
{
    CORDON_TRY(const record::EvidenceItem* item, itemOf(custody, order.args["item"]));
    CORDON_TRY(const std::string purpose, wordsOf(order.args, "purpose"));
    const bool isHold = order.act == "evidence-hold";
    const govern::Person* person = m_people.find(order.by);
    if (!isHold && !(person && person->hasRole("commander")))
        return fail(ErrorCode::Denied, "role_missing: a commander lifts a legal hold");
    if (item->isHeld == isHold)
        return fail(ErrorCode::Conflict, isHold ? "it is under legal hold already" : "it is under no legal hold");
    return write(isHold ? "evidence.held" : "evidence.released", order,
                 Value::Object{{"digest", item->digest}, {"exhibit", item->number}, {"purpose", purpose}});
}

Result<void> EvidenceOffice::transfer(const HandleEvidence& order, const record::Custody& custody)
{
    CORDON_TRY(const std::string purpose, wordsOf(order.args, "purpose"));
    CORDON_TRY(const std::string to, wordsOf(order.args, "to"));
    const govern::Person* receiver = m_people.find(to);
    if (!receiver || receiver->isRevoked || to == order.by)
        return fail(ErrorCode::Invalid, "'to' has to be another person of this case, who can sign for it");
    Value::Array digests;
    for (const Value& name : order.args["items"].asArray()) {
        CORDON_TRY(const record::EvidenceItem* item, itemOf(custody, name));
        if (item->erasedBy >= 0)
            return fail(ErrorCode::Conflict, "erased: " + item->digest);
        CORDON_CHECK(mayHandOver(*item, order.by, custody));
        digests.emplace_back(item->digest);
    }
    if (digests.empty() || digests.size() > mostItems)
        return fail(ErrorCode::Invalid, "a transfer has 1 to " + std::to_string(mostItems) + " items");
    return write("evidence.transferred", order,
                 Value::Object{{"transfer", numbered("TR-", custody.transfers.size() + 1)},
                               {"digests", std::move(digests)},
                               {"to", to},
                               {"purpose", purpose}});
}

/// Only who has it hands it over, and not twice at a time. What a program collected, or somebody who is gone had, anybody takes up.
Result<void> EvidenceOffice::mayHandOver(const record::EvidenceItem& item, const std::string& giver,
                                         const record::Custody& custody) const
{
    const auto counts = [&](const std::string& id) {
        const govern::Person* person = m_people.find(id);
        return person && !person->isRevoked;
    };
    const std::string& name = item.number.empty() ? item.digest : item.number;
    if (item.holder != giver && counts(item.holder))
        return fail(ErrorCode::Denied, name + " is with " + item.holder);
    for (const record::EvidenceTransfer& open : custody.transfers) {
        const bool holdsIt = std::find(open.digests.begin(), open.digests.end(), item.digest) != open.digests.end();
        if (!open.isReceived && holdsIt && counts(open.to))
            return fail(ErrorCode::Conflict, name + " is on its way by " + open.number);
    }
    return {};
}

/// Whoever takes it over looks at every byte first: what does not verify is not received.
Result<void> EvidenceOffice::receive(const HandleEvidence& order, const record::Custody& custody)
{
    CORDON_TRY(const std::string condition, wordsOf(order.args, "condition"));
    const record::EvidenceTransfer* transfer = custody.transfer(order.args["transfer"].asString());
    if (!transfer)
        return fail(ErrorCode::NotFound, "no transfer of that number");
    if (transfer->to != order.by)
        return fail(ErrorCode::Denied, transfer->number + " is for " + transfer->to);
    if (transfer->isReceived)
        return fail(ErrorCode::Conflict, transfer->number + " was received before");
    for (const std::string& hex : transfer->digests) {
        CORDON_TRY(const Digest digest, Digest::fromHex(hex));
        CORDON_CHECK(m_folder.vault().verify(digest));
    }
    return write("evidence.received", order,
                 Value::Object{{"transfer", transfer->number},
                               {"from", transfer->from},
                               {"condition", condition},
                               {"verified", static_cast<std::int64_t>(transfer->digests.size())}});
}

/// The entry comes first: a crash between the two leaves a key that the next look removes, never a loss nobody explains.
Result<void> EvidenceOffice::erase(const HandleEvidence& order, const record::Custody& custody)
{
    CORDON_TRY(const record::EvidenceItem* item, itemOf(custody, order.args["item"]));
    CORDON_TRY(const std::string purpose, wordsOf(order.args, "purpose"));
    const govern::Person* person = m_people.find(order.by);
    if (!person || !person->hasRole("commander"))
        return fail(ErrorCode::Denied, "role_missing: a commander erases evidence");
    if (item->isHeld)
        return fail(ErrorCode::Denied, "legal hold: " + (item->number.empty() ? item->digest : item->number) +
                                           " must not be erased");
    if (item->erasedBy >= 0)
        return fail(ErrorCode::Conflict, "erased before, entry " + std::to_string(item->erasedBy));
    if (item->kind == "log" || item->kind == "packed")
        return fail(ErrorCode::Unsupported, "a log cannot be erased: its events stand in the index and in pages that rest on it");
    if (!item->isEncrypted)
        return fail(ErrorCode::Unsupported, "only encrypted evidence can be erased: its key goes, its bytes stay as proof");
    CORDON_TRY(const Digest digest, Digest::fromHex(item->digest));
    CORDON_CHECK(write("evidence.erased", order,
                       Value::Object{{"digest", item->digest}, {"exhibit", item->number}, {"purpose", purpose}}));
    return m_folder.vault().eraseKey(digest);
}

} // namespace cordon::engine
