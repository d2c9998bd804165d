#include "core/record/evidence_intake.h"

namespace cordon::record {
namespace {

Result<void> addTo(std::optional<EvidenceWriter>& writer, const EvidenceVault& vault, ByteView bytes)
{
    if (!writer) {
        CORDON_TRY(auto made, vault.create());
        writer.emplace(std::move(made));
    }
    return writer->add(bytes);
}

} // namespace

Result<void> EvidenceIntake::addPacked(ByteView bytes)
{
    return addTo(m_packed, m_vault, bytes);
}

Result<void> EvidenceIntake::addDecoded(ByteView bytes)
{
    return addTo(m_decoded, m_vault, bytes);
}

Result<EvidenceRecord> EvidenceIntake::seal(EvidenceRecord record)
{
    CORDON_CHECK(addPacked({})); // an empty file is evidence too
    record.packedSize = m_packed->size();
    CORDON_TRY(record.packedDigest, m_packed->seal());
    record.size = record.packedSize;
    record.digest = record.packedDigest;
    if (m_decoded) {
        record.size = m_decoded->size();
        CORDON_TRY(record.digest, m_decoded->seal());
    }
    m_packed.reset();
    m_decoded.reset();
    CORDON_CHECK(noteContainers(record, m_vault));
    return record;
}

Result<void> noteContainers(EvidenceRecord& record, const EvidenceVault& vault)
{
    if (!vault.encrypts())
        return {};
    CORDON_TRY(record.container, vault.containerOf(record.digest));
    CORDON_TRY(record.packedContainer, vault.containerOf(record.packedDigest));
    return {};
}

Value toValue(const EvidenceRecord& record)
{
    Value data = Value::Object{
        {"digest", record.digest.hex()},
        {"size", static_cast<std::int64_t>(record.size)},
        {"packed_digest", record.packedDigest.hex()},
        {"packed_size", static_cast<std::int64_t>(record.packedSize)},
        {"source", record.source},
        {"kind", record.kind},
        {"collector", record.collector},
        {"operator", record.operatorId},
        {"method", record.method},
        {"acquired", record.acquired.toString()},
        {"whole", record.isWhole},
    };
    if (record.container)
        data.set("container", record.container->hex());
    if (record.packedContainer)
        data.set("packed_container", record.packedContainer->hex());
    if (record.packedDigest != record.digest)
        data.set("parent", record.packedDigest.hex());
    return data;
}

} // namespace cordon::record
