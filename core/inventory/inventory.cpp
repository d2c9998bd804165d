#include "core/inventory/inventory.h"

#include <algorithm>

namespace cordon::inventory {
namespace {

Timestamp trueAt(const InventoryList& list, const InventoryRow* row)
{
    return row && row->asOf ? *row->asOf : list.asOf;
}

void join(std::vector<std::string>& all, const std::vector<std::string>& more)
{
    for (const std::string& one : more) {
        if (std::find(all.begin(), all.end(), one) == all.end())
            all.push_back(one);
    }
}

std::string textOf(const std::vector<std::string>& tags)
{
    std::string text;
    for (const std::string& tag : tags)
        text += (text.empty() ? "" : ", ") + tag;
    return text;
}

bool isLowerCased(EntityKind kind, std::string_view id)
{
    return kind == EntityKind::Host || (kind == EntityKind::Account && id.find_first_of("@\\") != std::string_view::npos);
}

/// How records spell what a list may spell otherwise: IAM's ARNs without their path, names of directories and hosts in
/// lower case. Source: docs/formats/entities.md
std::string spellingInRecords(EntityKind kind, const std::string& id)
{
    std::string spelled = id;
    if (isLowerCased(kind, id)) {
        for (char& letter : spelled)
            letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    if (!id.starts_with("arn:") || id.find(":iam::") == std::string::npos)
        return spelled;
    const std::size_t name = id.rfind('/');
    for (const std::string_view type : {":user/", ":role/", ":group/"}) {
        const std::size_t place = id.find(type);
        if (place != std::string::npos && place + type.size() - 1 < name)
            return id.substr(0, place + type.size()) + id.substr(name + 1);
    }
    return spelled;
}

/// What several lists say of one attribute, while their time lasts.
class Answers
{
public:
    void add(const std::string& value)
    {
        if (!value.empty() && std::find(m_all.begin(), m_all.end(), value) == m_all.end())
            m_all.push_back(value);
    }
    [[nodiscard]] bool differ() const { return m_all.size() > 1; }

private:
    std::vector<std::string> m_all;
};

/// Notes of one source while the facts of one thing are put together.
struct Notes
{
    TargetFacts& facts;
    Timestamp now;

    void add(const char* attribute, std::string value, const Inventory::Said& said, bool isUsed) const
    {
        facts.sources.push_back({attribute, std::move(value), said.list->name, trueAt(*said.list, said.row), isUsed});
    }
};

void addCriticality(const Notes& notes, const Inventory::Said& said, bool isOver)
{
    if (!said.row->criticality)
        return;
    std::optional<Criticality>& known = notes.facts.criticality;
    const bool isUsed = !isOver || *said.row->criticality == Criticality::High;
    if (isUsed && (!known || *known < *said.row->criticality))
        known = said.row->criticality;
    notes.add("criticality", std::string(toString(*said.row->criticality)), said, isUsed);
}

void addOwner(const Notes& notes, const Inventory::Said& said, bool isOver)
{
    TargetFacts& facts = notes.facts;
    if (!said.row->owner)
        return;
    const bool isUsed = !isOver && !facts.owner && !facts.ownerEntity;
    if (isUsed) {
        facts.owner = spellingInRecords(EntityKind::Account, *said.row->owner);
        facts.ownerEntity = EntityRef{EntityKind::Account, *facts.owner, {}, {}};
    }
    notes.add("owner", *said.row->owner, said, isUsed);
}

void addDependents(const Notes& notes, const Inventory::Said& said)
{
    for (const EntityRef& user : said.row->usedBy) {
        if (!notes.facts.dependents)
            notes.facts.dependents.emplace();
        if (std::find(notes.facts.dependents->begin(), notes.facts.dependents->end(), user) ==
            notes.facts.dependents->end())
            notes.facts.dependents->push_back(user);
        notes.add("dependents", user.key(), said, true);
    }
}

} // namespace

void Inventory::add(InventoryList list)
{
    const auto same = std::find_if(m_lists.begin(), m_lists.end(),
                                   [&](const InventoryList& known) { return known.name == list.name; });
    if (same != m_lists.end())
        *same = std::move(list);
    else
        m_lists.push_back(std::move(list));
    index();
}

void Inventory::index()
{
    m_places.clear();
    for (std::size_t list = 0; list < m_lists.size(); ++list) {
        for (std::size_t row = 0; row < m_lists[list].rows.size(); ++row) {
            const InventoryRow& said = m_lists[list].rows[row];
            std::set<std::string> keys;
            const auto add = [&](const std::string& id) {
                keys.insert(EntityRef{said.entity.kind, id, {}, {}}.key());
                keys.insert(EntityRef{said.entity.kind, spellingInRecords(said.entity.kind, id), {}, {}}.key());
            };
            add(said.entity.id);
            std::for_each(said.aliases.begin(), said.aliases.end(), add);
            for (const std::string& key : keys)
                m_places[key].push_back({list, row});
        }
    }
}

std::vector<Inventory::Said> Inventory::rowsOf(const EntityRef& entity) const
{
    std::vector<Said> all;
    const auto found = m_places.find(entity.key());
    if (found == m_places.end())
        return all;
    for (const Place& place : found->second)
        all.push_back({&m_lists[place.list], &m_lists[place.list].rows[place.row]});
    return all;
}

bool Inventory::isOver(const InventoryList& list, const InventoryRow* row, Timestamp now)
{
    return now > trueAt(list, row) + list.validFor;
}

const InventoryList* Inventory::whoKnowsAllTags(EntityKind kind, Timestamp now) const
{
    const auto found = std::find_if(m_lists.begin(), m_lists.end(), [&](const InventoryList& list) {
        // Of a list with rows that could not be read nobody knows what they would have said.
        return list.authoritativeFor.contains(kind) && list.rejected.empty() && !isOver(list, nullptr, now);
    });
    return found == m_lists.end() ? nullptr : &*found;
}

void Inventory::complete(TargetFacts& facts, Timestamp now) const
{
    if (isEmpty())
        return;
    const Notes notes{facts, now};
    facts.contradictions.clear();
    const std::optional<std::string> answered = facts.environment;
    const bool hasOwner = facts.owner || facts.ownerEntity;
    const bool hasType = !facts.target.type.empty();
    Answers owners;
    Answers types;
    if (hasOwner)
        owners.add(facts.ownerEntity ? facts.ownerEntity->id : *facts.owner);
    if (hasType)
        types.add(facts.target.type);
    std::set<std::string> environments;
    for (const Said& said : rowsOf(facts.target)) {
        const bool isLate = isOver(*said.list, said.row, now);
        if (!isLate) {
            owners.add(said.row->owner ? spellingInRecords(EntityKind::Account, *said.row->owner) : std::string());
            types.add(said.row->entity.type);
        }
        addCriticality(notes, said, isLate);
        addOwner(notes, said, isLate);
        addDependents(notes, said);
        join(facts.knownTags, said.row->tags);
        if (!said.row->tags.empty())
            notes.add("tags", textOf(said.row->tags), said, true);
        if (facts.target.type.empty() && !isLate)
            facts.target.type = said.row->entity.type;
        if (said.row->environment) {
            // Also an old list may say that a thing is elsewhere than its connector thinks.
            const bool isUsed = !isLate || answered;
            if (isUsed)
                environments.insert(*said.row->environment);
            notes.add("environment", *said.row->environment, said, isUsed);
        }
    }
    if (answered && !facts.isSimulated)
        environments.insert(*answered);
    if (!answered || !facts.isSimulated) {
        facts.environment = environments.size() == 1 ? std::optional(*environments.begin()) : std::nullopt;
        if (environments.size() > 1)
            facts.contradictions.emplace_back("environment");
    }
    // What the connector answered stands, and is told to be contradicted; between lists nobody knows.
    if (owners.differ()) {
        facts.contradictions.emplace_back("owner");
        if (!hasOwner) {
            facts.owner.reset();
            facts.ownerEntity.reset();
        }
    }
    if (types.differ()) {
        facts.contradictions.emplace_back("type");
        facts.target.type = hasType ? facts.target.type : std::string();
    }
    if (facts.tags) {
        join(*facts.tags, facts.knownTags);
    } else if (const InventoryList* all = whoKnowsAllTags(facts.target.kind, now)) {
        facts.tags = facts.knownTags;
        notes.add("tags_complete", textOf(facts.knownTags), {all, nullptr}, true);
    }
    completeOwner(facts, now);
}

void Inventory::completeOwner(TargetFacts& facts, Timestamp now) const
{
    EntityRef owner{EntityKind::Account, facts.owner.value_or(std::string()), {}, {}};
    if (facts.ownerEntity)
        owner = *facts.ownerEntity;
    if (owner.id.empty())
        return;
    for (const Said& said : rowsOf(owner)) {
        join(facts.ownerKnownTags, said.row->tags);
        if (!said.row->tags.empty())
            Notes{facts, now}.add("owner_tags", textOf(said.row->tags), said, true);
    }
    if (facts.ownerTags) {
        join(*facts.ownerTags, facts.ownerKnownTags);
    } else if (const InventoryList* all = whoKnowsAllTags(owner.kind, now)) {
        facts.ownerTags = facts.ownerKnownTags;
        Notes{facts, now}.add("owner_tags_complete", textOf(facts.ownerKnownTags), {all, nullptr}, true);
    }
}

int Inventory::population(EntityKind kind, Timestamp now) const
{
    std::set<std::string> ids;
    for (const InventoryList& list : m_lists) {
        for (const InventoryRow& row : list.rows) {
            if (row.entity.kind == kind && !isOver(list, &row, now))
                ids.insert(row.entity.id);
        }
    }
    return static_cast<int>(ids.size());
}

} // namespace cordon::inventory
