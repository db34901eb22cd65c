// SPDX-License-Identifier: MIT
#include "tables/encoding/plausibility.h"

#include "tables/encoding/codepages.h"
#include "tables/encoding/decoder.h"

#include <QByteArray>

#include <algorithm>
#include <uchardet.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

char16_t meaningOf(const CodePage &page, char letter)
{
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x80 ? byte : page.upper[byte - 0x80];
}

bool isUsualSign(char16_t sign)
{
    return QStringView(u"\u2019\u2018\u201C\u201D\u201E\u00AB\u00BB\u2013\u2014\u2026\u20AC\u00A3"
                       "\u00B0\u00A7\u00AE\u2122\u00A9\u00A0\u00B7\u2022\u00BD\u00B2\u00BF\u00A1"
                       "\u00BA\u00AA\u2116\u00A4")
        .contains(QChar(sign));
}

/// Letters that Latin languages with few speakers use, or none.
bool isRareLetter(char16_t letter)
{
    return QStringView(u"\u0178\u00FF\u0192\u00AA\u00BA\u03C0\u2126\u0131"
                       "\uFB01\uFB02")
        .contains(QChar(letter));
}

double scoreOf(char16_t before, char16_t letter, char16_t after)
{
    const QChar sign(letter);
    const bool isInside = QChar(before).isLetter() && QChar(after).isLetter();
    if (letter == 0xFFFD || sign.category() == QChar::Other_Control)
        return -3;
    if (letter == 0x00B5) // 5 µm
        return QChar(before).isLetter() ? 0.1 : 0.8;
    if (sign.isLetter()) {
        if (isRareLetter(letter) || sign.category() == QChar::Letter_Modifier)
            return 0.1;
        if (QStringView(u"\u00FE\u00DE\u00F0\u00D0").contains(sign))
            return 0.6; // Icelandic.
        if (!QChar(before).isLetter() && !QChar(after).isLetter())
            return 0.2; // A word of one letter.
        if (sign.isUpper() && QChar(before).isLower())
            return -1.5;
        if (sign.isUpper() && QChar(before).isUpper() && QChar(after).isLower())
            return 0;
        if (sign.isLower() && QChar(before).isUpper() && QChar(after).isUpper())
            return -1;
        return 1;
    }
    const bool isCatalan = letter == 0x00B7 && QChar(before).toLower() == u'l';
    if (isInside && letter != 0x2019 && letter != 0x2013 && !isCatalan)
        return -1.5;
    return isUsualSign(letter) ? 0.8 : -0.3;
}

bool hasOtherLettersThan(QStringView letters, const CodePage &page, std::string_view lines)
{
    return std::any_of(lines.begin(), lines.end(), [&](char letter) {
        const char16_t meaning = meaningOf(page, letter);
        return meaning >= 0x80 && QChar(meaning).isLetter() && !letters.contains(QChar(meaning));
    });
}

int distinctLettersOf(QStringView letters, const CodePage &page, std::string_view lines)
{
    QString seen;
    for (const char letter : lines) {
        const QChar meaning(meaningOf(page, letter));
        if (letters.contains(meaning) && !seen.contains(meaning))
            seen.append(meaning);
    }
    return int(seen.size());
}

QString detectorsWord(std::string_view lines)
{
    uchardet_t detector = uchardet_new();
    uchardet_handle_data(detector, lines.data(), lines.size());
    uchardet_data_end(detector);
    const QString name = QString::fromLatin1(uchardet_get_charset(detector));
    uchardet_delete(detector);
    return canonicalEncoding(name);
}

bool isIdeographic(char32_t letter)
{
    return (letter >= 0x3040 && letter < 0xD7B0) || (letter >= 0xFF00 && letter < 0xFFF0)
        || (letter >= 0x3000 && letter < 0x3040) || (letter >= 0x20000 && letter < 0x30000);
}

/// Whether all of it can be decoded, and gives ideographs, kana or hangul.
bool isEastAsian(const QString &encoding, std::string_view lines)
{
    const auto decoder = decoderFor(encoding);
    if (!decoder)
        return false;
    std::string text;
    (*decoder)->decode(lines, true, text);
    if (!(*decoder)->faults().empty())
        return false;
    qsizetype foreign = 0;
    qsizetype ideographic = 0;
    const auto letters = QString::fromStdString(text).toUcs4();
    for (const uint letter : letters) {
        foreign += letter >= 0x80 ? 1 : 0;
        ideographic += isIdeographic(letter) ? 1 : 0;
    }
    return foreign >= 3 && ideographic * 10 >= foreign * 9;
}

