#pragma once

#include "core/base/digest.h"
#include "core/platform/checksum.h"

#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::generate {

/// A value of an event record: its binary XML type and bytes, or a fragment of its own.
struct EvtxValue
{
    std::uint8_t type = 0;
    std::string bytes;
    int fragmentTemplate = -1; ///< of a fragment: its template
    std::vector<EvtxValue> fragmentValues;

    static EvtxValue text(std::string_view ascii)
    {
        EvtxValue value{0x01, {}, -1, {}};
        for (const char c : ascii)
            value.bytes.append({c, '\0'});
        return value;
    }
    template<class Number>
    static EvtxValue number(std::uint8_t type, Number number)
    {
        EvtxValue value{type, std::string(sizeof number, '\0'), -1, {}};
        std::memcpy(value.bytes.data(), &number, sizeof number);
        return value;
    }
    static EvtxValue fragment(int ofTemplate, std::vector<EvtxValue> values)
    {
        return {0x21, {}, ofTemplate, std::move(values)};
    }
};

/// What stands in an attribute or between two tags: a text, or the value of a slot.
struct EvtxPart
{
    std::string text;
    int slot = -1;
    std::uint8_t type = 0;
};

/// An element of a template.
struct EvtxElement
{
    std::string name;
    std::vector<std::pair<std::string, EvtxPart>> attributes;
    std::vector<EvtxPart> parts;
    std::vector<EvtxElement> children;
};

/// Writes Windows event logs (EVTX) for tests and measuring: chunks, templates, records, checksums.
/// Source: docs/formats/event.md, "EVTX"
class EvtxWriter
{
public:
    /// @return its number
    int addTemplate(EvtxElement root)
    {
        m_templates.push_back(std::move(root));
        return static_cast<int>(m_templates.size()) - 1;
    }

    /// @param fileTime  100 ns since 1601
    void append(int ofTemplate, const std::vector<EvtxValue>& values, std::uint64_t fileTime)
    {
        if (m_chunk.empty())
            beginChunk();
        if (!appendRecord(ofTemplate, values, fileTime)) {
            endChunk();
            beginChunk();
            appendRecord(ofTemplate, values, fileTime);
        }
        ++m_nextRecord;
    }

    /// Chunks that are whole, taken away; for logs longer than memory.
    std::string takeChunks() { return std::exchange(m_chunks, {}); }

    /// The rest of the log. Its first 4096 bytes are `header()`.
    std::string finish()
    {
        if (!m_chunk.empty())
            endChunk();
        return takeChunks();
    }

    [[nodiscard]] std::string header() const
    {
        std::string header(4096, '\0');
        std::memcpy(header.data(), "ElfFile", 7);
        put(header, 16, m_chunkCount > 0 ? m_chunkCount - 1 : 0);
        put(header, 24, m_nextRecord);
        put(header, 32, std::uint32_t{128});
        put(header, 36, std::uint16_t{1});
        put(header, 38, std::uint16_t{3});
        put(header, 40, std::uint16_t{4096});
        put(header, 42, static_cast<std::uint16_t>(m_chunkCount));
        put(header, 124, platform::crc32(bytesOf(std::string_view(header).substr(0, 120))));
        return header;
    }

private:
    static constexpr std::size_t chunkSize = 65'536;

    template<class Number>
    static void put(std::string& to, std::size_t at, Number number)
    {
        std::memcpy(to.data() + at, &number, sizeof number);
    }

    template<class Number>
    void add(Number number)
    {
        m_chunk.append(sizeof number, '\0');
        put(m_chunk, m_chunk.size() - sizeof number, number);
    }

    [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(m_chunk.size()); }

    void beginChunk()
    {
        m_chunk.assign(512, '\0');
        m_names.clear();
        m_templateAt.clear();
        m_firstOfChunk = m_nextRecord;
    }

    void endChunk()
    {
        const std::uint32_t end = here();
        m_chunk.resize(chunkSize, '\0');
        std::memcpy(m_chunk.data(), "ElfChnk", 7);
        for (const std::size_t at : {8U, 24U})
            put(m_chunk, at, m_firstOfChunk);
        for (const std::size_t at : {16U, 32U})
            put(m_chunk, at, m_nextRecord - 1);
        put(m_chunk, 40, std::uint32_t{128});
        put(m_chunk, 44, m_lastRecordAt);
        put(m_chunk, 48, end);
        const std::string_view chunk = m_chunk;
        put(m_chunk, 52, platform::crc32(bytesOf(chunk.substr(512, end - 512))));
        put(m_chunk, 124, platform::crc32(bytesOf(chunk.substr(0, 120)), bytesOf(chunk.substr(128, 384))));
        m_chunks += m_chunk;
        m_chunk.clear();
        ++m_chunkCount;
    }

