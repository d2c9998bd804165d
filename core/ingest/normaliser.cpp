#include "core/ingest/normaliser.h"

#include "core/ingest/arn.h"
#include "core/ingest/entity_names.h"
#include "core/ingest/record_outcome.h"
#include "core/ingest/text_pattern.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

/// 2200-01-01: no log tells of later times, and what is reckoned from them would have no end.
constexpr Timestamp latestTime = Timestamp::fromMicros(7258118400000000);

/// Most targets of one event: a record can list thousands, and each costs room in every index.
constexpr std::size_t mostTargets = 256;
/// Most values of one field that are looked at for entities: a record can hold millions, each the same.
constexpr std::size_t mostValues = 1024;

/// The address without the port that some sources write behind it; nothing when it is none.
std::string_view addressIn(std::string_view text)
{
    if (isIpAddress(text))
        return text;
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return {};
    text = text.substr(0, colon);
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    return isIpAddress(text) ? text : std::string_view();
}

/// One record on its way to an event.
class Reading
{
public:
    Reading(const FieldMap& map, const EventView& view, const SourceClock& clock)
        : m_map(map)
        , m_view(view)
        , m_clock(clock)
        , m_names(map, view)
    {}

    Result<Event> read()
    {
        CORDON_CHECK(readTime());
        m_event.source = m_map.source;
        m_event.tenant = bounded(first(m_map.tenant));
        m_event.region = bounded(first(m_map.region));
        m_event.userAgent = bounded(first(m_map.userAgent));
        m_event.externalId = bounded(first(m_map.externalId));
        if (const std::string_view part = first(m_map.externalIdPart); !part.empty() && !m_event.externalId.empty())
            m_event.externalId += '/' + bounded(part);
        readAddress();
        readAction();
        readOutcome();
        readPartition();
        readIdentity();
        readRefusal(m_map, m_rule, m_view, m_event);
        readTargets();
        return std::move(m_event);
    }

private:
    Result<void> readTime()
    {
        std::optional<Error> why;
        for (const FieldIndex field : m_map.time) {
            const std::string_view found = text(field);
            if (found.empty())
                continue;
            auto time = m_clock.read(found, m_map);
            if (time && *time >= latestTime)
                time = fail(ErrorCode::Invalid, "the record's time lies beyond the year 2199");
            if (time) {
                const std::string_view written = first(m_map.timeText);
                m_event.time = *time;
                m_event.timeText = written.empty() ? found : written;
                return {};
            }
            why = std::move(time.error());
        }
        const bool mustBeTold = !m_map.zone || !m_map.timePattern.empty();
        return why && mustBeTold ? Result<void>(fail(std::move(*why))) : Result<void>();
    }

    void readAddress()
    {
        for (const FieldIndex field : m_map.address) {
            for (const FieldValue& value : m_view.values(field)) {
                if (const std::string_view address = isScalar(value) ? addressIn(value.text) : std::string_view();
                    !address.empty()) {
                    m_event.address = address;
                    return;
                }
            }
        }
    }

    void readAction()
    {
        const std::string_view service = first(m_map.actionService);
        m_verb = first(m_map.actionVerb);
        if (m_verb.empty())
            m_verb = m_map.otherVerb;
        m_event.action = bounded(service.substr(0, service.find('.')));
        if (const std::string_view part = first(m_map.actionPart); !part.empty())
            m_event.action += '/' + bounded(part);
        if (!m_event.action.empty())
            m_event.action += ':';
        m_event.action += bounded(m_verb);
        m_rule = ruleOf(m_map.isCaseFolded ? folded(m_event.action) : m_event.action);
        const auto verb = std::find_if(m_map.verbs.begin(), m_map.verbs.end(), [this](const VerbRule& candidate) {
            return m_verb.substr(0, candidate.prefix.size()) == candidate.prefix;
        });
        m_verbRule = verb == m_map.verbs.end() ? nullptr : &*verb;
        const std::string_view readOnly = first(m_map.readOnly);
        if (!readOnly.empty())
            m_event.isReadOnly = readOnly == "true";
        else if (m_rule && m_rule->isReadOnly)
            m_event.isReadOnly = *m_rule->isReadOnly;
        else
            m_event.isReadOnly = m_verbRule && m_verbRule->isReadOnly;
    }

