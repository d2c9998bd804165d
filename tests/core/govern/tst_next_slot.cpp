#include "core/govern/next_slot.h"

#include <QtTest>

using namespace cordon;

class TestNextSlot : public QObject
{
    Q_OBJECT

private slots:
    void theFirstPlaceThatIsFreeIsNextInWhateverOrderTheyWereAnswered()
    {
        govern::DeskRequest held;
        held.request.nonces = {"a", "b"};
        QCOMPARE(govern::nextSlot(held), 1);
        held.usedNonces = {"b"}; // somebody elsewhere was given the second
        QCOMPARE(govern::nextSlot(held), 1);
        held.usedNonces = {"a"};
        QCOMPARE(govern::nextSlot(held), 2);
        held.usedNonces = {"a", "b"};
        QCOMPARE(govern::nextSlot(held), 3);
    }
};

QTEST_GUILESS_MAIN(TestNextSlot)
#include "tst_next_slot.moc"
