#include "core/ingest/json_event_view.h"

#include "core/ingest/field_aliases.h"
#include "core/ingest/path_trie.h"
#include "core/ingest/record_source.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <simdjson.h>

namespace cordon::ingest {
namespace {

namespace dom = simdjson::dom;

static_assert(RecordSource::padding >= simdjson::SIMDJSON_PADDING);

/// Texts of one record that may be entered as JSON: each keeps a parser's memory.
constexpr std::size_t mostTextsEntered = 16;

/// Texts of numbers and objects of one record: strings whose room is kept for the next.
class Scratch
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

template<class Number>
void appendNumber(std::string& to, Number number)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    to.append(digits.data(), end.ptr);
}

void appendNumber(std::string& to, dom::element number)
{
    if (number.is_int64())
        appendNumber(to, number.get_int64().value_unsafe());
    else if (number.is_uint64())
        appendNumber(to, number.get_uint64().value_unsafe());
    else
        appendNumber(to, number.get_double().value_unsafe());
}

void appendString(std::string& to, std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    to += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            to += '\\';
            to += c;
        } else if (byte >= 0x20) {
            to += c;
        } else {
            to += "\\u00";
            to += hex[byte >> 4U];
            to += hex[byte & 15U];
        }
    }
    to += '"';
}

/// Recursion is bounded by the parser's depth limit.
void appendJson(std::string& to, dom::element element)
{
    switch (element.type()) {
    case dom::element_type::OBJECT: {
        char before = '{';
        const dom::object object = element.get_object().value_unsafe();
        for (const dom::key_value_pair pair : object) {
            to += before;
            before = ',';
            appendString(to, pair.key);
            to += ':';
            appendJson(to, pair.value);
        }
        to += before == '{' ? "{}" : "}";
        return;
    }
    case dom::element_type::ARRAY: {
        char before = '[';
        const dom::array array = element.get_array().value_unsafe();
        for (const dom::element item : array) {
            to += before;
            before = ',';
            appendJson(to, item);
        }
        to += before == '[' ? "[]" : "]";
        return;
    }
    case dom::element_type::STRING:
        return appendString(to, element.get_string().value_unsafe());
    case dom::element_type::BOOL:
        to += element.get_bool().value_unsafe() ? "true" : "false";
        return;
    case dom::element_type::NULL_VALUE:
        to += "null";
        return;
    default:
        appendNumber(to, element);
    }
}

} // namespace

class JsonEventView::Reader
{
public:
    explicit Reader(const FieldPlan& plan)
        : m_trie(plan)
        , m_values(plan.size())
    {}

    Result<void> read(std::string_view record, std::string_view raw)
    {
        clear();
        dom::element document;
        const auto error = m_parser.parse(record.data(), record.size(), false).get(document);
        if (error)
            return fail(ErrorCode::Invalid, std::string("not valid JSON: ") + simdjson::error_message(error));
        if (!document.is_object())
            return fail(ErrorCode::Invalid, "not a JSON object");
        m_document = document;
        m_isRead = true;
        m_raw = raw.empty() ? record : raw;
        walkObject(document.get_object().value_unsafe(), PathTrie::root);
        return {};
    }

    [[nodiscard]] std::string_view raw() const { return m_raw; }

    [[nodiscard]] std::span<const FieldValue> values(FieldIndex field) const
    {
        return field < m_values.size() ? std::span<const FieldValue>(m_values[field]) : std::span<const FieldValue>();
    }

    void eachScalar(const std::function<bool(std::string_view)>& visit) const
    {
        std::string number;
        if (m_isRead)
            visitScalars(m_document, visit, number);
    }

private:
    void clear()
    {
        for (const FieldIndex field : m_filled)
            m_values[field].clear();
        m_filled.clear();
        m_scratch.clear();
        m_usedTextParsers = 0;
        m_isRead = false;
        m_raw = {};
    }

    void walkObject(dom::object object, PathTrie::Node node)
    {
        for (const dom::key_value_pair pair : object) {
            if (const auto child = m_trie.child(node, pair.key))
                take(pair.value, *child);
        }
    }

    /// Lists are entered at the same place; the parser's depth limit bounds the recursion.
    void take(dom::element element, PathTrie::Node node)
    {
        if (element.is_array()) {
            const dom::array array = element.get_array().value_unsafe();
            for (const dom::element item : array)
                take(item, node);
            return;
        }
        if (const auto field = m_trie.field(node))
            keep(element, *field);
        if (!m_trie.hasChildren(node))
            return;
        if (element.is_object()) {
            walkObject(element.get_object().value_unsafe(), node);
            followSelectors(element, node);
        } else if (element.is_string()) {
            enterText(element.get_string().value_unsafe(), node);
        }
    }

