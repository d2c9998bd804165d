// Runs a fuzz target's entry point over every file of the folders given, without a fuzzer.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** folders)
{
    int seeds = 0;
    for (int at = 1; at < count; ++at) {
        std::error_code error;
        for (const auto& item : std::filesystem::directory_iterator(folders[at], error)) {
            std::ifstream file(item.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
            std::printf("%s\n", item.path().filename().c_str());
            std::fflush(stdout); // names the seed when the next line ends the program
            LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
            ++seeds;
        }
    }
    std::printf("%d seed(s)\n", seeds);
    return seeds > 0 ? 0 : 1;
}
