// The fault matrix: each step of each shipped exercise, and of the small attack of the tests, with each trouble. Prints how the
// step stood in the end as a table; exit 1 when one ends wrongly, is done twice, or leaves a ledger that does not verify.
// Run by tools/soak faults.
#include "tests/core/engine/fault_play.h"

#include <cstdio>
#include <cstring>

using namespace cordon;
using namespace cordon::tests;

namespace {

struct Wish
{
    std::string exercise; ///< "" = all
    std::string verb;     ///< "" = all
    std::string trouble;  ///< "" = all
};

std::vector<std::string> exercises()
{
    std::vector<std::string> names{"from-log"};
    const std::filesystem::path folder = std::filesystem::path(CORDON_SOURCE_DIR) / "resources" / "scenarios";
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// One row of the table. @return how many cells of it are wrong
int play(const std::string& exercise, const StepName& name, const std::string& trouble)
{
    int wrong = 0;
    std::printf("| %s | %s |", name.verb.c_str(), name.target.substr(name.target.rfind('/') + 1).c_str());
    std::string complaints;
    for (const TroubleRow& row : allTroubles) {
        if (!trouble.empty() && trouble != row.name) {
            std::printf(" |");
            continue;
        }
        FaultCell cell = FaultPlay(exercise, name, row.trouble).run();
        if (const std::string end = wrongEnd(name, row.trouble, cell); !end.empty())
            cell.problems.push_back(end);
        wrong += cell.problems.empty() ? 0 : 1;
        std::printf(" %s%s |", cell.problems.empty() ? "" : "WRONG: ", cell.state.c_str());
        std::fflush(stdout);
        for (const std::string& problem : cell.problems)
            complaints += std::string("  ") + row.name + ": " + problem + '\n';
    }
    std::printf("\n%s", complaints.c_str());
    return wrong;
}

} // namespace

int main(int argc, char** argv)
{
    Wish wish;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::strcmp(argv[i], "--exercise") == 0)
            wish.exercise = argv[i + 1];
        else if (std::strcmp(argv[i], "--verb") == 0)
            wish.verb = argv[i + 1];
        else if (std::strcmp(argv[i], "--trouble") == 0)
            wish.trouble = argv[i + 1];
    }
    if (argc % 2 == 0) {
        std::fprintf(stderr, "usage: soak_faults [--exercise NAME] [--verb VERB] [--trouble NAME]\n");
        return 64;
    }
    int wrong = 0;
    int cells = 0;
    for (const std::string& exercise : exercises()) {
        if (!wish.exercise.empty() && wish.exercise != exercise)
            continue;
        std::printf("\n%s\n\n| step | on |", exercise.c_str());
        for (const TroubleRow& row : allTroubles)
            std::printf(" %s |", row.name);
        std::printf("\n|---|---|");
        for (std::size_t i = 0; i < allTroubles.size(); ++i)
            std::printf("---|");
        std::printf("\n");
        for (const StepName& name : FaultPlay::stepsOf(exercise)) {
            if (!wish.verb.empty() && wish.verb != name.verb)
                continue;
            wrong += play(exercise, name, wish.trouble);
            cells += wish.trouble.empty() ? static_cast<int>(allTroubles.size()) : 1;
        }
    }
    std::printf("\n%d cells, %d wrong\n", cells, wrong);
    return wrong == 0 && cells > 0 ? 0 : 1;
}
