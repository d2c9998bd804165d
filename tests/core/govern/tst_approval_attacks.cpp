#include "core/govern/approval_escalation.h"
#include "core/govern/fatigue_watch.h"
#include "core/govern/text_block.h"
#include "core/value/json.h"
#include "desk_fixture.h"

#include <QTest>

#include <array>
#include <functional>

using namespace cordon;
using namespace cordon::govern;
using namespace cordon::govern::fixture;

namespace {

using Point = std::array<unsigned char, 32>;

/// The group order L, little endian (RFC 8032).
constexpr Point groupOrder = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                              0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                              0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

/// S + L, which many libraries take for S.
void addOrder(std::string& signature)
{
    unsigned carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        const unsigned sum = static_cast<unsigned char>(signature[32 + i]) + groupOrder[i] + carry;
        signature[32 + i] = static_cast<char>(sum & 0xFFU);
        carry = sum >> 8U;
    }
}

std::string pointOf(const char* hex)
{
    return *fromHex(hex);
}

} // namespace

/// Attacks of governance C3 that need nothing but the desk. Each ends with a reason and without an accepted approval.
class TestApprovalAttacks : public QObject
{
    Q_OBJECT

    PeopleDirectory m_people;
    ApprovalDesk m_desk{"nhi:cordon-exercise", keyOf(7).publicKey()};
    ApprovalRequest m_request;
    GateRequest m_gateRequest;

    [[nodiscard]] DeskAnswer take(const Approval& approval, unsigned char seed,
                                  const DeskContext& context = contextAt(noon() + 2min))
    {
        return m_desk.accept(*signReply(approval, keyOf(seed)), m_people, context);
    }
    [[nodiscard]] bool hasNothing() const { return m_desk.find("AR-0001")->accepted.empty(); }

private slots:
    void init()
    {
        m_desk = ApprovalDesk("nhi:cordon-exercise", keyOf(7).publicKey());
        m_people = somePeople();
        m_gateRequest = anAllowedRequest("credential.delete");
        m_request = m_desk.ask(askFor(m_gateRequest), contextAt(noon()))->request;
    }

    // AP-02
    void ap02AnApprovalOfAnotherIncidentSessionOrMandateIsRefused()
    {
        const auto requestFor = [](const std::function<void(Action&)>& change) {
            ApprovalDesk other("nhi:cordon-exercise", keyOf(7).publicKey());
            AskInput input = askFor(anAllowedRequest("credential.delete"));
            change(input.action);
            input.decision.digest = actionDigest(input.action)->hex();
            return other.ask(input, contextAt(noon()))->request;
        };
        for (const auto& [change, reason] : std::vector<std::pair<std::function<void(Action&)>, std::string>>{
                 {[](Action& a) { a.incident = "INC-0008"; }, "action_other"},
                 {[](Action& a) { a.session = "s-other"; }, "action_other"},
                 {[](Action& a) { a.mandate = std::string(64, '1'); }, "action_other"},
                 {[](Action& a) { a.tenant = "another"; }, "action_other"}}) {
            const ApprovalRequest other = requestFor(change);
            QVERIFY(other.actionDigest != m_request.actionDigest);
            QCOMPARE(take(approvalFor(other, "user:analyst-a", 0), 21).reason, reason);
            // Also with everything but the digest taken from the open request.
            Approval mixed = approvalFor(m_request, "user:analyst-a", 0);
            mixed.actionDigest = other.actionDigest;
            QCOMPARE(take(mixed, 21).reason, reason);
        }
        Approval approval = approvalFor(m_request, "user:analyst-a", 0);
        approval.session = "s-other";
        QCOMPARE(take(approval, 21).reason, std::string("session_other"));
        QVERIFY(hasNothing());
        // Same everything, asked by another desk: the nonces are its own.
        ApprovalDesk twin("nhi:cordon-exercise", keyOf(7).publicKey());
        const ApprovalRequest other = twin.ask(askFor(m_gateRequest), contextAt(noon()))->request;
        QCOMPARE(other.actionDigest, m_request.actionDigest);
        QCOMPARE(take(approvalFor(other, "user:analyst-a", 0), 21).reason, std::string("nonce_unknown"));
    }

