#include "tests/app/ctl_runner.h"

#include <fstream>
#include <string>
#include <sys/resource.h>

using namespace cordon;
using namespace cordon::tests;

namespace {

/// The line of that limit, of a process that runs.
std::string limitOf(qint64 process, const std::string& name)
{
    std::ifstream limits("/proc/" + std::to_string(process) + "/limits");
    for (std::string line; std::getline(limits, line);) {
        if (line.rfind(name, 0) == 0)
            return line.substr(name.size());
    }
    return {};
}

} // namespace

/// Keys lie in the memory of the programs that use them; a core file would carry them out.
class TestCoreFiles : public QObject
{
    Q_OBJECT

private slots:
    // NHI2
    void noCoreFileIsWrittenOfAProgramThatHoldsKeys_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("cordonctl") << "cordonctl" << QStringList{"--evidence-passphrase-fd", "0", "verify", "nowhere"};
        QTest::newRow("step-up") << "cordon_approve_tty" << QStringList{"--people", "p", "--as", "user:a", "--sign-command", "-"};
    }
    void noCoreFileIsWrittenOfAProgramThatHoldsKeys()
    {
        QFETCH(QString, program);
        QFETCH(QStringList, arguments);
        const CtlRunner ctl;
        QProcess process;
        ctl.prepare(process, arguments, program);
        process.setChildProcessModifier([] {
            const rlimit large{1U << 20U, RLIM_INFINITY};
            (void)::setrlimit(RLIMIT_CORE, &large);
        });
        process.start(); // it waits for what comes on its standard input
        QVERIFY(process.waitForStarted());
        const auto limit = [&] { return limitOf(process.processId(), "Max core file size"); };
        const auto isNone = [&] {
            const std::string line = limit();
            return !line.empty() && line.find_first_not_of(" 0") == line.find("bytes");
        };
        const bool hasNone = QTest::qWaitFor(isNone, 20'000);
        const std::string found = limit();
        process.closeWriteChannel();
        (void)process.waitForFinished();
        QVERIFY2(hasNone, found.c_str());
    }
};

QTEST_GUILESS_MAIN(TestCoreFiles)
#include "tst_core_files.moc"
