#include "app/ctl/record_heads.h"

#include "core/base/digest.h"
#include "core/platform/byte_stream.h"

#include <algorithm>
#include <cstring>

namespace cordon::ctl {
namespace {

/// Stands before each head's text.
struct Label
{
    std::uint64_t record = 0;
    std::int64_t micros = 0;
    std::uint64_t size = 0;
};

constexpr std::size_t largestBlock = std::size_t{1} << 30U;

} // namespace

void RecordHeads::add(std::uint64_t record, Timestamp time, std::string_view entities)
{
    m_now.first = m_text.empty() ? record : std::min(m_now.first, record);
    m_now.last = m_text.empty() ? record : std::max(m_now.last, record);
    const Label label{record, time.micros(), entities.size()};
    m_text.append(reinterpret_cast<const char*>(&label), sizeof label);
    m_text += entities;
    if (m_text.size() >= blockSize)
        pack();
}

void RecordHeads::pack()
{
    constexpr int quickest = 1;
    auto packed = platform::compressChunk(bytesOf(m_text), quickest);
    if (!packed)
        return; // stays as it is, and grows
    m_blocks.push_back({m_now.first, m_now.last, m_packed.add(*packed), packed->size()});
    m_text.clear();
}

std::optional<RecordHeads::Head> RecordHeads::find(std::uint64_t record)
{
    for (std::size_t at = 0; at < m_blocks.size(); ++at) {
        const Block& block = m_blocks[at];
        if (record < block.first || record > block.last)
            continue;
        if (m_openBlock != at) {
            const auto packed = m_packed.read(block.at, block.size);
            auto text = packed ? platform::decompressChunk(bytesOf(*packed), largestBlock) : fail(packed.error());
            if (!text)
                continue;
            m_open = std::move(*text);
            m_openBlock = at;
        }
        if (auto head = findIn(m_open, record))
            return head;
    }
    return findIn(m_text, record);
}

std::optional<RecordHeads::Head> RecordHeads::findIn(std::string_view text, std::uint64_t record)
{
    while (text.size() >= sizeof(Label)) {
        Label label;
        std::memcpy(&label, text.data(), sizeof label);
        text.remove_prefix(sizeof label);
        if (label.record == record)
            return Head{Timestamp::fromMicros(label.micros), std::string(text.substr(0, label.size))};
        text.remove_prefix(std::min<std::size_t>(text.size(), label.size));
    }
    return std::nullopt;
}

} // namespace cordon::ctl
