#include "core/crypto/timestamp_token.h"

#include "core/crypto/openssl.h"
#include "core/crypto/random.h"

#include <algorithm>
#include <ctime>
#include <optional>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

namespace cordon::crypto {
namespace {

constexpr std::size_t longestReply = 1U << 20U;

using RequestHandle = std::unique_ptr<TS_REQ, Freed<TS_REQ_free>>;
using ReplyHandle = std::unique_ptr<TS_RESP, Freed<TS_RESP_free>>;
using ImprintHandle = std::unique_ptr<TS_MSG_IMPRINT, Freed<TS_MSG_IMPRINT_free>>;
using AlgorithmHandle = std::unique_ptr<X509_ALGOR, Freed<X509_ALGOR_free>>;
using VerifyHandle = std::unique_ptr<TS_VERIFY_CTX, Freed<TS_VERIFY_CTX_free>>;
using StoreHandle = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using BioHandle = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using CertificateHandle = std::unique_ptr<X509, Freed<X509_free>>;
using NumberHandle = std::unique_ptr<ASN1_INTEGER, Freed<ASN1_INTEGER_free>>;

std::optional<Timestamp> timeOf(const TS_TST_INFO* info)
{
    std::tm parts{};
    if (!info || ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &parts) != 1)
        return std::nullopt;
    return Timestamp::fromMicros(static_cast<std::int64_t>(timegm(&parts)) * 1'000'000);
}

Result<StoreHandle> storeOf(std::string_view authorities, Timestamp at)
{
    StoreHandle store(X509_STORE_new());
    require(store != nullptr, "X509_STORE_new");
    const BioHandle text(BIO_new_mem_buf(authorities.data(), static_cast<int>(authorities.size())));
    require(text != nullptr, "BIO_new_mem_buf");
    int count = 0;
    while (const CertificateHandle one{PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)}) {
        require(X509_STORE_add_cert(store.get(), one.get()) == 1, "X509_STORE_add_cert");
        ++count;
    }
    if (count == 0)
        return fail(ErrorCode::Invalid, "no certificate of a time-stamping authority");
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), at.micros() / 1'000'000);
    return store;
}

} // namespace

std::string timestampRequest(const Digest& digest)
{
    const RequestHandle request(TS_REQ_new());
    const ImprintHandle imprint(TS_MSG_IMPRINT_new());
    const AlgorithmHandle algorithm(X509_ALGOR_new());
    const NumberHandle nonce(ASN1_INTEGER_new());
    require(request && imprint && algorithm && nonce, "TS_REQ_new");
    std::uint64_t number = 0;
    for (const char byte : randomBytes(sizeof number))
        number = number << 8U | static_cast<unsigned char>(byte);
    std::array<unsigned char, 32> bytes = digest.bytes;
    require(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
                TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
                TS_MSG_IMPRINT_set_msg(imprint.get(), bytes.data(), static_cast<int>(bytes.size())) == 1 &&
                ASN1_INTEGER_set_uint64(nonce.get(), number) == 1 && TS_REQ_set_version(request.get(), 1) == 1 &&
                TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
                TS_REQ_set_nonce(request.get(), nonce.get()) == 1 && TS_REQ_set_cert_req(request.get(), 1) == 1,
            "TS_REQ");
    unsigned char* encoded = nullptr;
    const int size = i2d_TS_REQ(request.get(), &encoded);
    require(size > 0, "i2d_TS_REQ");
    std::string der(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
    OPENSSL_free(encoded);
    return der;
}

Result<void> checkAnswers(std::string_view reply, std::string_view request)
{
    if (reply.size() > longestReply || request.size() > longestReply)
        return fail(ErrorCode::Invalid, "a time-stamp reply of more than 1 MiB");
    const auto* replyBytes = reinterpret_cast<const unsigned char*>(reply.data());
    const auto* requestBytes = reinterpret_cast<const unsigned char*>(request.data());
    const ReplyHandle answer(d2i_TS_RESP(nullptr, &replyBytes, static_cast<long>(reply.size())));
    const RequestHandle asked(d2i_TS_REQ(nullptr, &requestBytes, static_cast<long>(request.size())));
    if (!answer || !asked)
        return fail(ErrorCode::Invalid, "not a time-stamp reply");
    const VerifyHandle verification(TS_REQ_to_TS_VERIFY_CTX(asked.get(), nullptr));
    require(verification != nullptr, "TS_REQ_to_TS_VERIFY_CTX");
    TS_VERIFY_CTX_set_flags(verification.get(), TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_NONCE);
    if (TS_RESP_verify_response(verification.get(), answer.get()) != 1)
        return fail(ErrorCode::Invalid, "the time-stamp does not answer this request");
    return {};
}

Result<TimestampToken> readTimestampReply(std::string_view reply, const Digest& digest, std::string_view authorities)
{
    if (reply.size() > longestReply || authorities.size() > longestReply)
        return fail(ErrorCode::Invalid, "a time-stamp reply of more than 1 MiB");
    const auto* next = reinterpret_cast<const unsigned char*>(reply.data());
    const ReplyHandle parsed(d2i_TS_RESP(nullptr, &next, static_cast<long>(reply.size())));
    if (!parsed || next != reinterpret_cast<const unsigned char*>(reply.data()) + reply.size())
        return fail(ErrorCode::Invalid, "not a time-stamp reply");
    const auto time = timeOf(TS_RESP_get_tst_info(parsed.get()));
    if (!time)
        return fail(ErrorCode::Invalid, "the authority gave no time-stamp");

    const VerifyHandle verification(TS_VERIFY_CTX_new());
    auto* imprint = static_cast<unsigned char*>(OPENSSL_malloc(digest.bytes.size()));
    require(verification && imprint, "TS_VERIFY_CTX_new");
    std::copy(digest.bytes.begin(), digest.bytes.end(), imprint);
    TS_VERIFY_CTX_set_imprint(verification.get(), imprint, static_cast<long>(digest.bytes.size())); // takes it
    TS_VERIFY_CTX_set_flags(verification.get(), TS_VFY_VERSION | TS_VFY_IMPRINT);
    if (TS_RESP_verify_response(verification.get(), parsed.get()) != 1)
        return fail(ErrorCode::Invalid, "the time-stamp is not over this head");
    if (authorities.empty())
        return TimestampToken{*time, false};

    CORDON_TRY(StoreHandle store, storeOf(authorities, *time));
    TS_VERIFY_CTX_set_store(verification.get(), store.release()); // takes it
    TS_VERIFY_CTX_add_flags(verification.get(), TS_VFY_SIGNATURE);
    if (TS_RESP_verify_response(verification.get(), parsed.get()) != 1)
        return fail(ErrorCode::Untrusted, "the time-stamp's signature does not lead to the authorities given");
    return TimestampToken{*time, true};
}

} // namespace cordon::crypto
