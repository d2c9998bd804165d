// The console: reads the command line, finds its folders, opens the window. Source: docs/guide

#include "core/platform/hardening.h"
#include "ui/shell/main_window.h"
#include "ui/text/language.h"
#include "ui/theme/apply.h"
#include "ui/theme/fonts.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QPixmap>
#include <QSettings>
#include <QSocketNotifier>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <sys/signalfd.h>
#include <sys/stat.h>

namespace {

using namespace cordon::ui;

constexpr int exitUsage = 64;
constexpr int shotWidth = 1440;
constexpr int shotHeight = 900;

struct Options
{
    shell::CaseWish wish;
    QString home;
    QString theme;
    QString screenshot;
    QSize size;
    int screen = -1;
    int afterMillis = 3000;
};

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription(QApplication::translate("main", "Cordon: from log lines to contained incidents."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("PATH"), QApplication::translate("main", "Log files, folders, or one case to open."),
                                 QStringLiteral("[PATH…]"));
    const auto add = [&parser](const char* name, const char* value, const QString& what) {
        parser.addOption({QString::fromLatin1(name), what, QString::fromLatin1(value)});
    };
    add("exercise", "NAME", QApplication::translate("main", "Open an exercise: a shipped one by its id, or from-log."));
    add("connect", "FILE", QApplication::translate("main", "Settings of the real systems that the agent acts on, under the mandate in force."));
    add("case", "DIR", QApplication::translate("main", "Case folder to make or open."));
    add("home", "DIR", QApplication::translate("main", "Cordon's own folder; default $CORDON_HOME."));
    add("theme", "dark|light|contrast", QApplication::translate("main", "Look of the window."));
    add("language", "CODE", QApplication::translate("main", "Language, such as de; default what was chosen before, or the desktop's."));
    add("pace", "X", QApplication::translate("main", "Log seconds per second in an exercise that is played; default 10."));
    add("screenshot", "FILE", QApplication::translate("main", "Save a picture of the window and end."));
    add("after", "MS", QApplication::translate("main", "When to take the picture; default 3000."));
    add("size", "WxH", QApplication::translate("main", "Size of the window."));
    add("screen", "N", QApplication::translate("main", "Screen to show, 1 to 8."));
}

QSize sizeFrom(const QString& text)
{
    const QStringList parts = text.split(QLatin1Char('x'));
    return parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
}

Options optionsFrom(const QCommandLineParser& parser)
{
    Options options;
    options.home = parser.value(QStringLiteral("home"));
    options.theme = parser.value(QStringLiteral("theme"));
    options.screenshot = parser.value(QStringLiteral("screenshot"));
    options.size = sizeFrom(parser.value(QStringLiteral("size")));
    options.screen = parser.value(QStringLiteral("screen")).toInt() - 1;
    if (parser.isSet(QStringLiteral("after")))
        options.afterMillis = parser.value(QStringLiteral("after")).toInt();
    options.wish.folder = parser.value(QStringLiteral("case"));
    options.wish.exercise = parser.value(QStringLiteral("exercise"));
    if (parser.isSet(QStringLiteral("connect")))
        options.wish.connect = QFileInfo(parser.value(QStringLiteral("connect"))).absoluteFilePath();
    if (parser.isSet(QStringLiteral("pace")))
        options.wish.pace = parser.value(QStringLiteral("pace")).toDouble();
    for (const QString& path : parser.positionalArguments()) {
        const QString absolute = QFileInfo(path).absoluteFilePath();
        if (options.wish.folder.isEmpty() && shell::isCase(absolute))
            options.wish.folder = absolute;
        else
            options.wish.logs += absolute;
    }
    return options;
}

QString problemWith(const Options& options)
{
    for (const QString& log : options.wish.logs) {
        if (!QFileInfo::exists(log))
            return QApplication::translate("main", "%1 does not exist").arg(log);
    }
    if (!options.wish.connect.isEmpty() && !options.wish.exercise.isEmpty())
        return QApplication::translate("main", "--connect and --exercise exclude each other: an exercise can never connect to a real system");
    if (!options.wish.connect.isEmpty() && !QFileInfo::exists(options.wish.connect))
        return QApplication::translate("main", "%1 does not exist").arg(options.wish.connect);
    if (!options.theme.isEmpty() && !theme::modeFrom(options.theme))
        return QApplication::translate("main", "--theme is dark, light or contrast");
    if (options.wish.pace <= 0)
        return QApplication::translate("main", "--pace is a number above 0");
    if (options.wish.exercise == QLatin1String("from-log") && options.wish.logs.isEmpty() && options.wish.folder.isEmpty())
        return QApplication::translate("main", "--exercise from-log needs log files");
    return {};
}

theme::Mode modeFor(const QString& asked, const QSettings& settings)
{
    const QString name = asked.isEmpty() ? settings.value(QStringLiteral("theme"), QStringLiteral("dark")).toString() : asked;
    return theme::modeFrom(name).value_or(theme::Mode::Dark);
}

void takePicture(shell::MainWindow& window, const Options& options)
{
    QTimer::singleShot(options.afterMillis, &window, [&window, file = options.screenshot] {
        const bool isSaved = window.grab().save(file);
        if (!isSaved)
            std::fprintf(stderr, "cordon: %s could not be written\n", qPrintable(file));
        QApplication::exit(isSaved ? 0 : 1);
    });
}

/// A polite end for SIGTERM and SIGINT: the window closes as by hand, so that the ledger's head is signed.
int makeSignalDescriptor()
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr); // before any thread starts: they inherit it
    return signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
}

} // namespace

