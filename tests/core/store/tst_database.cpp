#include "core/store/database.h"

#include <QTemporaryDir>
#include <QtTest>
#include <sys/inotify.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::store;

class TestDatabase : public QObject
{
    Q_OBJECT

private slots:
    void aNewDatabaseIsMadeWithoutAJournalBesideIt();
    void storesAndReadsEveryKindOfValue();
    void aStatementIsReusedByItsNextBindRound();
    void anUncommittedTransactionLeavesNothing();
    void aCommittedTransactionStays();
    void aReadOnlyDatabaseRefusesWrites();
    void aMissingDatabaseIsNotFound();
    void aFileThatIsNoDatabaseIsCorrupt();
    void aSecondWriterSeesWhatTheFirstCommitted();
    void aDuplicateKeyIsAConflict();
    void aForeignKeyIsHeld();
    void extensionsAreOff();
    void migrationRunsOnlyTheMissingSteps();
    void aFailedMigrationStepLeavesTheOldVersion();
    void aNewerDatabaseIsUnsupported();
    void durabilityCanBeDroppedAndRestored();

private:
    static std::filesystem::path in(const QTemporaryDir& folder) { return folder.filePath("test.db").toStdString(); }
    static Database make(const QTemporaryDir& folder, const char* sql = "CREATE TABLE t (a, b)")
    {
        auto database = Database::open(in(folder), Database::Mode::Create);
        if (!database || !database->execute(sql))
            qFatal("cannot make the test database");
        return std::move(*database);
    }
    static std::int64_t number(Database& database, const char* sql)
    {
        auto statement = database.prepare(sql);
        if (!statement || !statement->step())
            return -1;
        return statement->integer(0);
    }
};

/// A kill in that moment would leave it, and whoever finds one beside an index takes it for another program's.
void TestDatabase::aNewDatabaseIsMadeWithoutAJournalBesideIt()
{
    const QTemporaryDir folder;
    const int watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    QVERIFY(watch >= 0 && ::inotify_add_watch(watch, folder.path().toStdString().c_str(), IN_CREATE) >= 0);
    {
        const Database database = make(folder);
    }
    QByteArray told(65536, '\0');
    const auto bytes = ::read(watch, told.data(), static_cast<std::size_t>(told.size()));
    ::close(watch);
    QVERIFY(bytes > 0);
    told.truncate(bytes);
    QVERIFY(told.contains("test.db"));
    QVERIFY2(!told.contains("test.db-journal"), "a rollback journal was written");
}

void TestDatabase::storesAndReadsEveryKindOfValue()
{
    const QTemporaryDir folder;
    Database database = make(folder, "CREATE TABLE t (a, b, c, d, e)");
    auto insert = database.prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)");
    QVERIFY(insert);
    const std::string blob("\0\xff\0", 3);
    QVERIFY(insert->bind(1, std::int64_t{-9007199254740993})
                .bind(2, 2.5)
                .bind(3, std::string_view("é\0x", 4))
                .bindBlob(4, blob)
                .bindNull(5)
                .run());
    QCOMPARE(database.lastRowId(), 1);
    QCOMPARE(database.changes(), 1);
    auto select = database.prepare("SELECT a, b, c, d, e FROM t");
    QVERIFY(select);
    QCOMPARE(select->step().value(), true);
    QCOMPARE(select->integer(0), std::int64_t{-9007199254740993});
    QCOMPARE(select->real(1), 2.5);
    QCOMPARE(select->text(2), std::string("é\0x", 4));
    QCOMPARE(select->text(3), blob);
    QVERIFY(select->isNull(4));
    QCOMPARE(select->text(4), std::string());
    QCOMPARE(select->integer(4), std::int64_t{0});
    QCOMPARE(select->step().value(), false);
}

void TestDatabase::aStatementIsReusedByItsNextBindRound()
{
    const QTemporaryDir folder;
    Database database = make(folder);
    QVERIFY(database.execute("INSERT INTO t VALUES (1, 'one'), (2, 'two')"));
    auto select = database.prepare("SELECT b FROM t WHERE a >= ? ORDER BY a");
    QVERIFY(select);
    select->bind(1, std::int64_t{1});
    QVERIFY(select->step().value());
    QCOMPARE(select->text(0), std::string("one"));
    select->bind(1, std::int64_t{2}); // the first round was not finished
    QVERIFY(select->step().value());
    QCOMPARE(select->text(0), std::string("two"));
}

void TestDatabase::anUncommittedTransactionLeavesNothing()
{
    const QTemporaryDir folder;
    Database database = make(folder);
    {
        auto transaction = Transaction::begin(database);
        QVERIFY(transaction);
        QVERIFY(database.execute("INSERT INTO t VALUES (1, 1)"));
    }
    QCOMPARE(number(database, "SELECT count(*) FROM t"), 0);
}

