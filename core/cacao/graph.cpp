#include "core/cacao/sense.h"

#include <algorithm>
#include <set>

namespace cordon::cacao {
namespace {

/// Goes through the workflow without calling itself, so that a long one exhausts nothing.
class Walk
{
public:
    explicit Walk(const Playbook& playbook) : m_playbook(playbook) {}

    /// Marks everything that `root` leads to. @return a step that leads back to itself, or ""
    std::string from(const std::string& root)
    {
        if (!m_playbook.step(root) || !m_seen.insert(root).second)
            return {};
        std::vector<Frame> way{{root, m_playbook.step(root)->next()}};
        std::set<std::string, std::less<>> onWay{root};
        while (!way.empty()) {
            Frame& here = way.back();
            if (here.at == here.next.size()) {
                onWay.erase(here.step);
                way.pop_back();
                continue;
            }
            const std::string next = here.next[here.at++];
            if (onWay.contains(next))
                return next;
            const WorkflowStep* step = m_playbook.step(next);
            if (!step || !m_seen.insert(next).second)
                continue;
            onWay.insert(next);
            way.push_back({next, step->next()});
        }
        return {};
    }
    [[nodiscard]] bool hasSeen(const std::string& step) const { return m_seen.contains(step); }

private:
    struct Frame
    {
        std::string step;
        std::vector<std::string> next;
        std::size_t at = 0;
    };
    const Playbook& m_playbook;
    std::set<std::string, std::less<>> m_seen;
};

} // namespace

void checkGraph(const Playbook& playbook, std::vector<Finding>& findings)
{
    const Spot workflow = Spot(findings).at("workflow");
    Walk reachable(playbook);
    for (const std::string* root : {&playbook.start, &playbook.exception}) {
        if (const std::string step = reachable.from(*root); !step.empty())
            return workflow.at(step).sense(playbook.data["workflow"][step], "the workflow runs in a circle through this step");
    }
    for (const auto& [id, step] : playbook.steps) {
        const Value& data = playbook.dataOf(step);
        if (!reachable.hasSeen(id))
            workflow.at(id).sense(data, "nothing leads to this step");
        if (step.kind == StepKind::Start && id != playbook.start)
            workflow.at(id).sense(data, "a second start step");
        if (step.kind != StepKind::End && step.onCompletion.empty() && step.onSuccess.empty())
            workflow.at(id).say(Finding::Kind::Odd, data, "leads nowhere: neither 'on_completion' nor 'on_success'");
    }
}

} // namespace cordon::cacao
