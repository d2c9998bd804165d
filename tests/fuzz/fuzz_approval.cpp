// Any bytes as what people and agent send each other: requests, replies and commands in their signed text blocks. The
// first byte chooses: raw text, or JSON that is put into a block with a good signature, so that what lies behind the
// signature is reached. No text may count as signed by somebody who did not sign it.

#include "core/govern/approval_desk.h"
#include "core/govern/approval_text.h"
#include "core/govern/signed_command.h"
#include "core/govern/text_block.h"
#include "core/value/json.h"
#include "tests/fuzz/must.h"

#include <cstdint>

namespace {

using namespace cordon;
using fuzz::must;

constexpr std::string_view signer = "nhi:cordon";

const crypto::SigningKey& key()
{
    static const crypto::SigningKey made = crypto::SigningKey::generate();
    return made;
}

const crypto::PublicKey& strangersKey()
{
    static const crypto::PublicKey made = crypto::SigningKey::generate().publicKey();
    return made;
}

void readAll(std::string_view text)
{
    if (const auto request = govern::readRequest(text, key().publicKey())) {
        must(govern::checkRequest(*request).has_value());
        const auto again = govern::signRequest(*request, signer, key());
        must(again.has_value());
        must(govern::readRequest(*again, key().publicKey()).has_value());
    }
    must(!govern::readRequest(text, strangersKey()));
    if (const auto reply = govern::readReply(text))
        must(!govern::isReplySignedBy(text, *reply, strangersKey()));
    govern::ApprovalDesk desk(std::string(signer), key().publicKey());
    must(!desk.accept(text, {}, {}).isAccepted);
    govern::SeenCommands seen;
    must(!govern::verifyCommand(text, {}, "fuzz", Timestamp(), std::chrono::hours(1), seen));
    must(seen.nonces.empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view text = fuzz::textOf(data + 1, size - 1);
    const bool isRaw = data[0] != 'q' && data[0] != 'r' && data[0] != 'c';
    if (isRaw) {
        readAll(text);
        return 0;
    }
    auto content = json::parse(text);
    if (!content)
        return 0;
    if (data[0] == 'q' && content->isObject())
        content->set("agent", signer);
    const std::string_view format = data[0] == 'q'   ? "cordon.approval-request.v1"
                                    : data[0] == 'r' ? "cordon.approval-reply.v1"
                                                     : "cordon.command.v1";
    if (const auto block = govern::makeTextBlock(format, *content, signer, key()))
        readAll(*block);
    return 0;
}
