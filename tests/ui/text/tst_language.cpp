#include "ui/text/language.h"
#include "ui/text/refusals.h"
#include "ui/text/texts.h"

#include <QLocale>
#include <QTest>

using namespace cordon;
using namespace cordon::ui;

class TestLanguage : public QObject
{
    Q_OBJECT

private slots:
    void aCommandLineNamesItsLanguage()
    {
        QCOMPARE(text::wishIn({"cordon", "--language", "de"}), QStringLiteral("de"));
        QCOMPARE(text::wishIn({"cordon", "--language=de_AT", "x"}), QStringLiteral("de_AT"));
        QCOMPARE(text::wishIn({"cordon", "x", "--language"}), QString());
        QCOMPARE(text::wishIn({"cordon"}), QString());
    }

    void aReasonCodeIsToldAsASentence()
    {
        QCOMPARE(text::withRefusalsInWords("It ended: cordon_approve: vault_unreadable: /x/y.json"),
                 QStringLiteral("It ended: This person's vault cannot be read."));
        QCOMPARE(text::withRefusalsInWords("It ended: cordon_approve: no_such_code: z"), QStringLiteral("It ended: cordon_approve: no_such_code: z"));
    }

    void codesAmongTheArgumentsAreWords()
    {
        const Text check{"gate.precheck", {{"check", "blast_radius"}, {"result", "unknown"}}};
        QCOMPARE(text::sentence(check), QStringLiteral("Check “what depends on it”: nobody could say."));
        QVERIFY(!text::richSentence(check).contains(QLatin1String("blast_radius")));
    }

    void germanIsSpokenWhereItIsAskedFor()
    {
        QVERIFY(text::languages().contains(QStringLiteral("de")));
        QCOMPARE(text::speak(QStringLiteral("tlh")), QStringLiteral("en"));
        QCOMPARE(text::speak(QStringLiteral("de_AT.UTF-8")), QStringLiteral("de"));
        QCOMPARE(QLocale().language(), QLocale::German);
        QCOMPARE(text::sentence({"approval.refused.pin_missing", {}}), QStringLiteral("Es wurde keine PIN angegeben."));
        QCOMPARE(text::sentence({"approval.because", {{"alerts", "3"}, {"changes", "1"}}}), QStringLiteral("3 Alarme, eine Identitätsänderung"));
    }
};

QTEST_GUILESS_MAIN(TestLanguage)
#include "tst_language.moc"
