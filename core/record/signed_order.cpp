#include "core/record/signed_order.h"

#include "core/base/exact_time.h"
#include "core/value/canonical_reader.h"

#include <algorithm>
#include <set>

namespace cordon::record {
namespace {

constexpr std::string_view commandHead = "cordon.command.v1\n";
constexpr std::string_view presenceHead = "cordon.presence.v1\n";
constexpr Duration longestSitting = std::chrono::hours(12);
constexpr Duration tolerance = std::chrono::minutes(1);

/// Everything else takes the person's own signature. Source: docs/formats/people.md, "Presence"
bool isForSitting(const std::string& command)
{
    static const std::set<std::string> all{"sign-in", "sign-out", "note", "assign", "skip", "ask-again", "add-sources", "follow", "stop-following", "exhibit-add", "evidence-hold",
                                           "merge", "split", "move", "undo-arrangement", "close", "reopen", "inventory-import", "indicators-import"};
    return all.contains(command);
}

struct Sitting
{
    crypto::PublicKey key;
    std::string nonce;
    Timestamp begun;
};

Result<Sitting> readSitting(std::string_view text, const std::string& person, const crypto::PublicKey& key,
                            const std::string& origin)
{
    const auto note = crypto::SignedNote::parse(text);
    if (!note || !note->text.starts_with(presenceHead))
        return fail(ErrorCode::Invalid, "the sitting that signed an order cannot be read");
    if (!isSignedOnce(*note, person, key))
        return fail(ErrorCode::Untrusted, "an order by a sitting that the person did not sign: " + person);
    const Value content = blockContent(*note);
    const auto session = crypto::PublicKey::parse(content["session_key"].asString());
    const auto begun = exactTime(content["issued"].asString());
    if (!session || !begun || content["person"].asString() != person || content["case"].asString() != origin)
        return fail(ErrorCode::Untrusted, "an order by a sitting of another person or case");
    return Sitting{*session, content["nonce"].asString(), *begun};
}

} // namespace

bool isSignedOnce(const crypto::SignedNote& note, const std::string& person, const crypto::PublicKey& key)
{
    constexpr std::size_t plain = std::tuple_size_v<crypto::Signature>;
    const auto isTheirs = [&](const crypto::NoteSignature& line) { return line.name == person; };
    const auto own = std::find_if(note.signatures.begin(), note.signatures.end(), isTheirs);
    return std::count_if(note.signatures.begin(), note.signatures.end(), isTheirs) == 1 && own->bytes.size() == plain &&
           note.isSignedBy(person, key);
}

Value blockContent(const crypto::SignedNote& note)
{
    std::string encoded;
    for (const char letter : note.text.substr(std::min(note.text.find('\n'), note.text.size()))) {
        if (letter != '\n')
            encoded += letter;
    }
    const auto bytes = fromBase64(encoded);
    const auto parsed = bytes ? json::readCanonical(*bytes) : fail(bytes.error());
    return parsed ? *parsed : Value();
}

Result<SignedOrder> readOrder(std::string_view text, const std::string& person, const crypto::PublicKey& key,
                              const std::string& origin)
{
    const std::size_t seam = text.find("\n" + std::string(presenceHead));
    const bool isBySitting = seam != std::string_view::npos;
    const auto note = crypto::SignedNote::parse(text.substr(0, isBySitting ? seam + 1 : seam));
    if (!note || !note->text.starts_with(commandHead))
        return fail(ErrorCode::Invalid, "the order cannot be read");
    const Value content = blockContent(*note);
    const auto issued = exactTime(content["issued"].asString());
    if (!issued)
        return fail(ErrorCode::Invalid, "an order without a time");
    SignedOrder order{content["command"].asString(), content["args"], content["nonce"].asString(), {}, *issued, std::string(text)};
    crypto::PublicKey signer = key;
    if (isBySitting) {
        CORDON_TRY(const Sitting sitting, readSitting(text.substr(seam + 1), person, key, origin));
        if (!isForSitting(order.command) || *issued > sitting.begun + longestSitting ||
            *issued < sitting.begun - tolerance)
            return fail(ErrorCode::Untrusted, "an order that takes the person's own signature: " + order.command);
        signer = sitting.key;
        order.sitting = sitting.nonce;
    }
    if (!isSignedOnce(*note, person, signer))
        return fail(ErrorCode::Untrusted, "the order's signature does not verify: " + person);
    if (content["person"].asString() != person || content["case"].asString() != origin)
        return fail(ErrorCode::Untrusted, "an order of another person or for another case");
    return order;
}

} // namespace cordon::record
