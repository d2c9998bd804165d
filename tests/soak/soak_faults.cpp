// The fault matrix: each step of each shipped exercise, and of the small attack of the tests, with each trouble, and with each
// trouble while it is taken back. Prints how the step stood in the end as a table; exit 1 when one ends wrongly, is done twice,
// or leaves a ledger that does not verify. Run by tools/soak faults.
#include "core/tenant/scenario.h"
#include "tests/core/engine/fault_play.h"

#include <cstdio>
#include <cstring>
#include <set>

using namespace cordon;
using namespace cordon::tests;

namespace {

struct Wish
{
    std::string exercise; ///< "" = all
    std::string verb;     ///< "" = all
    std::string trouble;  ///< "" = all
    std::string part;     ///< "" = both, "step", "undo"
};

struct Count
{
    int steps = 0;
    int cells = 0;
    int wrong = 0;
    std::set<std::string> verbs;
};

std::vector<std::string> exercises()
{
    std::vector<std::string> names{"from-log"};
    const std::filesystem::path folder = std::filesystem::path(CORDON_SOURCE_DIR) / "resources" / "scenarios";
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.push_back(CaseFixture::must(tenant::Scenario::load(entry.path())).id);
    std::sort(names.begin() + 1, names.end());
    return names;
}

void printHead(const char* what)
{
    std::printf("\n| %s | on |", what);
    for (const TroubleRow& row : allTroubles)
        std::printf(" %s |", row.name);
    std::printf("\n|---|---|");
    for (std::size_t i = 0; i < allTroubles.size(); ++i)
        std::printf("---|");
    std::printf("\n");
}

/// One row of the table.
void play(const std::string& exercise, const StepName& name, bool isInUndo, const std::string& trouble, Count& count)
{
    std::printf("| %s | %s |", name.verb.c_str(), name.target.substr(name.target.find_last_of(":/") + 1).c_str());
    std::string complaints;
    for (const TroubleRow& row : allTroubles) {
        const bool isNone = isInUndo && row.trouble == Trouble::LeaseEnd;
        if (isNone || (!trouble.empty() && trouble != row.name)) {
            std::printf(" |");
            continue;
        }
        const Mishap mishap{row.trouble, isInUndo};
        FaultCell cell = FaultPlay(exercise, name, mishap).run();
        if (const std::string end = wrongEnd(name, mishap, cell); !end.empty())
            cell.problems.push_back(end);
        ++count.cells;
        count.wrong += cell.problems.empty() ? 0 : 1;
        std::printf(" %s%s |", cell.problems.empty() ? "" : "WRONG: ", cell.state.c_str());
        std::fflush(stdout);
        for (const std::string& problem : cell.problems)
            complaints += std::string("  ") + row.name + ": " + problem + '\n';
    }
    std::printf("\n%s", complaints.c_str());
}

void play(const std::string& exercise, const Wish& wish, Count& count)
{
    std::vector<StepName> steps = FaultPlay::stepsOf(exercise);
    std::erase_if(steps, [&wish](const StepName& name) { return !wish.verb.empty() && wish.verb != name.verb; });
    std::printf("\n%s\n", exercise.c_str());
    for (const bool isInUndo : {false, true}) {
        if (wish.part == (isInUndo ? "step" : "undo"))
            continue;
        printHead(isInUndo ? "taken back" : "step");
        for (const StepName& name : steps) {
            if (isInUndo && !name.canBeTakenBack)
                continue;
            play(exercise, name, isInUndo, wish.trouble, count);
        }
    }
    count.steps += static_cast<int>(steps.size());
    for (const StepName& name : steps)
        count.verbs.insert(name.verb);
}

} // namespace

int main(int argc, char** argv)
{
    Wish wish;
    const std::map<std::string, std::string*> options{
        {"--exercise", &wish.exercise}, {"--verb", &wish.verb}, {"--trouble", &wish.trouble}, {"--part", &wish.part}};
    bool isGood = argc % 2 == 1;
    for (int i = 1; isGood && i + 1 < argc; i += 2) {
        const auto option = options.find(argv[i]);
        isGood = option != options.end();
        if (isGood)
            *option->second = argv[i + 1];
    }
    if (!isGood) {
        std::fprintf(stderr, "usage: soak_faults [--exercise NAME] [--verb VERB] [--trouble NAME] [--part step|undo]\n");
        return 64;
    }
    Count count;
    for (const std::string& exercise : exercises()) {
        if (wish.exercise.empty() || wish.exercise == exercise)
            play(exercise, wish, count);
    }
    std::printf("\n%d steps, %d kinds of act, %d cells, %d wrong\n", count.steps, static_cast<int>(count.verbs.size()), count.cells,
                count.wrong);
    return count.wrong == 0 && count.cells > 0 ? 0 : 1;
}
