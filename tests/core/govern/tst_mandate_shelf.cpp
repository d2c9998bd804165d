#include "core/govern/mandate_shelf.h"
#include "govern_fixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cordon;
using namespace cordon::govern;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    if (at == std::string::npos)
        qFatal("the text to replace is not in the mandate: %s", from.c_str());
    return text.replace(at, from.size(), to);
}

/// A real mandate, signed by two owners, in files of its own.
class Signed
{
public:
    std::filesystem::path file(int revision, const std::string& from = "", const std::string& to = "") const
    {
        std::string text = replaced(fixture::exerciseYaml(), "environment: exercise", "environment: prod");
        text = replaced(text, "source: \"*\"", "source: github.audit"); // a real tenant's names each source
        text = replaced(text, "id: m-exercise", "id: m-prod");
        text = replaced(text, "revision: 1", "revision: " + std::to_string(revision));
        if (!from.empty())
            text = replaced(text, from, to);
        const std::filesystem::path path = m_folder.filePath("m.mandate.yaml").toStdString();
        (void)writeSmallFile(path, text);
        const auto mandate = parseMandate(text, "m");
        if (!mandate)
            qFatal("%s", mandate.error().detail.c_str());
        const auto first = signMandate(*mandate, "", "user:owner-a", fixture::keyOf(11));
        (void)writeSmallFile(mandateNoteFile(path), *signMandate(*mandate, *first, "user:owner-b", fixture::keyOf(12)));
        return path;
    }
    static std::vector<OwnerKey> owners()
    {
        return {{"user:owner-a", fixture::keyOf(11).publicKey()}, {"user:owner-b", fixture::keyOf(12).publicKey()}};
    }
    [[nodiscard]] std::filesystem::path shelf() const { return m_folder.filePath("mandates").toStdString(); }

private:
    QTemporaryDir m_folder;
};

} // namespace

class TestMandateShelf : public QObject
{
    Q_OBJECT
private slots:
    void aSignedMandateIsPutInForceAndFoundAgain();
    void aRevisionNeverFalls();
    void whatLiesThereIsCheckedAgain();
    void unsignedAndExerciseMandatesAreRefused();
    void anUnreadableMarkPutsNothingInForce();
    void aMarkThatIsTakenAwayOrLoweredLowersNothing();
    void onlyOwnersWhoseKeyHoldsCount();
};

void TestMandateShelf::aSignedMandateIsPutInForceAndFoundAgain()
{
    const Signed files;
    MandateShelf shelf(files.shelf());
    QVERIFY(shelf.inForce("m-prod", Signed::owners()).error().code == ErrorCode::NotFound);
    QVERIFY(shelf.ids().empty());
    const auto put = shelf.put(files.file(1), Signed::owners());
    QVERIFY2(put.has_value(), put ? "" : put.error().detail.c_str());
    QCOMPARE(shelf.ids(), std::vector<std::string>{"m-prod"});
    QCOMPARE(shelf.inForce("m-prod", Signed::owners())->mandate.digest, put->mandate.digest);
    QVERIFY(shelf.put(files.file(1), Signed::owners()).has_value()); // the same once more changes nothing
}

void TestMandateShelf::aRevisionNeverFalls()
{
    const Signed files;
    MandateShelf shelf(files.shelf());
    QVERIFY(shelf.put(files.file(3), Signed::owners()).has_value());
    QVERIFY(shelf.put(files.file(2), Signed::owners()).error().code == ErrorCode::Conflict);
    // The same number over another text is no new revision.
    QVERIFY(shelf.put(files.file(3, "max_actions: 200", "max_actions: 201"), Signed::owners()).error().code ==
            ErrorCode::Conflict);
    QVERIFY(shelf.put(files.file(4), Signed::owners()).has_value());
    QCOMPARE(shelf.inForce("m-prod", Signed::owners())->mandate.revision, 4);
    // Taking the newest file away brings no older one back.
    std::filesystem::remove(files.shelf() / "m-prod" / "revision-4.mandate.yaml");
    QVERIFY(!shelf.inForce("m-prod", Signed::owners()).has_value());
    QVERIFY(shelf.put(files.file(3), Signed::owners()).error().code == ErrorCode::Conflict);
}

