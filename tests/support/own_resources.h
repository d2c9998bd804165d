#pragma once

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace cordon::test {

/// The shipped resources with files of a test's own in the place of some.
class OwnResources
{
public:
    OwnResources()
    {
        std::filesystem::copy(shipped() / "playbooks", folder() / "playbooks");
        std::filesystem::copy(shipped() / "mandates", folder() / "mandates");
        for (const auto& entry : std::filesystem::directory_iterator(shipped())) {
            const auto name = entry.path().filename();
            if (!std::filesystem::exists(folder() / name))
                std::filesystem::create_symlink(entry.path(), folder() / name);
        }
    }

    [[nodiscard]] static std::filesystem::path shipped()
    {
        return std::filesystem::path(CORDON_SOURCE_DIR) / "resources";
    }
    [[nodiscard]] std::filesystem::path folder() const { return m_folder.path().toStdString(); }
    [[nodiscard]] std::filesystem::path mandate() const { return folder() / "mandates" / "exercise.yaml"; }

    [[nodiscard]] static std::string text(const std::filesystem::path& file)
    {
        std::ostringstream all;
        all << std::ifstream(file, std::ios::binary).rdbuf();
        return all.str();
    }
    static void write(const std::filesystem::path& file, const std::string& text)
    {
        std::ofstream(file, std::ios::binary) << text;
    }
    /// Replaces the one place of `from` in the exercise's mandate. @return false when it is not there
    [[nodiscard]] bool changeMandate(const std::string& from, const std::string& to) const
    {
        std::string all = text(mandate());
        const auto place = all.find(from);
        if (place == std::string::npos)
            return false;
        write(mandate(), all.replace(place, from.size(), to));
        return true;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace cordon::test
