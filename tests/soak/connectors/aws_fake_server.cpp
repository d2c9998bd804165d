// The account of AWS that the tests play, for a client that is not Cordon. Prints its address, access key and secret; ends with its standard input.
#include "tests/support/aws_fake.h"

#include <iostream>

using namespace cordon;

int main()
{
    test::AwsFake fake;
    fake.users["build-bot"].attached = {"arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::123456789012:policy/other"};
    fake.keys["AKIAVICTIM0000000001"] = {"build-bot", "Active", "2026-11-20T10:00:00Z"};
    fake.keys["AKIAVICTIM0000000002"] = {"build-bot", "Inactive", "N/A"};
    fake.compute.groups = {{"sg-web", {}}, {"sg-db", {}}, {"sg-quarantine", {}}};
    auto& instance = fake.compute.instances["i-0one"];
    instance.interfaces = {{"eni-1", {"sg-web", "sg-db"}}};
    instance.tags = {{"Name", "web-7"}};
    instance.profile = "arn:aws:iam::123456789012:instance-profile/web";
    instance.association = "iip-assoc-1";
    fake.secrets.secrets["arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/db-AbCdEf"].versions = {{"22222222-2222-2222-2222-222222222222", {"AWSCURRENT"}}};
    fake.functions = {{"arn:aws:lambda:eu-central-1:123456789012:function:orders", "arn:aws:iam::123456789012:role/app"}, {"arn:aws:lambda:eu-central-1:123456789012:function:other", "arn:aws:iam::123456789012:role/other"}};
    fake.roles["app"].profiles = {"arn:aws:iam::123456789012:instance-profile/web"};
    fake.roles["app"].lastUsed = "2026-11-01T00:00:00Z";
    fake.throttled = 2; // the SDK, too, has to wait and ask again
    const test::HttpPeer peer(fake.answer());
    std::cout << peer.url() << ' ' << fake.accessKeyId << ' ' << fake.secret << std::endl;
    std::string line;
    while (std::getline(std::cin, line)) {
    }
    return 0;
}
