#pragma once

#include <cstddef>
#include <cstdint>

namespace cordon::ingest {

/// What a piece of binary XML begins with. Source: MS-EVEN6 section 2.2.12
enum class BinXmlToken : std::uint8_t {
    End = 0x00,
    OpenElement = 0x01,
    CloseStart = 0x02, ///< the start tag is over, content follows
    CloseEmpty = 0x03, ///< the element is over and empty
    EndElement = 0x04,
    Value = 0x05,
    Attribute = 0x06,
    Cdata = 0x07,
    CharacterReference = 0x08,
    EntityReference = 0x09,
    InstructionTarget = 0x0a,
    InstructionData = 0x0b,
    TemplateInstance = 0x0c,
    Substitution = 0x0d,
    OptionalSubstitution = 0x0e,
    FragmentHeader = 0x0f,
};

constexpr unsigned char moreFollows = 0x40; ///< flag of a token: attributes, or more of the same kind, follow
constexpr std::size_t fragmentHeaderSize = 4;

} // namespace cordon::ingest
