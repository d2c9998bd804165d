// Writes made-up logs of any length for measuring and testing; the same seed gives the same bytes.

#include "app/generate/evtx_log.h"
#include "app/generate/trail_log.h"

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace {

constexpr int exitUsage = 64;
constexpr int exitFailed = 70;

struct Order
{
    std::uint64_t events = 0;
    std::uint64_t seed = 1;
    bool isLines = false;
    bool isEvtx = false;
};

std::optional<std::uint64_t> numberOf(std::string_view text)
{
    std::uint64_t number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<Order> orderFrom(int count, char** words)
{
    if (count < 2)
        return std::nullopt;
    Order order;
    order.isEvtx = std::string_view(words[1]) == "evtx";
    if (!order.isEvtx && std::string_view(words[1]) != "cloudtrail")
        return std::nullopt;
    bool hasEvents = false;
    for (int at = 2; at < count; at += 2) {
        const std::string_view option = words[at];
        const std::string_view value = at + 1 < count ? words[at + 1] : "";
        const auto number = numberOf(value);
        if (option == "--events" && number) {
            order.events = *number;
            hasEvents = true;
        } else if (option == "--seed" && number) {
            order.seed = *number;
        } else if (option == "--shape" && !order.isEvtx && (value == "records" || value == "lines")) {
            order.isLines = value == "lines";
        } else {
            return std::nullopt;
        }
    }
    return hasEvents ? std::optional(order) : std::nullopt;
}

bool flush(std::string& text)
{
    const bool isWritten = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    text.clear();
    return isWritten;
}

bool writeTrail(const Order& order)
{
    constexpr std::size_t chunk = 1U << 20U;
    cordon::generate::TrailLog writer(order.seed);
    std::string text = order.isLines ? "" : R"({"Records":[)";
    text.reserve(chunk + 4096);
    for (std::uint64_t event = 0; event < order.events; ++event) {
        if (!order.isLines && event > 0)
            text += ',';
        writer.append(text);
        if (order.isLines)
            text += '\n';
        if (text.size() >= chunk && !flush(text))
            return false;
    }
    text += order.isLines ? "" : "]}\n";
    return flush(text) && std::fflush(stdout) == 0;
}

bool writeEvtx(const Order& order)
{
    return cordon::generate::writeEvtxLog(order.events, order.seed, [](const std::string& piece, bool isHeader) {
               return (!isHeader || std::fseek(stdout, 0, SEEK_SET) == 0) &&
                      std::fwrite(piece.data(), 1, piece.size(), stdout) == piece.size();
           }) &&
           std::fflush(stdout) == 0;
}

} // namespace

int main(int count, char** words)
{
    const auto order = orderFrom(count, words);
    if (!order) {
        std::fputs("usage: cordon_generate cloudtrail --events N [--seed S] [--shape records|lines] > FILE\n"
                   "       cordon_generate evtx --events N [--seed S] > FILE\n",
                   stderr);
        return exitUsage;
    }
    if (order->isEvtx ? !writeEvtx(*order) : !writeTrail(*order)) {
        std::perror("cordon_generate: cannot write");
        return exitFailed;
    }
    return 0;
}
