#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <map>
#include <set>

/// What the built libraries and programs themselves ask of the system, whatever the sources look like.
class TestBinaries : public QObject
{
    Q_OBJECT

private:
    /// Undefined names of a library or program, by object file (a program is one object).
    std::map<QString, std::set<QString>> namesWanted(const QString& file, bool isProgram)
    {
        QProcess nm;
        nm.start(m_nm, {isProgram ? "-Du" : "-u", file});
        nm.waitForFinished(20'000);
        std::map<QString, std::set<QString>> wanted;
        QString object = QFileInfo(file).fileName();
        for (const QString& line : QString::fromUtf8(nm.readAllStandardOutput()).split('\n')) {
            if (line.endsWith(".o:"))
                object = line.chopped(1);
            const qsizetype place = line.indexOf(" U ");
            if (place >= 0)
                wanted[object].insert(line.mid(place + 3).section('@', 0, 0).trimmed());
        }
        return wanted;
    }

    QString m_nm = QStandardPaths::findExecutable(QStringLiteral("nm"));
    const std::set<QString> m_shells{"system", "popen", "dlopen", "dlmopen", "wordexp"};
    const std::set<QString> m_starts{"fork",   "vfork",  "execv",  "execve",      "execvp",     "execl", "execlp",
                                     "execle", "execvpe", "fexecve", "posix_spawn", "posix_spawnp", "clone"};

private slots:
    // GOV-ASI05, T11
    void govAsi05NoLibraryCanRunAShellOrLoadCode()
    {
        if (m_nm.isEmpty())
            QSKIP("nm is not installed");
        int libraries = 0;
        bool hasSeenRunner = false;
        for (const char* room : {"core", "ui", "app"}) {
            const QDir folder(QStringLiteral(CORDON_BINARY_DIR) + '/' + room);
            for (const QString& name : folder.entryList({"*.a"}, QDir::Files)) {
                ++libraries;
                for (const auto& [object, wanted] : namesWanted(folder.filePath(name), false)) {
                    for (const QString& symbol : wanted) {
                        QVERIFY2(!m_shells.contains(symbol), qPrintable(name + ' ' + object + ' ' + symbol));
                        if (!m_starts.contains(symbol))
                            continue;
                        QVERIFY2(object.startsWith("spawn_setup"), qPrintable(name + ' ' + object + ' ' + symbol));
                        hasSeenRunner = true;
                    }
                }
            }
        }
        QVERIFY2(libraries >= 10, qPrintable(QString::number(libraries)));
        QVERIFY(hasSeenRunner); // the look itself works
    }

    void noProgramCanEither()
    {
        if (m_nm.isEmpty())
            QSKIP("nm is not installed");
        const QDir folder(QStringLiteral(CORDON_BINARY_DIR "/bin"));
        int programs = 0;
        for (const QString& name : folder.entryList({"cordon*"}, QDir::Files | QDir::Executable)) {
            ++programs;
            for (const auto& [object, wanted] : namesWanted(folder.filePath(name), true)) {
                for (const QString& symbol : wanted)
                    QVERIFY2(!m_shells.contains(symbol), qPrintable(name + ' ' + symbol));
            }
        }
        if (programs == 0)
            QSKIP("no program is built here");
    }
};

QTEST_GUILESS_MAIN(TestBinaries)
#include "tst_binaries.moc"
