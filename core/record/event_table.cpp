#include "core/record/event_table.h"

#include "core/crypto/sha256.h"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace cordon::record {
namespace {

constexpr std::int64_t identityChangeFlag = 1;
constexpr std::int64_t readOnlyFlag = 2;
constexpr std::int64_t findingFlag = 4;
constexpr std::string_view wholeSecond = ".000000Z";

/// Two rows of one microsecond with one identity are the same event. What was done, by whom and from where belongs to
/// it: whoever repeats an id with other content does not make the true record go away. 64 bits of SHA-256.
std::int64_t identityOf(SourceId source, const Event& event)
{
    std::string text = event.source;
    text += '\0';
    text += event.externalId;
    text += '\0' + event.action + '\0' + (event.actor ? event.actor->key() : std::string()) + '\0' +
            (event.via ? event.via->key() : std::string()) + '\0' + event.address + '\0' + event.error;
    if (event.externalId.empty()) // then a record is only ever itself
        text += '\0' + std::to_string(source.value) + ":" + std::to_string(event.cite.offset);
    const Digest digest = crypto::sha256(text);
    std::uint64_t bits = 0;
    for (int i = 0; i < 8; ++i)
        bits = bits << 8U | digest.bytes[static_cast<std::size_t>(i)];
    return static_cast<std::int64_t>(bits);
}

/// `2026-11-22T12:06:42Z`, the form that most records use; other forms are kept as they are.
std::string usualForm(Timestamp time)
{
    std::string text = time.toString();
    if (text.ends_with(wholeSecond))
        text.replace(text.size() - wholeSecond.size(), wholeSecond.size(), "Z");
    return text;
}

void bindTextOrNull(store::Statement& statement, int index, const std::string& text)
{
    if (text.empty())
        statement.bindNull(index);
    else
        statement.bind(index, text);
}

void bindIdOrNull(store::Statement& statement, int index, std::int64_t id)
{
    if (id == 0)
        statement.bindNull(index);
    else
        statement.bind(index, id);
}

} // namespace

void EventTable::forget()
{
    m_words.forget();
    m_entities.forget();
    m_postings.clear();
}

