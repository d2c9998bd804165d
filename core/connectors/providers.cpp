#include "core/connectors/providers.h"

#include "core/connectors/aws/aws_provider.h"
#include "core/connectors/change/change_provider.h"
#include "core/connectors/entra/entra_provider.h"
#include "core/connectors/github/github_provider.h"
#include "core/connectors/kubernetes/kubernetes_provider.h"
#include "core/connectors/ldap/ldap_provider.h"
#include "core/connectors/nftables/nftables_provider.h"
#include "core/connectors/oauth/oauth_provider.h"
#include "core/connectors/okta/okta_provider.h"
#include "core/connectors/postgres/postgres_provider.h"
#include "core/connectors/vault/vault_provider.h"

#include <map>

namespace cordon::connectors {
namespace {

using Make = Result<std::unique_ptr<act::Provider>> (*)(const act::ConnectorSettings&, Asker::Pause);

/// Adding a system = a file pair and a row here.
const std::map<std::string, Make, std::less<>>& table()
{
    static const std::map<std::string, Make, std::less<>> providers{{"aws", aws::makeAwsProvider},
                                                                    {"change", change::makeChangeProvider},
                                                                    {"entra", entra::makeEntraProvider},
                                                                    {"github", github::makeGithubProvider},
                                                                    {"kubernetes", kubernetes::makeKubernetesProvider},
                                                                    {"ldap", ldap::makeLdapProvider},
                                                                    {"nftables", nftables::makeNftablesProvider},
                                                                    {"oauth", oauth::makeOauthProvider},
                                                                    {"okta", okta::makeOktaProvider},
                                                                    {"postgres", postgres::makePostgresProvider},
                                                                    {"vault", vault::makeVaultProvider}};
    return providers;
}

} // namespace

Result<std::unique_ptr<act::Provider>> makeProvider(const act::ConnectorSettings& settings)
{
    const auto found = table().find(settings.kind);
    if (found == table().end())
        return fail(ErrorCode::Unsupported, settings.name + ": this version speaks with no system of kind '" + settings.kind + "'");
    return found->second(settings, {});
}

} // namespace cordon::connectors
