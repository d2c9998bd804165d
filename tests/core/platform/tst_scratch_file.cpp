#include "core/platform/scratch_file.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

using namespace cordon;
using namespace cordon::platform;

class TestScratchFile : public QObject
{
    Q_OBJECT

private slots:
    void givesBackWhatWasWritten();
    void hasNoName();
    void saysWhereItCannotBe();
};

void TestScratchFile::givesBackWhatWasWritten()
{
    auto file = ScratchFile::open();
    QVERIFY(file);
    QCOMPARE(*file->append(bytesOf("first")), std::uint64_t(0));
    QCOMPARE(*file->append(bytesOf("second")), std::uint64_t(5));
    std::string text(6, ' ');
    QVERIFY(file->readAt(text.data(), 6, 5));
    QCOMPARE(text, "second");
    QVERIFY(file->readAt(text.data(), 6, 6).error().code == ErrorCode::Io);
    QVERIFY(file->clear());
    QCOMPARE(*file->append(bytesOf("third!")), std::uint64_t(0));
    QVERIFY(file->readAt(text.data(), 6, 0));
    QCOMPARE(text, "third!");
}

void TestScratchFile::hasNoName()
{
    const QTemporaryDir folder;
    auto file = ScratchFile::open(folder.path().toStdString());
    QVERIFY(file);
    QVERIFY(file->append(bytesOf("text")));
    QVERIFY(std::filesystem::is_empty(folder.path().toStdString()));
}

void TestScratchFile::saysWhereItCannotBe()
{
    const auto file = ScratchFile::open("/nowhere/at/all");
    QVERIFY(!file);
    QVERIFY(file.error().code == ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestScratchFile)
#include "tst_scratch_file.moc"
