#include "core/cacao/finding.h"

namespace cordon::cacao {

std::string_view toString(Finding::Kind kind)
{
    switch (kind) {
    case Finding::Kind::Json: return "json";
    case Finding::Kind::Form: return "form";
    case Finding::Kind::Sense: return "sense";
    case Finding::Kind::Limit: return "limit";
    case Finding::Kind::Odd: return "odd";
    }
    return "form";
}

Spot Spot::at(std::string_view key) const
{
    Spot inner = *this;
    inner.m_pointer.push_back('/');
    for (const char c : key.substr(0, 300)) {
        if (c == '~')
            inner.m_pointer += "~0";
        else if (c == '/')
            inner.m_pointer += "~1";
        else
            inner.m_pointer.push_back(c);
    }
    return inner;
}

Spot Spot::at(std::size_t index) const
{
    return at(std::to_string(index));
}

void Spot::say(Finding::Kind kind, const Value& here, std::string text) const
{
    constexpr std::size_t most = 200;
    if (m_out->size() < most)
        m_out->push_back({kind, m_pointer, here.line(), std::move(text)});
}

std::string quoted(std::string_view text)
{
    std::string out = "'";
    for (const char c : text.substr(0, 60))
        out.push_back(c >= 0x20 && c < 0x7F ? c : '?');
    return out + (text.size() > 60 ? "…'" : "'");
}

} // namespace cordon::cacao
