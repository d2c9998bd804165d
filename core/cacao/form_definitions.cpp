#include "core/cacao/form_tables.h"

#include <array>

namespace cordon::cacao::form {
namespace {

using Words = std::string_view;

// ---- authentication information

constexpr Words basicType[] = {"http-basic"};
constexpr Words oauthType[] = {"oauth2"};
constexpr Words userType[] = {"user-auth"};
constexpr Member loginMembers[] = {{"type", text, true},
                                   {"name", text},
                                   {"description", text},
                                   {"authentication_info_extensions", extensions},
                                   {"kms", flag},
                                   {"kms_key_identifier", text}};
constexpr Member basicMembers[] = {{"type", word<basicType>}, {"user_id", text}, {"password", text}};
constexpr Member oauthMembers[] = {{"type", word<oauthType>}, {"oauth_header", text, true}, {"token", text, true}};
constexpr Member userMembers[] = {{"type", word<userType>}, {"username", text}, {"password", text}};

/// What all of a kind have, and what this one has beside.
template<const auto& shared, const auto& own>
void both(const Spot& spot, const Value& value)
{
    members(spot, value, shared);
    if (value.isObject())
        members(spot, value, own);
}

constexpr Entry loginEntries[] = {{"http-basic", both<loginMembers, basicMembers>},
                                  {"oauth2", both<loginMembers, oauthMembers>},
                                  {"user-auth", both<loginMembers, userMembers>}};

// ---- extension definitions

constexpr Words extensionType[] = {"extension-definition"};
constexpr Member extensionMembers[] = {{"type", word<extensionType>, true}, {"name", text, true},
                                       {"description", text},               {"created_by", identifier, true},
                                       {"schema", text, true},              {"version", text, true},
                                       {"external_references", list<reference>}};
constexpr Entry extensionEntries[] = {{"extension-definition", object<extensionMembers>}};

// ---- data markings

constexpr Words markingTypes[] = {"marking-statement", "marking-tlp", "marking-iep"};
constexpr Words statementType[] = {"marking-statement"};
constexpr Words tlpType[] = {"marking-tlp"};
constexpr Words iepType[] = {"marking-iep"};
constexpr Words tlpLevels[] = {"TLP:RED", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:GREEN", "TLP:CLEAR"};

constexpr Member markingMembers[] = {{"type", word<markingTypes>, true},
                                     {"id", identifier, true},
                                     {"name", text},
                                     {"description", text},
                                     {"created_by", identifier, true},
                                     {"created", timestamp, true},
                                     {"revoked", flag},
                                     {"valid_from", timestamp},
                                     {"valid_until", timestamp},
                                     {"labels", list<text, 1>},
                                     {"marking_extensions", extensions}};
constexpr Member referenceList[] = {{"external_references", list<reference, 1>}};
constexpr Member statementMembers[] = {{"type", word<statementType>}, {"statement", text, true}};
constexpr Member tlpMembers[] = {{"type", word<tlpType>}, {"tlpv2_level", word<tlpLevels>, true}};

void timestampOrNull(const Spot& spot, const Value& value)
{
    if (!value.isNull())
        timestamp(spot, value);
}

/// The published schema wants its references to be texts and objects at once, which nothing is: here they are texts, as
/// the information exchange policy of FIRST has them.
constexpr Member iepMembers[] = {{"type", word<iepType>},
                                 {"name", text, true},
                                 {"description", text, true},
                                 {"tlp", text, true},
                                 {"iep_version", integer, true},
                                 {"start_date", timestamp, true},
                                 {"end_date", timestampOrNull, true},
                                 {"encrypt_in_transit", text, true},
                                 {"permitted_actions", text, true},
                                 {"affected_party_notifications", text, true},
                                 {"attribution", text, true},
                                 {"unmodified_resale", text, true},
                                 {"external_references", list<text>, true}};

template<const auto& own>
void marking(const Spot& spot, const Value& value)
{
    both<markingMembers, own>(spot, value);
    if (value.isObject())
        members(spot, value, referenceList);
}

constexpr Entry markingEntries[] = {{"marking-statement", marking<statementMembers>},
                                    {"marking-tlp", marking<tlpMembers>},
                                    {"marking-iep", both<markingMembers, iepMembers>}};

} // namespace

void logins(const Spot& spot, const Value& value)
{
    dictionary(spot, value, loginEntries, 1);
}

void extensionDefinitions(const Spot& spot, const Value& value)
{
    dictionary(spot, value, extensionEntries, 0);
}

void markings(const Spot& spot, const Value& value)
{
    dictionary(spot, value, markingEntries, 0);
}

void signature(const Spot& spot, const Value& value)
{
    static constexpr Words jss[] = {"jss"};
    static constexpr Member table[] = {{"type", word<jss>, true},
                                       {"id", identifier, true},
                                       {"created_by", identifier},
                                       {"created", timestamp, true},
                                       {"modified", timestamp, true},
                                       {"revoked", flag},
                                       {"signee", text, true},
                                       {"valid_from", timestamp},
                                       {"valid_until", timestamp},
                                       {"related_to", identifier, true},
                                       {"related_version", timestamp, true},
                                       {"hash_algorithm", text, true},
                                       {"algorithm", text, true},
                                       {"public_key", text},
                                       {"public_cert_chain", list<text, 1>},
                                       {"cert_url", text},
                                       {"thumbprint", text},
                                       {"value", text, true},
                                       {"signature", signature}};
    members(spot, value, table);
    if (!value.isObject())
        return;
    int keys = 0;
    for (const Words key : {"public_key", "public_cert_chain", "cert_url", "thumbprint"})
        keys += value.has(key) ? 1 : 0;
    if (keys != 1)
        spot.form(value, "must hold exactly one of 'public_key', 'public_cert_chain', 'cert_url', 'thumbprint'");
}

} // namespace cordon::cacao::form
