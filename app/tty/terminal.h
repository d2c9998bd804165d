#pragma once

#include "core/crypto/secret_bytes.h"

#include <string_view>

namespace cordon::tty {

/// One line from a descriptor, wiped from the buffer; at most 256 bytes.
[[nodiscard]] crypto::SecretBytes secretLine(int descriptor);

/// The controlling terminal, where questions are asked while standard input and output carry the blocks.
class Terminal
{
public:
    Terminal();
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    void show(std::string_view text) const;
    /// What a person types, or what the given descriptor holds.
    [[nodiscard]] crypto::SecretBytes ask(std::string_view question, int descriptor, bool isHidden) const;

private:
    int m_descriptor;
};

} // namespace cordon::tty
