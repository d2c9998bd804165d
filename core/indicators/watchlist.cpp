#include "core/indicators/watchlist.h"

#include "core/indicators/plain_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <random>

namespace cordon::indicators {
namespace {

enum Letter : std::uint8_t { InToken = 1, Dot = 2, NoHex = 4 };

/// Letters of host names, addresses and hashes.
constexpr std::array<std::uint8_t, 256> letterTable()
{
    std::array<std::uint8_t, 256> table{};
    for (unsigned letter = 0; letter < 256; ++letter) {
        const bool isDigit = letter >= '0' && letter <= '9';
        const unsigned small = letter | 0x20U;
        const bool isLetter = small >= 'a' && small <= 'z' && (letter >= 'A');
        const bool isHex = isDigit || (isLetter && small <= 'f');
        if (isDigit || isLetter || letter == '-' || letter == '_' || letter == '.')
            table[letter] = static_cast<std::uint8_t>(InToken | (letter == '.' ? Dot : 0) | (isHex ? 0 : NoHex));
    }
    return table;
}
constexpr std::array<std::uint8_t, 256> letters = letterTable();

char small(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter | 0x20) : letter;
}

/// Another in every process, so that nobody can write a feed whose values all fall together.
std::uint64_t seed()
{
    static const std::uint64_t drawn = (std::uint64_t{std::random_device()()} << 32U) | std::random_device()();
    return drawn;
}

/// FNV-1a over small letters, stirred at the end so that both halves can be used.
std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ seed();
    for (const char letter : text)
        hash = (hash ^ static_cast<unsigned char>(small(letter))) * 0x100000001b3ULL;
    hash ^= hash >> 32U;
    hash *= 0x9E3779B97F4A7C15ULL;
    return hash ^ (hash >> 29U);
}

std::uint64_t hashOf(const IpBits& ip, int length)
{
    return hashOf({reinterpret_cast<const char*>(ip.bytes.data()), ip.bytes.size()}) ^
           (static_cast<std::uint64_t>(length) * 0xD6E8FEB86659FD93ULL);
}

bool isSame(std::string_view a, std::string_view b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return small(x) == small(y); });
}

std::string_view hostOf(std::string_view url)
{
    const std::size_t begin = url.find("://") + 3;
    const std::string_view rest = url.substr(begin);
    return rest.substr(0, std::min(rest.find_first_of("/?#:"), rest.size()));
}

std::string_view hostOfEmail(std::string_view email)
{
    return email.substr(email.find('@') + 1);
}

int networkLength(const Term& term)
{
    const std::size_t slash = term.value.find('/');
    const auto ip = readIp(std::string_view(term.value).substr(0, slash));
    return std::stoi(term.value.substr(slash + 1)) + (ip && ip->isV4 ? 96 : 0);
}

bool standsAt(std::string_view text, std::size_t at, std::string_view value, bool foldsCase)
{
    if (at > text.size() || text.size() - at < value.size())
        return false;
    const std::string_view there = text.substr(at, value.size());
    return foldsCase ? isSame(there, value) : there == value;
}

} // namespace

struct Watchlist::Hits
{
    std::vector<TermIndex> terms;

    void add(TermIndex term)
    {
        constexpr std::size_t most = 256; // of one record, so that a made-up one costs no more
        if (terms.size() < most && std::find(terms.begin(), terms.end(), term) == terms.end())
            terms.push_back(term);
    }
};

Watchlist::Watchlist(std::vector<IndicatorList> lists)
    : m_lists(std::move(lists))
{
    for (std::uint32_t list = 0; list < m_lists.size(); ++list) {
        for (std::uint32_t i = 0; i < m_lists[list].indicators.size(); ++i) {
            const auto index = static_cast<IndicatorIndex>(m_places.size());
            m_places.push_back({list, i});
            for (const std::vector<Term>& alternative : m_lists[list].indicators[i].alternatives) {
                const auto clause = static_cast<std::uint32_t>(m_clauses.size());
                m_clauses.push_back({index, static_cast<std::uint32_t>(alternative.size())});
                for (const Term& term : alternative)
                    m_clausesOf[termFor(term)].push_back(clause);
            }
        }
    }
    finish();
}

Watchlist::TermIndex Watchlist::termFor(const Term& term)
{
    const auto [place, isNew] = m_known.try_emplace(std::string(toString(term.kind)) + ' ' + term.value,
                                                    static_cast<TermIndex>(m_terms.size()));
    if (!isNew)
        return place->second;
    m_terms.push_back(term);
    m_clausesOf.emplace_back();
    return place->second;
}

void Watchlist::addHash(std::uint64_t hash, TermIndex term)
{
    m_byHash.emplace(hash, term);
}

