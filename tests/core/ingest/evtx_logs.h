#pragma once

#include "app/generate/evtx_writer.h"
#include "core/ingest/log_format.h"

#include <algorithm>
#include <string>
#include <vector>

namespace cordon::ingest {

/// What a reader made of a log; the bytes are copies.
struct ReadLog
{
    std::vector<std::string> records;
    std::vector<std::string> raw;
    std::vector<std::uint64_t> offsets; ///< of the records
    std::vector<Frame> rejected;
    bool isCutShort = false;
};

/// Reads a log of any format, fed in pieces of `piece` bytes.
inline ReadLog readPieces(std::string_view log, std::size_t piece)
{
    const auto source = recordSourceFor(log.substr(0, 4096), "a log", {}, {});
    ReadLog read;
    const auto take = [&] {
        while (auto frame = source->next()) {
            if (!frame->isRecord) {
                read.rejected.push_back(std::move(*frame));
                continue;
            }
            read.records.emplace_back(frame->bytes);
            read.raw.emplace_back(frame->raw);
            read.offsets.push_back(frame->offset);
        }
    };
    while (!log.empty()) {
        const std::size_t size = std::min(piece, log.size());
        std::copy_n(log.data(), size, source->space(size));
        source->written(size);
        log.remove_prefix(size);
        take();
    }
    source->finish();
    take();
    read.isCutShort = source->isCutShort();
    return read;
}

/// A small event: `<Event><System><EventID/><Channel/></System><EventData><Data Name="n"/><Data Name="text"/>`.
inline int addSmallTemplate(generate::EvtxWriter& writer)
{
    using generate::EvtxElement;
    const EvtxElement id{"EventID", {}, {{"", 0, 0x06}}, {}};
    const EvtxElement channel{"Channel", {}, {{"Test", -1, 0}}, {}};
    const EvtxElement number{"Data", {{"Name", {"n", -1, 0}}}, {{"", 1, 0x08}}, {}};
    const EvtxElement text{"Data", {{"Name", {"text", -1, 0}}}, {{"", 2, 0x01}}, {}};
    return writer.addTemplate({"Event", {}, {}, {{"System", {}, {}, {id, channel}}, {"EventData", {}, {}, {number, text}}}});
}

/// The record of `addSmallTemplate` with these values, as JSON.
inline std::string smallJson(unsigned n, const std::string& text)
{
    return "{\"Event\":{\"System\":{\"EventID\":7,\"Channel\":\"Test\"},\"EventData\":{\"n\":" + std::to_string(n) +
           ",\"text\":\"" + text + "\"}}}";
}

/// A log of so many small events, `n` counting from 0.
inline std::string smallLog(unsigned count, const std::string& text = "some text")
{
    generate::EvtxWriter writer;
    const int small = addSmallTemplate(writer);
    for (unsigned n = 0; n < count; ++n)
        writer.append(small,
                      {generate::EvtxValue::number(0x06, std::uint16_t{7}), generate::EvtxValue::number(0x08, n),
                       generate::EvtxValue::text(text)},
                      133'000'000'000'000'000);
    const std::string chunks = writer.finish();
    return writer.header() + chunks;
}

} // namespace cordon::ingest