/// The share of letters of a range among those that are not ASCII, where all can be decoded.
double shareOf(char32_t first, char32_t last, const QString &encoding, std::string_view lines)
{
    const auto decoder = decoderFor(encoding);
    if (!decoder)
        return 0;
    std::string text;
    (*decoder)->decode(lines, true, text);
    if (!(*decoder)->faults().empty())
        return 0;
    qsizetype foreign = 0;
    qsizetype within = 0;
    const auto letters = QString::fromStdString(text).toUcs4();
    for (const uint letter : letters) {
        foreign += letter >= 0x80 ? 1 : 0;
        within += letter >= first && letter <= last ? 1 : 0;
    }
    return foreign > 0 ? double(within) / double(foreign) : 0;
}

/// Whether the bytes from 0x80 on come in pairs, as no alphabet has it.
bool comesInPairs(std::string_view lines)
{
    qint64 runs = 0;
    qint64 odd = 0;
    for (size_t i = 0; i < lines.size();) {
        size_t end = i;
        while (end < lines.size() && static_cast<unsigned char>(lines[end]) >= 0xA1)
            ++end;
        runs += end > i ? 1 : 0;
        odd += qint64((end - i) % 2);
        i = end + 1;
    }
    return runs >= 3 && odd == 0;
}

QString pairedEncoding(std::string_view lines)
{
    if (shareOf(0x3041, 0x30FF, u"EUC-JP"_s, lines) > 0.1)
        return u"EUC-JP"_s;
    if (shareOf(0xAC00, 0xD7A3, u"EUC-KR"_s, lines) > 0.7)
        return u"EUC-KR"_s;
    return shareOf(0x4E00, 0x9FFF, u"GB18030"_s, lines) > 0.7 ? u"GB18030"_s : QString();
}

QString likeliestOf(const QStringList &names, std::string_view lines, const QString &favourite)
{
    QString best;
    double most = -100;
    for (const QString &name : names) {
        const double score = plausibility(*codePage(name), lines) + (name == favourite ? 0.3 : 0)
            - 0.001 * double(names.indexOf(name));
        if (score > most) {
            most = score;
            best = name;
        }
    }
    return best;
}

QString nameOfEastAsian(const QString &word)
{
    return word == "SHIFT_JIS"_L1 ? u"Shift_JIS"_s
        : word == "BIG5"_L1       ? u"Big5"_s
        : word == "UHC"_L1        ? u"EUC-KR"_s
                                  : word;
}

QString otherScript(std::string_view lines, const QString &word)
{
    static const QStringList cyrillic {u"windows-1251"_s, u"KOI8-R"_s, u"IBM866"_s, u"ISO-8859-5"_s,
                                       u"x-mac-cyrillic"_s};
    static const QStringList alone {u"windows-1253"_s, u"windows-1255"_s, u"windows-1256"_s,
                                    u"TIS-620"_s};
    if (word == "ISO-8859-7"_L1)
        return likeliestOf({u"windows-1253"_s, word}, lines, {});
    if (word == "ISO-8859-8"_L1)
        return likeliestOf({u"windows-1255"_s, word}, lines, {});
    if (alone.contains(word))
        return word;
    if (cyrillic.contains(word) || word.startsWith("KOI8"_L1))
        return likeliestOf(cyrillic, lines, word);
    return likeliestOf(cyrillic + alone.first(1), lines, word);
}

} // namespace

double plausibility(const CodePage &page, std::string_view lines)
{
    double score = 0;
    qint64 count = 0;
    for (size_t i = 0; i < lines.size(); ++i) {
        if (static_cast<unsigned char>(lines[i]) < 0x80)
            continue;
        const char16_t before = i > 0 ? meaningOf(page, lines[i - 1]) : u' ';
        const char16_t after = i + 1 < lines.size() ? meaningOf(page, lines[i + 1]) : u' ';
        score += scoreOf(before, meaningOf(page, lines[i]), after);
        ++count;
    }
    return count > 0 ? score / double(count) : 0;
}