int main(int argc, char** argv)
{
    const int signalDescriptor = makeSignalDescriptor();
    umask(077); // cases, keys and homes are for their owner alone
    if (!cordon::platform::forbidCoreFiles()) { // they would hold the keys that are in use
        std::fputs("cordon: core files could not be switched off\n", stderr);
        return 1;
    }
    QApplication application(argc, argv);
    QSocketNotifier ending(signalDescriptor, QSocketNotifier::Read);
    QObject::connect(&ending, &QSocketNotifier::activated, &application, &QApplication::quit);
    QApplication::setApplicationName(QStringLiteral("cordon"));
    QApplication::setOrganizationName(QStringLiteral("cordon"));
    QApplication::setApplicationVersion(QStringLiteral("0.1.0"));
    const QString asked = text::wishIn(QApplication::arguments());
    text::speak(asked.isEmpty() ? QSettings().value(QStringLiteral("language")).toString() : asked);

    QCommandLineParser parser;
    describe(parser);
    parser.process(application);
    const Options options = optionsFrom(parser);
    if (const QString problem = problemWith(options); !problem.isEmpty()) {
        std::fprintf(stderr, "cordon: %s\n", qPrintable(problem));
        return exitUsage;
    }
    const shell::Places places = shell::findPlaces(options.home);
    qputenv("CORDON_HOME", places.home.toUtf8()); // readers of a case and the programs started here find the same keys
    if (places.resources.isEmpty()) {
        std::fprintf(stderr, "cordon: rules and playbooks not found; set CORDON_RESOURCES to their folder\n");
        return exitUsage;
    }
    if (!theme::loadFonts())
        std::fprintf(stderr, "cordon: an embedded font is missing; the desktop's own is used\n");
    const theme::Mode mode = modeFor(options.theme, QSettings());
    theme::apply(application, mode);

    shell::MainWindow window(places, mode);
    QObject::connect(&window, &shell::MainWindow::themeRequested, &application, [&application](theme::Mode wanted) {
        theme::apply(application, wanted);
        QSettings().setValue(QStringLiteral("theme"), theme::nameOf(wanted));
    });
    if (options.size.isValid())
        window.resize(options.size);
    else if (!options.screenshot.isEmpty())
        window.resize(shotWidth, shotHeight);
    const shell::CaseWish& wish = options.wish;
    if (!wish.connect.isEmpty())
        window.useSettings(wish.connect, true);
    if (!wish.folder.isEmpty() || !wish.exercise.isEmpty() || !wish.logs.isEmpty())
        window.start(wish);
    if (options.screen >= 0)
        window.go(options.screen);
    window.show();
    if (!options.screenshot.isEmpty())
        takePicture(window, options);
    return QApplication::exec();
}
