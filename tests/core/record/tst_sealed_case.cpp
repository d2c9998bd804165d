#include "core/platform/beneath.h"
#include "core/record/case_sealing.h"
#include "core/record/index_file.h"
#include "core/record/ledger_reader.h"
#include "core/record/sealed_audit.h"
#include "tests/core/record/audited_case.h"

#include <sys/stat.h>

using namespace cordon;
using namespace cordon::record;
using test::AuditedCase;

class TestSealedCase : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_out;

    [[nodiscard]] platform::Path file(const char* name) const { return m_out.filePath(name).toStdString(); }

    static SealOptions optionsOf(const AuditedCase& made)
    {
        SealOptions options;
        options.home = made.home();
        options.sealedBy = "user:analyst-a";
        options.program = "cordonctl 0.0";
        options.holderPatience = {}; // no holder of these tests answers
        return options;
    }

    platform::Path sealed(const AuditedCase& made, const char* name) const
    {
        const platform::Path out = file(name);
        std::filesystem::remove(out);
        const auto result = sealCase(made.folder(), out, optionsOf(made), made.clock);
        if (!result)
            qFatal("%s", result.error().detail.c_str());
        return out;
    }

    /// 0 to 3, or -1 when it is refused at opening.
    static int verdictOf(const platform::Path& file, const AuditedCase& made)
    {
        const auto opened = SealedCase::open(file);
        if (!opened)
            return -1;
        AuditOptions options;
        options.key = made.key;
        const auto report = auditSealed(**opened, options, {});
        return report ? report->exitStatus() : -1;
    }

    static ErrorCode codeOfOpening(const platform::Path& file)
    {
        const auto opened = SealedCase::open(file);
        return opened ? ErrorCode::Internal : opened.error().code;
    }

    /// A file of the layout with these parts, whatever they are.
    static std::string fileOf(const std::vector<std::pair<std::string, std::string>>& contents)
    {
        std::string bytes;
        std::vector<SealedPart> parts;
        for (const auto& [name, content] : contents) {
            SealedPart part{name, bytes.size(), content.size(), 0};
            bytes += layout::localHead(part) + content;
            parts.push_back(part);
        }
        return bytes + layout::directory(parts);
    }

