#include "ui/text/english_plurals.h"
#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"
#include "ui/text/times.h"

#include <QCoreApplication>
#include <QTest>

using namespace cordon;
using namespace cordon::ui;

class TestTexts : public QObject
{
    Q_OBJECT

private slots:
    void anUnknownCodeShowsItselfAndItsArguments();
    void aKnownCodeIsFilled();
    void textFromLogsCannotBringMarkup();
    void hiddenCharactersAreShown();
    void longTextIsCut();
    void keyIdsAreShortened();
    void whatIsWrongAndWhereIsToldWhole();
    void timesInArgumentsAreShortened();
    void lengthsReadLikePeopleSayThem_data();
    void lengthsReadLikePeopleSayThem();
    void aSpanOfAnotherDaySaysWhich();
    void countdownsNeverGoBelowZero();
    void numbersAreGrouped();
    void englishPluralsFollowTheCount();
    void everyStateHasAWord();
};

void TestTexts::anUnknownCodeShowsItselfAndItsArguments()
{
    QCOMPARE(text::sentence({"no.such.code", {{"who", "dev-c"}}}), QStringLiteral("no.such.code who=dev-c"));
}

void TestTexts::aKnownCodeIsFilled()
{
    QCOMPARE(text::sentence({"step.policy_detach", {{"object", "ci-extra"}}}), QStringLiteral("Detach policy ci-extra"));
}

void TestTexts::textFromLogsCannotBringMarkup()
{
    const QString html = text::richSentence({"step.policy_detach", {{"object", "<img src=x onerror=1>"}}});
    QVERIFY(!html.contains(QLatin1String("<img")));
    QVERIFY(html.contains(QLatin1String("&lt;img")));
}

void TestTexts::hiddenCharactersAreShown()
{
    QCOMPARE(text::plainLine("a\nb\u202Ec\u200Bd"), QStringLiteral("a·b·c·d"));
}

void TestTexts::longTextIsCut()
{
    QCOMPARE(text::plainLine(std::string(5000, 'x'), 10), QStringLiteral("xxxxxxxxx…"));
}

void TestTexts::keyIdsAreShortened()
{
    QCOMPARE(text::shortId(QStringLiteral("AKIAIOSFODNN7EXA7QXD")), QStringLiteral("AKIA…7QXD"));
    QCOMPARE(text::shortId(QStringLiteral("arn:aws:iam::111122223333:user/svc-deploy-ci")), QStringLiteral("svc-deploy-ci"));
    QCOMPARE(text::entityName({EntityKind::Credential, "AKIAIOSFODNN7EXA7QXD", "access_key", "key of svc"}), QStringLiteral("AKIA…7QXD"));
}

/// A path that is cut leads nowhere, and a code is for programs.
void TestTexts::whatIsWrongAndWhereIsToldWhole()
{
    const std::string file = "/home/somebody/.local/share/cordon/connectors/systems.yaml";
    QCOMPARE(text::sentence({"connection.no_settings", {{"file", file}}}), QStringLiteral("No settings of real systems: %1 is not there").arg(QString::fromStdString(file)));
    QCOMPARE(text::sentence({"engine.command_refused", {{"why", "already_there: INC-0001/S2 does the same"}}}), QStringLiteral("That could not be done: INC-0001/S2 does the same"));
    QCOMPARE(text::sentence({"engine.command_refused", {{"why", file + ":3: unknown member"}}}), QStringLiteral("That could not be done: %1:3: unknown member").arg(QString::fromStdString(file)));
    QVERIFY(!text::sentence({"engine.command_refused", {{"why", "x\u202ey\n"}}}).contains(QChar(u'\n'))); // what others wrote stays one line
}

void TestTexts::timesInArgumentsAreShortened()
{
    QCOMPARE(text::readableArgument("2026-11-21T12:06:42.118000Z"), QStringLiteral("12:06:42"));
}

void TestTexts::lengthsReadLikePeopleSayThem_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("words");
    QTest::newRow("half a minute") << qint64{30} << QStringLiteral("30 s");
    QTest::newRow("minutes and seconds") << qint64{520} << QStringLiteral("8 min 40 s");
    QTest::newRow("many minutes") << qint64{2460} << QStringLiteral("41 min");
    QTest::newRow("hours") << qint64{11400} << QStringLiteral("3 h 10 min");
    QTest::newRow("whole hours") << qint64{7200} << QStringLiteral("2 h");
    QTest::newRow("days") << qint64{12 * 86400 + 5} << QStringLiteral("12 d");
}

void TestTexts::lengthsReadLikePeopleSayThem()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, words);
    QCOMPARE(text::length(std::chrono::seconds(seconds)), words);
}

void TestTexts::aSpanOfAnotherDaySaysWhich()
{
    const Timestamp from = *Timestamp::parse("2021-03-02T09:30:00Z");
    QCOMPARE(text::span(from, *Timestamp::parse("2021-03-02T09:31:30Z")), QStringLiteral("2 Mar 2021 09:30:00 – 09:31:30 UTC"));
    QCOMPARE(text::span(from, *Timestamp::parse("2023-11-20T10:00:00Z")),
             QStringLiteral("2 Mar 2021 09:30 – 20 Nov 2023 10:00 UTC"));
}

void TestTexts::countdownsNeverGoBelowZero()
{
    QCOMPARE(text::countdown(std::chrono::seconds(2467)), QStringLiteral("41:07"));
    QCOMPARE(text::countdown(std::chrono::seconds(3723)), QStringLiteral("1:02:03"));
    QCOMPARE(text::countdown(std::chrono::seconds(-5)), QStringLiteral("00:00"));
}

void TestTexts::numbersAreGrouped()
{
    const QString gap(QChar(0x202f));
    QCOMPARE(text::count(1284), QStringLiteral("1") + gap + QStringLiteral("284"));
    QCOMPARE(text::count(-1000), QStringLiteral("-1") + gap + QStringLiteral("000"));
    QCOMPARE(text::count(999), QStringLiteral("999"));
}

void TestTexts::englishPluralsFollowTheCount()
{
    text::EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    QCOMPARE(QCoreApplication::translate("any", "%n alert(s)", nullptr, 1), QStringLiteral("1 alert"));
    QCOMPARE(QCoreApplication::translate("any", "%n alert(s)", nullptr, 14), QStringLiteral("14 alerts"));
    QCOMPARE(QCoreApplication::translate("any", "plain(s)"), QStringLiteral("plain(s)"));
    QCoreApplication::removeTranslator(&plurals);
}

void TestTexts::everyStateHasAWord()
{
    for (int state = 0; state <= static_cast<int>(StepState::DoneElsewhere); ++state)
        QVERIFY(!text::stateWord(static_cast<StepState>(state)).isEmpty());
    for (int kind = 0; kind <= static_cast<int>(EntityKind::Application); ++kind) {
        const EntityRef entity{static_cast<EntityKind>(kind), "id", "", ""};
        QVERIFY(!text::kindWord(entity.kind).isEmpty());
        QVERIFY(!text::kindIcon(entity).isEmpty());
    }
    for (int tier = 0; tier <= static_cast<int>(Tier::T4); ++tier)
        QVERIFY(!text::tierWord(static_cast<Tier>(tier)).isEmpty());
}

QTEST_MAIN(TestTexts)
#include "tst_texts.moc"
