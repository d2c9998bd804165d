#include "core/keyring/secret_service.h"

#ifdef CORDON_HAS_LIBSECRET

#include <cstdlib>
#include <libsecret/secret.h>

namespace cordon::keyring {
namespace {

const SecretSchema& schema()
{
    static const SecretSchema schema{"cordon.secret", SECRET_SCHEMA_NONE, {{"label", SECRET_SCHEMA_ATTRIBUTE_STRING}, {nullptr, SECRET_SCHEMA_ATTRIBUTE_STRING}}, 0, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};
    return schema;
}

/// Takes the error over.
tl::unexpected<Error> refused(GError* problem)
{
    const bool isDismissed = g_error_matches(problem, G_IO_ERROR, G_IO_ERROR_CANCELLED) != 0 ||
                             g_error_matches(problem, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) != 0;
    const bool isAbsent = g_error_matches(problem, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) != 0;
    const std::string why = std::string("keyring: ") + problem->message;
    g_error_free(problem);
    return fail(isDismissed ? ErrorCode::Cancelled : isAbsent ? ErrorCode::Unsupported : ErrorCode::Io, why);
}

class SecretService : public crypto::SecretStore
{
public:
    [[nodiscard]] Result<crypto::SecretBytes> find(const std::string& label) override
    {
        GError* problem = nullptr;
        gchar* found = secret_password_lookup_nonpageable_sync(&schema(), nullptr, &problem, "label", label.c_str(), nullptr);
        if (problem)
            return refused(problem);
        if (!found)
            return fail(ErrorCode::NotFound, "keyring: nothing is kept as " + label);
        crypto::SecretBytes secret = crypto::SecretBytes::copyOf(found);
        secret_password_free(found); // wipes it
        return secret;
    }
    [[nodiscard]] Result<void> keep(const std::string& label, const crypto::SecretBytes& secret) override
    {
        GError* problem = nullptr;
        std::string copy(secret.text());
        secret_password_store_sync(&schema(), SECRET_COLLECTION_DEFAULT, ("Cordon: " + label).c_str(), copy.c_str(), nullptr,
                                   &problem, "label", label.c_str(), nullptr);
        crypto::wipe(copy);
        return problem ? Result<void>(refused(problem)) : Result<void>();
    }
    [[nodiscard]] Result<void> forget(const std::string& label) override
    {
        GError* problem = nullptr;
        secret_password_clear_sync(&schema(), nullptr, &problem, "label", label.c_str(), nullptr);
        return problem ? Result<void>(refused(problem)) : Result<void>();
    }
    [[nodiscard]] bool isUnlocked() override
    {
        ::SecretService* service = secret_service_get_sync(SECRET_SERVICE_NONE, nullptr, nullptr);
        if (!service)
            return false;
        SecretCollection* collection =
            secret_collection_for_alias_sync(service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, nullptr, nullptr);
        const bool isUnlocked = collection && secret_collection_get_locked(collection) == FALSE;
        if (collection)
            g_object_unref(collection);
        g_object_unref(service);
        return isUnlocked;
    }
};

} // namespace

std::unique_ptr<crypto::SecretStore> secretService()
{
    if (!std::getenv("DBUS_SESSION_BUS_ADDRESS"))
        return nullptr;
    return std::make_unique<SecretService>();
}

} // namespace cordon::keyring

#else

namespace cordon::keyring {

std::unique_ptr<crypto::SecretStore> secretService()
{
    return nullptr;
}

} // namespace cordon::keyring

#endif
