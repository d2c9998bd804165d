#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"
#include "core/ingest/readers/bin_xml_tree.h"

#include <memory>
#include <string>
#include <vector>

namespace cordon::ingest {

/// Writes the binary XML of one chunk's records as JSON, in the shape `{"Event":{"System":{…},"EventData":{…}}}`: an
/// element becomes a key; its attributes stand below `#attributes` and its text, beside them, in `#text`; an element
/// `Data` goes by its `Name`; repeated keys become a list. Belongs to one thread.
/// Source: MS-EVEN6 section 2.2.12; docs/formats/event.md, "EVTX"
class BinXmlWriter
{
public:
    static constexpr std::size_t longestJson = 1U << 20U; ///< bytes; a real record stays far below

    /// Turns to another chunk; templates read so far are forgotten.
    /// @param chunk  at most 64 KiB, unchanged while records are written
    void open(ByteView chunk);
    /// Appends one record's JSON object. ErrorCode::Corrupt when its binary XML is broken; `json` is then as before.
    /// @param at, end  where the binary XML stands in the chunk
    [[nodiscard]] Result<void> append(std::string& json, std::size_t at, std::size_t end);

private:
    /// A value of a template instance.
    struct Slot
    {
        std::uint8_t type = 0;
        std::uint32_t at = 0;
        std::uint32_t size = 0;
    };
    /// A tree whose values are known.
    struct Instance
    {
        const BinXmlTree& tree;
        std::size_t firstSlot = 0;
        std::size_t slotCount = 0;
        int depth = 0;
    };
    struct Template
    {
        std::size_t at = 0;
        BinXmlTree tree;
    };
    class Members;

    Result<void> fragment(std::size_t at, std::size_t end, int depth, Members& members);
    Result<std::size_t> templateInstance(std::size_t at, std::size_t end, int depth, Members& members);
    Result<std::size_t> readSlots(std::size_t at, std::size_t end);
    Result<const BinXmlTree*> templateAt(std::size_t at);

    Result<void> children(const Instance& instance, std::size_t from, std::size_t end, Members& members);
    Result<void> element(const Instance& instance, std::size_t index, Members& members);
    Result<void> elementValue(const Instance& instance, std::size_t index, bool isNamedData, std::string& json);
    Result<void> contentValue(const Instance& instance, std::size_t from, std::size_t end, std::string& json);
    Result<bool> attributes(const Instance& instance, std::size_t index, bool isNamedData, std::string& json);
    Result<Slot> slotOf(const Instance& instance, const BinXmlTree::Node& node) const;
    [[nodiscard]] bool holdsElements(const Instance& instance, std::size_t index) const;
    [[nodiscard]] ByteView bytesAt(const Slot& slot) const { return m_chunk.subspan(slot.at, slot.size); }
    Result<void> countStep(const std::string& json);

    ByteView m_chunk;
    std::vector<std::unique_ptr<Template>> m_templates; ///< each in its own place: it stays while others are added
    std::vector<Slot> m_slots;                          ///< of the instances being written, one behind another
    std::size_t m_templateBytes = 0;
    std::size_t m_steps = 0;
    std::size_t m_longest = 0; ///< of `json` with the record being written
};

} // namespace cordon::ingest
