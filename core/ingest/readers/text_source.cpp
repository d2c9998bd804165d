#include "core/ingest/readers/text_source.h"

#include "core/ingest/record_framer.h"

#include <algorithm>
#include <cstring>

namespace cordon::ingest {
namespace {

/// Texts kept for the next chunk; more are given back, so that one odd chunk does not hold memory for good.
constexpr std::size_t mostTextsKept = 16'384;

} // namespace

TextSource::TextSource(std::size_t longest)
    : m_longest(longest)
{}

char* TextSource::space(std::size_t size)
{
    m_usedTexts = 0;
    if (m_texts.size() > mostTextsKept)
        m_texts.resize(mostTextsKept);
    if (m_begin > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
        m_base += m_begin;
        m_end -= m_begin;
        m_searched -= std::min(m_searched, m_begin);
        m_begin = 0;
    }
    if (m_buffer.size() < m_end + size)
        m_buffer.resize(m_end + size);
    return m_buffer.data() + m_end;
}

std::optional<Frame> TextSource::next()
{
    while (m_frames.empty()) {
        if (!step() && m_frames.empty())
            return std::nullopt;
    }
    Frame frame = std::move(m_frames.front());
    m_frames.pop_front();
    return frame;
}

std::optional<TextSource::Piece> TextSource::nextLine()
{
    while (true) {
        const std::size_t from = std::max(m_searched, m_begin);
        const void* found = from < m_end ? std::memchr(m_buffer.data() + from, '\n', m_end - from) : nullptr;
        m_searched = m_end;
        if (!found && passOverLongLine())
            return std::nullopt;
        if (!found && (!m_isFinished || m_begin == m_end))
            return std::nullopt;
        const std::size_t stop =
            found ? static_cast<std::size_t>(static_cast<const char*>(found) - m_buffer.data()) : m_end;
        Piece line{{m_buffer.data() + m_begin, stop - m_begin}, offset(), stop - m_begin};
        m_begin = found ? stop + 1 : stop;
        m_searched = m_begin;
        if (m_isPassingOver || line.length > m_longest) {
            const std::uint64_t start = m_isPassingOver ? m_longFrom : line.offset;
            m_isPassingOver = false;
            reject(start, line.offset + line.length - start, "line is longer than " + std::to_string(m_longest) + " bytes");
            continue;
        }
        if (!line.text.empty() && line.text.back() == '\r') {
            line.text.remove_suffix(1);
            --line.length;
        }
        return line;
    }
}

/// Lets go of the bytes of a line that is already too long. @return true while its end has not come
bool TextSource::passOverLongLine()
{
    if (!m_isPassingOver && m_end - m_begin <= m_longest)
        return false;
    if (!m_isPassingOver) {
        m_isPassingOver = true;
        m_longFrom = offset();
    }
    m_begin = m_end;
    if (!m_isFinished)
        return true;
    m_isPassingOver = false;
    reject(m_longFrom, offset() - m_longFrom, "line is longer than " + std::to_string(m_longest) + " bytes");
    return true;
}

void TextSource::drop(std::size_t count)
{
    m_begin += std::min(count, m_end - m_begin);
    m_searched = m_begin;
}

std::string& TextSource::newText()
{
    if (m_usedTexts == m_texts.size())
        m_texts.emplace_back();
    std::string& text = m_texts[m_usedTexts++];
    text.clear();
    return text;
}

void TextSource::give(std::uint64_t at, std::uint64_t length, std::string_view raw, std::string& json)
{
    const std::size_t size = json.size();
    json.append(RecordFramer::padding, ' ');
    Frame frame;
    frame.isRecord = true;
    frame.offset = at;
    frame.length = length;
    frame.bytes = std::string_view(json).substr(0, size);
    frame.raw = raw;
    m_frames.push_back(std::move(frame));
}

void TextSource::reject(std::uint64_t at, std::uint64_t length, std::string reason)
{
    Frame frame;
    frame.offset = at;
    frame.length = length;
    frame.reason = std::move(reason);
    m_frames.push_back(std::move(frame));
}

} // namespace cordon::ingest
