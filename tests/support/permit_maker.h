#pragma once

#include "core/domain/permit.h"

#include <string>

namespace cordon::govern {

/// Makes permits in tests of rooms that do not include govern. Only the gate may make one, so this takes its name;
/// never include it in a program that links cordon_govern.
class Gate
{
public:
    [[nodiscard]] static Permit permit(const Digest& action, const std::string& connector, const std::string& serial,
                                       Timestamp expires)
    {
        return Permit(action, connector, serial, expires);
    }
};

} // namespace cordon::govern
