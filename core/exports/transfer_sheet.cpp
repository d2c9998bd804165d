#include "core/exports/transfer_sheet.h"

#include "core/base/display_escape.h"
#include "core/exports/html_sheet.h"
#include "core/factor/qr_code.h"

#include <sstream>

namespace cordon::exports {
namespace {

std::vector<std::pair<std::string, std::string>> factsOf(const SealedFile& sealed)
{
    const record::SealedManifest& said = sealed.manifest;
    return {{"File", sealed.name + ", " + std::to_string(sealed.bytes) + " bytes"},
            {"SHA-256", sealed.digest.hex()},
            {"Holds", said.isWhole ? "the whole case " + said.caseName : said.incident + " of case " + said.caseName},
            {"Ledger", said.origin + ", " + std::to_string(said.entries) + " entries"},
            {"Key fingerprint", said.key.fingerprint()},
            {"Key", said.key.toString()},
            {"Sealed", said.sealedAt.toString() + " by " + said.sealedBy + " (as stated) with " + said.program}};
}

std::string checkLine(const SealedFile& sealed)
{
    return "cordonctl verify " + sealed.name + " --key " + sealed.manifest.key.toString();
}

constexpr const char* advice =
    "Compare hash and fingerprint with the one who sent the file, by another way than the file itself came.";

/// Dark modules as one path, with a quiet zone of four.
std::string pictureOf(const factor::QrCode& code)
{
    constexpr int quiet = 4;
    const std::string side = std::to_string(code.size() + 2 * quiet);
    std::string path;
    for (int y = 0; y < code.size(); ++y) {
        for (int x = 0; x < code.size(); ++x) {
            if (code.isDark(x, y))
                path += "M" + std::to_string(x + quiet) + " " + std::to_string(y + quiet) + "h1v1h-1z";
        }
    }
    return "<svg role=\"img\" aria-label=\"QR code of hash and fingerprint\" width=\"240\" height=\"240\" viewBox=\"0 0 " + side +
           " " + side + "\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>\n";
}

} // namespace

std::string transferQrText(const SealedFile& sealed)
{
    return "cordon-sealed-case-v1\nsha256:" + sealed.digest.hex() + "\nkey:" + sealed.manifest.key.fingerprint() + "\n";
}

Result<std::string> transferSheetHtml(const SealedFile& sealed)
{
    CORDON_TRY(const factor::QrCode code, factor::QrCode::of(transferQrText(sealed)));
    std::ostringstream out;
    HtmlSheet sheet(out);
    sheet.begin("Transfer of a sealed case", sealed.manifest.isExercise ? "EXERCISE" : "");
    sheet.facts(factsOf(sealed));
    out << pictureOf(code);
    sheet.paragraph(advice);
    sheet.lines(checkLine(sealed));
    sheet.heading(2, "Given and received");
    sheet.beginTable({{"", 1}, {"Name", 2}, {"Organisation", 2}, {"Date and time (UTC)", 2}, {"Purpose", 2}, {"Signature", 2}});
    for (const char* side : {"Given", "Received", "Given", "Received"})
        sheet.row({side, "", "", "", "", ""});
    sheet.endTable();
    sheet.end();
    return std::move(out).str();
}

Result<std::string> transferSheetText(const SealedFile& sealed)
{
    CORDON_TRY(const factor::QrCode code, factor::QrCode::of(transferQrText(sealed)));
    std::string text = std::string("TRANSFER OF A SEALED CASE") + (sealed.manifest.isExercise ? "   EXERCISE" : "") + "\n\n";
    for (const auto& [name, fact] : factsOf(sealed))
        text += name + std::string(name.size() < 18 ? 18 - name.size() : 1, ' ') + escapedForDisplay(fact) + "\n";
    text += "\n" + code.toBlocks(true) + "\n" + advice + "\n\n    " + escapedForDisplay(checkLine(sealed)) + "\n";
    for (const char* side : {"Given by", "Received by"})
        text += std::string("\n") + side + "   name ____________________   date (UTC) ____________   purpose ____________________   signature ____________________\n";
    return text;
}

} // namespace cordon::exports
