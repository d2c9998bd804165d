#include "core/record/case_folder.h"
#include "core/record/log_keys.h"
#include "core/record/sealed_case.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/core/engine/signed_orders.h"
#include "ui/bridge/case_queries.h"
#include "ui/bridge/reader_source.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/key_dialog.h"
#include "ui/dialogs/replay_dialog.h"
#include "ui/dialogs/seal_dialog.h"
#include "ui/theme/apply.h"
#include "ui/theme/fonts.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QCryptographicHash>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>

using namespace cordon;
using namespace cordon::tests;
using namespace cordon::ui;

/// Sealing, exporting and going through a case again, by the buttons that people press. The case is held meanwhile, as it
/// is in the window.
class TestHandingOver : public QObject
{
    Q_OBJECT

private:
    static constexpr int longest = 60'000; // ms; a busy machine

    CaseFixture m_fixture;
    CaseFixture::Held m_held;
    std::unique_ptr<bridge::CaseQueries> m_queries;
    QTimer m_holder; ///< the engine of the window, which takes its turns
    std::unique_ptr<bridge::Commander> m_commander;

    [[nodiscard]] QString place() const { return QString::fromStdString(m_fixture.folder().string()); }
    [[nodiscard]] QString home() const { return QString::fromStdString(m_fixture.home().string()); }
    [[nodiscard]] QString file(const char* name) const { return m_fixture.dir.filePath(name); }

    template<class T>
    static T* named(const QDialog& dialog, const char* name)
    {
        for (T* one : dialog.findChildren<T*>()) {
            if (one->accessibleName() == QLatin1String(name))
                return one;
        }
        qFatal("no %s", name);
    }
    static void press(const QDialog& dialog, const char* name)
    {
        auto* one = dialog.findChild<QPushButton*>(QLatin1String(name));
        QVERIFY(one && one->isEnabled());
        QTest::mouseClick(one, Qt::LeftButton);
    }
    static QString said(const QDialog& dialog)
    {
        const auto* label = dialog.findChild<QLabel*>(QStringLiteral("said"));
        return label->isVisible() ? label->text() : QString();
    }
    template<class Dialog>
    static void open(Dialog& dialog)
    {
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
    }
    [[nodiscard]] std::unique_ptr<dialogs::SealDialog> sealing(const QString& out) const
    {
        auto dialog = std::make_unique<dialogs::SealDialog>(*m_queries, *m_commander, place(), home(), nullptr);
        open(*dialog);
        named<QLineEdit>(*dialog, "File")->setText(out);
        return dialog;
    }
    static QByteArray read(const QString& path)
    {
        QFile in(path);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }

private slots:
    void initTestCase()
    {
        QVERIFY(theme::loadFonts());
        theme::apply(*qApp, theme::Mode::Dark);
        m_held = m_fixture.run(m_fixture.options());
        m_queries = std::make_unique<bridge::CaseQueries>([folder = m_fixture.folder()] { return bridge::ReaderSource::open(folder); });
        m_commander = std::make_unique<bridge::Commander>([](const engine::Command&) {}, place());
        connect(&m_holder, &QTimer::timeout, this, [this] { CaseFixture::must(m_held->tick({})); });
        m_holder.start(20);
    }

    void cleanupTestCase()
    {
        m_holder.stop();
        m_queries.reset();
        m_held.reset();
    }

    void aKeyThatWasToldJudgesTheCase()
    {
        const std::string origin = CaseFixture::must(record::caseOrigin(m_fixture.folder()));
        const auto pinned = CaseFixture::must(record::LogKeys(m_fixture.home()).pinned(origin));
        QVERIFY(pinned);
        const auto verdictBy = [&](const QString& key) {
            return CaseFixture::must(engine::verifyCase(m_fixture.folder(), file("nobodys_home").toStdString(), [](auto, auto) {}, {}, true, key.toStdString()));
        };
        dialogs::KeyDialog dialog(nullptr);
        open(dialog);
        auto* text = named<QPlainTextEdit>(dialog, "Public key");
        auto* check = dialog.findChild<QPushButton*>(QStringLiteral("check"));
        QString given;
        connect(&dialog, &dialogs::KeyDialog::answered, this, [&](const QString& key) { given = key; });
        text->setPlainText(QStringLiteral("ed25519:none"));
        QVERIFY(!check->isEnabled() && said(dialog).contains(QLatin1String("no public key")));
        text->setPlainText(QLatin1Char(' ') + QString::fromStdString(pinned->toString()) + QLatin1Char('\n'));
        QVERIFY(check->isEnabled() && said(dialog).contains(QString::fromStdString(pinned->fingerprint())));
        check->click();
        QVERIFY(verdictBy({}).text.find("(pinned: yes)") == std::string::npos);
        QVERIFY(verdictBy(given).text.find("(pinned: yes)") != std::string::npos);
        const QString other = QString::fromStdString(crypto::SigningKey::generate().publicKey().toString());
        QCOMPARE(verdictBy(other).exitStatus, 3); // another key: nothing is said of the case
    }

