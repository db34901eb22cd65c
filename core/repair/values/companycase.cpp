// SPDX-License-Identifier: MIT
#include "repair/values/companycase.h"

#include "repair/repairtext.h"
#include "repair/values/nameletters.h"
#include "repair/values/namewords.h"
#include "repair/values/spaces.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// As laws and registers write them; those of several countries as most do.
QString legalFormOf(const QString &lower, const QString &language)
{
    static const QHash<QString, QString> forms {{u"gmbh"_s, u"GmbH"_s},
                                                {u"ggmbh"_s, u"gGmbH"_s},
                                                {u"mbh"_s, u"mbH"_s},
                                                {u"ag"_s, u"AG"_s},
                                                {u"kg"_s, u"KG"_s},
                                                {u"kgaa"_s, u"KGaA"_s},
                                                {u"ohg"_s, u"OHG"_s},
                                                {u"gbr"_s, u"GbR"_s},
                                                {u"e.v."_s, u"e.V."_s},
                                                {u"e.k."_s, u"e.K."_s},
                                                {u"se"_s, u"SE"_s},
                                                {u"llc"_s, u"LLC"_s},
                                                {u"l.l.c."_s, u"L.L.C."_s},
                                                {u"llp"_s, u"LLP"_s},
                                                {u"ltd"_s, u"Ltd"_s},
                                                {u"ltd."_s, u"Ltd."_s},
                                                {u"inc"_s, u"Inc"_s},
                                                {u"inc."_s, u"Inc."_s},
                                                {u"corp"_s, u"Corp"_s},
                                                {u"corp."_s, u"Corp."_s},
                                                {u"co"_s, u"Co"_s},
                                                {u"co."_s, u"Co."_s},
                                                {u"plc"_s, u"plc"_s},
                                                {u"bv"_s, u"BV"_s},
                                                {u"b.v."_s, u"B.V."_s},
                                                {u"nv"_s, u"NV"_s},
                                                {u"n.v."_s, u"N.V."_s},
                                                {u"bvba"_s, u"BVBA"_s},
                                                {u"sa"_s, u"SA"_s},
                                                {u"s.a."_s, u"S.A."_s},
                                                {u"sas"_s, u"SAS"_s},
                                                {u"s.a.s."_s, u"S.A.S."_s},
                                                {u"sarl"_s, u"SARL"_s},
                                                {u"eurl"_s, u"EURL"_s},
                                                {u"sl"_s, u"SL"_s},
                                                {u"s.l."_s, u"S.L."_s},
                                                {u"s.r.l."_s, u"S.r.l."_s},
                                                {u"spa"_s, u"SpA"_s},
                                                {u"s.p.a."_s, u"S.p.A."_s},
                                                {u"oy"_s, u"Oy"_s},
                                                {u"oyj"_s, u"Oyj"_s},
                                                {u"ab"_s, u"AB"_s},
                                                {u"asa"_s, u"ASA"_s},
                                                {u"aps"_s, u"ApS"_s},
                                                {u"a/s"_s, u"A/S"_s},
                                                {u"kft"_s, u"Kft"_s},
                                                {u"kft."_s, u"Kft."_s},
                                                {u"zrt"_s, u"Zrt"_s},
                                                {u"s.r.o."_s, u"s.r.o."_s},
                                                {u"a.s."_s, u"a.s."_s},
                                                {u"pty"_s, u"Pty"_s},
                                                {u"pte"_s, u"Pte"_s},
                                                {u"ltda"_s, u"Ltda"_s},
                                                {u"ltda."_s, u"Ltda."_s},
                                                {u"limited"_s, u"Limited"_s},
                                                {u"incorporated"_s, u"Incorporated"_s},
                                                {u"corporation"_s, u"Corporation"_s},
                                                {u"company"_s, u"Company"_s}};
    if (lower == "srl"_L1)
        return language == "it"_L1 ? u"Srl"_s : u"SRL"_s;
    if (lower == "as"_L1 && (language == "nb"_L1 || language == "no"_L1 || language == "et"_L1))
        return u"AS"_s;
    return forms.value(lower);
}

/// Words inside of a name that stay small.
bool isSmallWord(const QString &lower)
{
    static const QStringList words {u"and"_s,   u"of"_s, u"the"_s, u"for"_s, u"und"_s, u"et"_s,
                                    u"y"_s,     u"e"_s,  u"de"_s,  u"der"_s, u"die"_s, u"das"_s,
                                    u"des"_s,   u"du"_s, u"für"_s, u"van"_s, u"von"_s, u"del"_s,
                                    u"della"_s, u"en"_s, u"och"_s, u"og"_s};
    return words.contains(lower);
}

