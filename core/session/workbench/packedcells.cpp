// SPDX-License-Identifier: MIT
#include "session/workbench/packedcells.h"

namespace hubkeeper {

std::string packedCells(std::span<const std::string_view> cells)
{
    std::string packed;
    size_t size = 0;
    for (const std::string_view cell : cells)
        size += cell.size() + 3;
    packed.reserve(size);
    for (const std::string_view cell : cells) {
        size_t length = cell.size();
        for (; length >= 0x80; length >>= 7)
            packed += static_cast<char>((length & 0x7f) | 0x80);
        packed += static_cast<char>(length);
        packed += cell;
    }
    return packed;
}

QStringList unpackedCells(QByteArrayView bytes)
{
    QStringList cells;
    while (!bytes.isEmpty()) {
        quint64 length = 0;
        for (int shift = 0; shift < 63 && !bytes.isEmpty(); shift += 7) {
            const auto byte = static_cast<quint8>(bytes.front());
            bytes = bytes.sliced(1);
            length |= quint64(byte & 0x7f) << shift;
            if (byte < 0x80)
                break;
        }
        const auto size = qsizetype(std::min<quint64>(length, quint64(bytes.size())));
        cells.append(QString::fromUtf8(bytes.first(size)));
        bytes = bytes.sliced(size);
    }
    return cells;
}

} // namespace hubkeeper
