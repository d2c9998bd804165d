#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::ingest {

/// Elements of binary XML, flat and in document order: what a template holds, before values are put in.
struct BinXmlTree
{
    enum class Kind : std::uint8_t {
        Element, ///< `text` is its name; its attributes come first, then what it holds
        Attribute,
        Text,
        Substitution, ///< a value of the record goes here
    };
    struct Node
    {
        Kind kind = Kind::Text;
        bool isData = false;      ///< an element `Data`, which is known by its attribute `Name`
        bool hasElements = false; ///< of an element: others stand in it
        std::uint16_t slot = 0;   ///< of a substitution
        std::uint32_t end = 0;    ///< index behind the last node within
        std::uint32_t textFrom = 0;
        std::uint32_t textSize = 0;
    };

    std::vector<Node> nodes;
    std::string texts; ///< names and texts, as they stand inside JSON strings

    [[nodiscard]] std::string_view textOf(const Node& node) const
    {
        return std::string_view(texts).substr(node.textFrom, node.textSize);
    }
};

/// Reads elements from `at` up to the token that ends the stream, or to `end`.
/// @param chunk       the whole chunk: names are told by their place in it
/// @param isTemplate  template definitions hold a field that elements outside of them lack
/// @return  the place behind; ErrorCode::Corrupt with what is wrong and where in the chunk
/// Source: MS-EVEN6 section 2.2.12
[[nodiscard]] Result<std::size_t> readBinXml(ByteView chunk, std::size_t at, std::size_t end, bool isTemplate,
                                             BinXmlTree& tree);

} // namespace cordon::ingest
