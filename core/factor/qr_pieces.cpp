#include "core/factor/qr_code.h"

#include "core/crypto/sha256.h"

#include <charconv>
#include <map>
#include <optional>

namespace cordon::factor {
namespace {

constexpr std::string_view mark = "CORDON-QR ";
constexpr std::size_t pieceBytes = 640;
constexpr int mostPieces = 400; // 256 KiB
constexpr int mostLineEnds = 4;  ///< that a scanner or a paste added behind the last piece

std::string nameOf(std::string_view text)
{
    return crypto::sha256(text).hex().substr(0, 8);
}

struct Piece
{
    int number = 0;
    int count = 0;
    std::string name;
    std::string text;
};

std::optional<int> numberFrom(std::string_view text)
{
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = problem == std::errc() && end == text.data() + text.size();
    return isWhole && number > 0 && number <= mostPieces ? std::optional(number) : std::nullopt;
}

/// `CORDON-QR 2/5 0123abcd` of a first line.
std::optional<Piece> headFrom(std::string_view line)
{
    while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
        line.remove_suffix(1);
    if (!line.starts_with(mark))
        return std::nullopt;
    line.remove_prefix(mark.size());
    const std::size_t slash = line.find('/');
    const std::size_t space = line.find(' ');
    if (slash == std::string_view::npos || space == std::string_view::npos || slash > space)
        return std::nullopt;
    const auto number = numberFrom(line.substr(0, slash));
    const auto count = numberFrom(line.substr(slash + 1, space - slash - 1));
    const std::string_view name = line.substr(space + 1);
    if (!number || !count || *number > *count || name.size() != 8)
        return std::nullopt;
    return Piece{*number, *count, std::string(name), {}};
}

} // namespace

std::vector<std::string> piecesForQr(std::string_view text)
{
    if (text.size() <= pieceBytes)
        return {std::string(text)};
    const std::string name = nameOf(text);
    const std::size_t count = (text.size() + pieceBytes - 1) / pieceBytes;
    std::vector<std::string> pieces;
    for (std::size_t i = 0; i < count; ++i)
        pieces.push_back(std::string(mark) + std::to_string(i + 1) + '/' + std::to_string(count) + ' ' + name + '\n' +
                         std::string(text.substr(i * pieceBytes, pieceBytes)));
    return pieces;
}

Result<std::string> joinedFromQr(std::string_view scanned)
{
    if (scanned.size() > mostScanned)
        return fail(ErrorCode::Invalid, "more than " + std::to_string(mostScanned) + " bytes were scanned or pasted");
    if (scanned.find(mark) == std::string_view::npos)
        return std::string(scanned);
    std::map<int, std::string> pieces;
    std::optional<Piece> first;
    std::optional<Piece> current;
    while (true) {
        const std::size_t end = scanned.find('\n');
        const std::string_view line = scanned.substr(0, end);
        if (auto head = headFrom(line)) {
            if (first && (first->name != head->name || first->count != head->count))
                return fail(ErrorCode::Invalid, "QR pieces of different texts");
            current = std::move(head);
            first = first ? first : current;
            pieces[current->number].clear(); // scanned twice: the last one counts
        } else if (current) {
            pieces[current->number].append(line);
            if (end != std::string_view::npos)
                pieces[current->number] += '\n';
        }
        if (end == std::string_view::npos)
            break;
        scanned.remove_prefix(end + 1);
    }
    if (!first)
        return fail(ErrorCode::Invalid, "the QR pieces cannot be read");
    std::string whole;
    for (int number = 1; number <= first->count; ++number) {
        const auto piece = pieces.find(number);
        if (piece == pieces.end())
            return fail(ErrorCode::Incomplete, "QR piece " + std::to_string(number) + " of " +
                                                   std::to_string(first->count) + " is missing");
        const bool isLast = number == first->count;
        // A line break that the scanner or the paste added behind a piece is none of it.
        if (!isLast && piece->second.size() > pieceBytes)
            piece->second.resize(pieceBytes);
        whole += piece->second;
    }
    for (int i = 0; i < mostLineEnds && nameOf(whole) != first->name && whole.ends_with('\n'); ++i) {
        whole.pop_back();
        if (whole.ends_with('\r') && nameOf(whole) != first->name)
            whole.pop_back();
    }
    if (nameOf(whole) != first->name)
        return fail(ErrorCode::Invalid, "the joined QR pieces are not the text that was cut");
    return whole;
}

} // namespace cordon::factor
