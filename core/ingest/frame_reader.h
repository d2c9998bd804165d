#pragma once

#include "core/ingest/log_reader.h"
#include "core/ingest/record_source.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace cordon::ingest {

/// The first half of reading a log: its bytes go to evidence and are cut into frames. What the records say is not looked
/// at. Belongs to one thread.
class FrameReader
{
public:
    /// A failure ends the reading.
    using Take = std::function<Result<void>(const Frame& frame)>;

    /// @param options  and all else by reference: outlives this
    FrameReader(const platform::Path& path, const FieldMaps& maps, EvidenceSink& evidence, const ReadOptions& options,
                const std::stop_token& stop);

    /// Gives every frame, in file order. Fails when the file cannot be opened, evidence or `take` fail, or with
    /// ErrorCode::Cancelled when `stop` was asked for.
    [[nodiscard]] Result<void> read(const Take& take);

    /// Why the rest of the file could not be read.
    [[nodiscard]] const std::optional<Error>& damage() const { return m_damage; }
    /// Sizes, packing and whether the file is whole; records are not counted.
    [[nodiscard]] const ReadSummary& summary() const { return m_summary; }

private:
    [[nodiscard]] Result<void> seal(ByteView bytes);
    [[nodiscard]] Result<bool> readStart();
    [[nodiscard]] Result<bool> readChunk(char* into);
    [[nodiscard]] Result<void> giveFrames(const Take& take);
    void tellProgress();

    const platform::Path& m_path;
    const FieldMaps& m_maps;
    EvidenceSink& m_evidence;
    const ReadOptions& m_options;
    const std::stop_token& m_stop;
    std::unique_ptr<platform::ByteStream> m_stream;
    std::unique_ptr<RecordSource> m_source;
    ReadSummary m_summary;
    std::size_t m_lastCount = 0;
    std::uint64_t m_nextProgress = 0;
    std::optional<Error> m_sealFailure;
    std::optional<Error> m_damage;
};

/// As it is told of the place where it begins.
[[nodiscard]] std::string damageReason(const Error& damage);

} // namespace cordon::ingest
