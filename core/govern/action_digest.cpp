#include "core/govern/action_digest.h"

#include "core/crypto/sha256.h"
#include "core/value/json.h"

#include <cctype>

namespace cordon::govern {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

Digest digestOf(std::string_view canonicalBytes)
{
    crypto::Sha256 hash;
    hash.update(std::string_view("cordon.action.v1\n")).update(canonicalBytes);
    return hash.digest();
}

std::string plainCode(std::string_view typed)
{
    std::string code;
    for (const char c : typed) {
        const char upper = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        if (upper == ' ' || upper == '-')
            continue;
        code += upper == 'O' ? '0' : (upper == 'I' || upper == 'L') ? '1' : upper;
    }
    return code;
}

} // namespace

Result<Digest> actionDigest(const Action& action)
{
    CORDON_TRY(const std::string bytes, action.canonical());
    return digestOf(bytes);
}

Result<Action> actionFromBytes(std::string_view canonicalBytes)
{
    CORDON_TRY(const Value value, json::parse(canonicalBytes, {.depth = 32, .bytes = 256U << 10U}));
    CORDON_TRY(Action action, Action::fromValue(value));
    CORDON_TRY(const std::string again, action.canonical());
    if (again != canonicalBytes)
        return fail(ErrorCode::Invalid, "action: the bytes are not in canonical form");
    return action;
}

Result<Digest> actionDigest(std::string_view canonicalBytes)
{
    CORDON_CHECK(actionFromBytes(canonicalBytes));
    return digestOf(canonicalBytes);
}

std::string shortCode(std::string_view digestHex)
{
    const Digest digest = crypto::sha256("cordon.code.v1\n" + std::string(digestHex));
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i)
        bits = (bits << 8U) | digest.bytes[i];
    bits >>= 2U; // the first 30 of 32
    std::string code;
    for (int symbol = 5; symbol >= 0; --symbol) {
        code += alphabet[(bits >> (5U * static_cast<unsigned>(symbol))) & 31U];
        if (symbol == 4 || symbol == 2)
            code += '-';
    }
    return code;
}

bool isShortCode(std::string_view typed, std::string_view digestHex)
{
    return plainCode(typed) == plainCode(shortCode(digestHex));
}

} // namespace cordon::govern
