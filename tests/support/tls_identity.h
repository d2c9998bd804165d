#pragma once

#include <memory>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string>

namespace cordon::test {

/// A certificate that signs itself, with its key, for a server of the tests. Valid for an hour from now.
class TlsIdentity
{
public:
    /// @param folder  gets NAME.pem, the authority file that clients are given
    /// @param names   subject alternative names as OpenSSL spells them, such as "IP:127.0.0.1"
    TlsIdentity(const std::string& folder, const std::string& name, const std::string& names)
        : m_file(folder + '/' + name + ".pem")
        , m_context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free)
    {
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
        X509_set_version(certificate.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
        X509_set_pubkey(certificate.get(), key.get());
        X509_NAME* subject = X509_get_subject_name(certificate.get());
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.c_str()), -1,
                                   -1, 0);
        X509_set_issuer_name(certificate.get(), subject);
        add(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
        add(certificate.get(), NID_subject_alt_name, names);
        X509_sign(certificate.get(), key.get(), EVP_sha256());
        SSL_CTX_use_certificate(m_context.get(), certificate.get());
        SSL_CTX_use_PrivateKey(m_context.get(), key.get());
        const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new_file(m_file.c_str(), "w"), BIO_free);
        PEM_write_bio_X509(out.get(), certificate.get());
    }

    [[nodiscard]] SSL_CTX* context() const { return m_context.get(); }
    [[nodiscard]] const std::string& authorityFile() const { return m_file; }

private:
    static void add(X509* certificate, int kind, const std::string& value)
    {
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }

    std::string m_file;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> m_context;
};

} // namespace cordon::test
