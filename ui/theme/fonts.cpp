#include "ui/theme/fonts.h"

#include <QFontDatabase>
#include <QStringList>

// Outside the namespace, as Qt asks: the resource of a static library is pulled in by name.
static void initFontResource()
{
    Q_INIT_RESOURCE(cordon_fonts);
}

namespace cordon::ui::theme {
namespace {

/// Pixels between letters: small sizes on dark grounds read better with a little air.
constexpr double airiness = 0.12;

QFont face(const QStringList& families, int px, QFont::Weight weight)
{
    QFont font;
    font.setFamilies(families);
    font.setPixelSize(px);
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

} // namespace

bool loadFonts()
{
    initFontResource();
    bool isComplete = true;
    for (const char* file : {"Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "JetBrainsMono-Regular.ttf",
                             "JetBrainsMono-SemiBold.ttf"}) {
        const QString path = QStringLiteral(":/fonts/") + QLatin1String(file);
        isComplete = QFontDatabase::addApplicationFont(path) >= 0 && isComplete;
    }
    return isComplete;
}

QFont interfaceFont(int px, QFont::Weight weight)
{
    QFont font = face({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("sans-serif")}, px, weight);
    font.setLetterSpacing(QFont::AbsoluteSpacing, airiness);
    return font;
}

QFont monoFont(int px, QFont::Weight weight)
{
    QFont font = face({QStringLiteral("JetBrains Mono"), QStringLiteral("monospace")}, px, weight);
    font.setStyleHint(QFont::Monospace);
    return font;
}

} // namespace cordon::ui::theme