    void aCaseIsSealedWhileItIsOpenAndItsLedgerSaysSo()
    {
        // Somebody worked since the ledger named the index: whoever holds the case knows that, nobody else can.
        const auto incident = toString(m_held->files().begin()->first);
        CaseFixture::must(give(*m_held, m_fixture, "user:analyst-a", "note", Value::Object{{"incident", incident}, {"text", "before it"}}));
        const auto isTold = [&](bool isOpenHere) {
            const auto verdict = CaseFixture::must(engine::verifyCase(m_fixture.folder(), m_fixture.home(), [](auto, auto) {}, {}, isOpenHere));
            return verdict.text.find("they were changed since") != std::string::npos;
        };
        QVERIFY(isTold(false) && !isTold(true));

        const QString out = file("whole.cordonz");
        const auto dialog = sealing(out);
        press(*dialog, "start");
        QVERIFY(!named<QLineEdit>(*dialog, "File")->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<QWidget*>(QStringLiteral("sealed")), longest);
        QVERIFY2(said(*dialog).startsWith(QStringLiteral("Sealed. Tell")), qPrintable(said(*dialog)));

        const auto sealed = CaseFixture::must(record::SealedCase::open(out.toStdString()));
        QVERIFY(sealed->manifest().isWhole && sealed->manifest().isExercise);
        std::string noted;
        CaseFixture::must(record::eachEntry(sealed->path(), 0, [&](const LedgerEntry& entry) {
            noted = entry.type == "case.sealed" ? entry.data["file"].asString() : noted;
            return true;
        }));
        QCOMPARE(noted, std::string("whole.cordonz"));
        QVERIFY(sealed->manifest().redactions.asArray().empty());
        const auto verdict = CaseFixture::must(engine::verifyCase(out.toStdString(), m_fixture.home(), [](auto, auto) {}, {}));
        QVERIFY2(verdict.exitStatus == 0, verdict.text.c_str());

        const QByteArray sheet = read(file("whole.html"));
        const QByteArray digest = QCryptographicHash::hash(read(out), QCryptographicHash::Sha256).toHex();
        QVERIFY(sheet.contains(digest) && sheet.contains("<svg"));
        QString shown;
        for (const QLabel* label : dialog->findChild<QWidget*>(QStringLiteral("sealed"))->findChildren<QLabel*>())
            shown += label->text().remove(QLatin1Char('\n'));
        QVERIFY2(shown.contains(QString::fromLatin1(digest)), qPrintable(shown));
        QVERIFY(shown.contains(QString::fromStdString(sealed->manifest().key.fingerprint())));
        QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("qrPicture")));

        press(*dialog, "start"); // the same once more
        QVERIFY2(said(*dialog).contains(QStringLiteral("already")), qPrintable(said(*dialog)));
    }

    void oneIncidentIsSealedAlone()
    {
        const auto dialog = sealing(file("part.cordonz"));
        auto* what = named<QComboBox>(*dialog, "What");
        QTRY_VERIFY(what->count() > 1);
        what->setCurrentIndex(1);
        const std::string incident = what->currentData().toString().toStdString();
        QVERIFY(named<QLineEdit>(*dialog, "File")->text().contains(QString::fromStdString(incident)));
        named<QLineEdit>(*dialog, "File")->setText(file("part.cordonz"));
        dialog->findChild<QCheckBox*>()->setChecked(false);
        press(*dialog, "start");
        QTRY_VERIFY_WITH_TIMEOUT(!said(*dialog).isEmpty(), longest);
        const auto sealed = CaseFixture::must(record::SealedCase::open(file("part.cordonz").toStdString()));
        QCOMPARE(sealed->manifest().incident, incident);
        QVERIFY(!QFile::exists(file("part.html")));
    }

    void aSealingThatIsCancelledLeavesNothing()
    {
        m_holder.stop(); // so that it waits for its holder until it is cancelled
        const auto dialog = sealing(file("stopped.cordonz"));
        press(*dialog, "start");
        press(*dialog, "cancelWork");
        QTRY_VERIFY_WITH_TIMEOUT(!said(*dialog).isEmpty(), longest);
        m_holder.start(20);
        QCOMPARE(said(*dialog), QStringLiteral("Stopped. Nothing was written."));
        const QStringList left = QDir(m_fixture.dir.path()).entryList({QStringLiteral("*stopped*"), QStringLiteral(".index-*")}, QDir::Files | QDir::Hidden);
        QVERIFY2(left.isEmpty(), qPrintable(left.join(QLatin1Char(' '))));
        QVERIFY(dialog->findChild<QPushButton*>(QStringLiteral("start"))->isEnabled());
    }

    void everyFormatIsWritten_data()
    {
        QTest::addColumn<QString>("place");
        QTest::newRow("of the open case") << place();
        QTest::newRow("of the sealed one") << file("whole.cordonz");
    }

    void everyFormatIsWritten()
    {
        QFETCH(QString, place);
        dialogs::ExportDialog dialog(*m_queries, place, home(), false, nullptr);
        open(dialog);
        auto* format = named<QComboBox>(dialog, "As");
        auto* incident = named<QComboBox>(dialog, "Incident");
        QTRY_VERIFY(incident->count() > 1);
        incident->setCurrentIndex(1);
        QStringList names;
        for (int i = 0; i < format->count(); ++i)
            names += format->itemData(i).toString();
        QStringList known;
        for (const std::string& name : exports::exportFormats())
            known += QString::fromStdString(name);
        QCOMPARE(names, known);
        for (int i = 0; i < format->count(); ++i) {
            format->setCurrentIndex(i);
            const QString out = file("out.") + names[i];
            named<QLineEdit>(dialog, "File")->setText(out);
            press(dialog, "start");
            QTRY_VERIFY_WITH_TIMEOUT(!said(dialog).isEmpty(), longest);
            QVERIFY2(said(dialog).startsWith(QStringLiteral("Written")), qPrintable(names[i] + ": " + said(dialog)));
            QVERIFY2(read(out).size() > 300, qPrintable(names[i]));
            QVERIFY(QFile::remove(out));
        }
        QVERIFY(QDir(m_fixture.dir.path()).entryList({QStringLiteral("*.part*")}, QDir::Files).isEmpty());
    }

    void aReportHasTheTimesOfTheZoneThatWasChosen()
    {
        dialogs::ExportDialog dialog(*m_queries, place(), home(), false, nullptr);
        open(dialog);
        named<QLineEdit>(dialog, "File")->setText(file("zone.html"));
        auto* zone = named<QComboBox>(dialog, "Time zone");
        QCOMPARE(zone->currentText(), QStringLiteral("UTC"));
        dialog.findChild<QCheckBox*>()->setChecked(false);
        zone->setCurrentText(QStringLiteral("Mars/Phobos"));
        press(dialog, "start");
        QTRY_VERIFY_WITH_TIMEOUT(said(dialog).contains(QStringLiteral("Mars/Phobos")), longest);
        QVERIFY(!QFile::exists(file("zone.html")));
        zone->setCurrentText(QStringLiteral("Europe/Berlin"));
        press(dialog, "start");
        QTRY_VERIFY_WITH_TIMEOUT(said(dialog).startsWith(QStringLiteral("Written")), longest);
        const QByteArray page = read(file("zone.html"));
        QVERIFY(page.contains("those of Europe/Berlin"));
        QVERIFY(page.contains("2026-11-21 12:58:02 +01:00")); // 11:58:02 UTC, in winter
        QVERIFY(!page.contains("2026-11-21 11:58:02 UTC"));
        named<QComboBox>(dialog, "As")->setCurrentIndex(2);
        QVERIFY(!zone->isEnabled()); // timelines for programs are UTC
    }

    void aReplayShowsWhatWouldDifferAndChangesNothing()
    {
        const QString sealed = file("whole.cordonz");
        const QByteArray before = QCryptographicHash::hash(read(sealed), QCryptographicHash::Sha256);
        dialogs::ReplayDialog dialog(sealed, home(), QStringLiteral(CORDON_SOURCE_DIR "/resources"), nullptr);
        open(dialog);
        auto* shown = dialog.findChild<QPlainTextEdit*>();
        dialog.findChild<QCheckBox*>()->setChecked(false);
        press(dialog, "start");
        QVERIFY(said(dialog).contains(QStringLiteral("Choose rules")));
        QFile rule(file("rule.yml"));
        QVERIFY(rule.open(QIODevice::WriteOnly));
        rule.write("title: Keys are made\nid: 7d0dc4a5-9c31-4f5a-8f4e-0a53d1f0a001\nlevel: high\nlogsource:\n  product: aws\n  service: cloudtrail\n"
                   "detection:\n  made:\n    eventName: CreateAccessKey\n  condition: made\n");
        rule.close();
        named<QLineEdit>(dialog, "Further rules")->setText(rule.fileName());
        press(dialog, "start");
        QTRY_VERIFY_WITH_TIMEOUT(!shown->toPlainText().isEmpty(), longest);
        QVERIFY2(shown->toPlainText().contains(QStringLiteral("Keys are made")), qPrintable(shown->toPlainText()));
        QCOMPARE(QCryptographicHash::hash(read(sealed), QCryptographicHash::Sha256), before);
    }
};

QTEST_MAIN(TestHandingOver)
#include "tst_handing_over.moc"
