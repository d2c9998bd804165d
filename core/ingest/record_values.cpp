#include "core/ingest/record_values.h"

#include "core/ingest/json_walk.h"
#include "core/ingest/record_source.h"

namespace cordon::ingest {
namespace {

/// Texts of one record that may be entered as JSON: each keeps an outline's memory.
constexpr std::size_t mostTextsEntered = 16;
constexpr std::size_t largestRecord = 1U << 30U;

} // namespace

RecordValues::RecordValues(std::shared_ptr<const PathTrie> paths)
    : m_paths(std::move(paths)), m_trie(*m_paths), m_names(m_trie), m_fields(m_trie.fieldCount()),
      m_isAsked(m_trie.nodeCount()), m_tops(m_trie.nodeCount())
{
    for (PathTrie::Node node = 0; node < m_trie.nodeCount(); ++node) {
        if (const auto field = m_trie.field(node)) {
            m_fields[*field].node = node;
            m_fields[*field].top = m_trie.top(node);
        }
    }
    setMarks();
}

/// Members in which others are planned get a mark of their own, as long as there are any: most places of a field are below
/// a few members that most records do not have.
void RecordValues::setMarks()
{
    constexpr std::uint32_t own = 48;
    std::uint32_t given = 0;
    m_marks.resize(m_trie.nodeCount());
    for (PathTrie::Node node = 0; node < m_trie.nodeCount(); ++node) {
        const bool isNested = m_trie.top(node) == node && m_trie.hasChildren(node) && given < own;
        m_marks[node] = std::uint64_t{1} << (isNested ? given++ : own + node % (64 - own));
    }
    for (const Field& field : m_fields)
        m_fieldMarks.push_back(m_marks[field.top]);
}

Result<void> RecordValues::read(std::string_view record, std::string_view raw, const RecordOutline* outline)
{
    clear();
    if (!outline || outline->text() + outline->begin() != record.data()) {
        CORDON_CHECK(outlineAlone(record));
        outline = &m_own;
    }
    m_outline = outline;
    m_raw = raw.empty() ? record : raw;
    m_json = record;
    listPlannedMembers();
    return {};
}

std::span<const FieldValue> RecordValues::values(FieldIndex index)
{
    if (index >= m_fieldMarks.size() || (m_present & m_fieldMarks[index]) == 0)
        return {};
    Field& field = m_fields[index];
    if (field.record == m_record)
        return field.values;
    Top& top = m_tops[field.top];
    if (top.record != m_record)
        return {};
    if (!field.isAsked) {
        ask(field);
        // What others were given from a walk before must stay as it is.
        m_only = top.isWalked ? index : none;
        walk(top);
        m_only = none;
        top.isWalked = true;
    } else if (!top.isWalked) {
        top.isWalked = true;
        walk(top);
    }
    return field.record == m_record ? std::span<const FieldValue>(field.values) : std::span<const FieldValue>();
}

/// From now on every record's walk keeps the field.
void RecordValues::ask(Field& field)
{
    field.isAsked = true;
    for (PathTrie::Node node = field.node; node != PathTrie::root; node = m_trie.parent(node))
        m_isAsked[node] = true;
}

void RecordValues::eachScalar(const std::function<bool(std::string_view)>& visit)
{
    if (m_outline)
        visitScalars(*m_outline, m_outline->begin(), visit, m_scalar);
}

void RecordValues::clear()
{
    if (++m_record == 0) {
        for (Field& field : m_fields)
            field.record = 0;
        for (Top& top : m_tops)
            top.record = 0;
        m_record = 1;
    }
    m_members.clear();
    m_present = 0;
    m_scratch.clear();
    m_usedInner = 0;
    m_outline = nullptr;
    m_raw = {};
    m_json = {};
}

Result<void> RecordValues::outlineAlone(std::string_view record)
{
    const auto broken = [](std::string_view why, std::size_t at) {
        return fail(ErrorCode::Invalid,
                    "not valid JSON: " + std::string(why) + ", at byte " + std::to_string(at) + " of the record");
    };
    constexpr std::string_view spaces = " \t\r\n";
    const std::size_t from = record.find_first_not_of(spaces);
    if (from == std::string_view::npos || record.size() > largestRecord)
        return broken(from == std::string_view::npos ? "it is empty" : "it is too long", 0);
    if (record[from] != '{')
        return fail(ErrorCode::Invalid, "not a JSON object");
    m_own.forget();
    if (m_own.read(record.data(), record.size(), from) != RecordOutline::State::Whole)
        return broken(m_own.problem(), m_own.problemAt());
    if (const std::size_t more = record.find_first_not_of(spaces, m_own.end()); more != std::string_view::npos)
        return broken("text stands behind it", more);
    return {};
}

void RecordValues::listPlannedMembers()
{
    m_names.start();
    const auto unescape = [this](std::string_view raw) { return unescaped(*m_outline, raw); };
    const std::size_t count = m_outline->memberCount();
    for (std::size_t number = 0; number < count; ++number) {
        const RecordOutline::Member member = m_outline->member(number);
        const PathTrie::Node node = m_names.find({m_outline->text() + member.key, member.keyLength}, unescape);
        if (node == PathTrie::root)
            continue;
        const PathTrie::Node first = m_trie.top(node);
        m_present |= m_marks[first];
        Top& top = m_tops[first];
        const auto index = static_cast<std::uint32_t>(m_members.size());
        if (top.record == m_record)
            m_members[top.last].next = index;
        else
            top = {m_record, false, index, index};
        top.last = index;
        m_members.push_back({member.value, node, none});
    }
}

void RecordValues::walk(const Top& top)
{
    for (std::uint32_t index = top.first; index != none; index = m_members[index].next)
        static_cast<void>(take(*m_outline, m_members[index].value, m_members[index].node));
}

void RecordValues::walkMembers(const RecordOutline& outline, std::size_t opener, PathTrie::Node node)
{
    walkObject(outline, opener, [&](std::string_view name, std::size_t value) {
        const PathTrie::Node child = m_trie.child(node, unescaped(outline, name));
        return m_isAsked[child] ? take(outline, value, child) : notLookedInto;
    });
}

/// Lists are entered at the same place; the outline's depth limit bounds the recursion.
/// @return behind the value, where that is known
std::size_t RecordValues::take(const RecordOutline& outline, std::size_t at, PathTrie::Node node)
{
    const char opener = outline.text()[at];
    if (opener == '[')
        return walkArray(outline, at, [&](std::size_t item) { return take(outline, item, node); });
    if (const auto field = m_trie.field(node))
        keep(outline, at, *field);
    if (!m_trie.hasChildren(node))
        return notLookedInto;
    if (opener == '{') {
        walkMembers(outline, at, node);
        followSelectors(outline, at, node);
    } else if (opener == '"') {
        enterText(outline, at, node);
    }
    return notLookedInto;
}

void RecordValues::followSelectors(const RecordOutline& outline, std::size_t at, PathTrie::Node node)
{
    for (const PathTrie::Selector& selector : m_trie.selectors(node)) {
        if (!m_isAsked[selector.node] || !selector.fits(textOf(outline, at, selector.key)))
            continue;
        if (const auto field = m_trie.field(selector.node))
            keep(outline, at, *field);
        walkMembers(outline, at, selector.node);
    }
}

/// Text of the object's first member `key`, when it is a string.
std::optional<std::string_view> RecordValues::textOf(const RecordOutline& outline, std::size_t opener, std::string_view key)
{
    std::optional<std::string_view> text;
    walkObject(outline, opener, [&](std::string_view name, std::size_t value) {
        if (unescaped(outline, name) != key)
            return notLookedInto;
        if (outline.text()[value] == '"')
            text = stringAt(outline, value);
        return stopWalking;
    });
    return text;
}

/// JSON held in a string is entered one level deep; any other text has no members.
void RecordValues::enterText(const RecordOutline& outline, std::size_t at, PathTrie::Node node)
{
    if (&outline != m_outline)
        return;
    const InnerJson* inner = innerAt(at);
    if (inner && inner->isWhole)
        static_cast<void>(take(inner->outline, 0, node));
}

/// The JSON in the record's string at `at`; null when the text begins like none, or too many were read.
const RecordValues::InnerJson* RecordValues::innerAt(std::size_t at)
{
    for (std::size_t index = 0; index < m_usedInner; ++index) {
        if (m_inner[index].at == at)
            return &m_inner[index];
    }
    const std::string_view text = stringAt(*m_outline, at);
    if (m_usedInner == mostTextsEntered || text.empty() || (text.front() != '{' && text.front() != '['))
        return nullptr;
    if (m_usedInner == m_inner.size())
        m_inner.emplace_back();
    InnerJson& inner = m_inner[m_usedInner++];
    inner.at = at;
    inner.text.assign(text);
    inner.text.append(RecordSource::padding, ' ');
    inner.outline.forget();
    inner.isWhole = inner.outline.read(inner.text.data(), text.size(), 0) == RecordOutline::State::Whole &&
                    text.find_first_not_of(" \t\r\n", inner.outline.end()) == std::string_view::npos;
    return &inner;
}

void RecordValues::keep(const RecordOutline& outline, std::size_t at, FieldIndex index)
{
    Field& field = m_fields[index];
    if (m_only == none ? !field.isAsked : index != m_only)
        return;
    if (field.record != m_record)
        field.values.clear();
    field.record = m_record;
    fill(field.values.emplace_back(), outline, at);
}

/// Member by member, in its place: a value that is moved there right after it was made waits for its own writing.
void RecordValues::fill(FieldValue& value, const RecordOutline& outline, std::size_t at)
{
    switch (outline.text()[at]) {
    case '"':
        value.kind = FieldValue::Kind::String;
        value.text = stringAt(outline, at);
        break;
    case 't':
        value.kind = FieldValue::Kind::Bool;
        value.text = "true";
        break;
    case 'f':
        value.kind = FieldValue::Kind::Bool;
        value.text = "false";
        break;
    case 'n':
        value.kind = FieldValue::Kind::Null;
        value.text = "null";
        break;
    case '{': {
        std::string& text = m_scratch.next();
        appendCompact(text, outline, at);
        value.kind = FieldValue::Kind::Object;
        value.text = text;
        break;
    }
    default:
        fillNumber(value, outline, at);
    }
}

void RecordValues::fillNumber(FieldValue& value, const RecordOutline& outline, std::size_t at)
{
    const std::string_view raw(outline.text() + at, behindValue(outline, at) - at);
    value.kind = FieldValue::Kind::Number;
    value.number = numberOf(raw);
    value.text = raw;
    if (isPlainWhole(raw))
        return;
    std::string& text = m_scratch.next();
    appendNumber(text, raw);
    value.text = text;
}

std::string_view RecordValues::stringAt(const RecordOutline& outline, std::size_t opener)
{
    const std::size_t end = outline.closingQuote(opener);
    const std::string_view raw(outline.text() + opener + 1, end - opener - 1);
    if (!outline.hasEscapes(opener + 1, end))
        return raw;
    std::string& text = m_scratch.next();
    appendUnescaped(text, raw);
    return text;
}

std::string_view RecordValues::unescaped(const RecordOutline& outline, std::string_view raw)
{
    if (!outline.hasEscapes() || raw.find('\\') == std::string_view::npos)
        return raw;
    std::string& text = m_scratch.next();
    appendUnescaped(text, raw);
    return text;
}

} // namespace cordon::ingest
