#include "core/ingest/readers/bin_xml_writer.h"

#include "core/ingest/readers/bin_xml_token.h"
#include "core/ingest/readers/bin_xml_value.h"
#include "core/ingest/readers/little_endian.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

constexpr int deepestFragment = 8;
constexpr std::size_t mostSteps = 100'000; ///< elements of one record; a chunk of real ones has fewer in all
constexpr std::size_t mostTemplateBytes = 4U << 20U; ///< of one chunk's templates, unfolded
constexpr std::size_t instanceHeaderSize = 10;
constexpr std::size_t definitionHeaderSize = 24; ///< next one's place, GUID, size
constexpr std::size_t descriptorSize = 4;        ///< of a value: size, type, zero

tl::unexpected<Error> broken(std::string_view what, std::size_t at)
{
    return fail(ErrorCode::Corrupt, std::string(what) + " at byte " + std::to_string(at) + " of the chunk");
}

} // namespace

/// Puts the members of one JSON object in a row; a key that comes again makes a list of its values.
class BinXmlWriter::Members
{
public:
    Members(std::string& json, bool isFirst)
        : m_json(json)
        , m_isFirst(isFirst)
    {}

    void begin(std::string_view key)
    {
        if (!m_isFirst && m_keySize > 0 && std::string_view(m_json).substr(m_keyAt, m_keySize) == key) {
            if (!m_isList)
                m_json.insert(m_valueAt, 1, '[');
            m_isList = true;
            m_json += ',';
            return;
        }
        end();
        if (!m_isFirst)
            m_json += ',';
        m_isFirst = false;
        m_json += '"';
        m_keyAt = m_json.size();
        m_keySize = key.size();
        m_json += key;
        m_json += "\":";
        m_valueAt = m_json.size();
    }

    void end()
    {
        if (m_isList)
            m_json += ']';
        m_isList = false;
    }

    [[nodiscard]] std::string& json() { return m_json; }

private:
    std::string& m_json;
    std::size_t m_keyAt = 0;
    std::size_t m_keySize = 0;
    std::size_t m_valueAt = 0;
    bool m_isFirst;
    bool m_isList = false;
};

void BinXmlWriter::open(ByteView chunk)
{
    m_chunk = chunk;
    m_templates.clear();
    m_templateBytes = 0;
}

Result<void> BinXmlWriter::append(std::string& json, std::size_t at, std::size_t end)
{
    const std::size_t before = json.size();
    m_slots.clear();
    m_steps = 0;
    m_longest = before + longestJson;
    json += '{';
    Members members(json, true);
    auto isWritten = fragment(at, end, 0, members);
    members.end();
    json += '}';
    if (isWritten && json.size() - before <= 2)
        isWritten = broken("a record without an element", at);
    if (!isWritten)
        json.resize(before);
    return isWritten;
}

Result<void> BinXmlWriter::countStep(const std::string& json)
{
    if (++m_steps > mostSteps || json.size() > m_longest)
        return fail(ErrorCode::Corrupt, "the record unfolds to more than a megabyte");
    return {};
}

Result<void> BinXmlWriter::fragment(std::size_t at, std::size_t end, int depth, Members& members)
{
    if (depth > deepestFragment)
        return broken("fragments nested too deep", at);
    while (at < end) {
        CORDON_CHECK(countStep(members.json()));
        switch (static_cast<BinXmlToken>(m_chunk[at] & static_cast<unsigned char>(~moreFollows))) {
        case BinXmlToken::End:
            return {};
        case BinXmlToken::FragmentHeader:
            at += fragmentHeaderSize;
            break;
        case BinXmlToken::TemplateInstance: {
            CORDON_TRY(at, templateInstance(at, end, depth, members));
            break;
        }
        default: {
            BinXmlTree tree;
            CORDON_TRY(at, readBinXml(m_chunk, at, end, false, tree));
            return children({tree, m_slots.size(), 0, depth}, 0, tree.nodes.size(), members);
        }
        }
    }
    return {};
}

Result<std::size_t> BinXmlWriter::templateInstance(std::size_t at, std::size_t end, int depth, Members& members)
{
    if (end - at < instanceHeaderSize)
        return broken("a template instance that ends early", at);
    const std::size_t definition = numberAt<std::uint32_t>(m_chunk, at + instanceHeaderSize - 4);
    CORDON_TRY(const BinXmlTree* tree, templateAt(definition));
    at += instanceHeaderSize;
    if (definition == at) // it stands right here
        at += definitionHeaderSize + numberAt<std::uint32_t>(m_chunk, definition + definitionHeaderSize - 4);
    const std::size_t firstSlot = m_slots.size();
    CORDON_TRY(at, readSlots(at, end));
    CORDON_CHECK(children({*tree, firstSlot, m_slots.size() - firstSlot, depth}, 0, tree->nodes.size(), members));
    m_slots.resize(firstSlot);
    return at;
}

