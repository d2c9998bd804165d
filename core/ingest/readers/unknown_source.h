#pragma once

#include "core/ingest/record_source.h"

#include <vector>

namespace cordon::ingest {

/// Stands for the reader of a log whose format is not known: rejects all of it in one piece and says why. Belongs to
/// one thread.
class UnknownSource final : public RecordSource
{
public:
    explicit UnknownSource(std::string reason)
        : m_reason(std::move(reason))
    {}

    [[nodiscard]] char* space(std::size_t size) override
    {
        m_bytes.resize(size);
        return m_bytes.data();
    }
    void written(std::size_t size) override { m_length += size; }
    void finish() override { m_isFinished = true; }
    [[nodiscard]] std::optional<Frame> next() override
    {
        if (!m_isFinished || m_isTold)
            return std::nullopt;
        m_isTold = true;
        return Frame{false, 0, m_length, {}, {}, m_reason};
    }
    [[nodiscard]] bool isCutShort() const override { return false; }

private:
    std::string m_reason;
    std::vector<char> m_bytes;
    std::uint64_t m_length = 0;
    bool m_isFinished = false;
    bool m_isTold = false;
};

} // namespace cordon::ingest
