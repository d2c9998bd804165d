#pragma once

#include <string>

namespace cordon::detect {

/// The logs that a rule is about. Empty means any.
struct LogSource
{
    std::string product;
    std::string service;
    std::string category;
};

} // namespace cordon::detect