/// Other than "'s": what follows it may be large or small.
bool hasInnerApostrophe(const QString &word)
{
    const auto at = std::find_if(word.begin(), word.end(), &isApostrophe);
    return at != word.end() && word.end() - at > 2;
}

/// One name on its way.
class CompanyCase
{
public:
    CompanyCase(const QString &text, const QString &language)
        : m_language(language.left(2).toLower())
        , m_words(text.split(u' '))
    {
        const bool isTurkish = m_language == "tr"_L1 || m_language == "az"_L1;
        for (const QString &word : m_words)
            m_lower.append(lowerIn(word, isTurkish));
        m_body = m_lower.size();
        while (m_body > 1 && isOfLegalForm(m_lower[m_body - 1]))
            --m_body;
    }

    [[nodiscard]] bool hasLegalForm() const
    {
        return m_body < m_lower.size()
            && std::any_of(m_lower.begin() + m_body, m_lower.end(), [](const QString &word) {
                   static const QStringList families {u"sa"_s,  u"se"_s, u"as"_s, u"co"_s,
                                                      u"sl"_s,  u"ab"_s, u"oy"_s, u"asa"_s,
                                                      u"sas"_s, u"ag"_s, u"&"_s};
                   return !families.contains(bare(word));
               });
    }
    /// Null where it is doubtful.
    [[nodiscard]] std::optional<QString> made() const
    {
        QStringList result;
        for (qsizetype at = 0; at < m_lower.size(); ++at) {
            const auto word = at < m_body ? wordOf(at) : formOf(m_lower[at]);
            if (!word)
                return std::nullopt;
            result.append(*word);
        }
        return result.join(u' ');
    }

private:
    /// Without the comma before "Inc.".
    [[nodiscard]] static QString bare(const QString &word)
    {
        return word.endsWith(u',') ? word.chopped(1) : word;
    }
    [[nodiscard]] bool isOfLegalForm(const QString &lower) const
    {
        return lower == u'&' || !legalFormOf(bare(lower), m_language).isEmpty();
    }
    [[nodiscard]] std::optional<QString> formOf(const QString &lower) const
    {
        const QString word = bare(lower);
        return word == u'&' ? word : legalFormOf(word, m_language) + lower.mid(word.size());
    }
    [[nodiscard]] std::optional<QString> wordOf(qsizetype at) const;

    const QString m_language;
    const QStringList m_words;
    QStringList m_lower;
    qsizetype m_body = 0; // Words before the legal form.
};

std::optional<QString> CompanyCase::wordOf(qsizetype at) const
{
    const QString lower = bare(m_lower[at]);
    const QString comma = m_lower[at].mid(lower.size());
    if (lower == u'&' || lower == u'+' || lower == u'-')
        return m_lower[at];
    if (at > 0 && isSmallWord(lower))
        return m_lower[at];
    if (isAcronym(lower))
        return lower.toUpper() + comma;
    QStringList parts = lower.split(u'-');
    for (QString &part : parts) {
        const bool isWord = std::all_of(part.begin(), part.end(), [](QChar c) {
            return c.isLetter() || c.isMark() || isApostrophe(c);
        });
        const qsizetype least = parts.size() > 1 ? 3 : 4; // Letters; fewer may be an abbreviation.
        const bool isClear = part.size() >= least && hasVowel(part) && !isUnsureName(part)
            && !hasInnerApostrophe(part) && legalFormOf(part, m_language).isEmpty();
        if (!isWord || !(isClear || part == "the"_L1))
            return std::nullopt;
        part = part.startsWith("mc"_L1) && part.size() > 4
            ? u"Mc"_s + upperFirst(part.mid(2), m_language == "tr"_L1)
            : upperFirst(part, m_language == "tr"_L1);
    }
    return parts.join(u'-') + comma;
}

} // namespace

bool hasLegalForm(const QString &name)
{
    return CompanyCase(tidied(name), {}).hasLegalForm();
}

RepairedValue repairCompanyCase(const QString &text, const QString &language)
{
    const QString tidy = tidied(text);
    const NameLetters letters = lettersOf(tidy);
    if (letters == NameLetters::Mixed || letters == NameLetters::None)
        return tidy.isEmpty() ? RepairedValue::kept(text) : RepairedValue::made(text, tidy);
    const auto made = CompanyCase(tidy, language).made();
    return made ? RepairedValue::made(text, *made)
                : RepairedValue::doubtful(
                    text, RepairText::tr("A word of it may be an abbreviation or a brand."));
}

} // namespace hubkeeper