    [[nodiscard]] const ActionRule* ruleOf(const std::string& action) const
    {
        if (const auto rule = m_map.actions.find(action); rule != m_map.actions.end())
            return &rule->second;
        const auto pattern = std::find_if(m_map.actionPatterns.begin(), m_map.actionPatterns.end(),
                                          [&action](const auto& one) { return fitsPattern(action, one.first); });
        return pattern == m_map.actionPatterns.end() ? nullptr : &pattern->second;
    }

    void readOutcome()
    {
        m_event.error = bounded(first(m_map.error));
        m_event.outcome = m_map.outcome           ? outcomeBy(*m_map.outcome, first(m_map.outcome->from))
                          : m_event.error.empty() ? EventOutcome::Success
                                                  : EventOutcome::Failure;
        if (std::any_of(m_map.failedWhen.begin(), m_map.failedWhen.end(),
                        [this](const FieldCondition& condition) { return holds(condition, m_view); }))
            m_event.outcome = EventOutcome::Failure;
        const bool hasFailed = m_event.outcome == EventOutcome::Failure;
        if (!hasFailed) // some sources give a reason for what they let pass, too
            m_event.error.clear();
        // A change that was refused changed nothing.
        m_event.isIdentityChange = m_rule && m_rule->isIdentityChange && !hasFailed;
    }

    void readPartition()
    {
        m_names.region = m_event.region;
        for (const FieldIndex field : m_map.partitionFrom) {
            if (const auto arn = Arn::parse(text(field))) {
                m_names.partition = arn->partition;
                return;
            }
        }
        if (m_event.region.rfind("cn-", 0) == 0)
            m_names.partition = "aws-cn";
        else if (m_event.region.rfind("us-gov-", 0) == 0)
            m_names.partition = "aws-us-gov";
    }

    void readIdentity()
    {
        const std::string_view actorAccount = first(m_map.actorAccount);
        m_names.account = actorAccount.empty() ? std::string_view(m_event.tenant) : actorAccount;
        const IdentityRule* rule = nullptr;
        for (const IdentityRule& candidate : m_map.identityOrder) {
            if (candidate.actor && takeActor(*candidate.actor)) {
                rule = &candidate;
                break;
            }
        }
        if (!rule) {
            const auto special = m_map.identities.find(first(m_map.identityType));
            rule = special == m_map.identities.end() ? &m_map.otherIdentity : &special->second;
            if (rule->actor)
                takeActor(*rule->actor);
        }
        readCredential();
        if (rule->session)
            eachEntity(*rule->session, {}, [this](EntityRef&& session) {
                addTarget(std::move(session), "used");
                return false;
            });
        if (!m_event.tenant.empty())
            m_names.account = m_event.tenant;
    }

    bool takeActor(const EntityRule& rule)
    {
        eachEntity(rule, {}, [this](EntityRef&& actor) {
            m_event.actor = std::move(actor);
            return false;
        });
        return m_event.actor.has_value();
    }

    void readCredential()
    {
        if (const std::string_view id = first(m_map.credentialId); !id.empty()) {
            EntityRef credential{EntityKind::Credential, bounded(id), {}, bounded(id)};
            for (const auto& [prefix, type] : m_map.credentialTypes) {
                if (id.substr(0, prefix.size()) == prefix)
                    credential.type = type;
            }
            m_event.via = std::move(credential);
        }
        for (const EntityRule& rule : m_map.credentialOrder) {
            eachEntity(rule, {}, [this](EntityRef&& credential) {
                if (m_event.via)
                    addTarget(std::move(credential), "used");
                else
                    m_event.via = std::move(credential);
                return false;
            });
        }
    }

    void readTargets()
    {
        const bool hasOwn = m_rule && m_rule->hasTargets;
        for (const TargetRule& rule : hasOwn ? m_rule->targets : m_map.usualTargets)
            readTarget(rule);
        if (!hasOwn)
            readNamedResources();
    }