Result<std::size_t> BinXmlWriter::readSlots(std::size_t at, std::size_t end)
{
    if (at > end || end - at < sizeof(std::uint32_t))
        return broken("values that end early", at);
    const std::size_t count = numberAt<std::uint32_t>(m_chunk, at);
    at += sizeof(std::uint32_t);
    if (count > (end - at) / descriptorSize)
        return broken("more values than fit", at);
    std::size_t valueAt = at + descriptorSize * count;
    for (std::size_t i = 0; i < count; ++i, at += descriptorSize) {
        const std::size_t size = numberAt<std::uint16_t>(m_chunk, at);
        if (size > end - valueAt)
            return broken("a value that ends outside its record", valueAt);
        m_slots.push_back({m_chunk[at + 2], static_cast<std::uint32_t>(valueAt), static_cast<std::uint32_t>(size)});
        valueAt += size;
    }
    return valueAt;
}

Result<const BinXmlTree*> BinXmlWriter::templateAt(std::size_t at)
{
    const auto known = std::find_if(m_templates.rbegin(), m_templates.rend(),
                                    [at](const auto& candidate) { return candidate->at == at; });
    if (known != m_templates.rend())
        return &(*known)->tree;
    if (at > m_chunk.size() || m_chunk.size() - at < definitionHeaderSize)
        return broken("a template outside the chunk", at);
    const std::size_t size = numberAt<std::uint32_t>(m_chunk, at + definitionHeaderSize - 4);
    const std::size_t from = at + definitionHeaderSize;
    if (size > m_chunk.size() - from)
        return broken("a template that ends outside the chunk", at);
    auto made = std::make_unique<Template>();
    made->at = at;
    CORDON_CHECK(readBinXml(m_chunk, from, from + size, true, made->tree).map([](std::size_t) {}));
    m_templateBytes += made->tree.texts.size() + made->tree.nodes.size() * sizeof(BinXmlTree::Node);
    if (m_templateBytes > mostTemplateBytes)
        return broken("too many templates", at);
    m_templates.push_back(std::move(made));
    return &m_templates.back()->tree;
}

Result<BinXmlWriter::Slot> BinXmlWriter::slotOf(const Instance& instance, const BinXmlTree::Node& node) const
{
    if (node.slot >= instance.slotCount)
        return fail(ErrorCode::Corrupt, "a template names value " + std::to_string(node.slot) + " of " +
                                            std::to_string(instance.slotCount));
    return m_slots[instance.firstSlot + node.slot];
}

bool BinXmlWriter::holdsElements(const Instance& instance, std::size_t index) const
{
    const auto& nodes = instance.tree.nodes;
    if (nodes[index].hasElements)
        return true;
    for (std::size_t i = index + 1; i < nodes[index].end; i = nodes[i].end) {
        if (nodes[i].kind != BinXmlTree::Kind::Substitution || nodes[i].slot >= instance.slotCount)
            continue;
        const Slot& slot = m_slots[instance.firstSlot + nodes[i].slot];
        if (slot.type == static_cast<std::uint8_t>(BinXmlType::Fragment) && slot.size > 0)
            return true;
    }
    return false;
}

Result<void> BinXmlWriter::children(const Instance& instance, std::size_t from, std::size_t end, Members& members)
{
    const auto& nodes = instance.tree.nodes;
    for (std::size_t i = from; i < end; i = nodes[i].end) {
        if (nodes[i].kind == BinXmlTree::Kind::Element) {
            CORDON_CHECK(element(instance, i, members));
        } else if (nodes[i].kind == BinXmlTree::Kind::Substitution) {
            CORDON_TRY(const Slot slot, slotOf(instance, nodes[i]));
            if (slot.type == static_cast<std::uint8_t>(BinXmlType::Fragment))
                CORDON_CHECK(fragment(slot.at, slot.at + slot.size, instance.depth + 1, members));
        }
    }
    return {};
}