void TestDatabase::aCommittedTransactionStays()
{
    const QTemporaryDir folder;
    Database database = make(folder);
    {
        auto transaction = Transaction::begin(database);
        QVERIFY(transaction);
        QVERIFY(database.execute("INSERT INTO t VALUES (1, 1)"));
        QVERIFY(transaction->commit());
    }
    QCOMPARE(number(database, "SELECT count(*) FROM t"), 1);
}

void TestDatabase::aReadOnlyDatabaseRefusesWrites()
{
    const QTemporaryDir folder;
    Database writer = make(folder);
    auto reader = Database::open(in(folder), Database::Mode::ReadOnly);
    QVERIFY(reader);
    const auto refused = reader->execute("INSERT INTO t VALUES (1, 1)");
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::Denied);
}

void TestDatabase::aMissingDatabaseIsNotFound()
{
    const QTemporaryDir folder;
    const auto missing = Database::open(in(folder), Database::Mode::ReadWrite);
    QVERIFY(!missing);
    QVERIFY(missing.error().code == ErrorCode::NotFound);
    QVERIFY(missing.error().detail.find("test.db") != std::string::npos);
}

void TestDatabase::aFileThatIsNoDatabaseIsCorrupt()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath("test.db"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(4096, 'x'));
    file.close();
    for (const auto mode : {Database::Mode::ReadWrite, Database::Mode::ReadOnly}) {
        const auto opened = Database::open(in(folder), mode);
        QVERIFY(!opened);
        QVERIFY(opened.error().code == ErrorCode::Corrupt);
    }
}

void TestDatabase::aSecondWriterSeesWhatTheFirstCommitted()
{
    const QTemporaryDir folder;
    Database first = make(folder);
    auto second = Database::open(in(folder), Database::Mode::ReadWrite);
    QVERIFY(second);
    QVERIFY(first.execute("INSERT INTO t VALUES (7, 0)"));
    QCOMPARE(number(*second, "SELECT a FROM t"), 7);
}

void TestDatabase::aDuplicateKeyIsAConflict()
{
    const QTemporaryDir folder;
    Database database = make(folder, "CREATE TABLE t (a INTEGER PRIMARY KEY)");
    QVERIFY(database.execute("INSERT INTO t VALUES (1)"));
    const auto refused = database.execute("INSERT INTO t VALUES (1)");
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::Conflict);
}

void TestDatabase::aForeignKeyIsHeld()
{
    const QTemporaryDir folder;
    Database database = make(folder, "CREATE TABLE p (a INTEGER PRIMARY KEY); CREATE TABLE t (a REFERENCES p)");
    const auto refused = database.execute("INSERT INTO t VALUES (9)");
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::Invalid);
}

void TestDatabase::extensionsAreOff()
{
    const QTemporaryDir folder;
    Database database = make(folder);
    const auto loaded = database.execute("SELECT load_extension('libm.so.6')");
    QVERIFY(!loaded);
    QVERIFY(loaded.error().detail.find("not authorized") != std::string::npos);
}

void TestDatabase::migrationRunsOnlyTheMissingSteps()
{
    const QTemporaryDir folder;
    Database database = make(folder);
    const std::vector<const char*> first{"CREATE TABLE one (a)"};
    const std::vector<const char*> both{"CREATE TABLE one (a)", "CREATE TABLE two (a); INSERT INTO two VALUES (5)"};
    QVERIFY(migrate(database, first));
    QVERIFY(migrate(database, both));
    QVERIFY(migrate(database, both));
    QCOMPARE(number(database, "SELECT count(*) FROM two"), 1);
    QCOMPARE(number(database, "PRAGMA user_version"), 2);
}

void TestDatabase::aFailedMigrationStepLeavesTheOldVersion()
{
    const QTemporaryDir folder;
    Database database = make(folder);
    QVERIFY(!migrate(database, {"CREATE TABLE one (a)", "CREATE TABLE two (a); nonsense"}));
    QCOMPARE(number(database, "PRAGMA user_version"), 0);
    QCOMPARE(number(database, "SELECT count(*) FROM sqlite_master WHERE name IN ('one', 'two')"), 0);
}

void TestDatabase::aNewerDatabaseIsUnsupported()
{
    const QTemporaryDir folder;
    Database database = make(folder, "PRAGMA user_version = 3");
    const auto result = migrate(database, {"CREATE TABLE one (a)"});
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::Unsupported);
}

void TestDatabase::durabilityCanBeDroppedAndRestored()
{
    const QTemporaryDir folder;
    Database database = make(folder);
    QCOMPARE(number(database, "PRAGMA synchronous"), 2);
    QVERIFY(database.setDurable(false));
    QCOMPARE(number(database, "PRAGMA synchronous"), 0);
    QVERIFY(database.setDurable(true));
    QCOMPARE(number(database, "PRAGMA synchronous"), 2);
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
