#include "core/ingest/file_list.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::ingest;

class TestFileList : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void walksFoldersInOrder();
    void takesANamedFileWhateverItsName();
    void listsEachFileOnce();
    void tellsWhatCannotBeRead();
    void followsNoLinkToAFolder();
    void anEmptyFolderIsNoFailure();

private:
    void put(const QString& name)
    {
        QDir(m_folder->path()).mkpath(QFileInfo(name).path());
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{}");
    }
    platform::Path path(const QString& name = {}) const { return m_folder->filePath(name).toStdString(); }
    QStringList names(const FileList& list) const
    {
        QStringList all;
        for (const platform::Path& file : list.files)
            all << QDir(m_folder->path()).relativeFilePath(QString::fromStdString(file.string()));
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFileList::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestFileList::walksFoldersInOrder()
{
    for (const char* name : {"b.json", "a/2.jsonl", "a/1.JSON", "c.json.gz", "d.zst", "e.ndjson", "f.log", "g.txt"})
        put(name);
    const FileList list = listFiles({path()});
    QCOMPARE(names(list), (QStringList{"a/1.JSON", "a/2.jsonl", "b.json", "c.json.gz", "d.zst", "e.ndjson", "f.log"}));
    QCOMPARE(list.rejected.size(), std::size_t{1});
    QVERIFY(list.rejected[0].file.find("g.txt") != std::string::npos);
    QVERIFY(list.rejected[0].reason.find("skipped") != std::string::npos);
}

void TestFileList::takesANamedFileWhateverItsName()
{
    put("trail.txt");
    QCOMPARE(names(listFiles({path("trail.txt")})), QStringList{"trail.txt"});
}

void TestFileList::listsEachFileOnce()
{
    put("a.json");
    QVERIFY(QFile::link(m_folder->filePath("a.json"), m_folder->filePath("b.json")));
    QCOMPARE(listFiles({path("a.json"), path(), path("./a.json")}).files.size(), std::size_t{1});
}

void TestFileList::tellsWhatCannotBeRead()
{
    put("secret.json");
    QVERIFY(::chmod(path("secret.json").c_str(), 0) == 0);
    QVERIFY(::mkfifo(path("pipe").c_str(), 0600) == 0);
    const FileList list = listFiles({path("missing.json"), path("pipe"), path("secret.json")});
    QVERIFY(list.rejected.size() >= 2);
    QVERIFY(list.rejected[0].reason.find("no such file") != std::string::npos);
    QVERIFY(list.rejected[1].reason.find("not a regular file") != std::string::npos);
    if (::geteuid() == 0)
        return; // root reads everything
    QVERIFY(list.files.empty());
    QVERIFY(list.rejected[2].reason.find("cannot be opened") != std::string::npos);
}

void TestFileList::followsNoLinkToAFolder()
{
    put("sub/a.json");
    QVERIFY(QFile::link(m_folder->path(), m_folder->filePath("sub/loop")));
    const FileList list = listFiles({path()});
    QCOMPARE(names(list), QStringList{"sub/a.json"});
    QCOMPARE(list.rejected.size(), std::size_t{1});
}

void TestFileList::anEmptyFolderIsNoFailure()
{
    const FileList list = listFiles({path()});
    QVERIFY(list.files.empty() && list.rejected.empty());
}

QTEST_GUILESS_MAIN(TestFileList)
#include "tst_file_list.moc"
