#include "core/platform/file.h"

#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::platform;

class TestFile : public QObject
{
    Q_OBJECT

private slots:
    void writesAppendsAndReadsBack();
    void readsAtAnOffsetWithoutMoving();
    void aMissingFileIsNotFoundAndNamed();
    void aFolderIsInvalid();
    void aFileWithoutPermissionIsDenied();
    void aFullDiskIsDiskFull();
    void exclusiveCreationRefusesATakenName();
    void appendingDoesNotFollowALink();
    void aPipeIsNoFile();
    void newFilesArePrivate();
    void aLockedFileIsAConflict();
    void atomicWritingReplacesTheWholeFile();
    void atomicWritingLeavesNoTemporaryFile();
    void aLongFileIsInvalid();
    void foldersAreMadeAtAnyDepth();
    void aFileInTheWayOfAFolderIsAConflict();
    void renamingDoesNotReplace();
    void homeFollowsTheEnvironment();

private:
    static Path in(const QTemporaryDir& folder, const char* name) { return folder.filePath(name).toStdString(); }
};

void TestFile::writesAppendsAndReadsBack()
{
    const QTemporaryDir folder;
    const Path path = in(folder, "a");
    {
        auto file = File::createExclusively(path);
        QVERIFY(file);
        QVERIFY(file->write(std::string_view("one ")));
        QVERIFY(file->sync());
    }
    auto file = File::openForAppending(path);
    QVERIFY(file);
    QVERIFY(file->write(std::string_view("two")));
    QCOMPARE(file->size().value(), std::uint64_t{7});
    QCOMPARE(readFile(path).value(), std::string("one two"));
    QVERIFY(file->truncate(3));
    QCOMPARE(readFile(path).value(), std::string("one"));
}

void TestFile::aPipeIsNoFile()
{
    const QTemporaryDir folder;
    const Path path = in(folder, "pipe");
    QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    const auto file = File::openForReading(path); // and it comes back
    QVERIFY(!file);
    QVERIFY(file.error().code == ErrorCode::Invalid);
}

void TestFile::readsAtAnOffsetWithoutMoving()
{
    const QTemporaryDir folder;
    QVERIFY(writeFileAtomically(in(folder, "a"), "0123456789"));
    auto file = File::openForReading(in(folder, "a"));
    QVERIFY(file);
    char bytes[4];
    QCOMPARE(file->readAt(bytes, 4, 3).value(), std::size_t{4});
    QCOMPARE(std::string(bytes, 4), std::string("3456"));
    QCOMPARE(file->readAt(bytes, 4, 8).value(), std::size_t{2});
    QCOMPARE(file->read(bytes, 2).value(), std::size_t{2});
    QCOMPARE(std::string(bytes, 2), std::string("01"));
}

void TestFile::aMissingFileIsNotFoundAndNamed()
{
    const QTemporaryDir folder;
    const auto file = File::openForReading(in(folder, "missing.log"));
    QVERIFY(!file);
    QVERIFY(file.error().code == ErrorCode::NotFound);
    QVERIFY(file.error().detail.find("missing.log") != std::string::npos);
}

void TestFile::aFolderIsInvalid()
{
    const QTemporaryDir folder;
    const auto file = File::openForReading(folder.path().toStdString());
    QVERIFY(!file);
    QVERIFY(file.error().code == ErrorCode::Invalid);
}

void TestFile::aFileWithoutPermissionIsDenied()
{
    if (::geteuid() == 0)
        QSKIP("the superuser may read every file");
    const QTemporaryDir folder;
    QVERIFY(writeFileAtomically(in(folder, "a"), "x", 0200));
    const auto file = File::openForReading(in(folder, "a"));
    QVERIFY(!file);
    QVERIFY(file.error().code == ErrorCode::Denied);
}

void TestFile::aFullDiskIsDiskFull()
{
    auto file = File::openForAppending("/dev/full");
    if (!file)
        QSKIP("/dev/full cannot be opened here");
    const auto written = file->write(std::string_view("x"));
    QVERIFY(!written);
    QVERIFY(written.error().code == ErrorCode::DiskFull);
    QVERIFY(written.error().detail.find("/dev/full") != std::string::npos);
}

void TestFile::exclusiveCreationRefusesATakenName()
{
    const QTemporaryDir folder;
    QVERIFY(writeFileAtomically(in(folder, "a"), "x"));
    const auto file = File::createExclusively(in(folder, "a"));
    QVERIFY(!file);
    QVERIFY(file.error().code == ErrorCode::Conflict);
}

