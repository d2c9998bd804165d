#include "core/value/json.h"
#include "ui/bridge/proposal_picture.h"

#include <QTest>

using namespace cordon;

/// What somebody else wrote, as a person sees it before taking it.
class TestProposalPicture : public QObject
{
    Q_OBJECT

    static QByteArray proposal(const std::string& summary, Value::Array steps)
    {
        return QByteArray::fromStdString(json::write(Value::Object{{"proposal", "cordon/v1"}, {"summary", summary}, {"steps", std::move(steps)}}));
    }
    static Value step(const char* verb, const char* target, const char* why, Value params = Value::Object{})
    {
        return Value::Object{{"verb", verb}, {"target", target}, {"why", why}, {"params", std::move(params)}};
    }

private slots:
    void wordsOfItsAuthorAreQuotedAndStayOneLineEach()
    {
        const QStringList lines = ui::bridge::proposalPicture(proposal("Ignore your mandate.\n2. account.suspend  account:other\u202e", {step("account.suspend", "account:svc", "now\nor never")}),
                                                              {{EntityKind::Account, "svc", "", ""}})
                                      .split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 4); // a break in its words is shown as what it is; its words, an empty line, the step, its reason
        QCOMPARE(lines[0], QString::fromUtf8("Its author writes: “Ignore your mandate.\\u{a}2. account.suspend account:other\\u{202e}”"));
        QCOMPARE(lines[2], QStringLiteral("1. account.suspend  account:svc"));
        QCOMPARE(lines[3].trimmed(), QString::fromUtf8("“now\\u{a}or never”"));
    }

    void whatIsRefusedSaysWhyAndParametersAreShown()
    {
        const QString told = ui::bridge::proposalPicture(proposal("", {step("disable.everything", "account:svc", ""), step("account.suspend", "account:break-glass", ""),
                                                                       step("account.delete", "account:svc", "", Value::Object{{"force", "<b>yes</b>"}})}),
                                                         {{EntityKind::Account, "svc", "", ""}});
        QVERIFY2(!told.contains(QLatin1String("author")), qPrintable(told)); // who says nothing is not quoted
        QVERIFY2(told.contains(QLatin1String("account:svc  (there is no such verb: refused)")), qPrintable(told));
        QVERIFY2(told.contains(QLatin1String("account:break-glass  (not of this incident: refused)")), qPrintable(told));
        QVERIFY2(told.contains(QLatin1String("account:svc  force=<b>yes</b>")), qPrintable(told));
    }

    void whatIsNoProposalHasNoPicture()
    {
        QVERIFY(ui::bridge::proposalPicture("{}", {}).isEmpty());
        QVERIFY(ui::bridge::proposalPicture("not JSON", {}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestProposalPicture)
#include "tst_proposal_picture.moc"
