#pragma once

#include "app/tty/terminal.h"

#include <string>
#include <vector>

namespace cordon::step_up {

/// True for a command line that is about people: --enrol, --sign-people, --change-pin, --add-key, --sign-in.
[[nodiscard]] bool isAboutPeople(const std::vector<std::string>& arguments);
/// Takes the factors, signs, and gives the block to standard output. @return exit status
[[nodiscard]] int runPeopleMode(const std::vector<std::string>& arguments, const tty::Terminal& terminal);

} // namespace cordon::step_up
