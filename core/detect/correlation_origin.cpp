#include "core/detect/correlation_origin.h"

#include <cstring>
#include <optional>

namespace cordon::detect {
namespace {

constexpr std::uint64_t absent = ~std::uint64_t{0};

void putNumber(std::string& bytes, std::uint64_t number)
{
    bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void putText(std::string& bytes, const std::string& text)
{
    putNumber(bytes, text.size());
    bytes += text;
}

std::optional<std::uint64_t> takeNumber(std::string_view& bytes)
{
    std::uint64_t number = 0;
    if (bytes.size() < sizeof number)
        return std::nullopt;
    std::memcpy(&number, bytes.data(), sizeof number);
    bytes.remove_prefix(sizeof number);
    return number;
}

std::optional<std::string> takeText(std::string_view& bytes, std::uint64_t size)
{
    if (size > bytes.size())
        return std::nullopt;
    std::string text(bytes.substr(0, size));
    bytes.remove_prefix(size);
    return text;
}

} // namespace

std::size_t CorrelationOrigin::size() const
{
    std::size_t bytes = sizeof(CorrelationOrigin) + events.size() * sizeof(EventRef);
    for (const std::string& value : group)
        bytes += sizeof value + value.size();
    for (const auto& value : carried)
        bytes += sizeof value + (value ? value->size() : 0);
    return bytes;
}

std::string CorrelationOrigin::packed() const
{
    std::string bytes;
    putNumber(bytes, events.size());
    for (const EventRef event : events)
        putNumber(bytes, event.value);
    putNumber(bytes, group.size());
    for (const std::string& value : group)
        putText(bytes, value);
    putNumber(bytes, carried.size());
    for (const auto& value : carried) {
        if (value)
            putText(bytes, *value);
        else
            putNumber(bytes, absent);
    }
    return bytes;
}

Result<CorrelationOrigin> CorrelationOrigin::unpacked(std::string_view bytes)
{
    const auto broken = [] { return fail(ErrorCode::Invalid, "not an origin of a correlation"); };
    CorrelationOrigin origin;
    for (auto left = takeNumber(bytes).value_or(absent); left > 0; --left) {
        const auto event = takeNumber(bytes);
        if (!event)
            return broken();
        origin.events.push_back({*event});
    }
    for (auto left = takeNumber(bytes).value_or(absent); left > 0; --left) {
        auto text = takeText(bytes, takeNumber(bytes).value_or(absent));
        if (!text)
            return broken();
        origin.group.push_back(std::move(*text));
    }
    for (auto left = takeNumber(bytes).value_or(absent); left > 0; --left) {
        const auto size = takeNumber(bytes);
        auto text = !size || *size == absent ? std::optional<std::string>() : takeText(bytes, *size);
        if (!size || (!text && *size != absent))
            return broken();
        origin.carried.push_back(std::move(text));
    }
    return origin;
}

} // namespace cordon::detect
