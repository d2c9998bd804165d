#include "core/detect/regex_texts.h"

#include <algorithm>
#include <re2/filtered_re2.h>

namespace cordon::detect {
namespace {

constexpr std::size_t shortest = 2;
constexpr int shortestAtom = 3;
/// An expression of more choices than this is no better than one that is always asked.
constexpr std::size_t mostAtoms = 64;

/// The longest part that reads alike in all cases. RE2 takes the Kelvin sign for a K and the long s for an s where case
/// does not matter; folding does not, so that these two letters are left out there.
std::string surePart(const std::string& atom, bool isCased)
{
    std::string longest;
    std::string run;
    for (const char c : atom) {
        if (static_cast<unsigned char>(c) >= 0x80 || (!isCased && (c == 'k' || c == 's')))
            run.clear();
        else
            run += c;
        if (run.size() > longest.size())
            longest = run;
    }
    return longest.size() < shortest ? std::string() : longest;
}

/// What RE2's own filter says of one expression: which of its atoms a text must hold.
class Atoms
{
public:
    explicit Atoms(const re2::RE2& regex)
        : m_filter(shortestAtom)
    {
        int id = 0;
        std::vector<std::string> atoms;
        if (m_filter.Add(regex.pattern(), regex.options(), &id) != re2::RE2::NoError)
            return;
        m_filter.Compile(&atoms);
        const bool isCased = regex.options().case_sensitive() && regex.pattern().find("(?") == std::string::npos;
        for (const std::string& atom : atoms)
            m_parts.push_back(surePart(atom, isCased));
    }

    /// By atom; several may be the same.
    [[nodiscard]] const std::vector<std::string>& parts() const { return m_parts; }

    /// Whether a text that holds all atoms but those with one of these parts cannot match.
    [[nodiscard]] bool needsOneOf(const std::vector<std::string>& parts) const
    {
        std::vector<int> others;
        for (std::size_t atom = 0; atom < m_parts.size(); ++atom) {
            if (std::find(parts.begin(), parts.end(), m_parts[atom]) == parts.end())
                others.push_back(static_cast<int>(atom));
        }
        std::vector<int> potentials;
        m_filter.AllPotentials(others, &potentials);
        return potentials.empty();
    }

private:
    re2::FilteredRE2 m_filter;
    std::vector<std::string> m_parts;
};

} // namespace

std::vector<std::string> textsIn(const re2::RE2& regex)
{
    const Atoms atoms(regex);
    if (atoms.parts().empty() || atoms.parts().size() > mostAtoms)
        return {};
    std::vector<std::string> wanted = atoms.parts();
    std::sort(wanted.begin(), wanted.end(),
              [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    if (!atoms.needsOneOf(wanted))
        return {};
    // The shortest go first, as long as those that stay are enough.
    for (std::size_t at = 0; at < wanted.size();) {
        std::vector<std::string> fewer = wanted;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at));
        if (atoms.needsOneOf(fewer))
            wanted = std::move(fewer);
        else
            ++at;
    }
    return wanted.empty() || wanted.front().empty() ? std::vector<std::string>() : wanted;
}

} // namespace cordon::detect
