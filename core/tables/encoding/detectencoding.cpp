// SPDX-License-Identifier: MIT
#include "tables/encoding/detectencoding.h"

#include "tables/encoding/bytecounts.h"
#include "tables/encoding/codepages.h"
#include "tables/encoding/plausibility.h"
#include "tables/encoding/utf8.h"
#include "tables/rows/tablestext.h"

#include <QIODevice>

#include <algorithm>
#include <cstring>
#include <functional>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 pieceBytes = 1 << 20;
constexpr qint64 mostCounted = 16LL << 20; // Of a file that is not UTF-8, beside plain ASCII.

struct Mark
{
    std::string_view bytes;
    const char *name;
};

// The longer ones first: UTF-32's begins as UTF-16's.
constexpr Mark marks[] {
    {{"\xFF\xFE\0\0", 4}, "UTF-32LE"}, {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
    {{"\xEF\xBB\xBF", 3}, "UTF-8"},    {{"\xFF\xFE", 2}, "UTF-16LE"},
    {{"\xFE\xFF", 2}, "UTF-16BE"},
};

using TakePiece = std::function<bool(std::string_view piece, bool isLast)>;

/// False from `take` ends it.
Result<void> readPieces(QIODevice &file, const TakePiece &take)
{
    if (!file.seek(0))
        return fail(ErrorKind::InvalidInput,
                    TablesText::tr("The file cannot be read twice: %1").arg(file.errorString()));
    std::string piece(size_t(pieceBytes), '\0');
    while (true) {
        const qint64 got = file.read(piece.data(), pieceBytes);
        if (got < 0) {
            return fail(ErrorKind::InvalidInput,
                        TablesText::tr("The file cannot be read: %1").arg(file.errorString()));
        }
        const bool isLast = got == 0 || file.atEnd();
        if (!take({piece.data(), size_t(got)}, isLast) || isLast)
            break;
    }
    return {};
}

/// Whether all of it is UTF-8 without a NUL.
Result<bool> isPlainUtf8(QIODevice &file)
{
    bool isPlain = true;
    std::string rest;
    const auto read = readPieces(file, [&](auto piece, bool isLast) {
        if (std::memchr(piece.data(), 0, piece.size()))
            return isPlain = false;
        // A character on the border of two pieces is looked at by itself.
        while (!rest.empty() && !piece.empty() && isUtf8Beginning(rest)) {
            rest += piece.front();
            piece.remove_prefix(1);
        }
        if (!isUtf8(rest) && !(piece.empty() && !isLast))
            return isPlain = false;
        const size_t tail = isLast ? 0 : cutUtf8Tail(piece);
        rest = piece.substr(piece.size() - tail);
        return isPlain = isUtf8(piece.substr(0, piece.size() - tail));
    });
    return read.map([&] { return isPlain; });
}

char16_t unitAt(std::string_view bytes, size_t at, bool isLittleEndian)
{
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return isLittleEndian ? char16_t(first | (second << 8)) : char16_t((first << 8) | second);
}

/// Whether the beginning makes sense as UTF-16: characters that exist, and some of ASCII.
bool readsAsUtf16(std::string_view head, bool isLittleEndian)
{
    qint64 units = 0;
    qint64 strange = 0;
    qint64 ascii = 0;
    for (size_t at = 0; at + 1 < head.size(); at += 2, ++units) {
        const QChar unit(unitAt(head, at, isLittleEndian));
        const bool isLayout = unit == u'\n' || unit == u'\r' || unit == u'\t';
        ascii += unit.unicode() >= 0x20 && unit.unicode() < 0x7F ? 1 : 0;
        ascii += isLayout ? 1 : 0;
        const bool isStrange = unit.category() == QChar::Other_NotAssigned
            || unit.category() == QChar::Other_PrivateUse
            || (unit.category() == QChar::Other_Control && !isLayout);
        strange += isStrange ? 1 : 0;
    }
    return units > 0 && strange * 20 <= units && ascii * 50 >= units;
}

/// UTF-16 or UTF-32 without a mark, by where its zeros are; else empty.
QString wideEncoding(const ByteCounts &counts)
{
    const qint64 zeros = counts.allZeros();
    if (zeros < 2 || zeros * 50 < counts.bytes)
        return {};
    const qint64 quarter = counts.bytes / 4;
    const auto &at = counts.zeros;
    const auto isFull = [quarter](qint64 lane) { return lane * 20 >= quarter * 19; };
    if (quarter > 0 && isFull(at[2]) && isFull(at[3]) && at[0] * 20 < quarter)
        return u"UTF-32LE"_s;
    if (quarter > 0 && isFull(at[0]) && isFull(at[1]) && at[3] * 20 < quarter)
        return u"UTF-32BE"_s;
    const qint64 even = at[0] + at[2];
    const qint64 odd = at[1] + at[3];
    if (odd >= 9 * even && readsAsUtf16(counts.head, true))
        return u"UTF-16LE"_s;
    if (even >= 9 * odd && readsAsUtf16(counts.head, false))
        return u"UTF-16BE"_s;
    return {};
}

/// Whether it was UTF-8 before somebody cut it, or added bytes of something else.
bool isDamagedUtf8(const ByteCounts &counts)
{
    const qint64 good = counts.goodCharacters + counts.surrogates;
    if (counts.brokenCharacters > 0)
        return good >= counts.brokenCharacters;
    if (good > 0 || counts.cutEnd.empty())
        return true;
    // Nothing but the end is not ASCII. A letter of Latin 1 is likelier than most beginnings.
    return counts.cutEnd.size() > 1 || counts.cutEnd == "\xC3" || counts.cutEnd == "\xC2";
}

/// The euro sign where Windows has a sign that nobody uses.
bool isLatin9(const ByteCounts &counts)
{
    for (size_t byte = 0x80; byte < 0xA0; ++byte) {
        if (counts.values[byte] > 0)
            return false;
    }
    return counts.values[0xA4] > 0;
}

QString nameFor(const ByteCounts &counts)
{
    if (const QString wide = wideEncoding(counts); !wide.isEmpty())
        return wide;
    if (isDamagedUtf8(counts) || isNoise(counts.foreign))
        return u"UTF-8"_s;
    const bool isMac = !counts.hasLineFeed && counts.hasCarriageReturn;
    const QString page = likeliestCodePage(counts.foreign, isMac);
    return page == "windows-1252"_L1 && isLatin9(counts) ? u"ISO-8859-15"_s : page;
}

} // namespace

