#include "core/investigate/client_family.h"

#include "core/domain/plain_name.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cordon::investigate {
namespace {

/// Looked for in this order: browsers name each other.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> families{
    {{"aws-cli/", "aws-cli"},
     {"Boto3/", "Python (boto3)"},
     {"Botocore/", "Python (boto3)"},
     {"Terraform", "Terraform"},
     {"HashiCorp", "Terraform"},
     {"signin.amazonaws.com", "the AWS console"},
     {"console.amazonaws.com", "the AWS console"},
     {"AWS Internal", "AWS itself"},
     {"kubectl/", "kubectl"},
     {"gcloud", "gcloud"},
     {"azsdk", "Azure SDK"},
     {"AZURECLI", "Azure CLI"},
     {"aws-sdk-", "AWS SDK"},
     {"Go-http-client", "a Go program"},
     {"python-requests", "Python"},
     {"curl/", "curl"},
     {"Edg/", "Edge"},
     {"OPR/", "Opera"},
     {"Firefox/", "Firefox"},
     {"Chrome/", "Chrome"},
     {"Safari/", "Safari"},
     {"Mozilla/", "a browser"}}};

} // namespace

std::string clientFamily(std::string_view userAgent)
{
    const auto known = std::find_if(families.begin(), families.end(), [&](const auto& family) {
        return userAgent.find(family.first) != std::string_view::npos;
    });
    if (known != families.end())
        return std::string(known->second);
    return plainText(userAgent.substr(0, userAgent.find_first_of("/ ")), 60);
}

} // namespace cordon::investigate
