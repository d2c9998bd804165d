#include "core/platform/byte_stream.h"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace cordon::platform {
namespace {

constexpr std::size_t blockSize = 256U << 10U;

/// The file front to back through one block, shown to the raw sink as it passes.
class RawInput
{
public:
    RawInput(File file, Path path, std::uint64_t total, ByteStream::RawSink sink)
        : m_file(std::move(file))
        , m_path(std::move(path))
        , m_total(total)
        , m_sink(std::move(sink))
        , m_block(blockSize, '\0')
    {}

    /// Reads straight into the caller's memory, once nothing is left of the block.
    Result<std::size_t> read(void* into, std::size_t size)
    {
        CORDON_TRY(const std::size_t count, m_file.read(into, std::min(size, blockSize)));
        m_taken += count;
        if (count > 0 && m_sink)
            CORDON_CHECK(m_sink(bytesOf({static_cast<const char*>(into), count})));
        return count;
    }

    /// Makes at least one byte available unless the file is at its end. @return false at the end
    Result<bool> fill()
    {
        if (m_begin < m_end)
            return true;
        CORDON_TRY(const std::size_t count, m_file.read(m_block.data(), m_block.size()));
        m_begin = 0;
        m_end = count;
        m_taken += count;
        if (count > 0 && m_sink)
            CORDON_CHECK(m_sink(rest()));
        return count > 0;
    }

    [[nodiscard]] ByteView rest() const { return bytesOf(m_block).subspan(m_begin, m_end - m_begin); }
    void skip(std::size_t count) { m_begin += count; }

    /// Shows what is left of the file to the sink.
    Result<void> drain()
    {
        m_begin = m_end;
        while (m_sink) {
            CORDON_TRY(const bool hasMore, fill());
            if (!hasMore)
                break;
            m_begin = m_end;
        }
        return {};
    }

    [[nodiscard]] std::uint64_t taken() const { return m_taken; }
    [[nodiscard]] std::uint64_t total() const { return m_total; }
    [[nodiscard]] const Path& path() const { return m_path; }

private:
    File m_file;
    Path m_path;
    std::uint64_t m_total;
    ByteStream::RawSink m_sink;
    std::string m_block;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    std::uint64_t m_taken = 0;
};

/// What the three packings share: the input, and errors that stay.
class PackedStream : public ByteStream
{
public:
    explicit PackedStream(RawInput input)
        : m_input(std::move(input))
    {}
    [[nodiscard]] std::uint64_t rawBytesRead() const override { return m_input.taken(); }
    [[nodiscard]] std::uint64_t rawBytesTotal() const override { return m_input.total(); }

    [[nodiscard]] Result<std::size_t> read(void* into, std::size_t size) final
    {
        if (m_error)
            return fail(*m_error);
        if (size == 0)
            return 0;
        auto count = unpack(into, size);
        if (!count) {
            m_error = count.error();
            CORDON_CHECK(m_input.drain());
        }
        return count;
    }

protected:
    virtual Result<std::size_t> unpack(void* into, std::size_t size) = 0;

    [[nodiscard]] tl::unexpected<Error> failure(ErrorCode code, std::string_view what) const
    {
        return fail(code, m_input.path().string() + ": " + std::string(what) + " near packed byte " +
                              std::to_string(m_input.taken() - m_input.rest().size()));
    }

    RawInput m_input;

private:
    std::optional<Error> m_error;
};

class PlainStream : public PackedStream
{
public:
    using PackedStream::PackedStream;
    [[nodiscard]] Packing packing() const override { return Packing::Plain; }

protected:
    Result<std::size_t> unpack(void* into, std::size_t size) override
    {
        const ByteView rest = m_input.rest();
        if (rest.empty())
            return m_input.read(into, size);
        const std::size_t count = std::min(size, rest.size());
        std::memcpy(into, rest.data(), count);
        m_input.skip(count);
        return count;
    }
};

class GzipStream : public PackedStream
{
public:
    explicit GzipStream(RawInput input)
        : PackedStream(std::move(input))
    {
        m_isReady = inflateInit2(&m_state, 16 + MAX_WBITS) == Z_OK;
    }
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;
    ~GzipStream() override { inflateEnd(&m_state); }
    [[nodiscard]] Packing packing() const override { return Packing::Gzip; }

protected:
    Result<std::size_t> unpack(void* into, std::size_t size) override
    {
        if (!m_isReady)
            return failure(ErrorCode::Internal, "gzip: out of memory");
        const auto room = static_cast<uInt>(std::min<std::size_t>(size, blockSize));
        m_state.next_out = static_cast<Bytef*>(into);
        m_state.avail_out = room;
        while (m_state.avail_out == room) {
            CORDON_TRY(const bool hasMore, m_input.fill());
            if (!m_isInMember) {
                CORDON_TRY(const bool hasMember, nextMember(hasMore));
                if (!hasMember && !hasMore)
                    return 0;
                if (!hasMember)
                    continue;
            }
            const ByteView rest = m_input.rest();
            m_state.next_in = const_cast<Bytef*>(rest.data());
            m_state.avail_in = static_cast<uInt>(rest.size());
            const int status = inflate(&m_state, Z_NO_FLUSH);
            m_input.skip(rest.size() - m_state.avail_in);
            if (status == Z_STREAM_END)
                m_isInMember = false;
            else if (status == Z_BUF_ERROR && !hasMore)
                return failure(ErrorCode::Incomplete, "gzip ends early");
            else if (status != Z_OK && status != Z_BUF_ERROR)
                return failure(ErrorCode::Corrupt, "gzip is damaged");
        }
        return room - m_state.avail_out;
    }

private:
    /// Between members: skips zero padding, then starts the next member if there is one.
    Result<bool> nextMember(bool hasMore)
    {
        if (!hasMore)
            return false;
        const ByteView rest = m_input.rest();
        if (rest[0] == 0) {
            m_input.skip(1);
            return false;
        }
        if (rest[0] != 0x1f)
            return failure(ErrorCode::Corrupt, "bytes that are not gzip");
        inflateReset(&m_state);
        m_isInMember = true;
        return true;
    }

