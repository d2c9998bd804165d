#include "core/factor/qr_code.h"
#include "ui/travel/paste_dialog.h"
#include "ui/travel/qr_view.h"
#include "ui/travel/text_dialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace cordon;
using namespace cordon::ui;

/// Signed texts on their way to somebody elsewhere, and back.
class TestTravelDialogs : public QObject
{
    Q_OBJECT

private slots:
    void aTextCanBeCopiedAndScanned()
    {
        const QString text = QString(3000, QLatin1Char('r'));
        travel::TextDialog dialog({"Your reply", "Send it back.", "The reply as text"}, text);
        dialog.show();
        QCOMPARE(dialog.findChild<QPlainTextEdit*>(QStringLiteral("text"))->toPlainText(), text);
        QGuiApplication::clipboard()->clear();
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("copy")), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
        auto* codes = dialog.findChild<travel::QrView*>();
        QCOMPARE(codes->count(), 5);
        auto* picture = dialog.findChild<QLabel*>(QStringLiteral("qrPicture"));
        QVERIFY(!picture->pixmap().isNull());
        QCOMPARE(picture->accessibleName(), QStringLiteral("QR code 1 of 5"));
        const QImage first = picture->pixmap().toImage();
        QTest::mouseClick(codes->findChildren<QPushButton*>().last(), Qt::LeftButton);
        QCOMPARE(picture->accessibleName(), QStringLiteral("QR code 2 of 5"));
        QVERIFY(picture->pixmap().toImage() != first);
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("done")), Qt::LeftButton);
        QVERIFY(!dialog.isVisible());
    }

    void aTextIsPastedWholeOrInPieces()
    {
        const travel::PasteDialog::Words words{"Answer", "Paste it.", "Text", "Open", "This is none."};
        const std::string text = "cordon.approval-request.v1\n" + std::string(2000, 'q');
        const auto pieces = factor::piecesForQr(text);
        for (const std::string& pasted : {text, pieces[3] + '\n' + pieces[1] + '\n' + pieces[0] + '\n' + pieces[2]}) {
            travel::PasteDialog dialog(words, {});
            dialog.show();
            dialog.findChild<QPlainTextEdit*>(QStringLiteral("pasted"))->setPlainText(QString::fromStdString(pasted));
            QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("open")), Qt::LeftButton);
            QCOMPARE(dialog.result(), int(QDialog::Accepted));
            QCOMPARE(dialog.text(), QString::fromStdString(text));
        }
        travel::PasteDialog dialog(words, {});
        dialog.show();
        dialog.findChild<QPlainTextEdit*>(QStringLiteral("pasted"))->setPlainText(QString::fromStdString(pieces[0]));
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("open")), Qt::LeftButton);
        QVERIFY(dialog.isVisible() && dialog.text().isEmpty());
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("problem"))->text().contains(QStringLiteral("missing")));
    }

    void aCopiedTextOfTheFormatStandsThereAlready()
    {
        const travel::PasteDialog::Words words{"Answer", "Paste it.", "Text", "Open", "This is none."};
        const QString format = QStringLiteral("cordon.approval-reply.v1");
        const QString reply = QStringLiteral("> cordon.approval-reply.v1\n> abc\n");
        QGuiApplication::clipboard()->setText(reply);
        travel::PasteDialog filled(words, format);
        QCOMPARE(filled.findChild<QPlainTextEdit*>(QStringLiteral("pasted"))->toPlainText(), reply);
        QGuiApplication::clipboard()->setText(QStringLiteral("a password"));
        travel::PasteDialog empty(words, format);
        empty.show();
        auto* field = empty.findChild<QPlainTextEdit*>(QStringLiteral("pasted"));
        QVERIFY(field->toPlainText().isEmpty());
        field->setPlainText(QStringLiteral("cordon.approval-request.v1\nabc"));
        empty.findChild<QPushButton*>(QStringLiteral("open"))->click();
        QVERIFY(empty.isVisible());
        QCOMPARE(empty.findChild<QLabel*>(QStringLiteral("problem"))->text(), words.nothing);
    }
};

QTEST_MAIN(TestTravelDialogs)
#include "tst_travel_dialogs.moc"
