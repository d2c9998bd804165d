#include "core/record/events_digest.h"

#include "core/crypto/sha256.h"
#include "core/record/row_bytes.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace cordon::record {
namespace {

constexpr std::string_view magic = "CORDEVT1";
constexpr std::size_t enough = 64U << 10U;

constexpr const char* eventRows =
    "SELECT id, time, source, offset, length, identity, outcome, flags, external_id, time_text, "
    "origin, tenant, action, address, user_agent, region, error, actor, via, targets FROM events ORDER BY id";
constexpr int plainColumns = 10;
constexpr int wordColumns = 7;
constexpr int entityColumns = 2;
// Entities by name, so that the order does not hang on their numbers; each has its events together.
constexpr const char* postingRows =
    "SELECT e.id, p.time, p.event, p.roles FROM entities e CROSS JOIN event_entities p ON p.entity = e.id "
    "ORDER BY e.key, p.time, p.event";
constexpr const char* nobodysRows =
    "SELECT (SELECT count(*) FROM event_entities WHERE entity NOT IN (SELECT id FROM entities)), "
    "(SELECT count(*) FROM incident_entities WHERE entity NOT IN (SELECT id FROM entities))";

class Hashing
{
public:
    explicit Hashing(store::Database& database)
        : m_database(database)
    {}

    Result<EventsSum> run()
    {
        m_bytes = magic;
        CORDON_CHECK(loadNames(m_words, "SELECT id, text FROM words", 1));
        CORDON_CHECK(loadNames(m_entities, "SELECT id, key, type, name FROM entities", 3));
        CORDON_CHECK(eachRow(eventRows, [this](const store::Statement& row) { return takeEvent(row); }));
        CORDON_CHECK(eachRow(postingRows, [this](const store::Statement& row) -> Result<void> {
            m_bytes += 'p';
            CORDON_CHECK(putName(m_entities, row, 0));
            for (int column = 1; column <= 3; ++column)
                format::putValue(m_bytes, row, column);
            return {};
        }));
        m_bytes += 'z';
        CORDON_CHECK(eachRow(nobodysRows, [this](const store::Statement& row) -> Result<void> {
            format::putValue(m_bytes, row, 0);
            format::putValue(m_bytes, row, 1);
            return {};
        }));
        m_hash.update(m_bytes);
        CORDON_CHECK(eachRow("SELECT DISTINCT entity FROM incident_entities", [this](const store::Statement& row) -> Result<void> {
            if (const auto known = m_entities.find(row.integer(0)); known != m_entities.end())
                known->second.isUsed = true;
            return {};
        }));
        return EventsSum{m_hash.digest(), spareOf(m_words), spareOf(m_entities)};
    }

private:
    struct Name
    {
        Digest digest;
        bool isUsed = false;
    };
    using Names = std::unordered_map<std::int64_t, Name>;

    static std::vector<std::int64_t> spareOf(const Names& names)
    {
        std::vector<std::int64_t> spare;
        for (const auto& [number, name] : names) {
            if (!name.isUsed)
                spare.push_back(number);
        }
        return spare;
    }

    template<class Take>
    Result<void> eachRow(const char* sql, Take take)
    {
        CORDON_TRY(auto rows, m_database.prepare(sql));
        for (;;) {
            CORDON_TRY(const bool hasRow, rows.step());
            if (!hasRow)
                return {};
            CORDON_CHECK(take(rows));
            if (m_bytes.size() < enough)
                continue;
            m_hash.update(m_bytes);
            m_bytes.clear();
        }
    }

    Result<void> loadNames(Names& names, const char* sql, int columns)
    {
        return eachRow(sql, [&](const store::Statement& row) -> Result<void> {
            std::string text = row.text(1);
            for (int column = 2; column <= columns; ++column)
                text += '\0' + row.text(column);
            names.emplace(row.integer(0), Name{crypto::sha256(text)});
            return {};
        });
    }

    Result<void> put(Names& names, std::int64_t number)
    {
        const auto known = names.find(number);
        if (known == names.end())
            return fail(ErrorCode::Corrupt, "the index names a word or an entity that it does not have");
        known->second.isUsed = true;
        m_bytes.append(known->second.digest.bytes.begin(), known->second.digest.bytes.end());
        return {};
    }

    /// 32 zero bytes where there is none.
    Result<void> putName(Names& names, const store::Statement& row, int column)
    {
        using Kind = store::Statement::Kind;
        const Kind kind = row.kind(column);
        if (kind == Kind::Integer)
            return put(names, row.integer(column));
        if (kind != Kind::Null)
            return fail(ErrorCode::Corrupt, "the index has a number that is none");
        m_bytes.append(Digest().bytes.size(), '\0');
        return {};
    }

    Result<void> takeEvent(const store::Statement& row)
    {
        m_bytes += 'e';
        int column = 0;
        for (; column < plainColumns; ++column)
            format::putValue(m_bytes, row, column);
        for (; column < plainColumns + wordColumns; ++column)
            CORDON_CHECK(putName(m_words, row, column));
        for (; column < plainColumns + wordColumns + entityColumns; ++column)
            CORDON_CHECK(putName(m_entities, row, column));
        return putTargets(row.text(column));
    }

    /// `12:7 13:7`: entity and relation, which may be 0 for none; nothing else between.
    Result<void> putTargets(const std::string& text)
    {
        format::putNumber(m_bytes, static_cast<std::uint64_t>(std::count(text.begin(), text.end(), ':')), 4);
        const char* next = text.data();
        const char* const end = next + text.size();
        for (bool isEntity = true; next < end; isEntity = !isEntity) {
            std::int64_t number = 0;
            const auto [after, error] = std::from_chars(next, end, number);
            const bool isLast = after == end;
            if (error != std::errc() || *next == '-' || (isLast && isEntity) || (!isLast && *after != (isEntity ? ':' : ' ')))
                return fail(ErrorCode::Corrupt, "the index has a target list that cannot be read");
            if (number == 0 && !isEntity)
                m_bytes.append(Digest().bytes.size(), '\0');
            else
                CORDON_CHECK(put(isEntity ? m_entities : m_words, number));
            next = after + (isLast ? 0 : 1);
            if (!isLast && next == end)
                return fail(ErrorCode::Corrupt, "the index has a target list that cannot be read");
        }
        return {};
    }

    store::Database& m_database;
    crypto::Sha256 m_hash;
    std::string m_bytes;
    Names m_words;
    Names m_entities;
};

} // namespace

Result<EventsSum> sumOfEvents(store::Database& database)
{
    return Hashing(database).run();
}

} // namespace cordon::record
