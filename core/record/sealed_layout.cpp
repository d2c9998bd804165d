#include "core/record/sealed_layout.h"

#include <algorithm>
#include <set>

namespace cordon::record {
namespace {

constexpr std::uint32_t localMagic = 0x04034b50;
constexpr std::uint32_t directoryMagic = 0x02014b50;
constexpr std::uint32_t end64Magic = 0x06064b50;
constexpr std::uint32_t locatorMagic = 0x07064b50;
constexpr std::uint32_t endMagic = 0x06054b50;
constexpr std::uint32_t elsewhere = 0xffffffff;    ///< the 64-bit field says it
constexpr std::uint32_t readOnlyFile = 0100400U << 16U;
constexpr std::uint16_t madeBy = 0x032d;           ///< Unix, ZIP 4.5
constexpr std::uint16_t needed = 45;
constexpr std::uint16_t firstDay = 0x0021;         ///< 1980-01-01: the time of sealing stands in the manifest
constexpr std::size_t rowSize = 74;                ///< of the directory, and the name behind its first 46 bytes

/// Numbers in little-endian order, as ZIP has them.
void put(std::string& bytes, std::uint64_t number, int size)
{
    for (int i = 0; i < size; ++i)
        bytes += static_cast<char>(number >> static_cast<unsigned>(8 * i) & 0xffU);
}

std::uint64_t get(std::string_view bytes, std::size_t at, std::size_t size)
{
    std::uint64_t number = 0;
    for (std::size_t i = size; i > 0; --i)
        number = number << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
    return number;
}

std::string row(const SealedPart& part)
{
    std::string bytes;
    put(bytes, directoryMagic, 4);
    put(bytes, madeBy, 2);
    put(bytes, needed, 2);
    put(bytes, 0, 4); // no flag, stored
    put(bytes, std::uint64_t{firstDay} << 16U, 4);
    put(bytes, part.crc, 4);
    put(bytes, elsewhere, 4);
    put(bytes, elsewhere, 4);
    put(bytes, part.name.size(), 2);
    put(bytes, 28, 2); // of the 64-bit field
    put(bytes, 0, 2);  // no comment
    put(bytes, 0, 4);  // first disk, no attribute
    put(bytes, readOnlyFile, 4);
    put(bytes, elsewhere, 4);
    bytes += part.name;
    put(bytes, 1, 2);
    put(bytes, 24, 2);
    put(bytes, part.size, 8);
    put(bytes, part.size, 8);
    put(bytes, part.head, 8);
    return bytes;
}

std::string endOf(std::uint64_t count, std::uint64_t begin, std::uint64_t size)
{
    std::string bytes;
    put(bytes, end64Magic, 4);
    put(bytes, 44, 8);
    put(bytes, madeBy, 2);
    put(bytes, needed, 2);
    put(bytes, 0, 8);
    put(bytes, count, 8);
    put(bytes, count, 8);
    put(bytes, size, 8);
    put(bytes, begin, 8);
    put(bytes, locatorMagic, 4);
    put(bytes, 0, 4);
    put(bytes, begin + size, 8);
    put(bytes, 1, 4);
    put(bytes, endMagic, 4);
    put(bytes, 0, 4);
    put(bytes, 0xffff, 2);
    put(bytes, 0xffff, 2);
    put(bytes, elsewhere, 4);
    put(bytes, elsewhere, 4);
    put(bytes, 0, 2);
    return bytes;
}

tl::unexpected<Error> invalid(std::string what)
{
    return fail(ErrorCode::Invalid, "not a sealed case: " + std::move(what));
}

} // namespace

std::uint64_t SealedPart::at() const
{
    return head + layout::localHeadSize + name.size();
}

namespace layout {

std::string localHead(const SealedPart& part)
{
    std::string bytes;
    put(bytes, localMagic, 4);
    put(bytes, needed, 2);
    put(bytes, 0, 4);
    put(bytes, std::uint64_t{firstDay} << 16U, 4);
    put(bytes, part.crc, 4);
    put(bytes, elsewhere, 4);
    put(bytes, elsewhere, 4);
    put(bytes, part.name.size(), 2);
    put(bytes, 20, 2);
    bytes += part.name;
    put(bytes, 1, 2);
    put(bytes, 16, 2);
    put(bytes, part.size, 8);
    put(bytes, part.size, 8);
    return bytes;
}

std::string directory(const std::vector<SealedPart>& parts)
{
    std::string bytes;
    for (const SealedPart& part : parts)
        bytes += row(part);
    const std::uint64_t begin = parts.empty() ? 0 : parts.back().end();
    return bytes + endOf(parts.size(), begin, bytes.size());
}

bool isPartName(std::string_view name)
{
    if (name.empty() || name.size() > longestName)
        return false;
    std::size_t stepAt = 0;
    for (std::size_t i = 0; i <= name.size(); ++i) {
        if (i == name.size() || name[i] == '/') {
            const std::string_view step = name.substr(stepAt, i - stepAt);
            if (step.empty() || step == "." || step == "..")
                return false;
            stepAt = i + 1;
            continue;
        }
        const char c = name[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '.' && c != '_' &&
            c != '-')
            return false;
    }
    return true;
}

Result<std::uint64_t> directoryAt(std::string_view end, std::uint64_t fileSize)
{
    if (end.size() != endSize || fileSize < endSize)
        return invalid("too short");
    const std::uint64_t count = get(end, 24, 8);
    const std::uint64_t size = get(end, 40, 8);
    const std::uint64_t begin = get(end, 48, 8);
    if (count > mostParts || size > longestDirectory)
        return invalid("its directory has an impossible size");
    if (begin > fileSize || size > fileSize || begin + size + endSize != fileSize || end != endOf(count, begin, size))
        return invalid("it does not end as one (torn, or with bytes behind its end)");
    return begin;
}

Result<std::vector<SealedPart>> readDirectory(std::string_view bytes, std::uint64_t directoryAt)
{
    std::vector<SealedPart> parts;
    std::set<std::string_view> names;
    std::uint64_t next = 0;
    const std::string_view rows = bytes.substr(0, bytes.size() - std::min(bytes.size(), endSize));
    for (std::size_t at = 0; at < rows.size();) {
        if (rows.size() - at < rowSize)
            return invalid("its directory is cut off");
        const auto nameSize = static_cast<std::size_t>(get(rows, at + 28, 2));
        if (rows.size() - at < rowSize + nameSize)
            return invalid("its directory is cut off");
        SealedPart part;
        part.name = rows.substr(at + 46, nameSize);
        part.crc = static_cast<std::uint32_t>(get(rows, at + 16, 4));
        part.size = get(rows, at + 50 + nameSize, 8);
        part.head = get(rows, at + 66 + nameSize, 8);
        if (!isPartName(part.name))
            return invalid("a part has a name that could lead elsewhere");
        if (part.head != next || part.at() > directoryAt || part.size > directoryAt - part.at())
            return invalid(part.name + " does not lie behind the part before it");
        if (rows.substr(at, rowSize + nameSize) != row(part))
            return invalid("the directory's row of " + part.name + " is not as Cordon writes it");
        next = part.end();
        at += rowSize + nameSize;
        parts.push_back(std::move(part));
    }
    if (next != directoryAt || directory(parts) != bytes)
        return invalid("its directory does not fit what is before it");
    for (const SealedPart& part : parts) {
        if (!names.insert(part.name).second)
            return invalid("two parts are named " + part.name);
    }
    for (const SealedPart& part : parts) {
        for (std::size_t slash = part.name.find('/'); slash != std::string::npos; slash = part.name.find('/', slash + 1)) {
            if (names.contains(std::string_view(part.name).substr(0, slash)))
                return invalid(part.name + " lies in a part that is no folder");
        }
    }
    return parts;
}

} // namespace layout
} // namespace cordon::record