Result<void> BinXmlWriter::element(const Instance& instance, std::size_t index, Members& members)
{
    CORDON_CHECK(countStep(members.json()));
    const BinXmlTree& tree = instance.tree;
    const BinXmlTree::Node& node = tree.nodes[index];
    std::string_view key = tree.textOf(node);
    std::string keyFromValue;
    bool isNamed = false;
    for (std::size_t i = index + 1; node.isData && !isNamed && i < node.end; i = tree.nodes[i].end) {
        const BinXmlTree::Node& attribute = tree.nodes[i];
        if (attribute.kind != BinXmlTree::Kind::Attribute)
            break;
        if (tree.textOf(attribute) != "Name" || attribute.end != i + 2)
            continue;
        if (tree.nodes[i + 1].kind == BinXmlTree::Kind::Text) {
            key = tree.textOf(tree.nodes[i + 1]);
        } else {
            CORDON_TRY(const Slot slot, slotOf(instance, tree.nodes[i + 1]));
            if (!appendBinXmlText(keyFromValue, slot.type, bytesAt(slot)))
                return broken("a name that cannot be read", slot.at);
            key = keyFromValue;
        }
        isNamed = !key.empty();
    }
    members.begin(isNamed ? key : tree.textOf(node));
    return elementValue(instance, index, isNamed, members.json());
}

Result<void> BinXmlWriter::elementValue(const Instance& instance, std::size_t index, bool isNamedData,
                                        std::string& json)
{
    const auto& nodes = instance.tree.nodes;
    CORDON_TRY(const bool hasAttributes, attributes(instance, index, isNamedData, json));
    std::size_t content = index + 1;
    while (content < nodes[index].end && nodes[content].kind == BinXmlTree::Kind::Attribute)
        content = nodes[content].end;
    if (holdsElements(instance, index)) {
        if (!hasAttributes)
            json += '{';
        Members members(json, !hasAttributes);
        CORDON_CHECK(children(instance, content, nodes[index].end, members));
        members.end();
        json += '}';
        return {};
    }
    if (!hasAttributes)
        return contentValue(instance, content, nodes[index].end, json);
    if (content < nodes[index].end) {
        json += ",\"#text\":";
        CORDON_CHECK(contentValue(instance, content, nodes[index].end, json));
    }
    json += '}';
    return {};
}

/// Opens the element's object when there is an attribute to tell. Namespaces are not told.
Result<bool> BinXmlWriter::attributes(const Instance& instance, std::size_t index, bool isNamedData, std::string& json)
{
    const BinXmlTree& tree = instance.tree;
    bool isOpen = false;
    for (std::size_t i = index + 1; i < tree.nodes[index].end; i = tree.nodes[i].end) {
        const BinXmlTree::Node& attribute = tree.nodes[i];
        if (attribute.kind != BinXmlTree::Kind::Attribute)
            break;
        const std::string_view name = tree.textOf(attribute);
        if (name == "xmlns" || (isNamedData && name == "Name"))
            continue;
        if (attribute.end == i + 2 && tree.nodes[i + 1].kind == BinXmlTree::Kind::Substitution) {
            CORDON_TRY(const Slot slot, slotOf(instance, tree.nodes[i + 1]));
            if (slot.type == static_cast<std::uint8_t>(BinXmlType::Null))
                continue;
        }
        json += isOpen ? ",\"" : "{\"#attributes\":{\"";
        isOpen = true;
        json += name;
        json += "\":";
        CORDON_CHECK(contentValue(instance, i + 1, attribute.end, json));
    }
    if (isOpen)
        json += '}';
    return isOpen;
}

/// Text and values between two tags.
Result<void> BinXmlWriter::contentValue(const Instance& instance, std::size_t from, std::size_t end, std::string& json)
{
    CORDON_CHECK(countStep(json));
    const BinXmlTree& tree = instance.tree;
    if (from == end) {
        json += "null";
        return {};
    }
    if (end - from == 1 && tree.nodes[from].kind == BinXmlTree::Kind::Substitution) {
        CORDON_TRY(const Slot slot, slotOf(instance, tree.nodes[from]));
        if (slot.size == 0 && slot.type == static_cast<std::uint8_t>(BinXmlType::Fragment)) {
            json += "null";
            return {};
        }
        if (!appendBinXmlValue(json, slot.type, bytesAt(slot)))
            return broken("a value of type " + std::to_string(slot.type) + " that cannot be read", slot.at);
        return {};
    }
    json += '"';
    for (std::size_t i = from; i < end; i = tree.nodes[i].end) {
        const BinXmlTree::Node& node = tree.nodes[i];
        if (node.kind != BinXmlTree::Kind::Substitution) {
            json += tree.textOf(node);
            continue;
        }
        CORDON_TRY(const Slot slot, slotOf(instance, node));
        if (!appendBinXmlText(json, slot.type, bytesAt(slot)))
            return broken("a value of type " + std::to_string(slot.type) + " that cannot be read", slot.at);
    }
    json += '"';
    return {};
}

} // namespace cordon::ingest
