#include "core/connectors/entra/entra_session.h"

#include "core/connectors/entra/certificates.h"
#include "core/connectors/entra/made_secret.h"

#include <algorithm>

namespace cordon::connectors::entra {
namespace {

RestCall once(const char* method, const std::string& path, Value body = {})
{
    return {method, path, std::move(body), Repeat::IfNotBegun};
}

std::optional<Timestamp> timeOf(const Value& text)
{
    const auto time = Timestamp::parse(text.asString());
    return time ? std::optional(*time) : std::nullopt;
}

bool isGuid(const std::string& text)
{
    return text.size() == 36 && std::all_of(text.begin(), text.end(), [](char c) {
               return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           });
}

// What is given gets a new id each time; these say the same before and after.
std::string assignmentId(const Value& one)
{
    return one["resourceId"].asString() + '/' + one["appRoleId"].asString();
}

std::string roleId(const Value& one)
{
    const std::string& scope = one["directoryScopeId"].asString();
    return one["roleDefinitionId"].asString() + (scope == "/" ? std::string() : '@' + scope);
}

std::string consentId(const Value& one)
{
    return one["clientId"].asString() + '/' + one["resourceId"].asString() + '/' +
           (one["consentType"].asString() == "AllPrincipals" ? std::string("everybody") : one["principalId"].asString());
}

/// Those members of an object that it is made with again.
Value picked(const Value& from, std::initializer_list<const char*> names)
{
    Value::Object all;
    for (const char* name : names) {
        if (!from[name].isNull())
            all.emplace(name, from[name]);
    }
    return all;
}

/// Where consumers read the value, or the credential itself.
std::string valueIdOf(const Action& action)
{
    const std::string& secret = action.params["secret"].asString();
    return secret.empty() ? action.targets.front().id : secret;
}

tl::unexpected<Error> doesNotFit(const Action& action, const TargetFacts& facts)
{
    return fail(ErrorCode::Unsupported, "entra: " + action.type + " does not fit " + facts.target.id);
}

} // namespace

Result<Value::Array> EntraSession::list(const std::string& path)
{
    return client().all(path, "value", RestClient::nextByMember("@odata.nextLink"));
}

Result<Value> EntraSession::identity()
{
    CORDON_TRY(const Value::Array organisations, list("/organization?$select=id,displayName"));
    return Value(Value::Object{{"identity", "application " + m_clientId},
                               {"tenant", organisations.empty() ? Value() : organisations.front()["id"]},
                               {"name", organisations.empty() ? Value() : organisations.front()["displayName"]}});
}

Result<TargetFacts> EntraSession::facts(const EntityRef& target)
{
    TargetFacts facts;
    facts.target = target;
    if (target.kind == EntityKind::Account)
        CORDON_CHECK(addPrincipal(facts));
    else if (target.kind == EntityKind::Credential && isGuid(target.id))
        CORDON_CHECK(addCredential(facts));
    else
        return fail(ErrorCode::Unsupported, "entra: knows no " + std::string(toString(target.kind)) + ' ' + target.id);
    return facts;
}

Result<void> EntraSession::addPrincipal(TargetFacts& facts)
{
    const std::string id = net::percentEncoded(facts.target.id);
    std::string kind = "/users/";
    if (isGuid(facts.target.id)) {
        CORDON_TRY(const std::optional<Value> object, client().find("/directoryObjects/" + id));
        if (!object)
            return {};
        const std::string& type = (*object)["@odata.type"].asString();
        if (type != "#microsoft.graph.user" && type != "#microsoft.graph.servicePrincipal")
            return fail(ErrorCode::Unsupported, "entra: " + facts.target.id + " is neither user nor service principal");
        kind = type == "#microsoft.graph.user" ? "/users/" : "/servicePrincipals/";
    }
    const bool isUser = kind == "/users/";
    CORDON_TRY(const std::optional<Value> one,
               client().find(kind + id + (isUser ? "?$select=id,userPrincipalName,displayName,accountEnabled,createdDateTime,signInSessionsValidFromDateTime,onPremisesSyncEnabled"
                                                 : "?$select=id,appId,displayName,accountEnabled,tags")));
    if (!one)
        return {};
    m_object = (*one)["id"].asString();
    m_path = kind + m_object;
    facts.exists = true;
    facts.target.name = isUser ? (*one)["userPrincipalName"].asString() : (*one)["displayName"].asString();
    facts.target.type = isUser ? "human" : "service";
    facts.createdAt = timeOf((*one)["createdDateTime"]);
    facts.state["status"] = (*one)["accountEnabled"].asBool() ? "active" : "suspended";
    facts.state["sessions_not_before"] = isUser ? (*one)["signInSessionsValidFromDateTime"] : Value();
    facts.state["synchronised"] = (*one)["onPremisesSyncEnabled"].asBool();
    facts.state["keys"] = Value();
    facts.state["policies"] = Value();
    return addGrants(facts);
}

Result<void> EntraSession::addGrants(TargetFacts& facts)
{
    std::vector<std::string> grants;
    CORDON_TRY(const Value::Array assignments, list(m_path + "/appRoleAssignments"));
    for (const Value& one : assignments)
        grants.push_back(assignmentId(one));
    CORDON_TRY(const Value::Array groups, list(m_path + "/memberOf/microsoft.graph.group?$select=id"));
    for (const Value& one : groups)
        grants.push_back(one["id"].asString());
    CORDON_TRY(const Value::Array roles, list("/roleManagement/directory/roleAssignments?$filter=" + net::percentEncoded("principalId eq '" + m_object + '\'')));
    for (const Value& one : roles)
        grants.push_back(roleId(one));
    facts.state["grants"] = sortedList(std::move(grants));
    std::vector<std::string> consents;
    CORDON_TRY(const Value::Array given, list(m_path + "/oauth2PermissionGrants"));
    for (const Value& one : given)
        consents.push_back(consentId(one));
    facts.state["consents"] = sortedList(std::move(consents));
    return {};
}

/// A secret or certificate is known by its own id; the application that has it is looked for.
Result<void> EntraSession::addCredential(TargetFacts& facts)
{
    CORDON_TRY(const Value::Array applications, list("/applications?$select=id,appId,displayName,passwordCredentials,keyCredentials&$top=999"));
    for (const Value& application : applications) {
        Value::Array siblings;
        std::vector<std::string> certificates;
        std::vector<std::string> made;
        const Value* found = nullptr;
        for (const char* kind : {"passwordCredentials", "keyCredentials"}) {
            for (const Value& one : application[kind].asArray()) {
                const bool isCertificate = std::string_view(kind) == "keyCredentials";
                if (isCertificate)
                    certificates.push_back(one["keyId"].asString());
                else if (isMark(one["displayName"].asString()))
                    made.push_back(one["displayName"].asString());
                if (one["keyId"].asString() != facts.target.id) {
                    siblings.push_back(Value::Object{{"id", one["keyId"]}, {"status", "active"}});
                    continue;
                }
                found = &one;
                facts.target.type = isCertificate ? "certificate" : "app_secret";
            }
        }
        if (!found)
            continue;
        m_path = "/applications/" + application["id"].asString();
        facts.exists = true;
        facts.createdAt = timeOf((*found)["startDateTime"]);
        facts.state["status"] = "active";
        facts.state["siblings"] = std::move(siblings);
        facts.state["certificates"] = sortedList(std::move(certificates));
        facts.state["made_secrets"] = sortedList(std::move(made));
        facts.owner = application["appId"].asString();
        facts.ownerEntity = EntityRef{EntityKind::Application, *facts.owner, {}, application["displayName"].asString()};
        return {};
    }
    return {};
}

Result<Deed> EntraSession::plan(const Action& action, const TargetFacts& facts)
{
    return facts.target.kind == EntityKind::Account ? planOfPrincipal(action, facts) : planOfCredential(action, facts);
}

/// With a certificate that people keep in the vault, or with a secret that Microsoft makes for it.
Result<Deed> EntraSession::replace(const Action& action, const TargetFacts& facts) const
{
    const crypto::SecretBytes* value = m_newValues.find(facts.target.id);
    const bool isCertificate = certificateIn(value ? value->text() : std::string_view()).has_value();
    const std::string attribute = isCertificate ? "certificates" : "made_secrets";
    const std::string id = isCertificate ? keyIdOf(action) : markOf(action);
    const bool isThere = holds(stateOf(facts, attribute), id);
    const std::string valueFor = valueIdOf(action);
    Deed deed;
    if (isCertificate) {
        deed.calls.push_back(addCertificate(m_path, id, facts.target.id));
        deed.undo.push_back(removeCertificate(m_path, id));
        deed.undoCost = "Takes the new certificate out again; the old credential was never touched.";
    } else {
        if (value && !isThere)
            return fail(ErrorCode::Denied, "entra: Microsoft makes secrets itself and takes none; what is kept in the vault as " + facts.target.id + " is no certificate");
        if (isThere && !m_newValues.find(valueFor))
            return fail(ErrorCode::Denied, "entra: the secret " + id + " was made, and its value did not reach the vault: take it back first");
        deed.calls.push_back(makeSecret(m_path, id, valueFor));
        deed.undo.push_back(removeMadeSecret(m_path, id));
        deed.undoCost = "Removes the new secret; the old credential was never touched.";
    }
    Value all = without(stateOf(facts, attribute), id);
    std::vector<std::string> ids{id};
    for (const Value& one : all.asArray())
        ids.push_back(one.asString());
    deed.change(facts, attribute, sortedList(std::move(ids)));
    deed.stillOpen.emplace_back("the old credential is good until it is deleted, a step of its own, once everything signs in with the new one");
    return deed;
}

Result<Deed> EntraSession::planOfCredential(const Action& action, const TargetFacts& facts)
{
    Deed deed;
    if (action.type == "credential.replace")
        return replace(action, facts);
    if (action.type != "credential.delete")
        return doesNotFit(action, facts);
    const bool isCertificate = facts.target.type == "certificate";
    deed.calls.push_back(isCertificate ? removeCertificate(m_path, facts.target.id)
                                       : once("POST", m_path + "/removePassword", Value::Object{{"keyId", facts.target.id}}).step());
    deed.change(facts, "status", "deleted");
    deed.stillOpen.emplace_back(std::string("access tokens that were had with this ") + (isCertificate ? "certificate" : "secret") + " stay valid for up to 90 minutes");
    if (stateOf(facts, "siblings").asArray().empty())
        deed.stillOpen.emplace_back("the application has no other credential: everything that signs in with this one stops");
    return deed;
}

Result<void> EntraSession::run(const Value& call)
{
    if (isCertificateCall(call))
        return changeCertificates(client(), call, m_newValues);
    if (!isSecretCall(call))
        return RestSession::run(call);
    CORDON_TRY(m_made, changeSecrets(client(), call));
    return {};
}

Result<Effect> EntraSession::effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since)
{
    if (action.type != "credential.replace")
        return effectIn(action, facts, since);
    const bool isSecret = facts.exists && holds(stateOf(facts, "made_secrets"), markOf(action)) && m_newValues.find(valueIdOf(action));
    return isSecret || (facts.exists && holds(stateOf(facts, "certificates"), keyIdOf(action))) ? Effect::There : Effect::NotThere;
}

