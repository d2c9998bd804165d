#include "ui/text/english_plurals.h"

namespace cordon::ui::text {

QString EnglishPlurals::translate(const char*, const char* source, const char*, int n) const
{
    if (n < 0)
        return {};
    return QString::fromUtf8(source).replace(QLatin1String("(s)"), n == 1 ? QLatin1String("") : QLatin1String("s"));
}

} // namespace cordon::ui::text
