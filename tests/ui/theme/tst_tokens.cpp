#include "ui/theme/apply.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QTest>

using namespace cordon::ui::theme;

class TestTokens : public QObject
{
    Q_OBJECT

private slots:
    void textReachesItsContrast_data();
    void textReachesItsContrast();
    void contrastOfBlackOnWhiteIsTwentyOne();
    void aPaletteTellsItsThemeEvenWhenRulesPaintedItsWindow();
    void everyFaceIsEmbedded();
    void everyIconDraws();
    void theStyleRulesHaveNoPlaceLeftUnfilled();
};

void TestTokens::textReachesItsContrast_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("ground");
    for (const Mode mode : modes()) {
        const Tokens& t = tokensFor(mode);
        const std::pair<const char*, QColor> inks[] = {
            {"text", t.text},   {"dim", t.dim},     {"faint", t.faint},   {"accent", t.accent}, {"attacker", t.attacker}, {"high", t.high},
            {"medium", t.medium}, {"low", t.low},   {"agent", t.agent},   {"people", t.people}, {"good", t.good}};
        const std::pair<const char*, QColor> grounds[] = {{"window", t.window}, {"panel", t.panel}, {"raised", t.raised}};
        for (const auto& [ink, inkColor] : inks) {
            for (const auto& [ground, groundColor] : grounds) {
                const bool isNeverThere = groundColor == t.raised && (inkColor == t.faint || inkColor == t.good);
                if (isNeverThere)
                    continue;
                const QByteArray name = nameOf(mode).toLatin1() + ' ' + ink + " on " + ground;
                QTest::newRow(name.constData()) << static_cast<int>(mode) << inkColor << groundColor;
            }
        }
        for (const auto& [name, filled] : {std::pair{"accent", t.accent}, {"agent", t.agent}, {"people", t.people}, {"attacker", t.attacker}}) {
            const QByteArray row = nameOf(mode).toLatin1() + " text on filled " + name;
            QTest::newRow(row.constData()) << static_cast<int>(mode) << t.onAccent << filled;
        }
    }
}

void TestTokens::textReachesItsContrast()
{
    QFETCH(QColor, ink);
    QFETCH(QColor, ground);
    QFETCH(int, mode);
    const double least = static_cast<Mode>(mode) == Mode::HighContrast ? 7.0 : 4.5;
    QVERIFY2(contrast(ink, ground) >= least, qPrintable(QString::number(contrast(ink, ground))));
}

void TestTokens::contrastOfBlackOnWhiteIsTwentyOne()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
}

void TestTokens::aPaletteTellsItsThemeEvenWhenRulesPaintedItsWindow()
{
    for (const Mode mode : modes()) {
        QPalette palette = paletteFor(mode);
        palette.setColor(QPalette::Window, QColor(0, 0, 0, 0));
        QCOMPARE(modeOf(palette), mode);
    }
}

void TestTokens::everyFaceIsEmbedded()
{
    QVERIFY(loadFonts());
    QCOMPARE(QFontInfo(interfaceFont()).family(), QStringLiteral("Inter"));
    QCOMPARE(QFontInfo(monoFont()).family(), QStringLiteral("JetBrains Mono"));
}

void TestTokens::everyIconDraws()
{
    QVERIFY(iconNames().size() >= 30);
    for (const QString& name : iconNames()) {
        const QImage image = iconPixmap(name, Qt::red, 24).toImage();
        bool isDrawn = false;
        for (int y = 0; y < image.height() && !isDrawn; ++y) {
            for (int x = 0; x < image.width() && !isDrawn; ++x)
                isDrawn = qAlpha(image.pixel(x, y)) > 100 && qRed(image.pixel(x, y)) > 200;
        }
        QVERIFY2(isDrawn, qPrintable(name));
    }
    QVERIFY(iconPixmap(QStringLiteral("no such icon"), Qt::red, 24).toImage().pixelColor(12, 12).alpha() == 0);
}

void TestTokens::theStyleRulesHaveNoPlaceLeftUnfilled()
{
    for (const Mode mode : modes()) {
        const QString sheet = styleSheetFor(mode);
        QVERIFY(sheet.size() > 1000);
        QVERIFY(!sheet.contains(QLatin1Char('@')));
        QVERIFY(!sheet.contains(QLatin1Char('$')));
    }
}

QTEST_MAIN(TestTokens)
#include "tst_tokens.moc"