    void followSelectors(dom::element element, PathTrie::Node node)
    {
        const dom::object object = element.get_object().value_unsafe();
        for (const PathTrie::Selector& selector : m_trie.selectors(node)) {
            std::string_view text;
            const bool isText = !object.at_key(selector.key).get_string().get(text);
            if (!selector.fits(isText ? std::optional(text) : std::nullopt))
                continue;
            if (const auto field = m_trie.field(selector.node))
                keep(element, *field);
            walkObject(object, selector.node);
        }
    }

    /// JSON held in a string is entered one level deep; any other text has no members.
    void enterText(std::string_view text, PathTrie::Node node)
    {
        if (m_isInText || m_usedTextParsers == mostTextsEntered || text.empty() ||
            (text.front() != '{' && text.front() != '['))
            return;
        if (m_usedTextParsers == m_textParsers.size())
            m_textParsers.emplace_back();
        dom::element inner;
        if (m_textParsers[m_usedTextParsers++].parse(text.data(), text.size()).get(inner))
            return;
        m_isInText = true;
        take(inner, node);
        m_isInText = false;
    }

    void keep(dom::element element, FieldIndex field)
    {
        if (m_values[field].empty())
            m_filled.push_back(field);
        m_values[field].push_back(valueOf(element));
    }

    FieldValue valueOf(dom::element element)
    {
        switch (element.type()) {
        case dom::element_type::STRING:
            return {FieldValue::Kind::String, element.get_string().value_unsafe(), 0};
        case dom::element_type::BOOL:
            return {FieldValue::Kind::Bool, element.get_bool().value_unsafe() ? "true" : "false", 0};
        case dom::element_type::NULL_VALUE:
            return {FieldValue::Kind::Null, "null", 0};
        case dom::element_type::OBJECT: {
            std::string& text = m_scratch.next();
            appendJson(text, element);
            return {FieldValue::Kind::Object, text, 0};
        }
        default: {
            std::string& text = m_scratch.next();
            appendNumber(text, element);
            return {FieldValue::Kind::Number, text, element.get_double().value_unsafe()};
        }
        }
    }

    static bool visitScalars(dom::element element, const std::function<bool(std::string_view)>& visit,
                             std::string& number)
    {
        switch (element.type()) {
        case dom::element_type::OBJECT: {
            const dom::object object = element.get_object().value_unsafe();
            return std::all_of(object.begin(), object.end(), [&](const dom::key_value_pair& pair) {
                return visitScalars(pair.value, visit, number);
            });
        }
        case dom::element_type::ARRAY: {
            const dom::array array = element.get_array().value_unsafe();
            return std::all_of(array.begin(), array.end(),
                               [&](dom::element item) { return visitScalars(item, visit, number); });
        }
        case dom::element_type::STRING:
            return visit(element.get_string().value_unsafe());
        case dom::element_type::BOOL:
            return visit(element.get_bool().value_unsafe() ? "true" : "false");
        case dom::element_type::NULL_VALUE:
            return true;
        default:
            number.clear();
            appendNumber(number, element);
            return visit(number);
        }
    }

    PathTrie m_trie;
    dom::parser m_parser;
    dom::element m_document;
    bool m_isRead = false;
    std::string_view m_raw;
    std::vector<std::vector<FieldValue>> m_values; ///< by field
    std::vector<FieldIndex> m_filled;
    Scratch m_scratch;
    std::deque<dom::parser> m_textParsers; ///< each holds the JSON of one text until the next record
    std::size_t m_usedTextParsers = 0;
    bool m_isInText = false;
};

JsonEventView::JsonEventView(const FieldPlan& plan)
    : m_reader(std::make_unique<Reader>(plan))
{}

JsonEventView::~JsonEventView() = default;

Result<void> JsonEventView::read(std::string_view record, std::string_view raw)
{
    m_route = {};
    return m_reader->read(record, raw);
}

std::string_view JsonEventView::raw() const
{
    return m_reader->raw();
}

std::span<const FieldValue> JsonEventView::values(FieldIndex field) const
{
    const std::span<const FieldValue> own = m_reader->values(field);
    if (!m_route.aliases || (!own.empty() && !m_route.aliases->isOrdered(field)))
        return own;
    for (const FieldIndex other : m_route.aliases->of(field)) {
        if (const std::span<const FieldValue> values = m_reader->values(other); !values.empty())
            return values;
    }
    return m_route.aliases->constant(field);
}

void JsonEventView::eachScalar(const std::function<bool(std::string_view)>& visit) const
{
    m_reader->eachScalar(visit);
}

} // namespace cordon::ingest
