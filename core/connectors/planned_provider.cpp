#include "core/connectors/planned_provider.h"

#include <algorithm>

namespace cordon::connectors {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr int mostLooks = 5;
constexpr std::chrono::milliseconds firstPause = 200ms;
constexpr std::chrono::minutes clockDifference{5}; ///< between this machine and the system, at most

const std::vector<std::string_view>& readingVerbs()
{
    static const std::vector<std::string_view> verbs{"inventory.read", "evidence.snapshot", "evidence.collect"};
    return verbs;
}

/// One target: its attributes. Several: attributes by target.
void addAttributes(Value& all, const Action& action, const EntityRef& target, const Value& attributes)
{
    if (action.targets.size() == 1)
        all = attributes;
    else
        all.set(target.key(), attributes);
}

void addLine(std::string& text, const std::string& line)
{
    text += (text.empty() ? "" : "; ") + line;
}

bool isNothing(const Deed& deed)
{
    return !deed.removes && !deed.after.asObject().empty() && deed.before == deed.after;
}

std::string shown(const Deed& deed)
{
    if (isNothing(deed))
        return "nothing: it is so already";
    std::string text;
    for (const Step& step : deed.calls)
        addLine(text, step.shown);
    return text;
}

/// INVARIANT: once something was changed, a failure is never told as "nothing happened".
tl::unexpected<Error> halfDone(const Error& error, const std::string& done)
{
    return done.empty() ? fail(error) : fail(ErrorCode::Io, error.detail + "; half done: " + done);
}

Result<void> runAll(Session& session, const std::vector<Step>& steps, std::string& done)
{
    for (const Step& step : steps) {
        if (const auto ran = session.run(step.call); !ran)
            return halfDone(ran.error(), done);
        addLine(done, step.shown);
    }
    return {};
}

Value recordOf(const EntityRef& target, const Deed& deed)
{
    Value::Array calls;
    if (!isNothing(deed)) {
        for (const Step& step : deed.undo)
            calls.push_back(Value::Object{{"call", step.call}, {"shown", step.shown}});
    }
    return Value::Object{{"target", target.key()}, {"calls", std::move(calls)}, {"after", deed.after}, {"gone", deed.removes}, {"exposes", deed.exposes}};
}

} // namespace

PlannedProvider::PlannedProvider(act::ConnectorSettings settings, std::vector<Ability> abilities, Asker::Pause pause)
    : m_settings(std::move(settings))
    , m_abilities(std::move(abilities))
    , m_pause(pause ? std::move(pause) : Asker::Pause(Asker::waitReally))
{}

bool PlannedProvider::isReading(const Action& action) const
{
    return std::find(readingVerbs().begin(), readingVerbs().end(), action.type) != readingVerbs().end();
}

std::vector<act::Capability> PlannedProvider::capabilities() const
{
    std::vector<act::Capability> all;
    for (const std::string_view verb : readingVerbs())
        all.push_back({std::string(verb), Back::None, {}});
    for (const Ability& ability : m_abilities) {
        const Verb* verb = findVerb(ability.verb);
        if (ability.instead)
            all.push_back(*ability.instead);
        else if (verb)
            all.push_back({std::string(verb->name), verb->back, std::string(verb->undo)});
    }
    return all;
}

Result<Value> PlannedProvider::tenantChecked(Session& session) const
{
    CORDON_TRY(Value said, session.identity());
    if (said["tenant"].asString() != m_settings.tenant)
        return fail(ErrorCode::Denied, m_settings.kind + ": the credential belongs to '" + said["tenant"].asString() + "', not to '" + m_settings.tenant + "'");
    return said;
}

/// INVARIANT: nothing is changed in a system that is not the one of the settings, whatever the credential belongs to.
Result<std::unique_ptr<Session>> PlannedProvider::begin(const std::string& verb, const act::CallContext& context)
{
    CORDON_TRY(auto session, open(verb, context));
    if (!context.key.empty())
        CORDON_CHECK(tenantChecked(*session));
    return session;
}

Result<Value> PlannedProvider::check(const act::CallContext& context)
{
    CORDON_TRY(const auto session, open({}, context));
    return tenantChecked(*session);
}