void Watchlist::finish()
{
    m_known.clear();
    for (TermIndex i = 0; i < m_terms.size(); ++i) {
        const Term& term = m_terms[i];
        switch (term.kind) {
        case TermKind::Address: {
            const IpBits ip = readIp(term.value).value_or(IpBits{});
            m_hasV6 = m_hasV6 || !ip.isV4;
            addHash(hashOf(ip, 128), i);
            m_networkLengths.push_back(128);
            break;
        }
        case TermKind::Network: {
            const int length = networkLength(term);
            const IpBits ip = readIp(std::string_view(term.value).substr(0, term.value.find('/'))).value_or(IpBits{});
            m_hasV6 = m_hasV6 || !ip.isV4;
            addHash(hashOf(ip.prefix(length), length), i);
            m_networkLengths.push_back(length);
            break;
        }
        case TermKind::Url:
            addHash(hashOf(hostOf(term.value)), i);
            break;
        case TermKind::Email:
            addHash(hashOf(hostOfEmail(term.value)), i);
            break;
        default:
            addHash(hashOf(term.value), i);
            break;
        }
        const bool isEntity =
            term.kind == TermKind::Account || term.kind == TermKind::Credential || term.kind == TermKind::UserAgent;
        m_hasEntities = m_hasEntities || isEntity;
        m_hasTokens = m_hasTokens || !isEntity;
    }
    std::sort(m_networkLengths.begin(), m_networkLengths.end());
    m_networkLengths.erase(std::unique(m_networkLengths.begin(), m_networkLengths.end()), m_networkLengths.end());
    // Sixteen bits for each term: of a hundred tokens that are none, one or two are looked up.
    m_bloom.assign(std::bit_ceil(std::max<std::size_t>(16, m_terms.size() / 4)), 0);
    m_bloomMask = m_bloom.size() - 1;
    for (const auto& [hash, term] : m_byHash) {
        m_bloom[(hash >> 6U) & m_bloomMask] |= std::uint64_t{1} << (hash & 63U);
        m_bloom[(hash >> 38U) & m_bloomMask] |= std::uint64_t{1} << ((hash >> 32U) & 63U);
    }
}

const Indicator& Watchlist::indicator(IndicatorIndex index) const
{
    return m_lists[m_places[index].list].indicators[m_places[index].indicator];
}

const IndicatorList& Watchlist::listOf(IndicatorIndex index) const
{
    return m_lists[m_places[index].list];
}

void Watchlist::lookUp(std::uint64_t hash, std::string_view value, TermKind kind, Hits& hits) const
{
    if (!mayHold(hash))
        return;
    const auto [begin, end] = m_byHash.equal_range(hash);
    for (auto place = begin; place != end; ++place) {
        const Term& term = m_terms[place->second];
        const bool isIt = kind == TermKind::UserAgent ? term.value == value : isSame(term.value, value);
        if (term.kind == kind && isIt)
            hits.add(place->second);
    }
}

void Watchlist::matchAddress(const IpBits& ip, Hits& hits) const
{
    for (const int length : m_networkLengths) {
        if (ip.isV4 && length < 96)
            continue;
        const IpBits cut = ip.prefix(length);
        const std::uint64_t hash = hashOf(cut, length);
        if (!mayHold(hash))
            continue;
        const auto [begin, end] = m_byHash.equal_range(hash);
        for (auto place = begin; place != end; ++place) {
            const Term& term = m_terms[place->second];
            const bool isNetwork = term.kind == TermKind::Network && networkLength(term) == length;
            if (!isNetwork && !(term.kind == TermKind::Address && length == 128))
                continue;
            const auto known =
                readIp(std::string_view(term.value).substr(0, std::min(term.value.find('/'), term.value.size())));
            if (known && known->prefix(length) == cut)
                hits.add(place->second);
        }
    }
}

