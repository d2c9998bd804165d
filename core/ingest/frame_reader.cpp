#include "core/ingest/frame_reader.h"

#include "core/ingest/log_format.h"

#include <algorithm>
#include <vector>

namespace cordon::ingest {
namespace {

constexpr std::size_t chunkSize = 1U << 20U;
/// A log's format is told by this many bytes of its start.
constexpr std::size_t enoughToTell = 4096;

} // namespace

FrameReader::FrameReader(const platform::Path& path, const FieldMaps& maps, EvidenceSink& evidence,
                         const ReadOptions& options, const std::stop_token& stop)
    : m_path(path)
    , m_maps(maps)
    , m_evidence(evidence)
    , m_options(options)
    , m_stop(stop)
{}

Result<void> FrameReader::read(const Take& take)
{
    const auto sealing = [this](ByteView bytes) { return seal(bytes); };
    CORDON_TRY(m_stream,
               m_options.open ? m_options.open(m_path, sealing) : platform::ByteStream::open(m_path, sealing));
    m_summary.packing = m_stream->packing();
    CORDON_TRY(bool hasMore, readStart());
    while (hasMore) {
        CORDON_CHECK(giveFrames(take));
        if (m_stop.stop_requested())
            return fail(ErrorCode::Cancelled, m_path.string() + ": reading was cancelled");
        CORDON_TRY(hasMore, readChunk(m_source->space(chunkSize)));
        if (hasMore)
            m_source->written(m_lastCount);
    }
    m_source->finish();
    CORDON_CHECK(giveFrames(take));
    if (m_source->isCutShort() || m_damage)
        m_summary.isWhole = false;
    m_summary.rawBytes = m_stream->rawBytesRead();
    if (m_options.progress)
        m_options.progress(m_stream->rawBytesRead(), m_stream->rawBytesTotal());
    return {};
}

/// A failure of the vault must end the reading, one of the file must not; the stream passes on both alike.
Result<void> FrameReader::seal(ByteView bytes)
{
    auto sealed = m_evidence.addPacked(bytes);
    if (!sealed)
        m_sealFailure = sealed.error();
    return sealed;
}

/// The first chunk tells the format.
Result<bool> FrameReader::readStart()
{
    std::vector<char> start(chunkSize);
    std::size_t held = 0;
    bool hasMore = true;
    while (hasMore && held < enoughToTell) {
        CORDON_TRY(hasMore, readChunk(start.data() + held));
        held += m_lastCount;
        start.resize(held + chunkSize);
    }
    const std::string_view begin(start.data(), held);
    m_source = recordSourceFor(m_options.head.empty() ? begin : m_options.head, m_path, m_maps, m_options.import);
    m_source->goOn({m_options.head, m_options.lastRecord, m_options.position});
    std::copy_n(start.data(), held, m_source->space(held));
    m_source->written(held);
    return hasMore;
}

/// @param into  with room for a chunk
/// @return false at the end, also when the rest is damaged
Result<bool> FrameReader::readChunk(char* into)
{
    m_lastCount = 0;
    const auto count = m_stream->read(into, chunkSize);
    tellProgress();
    if (m_sealFailure)
        return fail(*m_sealFailure);
    if (!count) {
        m_damage = count.error();
        return false;
    }
    if (m_stream->packing() != platform::Packing::Plain && *count > 0)
        CORDON_CHECK(m_evidence.addDecoded(bytesOf({into, *count})));
    m_lastCount = *count;
    m_summary.decodedBytes += *count;
    return *count > 0;
}

/// Once per MiB of the file.
void FrameReader::tellProgress()
{
    const std::uint64_t read = m_stream->rawBytesRead();
    if (!m_options.progress || read < m_nextProgress)
        return;
    m_nextProgress = read + chunkSize;
    m_options.progress(read, m_stream->rawBytesTotal());
}

Result<void> FrameReader::giveFrames(const Take& take)
{
    while (auto frame = m_source->next())
        CORDON_CHECK(take(*frame));
    return {};
}

std::string damageReason(const Error& damage)
{
    return "nothing can be read from here on: " + damage.detail;
}

} // namespace cordon::ingest
