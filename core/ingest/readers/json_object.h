#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::ingest {

/// Writes one JSON object to the end of a text, in the order of the calls. Texts may hold any bytes: what is not UTF-8
/// becomes U+FFFD, so that the result is always valid JSON.
class JsonObject
{
public:
    /// @param into  borrowed; the object is opened here
    explicit JsonObject(std::string& into)
        : m_into(into)
    {
        m_into += '{';
    }

    void add(std::string_view key, std::string_view text);
    void add(std::string_view key, std::int64_t number);
    /// One text stands alone, several as a list, none not at all.
    void add(std::string_view key, const std::vector<std::string>& texts);
    /// Adds only what is not empty.
    void addSome(std::string_view key, std::string_view text)
    {
        if (!text.empty())
            add(key, text);
    }
    void open(std::string_view key);
    /// Closes the innermost object; the last call closes the whole.
    void close() { m_into += '}'; }

private:
    void key(std::string_view name);
    void string(std::string_view text);

    std::string& m_into;
};

} // namespace cordon::ingest