Result<TargetFacts> PlannedProvider::factsOf(Session& session, const EntityRef& target, const act::CallContext& context) const
{
    CORDON_TRY(TargetFacts facts, session.facts(target));
    facts.asked = context.now;
    facts.environment = m_settings.environment;
    // Nobody stands behind it whom the agent itself could be: known, as against not asked.
    // Tags that it has itself stand among its own.
    const bool isItself = target.kind == EntityKind::Account || target.kind == EntityKind::Role || target.kind == EntityKind::Group;
    if (target.kind != EntityKind::Credential && !facts.owner && !facts.ownerEntity && (!facts.ownerTags || isItself))
        facts.ownerTags.emplace();
    return facts;
}

Result<TargetFacts> PlannedProvider::inspect(const EntityRef& target, const act::CallContext& context)
{
    CORDON_TRY(const auto session, begin({}, context));
    return factsOf(*session, target, context);
}

Result<Deed> PlannedProvider::deedOf(Session& session, const Action& action, const TargetFacts& facts) const
{
    if (!facts.exists)
        return fail(ErrorCode::NotFound, m_settings.kind + ": " + facts.target.id + " does not exist");
    return session.plan(action, facts);
}

Value PlannedProvider::wayBack(const Action& action, Value::Array targets) const
{
    return Value::Object{{"v", 1}, {"kind", m_settings.kind}, {"verb", action.type}, {"targets", std::move(targets)}};
}

Result<Preview> PlannedProvider::preview(const Action& action, const act::CallContext& context)
{
    CORDON_TRY(const auto session, begin({}, context));
    Preview preview;
    Value::Array records;
    bool hasUndo = !isReading(action);
    for (const EntityRef& target : action.targets) {
        CORDON_TRY(const TargetFacts facts, factsOf(*session, target, context));
        if (isReading(action)) {
            addLine(preview.request, "reads " + target.id);
            continue;
        }
        CORDON_TRY(const Deed deed, deedOf(*session, action, facts));
        addLine(preview.request, shown(deed));
        addAttributes(preview.before, action, target, deed.before);
        addAttributes(preview.after, action, target, deed.after);
        preview.dependents.insert(preview.dependents.end(), deed.dependents.begin(), deed.dependents.end());
        preview.stillOpen.insert(preview.stillOpen.end(), deed.stillOpen.begin(), deed.stillOpen.end());
        preview.undo = deed.undoCost;
        records.push_back(recordOf(target, deed));
        hasUndo = hasUndo && (isNothing(deed) || !deed.undo.empty());
    }
    if (hasUndo)
        preview.undoRecord = wayBack(action, std::move(records));
    return preview;
}

Result<act::ExecuteReply> PlannedProvider::execute(const Action& action, const act::CallContext& context)
{
    if (isReading(action))
        return act::ExecuteReply{Value(), "read"};
    m_made.reset();
    CORDON_TRY(const auto session, begin(action.type, context));
    std::string done;
    Value::Array targets;
    bool hasUndo = true;
    for (const EntityRef& target : action.targets) {
        const auto facts = factsOf(*session, target, context);
        if (!facts)
            return halfDone(facts.error(), done);
        const auto deed = deedOf(*session, action, *facts);
        if (!deed)
            return halfDone(deed.error(), done);
        targets.push_back(recordOf(target, *deed));
        if (isNothing(*deed))
            continue;
        hasUndo = hasUndo && !deed->undo.empty();
        CORDON_CHECK(runAll(*session, deed->calls, done));
        if (auto made = session->takeMade())
            m_made = std::move(made);
    }
    m_awaited[action.canonical().value_or(std::string())] = {true, context.now - clockDifference};
    if (done.empty())
        return act::ExecuteReply{Value(), "nothing was to be done: it is so already"};
    act::ExecuteReply reply{Value(), done};
    if (hasUndo)
        reply.undoRecord = wayBack(action, std::move(targets));
    return reply;
}

