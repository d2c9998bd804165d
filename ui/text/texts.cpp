#include "ui/text/texts.h"

#include "core/base/time.h"
#include "core/words/own_template.h"
#include "core/words/words.h"
#include "ui/text/names.h"
#include "ui/text/times.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <set>

namespace cordon::ui::text {
namespace {

bool isHidden(QChar c)
{
    const char16_t u = c.unicode();
    const bool isControl = u < 0x20 || (u >= 0x7f && u < 0xa0);
    const bool isInvisible = (u >= 0x200b && u <= 0x200f) || (u >= 0x202a && u <= 0x202e) || (u >= 0x2060 && u <= 0x206f)
                             || u == 0xfeff || u == 0x00ad;
    return isControl || isInvisible;
}

bool looksLikeTime(const std::string& value)
{
    static const QRegularExpression shape(QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"));
    return value.size() <= 32 && shape.match(QString::fromStdString(value)).hasMatch();
}

bool isNumberOrWord(const QString& value)
{
    static const QRegularExpression plain(QStringLiteral("^[0-9 .,:%+-]*( ?(ms|s|min|h|d|days|hours|minutes))?$"));
    return plain.match(value).hasMatch();
}

bool isMachineName(const QString& value)
{
    static const QRegularExpression shape(QStringLiteral(
        "^([0-9]{1,3}(\\.[0-9]{1,3}){3}(/\\d+)?|[0-9a-fA-F:]{6,39}|[A-Z]{4}[A-Z0-9]{8,}|[A-Z]{4}…[A-Z0-9]{4})$"));
    return shape.match(value).hasMatch();
}

/// How an argument is set apart, by its name in the catalogue: identifiers and provider verbs monospaced, what is
/// only a quantity, time or phrase not at all, names bold.
bool isPhrase(const std::string& name)
{
    static const std::set<std::string> phrases{"rule", "error", "gap", "earlier", "later", "level", "from", "to", "time",
                                               "service", "relation", "why", "until", "reason",
                                               "check", "effect", "known", "result", "state"};
    return phrases.count(name) > 0;
}

bool isIdentifier(const std::string& name)
{
    static const std::set<std::string> identifiers{"action", "via", "key", "address", "clause", "verb"};
    return identifiers.count(name) > 0;
}

std::string translated(const std::string& english)
{
    return QCoreApplication::translate("words", english.c_str()).toStdString();
}

std::string templateOf(const Text& text)
{
    const std::string* english = words::templateOf(text);
    return english ? translated(*english) : std::string();
}

/// "already_there: a step does the same" without the code, which is for programs.
std::string withoutCode(const std::string& why)
{
    const std::size_t end = why.find(": ");
    const std::string code = why.substr(0, end);
    const bool isCode = end != std::string::npos && code.find('_') != std::string::npos && code.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    return isCode ? why.substr(end + 2) : why;
}

/// An argument that is a code of the catalogue, in words; else as people read it.
QString shownArgument(const std::string& name, const std::string& value)
{
    if (const std::string* english = words::argumentTemplate(name, value))
        return QString::fromStdString(translated(*english));
    if (name == "file" || name == "why") // where to look, and what is wrong: no part of it is to be guessed
        return plainLine(name == "why" ? withoutCode(value) : value, 400);
    return readableArgument(value);
}

} // namespace

QString plainLine(const std::string& text, int most)
{
    QString line = QString::fromStdString(text.substr(0, static_cast<std::size_t>(most) * 4));
    for (QChar& c : line) {
        if (isHidden(c))
            c = QChar(0x00b7);
    }
    if (line.size() > most)
        line = line.left(most - 1) + QChar(0x2026);
    return line;
}

QString readableArgument(const std::string& value)
{
    if (looksLikeTime(value)) {
        const Result<Timestamp> time = Timestamp::parse(value);
        if (time)
            return clockSeconds(*time);
    }
    return shortId(plainLine(value));
}

QString sentence(const Text& text)
{
    const std::string pattern = templateOf(text);
    if (pattern.empty())
        return plainLine(words::english(text), 400);
    std::map<std::string, std::string> args;
    for (const auto& [name, value] : text.args)
        args[name] = shownArgument(name, value).toStdString();
    return QString::fromStdString(words::fill(pattern, args));
}

QString richSentence(const Text& text)
{
    const std::string pattern = templateOf(text);
    if (pattern.empty())
        return plainLine(words::english(text), 400).toHtmlEscaped();
    std::map<std::string, std::string> args;
    for (const auto& [name, value] : text.args) {
        const QString shown = shownArgument(name, value);
        const QString safe = shown.toHtmlEscaped();
        if (isIdentifier(name) || (isMachineName(shown) && !isPhrase(name)))
            args[name] = QStringLiteral("<span class=\"mono\">%1</span>").arg(safe).toStdString();
        else if (isPhrase(name) || isNumberOrWord(shown))
            args[name] = safe.toStdString();
        else
            args[name] = QStringLiteral("<b>%1</b>").arg(safe).toStdString();
    }
    const QString safePattern = QString::fromStdString(pattern).toHtmlEscaped();
    return QString::fromStdString(words::fill(safePattern.toStdString(), args));
}

} // namespace cordon::ui::text
