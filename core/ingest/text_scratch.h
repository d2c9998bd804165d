#pragma once

#include <deque>
#include <string>

namespace cordon::ingest {

/// Texts of one record that it does not hold as they are: strings whose room is kept for the next.
class TextScratch
{
public:
    void clear() { m_used = 0; }
    std::string& next()
    {
        if (m_used == m_texts.size())
            m_texts.emplace_back();
        std::string& text = m_texts[m_used++];
        text.clear();
        return text;
    }

private:
    std::deque<std::string> m_texts; ///< a deque: texts stay where they are while more are added
    std::size_t m_used = 0;
};

} // namespace cordon::ingest
