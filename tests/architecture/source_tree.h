#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace cordon::tests {

/// One source file of Cordon with its lines; `path` is relative to the project.
struct SourceFile
{
    std::string path;
    std::vector<std::string> lines;
};

inline std::string textOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline std::vector<std::string> linesOf(const std::string& text)
{
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

/// Every .h and .cpp below the project's folders of those names, by path.
inline std::vector<SourceFile> sourcesBelow(const std::filesystem::path& project,
                                            const std::vector<std::string>& folders)
{
    std::vector<SourceFile> files;
    for (const std::string& folder : folders) {
        for (const auto& item : std::filesystem::recursive_directory_iterator(project / folder)) {
            const std::string extension = item.path().extension().string();
            if (extension == ".h" || extension == ".cpp")
                files.push_back(
                    {std::filesystem::relative(item.path(), project).generic_string(), linesOf(textOf(item.path()))});
        }
    }
    std::sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return files;
}

/// What stands outside comments and string literals of a line; block comments are told by `isInComment` between lines.
inline std::string codeOf(const std::string& line, bool& isInComment)
{
    std::string code;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (isInComment) {
            if (line.compare(i, 2, "*/") == 0) {
                isInComment = false;
                ++i;
            }
        } else if (line.compare(i, 2, "//") == 0) {
            break;
        } else if (line.compare(i, 2, "/*") == 0) {
            isInComment = true;
            ++i;
        } else if (line[i] == '"' || line[i] == '\'') {
            const char quote = line[i];
            if (quote == '\'' && i > 0 && std::isxdigit(static_cast<unsigned char>(line[i - 1])))
                continue; // digit separator
            for (++i; i < line.size() && line[i] != quote; ++i)
                i += line[i] == '\\' ? 1 : 0;
            code += ' ';
        } else {
            code += line[i];
        }
    }
    return code;
}

} // namespace cordon::tests
