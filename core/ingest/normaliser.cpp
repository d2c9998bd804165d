#include "core/ingest/normaliser.h"

#include "core/ingest/arn.h"
#include "core/ingest/entity_reading.h"
#include "core/ingest/record_outcome.h"
#include "core/ingest/text_pattern.h"

#include <algorithm>
#include <array>

namespace cordon::ingest {
namespace {

/// 2200-01-01: no log tells of later times, and what is reckoned from them would have no end.
constexpr Timestamp latestTime = Timestamp::fromMicros(7258118400000000);

/// Most targets of one event: a record can list thousands, and each costs room in every index.
constexpr std::size_t mostTargets = 256;
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
        , m_found(map, view, m_event.actor)
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
        m_found.names.region = m_event.region;
        for (const FieldIndex field : m_map.partitionFrom) {
            if (const auto arn = Arn::parse(text(field))) {
                m_found.names.partition = arn->partition;
                return;
            }
        }
        if (m_event.region.rfind("cn-", 0) == 0)
            m_found.names.partition = "aws-cn";
        else if (m_event.region.rfind("us-gov-", 0) == 0)
            m_found.names.partition = "aws-us-gov";
    }

    void readIdentity()
    {
        const std::string_view actorAccount = first(m_map.actorAccount);
        m_found.names.account = actorAccount.empty() ? std::string_view(m_event.tenant) : actorAccount;
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
            m_found.each(*rule->session, {}, [this](EntityRef&& session) {
                addTarget(std::move(session), "used");
                return false;
            });
        if (!m_event.tenant.empty())
            m_found.names.account = m_event.tenant;
    }

    bool takeActor(const EntityRule& rule)
    {
        m_found.each(rule, {}, [this](EntityRef&& actor) {
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
            m_found.each(rule, {}, [this](EntityRef&& credential) {
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
            m_found.each(rule.owner.front(), {}, [&owner](EntityRef&& found) {
                owner = std::move(found.id);
                return false;
            });
            if (owner.empty())
                return;
        }
        const std::set<EntityRef> excepted = m_found.exceptedBy(rule, owner);
        const std::size_t before = m_event.targets.size();
        m_found.each(rule.entity, owner, [&](EntityRef&& entity) {
            if (excepted.contains(entity))
                return true;
            const bool isNamed = rule.isLast && std::any_of(m_event.targets.begin(), m_event.targets.end(),
                                                            [&entity](const EventTarget& there) {
                                                                return there.entity.id == entity.id;
                                                            });
            if (!isNamed)
                addTarget(std::move(entity), relationIn(rule));
            return m_event.targets.size() < mostTargets;
        });
        if (!rule.also.empty() && m_event.targets.size() == before + 1)
            readOtherName(rule.also.front());
    }

    /// The other name of the newest target. Of several names nobody can say which belongs to what, so they are left out.
    void readOtherName(const EntityRule& rule)
    {
        std::vector<EntityRef> names;
        m_found.each(rule, {}, [&names](EntityRef&& entity) {
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
                    if (auto entity = m_found.names.byArn(value.text))
                        addTarget(std::move(*entity), relationIn(value.text));
                }
            }
        }
    }

    /// `DeleteFunction` is said of a function; `DeleteAlias` names the key as well that the alias stood for.
    [[nodiscard]] std::string_view relationIn(std::string_view arn) const
    {
        const std::string_view usual = usualRelation();
        std::string type(Arn::parse(arn)->resource);
        type.resize(std::min(type.size(), type.find_first_of(":/")));
        std::erase(type, '-');
        const bool isSubject = !type.empty() && fitsPattern(m_verb, '*' + type);
        return isSubject ? usual : ofPart(usual);
    }

    /// What a verb about a part of the thing did to it.
    [[nodiscard]] static std::string_view ofPart(std::string_view relation)
    {
        constexpr std::array<std::string_view, 7> makings{"created", "deleted",  "activated", "deactivated",
                                                          "stopped", "attached", "detached"};
        const bool isMaking = std::find(makings.begin(), makings.end(), relation) != makings.end();
        return isMaking ? std::string_view("updated") : relation;
    }

    /// A verb that is not about the thing is about a part of it, which at most changed it.
    [[nodiscard]] std::string_view relationIn(const TargetRule& rule) const
    {
        if (!rule.relation.empty())
            return rule.relation;
        const std::string_view usual = usualRelation();
        const auto isAction = [this](const std::string& pattern) { return fitsPattern(m_event.action, pattern); };
        const bool isSubject = rule.subjectOf.empty() || std::any_of(rule.subjectOf.begin(), rule.subjectOf.end(), isAction);
        return isSubject ? usual : ofPart(usual);
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

    [[nodiscard]] std::string_view text(FieldIndex field) const { return m_found.text(field); }
    [[nodiscard]] std::string_view first(const std::vector<FieldIndex>& fields) const { return m_found.first(fields); }

    const FieldMap& m_map;
    const EventView& m_view;
    const SourceClock& m_clock;
    Event m_event;
    EntityReading m_found;
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