void Watchlist::matchToken(std::string_view text, std::size_t begin, std::size_t end, Hits& hits) const
{
    const std::string_view token = text.substr(begin, end - begin);
    if (token.front() <= '9' && token.front() >= '0' && token.back() <= '9' && token.size() <= 15) {
        if (const auto ip = readIp(token))
            return matchAddress(*ip, hits);
    }
    const std::uint64_t hash = hashOf(token);
    if (!mayHold(hash))
        return;
    const auto [first, last] = m_byHash.equal_range(hash);
    for (auto place = first; place != last; ++place) {
        const Term& term = m_terms[place->second];
        if (term.kind == TermKind::Domain || term.kind == TermKind::Hash) {
            if (isSame(term.value, token))
                hits.add(place->second);
        } else if (term.kind == TermKind::Email && isSame(hostOfEmail(term.value), token)) {
            const std::size_t before = term.value.find('@') + 1;
            const bool isIt = begin >= before && standsAt(text, begin - before, term.value, true);
            const bool isWhole =
                begin == before ||
                (begin > before && (letters[static_cast<unsigned char>(text[begin - before - 1])] & InToken) == 0);
            if (isIt && isWhole)
                hits.add(place->second);
        } else if (term.kind == TermKind::Url && isSame(hostOf(term.value), token)) {
            const std::size_t scheme = term.value.find("://") + 3;
            if (begin >= scheme &&
                standsAt(text, begin - scheme, std::string_view(term.value).substr(0, scheme), true) &&
                standsAt(text, begin, std::string_view(term.value).substr(scheme, token.size()), true) &&
                standsAt(text, end, std::string_view(term.value).substr(scheme + token.size()), false))
                hits.add(place->second);
        }
    }
}

void Watchlist::matchText(std::string_view text, Hits& hits) const
{
    std::size_t at = 0;
    while (at < text.size()) {
        while (at < text.size() && letters[static_cast<unsigned char>(text[at])] == 0)
            ++at;
        const std::size_t begin = at;
        unsigned seen = 0;
        while (at < text.size()) {
            const std::uint8_t letter = letters[static_cast<unsigned char>(text[at])];
            if (letter == 0)
                break;
            seen |= letter;
            ++at;
        }
        std::size_t end = at;
        const std::size_t size = end - begin;
        const bool isHash = (seen & (Dot | NoHex)) == 0 && (size == 32 || size == 40 || size == 64 || size == 128);
        if ((seen & Dot) != 0) {
            while (end > begin && text[end - 1] == '.') // the end of a sentence, or of a full domain name
                --end;
            if (end - begin >= 4)
                matchToken(text, begin, end, hits);
        } else if (isHash) {
            matchToken(text, begin, end, hits);
        }
        if (m_hasV6 && at < text.size() && text[at] == ':' && size <= 4 && (seen & (Dot | NoHex)) == 0) {
            std::size_t last = at;
            while (last < text.size() && (text[last] == ':' || (letters[static_cast<unsigned char>(text[last])] &
                                                                (InToken | NoHex)) == InToken))
                ++last;
            const auto ip = readIp(text.substr(begin, last - begin));
            if (ip && !ip->isV4) {
                matchAddress(*ip, hits);
                at = last;
            }
        }
    }
}

void Watchlist::matchEntities(const Event& event, Hits& hits) const
{
    const auto take = [&](const EntityRef& entity) {
        const TermKind kind = entity.kind == EntityKind::Credential ? TermKind::Credential : TermKind::Account;
        lookUp(hashOf(entity.id), entity.id, kind, hits);
        if (!entity.name.empty() && entity.name != entity.id)
            lookUp(hashOf(entity.name), entity.name, kind, hits);
    };
    if (event.actor)
        take(*event.actor);
    if (event.via)
        take(*event.via);
    for (const EventTarget& target : event.targets)
        take(target.entity);
    if (!event.userAgent.empty())
        lookUp(hashOf(event.userAgent), event.userAgent, TermKind::UserAgent, hits);
}

void Watchlist::match(const Event& event, std::string_view text, std::vector<IndicatorIndex>& found) const
{
    if (m_places.empty())
        return;
    Hits hits;
    if (m_hasTokens) {
        matchText(text, hits);
        // JSON within JSON within JSON is as deep as logs go. What is no JSON is looked at as it stands, too.
        std::string plain = withoutEscapes(text);
        for (int depth = 1; !plain.empty(); ++depth) {
            matchText(plain, hits);
            plain = depth < 3 ? withoutEscapes(plain) : std::string();
        }
        if (const auto ip = readIp(event.address))
            matchAddress(*ip, hits);
    }
    if (m_hasEntities)
        matchEntities(event, hits);
    if (hits.terms.empty())
        return;
    const std::size_t before = found.size();
    std::unordered_map<std::uint32_t, std::uint32_t> complete; ///< terms found, by clause
    for (const TermIndex term : hits.terms) {
        for (const std::uint32_t clause : m_clausesOf[term]) {
            if (++complete[clause] != m_clauses[clause].terms)
                continue;
            const IndicatorIndex index = m_clauses[clause].indicator;
            const auto& until = indicator(index).validUntil;
            const bool isOver = until && event.time > *until;
            if (!isOver &&
                std::find(found.begin() + static_cast<std::ptrdiff_t>(before), found.end(), index) == found.end())
                found.push_back(index);
        }
    }
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(before), found.end());
}

} // namespace cordon::indicators
