#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace cordon::generate {

/// Makes CloudTrail records from its own words; the same seed gives the same bytes.
class TrailLog
{
public:
    explicit TrailLog(std::uint64_t seed);
    ~TrailLog();
    TrailLog(const TrailLog&) = delete;
    TrailLog& operator=(const TrailLog&) = delete;
    /// Adds the next record, one JSON object, about 1.2 kB.
    void append(std::string& to);

private:
    class Writer;
    std::unique_ptr<Writer> m_writer;
};

} // namespace cordon::generate
