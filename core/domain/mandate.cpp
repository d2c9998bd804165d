#include "core/domain/mandate.h"

#include "core/domain/target_facts.h"

#include <algorithm>
#include <array>

namespace cordon {
namespace {

constexpr std::array<std::string_view, 5> attributeNames{"type", "environment", "criticality", "owner", "tag"};

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._:@/+-").find(c) != std::string_view::npos;
}

bool isName(std::string_view text)
{
    return !text.empty() && text.size() <= 256 && std::all_of(text.begin(), text.end(), isNameCharacter);
}

Result<std::pair<Attribute, std::string>> conditionFrom(std::string_view text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos)
        return fail(ErrorCode::Invalid, "selector: '" + std::string(text) + "' is not attribute=value");
    const auto attribute = attributeFrom(text.substr(0, equals));
    if (!attribute)
        return fail(ErrorCode::Invalid, "selector: unknown attribute '" + std::string(text.substr(0, equals)) + "'");
    const std::string_view value = text.substr(equals + 1);
    if (!isName(value))
        return fail(ErrorCode::Invalid, "selector: '" + std::string(value) + "' is no value");
    if (*attribute == Attribute::Criticality && !criticalityFrom(value))
        return fail(ErrorCode::Invalid, "selector: criticality is low, normal or high");
    return std::pair(*attribute, std::string(value));
}

bool coversVerb(const ActionGlob& action, const std::vector<ActionGlob>& except, std::string_view verb)
{
    return action.matches(verb) &&
           std::none_of(except.begin(), except.end(), [&](const ActionGlob& glob) { return glob.matches(verb); });
}

} // namespace

std::string_view toString(Attribute attribute)
{
    return attributeNames[static_cast<std::size_t>(attribute)];
}

std::optional<Attribute> attributeFrom(std::string_view text)
{
    for (std::size_t i = 0; i < attributeNames.size(); ++i) {
        if (attributeNames[i] == text)
            return static_cast<Attribute>(i);
    }
    return std::nullopt;
}

Result<Selector> Selector::parse(std::string_view text)
{
    Selector selector;
    if (text == "*")
        return selector;
    if (text == "self") {
        selector.kind = Kind::Self;
        return selector;
    }
    if (text.substr(0, 4) == "tag:") {
        selector.kind = Kind::Tag;
        selector.tag = text.substr(4);
        if (!isName(selector.tag))
            return fail(ErrorCode::Invalid, "selector: '" + std::string(text) + "' names no tag");
        return selector;
    }
    selector.kind = Kind::Entity;
    const std::size_t bracket = text.find('[');
    const auto kind = entityKindFrom(text.substr(0, bracket));
    if (!kind)
        return fail(ErrorCode::Invalid, "selector: unknown kind in '" + std::string(text) + "'");
    selector.entity = *kind;
    if (bracket == std::string_view::npos)
        return selector;
    if (text.back() != ']')
        return fail(ErrorCode::Invalid, "selector: '" + std::string(text) + "' lacks the closing bracket");
    std::string_view rest = text.substr(bracket + 1, text.size() - bracket - 2);
    while (true) {
        const std::size_t comma = rest.find(',');
        CORDON_TRY(auto condition, conditionFrom(rest.substr(0, comma)));
        selector.where.push_back(std::move(condition));
        if (comma == std::string_view::npos)
            return selector;
        rest.remove_prefix(comma + 1);
    }
}

std::string Selector::toString() const
{
    switch (kind) {
    case Kind::Any:
        return "*";
    case Kind::Self:
        return "self";
    case Kind::Tag:
        return "tag:" + tag;
    case Kind::Entity:
        break;
    }
    std::string text(cordon::toString(entity));
    for (std::size_t i = 0; i < where.size(); ++i)
        text += (i == 0 ? "[" : ",") + std::string(cordon::toString(where[i].first)) + '=' + where[i].second;
    return where.empty() ? text : text + ']';
}

bool canOverlap(const Selector& a, const Selector& b)
{
    if (a.kind != Selector::Kind::Entity || b.kind != Selector::Kind::Entity)
        return true;
    if (a.entity != b.entity)
        return false;
    for (const auto& [attribute, value] : a.where) {
        for (const auto& [otherAttribute, otherValue] : b.where) {
            // An entity carries many tags, but one value of every other attribute.
            if (attribute == otherAttribute && attribute != Attribute::Tag && value != otherValue)
                return false;
        }
    }
    return true;
}

Result<ActionGlob> ActionGlob::parse(std::string_view text)
{
    const std::string_view stem = !text.empty() && text.back() == '*' ? text.substr(0, text.size() - 1) : text;
    const bool isPlain =
        std::all_of(stem.begin(), stem.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '.' || c == '_'; });
    if (text.empty() || text.size() > 64 || !isPlain)
        return fail(ErrorCode::Invalid, "'" + std::string(text.substr(0, 64)) + "' is no action: verb, prefix.* or *");
    return ActionGlob{std::string(text)};
}

bool ActionGlob::matches(std::string_view verb) const
{
    if (text.empty() || text.back() != '*')
        return verb == text;
    return verb.substr(0, text.size() - 1) == std::string_view(text).substr(0, text.size() - 1);
}

std::string_view toString(Autonomy autonomy)
{
    switch (autonomy) {
    case Autonomy::Auto:
        return "auto";
    case Autonomy::Approve:
        return "approve";
    case Autonomy::Never:
        break;
    }
    return "never";
}

std::string_view toString(LimitCount count)
{
    switch (count) {
    case LimitCount::Actions:
        return "actions";
    case LimitCount::WorkloadsIsolatedAtOnce:
        return "workloads_isolated_at_once";
    case LimitCount::AccountsTouched:
        return "accounts_touched";
    case LimitCount::ConsecutiveFailures:
        return "consecutive_failures";
    case LimitCount::ApprovalDialogs:
        break;
    }
    return "approval_dialogs";
}

std::string_view toString(OnExceed effect)
{
    switch (effect) {
    case OnExceed::Deny:
        return "deny";
    case OnExceed::Pause:
        return "pause";
    case OnExceed::Queue:
        return "queue";
    case OnExceed::ApproveT3:
        break;
    }
    return "approve_T3";
}

bool PermitClause::coversVerb(std::string_view verb) const
{
    return cordon::coversVerb(action, except, verb);
}

bool ForbidClause::coversVerb(std::string_view verb) const
{
    return cordon::coversVerb(action, except, verb);
}

const TierRule* Mandate::tier(Tier which) const
{
    const auto found = tiers.find(which);
    return found == tiers.end() ? nullptr : &found->second;
}

const PermitClause* Mandate::permit(std::string_view clauseId) const
{
    for (const PermitClause& clause : change) {
        if (clause.id == clauseId)
            return &clause;
    }
    return nullptr;
}

} // namespace cordon
