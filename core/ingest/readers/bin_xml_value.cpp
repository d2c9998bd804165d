#include "core/ingest/readers/bin_xml_value.h"

#include "core/ingest/readers/json_text.h"
#include "core/ingest/readers/little_endian.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace cordon::ingest {
namespace {

/// 1601-01-01 to 1970-01-01 in steps of 100 ns.
constexpr std::int64_t epochSteps = 116'444'736'000'000'000;
constexpr std::int64_t stepsPerSecond = 10'000'000;

void appendHex(std::string& to, unsigned char byte)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    to += digits[byte >> 4U];
    to += digits[byte & 15U];
}

template<class Number>
void appendNumber(std::string& to, Number number, int base = 10)
{
    std::array<char, 32> text{};
    char* const end = base == 10 ? std::to_chars(text.data(), text.data() + text.size(), number).ptr
                                 : std::to_chars(text.data(), text.data() + text.size(), number, base).ptr;
    to.append(text.data(), end);
}

void appendReal(std::string& to, double number)
{
    std::array<char, 32> text{};
    to.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr);
}

void appendDigits(std::string& to, std::int64_t number, int width)
{
    std::array<char, 20> text{};
    for (int i = width - 1; i >= 0; --i, number /= 10)
        text.at(static_cast<std::size_t>(i)) = static_cast<char>('0' + number % 10);
    to.append(text.data(), static_cast<std::size_t>(width));
}

void appendDateTime(std::string& to, const std::array<std::int64_t, 6>& parts, std::int64_t fraction)
{
    constexpr std::string_view before = " --T::"; // the first is not used
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            to += before[i];
        appendDigits(to, parts[i], i == 0 ? 4 : 2);
    }
    to += '.';
    appendDigits(to, fraction, 7);
    to += 'Z';
}

