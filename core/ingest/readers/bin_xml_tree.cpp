#include "core/ingest/readers/bin_xml_tree.h"

#include "core/ingest/readers/bin_xml_token.h"
#include "core/ingest/readers/bin_xml_value.h"
#include "core/ingest/readers/json_text.h"
#include "core/ingest/readers/little_endian.h"

namespace cordon::ingest {
namespace {

constexpr int deepestElement = 64;
constexpr std::size_t mostNodes = 10'000;   ///< real templates have some hundred
constexpr std::size_t mostText = 256 * 1024; ///< bytes; real templates have some thousand

class Parser
{
public:
    Parser(ByteView chunk, std::size_t at, std::size_t end, bool isTemplate, BinXmlTree& tree)
        : m_chunk(chunk)
        , m_at(at)
        , m_end(end)
        , m_isTemplate(isTemplate)
        , m_tree(tree)
    {}

    Result<std::size_t> read()
    {
        while (m_at < m_end) {
            const auto token = tokenAt(m_at);
            if (token == BinXmlToken::End) {
                ++m_at;
                break;
            }
            if (token == BinXmlToken::FragmentHeader)
                CORDON_CHECK(skip(fragmentHeaderSize));
            else
                CORDON_CHECK(content(token, 0));
        }
        return m_at;
    }

private:
    BinXmlToken tokenAt(std::size_t at) const
    {
        return static_cast<BinXmlToken>(m_chunk[at] & static_cast<unsigned char>(~moreFollows));
    }

    tl::unexpected<Error> broken(std::string_view what) const
    {
        return fail(ErrorCode::Corrupt, std::string(what) + " at byte " + std::to_string(m_at) + " of the chunk");
    }

    /// Every token passes here, so a tree that grows out of bounds is found here.
    Result<void> skip(std::size_t size)
    {
        if (size > m_end - m_at)
            return broken("the binary XML ends early");
        if (m_tree.nodes.size() > mostNodes || m_tree.texts.size() > mostText)
            return broken("too many elements");
        m_at += size;
        return {};
    }

    template<class Number>
    Result<Number> take()
    {
        const std::size_t at = m_at;
        CORDON_CHECK(skip(sizeof(Number)));
        return numberAt<Number>(m_chunk, at);
    }

    std::uint32_t begin(BinXmlTree::Kind kind)
    {
        BinXmlTree::Node node;
        node.kind = kind;
        node.textFrom = static_cast<std::uint32_t>(m_tree.texts.size());
        m_tree.nodes.push_back(node);
        return static_cast<std::uint32_t>(m_tree.nodes.size() - 1);
    }

    void finish(std::uint32_t index) { m_tree.nodes[index].end = static_cast<std::uint32_t>(m_tree.nodes.size()); }

    void endText(std::uint32_t index)
    {
        m_tree.nodes[index].textSize =
            static_cast<std::uint32_t>(m_tree.texts.size()) - m_tree.nodes[index].textFrom;
    }

    /// A text that is counted in characters, here.
    Result<void> countedText()
    {
        CORDON_TRY(const std::size_t count, take<std::uint16_t>());
        const std::size_t at = m_at;
        CORDON_CHECK(skip(2 * count));
        appendUtf16(m_tree.texts, m_chunk.subspan(at, 2 * count));
        return {};
    }

    /// A name: told by its place in the chunk, which may be right here.
    Result<void> name()
    {
        CORDON_TRY(const std::size_t place, take<std::uint32_t>());
        if (place > m_chunk.size() || m_chunk.size() - place < nameHeaderSize)
            return broken("a name outside the chunk");
        const std::size_t size = 2 * std::size_t{numberAt<std::uint16_t>(m_chunk, place + nameHeaderSize - 2)};
        if (m_chunk.size() - place - nameHeaderSize < size)
            return broken("a name that ends outside the chunk");
        appendUtf16(m_tree.texts, m_chunk.subspan(place + nameHeaderSize, size));
        return place == m_at ? skip(nameHeaderSize + size + 2) : Result<void>();
    }

    Result<void> content(BinXmlToken token, int depth)
    {
        const bool hasMore = (m_chunk[m_at] & moreFollows) != 0;
        switch (token) {
        case BinXmlToken::OpenElement:
            return element(hasMore, depth);
        case BinXmlToken::Value:
        case BinXmlToken::Cdata:
        case BinXmlToken::CharacterReference:
        case BinXmlToken::EntityReference:
            return text(token);
        case BinXmlToken::Substitution:
        case BinXmlToken::OptionalSubstitution:
            return substitution();
        case BinXmlToken::InstructionTarget:
            return skip(1 + sizeof(std::uint32_t));
        case BinXmlToken::InstructionData: {
            CORDON_CHECK(skip(1));
            CORDON_TRY(const std::size_t count, take<std::uint16_t>());
            return skip(2 * count);
        }
        default:
            return broken("an unknown token " + std::to_string(m_chunk[m_at]));
        }
    }

