#include "core/record/open_orders.h"

#include <QtTest>
#include <list>
#include <random>

using namespace cordon;
using namespace cordon::record;

namespace {

/// The same in the plainest way: every act goes through all that are open.
class PlainOrders
{
public:
    void add(std::string person, std::string nonce, std::vector<std::string> claims)
    {
        m_orders.push_back({std::move(person), std::move(nonce), std::move(claims), {}});
    }
    bool use(const std::string& person, const std::vector<std::string>& claims, const std::string* each)
    {
        for (auto order = m_orders.begin(); order != m_orders.end(); ++order) {
            const bool isFor = std::any_of(claims.begin(), claims.end(), [&](const std::string& claim) {
                return std::find(order->claims.begin(), order->claims.end(), claim) != order->claims.end();
            });
            if (order->person != person || !isFor)
                continue;
            if (!each) {
                m_orders.erase(order);
                return true;
            }
            if (order->used.insert(*each).second)
                return true;
        }
        return false;
    }
    void end(const std::string& nonce)
    {
        m_orders.remove_if([&](const One& one) { return one.nonce == nonce; });
    }
    [[nodiscard]] std::vector<std::string> nonces() const
    {
        std::vector<std::string> all;
        for (const One& one : m_orders)
            all.push_back(one.nonce);
        return all;
    }

private:
    struct One
    {
        std::string person;
        std::string nonce;
        std::vector<std::string> claims;
        std::set<std::string> used;
    };
    std::list<One> m_orders;
};

std::vector<std::string> noncesOf(const OpenOrders& orders)
{
    std::vector<std::string> all;
    for (const OpenOrders::Order& one : orders.all())
        all.push_back(one.nonce);
    return all;
}

} // namespace

class TestOpenOrders : public QObject
{
    Q_OBJECT

private slots:
    /// Whatever comes in whatever order, the oldest order that asked for an act is the one that it follows.
    void itFindsWhatALookThroughAllOfThemFinds()
    {
        std::mt19937 dice(7);
        const auto one = [&](const char* kind, unsigned most) { return kind + std::to_string(dice() % most); };
        for (const bool hasEach : {false, true}) {
            OpenOrders orders;
            PlainOrders plain;
            for (int i = 0; i < 5000; ++i) {
                const std::string person = one("user:", 2);
                if (dice() % 2 == 0) {
                    const std::string nonce = "n" + std::to_string(i);
                    std::set<std::string> claims{one("c", 4)};
                    if (!hasEach) // an order that several acts follow claims what tells these apart, or one thing
                        claims.insert(one("c", 4));
                    orders.add({person, "keep", nonce, {}, false}, nonce, {claims.begin(), claims.end()});
                    plain.add(person, nonce, {claims.begin(), claims.end()});
                } else if (dice() % 5 == 0) {
                    const std::string nonce = "n" + std::to_string(dice() % static_cast<unsigned>(i + 1));
                    orders.end(nonce);
                    plain.end(nonce);
                } else {
                    const std::vector<std::string> claims{one("c", 4), one("c", 4)};
                    const std::string each = one("s", 3);
                    const bool isFound = orders.use(person, "keep", claims, hasEach ? &each : nullptr);
                    QCOMPARE(isFound, plain.use(person, claims, hasEach ? &each : nullptr));
                }
            }
            QCOMPARE(noncesOf(orders), plain.nonces());
            QVERIFY(!plain.nonces().empty());
        }
    }
    /// Going through all of them at each act took hours.
    void aHundredThousandThatAreOpenAreNoBurden()
    {
        constexpr int many = 100'000;
        OpenOrders orders;
        orders.passTo("b", 0);
        for (int i = 0; i < many; ++i) {
            const std::string number = std::to_string(i);
            orders.add({"user:a", "note", "n" + number, {}, false}, "order " + number, {"note " + number});
        }
        for (int i = many; i-- > 0;) {
            orders.passTo("b", 1);
            QVERIFY(orders.use("user:a", "note", {"note " + std::to_string(i)}, nullptr));
        }
        QVERIFY(orders.all().empty());
    }
};

QTEST_GUILESS_MAIN(TestOpenOrders)
#include "tst_open_orders.moc"