    z_stream m_state{};
    bool m_isReady = false;
    bool m_isInMember = true;
};

class ZstdStream : public PackedStream
{
public:
    explicit ZstdStream(RawInput input)
        : PackedStream(std::move(input))
        , m_state(ZSTD_createDStream())
    {}
    ZstdStream(const ZstdStream&) = delete;
    ZstdStream& operator=(const ZstdStream&) = delete;
    ~ZstdStream() override { ZSTD_freeDStream(m_state); }
    [[nodiscard]] Packing packing() const override { return Packing::Zstd; }

protected:
    Result<std::size_t> unpack(void* into, std::size_t size) override
    {
        if (!m_state)
            return failure(ErrorCode::Internal, "zstd: out of memory");
        ZSTD_outBuffer out{into, size, 0};
        while (out.pos == 0) {
            CORDON_TRY(const bool hasMore, m_input.fill());
            if (!hasMore && !m_isInFrame)
                return 0;
            const ByteView rest = m_input.rest();
            ZSTD_inBuffer in{rest.data(), rest.size(), 0};
            const std::size_t status = ZSTD_decompressStream(m_state, &out, &in);
            m_input.skip(in.pos);
            if (ZSTD_isError(status)) {
                const bool isTooBig = ZSTD_getErrorCode(status) == ZSTD_error_frameParameter_windowTooLarge;
                return failure(isTooBig ? ErrorCode::Unsupported : ErrorCode::Corrupt,
                               std::string("zstd: ") + ZSTD_getErrorName(status));
            }
            m_isInFrame = status != 0;
            if (!hasMore && out.pos == 0 && m_isInFrame)
                return failure(ErrorCode::Incomplete, "zstd ends early");
        }
        return out.pos;
    }

private:
    ZSTD_DStream* m_state;
    bool m_isInFrame = false;
};

Packing packingOf(ByteView start)
{
    if (start.size() >= 2 && start[0] == 0x1f && start[1] == 0x8b)
        return Packing::Gzip;
    if (start.size() < 4)
        return Packing::Plain;
    if (start[0] == 0x28 && start[1] == 0xb5 && start[2] == 0x2f && start[3] == 0xfd)
        return Packing::Zstd;
    const bool isSkippableFrame = (start[0] & 0xf0) == 0x50 && start[1] == 0x2a && start[2] == 0x4d && start[3] == 0x18;
    return isSkippableFrame ? Packing::Zstd : Packing::Plain;
}

} // namespace

Result<std::unique_ptr<ByteStream>> ByteStream::open(const Path& path, RawSink raw)
{
    CORDON_TRY(auto file, File::openForReading(path));
    CORDON_TRY(const std::uint64_t total, file.size());
    RawInput input(std::move(file), path, total, std::move(raw));
    CORDON_CHECK(input.fill());
    std::unique_ptr<ByteStream> stream;
    switch (packingOf(input.rest())) {
    case Packing::Gzip:
        stream = std::make_unique<GzipStream>(std::move(input));
        break;
    case Packing::Zstd:
        stream = std::make_unique<ZstdStream>(std::move(input));
        break;
    case Packing::Plain:
        stream = std::make_unique<PlainStream>(std::move(input));
        break;
    }
    return stream;
}

Result<std::string> compressChunk(ByteView bytes, int level)
{
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size = ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), level);
    if (ZSTD_isError(size))
        return fail(ErrorCode::Internal, std::string("zstd: ") + ZSTD_getErrorName(size));
    packed.resize(size);
    return packed;
}

/// One frame as `compressChunk` makes it: no other bytes before or behind it, no dictionary, no check sum of its own. Programs
/// that read a chunk apart would differ on anything else.
bool isOneFrame(ByteView bytes)
{
    constexpr std::array<unsigned char, 4> magic{0x28, 0xb5, 0x2f, 0xfd};
    constexpr unsigned odd = 0x0f; // a dictionary, a check sum, what is reserved
    return bytes.size() > magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin()) && (bytes[magic.size()] & odd) == 0 &&
           ZSTD_findFrameCompressedSize(bytes.data(), bytes.size()) == bytes.size();
}

Result<std::string> decompressChunk(ByteView bytes, std::size_t most)
{
    if (!isOneFrame(bytes))
        return fail(ErrorCode::Corrupt, "zstd chunk: not one frame as it is written");
    const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
        return fail(ErrorCode::Corrupt, "zstd chunk: no frame with a content size");
    if (size > most)
        return fail(ErrorCode::Corrupt, "zstd chunk: longer than " + std::to_string(most) + " bytes");
    std::string plain(static_cast<std::size_t>(size), '\0');
    const std::size_t done = ZSTD_decompress(plain.data(), plain.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(done))
        return fail(ErrorCode::Corrupt, std::string("zstd chunk: ") + ZSTD_getErrorName(done));
    if (done != plain.size())
        return fail(ErrorCode::Corrupt, "zstd chunk: shorter than it says");
    return plain;
}

} // namespace cordon::platform
