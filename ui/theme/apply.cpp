#include "ui/theme/apply.h"

#include "ui/theme/fonts.h"

#include <QApplication>
#include <QFile>
#include <QStyleFactory>
#include <QStyle>
#include <QToolTip>

#include <utility>

static void initStyleResource()
{
    Q_INIT_RESOURCE(cordon_style);
}

namespace cordon::ui::theme {

QString styleSheetFor(Mode mode)
{
    initStyleResource();
    QFile file(QStringLiteral(":/style/cordon.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const Tokens& t = tokensFor(mode);
    const double wash = mode == Mode::Dark ? 0.10 : mode == Mode::Light ? 0.08 : 0.0;
    // Longer names first where one is the start of another.
    const std::pair<const char*, QColor> places[] = {
        {"@accentHover", mixed(t.text, t.accent, 0.14)},
        {"@attackerWash", mixed(t.attacker, t.panel, wash)},
        {"@mediumWash", mixed(t.medium, t.panel, wash)},
        {"@peopleWash", mixed(t.people, t.panel, wash)},
        {"@onAccent", t.onAccent},
        {"@accentWash", mixed(t.accent, t.panel, wash)},
        {"@edge", mode == Mode::HighContrast ? t.line : mixed(t.faint, t.panel, 0.35)},
        {"@hover", mixed(t.text, t.raised, 0.06)},
        {"@off", mixed(t.faint, t.panel, 0.7)},
        {"@window", t.window},
        {"@panel", t.panel},
        {"@raised", t.raised},
        {"@line", t.line},
        {"@text", t.text},
        {"@dim", t.dim},
        {"@faint", t.faint},
        {"@accent", t.accent},
        {"@attacker", t.attacker},
        {"@high", t.high},
        {"@medium", t.medium},
        {"@low", t.low},
        {"@agent", t.agent},
        {"@people", t.people},
        {"@good", t.good},
    };
    for (const auto& [name, color] : places)
        sheet.replace(QLatin1String(name), color.name());
    const QString which = mode == Mode::Light ? QStringLiteral("light") : QStringLiteral("dark");
    for (const char* mark : {"chevron", "check"})
        sheet.replace(QLatin1Char('$') + QLatin1String(mark), QStringLiteral(":/style/%1-%2.svg").arg(QLatin1String(mark), which));
    return sheet;
}

void apply(QApplication& application, Mode mode)
{
    if (application.style()->objectName().compare(QLatin1String("fusion"), Qt::CaseInsensitive) != 0)
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(interfaceFont());
    const QPalette palette = paletteFor(mode);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QToolTip::setFont(interfaceFont(12));
    application.setStyleSheet(styleSheetFor(mode));
}

} // namespace cordon::ui::theme
