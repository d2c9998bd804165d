#include "core/keyring/secret_service.h"

#include "tests/support/own_keyring.h"

#include <QTest>

using namespace cordon;

/// The desktop's secret service, where the machine has one to try. It is started on a bus and in a home of its own, so
/// that nobody's keyring is touched.
class TestSecretService : public QObject
{
    Q_OBJECT

private slots:
    void withoutABusThereIsNone()
    {
        if (test::OwnKeyring::isInside())
            return;
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        QVERIFY(!keyring::secretService());
    }

    void whatIsKeptIsFoundAndForgotten()
    {
        GO_ON_IN_OWN_KEYRING(whatIsKeptIsFoundAndForgotten)
        const auto store = keyring::secretService();
        if (!store)
            QSKIP("this build has no libsecret");
        const std::string label = "agent key SHA256:test";
        QVERIFY(store->find(label).error().code == ErrorCode::NotFound);
        const auto kept = store->keep(label, crypto::SecretBytes::copyOf("correct horse battery"));
        QVERIFY2(kept, kept ? "" : kept.error().detail.c_str());
        const auto found = store->find(label);
        QVERIFY(found && found->text() == "correct horse battery");
        QVERIFY(store->find("another label").error().code == ErrorCode::NotFound);
        QVERIFY(store->forget(label));
        QVERIFY(store->find(label).error().code == ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestSecretService)
#include "tst_secret_service.moc"