private slots:
    void aSealedCaseVerifiesAndSaysWhatItHolds()
    {
        const AuditedCase made;
        const platform::Path out = sealed(made, "a.cordonz");
        const auto opened = SealedCase::open(out);
        QVERIFY2(opened, opened ? "" : opened.error().detail.c_str());
        AuditOptions options;
        options.home = made.home();
        std::uint64_t last = 0;
        const auto report = auditSealed(**opened, options, [&](const AuditProgress& at) {
            if (at.isSeal)
                last = at.done;
        });
        QVERIFY(report);
        QVERIFY2(report->exitStatus() == 0, report->toText().c_str());
        QCOMPARE(quint64{last}, quint64{std::filesystem::file_size(out)});
        QCOMPARE(report->report.ledger.entries, std::int64_t{11}); // ten and that it was sealed
        QCOMPARE(report->report.goodObjects, 2);
        QCOMPARE(report->seal.goodParts, report->parts);
        QCOMPARE((*opened)->manifest().sealedBy, std::string("user:analyst-a"));
        QCOMPARE(report->seal.file, crypto::sha256(AuditedCase::read(out)));
        QVERIFY(QString::fromStdString(report->toText()).contains("OK   (exit 0)"));
    }

    void theIndexIsReadInPlaceAndNothingLiesBesideTheFile()
    {
        const AuditedCase made;
        const platform::Path out = sealed(made, "b.cordonz");
        std::filesystem::permissions(out, std::filesystem::perms::owner_read);
        const auto opened = SealedCase::open(out);
        QVERIFY(opened);
        auto index = CaseIndexReader::open(databasePath(out));
        QVERIFY2(index, index ? "" : index.error().detail.c_str());
        QCOMPARE((*index)->queries().countLedger().value(), std::int64_t{11});
        QCOMPARE((*index)->queries().ledgerEntries("case.sealed", "").value().size(), std::size_t{1});
        QCOMPARE(EvidenceVault(evidencePath(out)).read({made.object, 8, 7}).value(), std::string("{\"a\":2}"));
        QStringList left = QDir(m_out.path()).entryList(QDir::Files | QDir::Hidden);
        left.removeIf([](const QString& name) { return name.endsWith(".cordonz"); });
        QVERIFY2(left.isEmpty(), qPrintable(left.join(' ')));
    }

    void aCaseThatGoesOnAfterItsSealingIsNoReproachToTheCopy()
    {
        const AuditedCase made;
        const platform::Path out = sealed(made, "c.cordonz");
        (void)sealed(made, "d.cordonz"); // one more entry, and a higher mark
        const auto opened = SealedCase::open(out);
        QVERIFY(opened);
        AuditOptions options;
        options.home = made.home();
        const auto report = auditSealed(**opened, options, {});
        QVERIFY(report);
        QVERIFY2(report->exitStatus() == 0, report->toText().c_str());
    }

    void aStrangersMachineCannotTellWithoutTheKey()
    {
        const AuditedCase made;
        const auto opened = SealedCase::open(sealed(made, "e.cordonz"));
        QVERIFY(opened);
        QCOMPARE(auditSealed(**opened, {}, {}).value().exitStatus(), 3);
    }

    // TL-01, of the export: every byte counts.
    void everyFlippedByteIsSeen()
    {
        const AuditedCase made;
        const std::string good = AuditedCase::read(sealed(made, "f.cordonz"));
        const platform::Path bad = file("flipped.cordonz");
        int undetected = 0;
        // Bytes of what frames the parts, and fewer of the index, which is most of the file.
        const auto isFrame = [&](std::size_t at) {
            const auto db = good.find("SQLite format 3");
            const auto end = good.find("parts.sha256", db);
            return at < db || at > end;
        };
        for (std::size_t at = 0; at < good.size(); at += isFrame(at) ? 17 : 4001) {
            std::string bytes = good;
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
            AuditedCase::put(bad, bytes);
            const int verdict = verdictOf(bad, made);
            undetected += verdict != 1 && verdict != -1 ? 1 : 0;
        }
        QCOMPARE(undetected, 0);
    }

    // TL-02, of the export.
    void cutOffAnywhereItIsRefused()
    {
        const AuditedCase made;
        const std::string good = AuditedCase::read(sealed(made, "g.cordonz"));
        const platform::Path bad = file("cut.cordonz");
        for (std::size_t size = 0; size < good.size(); size += size + 200 < good.size() ? 211 : 1) {
            AuditedCase::put(bad, std::string_view(good).substr(0, size));
            QVERIFY(codeOfOpening(bad) == ErrorCode::Invalid);
        }
        AuditedCase::put(bad, good + "x");
        QVERIFY(codeOfOpening(bad) == ErrorCode::Invalid);
        AuditedCase::put(bad, "x" + good);
        QVERIFY(codeOfOpening(bad) == ErrorCode::Invalid);
    }

    void hostileArchivesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto add = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        const std::string list(layout::listName);
        const std::string note(layout::manifestName);
        add("nothing", "");
        add("a text", std::string(500, 'a'));
        add("no part", fileOf({}));
        add("climbing", fileOf({{"../../etc/passwd", "x"}, {list, ""}, {note, ""}}));
        add("from the root", fileOf({{"/etc/passwd", "x"}, {list, ""}, {note, ""}}));
        add("a step to itself", fileOf({{"ledger/./a", "x"}, {list, ""}, {note, ""}}));
        add("an empty step", fileOf({{"ledger//a", "x"}, {list, ""}, {note, ""}}));
        add("a backslash", fileOf({{"ledger\\a", "x"}, {list, ""}, {note, ""}}));
        add("a NUL", fileOf({{std::string("a\0b", 3), "x"}, {list, ""}, {note, ""}}));
        add("not ASCII", fileOf({{"l\xc3\xa9" "dger", "x"}, {list, ""}, {note, ""}}));
        add("a long name", fileOf({{std::string(300, 'a'), "x"}, {list, ""}, {note, ""}}));
        add("one name twice", fileOf({{"a", "x"}, {"a", "y"}, {list, ""}, {note, ""}}));
        add("a file as folder", fileOf({{"a", "x"}, {"a/b", "y"}, {list, ""}, {note, ""}}));
        add("no manifest", fileOf({{"a", "x"}, {"b", "y"}, {list, ""}}));
        add("an unsigned manifest", fileOf({{"a", "x"}, {list, ""}, {note, "{}\n"}}));
        std::string far = fileOf({{"a", "x"}, {list, ""}, {note, ""}});
        far.replace(far.size() - 98 + 40, 8, std::string(8, '\xff')); // size of the directory
        add("an impossible directory", far);
        std::string many = fileOf({{"a", "x"}, {list, ""}, {note, ""}});
        many.replace(many.size() - 98 + 24, 16, std::string(16, '\x7f'));
        add("an impossible count", many);
        std::vector<SealedPart> overlapping{{"a", 0, 10, 0}, {"b", 5, 10, 0}};
        add("overlapping", std::string(70, 'x') + layout::directory(overlapping));
        std::vector<SealedPart> huge{{"a", 0, ~std::uint64_t{0} - 51, 0}};
        add("an absurd size", layout::localHead(huge[0]) + layout::directory(huge));
    }

    void hostileArchivesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        const platform::Path bad = file("hostile.cordonz");
        AuditedCase::put(bad, bytes.toStdString());
        QVERIFY(codeOfOpening(bad) == ErrorCode::Invalid);
    }

    void aManifestSignedByAnotherKeyIsTampering()
    {
        const AuditedCase made;
        const platform::Path out = file("forged.cordonz");
        const auto good = SealedCase::open(sealed(made, "h.cordonz"));
        QVERIFY(good);
        auto writer = SealedWriter::create(out);
        QVERIFY(writer);
        for (std::size_t i = 0; i + 2 < (*good)->parts().size(); ++i) {
            const SealedPart& part = (*good)->parts()[i];
            const auto bytes = platform::File::openForReading((*good)->path() / part.name);
            QVERIFY(bytes && writer->add(part.name, *bytes, part.size));
        }
        QVERIFY(writer->finish((*good)->manifest(), crypto::SigningKey::generate()));
        QCOMPARE(verdictOf(out, made), 1);
    }

    void aDatabaseThatComputesIsNotOpened()
    {
        const platform::Path plain = file("views.db");
        {
            auto database = store::Database::open(plain, store::Database::Mode::Create);
            QVERIFY(database);
            QVERIFY(database->execute("CREATE VIEW events AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 "
                                      "FROM n) SELECT x AS id FROM n; PRAGMA journal_mode = DELETE;"));
        }
        const auto opened = platform::File::openForReading(plain);
        QVERIFY(opened);
        const auto database =
            store::Database::openPart(opened->descriptor(), 0, std::filesystem::file_size(plain), "views.db");
        QVERIFY(!database);
        QVERIFY(database.error().code == ErrorCode::Denied);
    }

    /// A value of a gigabyte for each row that somebody reads, out of a file of a few kilobytes.
    void aColumnThatComputesIsNotOpened_data()
    {
        QTest::addColumn<QByteArray>("column");
        QTest::newRow("at reading") << QByteArray("text TEXT GENERATED ALWAYS AS (hex(zeroblob(400000000)))");
        QTest::newRow("short") << QByteArray("text AS (printf('%.*c', 900000000, 'x'))");
        QTest::newRow("stored") << QByteArray("text TEXT AS (id || 'x') STORED");
    }
    void aColumnThatComputesIsNotOpened()
    {
        QFETCH(QByteArray, column);
        const platform::Path plain = file("columns.db");
        std::filesystem::remove(plain);
        {
            auto database = store::Database::open(plain, store::Database::Mode::Create);
            QVERIFY(database);
            const std::string made = "CREATE TABLE events (id INTEGER, " + column.toStdString() + "); INSERT INTO events (id) VALUES (1); PRAGMA journal_mode = DELETE;";
            QVERIFY(database->execute(made.c_str()));
        }
        const auto opened = platform::File::openForReading(plain);
        QVERIFY(opened);
        const auto database = store::Database::openPart(opened->descriptor(), 0, std::filesystem::file_size(plain), "columns.db");
        QVERIFY(!database);
        QVERIFY(database.error().code == ErrorCode::Denied);
    }

    void anIndexOfAnotherVersionIsToldAndNotOpened()
    {
        const platform::Path plain = file("old.db");
        {
            auto database = store::Database::open(plain, store::Database::Mode::Create);
            QVERIFY(database);
            QVERIFY(database->execute("CREATE TABLE events (id INTEGER); PRAGMA user_version = 3; PRAGMA journal_mode = DELETE;"));
        }
        auto opened = platform::File::openForReading(plain);
        QVERIFY(opened);
        const auto shown = platform::PackedFolder::show(file("old.cordonz"), std::move(*opened),
                                                        {{"case.db", {0, std::filesystem::file_size(plain)}}});
        QVERIFY(shown);
        const auto index = CaseIndexReader::open(databasePath(file("old.cordonz")));
        QVERIFY(!index);
        QVERIFY(index.error().code == ErrorCode::Unsupported);
        QVERIFY2(index.error().detail.find("version 3") != std::string::npos, index.error().detail.c_str());
    }

    void whatIsThereIsNotReplacedAndAStoppedSealingLeavesNothing()
    {
        const AuditedCase made;
        const platform::Path out = sealed(made, "i.cordonz");
        QVERIFY(sealCase(made.folder(), out, optionsOf(made), made.clock).error().code == ErrorCode::Conflict);
        std::stop_source stop;
        stop.request_stop();
        SealOptions options = optionsOf(made);
        options.stop = stop.get_token();
        QVERIFY(sealCase(made.folder(), file("stopped.cordonz"), options, made.clock).error().code == ErrorCode::Cancelled);
        QStringList left = QDir(m_out.path()).entryList(QDir::Files | QDir::Hidden);
        QVERIFY(!left.contains("stopped.cordonz"));
        QVERIFY(left.filter(".sealing-").isEmpty() && left.filter(".index-").isEmpty());
    }

    // Who can write into a case folder leads nothing else of the sealer's into the file.
    void linksAndForeignFilesAreNotSealed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("target");
        QTest::newRow("a folder of keys beside the segments") << "ledger/extra" << "home/keys";
        QTest::newRow("a file beside the segments") << "ledger/extra" << "home/keys/installation.root";
        QTest::newRow("a key under a head's name") << "ledger/checkpoints/00000007" << "home/keys/installation.root";
        QTest::newRow("a key under a time-stamp's name") << "ledger/timestamps/00000007.tsr" << "home/keys/installation.root";
        QTest::newRow("the folder of time-stamps") << "ledger/timestamps" << "home/keys";
        QTest::newRow("the folder of heads") << "ledger/checkpoints" << "elsewhere";
        QTest::newRow("an object") << "evidence/sha256/aa/aa" + QString(62, '0') << "home/keys/installation.root";
        QTest::newRow("a shelf of objects") << "evidence/sha256/bb" << "home/keys";
        QTest::newRow("the index") << "case.db" << "elsewhere.db";
    }

    void linksAndForeignFilesAreNotSealed()
    {
        QFETCH(QString, name);
        QFETCH(QString, target);
        const AuditedCase made;
        namespace fs = std::filesystem;
        const platform::Path root = made.folder().parent_path();
        const platform::Path place = made.folder() / name.toStdString();
        if (fs::exists(place))
            fs::rename(place, root / target.toStdString());
        fs::create_directories(place.parent_path());
        fs::create_symlink(root / target.toStdString(), place);
        const platform::Path out = file("linked.cordonz");
        fs::remove(out);
        const auto result = sealCase(made.folder(), out, optionsOf(made), made.clock);
        QVERIFY(!result); // what does not belong in a case makes it one that does not verify
        QVERIFY(!fs::exists(out));
    }

    void aNamedPipeHoldsNoSealingUpAndASecondNameIsRefused()
    {
        const AuditedCase made;
        const platform::Path stamp = made.folder() / "ledger/timestamps/00000003.tsr";
        std::filesystem::create_directories(stamp.parent_path());
        std::filesystem::create_hard_link(made.home() / "keys/installation.root", stamp);
        QVERIFY(!sealCase(made.folder(), file("pipe.cordonz"), optionsOf(made), made.clock));
        std::filesystem::remove(stamp);
        QVERIFY(sealCase(made.folder(), file("pipe.cordonz"), optionsOf(made), made.clock));
        QCOMPARE(::mkfifo((made.folder() / "case.fifo").c_str(), 0600), 0);
        QVERIFY(platform::openBeneath(made.folder(), "case.fifo").error().code == ErrorCode::Denied);
    }

    // What was set back is not signed again, whoever holds the case.
    void aCaseThatWasSetBackIsNotSealed()
    {
        const AuditedCase made;
        namespace fs = std::filesystem;
        const platform::Path before = file("before");
        fs::copy(made.folder(), before, fs::copy_options::recursive);
        (void)sealed(made, "k.cordonz"); // one more entry, and a higher mark
        fs::remove_all(made.folder());
        fs::copy(before, made.folder(), fs::copy_options::recursive);
        QVERIFY(!sealCase(made.folder(), file("back.cordonz"), optionsOf(made), made.clock));
        auto lock = platform::File::openForAppending(made.folder() / "holder.lock");
        QVERIFY(lock && lock->lock());
        const auto refused = sealCase(made.folder(), file("back.cordonz"), optionsOf(made), made.clock);
        QVERIFY(!refused && refused.error().code == ErrorCode::Corrupt);
        QVERIFY(!fs::exists(file("back.cordonz")));
    }

    void anIndexThatSaysSomethingElseThanTheLedgerIsNotSealed()
    {
        for (const char* forgery : {"UPDATE ledger_index SET actor = 'user:innocent' WHERE seq = 3",
                                    "UPDATE ledger_index SET data = '{\"n\":99}' WHERE seq = 4",
                                    "UPDATE ledger_index SET at = 5 WHERE seq = 4",
                                    "UPDATE ledger_index SET seq = 12 WHERE seq = 9"}) {
            const AuditedCase made;
            {
                auto database = store::Database::open(databasePath(made.folder()), store::Database::Mode::ReadWrite);
                QVERIFY(database && database->execute(forgery));
            }
            std::filesystem::remove(made.folder() / "case.db.sum");
            const auto refused = sealCase(made.folder(), file("lying.cordonz"), optionsOf(made), made.clock);
            QVERIFY2(!refused, forgery);
            QVERIFY(!std::filesystem::exists(file("lying.cordonz")));
        }
    }

    void sealingGoesByTheTimeOfTheCase()
    {
        const AuditedCase made;
        CaseOptions options;
        options.home = made.home();
        const Timestamp then = *Timestamp::parse("2024-02-03T04:05:06Z");
        {
            auto held = CaseFolder::open(made.folder(), options, made.clock);
            QVERIFY(held);
            LedgerDraft draft;
            draft.type = "note";
            draft.actor = {Actor::Kind::Engine, "cordon"};
            draft.at = then;
            QVERIFY((*held)->record(std::move(draft)) && (*held)->close());
        }
        const platform::Path out = sealed(made, "l.cordonz");
        const auto opened = SealedCase::open(out);
        QVERIFY(opened);
        const auto entry = entryAt(out, (*opened)->manifest().entries - 1);
        QVERIFY(entry && entry->type == "case.sealed");
        const Timestamp at = Timestamp::parse(entry->data["at"].asString()).value();
        QVERIFY(at >= then && at < then + std::chrono::hours(1));
    }

    void namesDoNotSpeakToTheTerminal()
    {
        const AuditedCase made;
        SealOptions options = optionsOf(made);
        options.sealedBy = "eve\nRESULT      OK   (exit 0)";
        QVERIFY(sealCase(made.folder(), file("evil.cordonz"), options, made.clock).error().code == ErrorCode::Invalid);
        // Nor does a manifest that somebody else made.
        const auto key = crypto::SigningKey::generate();
        SealedManifest manifest;
        manifest.caseName = "a";
        manifest.origin = "cordon.local/ledger/x";
        manifest.entries = 1;
        manifest.key = key.publicKey();
        manifest.redactions = Value::Array{};
        manifest.program = "\x1b[8m";
        QVERIFY(!SealedManifest::fromNote(manifest.toNote(key).value()));
        manifest.program = "x";
        QVERIFY(SealedManifest::fromNote(manifest.toNote(key).value()));
    }

    void besideAHolderWhatItSignedIsSealed()
    {
        const AuditedCase made;
        CaseOptions options;
        options.home = made.home();
        auto held = CaseFolder::open(made.folder(), options, made.clock);
        QVERIFY(held);
        LedgerDraft draft;
        draft.type = "note";
        draft.actor = {Actor::Kind::Engine, "cordon"};
        QVERIFY((*held)->record(draft)); // not signed yet
        const auto result = sealCase(made.folder(), file("j.cordonz"), optionsOf(made), made.clock);
        QVERIFY2(result, result ? "" : result.error().detail.c_str());
        QVERIFY(!result->isNoted);
        QCOMPARE(result->manifest.redactions.asArray().size(), std::size_t{1}); // who receives it is told
        QCOMPARE(result->manifest.entries, std::int64_t{10});
        QCOMPARE(verdictOf(file("j.cordonz"), made), 0);
    }
};

QTEST_GUILESS_MAIN(TestSealedCase)
#include "tst_sealed_case.moc"
