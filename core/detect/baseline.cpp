#include "core/detect/baseline.h"

#include "core/detect/network.h"
#include "core/domain/ambient.h"

#include <algorithm>

namespace cordon::detect {
namespace {

constexpr std::size_t longestValue = 128;

/// `aws-cli/2.13.5 Python/3.11` to `aws-cli`; a browser to `Mozilla`.
std::string clientOf(std::string_view userAgent)
{
    while (!userAgent.empty() && (userAgent.front() == '[' || userAgent.front() == ' '))
        userAgent.remove_prefix(1);
    return std::string(userAgent.substr(0, userAgent.find_first_of("/ ;,(")));
}

std::string valueOf(const Event& event, BaselineTrait trait)
{
    switch (trait) {
    case BaselineTrait::Action:
        return event.action;
    case BaselineTrait::Service: {
        const std::size_t colon = event.action.find(':');
        return colon == std::string::npos ? event.source : event.action.substr(0, colon);
    }
    case BaselineTrait::Network:
        return surroundingNetwork(event.address);
    case BaselineTrait::Region:
        return event.region;
    case BaselineTrait::Client:
        return clientOf(event.userAgent);
    }
    return {};
}

std::string keyText(const Event& event, BaselineTrait trait)
{
    std::string value = valueOf(event, trait);
    value.resize(std::min(value.size(), longestValue));
    return value;
}

bool hasOwnPast(const Event& event)
{
    return event.actor && (event.actor->kind == EntityKind::Account || event.actor->kind == EntityKind::Role ||
                           event.actor->kind == EntityKind::Application) &&
           !isAmbient(*event.actor);
}

} // namespace

std::string_view toString(BaselineTrait trait)
{
    switch (trait) {
    case BaselineTrait::Action:
        return "action";
    case BaselineTrait::Service:
        return "service";
    case BaselineTrait::Network:
        return "network";
    case BaselineTrait::Region:
        return "region";
    case BaselineTrait::Client:
        return "client";
    }
    return "";
}

bool Baseline::observe(const Event& event)
{
    return note(event, {event.time, event.id});
}

void Baseline::learn(const Event& event)
{
    note(event, {event.time, {}});
}

bool Baseline::note(const Event& event, const First& place)
{
    if (!hasOwnPast(event))
        return false;
    auto found = m_identities.find(*event.actor);
    if (found == m_identities.end()) {
        if (m_identities.size() >= mostIdentities) {
            if (m_unknown.size() < mostUnknown)
                m_unknown.insert(event.actor->key());
            return false; // never known, so nothing is ever called new to it
        }
        found = m_identities.try_emplace(*event.actor).first;
    }
    Identity& identity = found->second;
    identity.past.add(event.time);
    bool isFirst = false;
    for (const BaselineTrait trait : allBaselineTraits) {
        const auto at = static_cast<std::size_t>(trait);
        std::string value = keyText(event, trait);
        if (value.empty() || identity.isFull[at])
            continue;
        const bool hasRoom = identity.counts[at] < mostValuesEach && m_valueCount < mostValues;
        auto known = identity.firsts.find({trait, value});
        if (known == identity.firsts.end()) {
            if (!hasRoom) {
                identity.isFull[at] = true;
                ++m_fullCount;
                continue;
            }
            known = identity.firsts.emplace(std::pair(trait, std::move(value)), place).first;
            ++identity.counts[at];
            ++m_valueCount;
        } else if (!(place < known->second)) {
            continue;
        }
        known->second = place;
        isFirst = true;
    }
    return isFirst;
}

std::optional<BaselineFacts> Baseline::factsOf(const Event& event) const
{
    if (!hasOwnPast(event))
        return std::nullopt;
    const auto found = m_identities.find(*event.actor);
    if (found == m_identities.end())
        return std::nullopt;
    const Identity& identity = found->second;
    BaselineFacts facts;
    facts.pastEvents = identity.past.count(identity.past.first(), event.time);
    const Duration length = event.time - identity.past.first();
    if (length < m_least.past || facts.pastEvents < m_least.events)
        return std::nullopt;
    facts.pastDays = std::chrono::duration<double, std::ratio<86'400>>(length).count();
    for (const BaselineTrait trait : allBaselineTraits) {
        std::string value = keyText(event, trait);
        const auto first = identity.firsts.find({trait, value});
        if (identity.isFull[static_cast<std::size_t>(trait)] || first == identity.firsts.end() || first->second.event != event.id)
            continue;
        facts.fresh.push_back({trait, std::move(value), rarityOf(identity, trait, event.time)});
    }
    return facts.fresh.empty() ? std::nullopt : std::optional(std::move(facts));
}

double Baseline::rarityOf(const Identity& identity, BaselineTrait trait, Timestamp time) const
{
    // Whoever always does new things is not unusual in doing one more. The beginning, when everything is new, says
    // nothing of that, so the later half of the past is asked.
    const Duration half = (time - identity.past.first()) / 2;
    const Timestamp from = time - half;
    const auto brought =
        std::count_if(identity.firsts.begin(), identity.firsts.end(), [&](const auto& entry) {
            return entry.first.first == trait && entry.second.time >= from && entry.second.time < time;
        });
    const auto events = static_cast<double>(identity.past.count(from, time));
    return std::min(1.0, (static_cast<double>(brought) + 0.5) / (events + 1));
}

} // namespace cordon::detect
