#include "core/value/yaml.h"

#include "core/value/tree_builder.h"
#include "core/value/yaml_scalar.h"

#include <algorithm>
#include <yaml.h>

namespace cordon::yaml {
namespace {

[[nodiscard]] tl::unexpected<Error> failAt(std::size_t line, std::string_view why)
{
    return fail(ErrorCode::Invalid, "line " + std::to_string(line) + ": " + std::string(why));
}

std::string_view textOf(const yaml_char_t* chars, std::size_t length)
{
    return {reinterpret_cast<const char*>(chars), length};
}

/// One event of libyaml, freed when it goes away.
class Event
{
public:
    Event() = default;
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    ~Event() { yaml_event_delete(&m_event); }
    yaml_event_t* operator->() { return &m_event; }
    yaml_event_t& operator*() { return m_event; }
    [[nodiscard]] int line() const { return static_cast<int>(m_event.start_mark.line) + 1; }

private:
    yaml_event_t m_event{};
};

class Reader
{
public:
    Reader(std::string_view text, const ReadOptions& options)
        : m_text(text)
        , m_options(options)
        , m_builder(options.depth)
    {
        m_isReady = yaml_parser_initialize(&m_parser) == 1;
        if (!m_isReady)
            return;
        // Without a fixed encoding, a byte order mark could turn the text into UTF-16.
        yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader()
    {
        if (m_isReady)
            yaml_parser_delete(&m_parser);
    }

    Result<std::vector<Value>> read()
    {
        if (!m_isReady)
            return fail(ErrorCode::Internal, "no memory for the YAML reader");
        for (;;) {
            Event event;
            if (yaml_parser_parse(&m_parser, &*event) != 1)
                return parserError();
            if (event->type == YAML_STREAM_END_EVENT)
                return std::move(m_documents);
            CORDON_CHECK(take(event));
        }
    }

private:
    Result<void> take(Event& event)
    {
        switch (event->type) {
        case YAML_DOCUMENT_START_EVENT:
            return startDocument(event);
        case YAML_DOCUMENT_END_EVENT:
            m_documents.push_back(m_builder.take());
            return {};
        case YAML_ALIAS_EVENT:
            return failAt(lineOf(event), "aliases are not accepted");
        case YAML_SCALAR_EVENT:
            return scalar(event);
        case YAML_SEQUENCE_START_EVENT:
            CORDON_CHECK(checkNode(event, event->data.sequence_start.anchor, event->data.sequence_start.tag));
            return startContainer(event, false);
        case YAML_MAPPING_START_EVENT:
            CORDON_CHECK(checkNode(event, event->data.mapping_start.anchor, event->data.mapping_start.tag));
            return startContainer(event, true);
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            m_builder.close();
            return {};
        default:
            return {};
        }
    }

    Result<void> startDocument(Event& event)
    {
        const auto& start = event->data.document_start;
        const bool hasTags = start.tag_directives.start != start.tag_directives.end;
        if (hasTags || (m_options.isStrict && start.version_directive))
            return failAt(lineOf(event), "directives are not accepted");
        return {};
    }

    Result<void> startContainer(Event& event, bool isObject)
    {
        if (m_builder.expectsKey())
            return failAt(lineOf(event), "a key must be a text");
        const bool isFine = isObject ? m_builder.openObject(event.line()) : m_builder.openArray(event.line());
        return isFine ? Result<void>() : failAt(lineOf(event), m_builder.problem());
    }

    Result<void> scalar(Event& event)
    {
        const auto& data = event->data.scalar;
        CORDON_CHECK(checkNode(event, data.anchor, data.tag));
        const std::string_view text = textOf(data.value, data.length);
        const bool isPlain = data.style == YAML_PLAIN_SCALAR_STYLE;
        if (m_builder.expectsKey())
            return key(event, text, isPlain);
        if (!isPlain) {
            m_builder.add(Value(text), event.line());
            return {};
        }
        auto value = m_options.isStrict ? resolvePlainStrictly(text) : resolvePlain(text);
        if (!value)
            return failAt(lineOf(event), value.error().detail);
        m_builder.add(std::move(*value), event.line());
        return {};
    }

    Result<void> key(const Event& event, std::string_view text, bool isPlain)
    {
        if (isPlain && text == "<<")
            return failAt(lineOf(event), "merge keys are not accepted");
        if (isPlain && m_options.isStrict) {
            const auto value = resolvePlainStrictly(text);
            if (!value || !value->isString())
                return failAt(lineOf(event), "ambiguous key " + quotedForDetail(text) + " needs quotes");
        }
        return m_builder.key(std::string(text)) ? Result<void>() : failAt(lineOf(event), m_builder.problem());
    }

    static Result<void> checkNode(const Event& event, const yaml_char_t* anchor, const yaml_char_t* tag)
    {
        if (anchor)
            return failAt(lineOf(event), "anchors are not accepted");
        if (tag)
            return failAt(lineOf(event), "tags are not accepted");
        return {};
    }

    static std::size_t lineOf(const Event& event) { return static_cast<std::size_t>(event.line()); }

    [[nodiscard]] tl::unexpected<Error> parserError() const
    {
        const std::string_view problem = m_parser.problem ? m_parser.problem : "malformed YAML";
        if (m_parser.error != YAML_READER_ERROR)
            return failAt(m_parser.problem_mark.line + 1, problem);
        // The byte reader knows only an offset.
        const std::string_view before = m_text.substr(0, m_parser.problem_offset);
        return failAt(static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1, problem);
    }

    std::string_view m_text;
    const ReadOptions& m_options;
    TreeBuilder m_builder;
    std::vector<Value> m_documents;
    yaml_parser_t m_parser{};
    bool m_isReady = false;
};

/// What YAML itself allows but two readers may see differently: byte order marks, tabs in indents, and the line
/// breaks of YAML 1.1 that YAML 1.2 dropped (U+0085, U+2028, U+2029; a lone CR).
Result<void> checkLayout(std::string_view text)
{
    if (text.find("\xEF\xBB\xBF") != std::string_view::npos)
        return failAt(1, "byte order marks are not accepted");
    std::size_t number = 1;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
        if (line.substr(0, indent).find('\t') != std::string_view::npos)
            return failAt(number, "tab in an indent");
        for (const std::string_view lineBreak : {"\r", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
            if (line.find(lineBreak) != std::string_view::npos)
                return failAt(number, "line break other than LF or CR LF");
        }
        ++number;
    }
    return {};
}

} // namespace

Result<std::vector<Value>> parseAll(std::string_view text, const ReadOptions& options)
{
    if (text.size() > options.bytes)
        return fail(ErrorCode::Invalid, "longer than " + std::to_string(options.bytes) + " bytes");
    if (options.isStrict)
        CORDON_CHECK(checkLayout(text));
    return Reader(text, options).read();
}

Result<Value> parse(std::string_view text, const ReadOptions& options)
{
    CORDON_TRY(std::vector<Value> documents, parseAll(text, options));
    if (documents.size() != 1)
        return fail(ErrorCode::Invalid, "expected one document, found " + std::to_string(documents.size()));
    return std::move(documents.front());
}

} // namespace cordon::yaml
