#include "core/cacao/form_tables.h"
#include "core/cacao/text_forms.h"

#include <algorithm>
#include <array>

namespace cordon::cacao::form {
namespace {

using Words = std::string_view;

constexpr Words regions[] = {"africa", "eastern-africa", "middle-africa", "northern-africa", "southern-africa", "western-africa",
                             "americas", "caribbean", "central-america", "latin-america-caribbean", "northern-america",
                             "south-america", "asia", "central-asia", "eastern-asia", "southern-asia", "south-eastern-asia",
                             "western-asia", "europe", "eastern-europe", "northern-europe", "southern-europe",
                             "western-europe", "oceania", "antarctica", "australia-new-zealand", "melanesia", "micronesia",
                             "polynesia"};
constexpr Member locationMembers[] = {{"name", text},        {"description", text},     {"building_details", text},
                                      {"network_details", text}, {"region", word<regions>}, {"country", text},
                                      {"administrative_area", text}, {"city", text},     {"street_address", text},
                                      {"postal_code", text}, {"latitude", text},        {"longitude", text},
                                      {"precision", text}};
constexpr Member partyMembers[] = {{"type", text, true},
                                   {"name", text, true},
                                   {"description", text},
                                   {"location", object<locationMembers>},
                                   {"agent_target_extensions", extensions}};

/// Email addresses and telephone numbers by a name of one's own.
void byName(const Spot& spot, const Value& value)
{
    if (!value.isObject())
        return spot.form(value, "must be an object");
    for (const auto& [name, item] : value.asObject()) {
        const bool isName = name.size() <= 250 && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
        });
        if (isName)
            text(spot.at(name), item);
    }
}

constexpr Member contactMembers[] = {{"email", byName}, {"phone", byName}, {"contact_details", text}};

template<bool (*isFit)(std::string_view)>
void address(const Spot& spot, const Value& value)
{
    if (!value.isString() || !isFit(value.asString()))
        spot.form(value, "is no address of this kind");
}

template<bool isWholeNumber>
void vlan(const Spot& spot, const Value& value)
{
    const bool isNumber = isWholeNumber ? isWhole(value) : value.isInt() || value.kind() == Value::Kind::Double;
    if (!isNumber || value.asDouble() < 0 || value.asDouble() > 4095)
        spot.form(value, "must be a number from 0 to 4095");
}

template<bool hasWholeVlans>
void addresses(const Spot& spot, const Value& value)
{
    static constexpr Member table[] = {{"url", list<address<holdsUrl>>},     {"l2mac", list<address<isMacAddress>>},
                                       {"ipv4", list<address<endsInIpv4>>},  {"ipv6", list<address<endsInIpv6>>},
                                       {"vlan", list<vlan<hasWholeVlans>>}, {"dname", list<text>}};
    members(spot, value, table);
}

constexpr Words groupType[] = {"group"};
constexpr Words individualType[] = {"individual"};
constexpr Words organizationType[] = {"organization"};
constexpr Words locationType[] = {"location"};
constexpr Words sectorType[] = {"sector"};
constexpr Words categoryType[] = {"security-category"};
constexpr Words httpType[] = {"http-api"};
constexpr Words sshType[] = {"ssh"};
constexpr Words linuxType[] = {"linux"};
constexpr Words netType[] = {"net-address"};

template<const auto& type>
constexpr Member contacted[] = {{"type", word<type>}, {"contact", object<contactMembers>}};
template<const auto& type, bool hasWholeVlans>
constexpr Member reached[] = {{"type", word<type>},
                              {"address", addresses<hasWholeVlans>, true},
                              {"port", text},
                              {"authentication_info", identifier},
                              {"category", list<text, 1>}};
constexpr Member located[] = {{"type", word<locationType>}, {"logical", list<text, 1>}};
constexpr Member inSector[] = {{"type", word<sectorType>}, {"sector", text, true}};
constexpr Member inCategory[] = {{"type", word<categoryType>}, {"category", list<text, 1>, true}};
constexpr Member netMembers[] = {{"type", word<netType>},
                                 {"address", addresses<false>, true},
                                 {"authentication_info", identifier},
                                 {"category", list<text, 1>}};

template<const auto& own>
void party(const Spot& spot, const Value& value)
{
    members(spot, value, partyMembers);
    if (value.isObject())
        members(spot, value, own);
}

constexpr Entry partyEntries[] = {{"group", party<contacted<groupType>>},
                                  {"individual", party<contacted<individualType>>},
                                  {"organization", party<contacted<organizationType>>},
                                  {"location", party<located>},
                                  {"sector", party<inSector>},
                                  {"security-category", party<inCategory>},
                                  {"http-api", party<reached<httpType, true>>},
                                  {"ssh", party<reached<sshType, true>>},
                                  {"linux", party<reached<linuxType, false>>},
                                  {"net-address", party<netMembers>}};

} // namespace

void agentsAndTargets(const Spot& spot, const Value& value)
{
    dictionary(spot, value, partyEntries, 1);
}

} // namespace cordon::cacao::form
