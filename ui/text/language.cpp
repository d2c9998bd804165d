#include "ui/text/language.h"

#include "ui/text/english_plurals.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QRegularExpression>

namespace cordon::ui::text {
namespace {

const QString folder = QStringLiteral(":/i18n");
const QString stem = QStringLiteral("cordon_");

/// The first wish that there are sentences for.
QString chosen(const QStringList& wishes)
{
    const QStringList known = languages();
    for (const QString& wish : wishes) {
        const QString code = wish.left(wish.indexOf(QRegularExpression(QStringLiteral("[-_.@]")))).toLower();
        if (known.contains(code))
            return code;
    }
    return known.first();
}

} // namespace

QStringList languages()
{
    QStringList codes{QStringLiteral("en")};
    for (const QString& file : QDir(folder).entryList({stem + QStringLiteral("*.qm")}))
        codes += file.mid(stem.size()).chopped(3);
    return codes;
}

QString speak(const QString& wish)
{
    QCoreApplication* application = QCoreApplication::instance();
    const QString code = chosen(wish.isEmpty() ? QLocale().uiLanguages() : QStringList{wish});
    QCoreApplication::installTranslator(new EnglishPlurals(application));
    QLocale::setDefault(QLocale(code));
    if (code == QLatin1String("en"))
        return code;
    auto* qt = new QTranslator(application);
    if (qt->load(QStringLiteral("qtbase_") + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    auto* sentences = new QTranslator(application);
    if (sentences->load(stem + code, folder))
        QCoreApplication::installTranslator(sentences);
    return code;
}

QString wishIn(const QStringList& arguments)
{
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == QLatin1String("--language"))
            return arguments.value(i + 1);
        if (arguments[i].startsWith(QLatin1String("--language=")))
            return arguments[i].section(QLatin1Char('='), 1);
    }
    return {};
}

} // namespace cordon::ui::text