Result<Outcome> PlannedProvider::readBack(Session& session, const Action& action, const act::CallContext& context,
                                          std::optional<Timestamp> since) const
{
    Outcome outcome;
    outcome.finished = context.now;
    outcome.state = OutcomeState::Verified;
    for (const EntityRef& target : action.targets) {
        CORDON_TRY(const TargetFacts facts, factsOf(session, target, context));
        addAttributes(outcome.seen, action, target, Value::Object(facts.state.begin(), facts.state.end()));
        if (isReading(action))
            continue;
        CORDON_TRY(const Effect effect, session.effect(action, facts, since));
        if (effect == Effect::NotThere)
            outcome.state = OutcomeState::Failed;
        else if (effect == Effect::Unclear && outcome.state == OutcomeState::Verified)
            outcome.state = OutcomeState::Unknown;
        addLine(outcome.detail, target.id + (effect == Effect::There      ? ": as wanted"
                                             : effect == Effect::NotThere ? ": not as wanted"
                                                                          : ": the system does not tell whether it is as wanted"));
    }
    return outcome;
}

Result<Outcome> PlannedProvider::verify(const Action& action, const act::CallContext& context)
{
    CORDON_TRY(const auto session, begin({}, context));
    const auto awaited = m_awaited.find(action.canonical().value_or(std::string()));
    const auto named = Timestamp::parse(action.params["before"].asString());
    const auto since = named                          ? std::optional(Timestamp::fromMicros(named->micros() / 1'000'000 * 1'000'000))
                       : awaited != m_awaited.end() ? std::optional(awaited->second.since)
                                                      : std::nullopt;
    const auto end = steady_clock::now() + context.timeLimit / 2;
    std::chrono::milliseconds pause = firstPause;
    for (int look = 1;; ++look, pause *= 2) {
        CORDON_TRY(Outcome outcome, readBack(*session, action, context, since));
        const bool isAwaited = awaited != m_awaited.end() && outcome.state != OutcomeState::Unknown &&
                               outcome.state != (awaited->second.isThere ? OutcomeState::Verified : OutcomeState::Failed);
        if (!isAwaited || look == mostLooks || steady_clock::now() + pause > end || !m_pause(pause, context.stop))
            return outcome;
    }
}

Result<void> PlannedProvider::checkDrift(const Value& part, const TargetFacts& facts, bool overwrites) const
{
    if (part["gone"].asBool())
        return facts.exists ? fail(ErrorCode::Conflict, facts.target.id + " is there again: somebody made it since") : Result<void>();
    if (!facts.exists)
        return fail(ErrorCode::Conflict, facts.target.id + " is gone: somebody removed it since");
    for (const auto& [name, value] : part["after"].asObject()) {
        if (!overwrites && !(stateOf(facts, name) == value))
            return fail(ErrorCode::Conflict, facts.target.id + ": '" + name + "' changed since; nothing was taken back");
    }
    return {};
}

Result<act::ExecuteReply> PlannedProvider::undo(const Action& action, const Value& undoRecord, bool overwritesDrift,
                                                const act::CallContext& context)
{
    const Value::Array& parts = undoRecord["targets"].asArray();
    if (undoRecord["v"].asInt() != 1 || undoRecord["kind"].asString() != m_settings.kind ||
        undoRecord["verb"].asString() != action.type || parts.size() != action.targets.size())
        return fail(ErrorCode::Unsupported, m_settings.kind + ": this has no way back");
    CORDON_TRY(const auto session, begin(action.type, context));
    // All targets are looked at before the first is touched.
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i]["target"].asString() != action.targets[i].key())
            return fail(ErrorCode::Invalid, m_settings.kind + ": the undo record is of another target");
        if (parts[i]["exposes"].asBool() && !overwritesDrift)
            return fail(ErrorCode::Denied, action.targets[i].id + ": taking this back would make a value good again that leaked; only a person who says so does that");
        CORDON_TRY(const TargetFacts facts, factsOf(*session, action.targets[i], context));
        CORDON_CHECK(checkDrift(parts[i], facts, overwritesDrift));
    }
    act::ExecuteReply reply;
    for (const Value& part : parts) {
        std::vector<Step> steps;
        for (const Value& item : part["calls"].asArray())
            steps.push_back({item["call"], item["shown"].asString()});
        CORDON_CHECK(runAll(*session, steps, reply.detail));
    }
    m_awaited[action.canonical().value_or(std::string())] = {false, context.now};
    return reply;
}

} // namespace cordon::connectors
