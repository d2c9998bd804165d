#include "app/ctl/ask_authority.h"

#include "core/crypto/timestamp_token.h"
#include "core/net/http_client.h"

namespace cordon::ctl {
namespace {

constexpr std::size_t longestReply = 1U << 20U;
constexpr std::chrono::seconds longestWait{30};

} // namespace

Result<std::string> askAuthority(const std::string& url, std::string_view request)
{
    net::HttpTrust trust;
    trust.acceptsPlain = true;
    trust.mostBody = longestReply;
    CORDON_TRY(net::HttpClient client, net::HttpClient::make(std::move(trust)));
    const net::HttpRequest question{"POST",
                                    url,
                                    {{"Content-Type", "application/timestamp-query"}, {"Accept", "application/timestamp-reply"}},
                                    std::string(request),
                                    longestWait};
    CORDON_TRY(net::HttpReply answer, client.send(question));
    if (answer.status != 200)
        return fail(ErrorCode::Invalid, url + ": the authority answered with status " + std::to_string(answer.status));
    if (!answer.header("content-type").starts_with("application/timestamp-reply"))
        return fail(ErrorCode::Invalid, url + ": the answer is no time-stamp reply");
    CORDON_CHECK(crypto::checkAnswers(answer.body, request));
    return std::move(answer.body);
}

} // namespace cordon::ctl
