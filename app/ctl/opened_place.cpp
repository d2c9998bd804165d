#include "app/ctl/opened_place.h"

#include "core/record/log_keys.h"

#include <iostream>

namespace cordon::ctl {

Result<std::shared_ptr<const record::SealedCase>> openedPlace(const std::string& place)
{
    if (!record::isSealedCase(place))
        return std::shared_ptr<const record::SealedCase>();
    return record::SealedCase::open(place);
}

Result<std::shared_ptr<const record::SealedCase>> openedToRead(const Context& context, const std::string& place,
                                                                const std::optional<crypto::PublicKey>& key)
{
    CORDON_TRY(auto sealed, openedPlace(place));
    if (!sealed)
        return sealed;
    const record::SealedManifest& manifest = sealed->manifest();
    CORDON_TRY(const auto pinned, record::LogKeys(context.home).pinned(manifest.origin));
    const auto& trusted = key ? key : pinned;
    if (trusted && *trusted != manifest.key)
        return fail(ErrorCode::Untrusted, place + ": signed by another key than the one that is " +
                                              (key ? "given" : "known for " + manifest.origin));
    if (!trusted)
        std::cerr << "cordonctl: not verified: nobody here knows the key " << manifest.key.fingerprint()
                  << "; compare it, and run: cordonctl verify --key\n";
    return sealed;
}

} // namespace cordon::ctl