bool appendFileTime(std::string& to, std::uint64_t steps)
{
    if (steps > static_cast<std::uint64_t>(epochSteps) + 253'402'300'800ULL * stepsPerSecond)
        return false; // past the year 9999
    const std::int64_t sinceEpoch = static_cast<std::int64_t>(steps) - epochSteps;
    std::int64_t seconds = sinceEpoch / stepsPerSecond;
    std::int64_t fraction = sinceEpoch % stepsPerSecond;
    if (fraction < 0) {
        fraction += stepsPerSecond;
        --seconds;
    }
    using namespace std::chrono;
    const sys_seconds moment{std::chrono::seconds(seconds)};
    const auto day = floor<days>(moment);
    const year_month_day date(day);
    const std::int64_t clock = (moment - day).count();
    appendDateTime(to,
                   {static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                    static_cast<unsigned>(date.day()), clock / 3600, clock / 60 % 60, clock % 60},
                   fraction);
    return true;
}

void appendSystemTime(std::string& to, ByteView bytes)
{
    const auto part = [bytes](std::size_t index) {
        return static_cast<std::int64_t>(numberAt<std::uint16_t>(bytes, 2 * index));
    };
    appendDateTime(to, {part(0), part(1), part(3), part(4), part(5), part(6)}, part(7) * 10'000);
}

void appendGuid(std::string& to, ByteView bytes)
{
    constexpr std::array<std::size_t, 16> order{3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
    to += '{';
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            to += '-';
        appendHex(to, bytes[order[i]]);
    }
    to += '}';
}

bool appendSid(std::string& to, ByteView bytes)
{
    if (bytes.size() < 8 || bytes.size() < 8 + std::size_t{bytes[1]} * 4)
        return false;
    std::uint64_t authority = 0;
    for (std::size_t i = 2; i < 8; ++i)
        authority = authority << 8U | bytes[i];
    to += "S-";
    appendNumber(to, static_cast<unsigned>(bytes[0]));
    to += '-';
    appendNumber(to, authority);
    for (std::size_t i = 0; i < bytes[1]; ++i) {
        to += '-';
        appendNumber(to, numberAt<std::uint32_t>(bytes, 8 + 4 * i));
    }
    return true;
}

/// Bytes of one value of the type; 0 when that differs from value to value.
std::size_t fixedSize(BinXmlType type)
{
    switch (type) {
    case BinXmlType::Int8:
    case BinXmlType::UInt8:
        return 1;
    case BinXmlType::Int16:
    case BinXmlType::UInt16:
        return 2;
    case BinXmlType::Int32:
    case BinXmlType::UInt32:
    case BinXmlType::Real32:
    case BinXmlType::Bool:
    case BinXmlType::HexInt32:
        return 4;
    case BinXmlType::Int64:
    case BinXmlType::UInt64:
    case BinXmlType::Real64:
    case BinXmlType::FileTime:
    case BinXmlType::HexInt64:
        return 8;
    case BinXmlType::Guid:
    case BinXmlType::SystemTime:
        return 16;
    default:
        return 0;
    }
}

/// The value without quotes.
bool appendBare(std::string& to, BinXmlType type, ByteView bytes)
{
    const std::size_t size = fixedSize(type);
    if (size > 0 && bytes.size() != size)
        return false;
    switch (type) {
    case BinXmlType::Null:
        return true;
    case BinXmlType::String:
    case BinXmlType::EventXml:
        appendUtf16(to, bytes);
        return true;
    case BinXmlType::AnsiString:
        appendLatin1(to, bytes);
        return true;
    case BinXmlType::Int8:
        appendNumber(to, static_cast<int>(numberAt<std::int8_t>(bytes, 0)));
        return true;
    case BinXmlType::UInt8:
        appendNumber(to, static_cast<int>(bytes[0]));
        return true;
    case BinXmlType::Int16:
        appendNumber(to, numberAt<std::int16_t>(bytes, 0));
        return true;
    case BinXmlType::UInt16:
        appendNumber(to, numberAt<std::uint16_t>(bytes, 0));
        return true;
    case BinXmlType::Int32:
        appendNumber(to, numberAt<std::int32_t>(bytes, 0));
        return true;
    case BinXmlType::UInt32:
        appendNumber(to, numberAt<std::uint32_t>(bytes, 0));
        return true;
    case BinXmlType::Int64:
        appendNumber(to, numberAt<std::int64_t>(bytes, 0));
        return true;
    case BinXmlType::UInt64:
        appendNumber(to, numberAt<std::uint64_t>(bytes, 0));
        return true;
    case BinXmlType::Real32:
        appendReal(to, static_cast<double>(numberAt<float>(bytes, 0)));
        return true;
    case BinXmlType::Real64:
        appendReal(to, numberAt<double>(bytes, 0));
        return true;
    case BinXmlType::Bool:
        to += numberAt<std::uint32_t>(bytes, 0) != 0 ? "true" : "false";
        return true;
    case BinXmlType::Binary:
        for (const unsigned char byte : bytes)
            appendHex(to, byte);
        return true;
    case BinXmlType::Guid:
        appendGuid(to, bytes);
        return true;
    case BinXmlType::Size:
        if (bytes.size() == 4)
            return appendBare(to, BinXmlType::HexInt32, bytes);
        return bytes.size() == 8 && appendBare(to, BinXmlType::HexInt64, bytes);
    case BinXmlType::FileTime:
        return appendFileTime(to, numberAt<std::uint64_t>(bytes, 0));
    case BinXmlType::SystemTime:
        appendSystemTime(to, bytes);
        return true;
    case BinXmlType::Sid:
        return appendSid(to, bytes);
    case BinXmlType::HexInt32:
        to += "0x";
        appendNumber(to, numberAt<std::uint32_t>(bytes, 0), 16);
        return true;
    case BinXmlType::HexInt64:
        to += "0x";
        appendNumber(to, numberAt<std::uint64_t>(bytes, 0), 16);
        return true;
    default:
        return false;
    }
}

/// Whether JSON has the value without quotes.
bool isJsonWord(BinXmlType type, ByteView bytes)
{
    switch (type) {
    case BinXmlType::Real32:
        return bytes.size() == 4 && std::isfinite(numberAt<float>(bytes, 0));
    case BinXmlType::Real64:
        return bytes.size() == 8 && std::isfinite(numberAt<double>(bytes, 0));
    default:
        return (type >= BinXmlType::Int8 && type <= BinXmlType::UInt64) || type == BinXmlType::Bool;
    }
}

bool appendOne(std::string& json, BinXmlType type, ByteView bytes)
{
    if (type == BinXmlType::Null) {
        json += "null";
        return true;
    }
    if (isJsonWord(type, bytes))
        return appendBare(json, type, bytes);
    json += '"';
    const bool isKnown = appendBare(json, type, bytes);
    json += '"';
    return isKnown;
}

/// Bytes of the first value of an array, its ending zero included.
std::size_t firstOfArray(BinXmlType type, ByteView bytes)
{
    if (type == BinXmlType::String) {
        for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
            if (bytes[at] == 0 && bytes[at + 1] == 0)
                return at + 2;
        }
        return bytes.size();
    }
    if (type == BinXmlType::Sid)
        return bytes.size() < 8 ? 0 : 8 + std::size_t{bytes[1]} * 4;
    return fixedSize(type);
}

/// Calls `append` with each value of an array.
template<class Append>
bool eachOfArray(BinXmlType type, ByteView bytes, const Append& append)
{
    while (!bytes.empty()) {
        const std::size_t size = firstOfArray(type, bytes);
        if (size == 0 || size > bytes.size() || !append(bytes.first(size)))
            return false;
        bytes = bytes.subspan(size);
    }
    return true;
}

constexpr auto arrayOf = static_cast<std::uint8_t>(BinXmlType::ArrayOf);

} // namespace

bool appendBinXmlValue(std::string& json, std::uint8_t type, ByteView bytes)
{
    if (type < arrayOf)
        return appendOne(json, static_cast<BinXmlType>(type), bytes);
    const auto element = static_cast<BinXmlType>(type - arrayOf);
    char before = '[';
    const bool isKnown = eachOfArray(element, bytes, [&](ByteView value) {
        json += before;
        before = ',';
        return appendOne(json, element, value);
    });
    json += before == '[' ? "[]" : "]";
    return isKnown;
}

bool appendBinXmlText(std::string& json, std::uint8_t type, ByteView bytes)
{
    if (type < arrayOf)
        return appendBare(json, static_cast<BinXmlType>(type), bytes);
    const auto element = static_cast<BinXmlType>(type - arrayOf);
    bool isFirst = true;
    return eachOfArray(element, bytes, [&](ByteView value) {
        if (!isFirst)
            json += ',';
        isFirst = false;
        return appendBare(json, element, value);
    });
}

} // namespace cordon::ingest