Result<Deed> EntraSession::planOfPrincipal(const Action& action, const TargetFacts& facts)
{
    const std::string& verb = action.type;
    const bool isUser = facts.target.type == "human";
    Deed deed;
    if (verb == "account.suspend" || verb == "account.resume") {
        const bool enables = verb == "account.resume";
        const auto call = [this](bool isEnabled) { return RestCall{"PATCH", m_path, Value::Object{{"accountEnabled", isEnabled}}}.step(); };
        deed.calls.push_back(call(enables));
        deed.undo.push_back(call(!enables));
        deed.change(facts, "status", enables ? "active" : "suspended");
        deed.undoCost = enables ? "Switches the account off again." : "Switches the account on again.";
        if (!enables) {
            deed.stillOpen.emplace_back("access tokens already issued stay valid for 60 to 90 minutes, up to a day where applications check continuously");
            if (stateOf(facts, "synchronised").asBool())
                deed.stillOpen.emplace_back("the account is synchronised from a directory on site, which may switch it on again: disable it there, too");
        }
        return deed;
    }
    if (verb == "session.revoke" && isUser) {
        deed.calls.push_back(once("POST", m_path + "/revokeSignInSessions").step());
        deed.change(facts, "sessions_not_before", client().context().now.toString());
        deed.stillOpen.emplace_back("takes a few minutes; access tokens already issued stay valid for up to 90 minutes");
        deed.stillOpen.emplace_back("sessions of guests at home in another tenant go on");
        return deed;
    }
    if (verb == "account.delete") {
        deed.calls.push_back(once("DELETE", m_path).step());
        deed.change(facts, "status", "deleted");
        deed.stillOpen.emplace_back("the tenant keeps it for 30 days, from which a person can bring it back");
        return deed;
    }
    if (verb == "grant.remove")
        return leave(action, facts);
    return verb == "consent.revoke" ? withdraw(action, facts) : doesNotFit(action, facts);
}

