#pragma once

#include "core/ingest/record_source.h"

#include <string>
#include <utility>
#include <vector>

namespace cordon::ingest {

/// Frames with bytes of their own, so that another thread can take them while the reader goes on.
class FramePacket
{
public:
    static constexpr std::size_t mostFrames = 512;
    static constexpr std::size_t mostBytes = 512U << 10U; ///< one record may make it longer

    void add(const Frame& frame)
    {
        if (m_frames.empty())
            m_bytes.reserve(mostBytes + mostBytes / 16);
        Held& held = m_frames.emplace_back(Held{frame, m_bytes.size(), 0});
        m_bytes += frame.bytes;
        m_bytes.append(RecordSource::padding, ' ');
        held.rawAt = m_bytes.size();
        m_bytes += frame.raw;
    }
    [[nodiscard]] bool isFull() const { return m_frames.size() >= mostFrames || m_bytes.size() >= mostBytes; }

    /// @param take  gives a Result<void>; the first failure ends it
    template<class Take>
    [[nodiscard]] auto each(const Take& take) const -> decltype(take(std::declval<const Frame&>()))
    {
        for (const Held& held : m_frames) {
            Frame frame = held.frame;
            frame.bytes = {m_bytes.data() + held.at, held.frame.bytes.size()};
            frame.raw = {m_bytes.data() + held.rawAt, held.frame.raw.size()};
            frame.outline = nullptr; // the reader's is of other bytes
            if (auto taken = take(std::as_const(frame)); !taken)
                return taken;
        }
        return {};
    }

private:
    struct Held
    {
        Frame frame; ///< of its texts only the sizes count
        std::size_t at = 0;
        std::size_t rawAt = 0;
    };
    std::vector<Held> m_frames;
    std::string m_bytes;
};

} // namespace cordon::ingest
