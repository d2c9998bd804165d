#include "core/base/exact_time.h"

namespace cordon {

Result<Timestamp> exactTime(std::string_view text)
{
    constexpr std::size_t upToSeconds = 19;
    const auto time = Timestamp::parse(text);
    const std::string spelled = time ? time->toString() : std::string();
    const bool isExact = time && (text == spelled || (text.size() == upToSeconds + 1 && text.back() == 'Z' &&
                                                      spelled == std::string(text.substr(0, upToSeconds)) + ".000000Z"));
    if (!isExact || text.starts_with("0000"))
        return fail(ErrorCode::Invalid, "not a date and time as it is written in what people sign: '" + std::string(text.substr(0, 40)) + "'");
    return *time;
}

} // namespace cordon
