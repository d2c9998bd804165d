#pragma once

#include "core/crypto/sha256.h"
#include "core/govern/action_digest.h"
#include "core/value/json.h"
#include "naive_canonical.h"

#include <functional>

namespace cordon::govern {

/// What a number of comparisons came to.
struct CanonicalTally
{
    std::uint64_t cases = 0;
    std::uint64_t accepted = 0;
    std::uint64_t sameSpelledTwice = 0;
    std::uint64_t actions = 0;
    std::string problem; ///< the first text that two implementations read differently, or ""
};

/// The program's canonical form against the plain one, on spellings of random values and on what is broken in them:
/// both give the same bytes, or both refuse; canonical bytes are their own canonical form; two spellings of one value
/// give one text. What differs by a bit is another text or none.
inline CanonicalTally compareCanonical(std::uint64_t cases, std::uint64_t seed)
{
    naive::TextMaker maker(seed);
    CanonicalTally tally;
    const auto own = [](const std::string& text) -> std::optional<std::string> {
        const auto value = json::parse(text, {.depth = 33, .bytes = 256U << 10U});
        const auto bytes = value ? json::canonical(*value) : Result<std::string>(fail(value.error()));
        return bytes ? std::optional(*bytes) : std::nullopt;
    };
    while (tally.cases < cases && tally.problem.empty()) {
        const naive::TextMaker::Node node = maker.node(0);
        const std::string first = maker.spelled(node);
        const std::string second = maker.spelled(node);
        const auto canonical = own(first);
        if (canonical != naive::Canonicaliser::of(first))
            tally.problem = first;
        if (canonical != own(second) || canonical != naive::Canonicaliser::of(second))
            tally.problem = second;
        tally.sameSpelledTwice += first != second ? 1 : 0;
        if (canonical) {
            ++tally.accepted;
            if (own(*canonical) != canonical || naive::Canonicaliser::of(*canonical) != canonical)
                tally.problem = *canonical;
        }
        const std::string bent = maker.broken(canonical ? *canonical : first);
        const auto bentCanonical = own(bent);
        if (bentCanonical != naive::Canonicaliser::of(bent))
            tally.problem = bent;
        // Bytes that are read as an action are the only bytes of that action.
        const std::string action =
            "{\"connector\":\"aws\",\"expected_state\":\"" + std::string(64, 'a') +
            "\",\"incident\":\"INC-0001\",\"mandate\":\"" + std::string(64, 'b') + "\",\"params\":" +
            (canonical && canonical->starts_with("{") ? *canonical : "{}") +
            ",\"rollback\":null,\"session\":\"s-1\",\"targets\":[{\"id\":\"AKIA\",\"kind\":\"credential\"}],\"tenant\":\"t\","
            "\"type\":\"credential.delete\",\"v\":1}";
        const std::string spoiled = maker.broken(action);
        const auto digest = actionDigest(std::string_view(spoiled));
        if (digest) {
            ++tally.actions;
            if (naive::Canonicaliser::of(spoiled) != spoiled)
                tally.problem = spoiled;
            const auto whole = actionDigest(std::string_view(action));
            if (whole && (*whole == *digest) != (spoiled == action))
                tally.problem = spoiled;
        }
        tally.cases += 4;
    }
    return tally;
}

} // namespace cordon::govern