    Result<void> element(bool hasAttributes, int depth)
    {
        if (depth >= deepestElement)
            return broken("elements nested too deep");
        CORDON_CHECK(skip(1 + (m_isTemplate ? sizeof(std::uint16_t) : 0) + sizeof(std::uint32_t)));
        const std::uint32_t index = begin(BinXmlTree::Kind::Element);
        CORDON_CHECK(name());
        endText(index);
        m_tree.nodes[index].isData = m_tree.textOf(m_tree.nodes[index]) == "Data";
        if (hasAttributes)
            CORDON_CHECK(attributes());
        CORDON_CHECK(elementRest(index, depth));
        finish(index);
        return {};
    }

    Result<void> attributes()
    {
        CORDON_CHECK(skip(sizeof(std::uint32_t)));
        while (m_at < m_end && tokenAt(m_at) == BinXmlToken::Attribute) {
            CORDON_CHECK(skip(1));
            const std::uint32_t index = begin(BinXmlTree::Kind::Attribute);
            CORDON_CHECK(name());
            endText(index);
            while (m_at < m_end && isText(tokenAt(m_at)))
                CORDON_CHECK(content(tokenAt(m_at), deepestElement));
            finish(index);
        }
        return {};
    }

    static bool isText(BinXmlToken token)
    {
        return token == BinXmlToken::Value || token == BinXmlToken::Cdata ||
               token == BinXmlToken::CharacterReference || token == BinXmlToken::EntityReference ||
               token == BinXmlToken::Substitution || token == BinXmlToken::OptionalSubstitution;
    }

    Result<void> elementRest(std::uint32_t index, int depth)
    {
        if (m_at >= m_end)
            return broken("an element that does not end");
        const BinXmlToken closing = tokenAt(m_at);
        if (closing != BinXmlToken::CloseStart && closing != BinXmlToken::CloseEmpty)
            return broken("an element that does not close");
        CORDON_CHECK(skip(1));
        while (closing == BinXmlToken::CloseStart) {
            if (m_at >= m_end)
                return broken("an element that does not end");
            const BinXmlToken token = tokenAt(m_at);
            if (token == BinXmlToken::EndElement)
                return skip(1);
            if (token == BinXmlToken::OpenElement)
                m_tree.nodes[index].hasElements = true;
            CORDON_CHECK(content(token, depth + 1));
        }
        return {};
    }

    Result<void> text(BinXmlToken token)
    {
        CORDON_CHECK(skip(1));
        const std::uint32_t index = begin(BinXmlTree::Kind::Text);
        if (token == BinXmlToken::Value) {
            CORDON_TRY(const auto type, take<std::uint8_t>());
            if (type != static_cast<std::uint8_t>(BinXmlType::String))
                return broken("a text of type " + std::to_string(type));
        }
        if (token == BinXmlToken::CharacterReference) {
            CORDON_TRY(const auto character, take<std::uint16_t>());
            appendCharacter(m_tree.texts, character);
        } else if (token == BinXmlToken::EntityReference) {
            CORDON_CHECK(name());
            resolveEntity(m_tree.nodes[index].textFrom);
        } else {
            CORDON_CHECK(countedText());
        }
        endText(index);
        finish(index);
        return {};
    }

    void resolveEntity(std::size_t from)
    {
        const std::string entity = m_tree.texts.substr(from);
        m_tree.texts.resize(from);
        if (entity == "lt")
            m_tree.texts += '<';
        else if (entity == "gt")
            m_tree.texts += '>';
        else if (entity == "amp")
            m_tree.texts += '&';
        else if (entity == "quot")
            m_tree.texts += "\\\"";
        else if (entity == "apos")
            m_tree.texts += '\'';
        else
            m_tree.texts += '&' + entity + ';';
    }

    Result<void> substitution()
    {
        CORDON_CHECK(skip(1));
        CORDON_TRY(const auto slot, take<std::uint16_t>());
        CORDON_CHECK(skip(1)); // its type, which the value itself tells too
        const std::uint32_t index = begin(BinXmlTree::Kind::Substitution);
        m_tree.nodes[index].slot = slot;
        finish(index);
        return {};
    }

    /// Place of the next name of the same hash, hash, length.
    static constexpr std::size_t nameHeaderSize = 8;

    const ByteView m_chunk;
    std::size_t m_at;
    const std::size_t m_end;
    const bool m_isTemplate;
    BinXmlTree& m_tree;
};

} // namespace

Result<std::size_t> readBinXml(ByteView chunk, std::size_t at, std::size_t end, bool isTemplate, BinXmlTree& tree)
{
    return Parser(chunk, at, end, isTemplate, tree).read();
}

} // namespace cordon::ingest