void TestMandateShelf::whatLiesThereIsCheckedAgain()
{
    const Signed files;
    MandateShelf shelf(files.shelf());
    QVERIFY(shelf.put(files.file(3), Signed::owners()).has_value());
    QVERIFY(shelf.inForce("m-prod", {Signed::owners()[0]}).error().code == ErrorCode::Untrusted);
    // An older revision, well signed, under the newest name.
    QVERIFY(std::filesystem::copy_file(files.file(2), files.shelf() / "m-prod" / "revision-3.mandate.yaml",
                                       std::filesystem::copy_options::overwrite_existing));
    QVERIFY(std::filesystem::copy_file(mandateNoteFile(files.file(2)),
                                       files.shelf() / "m-prod" / "revision-3.mandate.note",
                                       std::filesystem::copy_options::overwrite_existing));
    QVERIFY(shelf.inForce("m-prod", Signed::owners()).error().code == ErrorCode::Conflict);
}

void TestMandateShelf::unsignedAndExerciseMandatesAreRefused()
{
    const Signed files;
    MandateShelf shelf(files.shelf());
    const auto file = files.file(1);
    QVERIFY(shelf.put(file, {}).error().code == ErrorCode::Untrusted);
    QVERIFY(shelf.put(files.file(1, "environment: prod", "environment: exercise"), Signed::owners()).error().code ==
            ErrorCode::Denied);
    QVERIFY(shelf.put(files.file(1, "id: m-prod", "id: ../m-prod"), Signed::owners()).error().code ==
            ErrorCode::Invalid);
    QVERIFY(shelf.ids().empty());
}

void TestMandateShelf::anUnreadableMarkPutsNothingInForce()
{
    const Signed files;
    MandateShelf shelf(files.shelf());
    QVERIFY(shelf.put(files.file(3), Signed::owners()).has_value());
    QVERIFY(writeSmallFile(files.shelf() / "m-prod" / "newest.json", "{").has_value());
    QVERIFY(shelf.inForce("m-prod", Signed::owners()).error().code == ErrorCode::Corrupt);
    QVERIFY(shelf.put(files.file(4), Signed::owners()).error().code == ErrorCode::Corrupt);
}

void TestMandateShelf::aMarkThatIsTakenAwayOrLoweredLowersNothing()
{
    const Signed files;
    std::map<std::string, SeenRevision> told;
    const auto witness = [&](const Mandate& mandate) -> Result<void> {
        told[mandate.id] = {mandate.revision, mandate.digest};
        return {};
    };
    QVERIFY(MandateShelf(files.shelf()).put(files.file(2), Signed::owners(), witness).has_value());
    const auto mark = files.shelf() / "m-prod" / "newest.json";
    const std::string old = *readSmallFile(mark);
    QVERIFY(MandateShelf(files.shelf(), told).put(files.file(3), Signed::owners(), witness).has_value());
    MandateShelf shelf(files.shelf(), told);
    QCOMPARE(shelf.inForce("m-prod", Signed::owners())->mandate.revision, 3);
    const auto refusesAll = [&] {
        return shelf.inForce("m-prod", Signed::owners()).error().code == ErrorCode::Corrupt &&
               shelf.put(files.file(2), Signed::owners()).error().code == ErrorCode::Conflict &&
               shelf.put(files.file(1), Signed::owners()).error().code == ErrorCode::Conflict &&
               shelf.put(files.file(3, "max_actions: 200", "max_actions: 201"), Signed::owners()).error().code ==
                   ErrorCode::Conflict;
    };
    QVERIFY(writeSmallFile(mark, old).has_value());
    QVERIFY(refusesAll());
    std::filesystem::remove(mark);
    QVERIFY(refusesAll());
    QVERIFY(shelf.put(files.file(3), Signed::owners()).has_value()); // the same again mends it
    QCOMPARE(shelf.inForce("m-prod", Signed::owners())->mandate.revision, 3);
    // Who cannot tell the witness puts nothing in force.
    const auto mute = [](const Mandate&) -> Result<void> { return fail(ErrorCode::Io, "no witness"); };
    QVERIFY(shelf.put(files.file(4), Signed::owners(), mute).error().code == ErrorCode::Io);
    QCOMPARE(shelf.inForce("m-prod", Signed::owners())->mandate.revision, 3);
}

void TestMandateShelf::onlyOwnersWhoseKeyHoldsCount()
{
    PeopleDirectory people;
    QVERIFY(people.add({"user:owner-a", "A", {"owner"}, fixture::keyOf(11).publicKey(), {}, false}).has_value());
    QVERIFY(people.add({"user:owner-b", "B", {"owner"}, fixture::keyOf(12).publicKey(), {}, false}).has_value());
    QVERIFY(people.add({"user:analyst-a", "C", {"analyst"}, fixture::keyOf(13).publicKey(), {}, false}).has_value());
    QCOMPARE(ownersAmong(people).size(), std::size_t(2));
    QVERIFY(people.revoke("user:owner-b").has_value());
    QCOMPARE(ownersAmong(people).size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestMandateShelf)
#include "tst_mandate_shelf.moc"
