#include "core/engine/supply.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/support/own_resources.h"

using namespace cordon;
using namespace cordon::test;
using namespace cordon::tests;

namespace {

/// Resources of which every file may be changed.
struct Supply
{
    CaseFixture fixture;
    OwnResources resources;

    Supply()
    {
        for (const char* name : {"rules", "field_maps"}) {
            std::filesystem::remove(resources.folder() / name);
            std::filesystem::copy(OwnResources::shipped() / name, resources.folder() / name,
                                  std::filesystem::copy_options::recursive);
        }
    }
    [[nodiscard]] engine::EngineOptions options() const
    {
        engine::EngineOptions options = fixture.options();
        options.resources = resources.folder();
        return options;
    }
};

} // namespace

/// Only what the program was built with, or a person vouched for, is loaded.
class TestSupply : public QObject
{
    Q_OBJECT

private slots:
    // GOV-ASI04, T17, MAESTRO L3
    void govAsi04AnyChangedByteIsRefusedAndTold_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* file : {"playbooks/compromised-access-key.json", "mandates/exercise.yaml",
                                 "field_maps/aws_cloudtrail.yml", "rules/aws"})
            QTest::newRow(file) << file;
    }

    void govAsi04AnyChangedByteIsRefusedAndTold()
    {
        QFETCH(QString, file);
        Supply supply;
        std::filesystem::path path = supply.resources.folder() / file.toStdString();
        if (std::filesystem::is_directory(path)) {
            for (const auto& item : std::filesystem::recursive_directory_iterator(path)) {
                if (item.path().extension() == ".yml")
                    path = item.path();
            }
        }
        std::string text = OwnResources::text(path);
        text[text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 1);
        OwnResources::write(path, text);
        const auto opened = engine::Pipeline::open(supply.options(), supply.fixture.machine);
        QVERIFY(!opened);
        QVERIFY(opened.error().code == ErrorCode::Untrusted);
        const auto refused = supply.fixture.ledger("load.refused");
        QCOMPARE(refused.size(), std::size_t(1));
        QVERIFY(path.generic_string().ends_with(refused[0].data["file"].asString()));
        QCOMPARE(refused[0].data["expected"].asString().size(), std::size_t(64));
        QCOMPARE(refused[0].data["actual"].asString().size(), std::size_t(64));
        QVERIFY(refused[0].data["expected"].asString() != refused[0].data["actual"].asString());
    }

    void everyByteOfAPlaybookCounts()
    {
        Supply supply;
        const auto path = supply.resources.folder() / "playbooks" / "suspicious-workload.json";
        const std::string whole = OwnResources::text(path);
        for (std::size_t at = 0; at < whole.size(); at += 97) {
            std::string text = whole;
            text[at] = static_cast<char>(text[at] ^ (1 << (at % 8)));
            OwnResources::write(path, text);
            const auto check = CaseFixture::must(engine::checkSupply(supply.resources.folder(), supply.fixture.home()));
            QCOMPARE(check.refused.size(), std::size_t(1));
        }
    }

    void aMissingFileIsRefused()
    {
        Supply supply;
        std::filesystem::remove(supply.resources.folder() / "playbooks" / "suspicious-workload.json");
        QVERIFY(!engine::Pipeline::open(supply.options(), supply.fixture.machine));
        QCOMPARE(supply.fixture.ledger("load.refused").back().data["actual"].asString(), std::string("missing"));
    }

    void whatSomebodyAddsIsPinnedWhenItIsFirstSeen()
    {
        Supply supply;
        const auto path = supply.resources.folder() / "playbooks" / "own.json";
        OwnResources::write(path, "{\"type\": \"playbook\"}");
        CaseFixture::must(engine::Pipeline::open(supply.options(), supply.fixture.machine)).reset();
        QCOMPARE(supply.fixture.ledger("load.pinned").size(), std::size_t(1));
        CaseFixture::must(engine::Pipeline::open(supply.options(), supply.fixture.machine)).reset();
        QCOMPARE(supply.fixture.ledger("load.pinned").size(), std::size_t(1));
        OwnResources::write(path, "{\"type\": \"playbook\" }");
        QVERIFY(!engine::Pipeline::open(supply.options(), supply.fixture.machine));
        QCOMPARE(supply.fixture.ledger("load.refused").size(), std::size_t(1));
    }

    void aPersonCanVouchForAFile()
    {
        Supply supply;
        QVERIFY(supply.resources.changeMandate("max: 40, per: 10m", "max: 39, per: 10m"));
        QVERIFY(!engine::Pipeline::open(supply.options(), supply.fixture.machine));
        CaseFixture::must(
            engine::acceptSupply(supply.resources.folder(), supply.fixture.home(), {"mandates/exercise.yaml"}));
        QVERIFY(engine::Pipeline::open(supply.options(), supply.fixture.machine).has_value());
        QVERIFY(supply.resources.changeMandate("max: 39, per: 10m", "max: 38, per: 10m"));
        QVERIFY(!engine::Pipeline::open(supply.options(), supply.fixture.machine));
    }

    void pinsThatCannotBeReadPinNothing()
    {
        Supply supply;
        std::filesystem::create_directories(supply.fixture.home());
        OwnResources::write(supply.fixture.home() / "pins.json", "{broken");
        QVERIFY(!engine::Pipeline::open(supply.options(), supply.fixture.machine));
    }
};

QTEST_GUILESS_MAIN(TestSupply)
#include "tst_supply.moc"
