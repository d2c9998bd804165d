#include "core/act/connector_messages.h"

#include <QTest>

using namespace cordon;
using namespace cordon::act;

class TestConnectorMessages : public QObject
{
    Q_OBJECT

private slots:
    void factsComeBackWithWhatNobodyAnsweredStillUnknown()
    {
        TargetFacts facts;
        facts.target = {EntityKind::Credential, "AKIA1", "access_key", "name"};
        facts.exists = true;
        facts.asked = Timestamp::fromMicros(42);
        facts.tags = std::vector<std::string>();
        facts.ownerTags = std::vector<std::string>{"break-glass"};
        facts.ownerEntity = EntityRef{EntityKind::Account, "arn:u", {}, "u"};
        facts.state["status"] = "active";
        facts.lastUsedAt = Timestamp::fromMicros(7);
        const auto back = factsFrom(toValue(facts));
        QVERIFY(back);
        QVERIFY(back->exists && back->tags && back->tags->empty());
        QVERIFY(!back->dependents && !back->criticality && !back->environment && !back->owner && !back->createdAt);
        QCOMPARE(back->ownerTags->front(), std::string("break-glass"));
        QCOMPARE(back->ownerEntity->id, std::string("arn:u"));
        QCOMPARE(back->state.at("status").asString(), std::string("active"));
        QVERIFY(back->lastUsedAt == Timestamp::fromMicros(7));
        QVERIFY(!back->isSimulated);
    }

    void aCallComesBackAsItWas()
    {
        ConnectorCall call;
        call.kind = ConnectorCall::Kind::Undo;
        call.action = "{}";
        call.permit = PermitClaim{"d", "c", "s", Timestamp::fromMicros(9)};
        call.undoRecord = Value::Object{{"x", 1}};
        call.overwritesDrift = true;
        call.now = Timestamp::fromMicros(5);
        call.hasCredential = true;
        const auto back = ConnectorCall::parse(call.toText());
        QVERIFY(back);
        QVERIFY(back->kind == ConnectorCall::Kind::Undo && back->overwritesDrift && back->hasCredential);
        QCOMPARE(back->permit->serial, std::string("s"));
        QVERIFY(back->undoRecord == call.undoRecord);
    }

    void nothingIsChangedWithoutAPermit()
    {
        ConnectorCall call;
        call.kind = ConnectorCall::Kind::Execute;
        call.action = "{}";
        const auto back = ConnectorCall::parse(call.toText());
        QVERIFY(!back && back.error().code == ErrorCode::Denied);
    }

    void whatIsNoCallIsRefused()
    {
        for (const char* text : {"", "[]", "{}", "{\"v\":2,\"call\":\"inspect\"}", "{\"v\":1,\"call\":\"destroy\",\"now\":1,\"time_limit_ms\":1,\"credential\":false}",
                                 "{\"v\":1,\"call\":\"inspect\",\"now\":1,\"time_limit_ms\":1,\"credential\":false}",
                                 "{\"v\":1,\"call\":\"verify\",\"now\":1,\"time_limit_ms\":1,\"credential\":false}"})
            QVERIFY2(!ConnectorCall::parse(text), text);
    }

    void errorsArriveWithTheirCode()
    {
        for (const ErrorCode code : {ErrorCode::Invalid, ErrorCode::NotFound, ErrorCode::Denied, ErrorCode::Conflict, ErrorCode::TimedOut}) {
            const auto back = parseReply(replyText(fail(code, "why")));
            QVERIFY(back && !*back && back->error().code == code);
            QCOMPARE(back->error().detail, std::string("why"));
        }
        QVERIFY(**parseReply(replyText(Value(7))) == Value(7));
    }

    void anAnswerThatCannotBeReadLeavesTheOutcomeOpen()
    {
        for (const char* text : {"", "x", "{}", "{\"v\":1}", "{\"v\":1,\"error\":{\"code\":\"fine\"}}"}) {
            const auto back = parseReply(text);
            QVERIFY2(!back && back.error().code == ErrorCode::Io, text);
        }
        QVERIFY(outcomeFrom(Value::Object{{"state", "great"}}).error().code == ErrorCode::Io);
        QVERIFY(executeReplyFrom(Value()).error().code == ErrorCode::Io);
        QVERIFY(factsFrom(Value()).error().code == ErrorCode::Io);
    }

    void whatAVerbIsWorthIsTheCataloguesToSay()
    {
        const auto back = capabilitiesFrom(Value::Array{Value::Object{{"verb", "credential.delete"}, {"back", "reversible"}, {"undo", ""}}});
        QVERIFY(back);
        QVERIFY(back->front().back == Back::None);
        QVERIFY(!capabilitiesFrom(Value::Array{Value::Object{{"verb", "world.end"}}}));
    }
};

QTEST_GUILESS_MAIN(TestConnectorMessages)
#include "tst_connector_messages.moc"
