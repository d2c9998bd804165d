#include "core/ingest/readers/json_object.h"

#include "core/base/utf8.h"

namespace cordon::ingest {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd"; // U+FFFD

bool isPlain(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

} // namespace

void JsonObject::add(std::string_view name, std::string_view text)
{
    key(name);
    string(text);
}

void JsonObject::add(std::string_view name, std::int64_t number)
{
    key(name);
    m_into += std::to_string(number);
}

void JsonObject::add(std::string_view name, const std::vector<std::string>& texts)
{
    if (texts.empty())
        return;
    if (texts.size() == 1)
        return add(name, texts.front());
    key(name);
    char before = '[';
    for (const std::string& text : texts) {
        m_into += before;
        before = ',';
        string(text);
    }
    m_into += ']';
}

void JsonObject::open(std::string_view name)
{
    key(name);
    m_into += '{';
}

void JsonObject::key(std::string_view name)
{
    if (m_into.back() != '{')
        m_into += ',';
    string(name);
    m_into += ':';
}

void JsonObject::string(std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    m_into += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && isPlain(text[plain]))
            ++plain;
        m_into += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty())
            break;
        const auto byte = static_cast<unsigned char>(text.front());
        if (byte >= 0x80) {
            const std::size_t length = utf8SequenceLength(text);
            m_into += length == 0 ? replacement : text.substr(0, length);
            text.remove_prefix(length == 0 ? 1 : length);
            continue;
        }
        if (byte >= 0x20) {
            m_into += '\\';
            m_into += text.front();
        } else {
            m_into += "\\u00";
            m_into += hex[byte >> 4U];
            m_into += hex[byte & 15U];
        }
        text.remove_prefix(1);
    }
    m_into += '"';
}

} // namespace cordon::ingest