    // AP-03
    void ap03EveryBitOfWhatIsSignedCounts()
    {
        const std::string reply = *signReply(approvalFor(m_request, "user:analyst-a", 0), keyOf(21));
        const Approval honest = *readReply(reply);
        const std::string bytes = *json::canonical(honest.toValue());
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            std::string bent = bytes;
            bent[bit / 8] = static_cast<char>(bent[bit / 8] ^ (1 << (bit % 8)));
            const auto value = json::parse(bent);
            if (!value)
                continue;
            Value envelope = honest.toReply();
            envelope.set("approval", *value);
            const auto forged = Approval::fromReply(envelope);
            // The old signature over another object; wrapped by the attacker, who has no key of a person.
            QVERIFY(!forged || forged->toValue() == honest.toValue() || !isReplySignedBy(reply, *forged, keyOf(21).publicKey()));
        }
    }

    // AP-06
    void ap06NoClockMakesAnOldApprovalGood()
    {
        const Approval approval = approvalFor(m_request, "user:analyst-a", 0);
        const auto reasonAt = [&](Duration wall, Duration caseClock, Duration boot, Duration ledger) {
            DeskContext context = contextAt(noon() + 2min);
            context.now = noon() + caseClock;
            context.wall = noon() + wall;
            context.monoNanos = m_request.monoIssued + boot.count() * 1000;
            context.lastLedgerTime = noon() + ledger;
            return take(approval, 21, context).reason;
        };
        QCOMPARE(reasonAt(2min - 1h, 2min - 1h, 2min, 2min), std::string("clock_back"));             // an hour back
        QCOMPARE(reasonAt(2min - 24h * 365, 2min - 24h * 365, 2min, 2min), std::string("clock_back")); // a year back
        QCOMPARE(reasonAt(24h * 365, 24h * 365, 2min, 2min), std::string("expired"));                // a year on
        QCOMPARE(reasonAt(2min - 3s, 2min - 3s, 2min, 2min), std::string("clock_back"));             // a step back
        QCOMPARE(reasonAt(62min, 62min, 2min, 2min), std::string("expired"));                        // a step on
        QCOMPARE(reasonAt(8h, 8h, 8h, 2min), std::string("expired"));                                // slept 8 hours
        QCOMPARE(reasonAt(2min, 2min, 8h, 2min), std::string("expired")); // slept, and the wall clock was set back
        QCOMPARE(reasonAt(2min, 2min, -1s, 2min), std::string("expired")); // a boot clock that went back: none
        DeskContext rebooted = contextAt(noon() + 2min);
        rebooted.bootId = std::string(32, 'c');
        QCOMPARE(take(approval, 21, rebooted).reason, std::string("boot_changed"));
        DeskContext restored = contextAt(noon() + 2min);
        restored.ledgerSize = m_request.ledgerSize - 1; // a snapshot from before it was asked
        QCOMPARE(take(approval, 21, restored).reason, std::string("ledger_rolled_back"));
        QVERIFY(hasNothing());
        QCOMPARE(reasonAt(2min - 1s, 2min, 2min, 2min), std::string()); // within the two seconds of NTP
    }

    // AP-06
    void ap06ASnapshotFromBeforeTheQuestionKnowsNoneOfItsNonces()
    {
        ApprovalDesk before("nhi:cordon-exercise", keyOf(7).publicKey()); // the machine as it was saved
        const std::string reply = *signReply(approvalFor(m_request, "user:analyst-a", 0), keyOf(21));
        QVERIFY(m_desk.accept(reply, m_people, contextAt(noon() + 2min)).isAccepted);
        QCOMPARE(before.accept(reply, m_people, contextAt(noon() + 2min)).reason, std::string("request_unknown"));
        QVERIFY(before.ask(askFor(m_gateRequest), contextAt(noon()))->request.id == m_request.id);
        QCOMPARE(before.accept(reply, m_people, contextAt(noon() + 2min)).reason, std::string("nonce_unknown"));
    }

    // AP-07
    void ap07OnePersonWithTwoKeysAndTwoPersonsWithOneKeyCountOnce()
    {
        // One account, two keys: the directory holds one key per person; the second one signs for nobody.
        QVERIFY(take(approvalFor(m_request, "user:analyst-a", 0), 21).isAccepted);
        QCOMPARE(take(approvalFor(m_request, "user:analyst-a", 1), 41).reason, std::string("signature_bad"));
        // A directory that was changed in between, with a fresh key for the same person.
        PeopleDirectory rekeyed;
        QVERIFY(rekeyed.add({"user:analyst-a", "", {"commander"}, keyOf(41).publicKey(), noon() + 24h, false}));
        QCOMPARE(m_desk.accept(*signReply(approvalFor(m_request, "user:analyst-a", 1), keyOf(41)), rekeyed,
                               contextAt(noon() + 2min))
                     .reason,
                 std::string("same_person"));
        // The gate counts people anew, from keys and names.
        m_gateRequest.approvals = m_desk.approvalsFor(m_request.actionDigest, contextAt(noon() + 3min));
        AcceptedApproval twin = m_gateRequest.approvals.at(0);
        twin.approver = "user:analyst-z";
        twin.roles = {"commander"};
        m_gateRequest.approvals.push_back(twin);
        m_gateRequest.now = noon() + 3min;
        QVERIFY(Gate().rule(m_gateRequest).decision.effect == Effect::Hold);
    }

    void aReplyHoldsNothingThatNobodyReads()
    {
        Approval approval = approvalFor(m_request, "user:analyst-a", 0);
        const std::string plain = *signReply(approval, keyOf(21));
        const auto block = readTextBlock("cordon.approval-reply.v1", plain);
        QVERIFY(block);
        for (const bool isInside : {false, true}) {
            Value content = block->content;
            Value inner = content["approval"];
            inner.set("note", "nobody asked");
            content.set(isInside ? "approval" : "extra", isInside ? inner : Value("nobody asked"));
            const std::string more = *makeTextBlock("cordon.approval-reply.v1", content, "user:analyst-a", keyOf(21));
            QCOMPARE(m_desk.accept(more, m_people, contextAt(noon() + 2min)).reason, std::string("reply_unreadable"));
        }
        QVERIFY(m_desk.accept(plain, m_people, contextAt(noon() + 2min)).isAccepted);
    }

    // AP-08
    void ap08NoKeyButAPersonsSigns()
    {
        for (const unsigned char seed : {7, 8, 200}) { // the agent, an assistant, anybody
            QCOMPARE(take(approvalFor(m_request, "user:analyst-a", 0), seed).reason, std::string("signature_bad"));
            const std::string asSelf = "nhi:cordon-" + std::to_string(seed);
            QVERIFY(!take(approvalFor(m_request, asSelf, 0), seed).isAccepted);
        }
        QVERIFY(hasNothing());
        // And the gate knows them too, should a desk ever have taken one beside a commander's honest approval.
        QVERIFY(take(approvalFor(m_request, "user:commander-b", 0), 22).isAccepted);
        const auto honest = m_desk.approvalsFor(m_request.actionDigest, contextAt(noon() + 3min));
        m_gateRequest.now = noon() + 3min;
        AcceptedApproval forged;
        forged.actionDigest = m_request.actionDigest;
        forged.tier = Tier::T3;
        forged.isApproved = true;
        forged.roles = {"commander"};
        forged.factors = {"key", "pin", "totp"};
        forged.signedAt = noon();
        for (const auto& [approver, key] :
             {std::pair<std::string, std::string>{m_gateRequest.agentId, "ed25519:x"}, {"user:friend", m_gateRequest.agentKey}, {"nhi:assistant", "ed25519:y"}}) {
            forged.approver = approver;
            forged.key = key;
            m_gateRequest.approvals = {honest.at(0), forged};
            QVERIFY2(Gate().rule(m_gateRequest).decision.effect == Effect::Hold, approver.c_str());
        }
        forged.approver = "user:analyst-c"; // a person in their place would complete it
        forged.key = keyOf(23).publicKey().toString();
        m_gateRequest.approvals = {honest.at(0), forged};
        QVERIFY(Gate().rule(m_gateRequest).decision.effect == Effect::Allow);
    }

    // AP-04
    void ap04ATagThatAppearsAfterTheApprovalForbids()
    {
        QVERIFY(take(approvalFor(m_request, "user:analyst-a", 0), 21).isAccepted);
        QVERIFY(take(approvalFor(m_request, "user:commander-b", 1), 22).isComplete);
        m_gateRequest.approvals = m_desk.approvalsFor(m_request.actionDigest, contextAt(noon() + 3min));
        m_gateRequest.now = noon() + 3min;
        QVERIFY(Gate().rule(m_gateRequest).decision.effect == Effect::Allow);
        GateRequest tagged = m_gateRequest;
        tagged.facts.front().tags = std::vector<std::string>{"break-glass"};
        const Decision decision = Gate().rule(tagged).decision;
        QVERIFY(decision.effect == Effect::Deny);
        QVERIFY(std::find(decision.clauses.begin(), decision.clauses.end(), "F1") != decision.clauses.end());
        QVERIFY(Gate().recheck(tagged, Tier::T3, "x", m_gateRequest.action.expectedState).effect == Effect::Deny);
        // The same id, rebound to something in another state: the approval was for the state that was shown.
        QVERIFY(Gate().recheck(m_gateRequest, Tier::T3, "x", std::string(64, '9')).effect != Effect::Allow);
    }

    // AP-09
    void ap09AnApprovalDoesNotOutliveItsSession()
    {
        QVERIFY(take(approvalFor(m_request, "user:analyst-a", 0), 21).isAccepted);
        QVERIFY(take(approvalFor(m_request, "user:commander-b", 1), 22).isComplete);
        m_gateRequest.approvals = m_desk.approvalsFor(m_request.actionDigest, contextAt(noon() + 3min));
        m_gateRequest.now = noon() + 3min;
        QVERIFY(Gate().rule(m_gateRequest).decision.effect == Effect::Allow);
        GateRequest ended = m_gateRequest;
        ended.session.opened = m_gateRequest.now - m_gateRequest.mandate->session.ttl;
        const Decision late = Gate().rule(ended).decision;
        QVERIFY(late.effect == Effect::Deny && late.clauses == std::vector<std::string>{"G5"});
        ended = m_gateRequest;
        ended.session.isOpen = Truth::False;
        QVERIFY(Gate().rule(ended).decision.effect == Effect::Deny);
        // Nor its own time: five minutes after the last signature.
        QVERIFY(m_desk.approvalsFor(m_request.actionDigest, contextAt(noon() + 7min)).empty());
        m_gateRequest.now = noon() + 7min;
        QVERIFY(Gate().rule(m_gateRequest).decision.effect != Effect::Allow);
    }

    // AP-13
    void ap13WhicheverOfEightComesFirstIsTheOnlyOne()
    {
        for (int first = 0; first < 8; ++first) {
            init();
            int used = 0;
            for (int i = 0; i < 8; ++i) {
                const bool isAnalyst = (first + i) % 2 == 0;
                const auto reply = isAnalyst ? *signReply(approvalFor(m_request, "user:analyst-a", 0), keyOf(21))
                                             : *signReply(approvalFor(m_request, "user:commander-b", 0), keyOf(22));
                const DeskAnswer answer = m_desk.accept(reply, m_people, contextAt(noon() + 2min));
                QCOMPARE(answer.isAccepted, i == 0);
                used += answer.reason == "nonce_used" ? 1 : 0;
            }
            QCOMPARE(used, 7);
            QCOMPARE(m_desk.find("AR-0001")->accepted.size(), std::size_t(1));
        }
    }

    // AP-15, AP-03
    void ap15SeveralTargetsUnderOneDigestAreAllShownAndEachCounts_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {2, 3, 24, 25})
            QTest::addRow("%d targets", count) << count;
    }
    void ap15SeveralTargetsUnderOneDigestAreAllShownAndEachCounts()
    {
        QFETCH(int, count);
        GateRequest request = anAllowedRequest("credential.delete");
        request.action.targets.clear();
        request.facts.clear();
        request.members.clear();
        for (int i = 0; i < count; ++i) {
            const std::string id = "AKIAEXAMPLE0000001" + std::to_string(10 + i);
            const EntityRef target{EntityKind::Credential, id, "access_key", id};
            request.action.targets.push_back(target);
            request.facts.push_back(factsFor(target));
            request.members.push_back({target, true, 2, true, false});
        }
        ApprovalDesk desk("nhi:cordon-exercise", keyOf(7).publicKey());
        const auto asked = desk.ask(askFor(request), contextAt(noon()));
        QVERIFY2(asked, asked ? "" : asked.error().detail.c_str());
        for (const EntityRef& target : request.action.targets)
            QVERIFY2(asked->request.render.find(target.id) != std::string::npos, target.id.c_str());
        QCOMPARE(typedTargetOf(asked->request), std::to_string(count));
        const auto give = [&](const char* person, unsigned char seed, std::size_t slot) {
            return desk.accept(*signReply(approvalFor(asked->request, person, slot), keyOf(seed)), m_people,
                               contextAt(noon() + 2min));
        };
        QVERIFY(give("user:analyst-a", 21, 0).isAccepted && give("user:commander-b", 22, 1).isComplete);
        request.now = noon() + 3min;
        const auto ruled = [&](const GateRequest& what) {
            GateRequest with = what;
            with.approvals = desk.approvalsFor(actionDigest(with.action)->hex(), contextAt(noon() + 3min));
            return Gate().rule(with).decision;
        };
        QVERIFY(ruled(request).effect == Effect::Allow);
        const auto isHeld = [&](const GateRequest& what) {
            const Decision decision = ruled(what);
            return decision.effect == Effect::Hold &&
                   std::find(decision.missing.begin(), decision.missing.end(), "approval") != decision.missing.end();
        };
        GateRequest bent = request; // each target counts: none less, none other, none more
        bent.action.targets.pop_back();
        QVERIFY(isHeld(bent));
        bent = request;
        const EntityRef other{EntityKind::Credential, "AKIAEXAMPLE000000199", "access_key", ""};
        bent.action.targets[static_cast<std::size_t>(count) / 2] = other;
        bent.facts.push_back(factsFor(other));
        bent.members.push_back({other, true, 2, true, false});
        QVERIFY(isHeld(bent));
        bent = request; // one of them turns out protected: nothing happens to any
        bent.facts.back().tags = std::vector<std::string>{"break-glass"};
        QVERIFY(ruled(bent).effect == Effect::Deny);
    }

    // AP-16
    void ap16FiftyProposalsAfterADenialAskNobody()
    {
        Approval denial = approvalFor(m_request, "user:commander-b", 0, false);
        QVERIFY(take(denial, 22).isDenied);
        int asked = 0;
        for (int i = 0; i < 50; ++i) {
            AskInput input = askFor(m_gateRequest);
            // Every way of proposing the same again: as it was, in a new session, for a new state, with more params.
            if (i % 4 == 1)
                input.action.session = "s-" + std::to_string(i);
            if (i % 4 == 2)
                input.action.expectedState = std::string(63, 'a') + static_cast<char>('0' + i % 10);
            if (i % 4 == 3)
                input.action.params = Value::Object{{"user", "svc-" + std::to_string(i)}};
            input.decision.digest = actionDigest(input.action)->hex();
            const auto again = m_desk.ask(input, contextAt(noon() + 3min + std::chrono::seconds(i * 10)));
            asked += again ? 1 : 0;
            QVERIFY(again || again.error().detail.starts_with("denied_"));
        }
        QCOMPARE(asked, 0);
        QCOMPARE(m_desk.all().size(), std::size_t(1));
    }

    // AP-17
    void ap17AKeyRevokedWhilePendingTakesItsApprovalWithIt()
    {
        QVERIFY(take(approvalFor(m_request, "user:analyst-a", 0), 21).isAccepted);
        QVERIFY(m_people.revoke("user:analyst-a").has_value());
        const auto voided = m_desk.voidPerson("user:analyst-a", "key_revoked", noon() + 3min);
        QCOMPARE(voided.size(), std::size_t(1));
        QCOMPARE(voided[0]["why"].asString(), std::string("key_revoked"));
        QCOMPARE(take(approvalFor(m_request, "user:commander-b", 1), 22).reason, std::string("request_void"));
        QVERIFY(m_desk.approvalsFor(m_request.actionDigest, contextAt(noon() + 3min)).empty());
        QVERIFY(m_desk.consume(m_request.actionDigest, noon() + 3min).isNull());
    }

    // AP-18
    void ap18MalleableSignaturesAndOddKeysAreRefused()
    {
        Approval approval = *readReply(*signReply(approvalFor(m_request, "user:analyst-a", 0), keyOf(21)));
        const std::string message = *approvalMessage(approval);
        std::string raw = *fromHex(approval.signature);
        const auto verifies = [&](const std::string& bytes, const crypto::PublicKey& key) {
            crypto::Signature signature{};
            std::copy(bytes.begin(), bytes.end(), signature.begin());
            return key.verifies(bytesOf(message), signature);
        };
        QVERIFY(verifies(raw, keyOf(21).publicKey()));
        std::string malleable = raw;
        addOrder(malleable);
        QVERIFY(!verifies(malleable, keyOf(21).publicKey()));
        // In the reply: the block around it is signed by the honest key, the approval inside is malleable.
        approval.signature = toHex(bytesOf(malleable));
        const std::string block =
            *makeTextBlock("cordon.approval-reply.v1", approval.toReply(), approval.approver, keyOf(21));
        QCOMPARE(m_desk.accept(block, m_people, contextAt(noon() + 2min)).reason, std::string("signature_bad"));

        // Points of small order ("Taming the many EdDSAs", table of torsion points), with both signs, and second
        // spellings (y >= p). A library that does not look verifies S = 0 and R = key over any message.
        for (const char* hex : {"0100000000000000000000000000000000000000000000000000000000000000",
                                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                "0000000000000000000000000000000000000000000000000000000000000000",
                                "0000000000000000000000000000000000000000000000000000000000000080",
                                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                                "0100000000000000000000000000000000000000000000000000000000000080",
                                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"}) {
            const std::string point = pointOf(hex);
            QVERIFY2(!crypto::PublicKey::parse("ed25519:" + toBase64(bytesOf(point))).has_value(), hex);
            crypto::PublicKey key;
            std::copy(point.begin(), point.end(), key.bytes.begin());
            QVERIFY2(!verifies(point + std::string(32, '\0'), key), hex);
            QVERIFY2(!verifies(point + raw.substr(32), keyOf(21).publicKey()), hex); // as R of an honest key
        }
        QVERIFY(hasNothing());
    }

    // AP-19
    void ap19AnApprovalOverAnotherLedgerIsRefused()
    {
        for (const auto& change : std::vector<std::function<void(Approval&)>>{
                 [](Approval& a) { a.ledgerRoot = std::string(64, 'e'); }, [](Approval& a) { a.ledgerRoot.clear(); },
                 [](Approval& a) { a.ledgerSize += 1; }, [](Approval& a) { a.ledgerSize = 0; }}) {
            Approval approval = approvalFor(m_request, "user:analyst-a", 0);
            change(approval);
            QCOMPARE(take(approval, 21).reason, std::string("ledger_other"));
        }
        // A request whose root somebody changed is not the agent's any more.
        ApprovalRequest forged = m_request;
        forged.ledgerRoot = std::string(64, 'e');
        const std::string text = *signRequest(forged, "nhi:cordon-exercise", keyOf(8));
        QVERIFY(readRequest(text, keyOf(7).publicKey()).error().code == ErrorCode::Untrusted);
        QVERIFY(hasNothing());
    }

    void whoApprovesEverythingOrTooFastIsToldOf()
    {
        FatigueWatch watch;
        for (int i = 0; i < 19; ++i)
            QVERIFY(!watch.take("user:a", true, 30'000));
        const auto all = watch.take("user:a", true, 30'000); // 20 of 20 is more than 95 %
        QVERIFY(all && all->approved == 20 && all->medianMillis == 30'000);
        QVERIFY(!watch.take("user:a", true, 30'000)); // said once
        QVERIFY(!watch.take("user:a", false, 30'000));
        QVERIFY(!watch.take("user:b", true, 100)); // each person for themselves
        for (int i = 0; i < 25; ++i)
            QVERIFY(!watch.take("user:c", i % 10 != 0, 2000)); // 90 %, two seconds: neither
        std::optional<Fatigue> hasty;
        for (int i = 0; i < 11 && !hasty; ++i)
            hasty = watch.take("user:c", i % 5 != 0, 1999);
        QVERIFY(hasty && hasty->medianMillis < 2000);
        for (int i = 0; i < 40; ++i)
            QVERIFY(!watch.take("user:d", i % 2 == 0, -1)); // not measured: nothing is said of it
    }

    void theMoreSevereTheEarlierOthersAreTold()
    {
        ApprovalRequest request;
        request.issued = noon();
        request.approveBy = noon() + 100min;
        const auto levels = [&](Severity severity) {
            std::vector<int> all;
            for (int minute = 0; minute <= 100; ++minute)
                all.push_back(escalationLevel(severity, request, noon() + std::chrono::minutes(minute)));
            return all;
        };
        const auto firstOf = [](const std::vector<int>& all, int level) {
            return static_cast<int>(std::find(all.begin(), all.end(), level) - all.begin());
        };
        const auto critical = levels(Severity::Critical);
        const auto high = levels(Severity::High);
        const auto medium = levels(Severity::Medium);
        for (const int level : {1, 2})
            QVERIFY(firstOf(critical, level) < firstOf(high, level) && firstOf(high, level) < firstOf(medium, level));
        QCOMPARE(firstOf(critical, 3), 75);
        QCOMPARE(firstOf(high, 3), 85);
        QVERIFY(std::find(medium.begin(), medium.end(), 3) == medium.end());
        QVERIFY(std::is_sorted(critical.begin(), critical.end()));
        Mandate::Owner owner;
        owner.accountable = "user:owner-a";
        owner.deputy = "user:owner-b";
        QCOMPARE(escalatedTo(1, owner), std::string("commander"));
        QCOMPARE(escalatedTo(2, owner), std::string("user:owner-b"));
        QCOMPARE(escalatedTo(3, owner), std::string("user:owner-a"));
    }
};

QTEST_GUILESS_MAIN(TestApprovalAttacks)
#include "tst_approval_attacks.moc"
