#include "ui/dialogs/import_dialog.h"
#include "ui/theme/apply.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QTreeWidget>

using namespace cordon;
using namespace cordon::ui;
using bridge::ImportWish;
using dialogs::ImportDialog;

namespace {

engine::LogLooks looks(bool needsZone, bool lacksYear, bool needsMap = false)
{
    engine::LogLooks all;
    all.zones = {"UTC", "America/New_York", "Europe/Berlin"};
    engine::LogLook clear;
    clear.file = "/logs/trail.json";
    clear.source = "aws.cloudtrail";
    engine::LogLook open;
    open.file = "/logs/messages";
    open.source = needsMap ? "" : "syslog";
    open.needsZone = needsZone;
    open.lacksYear = lacksYear;
    open.needsMap = needsMap;
    open.reason = needsMap ? "not recognised" : "";
    all.files = {clear, open};
    return all;
}

} // namespace

/// What is asked of a person who imports logs.
class TestImportDialog : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsAskedWhereNothingIsMissing()
    {
        QVERIFY(ImportDialog::isClear(looks(false, false)));
        QVERIFY(!ImportDialog::isClear(looks(true, false)));
        QVERIFY(!ImportDialog::isClear(looks(false, true)));
        QVERIFY(!ImportDialog::isClear(looks(false, false, true)));
    }

    void aZoneMustBeChosenWhereTimesHaveNone()
    {
        ImportDialog dialog(looks(true, true), true, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        ImportWish wish;
        connect(&dialog, &ImportDialog::answered, this, [&wish](const ImportWish& told) { wish = told; });
        auto* zone = dialog.findChild<QComboBox*>();
        QPushButton* import = button(dialog, "Import");
        QVERIFY(zone->currentText().isEmpty()); // nothing is preselected
        QVERIFY(!import->isEnabled());
        zone->setCurrentText("Mars/Phobos");
        QVERIFY(!import->isEnabled());
        zone->setCurrentText("+02:00");
        QVERIFY(import->isEnabled());
        zone->setCurrentText("Europe/Berlin");
        QVERIFY(import->isEnabled());
        QLineEdit* offset = named<QLineEdit>(dialog, "Clock offset");
        offset->setText("ninety");
        QVERIFY(!import->isEnabled());
        offset->setText("-0:01:30");
        named<QSpinBox>(dialog, "Year")->setValue(2024);
        named<QCheckBox>(dialog, "Follow from now on")->setChecked(true);
        import->click();
        QCOMPARE(wish.zone, QString("Europe/Berlin"));
        QCOMPARE(wish.offsetSeconds, qint64(-90));
        QCOMPARE(wish.year, 2024);
        QVERIFY(wish.follows && wish.maps.isEmpty());
    }

    void whatIsKnownNeedsNoAnswer()
    {
        ImportDialog dialog(looks(false, false), true, nullptr);
        QVERIFY(button(dialog, "Import")->isEnabled());
        QVERIFY(!named<QSpinBox>(dialog, "Year")->isEnabled());
        auto* files = dialog.findChild<QTreeWidget*>();
        QCOMPARE(files->topLevelItemCount(), 2);
        QCOMPARE(files->topLevelItem(0)->text(1), QString("aws.cloudtrail"));
        dialog.show(looks(true, false)); // another look
        QVERIFY(!button(dialog, "Import")->isEnabled());
    }

    void anOpenCaseTakesNoMaps()
    {
        ImportDialog dialog(looks(false, false, true), false, nullptr);
        QVERIFY(!named<QLineEdit>(dialog, "Map")->isEnabled());
        QVERIFY(button(dialog, "Import")->isEnabled()); // it is kept as evidence all the same
    }

    void offsetsAreSigned_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qlonglong>("seconds"); ///< -1: refused
        QTest::newRow("nothing") << "" << 0LL;
        QTest::newRow("an hour") << "1:00:00" << 3600LL;
        QTest::newRow("back") << "-12:34:56" << -45296LL;
        QTest::newRow("forward") << "+0:00:07" << 7LL;
        QTest::newRow("no seconds") << "1:00" << -1LL;
        QTest::newRow("too many minutes") << "0:60:00" << -1LL;
    }
    void offsetsAreSigned()
    {
        QFETCH(QString, text);
        QFETCH(qlonglong, seconds);
        QCOMPARE(ImportDialog::secondsOf(text).value_or(-1), seconds);
    }

    void everyControlHasANameAndAKey()
    {
        ImportDialog dialog(looks(true, true), true, nullptr);
        for (QWidget* control : dialog.findChildren<QWidget*>()) {
            if (control->window() != &dialog || control->focusPolicy() == Qt::NoFocus || control->parentWidget()->inherits("QAbstractSpinBox") ||
                control->parentWidget()->inherits("QComboBox") || control->objectName().startsWith("qt_"))
                continue;
            const auto* pressed = qobject_cast<QAbstractButton*>(control);
            QVERIFY2(!control->accessibleName().isEmpty() || (pressed && !pressed->text().isEmpty()) || control->inherits("QLabel") ||
                         control->inherits("QHeaderView") || control->inherits("QScrollBar"),
                     control->metaObject()->className());
        }
    }

private:
    static QPushButton* button(const ImportDialog& dialog, const QString& text)
    {
        for (auto* one : dialog.findChildren<QPushButton*>()) {
            if (one->text().remove('&') == text)
                return one;
        }
        return nullptr;
    }
    template<class Control>
    static Control* named(const ImportDialog& dialog, const QString& name)
    {
        for (auto* one : dialog.findChildren<Control*>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }
};

QTEST_MAIN(TestImportDialog)
#include "tst_import_dialog.moc"
