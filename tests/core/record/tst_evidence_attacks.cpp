#include "core/crypto/random.h"
#include "core/record/evidence_vault.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::record;

namespace {

namespace fs = std::filesystem;

/// Some megabytes that do not pack well, so that an object has several chunks of different lengths.
std::string longText(unsigned state)
{
    std::string text;
    while (text.size() < (5U << 19U)) {
        state = state * 1664525U + 1013904223U;
        text += std::to_string(state) + ",";
    }
    return text;
}

std::string bytesIn(const fs::path& path)
{
    return platform::readFile(path).value();
}

void writeOver(const fs::path& path, const std::string& bytes)
{
    fs::permissions(path, fs::perms::owner_all);
    QFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(QByteArray::fromStdString(bytes)) < 0)
        qFatal("cannot write %s", path.c_str());
}

} // namespace

/// Attacks on evidence by somebody who can write the case folder.
class TestEvidenceAttacks : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_temporary;

    [[nodiscard]] fs::path folder() const { return m_temporary->filePath("evidence").toStdString(); }
    [[nodiscard]] EvidenceVault plain() const { return EvidenceVault(folder()); }
    [[nodiscard]] static CaseKey someKey()
    {
        return std::make_shared<const crypto::SecretBytes>(crypto::SecretBytes::copyOf(crypto::randomBytes(32)));
    }
    static Digest sealed(const EvidenceVault& vault, const std::string& text) { return vault.add(bytesOf(text)).value(); }
    static bool isCorrupt(const Result<void>& verified)
    {
        return !verified && verified.error().code == ErrorCode::Corrupt;
    }