Result<Deed> EntraSession::leave(const Action& action, const TargetFacts& facts)
{
    const std::string grant = grantOf(action);
    if (!holds(stateOf(facts, "grants"), grant))
        return fail(ErrorCode::NotFound, "entra: " + facts.target.id + " has no '" + grant + "'");
    Deed deed;
    deed.change(facts, "grants", without(stateOf(facts, "grants"), grant));
    deed.undoCost = "Gives it again, under a new id.";
    CORDON_TRY(const Value::Array assignments, list(m_path + "/appRoleAssignments"));
    for (const Value& one : assignments) {
        if (assignmentId(one) != grant)
            continue;
        deed.calls.push_back(once("DELETE", m_path + "/appRoleAssignments/" + net::percentEncoded(one["id"].asString())).step());
        deed.undo.push_back(once("POST", m_path + "/appRoleAssignments", picked(one, {"principalId", "resourceId", "appRoleId"})).step());
    }
    const std::string roles = "/roleManagement/directory/roleAssignments";
    CORDON_TRY(const Value::Array given, list(roles + "?$filter=" + net::percentEncoded("principalId eq '" + m_object + '\'')));
    for (const Value& one : given) {
        if (roleId(one) != grant)
            continue;
        deed.calls.push_back(once("DELETE", roles + '/' + net::percentEncoded(one["id"].asString())).step());
        deed.undo.push_back(once("POST", roles, picked(one, {"principalId", "roleDefinitionId", "directoryScopeId"})).step());
    }
    if (deed.calls.empty()) {
        const std::string members = "/groups/" + net::percentEncoded(grant) + "/members/";
        deed.calls.push_back(once("DELETE", members + m_object + "/$ref").step());
        deed.undo.push_back(once("POST", members + "$ref", Value::Object{{"@odata.id", "https://graph.microsoft.com/v1.0/directoryObjects/" + m_object}}).step());
        deed.undoCost = "Adds it to the group again.";
    }
    return deed;
}

Result<Deed> EntraSession::withdraw(const Action& action, const TargetFacts& facts)
{
    const std::string& consent = action.params["grant"].asString();
    CORDON_TRY(const Value::Array given, list(m_path + "/oauth2PermissionGrants"));
    for (const Value& one : given) {
        if (consentId(one) != consent)
            continue;
        Deed deed;
        deed.calls.push_back(once("DELETE", "/oauth2PermissionGrants/" + net::percentEncoded(one["id"].asString())).step());
        deed.undo.push_back(once("POST", "/oauth2PermissionGrants", picked(one, {"clientId", "consentType", "principalId", "resourceId", "scope"})).step());
        deed.change(facts, "consents", without(stateOf(facts, "consents"), consent));
        deed.stillOpen.emplace_back("access tokens already issued stay valid for up to 90 minutes");
        deed.undoCost = "Gives the consent again, with the same scopes, under a new id.";
        return deed;
    }
    return fail(ErrorCode::NotFound, "entra: " + facts.target.id + " has no consent '" + consent + "' ('grant' is wanted: CLIENT/RESOURCE/PRINCIPAL or CLIENT/RESOURCE/everybody)");
}

} // namespace cordon::connectors::entra
