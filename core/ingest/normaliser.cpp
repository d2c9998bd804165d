#include "core/ingest/normaliser.h"

#include "core/ingest/arn.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

/// Longest text taken over from a record into an event; the rest can be seen in the evidence.
constexpr std::size_t longestText = 2048;
/// Most targets of one event: a record can list thousands, and each costs room in every index.
constexpr std::size_t mostTargets = 256;

bool isScalar(const FieldValue& value)
{
    return value.kind != FieldValue::Kind::Null && value.kind != FieldValue::Kind::Object;
}

/// Cut at a place where no UTF-8 sequence is split.
std::string bounded(std::string_view text)
{
    if (text.size() > longestText) {
        std::size_t end = longestText;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
            --end;
        text = text.substr(0, end);
    }
    return std::string(text);
}

/// One record on its way to an event.
class Reading
{
public:
    Reading(const FieldMap& map, const EventView& view)
        : m_map(map)
        , m_view(view)
    {}

    Result<Event> read()
    {
        CORDON_CHECK(readTime());
        m_event.source = m_map.source;
        m_event.tenant = bounded(first(m_map.tenant));
        m_event.region = bounded(first(m_map.region));
        m_event.userAgent = bounded(first(m_map.userAgent));
        m_event.externalId = bounded(first(m_map.externalId));
        const std::string_view address = first(m_map.address);
        if (isIpAddress(address))
            m_event.address = address;
        readAction();
        readOutcome();
        readPartition();
        readIdentity();
        readTargets();
        return std::move(m_event);
    }

private:
    Result<void> readTime()
    {
        const std::string_view text = first(m_map.time);
        if (text.empty())
            return fail(ErrorCode::Invalid, "the record has no time");
        const auto time = Timestamp::parse(text);
        if (!time)
            return fail(ErrorCode::Invalid, "the record's time cannot be read");
        m_event.time = *time;
        m_event.timeText = text;
        return {};
    }

    void readAction()
    {
        const std::string_view service = first(m_map.actionService);
        m_verb = first(m_map.actionVerb);
        m_event.action = bounded(service.substr(0, service.find('.')));
        if (!m_event.action.empty())
            m_event.action += ':';
        m_event.action += bounded(m_verb);
        const auto rule = m_map.actions.find(m_event.action);
        m_rule = rule == m_map.actions.end() ? nullptr : &rule->second;
        const auto verb = std::find_if(m_map.verbs.begin(), m_map.verbs.end(), [this](const VerbRule& candidate) {
            return m_verb.substr(0, candidate.prefix.size()) == candidate.prefix;
        });
        m_verbRule = verb == m_map.verbs.end() ? nullptr : &*verb;
        const std::string_view readOnly = first(m_map.readOnly);
        m_event.isReadOnly = readOnly.empty() ? m_verbRule != nullptr && m_verbRule->isReadOnly : readOnly == "true";
    }

    void readOutcome()
    {
        m_event.error = bounded(first(m_map.error));
        const bool hasFailed =
            !m_event.error.empty() || std::any_of(m_map.failedWhen.begin(), m_map.failedWhen.end(),
                                                  [this](const FieldCondition& condition) { return holds(condition); });
        m_event.outcome = hasFailed ? EventOutcome::Failure : EventOutcome::Success;
        // A change that was refused changed nothing.
        m_event.isIdentityChange = m_rule && m_rule->isIdentityChange && !hasFailed;
    }

    void readPartition()
    {
        for (const FieldIndex field : m_map.partitionFrom) {
            if (const auto arn = Arn::parse(text(field))) {
                m_partition = arn->partition;
                return;
            }
        }
        if (m_event.region.rfind("cn-", 0) == 0)
            m_partition = "aws-cn";
        else if (m_event.region.rfind("us-gov-", 0) == 0)
            m_partition = "aws-us-gov";
    }

