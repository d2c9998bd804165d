#include "ui/shell/exercise_code.h"

#include "core/crypto/sealed_box.h"

namespace cordon::ui::shell {

QString exerciseCode(const QString& base32, qint64 unixSeconds)
{
    const Result<std::string> secret = crypto::fromBase32(base32.toStdString());
    if (!secret || secret->empty())
        return {};
    return QString::fromStdString(crypto::totpCode(crypto::SecretBytes::copyOf(*secret), unixSeconds / 30));
}

} // namespace cordon::ui::shell
