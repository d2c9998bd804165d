// Any bytes as a ledger. The first byte chooses: 'f' takes the rest as one segment file, anything else as entries, one a
// line, that are put into frames with good hashes, so that the entries themselves are reached. Every frame that is read
// is chained to the one before, and an entry that is taken is exactly the bytes that writing it would give.

#include "core/crypto/sha256.h"
#include "core/record/entry_codec.h"
#include "core/record/frame_reader.h"
#include "core/record/ledger_format.h"
#include "tests/fuzz/must.h"

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <unistd.h>

namespace {

using namespace cordon;
using namespace cordon::record;
using fuzz::must;

/// A case folder with one segment, in memory where the system has room there.
class LedgerFolder
{
public:
    LedgerFolder()
    {
        std::error_code error;
        const platform::Path memory = "/dev/shm";
        const platform::Path root = std::filesystem::is_directory(memory, error) ? memory
                                                                                 : std::filesystem::temp_directory_path();
        std::string pattern = (root / "cordon-fuzz-XXXXXX").string();
        must(mkdtemp(pattern.data()) != nullptr);
        m_path = pattern;
        std::filesystem::create_directory(m_path / "ledger");
    }
    ~LedgerFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    LedgerFolder(const LedgerFolder&) = delete;
    LedgerFolder& operator=(const LedgerFolder&) = delete;

    void write(std::string_view segment) const
    {
        std::ofstream file(m_path / "ledger" / "00000001.log", std::ios::binary | std::ios::trunc);
        file.write(segment.data(), static_cast<std::streamsize>(segment.size()));
        must(file.good());
    }
    [[nodiscard]] const platform::Path& path() const { return m_path; }

private:
    platform::Path m_path;
};

void appendNumber(std::string& to, std::uint64_t number, int size)
{
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
        to += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xffU);
}

void appendDigest(std::string& to, const Digest& digest)
{
    to.append(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
}

std::string header()
{
    constexpr std::string_view origin = "fuzz";
    std::string bytes(format::segmentMagic);
    appendNumber(bytes, 0, 8);
    bytes.append(format::chainSize, '\0');
    appendNumber(bytes, origin.size(), 2);
    bytes += origin;
    bytes.resize(format::headerDigestAt, '\0');
    appendDigest(bytes, crypto::sha256(bytes));
    return bytes;
}

std::string framed(std::string_view entries)
{
    std::string bytes = header();
    Digest chain;
    while (!entries.empty()) {
        const std::size_t end = std::min(entries.find('\n'), entries.size());
        const std::string_view entry = entries.substr(0, std::min(end, format::longestEntry));
        entries.remove_prefix(std::min(end + 1, entries.size()));
        if (entry.empty())
            continue;
        crypto::Sha256 hash;
        hash.update(ByteView(&format::chainPrefix, 1)).update(ByteView(chain.bytes)).update(entry);
        chain = hash.digest();
        appendNumber(bytes, entry.size(), format::frameLengthSize);
        bytes += entry;
        appendDigest(bytes, chain);
    }
    return bytes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    static const LedgerFolder folder;
    const bool isRaw = data[0] == 'f';
    const std::string_view rest = fuzz::textOf(data + 1, size - 1);
    folder.write(isRaw ? std::string(rest) : framed(rest));
    auto reader = FrameReader::open(folder.path());
    must(reader.has_value());
    for (std::int64_t seq = 0;; ++seq) {
        const auto step = reader->next();
        must(step.has_value());
        if (*step != FrameReader::Step::Frame) {
            must(isRaw || *step == FrameReader::Step::End);
            must(reader->next() == *step);
            return 0;
        }
        must(reader->seq() == seq);
        if (const auto entry = decodeEntry(reader->entry()))
            must(encodeEntry(*entry) == std::string(reader->entry()));
    }
}