    void readTarget(const TargetRule& rule)
    {
        std::string owner;
        if (!rule.owner.empty()) {
            eachEntity(rule.owner.front(), {}, [&owner](EntityRef&& found) {
                owner = std::move(found.id);
                return false;
            });
            if (owner.empty())
                return;
        }
        const std::size_t before = m_event.targets.size();
        eachEntity(rule.entity, owner, [this, &rule](EntityRef&& entity) {
            const bool isNamed = rule.isLast && std::any_of(m_event.targets.begin(), m_event.targets.end(),
                                                            [&entity](const EventTarget& there) {
                                                                return there.entity.id == entity.id;
                                                            });
            if (!isNamed)
                addTarget(std::move(entity), rule.relation.empty() ? usualRelation() : std::string_view(rule.relation));
            return m_event.targets.size() < mostTargets;
        });
        if (!rule.also.empty() && m_event.targets.size() == before + 1)
            readOtherName(rule.also.front());
    }

    /// The other name of the newest target. Of several names nobody can say which belongs to what, so they are left out.
    void readOtherName(const EntityRule& rule)
    {
        std::vector<EntityRef> names;
        eachEntity(rule, {}, [&names](EntityRef&& entity) {
            names.push_back(std::move(entity));
            return names.size() < 2;
        });
        const EntityRef& named = m_event.targets.back().entity;
        if (names.size() == 1 && (names.front().id != named.id || names.front().kind != named.kind))
            addTarget(std::move(names.front()), "also");
    }

    void readNamedResources()
    {
        for (const FieldIndex field : m_map.namedResources) {
            for (const FieldValue& value : m_view.values(field)) {
                if (isScalar(value) && Arn::parse(value.text)) {
                    if (auto entity = m_names.byArn(value.text))
                        addTarget(std::move(*entity), usualRelation());
                }
            }
        }
    }

    [[nodiscard]] std::string_view usualRelation() const
    {
        if (m_rule && !m_rule->relation.empty())
            return m_rule->relation;
        return m_verbRule ? std::string_view(m_verbRule->relation) : "used";
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
        const bool applies = std::all_of(rule.when.begin(), rule.when.end(),
                                         [this](const FieldCondition& condition) { return holds(condition, m_view); });
        if (!applies)
            return;
        for (const FieldIndex field : rule.id) {
            const auto ids = m_view.values(field);
            bool isFound = false;
            for (std::size_t at = 0; at < std::min(ids.size(), mostValues); ++at) {
                if (!isScalar(ids[at]) || ids[at].text.empty())
                    continue;
                auto entity = entityOf(rule, ids[at].text, owner);
                if (!entity)
                    continue;
                isFound = true;
                if (const std::string_view name = nameFor(rule, at, ids.size()); !name.empty())
                    entity->name = bounded(name);
                if (!take(std::move(*entity)))
                    return;
            }
            if (isFound)
                return;
        }
        if (rule.orActor && m_event.actor)
            take(EntityRef(*m_event.actor));
    }

    [[nodiscard]] std::optional<EntityRef> entityOf(const EntityRule& rule, std::string_view text,
                                                    std::string_view owner) const
    {
        if (rule.thing)
            return m_names.made(*rule.thing, text, owner);
        return rule.isToldByName ? m_names.byName(text) : m_names.byArn(text);
    }

    /// As many names as ids go one to one; otherwise a name can only be that of a single id.
    [[nodiscard]] std::string_view nameFor(const EntityRule& rule, std::size_t at, std::size_t count) const
    {
        for (const FieldIndex field : rule.name) {
            const auto names = m_view.values(field);
            if (names.size() == count && isScalar(names[at]) && !names[at].text.empty())
                return names[at].text;
            if (count == 1 && !text(field).empty())
                return text(field);
        }
        return {};
    }

    [[nodiscard]] std::string_view text(FieldIndex field) const
    {
        for (const FieldValue& value : m_view.values(field)) {
            if (isScalar(value) && !value.text.empty())
                return value.text;
        }
        return {};
    }

    [[nodiscard]] std::string_view first(const std::vector<FieldIndex>& fields) const
    {
        for (const FieldIndex field : fields) {
            if (const std::string_view found = text(field); !found.empty())
                return found;
        }
        return {};
    }

    const FieldMap& m_map;
    const EventView& m_view;
    const SourceClock& m_clock;
    EntityNames m_names;
    Event m_event;
    std::string_view m_verb;
    const ActionRule* m_rule = nullptr;
    const VerbRule* m_verbRule = nullptr;
};

} // namespace

Result<Event> normalise(const FieldMap& map, const EventView& view, const SourceClock& clock)
{
    return Reading(map, view, clock).read();
}

} // namespace cordon::ingest
