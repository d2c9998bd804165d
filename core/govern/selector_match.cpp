#include "core/govern/selector_match.h"

#include "core/govern/verb_schema.h"

#include <algorithm>

namespace cordon::govern {
namespace {

bool isOneOf(const std::vector<std::string>& list, const std::string& text)
{
    return !text.empty() && std::find(list.begin(), list.end(), text) != list.end();
}

Truth isSelf(const Subject& subject, const GateRequest& request)
{
    if (subject.isUnknownOwner || (request.selfIds.empty() && request.agentId.empty()))
        return Truth::Unknown;
    const std::string& id = subject.entity.id;
    const bool isNamed = isOneOf(request.selfIds, id) || isOneOf(request.selfIds, subject.entity.name) ||
                         (subject.facts && isOneOf(request.selfIds, subject.facts->target.name));
    return truth(isNamed || id == request.agentId || id == request.agentKey);
}

Truth hasTag(const Subject& subject, const std::string& tag)
{
    if (subject.knownTags && isOneOf(*subject.knownTags, tag))
        return Truth::True;
    return subject.tags ? truth(isOneOf(*subject.tags, tag)) : Truth::Unknown;
}

Truth holds(Attribute attribute, const std::string& value, const Subject& subject)
{
    const TargetFacts* facts = subject.facts;
    switch (attribute) {
    case Attribute::Tag:
        return hasTag(subject, value);
    case Attribute::Type:
        return facts && !facts->target.type.empty() ? truth(facts->target.type == value) : Truth::Unknown;
    case Attribute::Environment:
        return facts && facts->environment ? truth(*facts->environment == value) : Truth::Unknown;
    case Attribute::Criticality:
        return facts && facts->criticality ? truth(toString(*facts->criticality) == value) : Truth::Unknown;
    case Attribute::Owner:
        break;
    }
    return facts && facts->owner ? truth(*facts->owner == value) : Truth::Unknown;
}

Subject ownerOf(const TargetFacts& facts, const GateRequest& request)
{
    Subject owner;
    owner.entity.kind = EntityKind::Account;
    if (facts.ownerEntity)
        owner.entity = *facts.ownerEntity;
    else if (facts.owner)
        owner.entity.id = *facts.owner;
    owner.facts = owner.entity.id.empty() ? nullptr : request.factsOf(owner.entity);
    owner.tags = facts.ownerTags ? &*facts.ownerTags : nullptr;
    owner.knownTags = &facts.ownerKnownTags;
    if (!owner.tags && owner.facts && owner.facts->tags)
        owner.tags = &*owner.facts->tags;
    owner.isUnknownOwner = owner.entity.id.empty();
    return owner;
}

/// The connector answered that nobody owns it: an empty owner, or no owner beside a complete and empty set of owner
/// tags. A credential always belongs to somebody.
bool isKnownToHaveNoOwner(const TargetFacts& facts)
{
    const bool hasNoTags = !facts.ownerTags || facts.ownerTags->empty();
    if (facts.ownerEntity || !hasNoTags || facts.target.kind == EntityKind::Credential)
        return false;
    return facts.owner ? facts.owner->empty() : facts.ownerTags.has_value();
}

/// An entity that params name: its own facts, or its tags as the owner of a target.
Subject paramSubject(const EntityRef& entity, const GateRequest& request)
{
    Subject subject = subjectOf(entity, request);
    if (subject.facts)
        return subject;
    for (const TargetFacts& facts : request.facts) {
        if (facts.target.id == entity.id || facts.target.name == entity.id) {
            subject.facts = &facts;
            subject.tags = facts.tags ? &*facts.tags : nullptr;
            subject.knownTags = &facts.knownTags;
            return subject;
        }
        const bool isOwner =
            (facts.owner && *facts.owner == entity.id) ||
            (facts.ownerEntity && (facts.ownerEntity->id == entity.id || facts.ownerEntity->name == entity.id));
        if (isOwner && facts.ownerTags)
            subject.tags = &*facts.ownerTags;
        if (isOwner)
            subject.knownTags = &facts.ownerKnownTags;
    }
    return subject;
}

/// Nothing that a selector asks can tell the two apart.
bool isAlike(const Subject& a, const Subject& b)
{
    const auto isSame = [](const std::vector<std::string>* one, const std::vector<std::string>* other) {
        return one == other || (one && other && *one == *other);
    };
    return a.entity == b.entity && a.entity.name == b.entity.name && a.entity.type == b.entity.type && a.facts == b.facts &&
           a.isUnknownOwner == b.isUnknownOwner && isSame(a.tags, b.tags) && isSame(a.knownTags, b.knownTags);
}

} // namespace

Truth matches(const Selector& selector, const Subject& subject, const GateRequest& request)
{
    switch (selector.kind) {
    case Selector::Kind::Any:
        return Truth::True;
    case Selector::Kind::Self:
        return isSelf(subject, request);
    case Selector::Kind::Tag:
        return hasTag(subject, selector.tag);
    case Selector::Kind::Entity:
        break;
    }
    if (subject.isUnknownOwner)
        return Truth::Unknown;
    if (subject.entity.kind != selector.entity)
        return Truth::False;
    Truth all = Truth::True;
    for (const auto& [attribute, value] : selector.where)
        all = both(all, holds(attribute, value, subject));
    return all;
}

Subject subjectOf(const EntityRef& target, const GateRequest& request)
{
    Subject subject;
    subject.entity = target;
    subject.facts = request.factsOf(target);
    if (subject.facts && subject.facts->tags)
        subject.tags = &*subject.facts->tags;
    if (subject.facts)
        subject.knownTags = &subject.facts->knownTags;
    return subject;
}

std::vector<Subject> forbidSubjects(const GateRequest& request)
{
    std::vector<Subject> subjects;
    subjects.reserve(3 * request.action.targets.size());
    std::vector<std::size_t> owners; ///< where they stand in `subjects`
    const auto isKnown = [&](const Subject& owner) {
        return std::any_of(owners.begin(), owners.end(), [&](std::size_t at) { return isAlike(subjects[at], owner); });
    };
    for (const EntityRef& target : request.action.targets) {
        subjects.push_back(subjectOf(target, request));
        const TargetFacts* facts = subjects.back().facts;
        if (!facts) {
            // Inspection is how an owner becomes known; for everything else not knowing is a reason to refuse.
            if (request.action.type == "inventory.read")
                continue;
            Subject unknown;
            unknown.isUnknownOwner = true;
            subjects.push_back(unknown);
        } else if (!isKnownToHaveNoOwner(*facts)) {
            Subject itself = ownerOf(*facts, request);
            if (isKnown(itself))
                continue; // many targets of one owner: asked once
            owners.push_back(subjects.size());
            subjects.push_back(itself);
            // Two answers about the owner's tags: what either of them says is looked at.
            if (facts->ownerTags && itself.facts && itself.facts->tags) {
                itself.tags = &*itself.facts->tags;
                itself.knownTags = &itself.facts->knownTags;
                subjects.push_back(itself);
            }
        }
    }
    for (const EntityRef& entity : entitiesIn(request.action))
        subjects.push_back(paramSubject(entity, request));
    return subjects;
}

} // namespace cordon::govern
