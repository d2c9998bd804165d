#include "core/connectors/nftables/nftables_provider.h"

#include "tests/support/filtered_machine.h"
#include "tests/support/provider_user.h"

using namespace cordon;
using test::FilteredMachine;
using Flow = FilteredMachine::Flow;
using Place = FilteredMachine::Place;

namespace {

constexpr int soon = 5'000;
constexpr int never = 60; ///< a packet between namespaces arrives before its sending returns

} // namespace

/// Against sshd and nft in network namespaces of its own; skipped where they cannot be had.
class TestNftablesProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<FilteredMachine> m_machine;
    std::unique_ptr<test::ProviderUser> m_user;

    const EntityRef m_self{EntityKind::Host, "web-7", {}, {}};
    const EntityRef m_behind{EntityKind::Workload, "shop-db", {}, {}};
    static EntityRef address(const char* text) { return {EntityKind::Address, text, {}, {}}; }

    act::ConnectorSettings settings() const
    {
        return {"fw-test", "nftables", m_machine->hostKeyHash(), "prod", {},
                Value::Object{{"host", FilteredMachine::workload}, {"port", std::to_string(FilteredMachine::sshPort)}, {"self", "web-7"}, {"sudo", "no"},
                              {"forensic", FilteredMachine::here}, {"workloads", Value::Object{{"shop-db", FilteredMachine::peer}}}}};
    }
    std::string credential(const QString& key = "user") const
    {
        return json::write(Value::Object{{"user", "root"}, {"private_key", m_machine->privateKey(key)}});
    }
    bool connects(Place dials, Place listens, const char* to, int milliseconds)
    {
        Flow flow;
        return m_machine->connect(flow, dials, listens, to, milliseconds);
    }