    void readIdentity()
    {
        const std::string_view actorAccount = first(m_map.actorAccount);
        m_account = actorAccount.empty() ? std::string_view(m_event.tenant) : actorAccount;
        const auto special = m_map.identities.find(first(m_map.identityType));
        const IdentityRule& rule = special == m_map.identities.end() ? m_map.otherIdentity : special->second;
        if (rule.actor)
            eachEntity(*rule.actor, {}, [this](EntityRef&& actor) {
                m_event.actor = std::move(actor);
                return false;
            });
        readCredential();
        if (rule.session)
            eachEntity(*rule.session, {}, [this](EntityRef&& session) {
                addTarget(std::move(session), "used");
                return false;
            });
        m_account = m_event.tenant.empty() ? m_account : std::string_view(m_event.tenant);
    }

    void readCredential()
    {
        const std::string_view id = first(m_map.credentialId);
        if (id.empty())
            return;
        EntityRef credential{EntityKind::Credential, bounded(id), {}, bounded(id)};
        for (const auto& [prefix, type] : m_map.credentialTypes) {
            if (id.substr(0, prefix.size()) == prefix)
                credential.type = type;
        }
        m_event.via = std::move(credential);
    }

    void readTargets()
    {
        if (!m_rule)
            return readNamedResources();
        for (const TargetRule& rule : m_rule->targets) {
            const bool applies = std::all_of(rule.when.begin(), rule.when.end(),
                                             [this](const FieldCondition& condition) { return holds(condition); });
            if (!applies)
                continue;
            std::string owner;
            if (!rule.owner.empty()) {
                eachEntity(rule.owner.front(), {}, [&owner](EntityRef&& found) {
                    owner = std::move(found.id);
                    return false;
                });
                if (owner.empty())
                    continue;
            }
            eachEntity(rule.entity, owner, [this, &rule](EntityRef&& entity) {
                addTarget(std::move(entity), rule.relation);
                return true;
            });
        }
    }

    void readNamedResources()
    {
        const std::string_view relation = m_verbRule ? std::string_view(m_verbRule->relation) : "used";
        for (const FieldIndex field : m_map.namedResources) {
            for (const FieldValue& value : m_view.values(field)) {
                if (isScalar(value) && Arn::parse(value.text))
                    addTarget(byArn(value.text), relation);
            }
        }
    }

    void addTarget(EntityRef&& entity, std::string_view relation)
    {
        EventTarget target{std::move(entity), std::string(relation)};
        const bool isThere = std::find(m_event.targets.begin(), m_event.targets.end(), target) != m_event.targets.end();
        if (!isThere && m_event.targets.size() < mostTargets)
            m_event.targets.push_back(std::move(target));
    }

    /// Calls `take` with each entity that the rule finds, until it returns false.
    template<class Take>
    void eachEntity(const EntityRule& rule, std::string_view owner, const Take& take)
    {
        for (const FieldIndex field : rule.id) {
            bool isFound = false;
            for (const FieldValue& value : m_view.values(field)) {
                if (!isScalar(value) || value.text.empty())
                    continue;
                isFound = true;
                if (!take(entityOf(rule, value.text, owner)))
                    return;
            }
            if (isFound)
                return;
        }
        if (rule.orActor && m_event.actor)
            take(EntityRef(*m_event.actor));
    }

    EntityRef entityOf(const EntityRule& rule, std::string_view text, std::string_view owner) const
    {
        EntityRef entity = rule.thing ? made(*rule.thing, text, owner) : byArn(text);
        if (const std::string_view name = first(rule.name); !name.empty())
            entity.name = bounded(name);
        return entity;
    }

    EntityRef made(const Thing& thing, std::string_view text, std::string_view owner) const
    {
        const bool isArn = thing.spelling != Spelling::AsIs && Arn::parse(text);
        EntityRef entity{
            thing.kind, bounded(isArn ? spelled(thing.spelling, text) : filled(thing.id, text, owner)), thing.type, {}};
        entity.name = bounded(isArn ? lastPart(entity.id) : text);
        if (thing.kind == EntityKind::Account && Arn::parse(entity.id) && Arn::parse(entity.id)->resource == "root")
            entity.type = "root";
        return entity;
    }

