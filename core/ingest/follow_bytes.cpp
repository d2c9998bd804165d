#include "core/ingest/follow_bytes.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <sys/stat.h>

namespace cordon::ingest {
namespace {

constexpr std::size_t blockSize = 256U << 10U;

/// A stream that gives what it is told to, shown to the sink as it passes.
class PieceStream : public platform::ByteStream
{
public:
    PieceStream(std::uint64_t total, RawSink sink)
        : m_total(total)
        , m_sink(std::move(sink))
    {}
    [[nodiscard]] platform::Packing packing() const override { return platform::Packing::Plain; }
    [[nodiscard]] std::uint64_t rawBytesRead() const override { return m_given; }
    [[nodiscard]] std::uint64_t rawBytesTotal() const override { return m_total; }

    [[nodiscard]] Result<std::size_t> read(void* into, std::size_t size) final
    {
        const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(size, m_total - m_given));
        if (most == 0)
            return 0;
        CORDON_TRY(const std::size_t count, take(static_cast<char*>(into), most, m_given));
        m_given += count;
        if (m_sink)
            CORDON_CHECK(m_sink(bytesOf({static_cast<char*>(into), count})));
        return count;
    }

protected:
    virtual Result<std::size_t> take(char* into, std::size_t size, std::uint64_t at) = 0;

private:
    std::uint64_t m_total;
    std::uint64_t m_given = 0;
    RawSink m_sink;
};

class TextStream final : public PieceStream
{
public:
    TextStream(const std::string& bytes, RawSink sink)
        : PieceStream(bytes.size(), std::move(sink))
        , m_bytes(bytes)
    {}

private:
    Result<std::size_t> take(char* into, std::size_t size, std::uint64_t at) override
    {
        std::memcpy(into, m_bytes.data() + at, size);
        return size;
    }

    std::string m_bytes;
};

class RangeStream final : public PieceStream
{
public:
    RangeStream(platform::File file, platform::Path path, std::uint64_t from, std::uint64_t to, RawSink sink)
        : PieceStream(to - from, std::move(sink))
        , m_file(std::move(file))
        , m_path(std::move(path))
        , m_from(from)
    {}

private:
    Result<std::size_t> take(char* into, std::size_t size, std::uint64_t at) override
    {
        CORDON_TRY(const std::size_t count, m_file.readAt(into, size, m_from + at));
        if (count == 0)
            return fail(ErrorCode::Incomplete, m_path.string() + ": was cut short while it was read");
        return count;
    }

    platform::File m_file;
    platform::Path m_path;
    std::uint64_t m_from;
};

} // namespace

Result<std::string> bytesAt(const platform::File& file, std::uint64_t offset, std::size_t length)
{
    std::string bytes(length, '\0');
    std::size_t held = 0;
    while (held < length) {
        CORDON_TRY(const std::size_t count, file.readAt(bytes.data() + held, length - held, offset + held));
        if (count == 0)
            break;
        held += count;
    }
    bytes.resize(held);
    return bytes;
}

Result<bool> startAlike(const platform::File& a, const platform::File& b, std::uint64_t length)
{
    for (std::uint64_t at = 0; at < length; at += blockSize) {
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(blockSize, length - at));
        CORDON_TRY(const std::string left, bytesAt(a, at, size));
        CORDON_TRY(const std::string right, bytesAt(b, at, size));
        if (left.size() != size || left != right)
            return false;
    }
    return true;
}

Result<bool> isStill(const FollowedFile& known, const platform::File& file, std::uint64_t size)
{
    if (size < known.position)
        return false;
    CORDON_TRY(const std::string head, bytesAt(file, 0, known.head.size()));
    CORDON_TRY(const std::string tail, bytesAt(file, known.position - known.tail.size(), known.tail.size()));
    return head == known.head && tail == known.tail;
}

bool isPacked(std::string_view start)
{
    using namespace std::string_view_literals;
    return start.starts_with("\x1f\x8b"sv) || start.starts_with("\x28\xb5\x2f\xfd"sv);
}

Result<std::optional<platform::File>> openSeen(const SeenFile& seen)
{
    auto file = platform::File::openForReading(seen.path);
    if (!file && file.error().code == ErrorCode::NotFound)
        return std::optional<platform::File>();
    if (!file)
        return fail(file.error());
    struct stat status {};
    const bool isIt = ::fstat(file->descriptor(), &status) == 0 && status.st_dev == seen.device &&
                      status.st_ino == seen.inode && S_ISREG(status.st_mode);
    return isIt ? std::optional(std::move(*file)) : std::optional<platform::File>();
}

Result<PackedLook> lookInto(const platform::Path& path, const std::vector<std::uint64_t>& places)
{
    CORDON_TRY(const auto stream, platform::ByteStream::open(path));
    PackedLook look;
    look.before.resize(places.size());
    std::string block(blockSize, '\0');
    for (;;) {
        const auto count = stream->read(block.data(), block.size());
        if (!count) {
            look.damage = count.error();
            break;
        }
        if (*count == 0)
            break;
        const std::string_view bytes(block.data(), *count);
        if (look.head.size() < markLength)
            look.head.append(bytes.substr(0, markLength - look.head.size()));
        for (std::size_t i = 0; i < places.size(); ++i) {
            const std::uint64_t from = std::max(places[i] - std::min<std::uint64_t>(places[i], markLength), look.size);
            const std::uint64_t to = std::min(places[i], look.size + bytes.size());
            if (from < to)
                look.before[i].append(bytes.substr(static_cast<std::size_t>(from - look.size),
                                                   static_cast<std::size_t>(to - from)));
        }
        look.tail.append(bytes);
        if (look.tail.size() > markLength)
            look.tail.erase(0, look.tail.size() - markLength);
        look.size += bytes.size();
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] > look.size)
            look.before[i].clear();
    }
    return look;
}

ReadOptions::Open openBytes(std::string bytes)
{
    return [bytes = std::move(bytes)](const platform::Path&, platform::ByteStream::RawSink sink)
               -> Result<std::unique_ptr<platform::ByteStream>> {
        return std::make_unique<TextStream>(bytes, std::move(sink));
    };
}

ReadOptions::Open openRange(std::uint64_t from, std::uint64_t to)
{
    return [from, to](const platform::Path& path, platform::ByteStream::RawSink sink)
               -> Result<std::unique_ptr<platform::ByteStream>> {
        CORDON_TRY(platform::File file, platform::File::openForReading(path));
        return std::make_unique<RangeStream>(std::move(file), path, from, to, std::move(sink));
    };
}

ReadOptions::Open openPackedFrom(std::uint64_t from)
{
    return [from](const platform::Path& path, platform::ByteStream::RawSink sink)
               -> Result<std::unique_ptr<platform::ByteStream>> {
        CORDON_TRY(auto stream, platform::ByteStream::open(path, std::move(sink)));
        std::string block(blockSize, '\0');
        for (std::uint64_t left = from; left > 0;) {
            CORDON_TRY(const std::size_t count,
                       stream->read(block.data(), static_cast<std::size_t>(std::min<std::uint64_t>(left, blockSize))));
            if (count == 0)
                return fail(ErrorCode::Incomplete, path.string() + ": was cut short while it was read");
            left -= count;
        }
        return stream;
    };
}

} // namespace cordon::ingest