private slots:
    void initTestCase()
    {
        m_machine = std::make_unique<FilteredMachine>();
        if (!m_machine->missing().empty())
            QSKIP(("no machine to filter: " + m_machine->missing()).c_str());
        // Rules of the machine's own, which nothing here may touch.
        const QByteArray said = m_machine->nft({"-f", "-"}, "table ip shop {\n set known {\n type ipv4_addr; elements = { 192.0.2.1, 192.0.2.9 }\n }\n"
                                                            " chain inward {\n type filter hook input priority 0; policy accept;\n tcp dport 25 drop\n ip saddr @known accept\n }\n}\n"
                                                            "table inet cordon_of_others {\n chain c {\n udp dport 53 accept comment \"mine\"\n }\n}\n");
        QVERIFY2(said.isEmpty(), said.constData());
    }
    void init()
    {
        m_user = std::make_unique<test::ProviderUser>(connectors::nftables::makeNftablesProvider, settings(), credential());
        VERIFY_WELL(m_user->open());
    }
    void cleanupTestCase() { m_machine.reset(); }

    void theCredentialLeadsToTheMachineOfTheSettings()
    {
        const auto said = m_user->provider().check(m_user->reading());
        QVERIFY2(said, said ? "" : said.error().detail.c_str());
        QCOMPARE((*said)["tenant"].asString(), m_machine->hostKeyHash());
        QCOMPARE(m_user->state(m_self, "network"), std::string("normal"));
        VERIFY_WELL(m_user->worksConfined(m_self));
    }

    void aMachineIsCutBothWaysItsFlowsTooAndTheForensicConnectionStays()
    {
        const QByteArray before = m_machine->ruleset();
        QVERIFY2(before.contains("192.0.2.9"), before.constData());
        Flow standing;
        QVERIFY(m_machine->connect(standing, Place::Peer, Place::Workload, FilteredMachine::workloadForPeer, soon));
        QVERIFY(standing.carries(false, soon) && standing.carries(true, soon));
        const Action cut = m_user->action("workload.isolate", m_self);
        const auto preview = m_user->provider().preview(cut, m_user->reading());
        QVERIFY2(preview, preview ? "" : preview.error().detail.c_str());
        QVERIFY(preview->request.find(FilteredMachine::here) != std::string::npos && !preview->undo.empty());
        QCOMPARE(m_machine->ruleset(), before); // looking changed nothing

        const auto done = m_user->execute(cut);
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        QVERIFY(m_user->provider().verify(cut, m_user->reading())->state == OutcomeState::Verified); // by a connection of its own: forensics get through
        QVERIFY(!standing.carries(false, never) && !standing.carries(true, never));
        QVERIFY(!connects(Place::Peer, Place::Workload, FilteredMachine::workloadForPeer, never));
        QVERIFY(!connects(Place::Workload, Place::Peer, FilteredMachine::peer, never));
        QVERIFY(!connects(Place::Here, Place::Workload, FilteredMachine::workload, never)); // SSH alone, from there too
        QVERIFY(!connects(Place::Workload, Place::Here, FilteredMachine::here, never));
        QVERIFY(!connects(Place::Here, Place::Peer, FilteredMachine::peer, never)); // nor through it
        QVERIFY(connects(Place::Workload, Place::Workload, "127.0.0.1", soon));     // by itself it goes on

        const auto back = m_user->undo(cut, done->undoRecord);
        QVERIFY2(back, back ? "" : back.error().detail.c_str());
        QCOMPARE(m_machine->ruleset(), before);
        QVERIFY(standing.carries(false, soon));
        QVERIFY(connects(Place::Workload, Place::Peer, FilteredMachine::peer, soon));
        QVERIFY(m_user->undo(cut, done->undoRecord).error().code == ErrorCode::Conflict);
    }

    void aWorkloadBehindItIsCutBothWaysAndComesBack()
    {
        const QByteArray before = m_machine->ruleset();
        Flow standing;
        QVERIFY(m_machine->connect(standing, Place::Here, Place::Peer, FilteredMachine::peer, soon));
        QVERIFY(standing.carries(false, soon));
        const auto isCut = [&] {
            return !standing.carries(false, never) && !standing.carries(true, never) && !connects(Place::Peer, Place::Here, FilteredMachine::here, never) &&
                   !connects(Place::Workload, Place::Peer, FilteredMachine::peer, never);
        };
        VERIFY_WELL(m_user->cutsAndGoesBack(m_user->action("workload.isolate", m_behind), isCut));
        QCOMPARE(m_machine->ruleset(), before);
    }

    void anAddressIsBlockedAndLetThroughAgain()
    {
        const QByteArray before = m_machine->ruleset();
        const auto isCut = [&] {
            return !connects(Place::Peer, Place::Workload, FilteredMachine::workloadForPeer, never) && !connects(Place::Here, Place::Peer, FilteredMachine::peer, never);
        };
        VERIFY_WELL(m_user->cutsAndGoesBack(m_user->action("address.block", address(FilteredMachine::peer)), isCut));
        QCOMPARE(m_machine->ruleset(), before);
        const auto nothing = m_user->execute(m_user->action("address.unblock", address("198.51.100.7")));
        QVERIFY(nothing && nothing->undoRecord.isNull());
        VERIFY_WELL(m_user->cutsAndGoesBack(m_user->action("address.block", address("2001:db8::/33")), [this] { return m_machine->ruleset().contains("2001:db8::/33"); }));
    }

    void nothingCutsTheConnectionThatWouldTakeItBack()
    {
        const QByteArray before = m_machine->ruleset();
        for (const char* text : {FilteredMachine::here, "10.77.1.0/24", "0.0.0.0/1"})
            VERIFY_WELL(m_user->refusalOf(m_user->action("address.block", address(text)), ErrorCode::Denied));
        VERIFY_WELL(m_user->open({{"forensic", "10.77.9.9"}}));
        VERIFY_WELL(m_user->refusalOf(m_user->action("workload.isolate", m_self), ErrorCode::Denied));
        QCOMPARE(m_machine->ruleset(), before);
    }

    void driftIsToldAndNotOverwritten()
    {
        const QByteArray before = m_machine->ruleset();
        const Action cut = m_user->action("workload.isolate", m_self);
        const auto done = m_user->execute(cut);
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        m_machine->nft({"insert", "rule", "inet", "cordon_isolate", "input", "tcp", "dport", "9000-9999", "accept"}); // somebody lets traffic in again
        QVERIFY(m_user->provider().verify(cut, m_user->reading())->state == OutcomeState::Failed);
        QVERIFY(m_user->undo(cut, done->undoRecord).error().code == ErrorCode::Conflict);
        VERIFY_WELL(m_user->refusalOf(cut, ErrorCode::Conflict));
        const auto back = m_user->undo(cut, done->undoRecord, true);
        QVERIFY2(back, back ? "" : back.error().detail.c_str());
        QCOMPARE(m_machine->ruleset(), before);
    }

    void aForgedUndoRunsNothing()
    {
        const QByteArray before = m_machine->ruleset();
        const Action cut = m_user->action("workload.isolate", m_behind);
        const auto done = m_user->execute(cut);
        QVERIFY(done);
        for (const char* name : {"isolate 10.0.0.1; delete table ip shop", "shop", "", "isolate $(id)"}) {
            Value part = done->undoRecord["targets"].asArray().front();
            part.set("calls", Value::Array{Value::Object{{"call", Value::Object{{"do", "remove"}, {"cut", name}}}}});
            Value forged = done->undoRecord;
            forged.set("targets", Value::Array{part});
            QVERIFY(m_user->undo(cut, forged).error().code == ErrorCode::Invalid);
        }
        QVERIFY(m_user->undo(cut, done->undoRecord));
        QCOMPARE(m_machine->ruleset(), before);
    }

    // NHI8
    void anotherHostKeyOrUserGetsNothing()
    {
        const QByteArray before = m_machine->ruleset();
        m_user->settings().tenant = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        VERIFY_WELL(m_user->open());
        VERIFY_WELL(m_user->refusalOf(m_user->action("workload.isolate", m_self), ErrorCode::Untrusted));
        m_user->settings().tenant = m_machine->hostKeyHash();
        VERIFY_WELL(m_user->open());
        m_user->use(credential("stranger"));
        VERIFY_WELL(m_user->refusalOf(m_user->action("workload.isolate", m_self), ErrorCode::Denied));
        m_user->use("{\"user\":\"root\",\"private_key\":\"no key\"}");
        VERIFY_WELL(m_user->refusalOf(m_user->action("workload.isolate", m_self), ErrorCode::Denied));
        QCOMPARE(m_machine->ruleset(), before);
    }

    void optionsThatDoNotFitAreNamed()
    {
        const auto problem = [this](const char* name, const Value& value) {
            act::ConnectorSettings changed = settings();
            changed.options.set(name, value);
            const auto made = connectors::nftables::makeNftablesProvider(changed, {});
            return made ? std::string() : made.error().detail;
        };
        QVERIFY(problem("host", FilteredMachine::workload).empty());
        for (const auto& [name, value] : std::map<std::string, Value>{{"host", "-oProxyCommand=id"}, {"forensic", ""}, {"forensic ", "x"}, {"sudo", "maybe"}, {"port", "22 23"}, {"shell", "sh"}})
            QVERIFY2(!problem(name.c_str(), value).empty(), name.c_str());
        QVERIFY(problem("workloads", Value::Object{{"a", "10.0.0.0/8"}}).find("'a'") != std::string::npos);
        QVERIFY(problem("forensic", "10.0.0.1, 10.0.0.5/24").find("10.0.0.5/24") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestNftablesProvider)
#include "tst_nftables_provider.moc"
