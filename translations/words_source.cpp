// Prints the English templates of core/words as a source for lupdate: one sentence each, its code as the comment that
// translators see. A build step; no program of its own.
#include "core/words/words.h"

#include <fstream>
#include <iostream>

namespace {

std::string literal(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "usage: cordon_words_source FILE\n";
        return 64;
    }
    std::ofstream out(argv[1]);
    out << "// Made by cordon_words_source for lupdate.\nstatic const char* const sentences[] = {\n";
    for (const auto& [code, english] : cordon::words::catalogue())
        out << "    //: " << code << "\n    QT_TRANSLATE_NOOP(\"words\", " << literal(english) << "),\n";
    out << "};\n";
    return out.flush() ? 0 : 1;
}