    /// The thing whose ARNs this is one of; any other ARN is a resource.
    EntityRef byArn(std::string_view text) const
    {
        const auto arn = Arn::parse(text);
        for (const auto& [name, thing] : m_map.things) {
            for (const std::string& pattern : thing.arns) {
                const std::size_t colon = pattern.find(':');
                const std::string_view start = std::string_view(pattern).substr(colon + 1);
                if (arn && arn->service == std::string_view(pattern).substr(0, colon) &&
                    arn->resource.substr(0, start.size()) == start)
                    return made(thing, text, {});
            }
        }
        return {arn ? EntityKind::Resource : EntityKind::Account, bounded(text), {}, bounded(lastPart(text))};
    }

    static std::string spelled(Spelling spelling, std::string_view arn)
    {
        switch (spelling) {
        case Spelling::IamName:
            return withoutIamPath(arn);
        case Spelling::SecretName:
            return withoutSecretSuffix(arn);
        case Spelling::ArnTail:
            return std::string(lastPart(arn));
        case Spelling::AsIs:
        case Spelling::Arn:
            break;
        }
        return std::string(arn);
    }

    std::string filled(std::string_view pattern, std::string_view text, std::string_view owner) const
    {
        if (pattern.empty())
            return std::string(text);
        std::string whole;
        while (!pattern.empty()) {
            const std::size_t open = std::min(pattern.find('{'), pattern.size());
            whole += pattern.substr(0, open);
            pattern.remove_prefix(open);
            const std::size_t close = pattern.find('}');
            if (close == std::string_view::npos) {
                whole += pattern;
                break;
            }
            whole += named(pattern.substr(1, close - 1), text, owner);
            pattern.remove_prefix(close + 1);
        }
        return whole;
    }

    std::string_view named(std::string_view place, std::string_view text, std::string_view owner) const
    {
        if (place == "text")
            return text;
        if (place == "path") // a name that may be written with or without its first slash
            return text.substr(text.rfind('/', 0) == 0 ? 1 : 0);
        if (place == "partition")
            return m_partition;
        if (place == "region")
            return m_event.region;
        if (place == "account")
            return m_account;
        return place == "owner" ? owner : std::string_view();
    }

    bool holds(const FieldCondition& condition) const
    {
        const auto values = m_view.values(condition.field);
        return std::any_of(values.begin(), values.end(), [&condition](const FieldValue& value) {
            return isScalar(value) && value.text == condition.is;
        });
    }

    std::string_view text(FieldIndex field) const
    {
        for (const FieldValue& value : m_view.values(field)) {
            if (isScalar(value) && !value.text.empty())
                return value.text;
        }
        return {};
    }

    std::string_view first(const std::vector<FieldIndex>& fields) const
    {
        for (const FieldIndex field : fields) {
            if (const std::string_view found = text(field); !found.empty())
                return found;
        }
        return {};
    }

    const FieldMap& m_map;
    const EventView& m_view;
    Event m_event;
    std::string_view m_verb;
    const ActionRule* m_rule = nullptr;
    const VerbRule* m_verbRule = nullptr;
    std::string_view m_partition = "aws";
    std::string_view m_account;
};

} // namespace

const FieldMap* recognise(const FieldMaps& maps, const EventView& view)
{
    const auto isThere = [&view](FieldIndex field) {
        const auto values = view.values(field);
        return std::any_of(values.begin(), values.end(),
                           [](const FieldValue& value) { return value.kind != FieldValue::Kind::Null; });
    };
    for (const auto& map : maps.maps()) {
        const auto found = std::count_if(map->recogniseBy.begin(), map->recogniseBy.end(), isThere);
        if (static_cast<std::size_t>(found) >= map->recogniseAtLeast)
            return map.get();
    }
    return nullptr;
}

Result<Event> normalise(const FieldMap& map, const EventView& view)
{
    return Reading(map, view).read();
}

} // namespace cordon::ingest
