#include "core/engine/evidence_reading.h"

#include "core/base/log.h"
#include "core/engine/hidden_secrets.h"
#include "core/record/evidence_stream.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

constexpr std::size_t batchEvents = 4096;
constexpr std::uint64_t enoughHead = 64U << 10U;

/// The bytes are sealed already.
class SealedBefore final : public EvidenceSink
{
public:
    [[nodiscard]] Result<void> addPacked(ByteView /*bytes*/) override { return {}; }
    [[nodiscard]] Result<void> addDecoded(ByteView /*bytes*/) override { return {}; }
};

/// Puts events into the index as they come, at most as many as the case had of them.
class EventPutter final : public ingest::RecordSink
{
public:
    EventPutter(record::CaseStore& store, const record::StoredSource& source)
        : m_store(store), m_source(source), m_left(source.events + source.duplicates)
    {
    }

    Result<void> onRecord(Event&& event, const EventView& /*view*/, std::uint64_t /*record*/) override
    {
        // Of a source that was broken off more is sealed than was taken in.
        if (m_left == 0 && !m_source.isWhole)
            return {};
        --m_left;
        hideSecrets(event);
        m_events.push_back(std::move(event));
        return m_events.size() < batchEvents ? Result<void>() : put();
    }

    void onRejected(RejectedRecord /*rejected*/) override {}

    Result<void> put()
    {
        CORDON_CHECK(m_store.write([this]() -> Result<void> {
            CORDON_TRY(const std::size_t added, m_store.queries().table().add(m_source.id, m_events));
            m_added += static_cast<std::int64_t>(added);
            return {};
        }));
        m_events.clear();
        return {};
    }

    [[nodiscard]] bool isAsBefore() const { return m_left == 0 && m_added == m_source.events; }

private:
    record::CaseStore& m_store;
    const record::StoredSource& m_source;
    std::int64_t m_left;
    std::int64_t m_added = 0;
    std::vector<Event> m_events;
};

} // namespace

Result<ingest::ReadOptions> EvidenceReading::optionsOf(const record::StoredSource& source) const
{
    CORDON_TRY(const Digest digest, Digest::fromHex(source.digest));
    ingest::ReadOptions options;
    options.import.zone = source.zone;
    options.import.clockOffset = source.clockOffset;
    options.import.year = source.year;
    options.import.written = source.written;
    options.begins = source.begins;
    options.lastRecord = source.lastRecord;
    options.position = source.readBefore;
    options.open = [vault = m_folder.vault(), digest](const platform::Path&, platform::ByteStream::RawSink)
        -> Result<std::unique_ptr<platform::ByteStream>> {
        CORDON_TRY(auto object, vault.open(digest));
        return std::make_unique<record::EvidenceStream>(std::move(object));
    };
    const auto isFirst = [&](const record::StoredSource& other) {
        return other.followed == source.followed && other.begins == 0 && !other.digest.empty();
    };
    const auto first = std::find_if(m_sources.begin(), m_sources.end(), isFirst);
    if (source.followed.isSet() && source.begins > 0 && first != m_sources.end()) {
        CORDON_TRY(const Digest named, Digest::fromHex(first->digest));
        CORDON_TRY(auto object, m_folder.vault().open(named));
        CORDON_TRY(options.head, object.read(0, static_cast<std::size_t>(std::min(enoughHead, object.size()))));
    }
    return options;
}

/// The ledger names the texts in force before the logs that were read with them.
Result<void> EvidenceReading::findMaps()
{
    if (std::exchange(m_hasLooked, true))
        return {};
    CORDON_TRY(const auto entries, m_folder.store().queries().ledgerEntries("evidence.sealed", ""));
    std::string inForce;
    for (const record::StoredEntry& entry : entries) {
        CORDON_TRY(const Value data, json::parse(entry.data));
        if (data["kind"].asString() == "detection")
            inForce = data["digest"].asString();
        else if (data["kind"].asString() == "log" && !inForce.empty())
            m_mapsOf.emplace(data["digest"].asString(), inForce);
    }
    return {};
}

Result<const FormerMaps*> EvidenceReading::mapsOf(const record::StoredSource& source)
{
    CORDON_CHECK(findMaps());
    const auto named = m_mapsOf.find(source.digest);
    if (named == m_mapsOf.end())
        return nullptr;
    const auto known = m_formerMaps.find(named->second);
    if (known != m_formerMaps.end())
        return known->second.get();
    CORDON_TRY(const Digest digest, Digest::fromHex(named->second));
    auto object = m_folder.vault().open(digest);
    if (!object && object.error().code == ErrorCode::NotFound) {
        logWarning("the field maps that were in force are missing; those of this program are used");
        return m_formerMaps[named->second].get();
    }
    if (!object)
        return fail(object.error());
    CORDON_TRY(const std::string texts, object->read(0, static_cast<std::size_t>(object->size())));
    CORDON_TRY(auto former, FormerMaps::from(texts));
    return (m_formerMaps[named->second] = std::move(former)).get();
}

Result<bool> EvidenceReading::putEvents(const record::StoredSource& source, std::int64_t first, const Progress& progress)
{
    CORDON_TRY(const FormerMaps* former, mapsOf(source));
    CORDON_TRY(ingest::ReadOptions options, optionsOf(source));
    options.progress = progress;
    record::CaseStore& store = m_folder.store();
    store.queries().table().numberFrom(first);
    EventPutter putter(store, source);
    SealedBefore sealed;
    const auto read = ingest::readLog(source.file, former ? former->maps : m_now.maps, former ? former->plan : m_now.plan,
                                      sealed, putter, options, {});
    Result<void> put;
    if (read)
        put = putter.put();
    store.queries().table().numberFrom(0);
    if (!read)
        return fail(read.error());
    CORDON_CHECK(std::move(put));
    return putter.isAsBefore();
}

Result<void> EvidenceReading::look(const record::StoredSource& source, ingest::RecordSink& sink, const Progress& progress,
                                   const std::stop_token& stop)
{
    CORDON_TRY(const FormerMaps* former, mapsOf(source));
    CORDON_TRY(ingest::ReadOptions options, optionsOf(source));
    options.progress = progress;
    SealedBefore sealed;
    const auto read = ingest::readLog(source.file, former ? former->maps : m_now.maps, former ? former->plan : m_now.plan,
                                      sealed, sink, options, stop);
    return read ? Result<void>() : fail(read.error());
}

} // namespace cordon::engine
