#include "core/connectors/aws/signature_v4.h"

#include <QTest>

using namespace cordon;
using namespace cordon::connectors::aws;

/// The signatures were recorded from two signers that know nothing of each other (npm aws4 1.x and @smithy/signature-v4) for
/// AWS's published example credential.
class TestSignatureV4 : public QObject
{
    Q_OBJECT

private:
    static constexpr const char* token = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTf"
                                         "lfKD8YUuwthAx7mSEI/qkPpKPi/kMcGd";

    static std::string authorization(net::HttpRequest request, const std::string& region, const std::string& service,
                                     const std::string& session = {})
    {
        const Keys keys{"AKIDEXAMPLE", crypto::SecretBytes::copyOf("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), session};
        if (!sign(request, keys, region, service, Timestamp::parse("2026-01-02T03:04:05Z").value()))
            return {};
        return request.headers.back().value;
    }
    static std::string signature(const std::string& text) { return text.substr(text.rfind('=') + 1); }
    /// aws4 signs the length too, the other one does not.
    static net::HttpRequest post(const std::string& url, std::string body, const std::string& type, bool hasLength = true)
    {
        net::HttpRequest request{"POST", url, {{"Content-Type", type}}, std::move(body), {}};
        if (hasLength)
            request.headers.push_back({"Content-Length", std::to_string(request.body.size())});
        return request;
    }

private slots:
    void aFormOfTheIdentityService()
    {
        const std::string said = authorization(
            post("https://iam.amazonaws.com/",
                 "Action=UpdateAccessKey&AccessKeyId=AKIAIOSFODNN7EXAMPLE&Status=Inactive&UserName=ci%2Bbot&Version=2010-05-08",
                 "application/x-www-form-urlencoded; charset=utf-8"),
            "us-east-1", "iam");
        QCOMPARE(said, std::string("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/us-east-1/iam/aws4_request, "
                                   "SignedHeaders=content-length;content-type;host;x-amz-date, "
                                   "Signature=c4a7944e027c7f1ce9c4690030efa2d946c8ab7aacb85014c223d72e94273509"));
    }

    void theOtherSignerAgreesWithoutTheLength()
    {
        constexpr const char* form = "application/x-www-form-urlencoded; charset=utf-8";
        const std::string iam =
            "Action=UpdateAccessKey&AccessKeyId=AKIAIOSFODNN7EXAMPLE&Status=Inactive&UserName=ci%2Bbot&Version=2010-05-08";
        QCOMPARE(signature(authorization(post("https://iam.amazonaws.com/", iam, form, false), "us-east-1", "iam")),
                 std::string("09e49787a6befcd3954490435f1b08e8620bd4414ff60ec968e52ded5e73defc"));
        const net::HttpRequest sts =
            post("https://sts.eu-central-1.amazonaws.com/", "Action=GetCallerIdentity&Version=2011-06-15", form, false);
        QCOMPARE(signature(authorization(sts, "eu-central-1", "sts", token)),
                 std::string("edfe83598247e413a4aaffef09b5199d0b88278f1a9a80c1dc932298304e70fb"));
        net::HttpRequest path;
        path.url = "https://example.amazonaws.com/a%20b/c";
        QCOMPARE(signature(authorization(path, "us-east-1", "execute-api")),
                 std::string("7e7b06696a117eac57fc75bf0378ecd0d2b1b6462348aee4af7b1abdbc5696d0"));
    }

    void aSessionsTokenIsSignedToo()
    {
        const std::string said = authorization(post("https://sts.eu-central-1.amazonaws.com/", "Action=GetCallerIdentity&Version=2011-06-15",
                                                    "application/x-www-form-urlencoded; charset=utf-8"),
                                               "eu-central-1", "sts", token);
        QCOMPARE(signature(said), std::string("91818631573b12244ae46c03035ccaf1406c80ff4b98ae851449445dc42bf6e2"));
    }

    void aJsonServiceWithItsTargetHeader()
    {
        net::HttpRequest request = post("https://secretsmanager.eu-west-1.amazonaws.com/", "{\"SecretId\":\"a/b\"}", "application/x-amz-json-1.1");
        request.headers.push_back({"X-Amz-Target", "secretsmanager.DescribeSecret"});
        QCOMPARE(signature(authorization(request, "eu-west-1", "secretsmanager")),
                 std::string("0e2cd0925379f11dba466325e69ca066ad85879f137aaa27ae0b36ace1828858"));
    }

    void aQueryIsSortedAndItsEmptyParameterKept()
    {
        net::HttpRequest request;
        request.url = "https://ec2.us-west-2.amazonaws.com/?Version=2016-11-15&Action=DescribeInstances&Filter.1.Name=tag%3AName&b&a=2&a=1";
        QCOMPARE(signature(authorization(request, "us-west-2", "ec2")),
                 std::string("1c9c0bd016429fa868e4c5285431df91dfcd7584d9b493d646b32ff6205627ec"));
    }

    void anAddressWithoutHostIsRefused()
    {
        net::HttpRequest request;
        request.url = "https://";
        QVERIFY(authorization(request, "r", "s").empty());
    }
};

QTEST_GUILESS_MAIN(TestSignatureV4)
#include "tst_aws_signature_v4.moc"
