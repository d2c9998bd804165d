#pragma once

#include <memory>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <string>

namespace cordon::test {

/// An RFC 3161 authority of its own, without a network: a self-signed certificate and replies under it.
class TimeStampingAuthority
{
public:
    TimeStampingAuthority()
        : m_key(EVP_EC_gen("P-256"))
        , m_certificate(X509_new())
    {
        must(m_key && m_certificate);
        X509* certificate = m_certificate.get();
        must(X509_set_version(certificate, 2) == 1);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate), 24L * 3600);
        X509_set_pubkey(certificate, m_key.get());
        X509_NAME* name = X509_get_subject_name(certificate);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test authority"), -1, -1, 0);
        X509_set_issuer_name(certificate, name);
        extend(NID_key_usage, "critical,digitalSignature");
        extend(NID_ext_key_usage, "critical,timeStamping");
        must(X509_sign(certificate, m_key.get(), EVP_sha256()) > 0);
    }

    [[nodiscard]] std::string pem() const
    {
        const std::unique_ptr<BIO, Free<BIO_free_all>> text(BIO_new(BIO_s_mem()));
        must(PEM_write_bio_X509(text.get(), m_certificate.get()) == 1);
        char* bytes = nullptr;
        const long size = BIO_get_mem_data(text.get(), &bytes);
        return {bytes, static_cast<std::size_t>(size)};
    }

    /// The reply to a DER request.
    [[nodiscard]] std::string reply(const std::string& request) const
    {
        const std::unique_ptr<TS_RESP_CTX, Free<TS_RESP_CTX_free>> context(TS_RESP_CTX_new());
        const std::unique_ptr<ASN1_OBJECT, Free<ASN1_OBJECT_free>> policy(OBJ_txt2obj("1.2.3.4.1", 1));
        TS_RESP_CTX_set_serial_cb(context.get(), nextSerial, nullptr);
        must(TS_RESP_CTX_set_signer_cert(context.get(), m_certificate.get()) == 1 &&
             TS_RESP_CTX_set_signer_key(context.get(), m_key.get()) == 1 &&
             TS_RESP_CTX_set_def_policy(context.get(), policy.get()) == 1 &&
             TS_RESP_CTX_add_md(context.get(), EVP_sha256()) == 1 &&
             TS_RESP_CTX_set_signer_digest(context.get(), EVP_sha256()) == 1);
        const std::unique_ptr<BIO, Free<BIO_free_all>> in(BIO_new_mem_buf(request.data(), static_cast<int>(request.size())));
        const std::unique_ptr<TS_RESP, Free<TS_RESP_free>> made(TS_RESP_create_response(context.get(), in.get()));
        must(made != nullptr);
        unsigned char* bytes = nullptr;
        const int size = i2d_TS_RESP(made.get(), &bytes);
        must(size > 0);
        std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
        OPENSSL_free(bytes);
        return der;
    }

private:
    template<auto free>
    struct Free
    {
        template<class T>
        void operator()(T* handle) const
        {
            free(handle);
        }
    };
    static void must(bool isGood)
    {
        if (!isGood)
            throw std::runtime_error("the test's time-stamping authority does not work");
    }
    static ASN1_INTEGER* nextSerial(TS_RESP_CTX*, void*)
    {
        ASN1_INTEGER* serial = ASN1_INTEGER_new();
        ASN1_INTEGER_set(serial, 7);
        return serial;
    }
    void extend(int kind, const char* value)
    {
        const std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
        must(extension && X509_add_ext(m_certificate.get(), extension.get(), -1) == 1);
    }

    std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>> m_key;
    std::unique_ptr<X509, Free<X509_free>> m_certificate;
};

} // namespace cordon::test