private slots:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    // TL-13
    void tl13_anOverwrittenObjectIsSeen()
    {
        const std::string text = longText(1);
        const Digest digest = sealed(plain(), text);
        const fs::path path = plain().pathOf(digest);
        const std::string bytes = bytesIn(path);
        for (const std::size_t at : {std::size_t(3), bytes.size() / 3, bytes.size() - 60, bytes.size() - 1}) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(changed[at] ^ 4);
            writeOver(path, changed);
            QVERIFY2(isCorrupt(plain().verify(digest)), QByteArray::number(static_cast<qulonglong>(at)));
        }
        writeOver(path, bytes);
        QVERIFY(plain().verify(digest));
    }

    // TL-13
    void tl13_aSecondNameOfTheFileIsSeen()
    {
        const Digest digest = sealed(plain(), longText(2));
        const fs::path other = m_temporary->filePath("elsewhere").toStdString();
        fs::create_hard_link(plain().pathOf(digest), other);
        QVERIFY(isCorrupt(plain().verify(digest)));
        fs::remove(other);
        QVERIFY(plain().verify(digest));
    }

    // TL-13
    void tl13_aSparseFileOfTheSameSizeIsSeen()
    {
        const Digest digest = sealed(plain(), longText(3));
        const fs::path path = plain().pathOf(digest);
        const auto size = fs::file_size(path);
        fs::remove(path);
        {
            const int hole = ::open(path.c_str(), O_CREAT | O_WRONLY, 0400);
            QVERIFY(hole >= 0);
            QCOMPARE(::ftruncate(hole, static_cast<off_t>(size)), 0);
            ::close(hole);
        }
        QVERIFY(isCorrupt(plain().verify(digest)));
    }

    // TL-13
    void tl13_anotherObjectOfTheSameSizeIsSeen()
    {
        const Digest first = sealed(plain(), std::string(4000, 'a') + "1");
        const Digest second = sealed(plain(), std::string(4000, 'a') + "2");
        const std::string a = bytesIn(plain().pathOf(first));
        const std::string b = bytesIn(plain().pathOf(second));
        QCOMPARE(a.size(), b.size());
        writeOver(plain().pathOf(first), b);
        writeOver(plain().pathOf(second), a);
        QVERIFY(isCorrupt(plain().verify(first)));
        QVERIFY(isCorrupt(plain().verify(second)));
    }

    // TL-13
    void tl13_aLinkInPlaceOfAnObjectIsRefused()
    {
        const Digest digest = sealed(plain(), longText(4));
        const fs::path path = plain().pathOf(digest);
        const fs::path moved = m_temporary->filePath("moved").toStdString();
        fs::rename(path, moved);
        fs::create_symlink(moved, path);
        QVERIFY(isCorrupt(plain().verify(digest)));
        QVERIFY(!plain().open(digest));
    }

    // TL-13
    void tl13_aPlantedFileOfTheNameIsNotTakenForTheObject()
    {
        const std::string text = longText(5);
        const Digest digest = crypto::sha256(text);
        const fs::path path = plain().pathOf(digest);
        fs::create_directories(path.parent_path());
        {
            QFile file(QString::fromStdString(path.string()));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("planted") == 7);
        }
        QVERIFY(!plain().add(bytesOf(text))); // nothing says that these bytes were kept
        QCOMPARE(bytesIn(path), std::string("planted"));
        fs::remove(path);
        fs::create_symlink("/etc/hostname", path);
        QVERIFY(!plain().add(bytesOf(text)));
    }

    void objectsAreMadeReadOnlyUnderANameThatWasFree()
    {
        const Digest digest = sealed(plain(), longText(6));
        struct stat status = {};
        QCOMPARE(::stat(plain().pathOf(digest).c_str(), &status), 0);
        QCOMPARE(int(status.st_mode & 07777), 0400);
        QCOMPARE(int(status.st_nlink), 1);
        for (const auto& item : fs::directory_iterator(folder() / "incoming"))
            QFAIL(item.path().c_str());
    }

    void anEncryptedObjectReadsLikeAPlainOne()
    {
        const EvidenceVault vault(folder(), someKey(), true);
        const std::string text = longText(7);
        const Digest digest = sealed(vault, text);
        QVERIFY(digest == crypto::sha256(text)); // its name does not depend on the key
        auto object = vault.open(digest).value();
        QVERIFY(object.isEncrypted());
        QCOMPARE(object.size(), text.size());
        QCOMPARE(object.read((1U << 20U) - 5, 10).value(), text.substr((1U << 20U) - 5, 10));
        QVERIFY(vault.verify(digest));
        const std::string stored = bytesIn(vault.pathOf(digest));
        QVERIFY(stored.find(text.substr(100, 12)) == std::string::npos);
        QVERIFY(sealed(vault, "").hex().size() == 64);
    }

    void whileItIsWrittenNothingPlainIsOnTheDisk()
    {
        const EvidenceVault vault(folder(), someKey(), true);
        auto writer = vault.create().value();
        const std::string secret = "password=correct horse battery staple ";
        std::string text;
        while (text.size() < (3U << 20U))
            text += secret;
        QVERIFY(writer.add(bytesOf(text)));
        for (const auto& item : fs::recursive_directory_iterator(folder())) {
            if (!item.is_regular_file())
                continue;
            const std::string bytes = bytesIn(item.path());
            QVERIFY(bytes.size() > 12);
            QVERIFY(bytes.find("horse") == std::string::npos);
            QVERIFY(bytes.find("\x28\xb5\x2f\xfd") == std::string::npos); // no packed frame either
        }
    }

    void anotherCaseKeyOpensNothing()
    {
        const EvidenceVault vault(folder(), someKey(), true);
        const Digest digest = sealed(vault, longText(8));
        QVERIFY(!EvidenceVault(folder(), someKey(), true).open(digest));
        QVERIFY(plain().open(digest).error().code == ErrorCode::Denied);
        QVERIFY(plain().containerOf(digest).value().has_value());
    }

    void swappedChunksAreSeen()
    {
        const CaseKey key = someKey();
        const EvidenceVault vault(folder(), key, true);
        const std::string block(1U << 20U, 'x');
        const Digest digest = sealed(vault, block + block + "end"); // two stored chunks of one length
        const fs::path path = vault.pathOf(digest);
        std::string bytes = bytesIn(path);
        const std::size_t table = bytes.size() - 52 - 3 * 36;
        const auto lengthAt = [&](std::size_t row) {
            std::uint32_t length = 0;
            for (int i = 0; i < 4; ++i)
                length = length << 8U | static_cast<unsigned char>(bytes[table + row * 36 + static_cast<std::size_t>(i)]);
            return std::size_t{length};
        };
        const std::size_t length = lengthAt(0);
        QCOMPARE(lengthAt(1), length);
        for (std::size_t i = 0; i < length; ++i)
            std::swap(bytes[12 + i], bytes[12 + length + i]);
        for (std::size_t i = 0; i < 36; ++i)
            std::swap(bytes[table + i], bytes[table + 36 + i]);
        // Whoever can do this can make the container fit again, because it needs no key.
        crypto::Sha256 check;
        check.update(bytes.substr(0, 12)).update(bytes.substr(table, 3 * 36)).update(bytes.substr(bytes.size() - 52, 12));
        const Digest container = check.digest();
        bytes.replace(bytes.size() - 40, 32, reinterpret_cast<const char*>(container.bytes.data()), 32);
        writeOver(path, bytes);
        QVERIFY(EvidenceObject::open(path)); // the container fits
        QVERIFY(isCorrupt(vault.verify(digest)));
    }

    void aCutOffEndIsSeen()
    {
        const EvidenceVault vault(folder(), someKey(), true);
        const std::string block = longText(9).substr(0, 1U << 20U);
        const Digest digest = sealed(vault, block + block + block);
        const fs::path path = vault.pathOf(digest);
        std::string bytes = bytesIn(path);
        const std::size_t table = bytes.size() - 52 - 3 * 36;
        std::size_t last = 0;
        for (int i = 0; i < 4; ++i)
            last = last << 8U | static_cast<unsigned char>(bytes[table + 72 + static_cast<std::size_t>(i)]);
        std::string counts = bytes.substr(bytes.size() - 52, 12);
        counts[5] = '\x20'; // 2 MiB
        counts[11] = '\x02';
        std::string cut = bytes.substr(0, table - last) + bytes.substr(table, 72);
        crypto::Sha256 check;
        check.update(bytes.substr(0, 12)).update(bytes.substr(table, 72)).update(counts);
        const Digest container = check.digest();
        cut += counts;
        cut.append(reinterpret_cast<const char*>(container.bytes.data()), 32);
        cut += "CORDEVDZ";
        writeOver(path, cut);
        QVERIFY(EvidenceObject::open(path));
        auto object = vault.open(digest).value();
        QVERIFY(object.read(0, 100)); // the first chunk is where it was
        QVERIFY(!object.read(1U << 20U, 100)); // the second says that more follows
        QVERIFY(isCorrupt(vault.verify(digest)));
    }

    void anotherObjectUnderTheNameIsSeen()
    {
        const EvidenceVault vault(folder(), someKey(), true);
        const Digest first = sealed(vault, std::string(5000, 'a'));
        const Digest second = sealed(vault, std::string(5000, 'b'));
        writeOver(vault.pathOf(first), bytesIn(vault.pathOf(second)));
        QVERIFY(isCorrupt(vault.verify(first)));
        // With its key beside it too: a wrapped key is bound to its object.
        const fs::path keys = folder() / "keys";
        fs::copy_file(keys / (second.hex() + ".key"), keys / (first.hex() + ".key"), fs::copy_options::overwrite_existing);
        QVERIFY(isCorrupt(vault.verify(first)));
        QVERIFY(vault.verify(second));
    }

    void anErasedKeyTakesTheContentsAndLeavesTheProof()
    {
        const EvidenceVault vault(folder(), someKey(), true);
        const std::string text = longText(10);
        const Digest digest = sealed(vault, text);
        const Digest container = *vault.containerOf(digest).value();
        QVERIFY(vault.eraseKey(digest));
        QVERIFY(!vault.keys().contains(digest));
        QVERIFY(vault.open(digest).error().code == ErrorCode::NotFound);
        auto object = EvidenceObject::open(vault.pathOf(digest)).value();
        QVERIFY(object.container() == container);
        QVERIFY(object.verifyStored());
        QVERIFY(vault.add(bytesOf(text)).error().code == ErrorCode::Conflict); // gone is gone
        QVERIFY(plain().eraseKey(sealed(plain(), "plain")).error().code == ErrorCode::Unsupported);
    }

    void theCaseKeyLiesOutsideTheCaseAndMayLieUnderAPassphrase()
    {
        const fs::path home = m_temporary->filePath("home").toStdString();
        const auto passphrase = crypto::SecretBytes::copyOf("a long enough passphrase");
        QVERIFY(!caseKey(home, "cordon.local/ledger/0001", false).value());
        const CaseKey made = caseKey(home, "cordon.local/ledger/0001", true).value();
        struct stat status = {};
        QCOMPARE(::stat((home / "keys" / "0001.evidence").c_str(), &status), 0);
        QCOMPARE(int(status.st_mode & 07777), 0600);
        QVERIFY(caseKey(home, "cordon.local/ledger/0001", false).value()->text() == made->text());
        const CaseKey under = caseKey(home, "cordon.local/ledger/0002", true, passphrase).value();
        QVERIFY(caseKey(home, "cordon.local/ledger/0002", false).error().code == ErrorCode::Denied);
        QVERIFY(!caseKey(home, "cordon.local/ledger/0002", false, crypto::SecretBytes::copyOf("another")));
        QVERIFY(caseKey(home, "cordon.local/ledger/0002", false, passphrase).value()->text() == under->text());
    }
};

QTEST_GUILESS_MAIN(TestEvidenceAttacks)
#include "tst_evidence_attacks.moc"
