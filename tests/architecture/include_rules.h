#pragma once

#include "tests/architecture/source_tree.h"

#include <map>
#include <regex>
#include <set>

namespace cordon::tests {

/// The rooms' rows of core/CMakeLists.txt and ui/CMakeLists.txt, and what they allow.
class IncludeRules
{
public:
    /// @param where  "core" or "ui": the folder whose rooms the text lists
    void addRows(const std::string& where, const std::string& text)
    {
        static const std::regex row(R"(cordon_room\(([^)]*)\))");
        for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at) {
            std::istringstream words((*at)[1].str());
            std::string name;
            words >> name;
            Room& room = m_rooms[name];
            room.folder = where;
            bool isUses = false;
            for (std::string word; words >> word;) {
                if (word == "USES" || word == "OUTSIDE" || word == "QT")
                    isUses = word == "USES";
                else if (isUses)
                    room.uses.insert(word);
                else
                    room.outside.insert(word);
            }
        }
    }

    [[nodiscard]] std::size_t roomCount() const { return m_rooms.size(); }

    /// What is wrong with the includes of a file, each as `file:line: reason`.
    [[nodiscard]] std::vector<std::string> problemsOf(const SourceFile& file) const
    {
        static const std::regex include(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
        std::vector<std::string> problems;
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            std::smatch found;
            if (!std::regex_search(file.lines[i], found, include))
                continue;
            const std::string why = reason(file.path, found[2].str(), found[1].str() == "\"");
            if (!why.empty())
                problems.push_back(file.path + ':' + std::to_string(i + 1) + ": " + why);
        }
        return problems;
    }

private:
    struct Room
    {
        std::string folder;
        std::set<std::string> uses;
        std::set<std::string> outside;
    };

    [[nodiscard]] std::string reason(const std::string& path, const std::string& included, bool isQuoted) const
    {
        const std::string top = path.substr(0, path.find('/'));
        const std::size_t slash = path.find('/', top.size() + 1);
        const std::string room = path.substr(top.size() + 1, slash - top.size() - 1);
        const bool isRoom = top == "core" || top == "ui";
        if (isRoom && (!m_rooms.contains(room) || m_rooms.at(room).folder != top))
            return "folder '" + room + "' has no row in " + top + "/CMakeLists.txt";
        if (isQuoted)
            return ownReason(top, room, included);
        return outsideReason(top, room, included);
    }

    [[nodiscard]] std::string ownReason(const std::string& top, const std::string& room,
                                        const std::string& included) const
    {
        static const std::regex fromRoot(R"((core|ui|app)/[a-z0-9_/]+\.h)");
        if (included.ends_with(".moc"))
            return "";
        if (!std::regex_match(included, fromRoot))
            return "'" + included + "' is not a path from the root";
        if (top == "app")
            return included.starts_with("ui/") && room != "cordon_approve.cpp" && room != "cordon.cpp"
                       ? "only the window programs may include ui"
                       : "";
        if (included.starts_with("app/"))
            return "a room may not include '" + included + "'";
        const std::size_t slash = included.find('/');
        const std::string other = included.substr(slash + 1, included.find('/', slash + 1) - slash - 1);
        if (other == room && included.starts_with(top))
            return "";
        if (!m_rooms.contains(other) || m_rooms.at(other).folder != included.substr(0, slash))
            return "'" + included + "' is in no room";
        return m_rooms.at(room).uses.contains(other) ? "" : "room '" + room + "' may not include room '" + other + "'";
    }

    [[nodiscard]] std::string outsideReason(const std::string& top, const std::string& room,
                                            const std::string& included) const
    {
        static const std::regex qt("Q[A-Z][A-Za-z0-9]*|Qt[A-Z][A-Za-z0-9]*/.*");
        if (top == "core" && std::regex_match(included, qt))
            return "core has no Qt: <" + included + ">";
        static const std::vector<std::pair<std::string, std::string>> libraries{
            {"openssl/", "OpenSSL::Crypto"},
            {"sqlite3", "SQLite::SQLite3"},
            {"simdjson", "simdjson::simdjson"},
            {"re2/", "PkgConfig::RE2"},
            {"fido", "PkgConfig::FIDO2"},
            {"qrencode", "PkgConfig::QRENCODE"},
            {"zstd", "PkgConfig::ZSTD"},
            {"zlib.h", "ZLIB::ZLIB"},
            {"yaml.h", "PkgConfig::YAML"},
            {"spdlog/", "spdlog::spdlog"},
            {"nlohmann/", "nlohmann_json::nlohmann_json"},
            {"CLI/", "CLI11::CLI11"}};
        for (const auto& [prefix, library] : libraries) {
            // Programs own their command line; the benchmark also has the parser that it measures itself against.
            const bool owns = top == "app"
                                  ? library == "CLI11::CLI11" || (room == "bench" && library == "simdjson::simdjson")
                                  : m_rooms.at(room).outside.contains(library);
            if (included.starts_with(prefix) && !owns)
                return "'" + room + "' does not own " + library + ": <" + included + ">";
        }
        return "";
    }

    std::map<std::string, Room> m_rooms;
};

} // namespace cordon::tests
