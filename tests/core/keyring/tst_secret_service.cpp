#include "core/keyring/secret_service.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace cordon;

namespace {

constexpr const char* inside = "CORDON_TEST_INSIDE_KEYRING";

} // namespace

/// The desktop's secret service, where the machine has one to try. It is started on a bus and in a home of its own, so
/// that nobody's keyring is touched.
class TestSecretService : public QObject
{
    Q_OBJECT

private slots:
    void withoutABusThereIsNone()
    {
        if (qEnvironmentVariableIsSet(inside))
            return;
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        QVERIFY(!keyring::secretService());
    }

    void whatIsKeptIsFoundAndForgotten()
    {
        if (qEnvironmentVariableIsSet(inside)) {
            const auto store = keyring::secretService();
            if (!store)
                QSKIP("this build has no libsecret");
            const std::string label = "agent key SHA256:test";
            QVERIFY(store->find(label).error().code == ErrorCode::NotFound);
            const auto kept = store->keep(label, crypto::SecretBytes::copyOf("correct horse battery"));
            QVERIFY2(kept, kept ? "" : kept.error().detail.c_str());
            const auto found = store->find(label);
            QVERIFY(found && found->text() == "correct horse battery");
            QVERIFY(store->find("another label").error().code == ErrorCode::NotFound);
            QVERIFY(store->forget(label));
            QVERIFY(store->find(label).error().code == ErrorCode::NotFound);
            return;
        }
        for (const char* needed : {"dbus-run-session", "gnome-keyring-daemon"}) {
            if (QStandardPaths::findExecutable(needed).isEmpty())
                QSKIP(qPrintable(QString("no %1 on this machine: the real keyring is not tried").arg(needed)));
        }
        const QTemporaryDir home;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(inside, "1");
        for (const char* place : {"HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
            environment.insert(place, home.path());
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start("dbus-run-session",
                      {"--", "sh", "-c", "echo test | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$0\"",
                       QCoreApplication::applicationFilePath()});
        QVERIFY(process.waitForFinished(30'000));
        const QByteArray said = process.readAll();
        if (said.contains("no libsecret"))
            QSKIP("this build has no libsecret");
        QVERIFY2(process.exitCode() == 0 && !said.contains("SKIP"), said.constData());
    }
};

QTEST_GUILESS_MAIN(TestSecretService)
#include "tst_secret_service.moc"