Result<std::size_t> EventTable::add(SourceId source, std::span<Event> events)
{
    if (!m_insert) {
        CORDON_TRY(
            auto insertEvent,
            m_database.prepare("INSERT OR IGNORE INTO events (time, source, offset, length, identity, origin, tenant, "
                               "actor, via, action, targets, address, user_agent, region, outcome, error, "
                               "external_id, flags, time_text, id) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
        m_insert.emplace(std::move(insertEvent));
        CORDON_TRY(auto insertPosting,
                   m_database.prepare(
                       "INSERT OR REPLACE INTO event_entities (entity, time, event, roles) VALUES (?, ?, ?, ?)"));
        m_insertPosting.emplace(std::move(insertPosting));
    }
    std::size_t added = 0;
    for (Event& event : events) {
        CORDON_TRY(const bool isNew, insert(source, event));
        added += isNew ? 1 : 0;
    }
    if (m_postings.size() >= mostPostings)
        CORDON_CHECK(flush());
    return added;
}

Result<std::string> EventTable::targetsOf(const Event& event, std::vector<std::int64_t>& ids)
{
    std::string text;
    for (const EventTarget& target : event.targets) {
        CORDON_TRY(const std::int64_t entity, m_entities.idOf(target.entity));
        CORDON_TRY(const std::int64_t relation, m_words.idOf(target.relation));
        if (!text.empty())
            text += ' ';
        text += std::to_string(entity) + ":" + std::to_string(relation);
        ids.push_back(entity);
    }
    return text;
}

Result<bool> EventTable::insert(SourceId source, Event& event)
{
    event.id = {};
    std::int64_t actor = 0;
    std::int64_t via = 0;
    if (event.actor) {
        CORDON_TRY(actor, m_entities.idOf(*event.actor));
    }
    if (event.via) {
        CORDON_TRY(via, m_entities.idOf(*event.via));
    }
    std::vector<std::int64_t> targetIds;
    CORDON_TRY(const std::string targets, targetsOf(event, targetIds));
    CORDON_TRY(const std::int64_t origin, m_words.idOf(event.source));
    CORDON_TRY(const std::int64_t tenant, m_words.idOf(event.tenant));
    CORDON_TRY(const std::int64_t action, m_words.idOf(event.action));
    CORDON_TRY(const std::int64_t address, m_words.idOf(event.address));
    CORDON_TRY(const std::int64_t userAgent, m_words.idOf(event.userAgent));
    CORDON_TRY(const std::int64_t region, m_words.idOf(event.region));
    CORDON_TRY(const std::int64_t error, m_words.idOf(event.error));
    const std::int64_t flags =
        (event.isIdentityChange ? identityChangeFlag : 0) | (event.isReadOnly ? readOnlyFlag : 0) |
        (event.isFinding ? findingFlag : 0);

    store::Statement& row = *m_insert;
    row.bind(1, event.time.micros()).bind(2, source.value);
    row.bind(3, static_cast<std::int64_t>(event.cite.offset)).bind(4, static_cast<std::int64_t>(event.cite.length));
    row.bind(5, identityOf(source, event));
    bindIdOrNull(row, 6, origin);
    bindIdOrNull(row, 7, tenant);
    bindIdOrNull(row, 8, actor);
    bindIdOrNull(row, 9, via);
    bindIdOrNull(row, 10, action);
    bindTextOrNull(row, 11, targets);
    bindIdOrNull(row, 12, address);
    bindIdOrNull(row, 13, userAgent);
    bindIdOrNull(row, 14, region);
    row.bind(15, static_cast<std::int64_t>(event.outcome));
    bindIdOrNull(row, 16, error);
    bindTextOrNull(row, 17, event.externalId);
    row.bind(18, flags);
    if (event.timeText == usualForm(event.time))
        row.bindNull(19);
    else
        row.bind(19, event.timeText);
    bindIdOrNull(row, 20, m_nextId);
    CORDON_CHECK(row.run());
    if (m_database.changes() == 0)
        return false;
    event.id.value = m_database.lastRowId();
    m_nextId += m_nextId != 0 ? 1 : 0;

    const std::int64_t change = event.isIdentityChange ? std::int64_t{IdentityChangeRole} : 0;
    if (actor != 0)
        CORDON_CHECK(post(actor, event, ActorRole | change));
    if (via != 0)
        CORDON_CHECK(post(via, event, ViaRole | change));
    for (const std::int64_t target : targetIds)
        CORDON_CHECK(post(target, event, TargetRole | change));
    if (!event.address.empty()) {
        CORDON_TRY(const std::int64_t entity,
                   m_entities.idOf({EntityKind::Address, event.address, "ip", event.address}));
        CORDON_CHECK(post(entity, event, AddressRole | change));
    }
    return true;
}

Result<void> EventTable::post(std::int64_t entity, const Event& event, std::int64_t roles)
{
    for (auto known = m_postings.rbegin(); known != m_postings.rend() && known->event == event.id.value; ++known) {
        if (known->entity == entity) {
            known->roles |= roles;
            return {};
        }
    }
    m_postings.push_back({entity, event.time.micros(), event.id.value, roles});
    return {};
}

Result<void> EventTable::flush()
{
    if (m_postings.empty())
        return {};
    std::sort(m_postings.begin(), m_postings.end(), [](const Posting& a, const Posting& b) {
        return std::tie(a.entity, a.time, a.event) < std::tie(b.entity, b.time, b.event);
    });
    for (const Posting& posting : m_postings) {
        m_insertPosting->bind(1, posting.entity).bind(2, posting.time).bind(3, posting.event).bind(4, posting.roles);
        CORDON_CHECK(m_insertPosting->run());
    }
    m_postings.clear();
    return {};
}

Result<std::vector<EventTarget>> EventTable::targetsFrom(const std::string& text)
{
    std::vector<EventTarget> targets;
    const char* next = text.data();
    const char* end = next + text.size();
    while (next < end) {
        std::int64_t entity = 0;
        std::int64_t relation = 0;
        const auto first = std::from_chars(next, end, entity);
        if (first.ec != std::errc() || first.ptr == end)
            return fail(ErrorCode::Corrupt, "the index has a target list that cannot be read");
        const auto second = std::from_chars(first.ptr + 1, end, relation);
        EventTarget target;
        CORDON_TRY(target.entity, m_entities.entity(entity));
        CORDON_TRY(target.relation, m_words.text(relation));
        targets.push_back(std::move(target));
        next = second.ptr < end ? second.ptr + 1 : end;
    }
    return targets;
}

Result<std::vector<Event>> EventTable::readAll(store::Statement& rows)
{
    std::vector<Event> events;
    for (;;) {
        CORDON_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return events;
        CORDON_TRY(Event event, read(rows));
        events.push_back(std::move(event));
    }
}

Result<Event> EventTable::read(const store::Statement& row)
{
    Event event;
    event.id.value = row.integer(0);
    event.time = Timestamp::fromMicros(row.integer(1));
    event.timeText = row.isNull(2) ? usualForm(event.time) : row.text(2);
    CORDON_TRY(event.source, m_words.text(row.integer(3)));
    CORDON_TRY(event.tenant, m_words.text(row.integer(4)));
    if (!row.isNull(5)) {
        CORDON_TRY(event.actor, m_entities.entity(row.integer(5)));
    }
    if (!row.isNull(6)) {
        CORDON_TRY(event.via, m_entities.entity(row.integer(6)));
    }
    CORDON_TRY(event.action, m_words.text(row.integer(7)));
    CORDON_TRY(event.targets, targetsFrom(row.text(8)));
    CORDON_TRY(event.address, m_words.text(row.integer(9)));
    CORDON_TRY(event.userAgent, m_words.text(row.integer(10)));
    CORDON_TRY(event.region, m_words.text(row.integer(11)));
    event.outcome = static_cast<EventOutcome>(std::clamp<std::int64_t>(row.integer(12), 0, 2));
    CORDON_TRY(event.error, m_words.text(row.integer(13)));
    event.externalId = row.text(14);
    event.isIdentityChange = (row.integer(15) & identityChangeFlag) != 0;
    event.isReadOnly = (row.integer(15) & readOnlyFlag) != 0;
    event.isFinding = (row.integer(15) & findingFlag) != 0;
    // A source that is still being read has no digest yet.
    if (const std::string digest = row.text(16); !digest.empty()) {
        CORDON_TRY(event.cite.evidence, Digest::fromHex(digest));
    }
    event.cite.offset = static_cast<std::uint64_t>(row.integer(17));
    event.cite.length = static_cast<std::uint32_t>(row.integer(18));
    return event;
}

} // namespace cordon::record
