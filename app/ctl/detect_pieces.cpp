#include "app/ctl/detect_pieces.h"

#include <algorithm>
#include <fstream>

namespace cordon::ctl {
namespace {

constexpr std::size_t headLength = 4096;
constexpr std::size_t blockLength = 256 * 1024;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Behind the first `}`, white space with a line end, `{` in the text: where the `{` stands; npos when there is none.
std::size_t documentStart(std::string_view text)
{
    std::size_t solidEnd = 0; // behind the last character that is no white space
    bool hasLineEnd = false;  // since then
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (isSpace(text[at])) {
            hasLineEnd = hasLineEnd || text[at] == '\n';
            continue;
        }
        if (hasLineEnd && text[at] == '{' && solidEnd > 0 && text[solidEnd - 1] == '}')
            return at;
        solidEnd = at + 1;
        hasLineEnd = false;
    }
    return std::string_view::npos;
}

/// The next place at or behind `from` where a document begins; `to` when there is none.
std::uint64_t nextCut(std::ifstream& stream, std::uint64_t from, std::uint64_t to)
{
    std::string text;
    while (from < to) {
        const std::size_t held = text.size();
        text.resize(held + static_cast<std::size_t>(std::min<std::uint64_t>(blockLength, to - from)));
        stream.seekg(static_cast<std::streamoff>(from));
        stream.read(text.data() + held, static_cast<std::streamsize>(text.size() - held));
        if (!stream)
            return to;
        from += text.size() - held;
        if (const std::size_t at = documentStart(text); at != std::string_view::npos)
            return from - text.size() + at;
        text.erase(0, text.size() - std::min<std::size_t>(text.size(), 64)); // the end may be half a cut
    }
    return to;
}

void cutFile(const std::filesystem::path& path, std::size_t file, std::uint64_t size, std::vector<LogPiece>& pieces)
{
    std::error_code error;
    const std::uint64_t length = std::filesystem::file_size(path, error);
    std::ifstream stream(path, std::ios::binary);
    std::string head(headLength, '\0');
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
    const auto first = std::find_if_not(head.begin(), head.end(), isSpace);
    if (error || !stream || first == head.end() || *first != '{' || length <= size) {
        pieces.push_back({file, 0, 0, {}});
        return;
    }
    for (std::uint64_t from = 0; from < length;) {
        const std::uint64_t to = from + size >= length ? length : nextCut(stream, from + size, length);
        pieces.push_back({file, from, from == 0 && to == length ? 0 : to, from == 0 ? std::string() : head});
        from = to;
    }
}

} // namespace

std::vector<LogPiece> cutLogs(const std::vector<std::filesystem::path>& files, std::uint64_t size)
{
    std::vector<LogPiece> pieces;
    for (std::size_t file = 0; file < files.size(); ++file)
        cutFile(files[file], file, size, pieces);
    return pieces;
}

} // namespace cordon::ctl