Result<FoundEncoding> detectEncoding(QIODevice &file, const std::optional<QString> &demanded)
{
    if (!file.seek(0))
        return fail(ErrorKind::InvalidInput, file.errorString());
    const QByteArray begin = file.peek(4);
    for (const Mark &mark : marks) {
        const QString name = QString::fromLatin1(mark.name);
        const bool isThere =
            std::string_view(begin.data(), size_t(begin.size())).starts_with(mark.bytes);
        const bool isFamily = demanded && name.startsWith("UTF-16"_L1)
            && demanded->compare("utf-16"_L1, Qt::CaseInsensitive) == 0;
        if (isThere && (!demanded || isFamily || canonicalEncoding(*demanded) == name))
            return FoundEncoding {name, qint64(mark.bytes.size())};
    }
    if (demanded)
        return FoundEncoding {canonicalEncoding(*demanded), 0};
    const auto isPlain = isPlainUtf8(file);
    if (!isPlain)
        return tl::unexpected(isPlain.error());
    if (*isPlain)
        return FoundEncoding {u"UTF-8"_s, 0};
    ByteCounts counts;
    const auto read = readPieces(file, [&counts](auto piece, bool isLast) {
        counts.add(piece, isLast);
        return counts.bytes < mostCounted;
    });
    return read.map([&counts] { return FoundEncoding {nameFor(counts), 0}; });
}

} // namespace hubkeeper
