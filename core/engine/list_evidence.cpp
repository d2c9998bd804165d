#include "core/engine/list_evidence.h"

#include "core/base/display_escape.h"
#include "core/engine/person_draft.h"
#include "core/engine/version.h"
#include "core/record/evidence_intake.h"

namespace cordon::engine {

Result<std::string> listBytes(const record::EvidenceVault& vault, const std::string& digest, std::size_t most)
{
    CORDON_TRY(const Digest named, Digest::fromHex(digest));
    CORDON_TRY(auto object, vault.open(named));
    if (object.size() > most)
        return fail(ErrorCode::Invalid, "the file is longer than " + std::to_string(most >> 20U) + " MiB");
    CORDON_CHECK(vault.verify(named));
    return object.read(0, static_cast<std::size_t>(object.size()));
}

Result<void> noteImport(const record::EvidenceVault& vault, Journal& journal, const BringList& order, const char* kind,
                        std::uint64_t size, Timestamp now, Value data)
{
    constexpr std::size_t longestSource = 2000;
    EvidenceRecord record;
    CORDON_TRY(record.digest, Digest::fromHex(order.args["digest"].asString()));
    record.size = record.packedSize = size;
    record.packedDigest = record.digest;
    record.source = escapedForDisplay(order.args["source"].asString().substr(0, longestSource));
    record.kind = kind;
    record.collector = std::string("cordon ") + versionText;
    record.operatorId = order.by;
    record.method = "imported by a person";
    record.acquired = now;
    CORDON_CHECK(record::noteContainers(record, vault));
    data.set("digest", record.digest.hex());
    data.set("source", record.source);
    data.set("order", order.order);
    std::vector<LedgerDraft> drafts;
    drafts.push_back(personDraft("evidence.sealed", order.by, record::toValue(record)));
    drafts.push_back(personDraft(std::string(kind) + ".imported", order.by, std::move(data)));
    return journal.writeAll(std::move(drafts));
}

Result<std::string> listName(const BringList& order, const std::string& otherwise)
{
    std::string name = order.args["name"].asString();
    if (name.empty())
        name = otherwise;
    if (name.empty() || name.size() > 80 || escapedForDisplay(name) != name)
        return fail(ErrorCode::Invalid, "a list's name has 1 to 80 bytes that can be seen");
    return name;
}

} // namespace cordon::engine
