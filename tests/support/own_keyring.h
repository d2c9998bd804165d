#pragma once

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace cordon::test {

/// A desktop's secret service on a bus and in a home of its own, so that nobody's keyring is touched: a test runs itself again inside.
class OwnKeyring
{
public:
    static bool isInside() { return qEnvironmentVariableIsSet(mark); }

    /// What is missing on this machine, or "".
    static QString missing()
    {
        for (const char* needed : {"dbus-run-session", "gnome-keyring-daemon"}) {
            if (QStandardPaths::findExecutable(needed).isEmpty())
                return QString("no %1 on this machine: the real keyring is not tried").arg(needed);
        }
        return {};
    }
    /// Runs one test function inside. @return what went wrong, "SKIP …" when it was left out there, or ""
    static QByteArray run(const char* function)
    {
        const QTemporaryDir home;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(mark, "1");
        for (const char* place : {"HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
            environment.insert(place, home.path());
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start("dbus-run-session",
                      {"--", "sh", "-c", "echo test | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$0\" \"$1\"",
                       QCoreApplication::applicationFilePath(), function});
        if (!process.waitForFinished(30'000))
            return "it does not end";
        const QByteArray said = process.readAll();
        if (said.contains("no libsecret"))
            return "SKIP this build has no libsecret";
        return process.exitCode() == 0 && !said.contains("SKIP") ? QByteArray() : said;
    }

private:
    static constexpr const char* mark = "CORDON_TEST_INSIDE_KEYRING";
};

} // namespace cordon::test

/// Begins a test function that goes on inside a keyring of its own.
#define GO_ON_IN_OWN_KEYRING(function)                                                                                 \
    if (!cordon::test::OwnKeyring::isInside()) {                                                                       \
        if (const QString missing = cordon::test::OwnKeyring::missing(); !missing.isEmpty())                           \
            QSKIP(qPrintable(missing));                                                                                \
        const QByteArray problem = cordon::test::OwnKeyring::run(#function);                                           \
        if (problem.startsWith("SKIP"))                                                                                \
            QSKIP(problem.constData());                                                                                \
        QVERIFY2(problem.isEmpty(), problem.constData());                                                              \
        return;                                                                                                        \
    }
