#include "core/platform/folder_watch.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace cordon::platform;
using namespace std::chrono_literals;

/// Linux queues what happened before the call that caused it returns, so nothing here waits.
class TestFolderWatch : public QObject
{
    Q_OBJECT

private slots:
    void tellsOfGrowthNewFilesAndNewFolders()
    {
        QTemporaryDir dir;
        const Path root = dir.path().toStdString();
        std::ofstream(root / "a.log") << "one\n";
        FolderWatch watch;
        watch.add(root);
        if (!watch.isTelling())
            QSKIP("this system tells of no changes");
        QVERIFY(!watch.hasChanged(0ms));
        std::ofstream(root / "a.log", std::ios::app) << "two\n";
        QVERIFY(watch.hasChanged(0ms));
        QVERIFY(!watch.hasChanged(0ms));
        std::filesystem::create_directories(root / "below");
        QVERIFY(watch.hasChanged(0ms));
        std::ofstream(root / "below" / "b.log") << "three\n";
        QVERIFY(watch.hasChanged(0ms));
    }

    void aFileIsWatchedThroughItsFolder()
    {
        QTemporaryDir dir;
        const Path file = dir.filePath("a.log").toStdString();
        std::ofstream(file) << "one\n";
        FolderWatch watch;
        watch.add(file);
        if (!watch.isTelling())
            QSKIP("this system tells of no changes");
        std::filesystem::rename(file, file.string() + ".1");
        QVERIFY(watch.hasChanged(0ms));
        watch.remove(file);
        (void)watch.hasChanged(0ms); // that the watch ended
        std::ofstream(file) << "two\n";
        QVERIFY(!watch.hasChanged(0ms));
    }
};

QTEST_GUILESS_MAIN(TestFolderWatch)
#include "tst_folder_watch.moc"
