#include "core/domain/closing.h"

namespace cordon {

std::string_view toString(Verdict verdict)
{
    switch (verdict) {
    case Verdict::TruePositive: return "true_positive";
    case Verdict::FalsePositive: return "false_positive";
    case Verdict::Benign: break;
    }
    return "benign";
}

std::optional<Verdict> verdictFrom(std::string_view text)
{
    for (const Verdict verdict : {Verdict::TruePositive, Verdict::FalsePositive, Verdict::Benign}) {
        if (toString(verdict) == text)
            return verdict;
    }
    return std::nullopt;
}

} // namespace cordon
