#include "core/record/witnessed_head.h"

#include "core/record/signed_order.h"

namespace cordon::record {

std::string whyNotWitnessed(const LedgerEntry& request, const std::string& origin, const PastRoots& roots)
{
    const auto note = crypto::SignedNote::parse(request.data["text"].asString());
    const Value content = note ? blockContent(*note) : Value();
    if (!content.isObject())
        return {}; // that it cannot be read is said elsewhere
    if (content.has("ledger_origin") && content["ledger_origin"].asString() != origin)
        return "a request for approvals in another ledger";
    const std::int64_t size = content["ledger_size"].asInt();
    if (size < 1 || size > request.seq || request.seq - size > PastRoots::reach)
        return "a request for approvals that names no head of shortly before it";
    const auto root = roots.at(size);
    return root && root->hex() == content["ledger_root"].asString()
               ? std::string()
               : "a request for approvals that names another head than the ledger had";
}

} // namespace cordon::record
