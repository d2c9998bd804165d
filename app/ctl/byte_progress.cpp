#include "app/ctl/byte_progress.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace cordon::ctl {

ByteProgress::ByteProgress(std::string verb)
    : m_verb(std::move(verb))
    , m_isTerminal(::isatty(STDERR_FILENO) == 1)
{}

void ByteProgress::show(std::uint64_t done, std::uint64_t total)
{
    constexpr auto often = std::chrono::milliseconds(200);
    const auto now = Clock::now();
    if (!m_isTerminal || now - m_last < often)
        return;
    m_last = now;
    m_isShown = true;
    constexpr double million = 1e6;
    const double seconds = std::max(0.001, std::chrono::duration<double>(now - m_begin).count());
    const double rate = static_cast<double>(done) / seconds;
    const double left = rate > 0 ? static_cast<double>(total - std::min(total, done)) / rate : 0;
    std::array<char, 120> line{};
    std::snprintf(line.data(), line.size(), "\r%s %.0f of %.0f MB, %.0f MB/s, %.0f s left   ", m_verb.c_str(),
                  static_cast<double>(done) / million, static_cast<double>(total) / million, rate / million, left);
    std::cerr << line.data() << std::flush;
}

void ByteProgress::end()
{
    if (m_isShown)
        std::cerr << "\r" << std::string(80, ' ') << "\r" << std::flush;
    m_isShown = false;
}

} // namespace cordon::ctl