void TestFile::appendingDoesNotFollowALink()
{
    const QTemporaryDir folder;
    QVERIFY(writeFileAtomically(in(folder, "a"), "x"));
    std::filesystem::create_symlink(in(folder, "a"), in(folder, "link"));
    const auto file = File::openForAppending(in(folder, "link"));
    QVERIFY(!file);
    QVERIFY(file.error().code == ErrorCode::Denied);
}

void TestFile::newFilesArePrivate()
{
    const QTemporaryDir folder;
    QVERIFY(writeFileAtomically(in(folder, "a"), "x"));
    struct stat status
    {};
    QCOMPARE(::stat(in(folder, "a").c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);
}

void TestFile::aLockedFileIsAConflict()
{
    const QTemporaryDir folder;
    auto first = File::openForAppending(in(folder, "lock"));
    auto second = File::openForAppending(in(folder, "lock"));
    QVERIFY(first);
    QVERIFY(second);
    QVERIFY(first->lock());
    const auto refused = second->lock();
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::Conflict);
    {
        const File closing = std::move(*first);
    }
    QVERIFY(second->lock());
}

void TestFile::atomicWritingReplacesTheWholeFile()
{
    const QTemporaryDir folder;
    QVERIFY(writeFileAtomically(in(folder, "a"), "a long first text"));
    QVERIFY(writeFileAtomically(in(folder, "a"), "short"));
    QCOMPARE(readFile(in(folder, "a")).value(), std::string("short"));
}

void TestFile::atomicWritingLeavesNoTemporaryFile()
{
    const QTemporaryDir folder;
    QVERIFY(writeFileAtomically(in(folder, "a"), "x"));
    std::filesystem::create_directory(in(folder, "taken"));
    QVERIFY(!writeFileAtomically(in(folder, "taken"), "x"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             (QStringList{"a", "taken"}));
}

void TestFile::aLongFileIsInvalid()
{
    const QTemporaryDir folder;
    QVERIFY(writeFileAtomically(in(folder, "a"), "12345"));
    QVERIFY(readFile(in(folder, "a"), 5));
    const auto text = readFile(in(folder, "a"), 4);
    QVERIFY(!text);
    QVERIFY(text.error().code == ErrorCode::Invalid);
}

void TestFile::foldersAreMadeAtAnyDepth()
{
    const QTemporaryDir folder;
    QVERIFY(makeFolders(in(folder, "a/b/c")));
    QVERIFY(makeFolders(in(folder, "a/b/c")));
    struct stat status
    {};
    QCOMPARE(::stat(in(folder, "a/b").c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0700U);
    QVERIFY(syncFolder(in(folder, "a/b/c")));
}

void TestFile::aFileInTheWayOfAFolderIsAConflict()
{
    const QTemporaryDir folder;
    QVERIFY(writeFileAtomically(in(folder, "a"), "x"));
    const auto made = makeFolders(in(folder, "a"));
    QVERIFY(!made);
    QVERIFY(made.error().code == ErrorCode::Conflict);
}

void TestFile::renamingDoesNotReplace()
{
    const QTemporaryDir folder;
    QVERIFY(writeFileAtomically(in(folder, "a"), "new"));
    QVERIFY(writeFileAtomically(in(folder, "b"), "old"));
    const auto refused = renameWithoutReplacing(in(folder, "a"), in(folder, "b"));
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::Conflict);
    QCOMPARE(readFile(in(folder, "b")).value(), std::string("old"));
    QVERIFY(renameWithoutReplacing(in(folder, "a"), in(folder, "c")));
    QCOMPARE(readFile(in(folder, "c")).value(), std::string("new"));
}

void TestFile::homeFollowsTheEnvironment()
{
    qputenv("CORDON_HOME", "/somewhere");
    QCOMPARE(cordonHome(), Path("/somewhere"));
    qunsetenv("CORDON_HOME");
    qputenv("XDG_DATA_HOME", "/data");
    QCOMPARE(cordonHome(), Path("/data/cordon"));
    qunsetenv("XDG_DATA_HOME");
    qputenv("HOME", "/home/x");
    QCOMPARE(cordonHome(), Path("/home/x/.local/share/cordon"));
    QCOMPARE(environment("CORDON_HOME"), std::string());
}

QTEST_GUILESS_MAIN(TestFile)
#include "tst_file.moc"