bool isNoise(std::string_view lines)
{
    const CodePage &western = *codePage(u"windows-1252"_s);
    bool hasUndefined = false;
    for (size_t i = 0; i < lines.size(); ++i) {
        if (static_cast<unsigned char>(lines[i]) < 0x80)
            continue;
        const char16_t meaning = meaningOf(western, lines[i]);
        const bool isInWord = i > 0 && i + 1 < lines.size()
            && QChar(meaningOf(western, lines[i - 1])).isLetter()
            && QChar(meaningOf(western, lines[i + 1])).isLetter();
        if (meaning != 0xFFFD && (meaning != 0xFF || isInWord))
            return false;
        hasUndefined = hasUndefined || meaning == 0xFFFD;
    }
    constexpr double words = 0.6; // "M\x81nchen" of DOS.
    return !hasUndefined || plausibility(*codePage(u"IBM850"_s), lines) < words;
}

double shareInRuns(std::string_view lines)
{
    qint64 all = 0;
    qint64 inRuns = 0;
    qint64 run = 0;
    const auto endRun = [&] {
        all += run;
        inRuns += run >= 3 ? run : 0;
        run = 0;
    };
    for (const char letter : lines) {
        if (static_cast<unsigned char>(letter) >= 0x80)
            ++run;
        else
            endRun();
    }
    endRun();
    return all > 0 ? double(inRuns) / double(all) : 0;
}

/// Whether all of it are characters of Shift JIS that texts have: kana and the kanji of level 1.
bool isCommonShiftJis(std::string_view lines)
{
    qint64 characters = 0;
    for (size_t i = 0; i < lines.size(); ++i) {
        const auto lead = static_cast<unsigned char>(lines[i]);
        if (lead < 0x80)
            continue;
        const auto trail = i + 1 < lines.size() ? static_cast<unsigned char>(lines[i + 1]) : 0;
        const bool isCommon = (lead >= 0x81 && lead <= 0x83) || (lead >= 0x88 && lead <= 0x98);
        if (!isCommon || trail < 0x40 || trail == 0x7F || trail > 0xFC)
            return false;
        ++characters;
        ++i;
    }
    return characters >= 3;
}

/// One of those with a byte for each character, or whose scripts come in pairs.
QString likeliestOfAlphabets(std::string_view lines, const QString &word, bool isMac)
{
    if (comesInPairs(lines) && shareInRuns(lines) > 0.5) {
        if (QString paired = pairedEncoding(lines); !paired.isEmpty())
            return paired;
    }
    if (shareInRuns(lines) > 0.5)
        return otherScript(lines, word);
    const CodePage &central = *codePage(u"windows-1250"_s);
    if ((word == "windows-1250"_L1 || word == "ISO-8859-2"_L1)
        && distinctLettersOf(u"ěřůčňťďłśżźćąęńőűĚŘŮČŁŚŻŐŰ", *codePage(word), lines) >= 2)
        return likeliestOf({u"windows-1250"_s, u"ISO-8859-2"_s}, lines, {});
    if ((word == "windows-1254"_L1 || word == "ISO-8859-9"_L1)
        && distinctLettersOf(u"ğışİŞĞ", *codePage(u"windows-1254"_s), lines) >= 2
        && !hasOtherLettersThan(u"ğışİŞĞçÇöÖüÜâîû", *codePage(u"windows-1254"_s), lines))
        return u"windows-1254"_s;
    const double western = plausibility(*codePage(u"windows-1252"_s), lines) + (isMac ? 0 : 0.15);
    QString best = u"windows-1252"_s;
    double most = western;
    const auto consider = [&](const QString &name, double prior) {
        const double score = plausibility(*codePage(name), lines) + prior;
        if (score > most) {
            most = score;
            best = name;
        }
    };
    consider(u"MacRoman"_s, isMac ? 0.2 : -0.05);
    consider(u"IBM850"_s, -0.1);
    if (plausibility(central, lines) > 0.9)
        consider(u"windows-1250"_s, -0.1);
    consider(u"ISO-8859-2"_s, -0.15);
    return best;
}

QString likeliestCodePage(std::string_view lines, bool isMac)
{
    static const QStringList eastAsian {u"SHIFT_JIS"_s, u"EUC-JP"_s,     u"GB18030"_s,
                                        u"BIG5"_s,      u"EUC-KR"_s,     u"EUC-TW"_s,
                                        u"UHC"_s,       u"ISO-2022-JP"_s};
    const QString word = detectorsWord(lines);
    if (eastAsian.contains(word.toUpper()) && isEastAsian(word, lines))
        return nameOfEastAsian(word);
    const QString name = likeliestOfAlphabets(lines, word, isMac);
    const CodePage *page = codePage(name);
    const bool isDoubtful = page && plausibility(*page, lines) < 0.6;
    return isDoubtful && isCommonShiftJis(lines) ? u"Shift_JIS"_s : name;
}

} // namespace hubkeeper