    /// @return false when the chunk has no room; it is then as before, but for names and templates
    bool appendRecord(int ofTemplate, const std::vector<EvtxValue>& values, std::uint64_t fileTime)
    {
        const std::uint32_t at = here();
        m_chunk.append("**\0\0", 4);
        add(std::uint32_t{0});
        add(m_nextRecord);
        add(fileTime);
        addInstance(ofTemplate, values);
        m_chunk.append((12 - m_chunk.size() % 8) % 8, '\0'); // records are told in steps of 8
        const std::uint32_t size = here() - at + 4;
        add(size);
        put(m_chunk, at + 4, size);
        if (m_chunk.size() > chunkSize) {
            m_chunk.resize(at);
            return false;
        }
        m_lastRecordAt = at;
        return true;
    }

    void addInstance(int ofTemplate, const std::vector<EvtxValue>& values)
    {
        m_chunk.append("\x0f\x01\x01\x00\x0c\x01", 6);
        add(static_cast<std::uint32_t>(ofTemplate + 1));
        const auto known = m_templateAt.find(ofTemplate);
        if (known != m_templateAt.end())
            add(known->second);
        else
            addDefinition(ofTemplate);
        add(static_cast<std::uint32_t>(values.size()));
        const std::uint32_t descriptors = here();
        m_chunk.append(4 * values.size(), '\0');
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::uint32_t from = here();
            if (values[i].fragmentTemplate >= 0)
                addInstance(values[i].fragmentTemplate, values[i].fragmentValues);
            else
                m_chunk += values[i].bytes;
            put(m_chunk, descriptors + 4 * i, static_cast<std::uint16_t>(here() - from));
            put(m_chunk, descriptors + 4 * i + 2, values[i].type);
        }
        m_chunk += '\0';
    }

    void addDefinition(int ofTemplate)
    {
        add(here() + 4);
        const std::uint32_t at = here();
        m_templateAt[ofTemplate] = at;
        add(std::uint32_t{0});
        m_chunk.append(16, static_cast<char>(ofTemplate + 1));
        add(std::uint32_t{0});
        m_chunk.append("\x0f\x01\x01\x00", 4);
        addElement(m_templates[static_cast<std::size_t>(ofTemplate)]);
        m_chunk += '\0';
        put(m_chunk, at + 20, here() - at - 24);
    }

    void addElement(const EvtxElement& element)
    {
        m_chunk += element.attributes.empty() ? '\x01' : '\x41';
        add(std::uint16_t{0xffff});
        const std::uint32_t sizeAt = here();
        add(std::uint32_t{0});
        addName(element.name);
        if (!element.attributes.empty())
            addAttributes(element);
        if (element.parts.empty() && element.children.empty()) {
            m_chunk += '\x03';
        } else {
            m_chunk += '\x02';
            for (const EvtxPart& part : element.parts)
                addPart(part);
            for (const EvtxElement& child : element.children)
                addElement(child);
            m_chunk += '\x04';
        }
        put(m_chunk, sizeAt, here() - sizeAt - 4);
    }

    void addAttributes(const EvtxElement& element)
    {
        const std::uint32_t sizeAt = here();
        add(std::uint32_t{0});
        for (const auto& [name, part] : element.attributes) {
            m_chunk += &name == &element.attributes.back().first ? '\x06' : '\x46';
            addName(name);
            addPart(part);
        }
        put(m_chunk, sizeAt, here() - sizeAt - 4);
    }

    void addPart(const EvtxPart& part)
    {
        if (part.slot < 0) {
            m_chunk.append("\x05\x01", 2);
            add(static_cast<std::uint16_t>(part.text.size()));
            m_chunk += EvtxValue::text(part.text).bytes;
            return;
        }
        m_chunk += '\x0e';
        add(static_cast<std::uint16_t>(part.slot));
        add(part.type);
    }

    void addName(const std::string& name)
    {
        const auto [place, isNew] = m_names.try_emplace(name, here() + 4);
        add(place->second);
        if (!isNew)
            return;
        std::uint32_t hash = 0;
        for (const char c : name)
            hash = hash * 65'599 + static_cast<unsigned char>(c);
        add(std::uint32_t{0});
        add(static_cast<std::uint16_t>(hash));
        add(static_cast<std::uint16_t>(name.size()));
        m_chunk += EvtxValue::text(name).bytes;
        add(std::uint16_t{0});
    }

    std::vector<EvtxElement> m_templates;
    std::string m_chunks;
    std::string m_chunk;
    std::map<std::string, std::uint32_t> m_names;
    std::map<int, std::uint32_t> m_templateAt;
    std::uint64_t m_nextRecord = 1;
    std::uint64_t m_firstOfChunk = 1;
    std::uint64_t m_chunkCount = 0;
    std::uint32_t m_lastRecordAt = 0;
};

} // namespace cordon::generate
