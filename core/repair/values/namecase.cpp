// SPDX-License-Identifier: MIT
#include "repair/values/namecase.h"

#include "repair/repairtext.h"
#include "repair/values/companycase.h"
#include "repair/values/nameletters.h"
#include "repair/values/namewords.h"
#include "repair/values/spaces.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// One name on its way.
class NameCase
{
public:
    NameCase(const QString &text, const QString &language)
        : m_language(language.left(2).toLower())
        , m_isBelgian(language.endsWith("BE"_L1, Qt::CaseInsensitive))
        , m_isTurkish(m_language == "tr"_L1 || m_language == "az"_L1 || hasTurkishLetters(text))
        , m_words(text.split(u' '))
        , m_letters(lettersOf(text))
    {
        for (const QString &word : std::as_const(m_words))
            m_lower.append(bare(lowerIn(word, m_isTurkish)));
    }

    [[nodiscard]] QString made()
    {
        QStringList result;
        for (m_at = 0; m_at < m_words.size(); ++m_at)
            result.append(wordOf(m_words[m_at]));
        return result.join(u' ').normalized(QString::NormalizationForm_C);
    }

    [[nodiscard]] const QString &doubt() const { return m_doubt; }
    /// "adidas AG", "Acme corporation".
    [[nodiscard]] bool isCompany() const
    {
        return m_lower.size() > 1
            && (isLastCompanyWord(m_lower.last())
                || std::any_of(m_lower.begin(), m_lower.end(), &isCompanyWord));
    }

private:
    [[nodiscard]] static bool hasTurkishLetters(const QString &text)
    {
        return text.contains(u'\u0130') || text.contains(u'\u0131') || text.contains(u'\u011E')
            || text.contains(u'\u011F');
    }

    /// Without what is around a word.
    [[nodiscard]] static QString bare(QString word)
    {
        static const QRegularExpression around(
            u"^[(\\[\"\u201C\u201E\u00AB]+|[)\\]\"\u201D\u00BB,;]+$"_s);
        return word.remove(around);
    }

    QString notName(const QString &word, const QString &reason)
    {
        if (m_doubt.isEmpty())
            m_doubt = reason;
        return word;
    }
    [[nodiscard]] QString doubtOf(const QString &word)
    {
        if (m_doubt.isEmpty())
            m_doubt = RepairText::tr("People write \"%1\" in several ways.").arg(word);
        return word;
    }

    [[nodiscard]] bool isFirst() const { return m_at == 0 || m_words[m_at - 1].endsWith(u','); }
    [[nodiscard]] bool isLast() const
    {
        return m_at + 1 == m_words.size() || m_words[m_at].endsWith(u',');
    }
    [[nodiscard]] QString next() const { return isLast() ? QString() : m_lower[m_at + 1]; }

    [[nodiscard]] QString wordOf(const QString &word);
    [[nodiscard]] QString amongOthers(const QString &word);
    [[nodiscard]] bool isBeforeCapitals() const;
    [[nodiscard]] QString withCased(const QString &word);
    [[nodiscard]] bool hasUnsureI(const QString &word) const;
    [[nodiscard]] QString cased(const QString &lower);
    [[nodiscard]] std::optional<QString> shortWord(const QString &lower);
    [[nodiscard]] std::optional<QString> initials(const QString &lower);
    [[nodiscard]] std::optional<QString> particle(const QString &lower);
    [[nodiscard]] QString firstParticle(const QString &lower);
    [[nodiscard]] QString innerParticle(const QString &lower);
    [[nodiscard]] QString hyphened(const QString &lower);
    [[nodiscard]] QString part(const QString &lower, bool isFirstPart);
    [[nodiscard]] std::optional<QString> elided(const QString &lower, bool isFirstPart);
    [[nodiscard]] QString large(const QString &lower) const
    {
        return upperFirst(lower, m_isTurkish);
    }
    [[nodiscard]] bool isIn(std::initializer_list<QLatin1StringView> languages) const
    {
        return std::find(languages.begin(), languages.end(), m_language) != languages.end();
    }

    const QString m_language;
    const bool m_isBelgian; // There "Van" is large or small by family.
    const bool m_isTurkish;
    const QStringList m_words;
    const NameLetters m_letters;
    QStringList m_lower; // Without what is around them.
    qsizetype m_at = 0;
    QString m_doubt;
};

QString NameCase::wordOf(const QString &word)
{
    if (m_letters == NameLetters::Mixed)
        return amongOthers(word);
    if (hasUnsureI(word))
        return notName(word, RepairText::tr("It does not say whether its I has a dot."));
    return withCased(word);
}

/// Whether "I" may be either letter: Turkish names typed with another keyboard, and names from
/// elsewhere. Vowels of one word go together, so that "DENIZ" has no \u0131.
bool NameCase::hasUnsureI(const QString &word) const
{
    if (!word.contains(u'I'))
        return false;
    static const QRegularExpression foreign(u"[EWQX\u00D6\u00DC\u0130]"_s);
    static const QRegularExpression own(u"[\u00C7\u011E\u015E]"_s);
    if (m_isTurkish)
        return word.contains(foreign) || (!word.contains(own) && !hasDotlessI(m_lower[m_at]));
    return word.contains(u'\u015E') && !isIn({"ro"_L1, "ku"_L1});
}

/// A word of a name that has both kinds of letters: what looks intended stays.
QString NameCase::amongOthers(const QString &word)
{
    static const QRegularExpression halfCased(
        u"^(\\p{Ll}\\p{Lu}{2,}|(Mc|Mac|O['\u2019])\\p{Lu}{3,})$"_s);
    const QString lower = m_lower[m_at];
    const NameLetters letters = lettersOf(word);
    if (word.startsWith("Mac"_L1) && halfCased.match(word).hasMatch())
        return word.first(4) + lower.mid(4); // As it says: "MacDONALD".
    if (halfCased.match(word).hasMatch())
        return part(lower, true);
    static const QRegularExpression slipped(
        u"\\p{Lu}{3}\\p{M}*\\p{Ll}|\\p{Lu}{2}\\p{Ll}$|\\p{Ll}\\p{Lu}{2}|^\\p{Lu}{2,}-\\p{Lu}\\p{Ll}"
        "|\\p{Ll}-\\p{Lu}{2,}$"_s);
    if (letters == NameLetters::Mixed && titleOf(lower).isEmpty() && slipped.match(word).hasMatch())
        return notName(word, RepairText::tr("Its capitals and small letters are mixed up."));
    if (letters == NameLetters::Lower) {
        static const QStringList small {u"la"_s,  u"le"_s, u"lo"_s,    u"las"_s, u"los"_s, u"al"_s,
                                        u"y"_s,   u"e"_s,  u"i"_s,     u"an"_s,  u"auf"_s, u"in"_s,
                                        u"ap"_s,  u"a"_s,  u"binti"_s, u"ben"_s, u"abu"_s, u"am"_s,
                                        u"and"_s, u"et"_s, u"ze"_s,    u"i."_s,  u"v."_s,  u"d."_s};
        const bool isShort = lower.size() < 2 || !titleOf(lower).isEmpty();
        if (isParticle(lower) || small.contains(lower) || isShort || lower.contains(u'.')
            || std::any_of(lower.begin(), lower.end(), &isApostrophe))
            return word;
        return upperFirst(word, m_isTurkish);
    }
    if (letters != NameLetters::Upper)
        return word;
    if (isBeforeCapitals()) // The family name in capitals, as in "José DA SILVA".
        return withCased(word);
    if (lower.size() < 3 || lower.contains(u'.'))
        return word;
    if (!titleOf(lower).isEmpty() || isRomanNumeral(lower))
        return word;
    if (lower.size() < 4 && !isParticle(lower))
        return doubtOf(word);
    return withCased(word);
}

/// Whether the next word has capitals alone, two letters of it at least.
bool NameCase::isBeforeCapitals() const
{
    return m_lower[m_at].size() > 1 && next().size() > 1
        && lettersOf(m_words[m_at + 1]) == NameLetters::Upper;
}

/// The word in its case, with what is around it.
QString NameCase::withCased(const QString &word)
{
    const QString &lower = m_lower[m_at];
    const QString whole = lowerIn(word, m_isTurkish);
    const qsizetype at = whole.indexOf(lower);
    return lower.isEmpty() ? word : whole.left(at) + cased(lower) + whole.mid(at + lower.size());
}

QString NameCase::cased(const QString &lower)
{
    const bool isAlone = m_words.size() == 1;
    static const QStringList conjunctions {u"and"_s, u"und"_s, u"et"_s, u"og"_s, u"och"_s, u"ja"_s};
    if (m_at > 0 && !isLast() && conjunctions.contains(lower))
        return notName(lower, RepairText::tr("It looks like the names of two people."));
    const bool isLastForm =
        m_at > 0 && isLast() && isLastCompanyWord(lower) && !isParticle(m_lower[m_at - 1]);
    if (!isAlone && (isCompanyWord(lower) || isLastForm))
        return notName(lower, RepairText::tr("It looks like the name of a company."));
    if ((isAcronym(lower) && (isAlone || lower.size() > 2)) || isPlaceholder(lower, isAlone))
        return notName(lower, RepairText::tr("It does not look like the name of a person."));
    static const QRegularExpression glued(u"\\p{L}\\.\\p{L}{2}"_s);
    if (glued.match(lower).hasMatch() && titleOf(lower).isEmpty())
        return notName(lower, RepairText::tr("It has a point where names have none."));
    if (const auto word = shortWord(lower))
        return *word;
    if (const auto word = particle(lower))
        return *word;
    return hyphened(lower);
}

/// Titles, numerals, initials.
std::optional<QString> NameCase::shortWord(const QString &lower)
{
    const QString title = titleOf(lower);
    if (lower == "md"_L1)
        return m_at == 0 ? u"Md"_s : u"MD"_s;
    if (!title.isEmpty() && (m_words.size() > 1 || lower.endsWith(u'.')))
        return title;
    const bool isNumeral = isRomanNumeral(lower) || lower == "vi"_L1 || lower == "xi"_L1;
    if (isNumeral && m_words.size() == 1)
        return doubtOf(m_words[m_at]);
    if (isRomanNumeral(lower) && isLast() && m_at > 0)
        return lower.toUpper();
    if (lower == "an"_L1 && m_at > 0 && !isLast()) {
        static const QStringList gaelic {u"mac"_s, u"nic"_s, u"mag"_s, u"mhic"_s, u"bean"_s};
        if (gaelic.contains(m_lower[m_at - 1]))
            return doubtOf(m_words[m_at]);
    }
    if ((lower == "vi"_L1 || lower == "xi"_L1) && isLast() && m_words.size() > 2
        && !isVietnameseFamily(m_lower.first()))
        return doubtOf(m_words[m_at]);
    return initials(lower);
}

std::optional<QString> NameCase::initials(const QString &lower)
{
    static const QRegularExpression dotted(u"^(\\p{L}\\.){1,5}\\p{L}?\\.?(-\\p{L}\\.)*$"_s);
    if (lower.size() == 1 && lower[0].isLetter()) {
        const bool isInside = m_at > 0 && !isLast();
        if (isInside && lower == "y"_L1 && (isIn({"es"_L1, "ca"_L1}) || m_words.size() > 3))
            return lower;
        if (isInside && lower == "y"_L1)
            return doubtOf(m_words[m_at]);
        if (isInside && lower == "e"_L1 && isIn({"pt"_L1, "it"_L1}))
            return lower;
        return lower.toUpper();
    }
    if (dotted.match(lower).hasMatch())
        return lower.toUpper();
    const bool isLatin = QChar::script(lower[0].unicode()) == QChar::Script_Latin;
    static const QRegularExpression lettersOnly(u"^\\p{L}+$"_s);
    if (!isLatin || !lettersOnly.match(lower).hasMatch())
        return std::nullopt;
    const bool hasJ = lower.size() == 2 && lower.endsWith(u'j') && lower != "oj"_L1;
    if (lower.size() == 2 && lower != "ng"_L1 && (hasJ || !hasVowel(lower))) {
        const bool isInitials =
            m_letters == NameLetters::Upper && isFirst() && !isLast() && lower != "mc"_L1;
        return isInitials ? lower.toUpper() : doubtOf(m_words[m_at]);
    }
    if (lower.size() > 2 && !hasVowel(lower)
        && !isIn({"cs"_L1, "sk"_L1, "hr"_L1, "sl"_L1, "sr"_L1, "bs"_L1}))
        return doubtOf(m_words[m_at]);
    return std::nullopt;
}

std::optional<QString> NameCase::particle(const QString &lower)
{
    if (lower.size() == 2 && isApostrophe(lower[0]) && lower[1] == u't')
        return lower;
    const QString following = next();
    if (lower == "in"_L1 && following.size() == 2 && isApostrophe(following[0])
        && following[1] == u't')
        return isFirst() && !isIn({"nl"_L1}) ? doubtOf(m_words[m_at]) : lower;
    if (lower == "ap"_L1 && !isFirst() && !isLast())
        return isIn({"cy"_L1}) ? lower : doubtOf(m_words[m_at]);
    const bool isArticle = lower == "la"_L1 || lower == "las"_L1 || lower == "los"_L1;
    if (!isParticle(lower) || isLast())
        return std::nullopt;
    if (isVietnameseFamily(m_lower.first()) && m_words.size() > 2 && m_at > 0)
        return large(lower);
    if (isArticle)
        return m_at > 0 && m_lower[m_at - 1] == "de"_L1 ? hasUnsureParticle(lower, next())
                ? doubtOf(m_words[m_at])
                : isIn({"fr"_L1}) ? large(lower)
                                  : lower
                                                        : large(lower);
    return isFirst() ? firstParticle(lower) : innerParticle(lower);
}

/// A particle that the value begins with, as a family name alone does.
QString NameCase::firstParticle(const QString &lower)
{
    const QString following = next();
    if (hasLargeParticle(lower, following) && !isIn({"nl"_L1}))
        return large(lower);
    if (lower == "el"_L1 || lower == "bin"_L1 || lower == "ibn"_L1)
        return large(lower);
    if (isUnsureParticle(lower))
        return isIn({"it"_L1}) ? large(lower) : doubtOf(m_words[m_at]);
    if (isIn({"it"_L1}) && (lower == "de"_L1 || lower == "del"_L1))
        return large(lower);
    static const QStringList german {u"von"_s, u"vom"_s, u"zu"_s, u"zum"_s, u"zur"_s};
    const bool isGerman = isIn({"de"_L1}) && german.contains(lower);
    const bool isDutch = isIn({"nl"_L1}) && lower != "do"_L1 && !m_isBelgian;
    const bool isRomance = isIn({"es"_L1, "pt"_L1, "fr"_L1}) && lower.startsWith(u'd');
    return isGerman || isDutch || isRomance ? lower : doubtOf(m_words[m_at]);
}

QString NameCase::innerParticle(const QString &lower)
{
    const QString following = next();
    if (hasLargeParticle(lower, following) && !isIn({"nl"_L1}))
        return large(lower);
    if (m_isBelgian)
        return doubtOf(m_words[m_at]);
    if (hasUnsureParticle(lower, following) && !isIn({"pt"_L1}))
        return doubtOf(m_words[m_at]);
    if (lower == "el"_L1)
        return isIn({"fr"_L1, "ar"_L1}) ? large(lower) : doubtOf(m_words[m_at]);
    if (isUnsureParticle(lower))
        return isIn({"it"_L1}) ? large(lower) : doubtOf(m_words[m_at]);
    if (isIn({"it"_L1}) && (lower == "de"_L1 || lower == "del"_L1))
        return large(lower);
    return lower;
}

QString NameCase::hyphened(const QString &lower)
{
    static const QRegularExpression hyphen(u"[-\u2010\u2011\u2013]"_s);
    const QStringList parts = lower.split(hyphen);
    if (parts.size() == 1)
        return part(lower, true);
    const bool isArticle = parts[0] == "al"_L1 || parts[0] == "el"_L1;
    QString result;
    qsizetype at = 0;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const bool isInside = i > 0 && i + 1 < parts.size();
        static const QStringList small {u"sur"_s, u"sous"_s, u"en"_s, u"la"_s,
                                        u"le"_s,  u"al"_s,   u"el"_s, u"ul"_s,
                                        u"ad"_s,  u"les"_s,  u"et"_s, u"l\u00E8s"_s};
        if (i == 0 && isArticle && !isFirst())
            result += isIn({"ar"_L1}) ? parts[i] : doubtOf(m_words[m_at]);
        else if (isInside && (isSmallParticle(parts[i]) || small.contains(parts[i])))
            result += parts[i];
        else
            result += part(parts[i], i == 0);
        at += parts[i].size();
        if (at < lower.size())
            result += lower[at];
        ++at;
    }
    return result;
}

std::optional<QString> NameCase::elided(const QString &lower, bool isFirstPart)
{
    const auto found =
        std::find_if(lower.begin() + (lower.isEmpty() ? 0 : 1), lower.end(), &isApostrophe);
    const qsizetype at = found - lower.begin();
    if (lower.isEmpty() || at + 1 >= lower.size())
        return std::nullopt;
    const QString before = lower.left(at);
    const QString after = lower.mid(at + 1);
    if (after.size() == 1) // "Tom's"
        return part(before, isFirstPart) + lower.mid(at);
    const bool isAlone = isFirst() && isFirstPart;
    if (before == "d"_L1 && isAlone && hasSmallElision(after) && !isIn({"fr"_L1}))
        return doubtOf(m_words[m_at]);
    if (before == "d"_L1 && (!isAlone || isIn({"fr"_L1}))) {
        const bool isSmall = hasSmallElision(after) || (isIn({"fr"_L1}) && !hasLargeElision(after));
        if (!isSmall && !hasLargeElision(after) && !isIn({"it"_L1, "en"_L1, "pt"_L1}))
            return doubtOf(m_words[m_at]);
        return (isSmall ? before : large(before)) + lower[at] + part(after, false);
    }
    if (before == "l"_L1 && m_at > 0 && m_lower[m_at - 1] == "de"_L1)
        return before + lower[at] + part(after, false);
    if (isElidedPrefix(before))
        return large(before) + lower[at] + part(after, false);
    if (before.size() == 1 && hasVowel(before))
        return doubtOf(m_words[m_at]);
    return large(before) + lower.mid(at);
}

/// A word, or what is between hyphens.
QString NameCase::part(const QString &lower, bool isFirstPart)
{
    if (const auto word = elided(lower, isFirstPart))
        return *word;
    if (isUnsureName(lower))
        return doubtOf(m_words[m_at]);
    if (lower.startsWith("mc"_L1) && lower.size() > 4)
        return u"Mc"_s + large(lower.mid(2));
    if (const QString mac = macNameOf(lower); !mac.isEmpty())
        return mac;
    const bool isDigraph = lower.size() > 3 && lower.startsWith("ij"_L1)
        && (isIn({"nl"_L1}) || !hasVowel(lower.mid(2, 1)));
    if (isDigraph && hasVowel(lower.mid(2, 1)))
        return doubtOf(m_words[m_at]);
    if (isDigraph) // "IJsbrand", but "Ijaz".
        return u"IJ"_s + lower.mid(2);
    return large(lower);
}

} // namespace

RepairedValue repairNameCase(const QString &text, const QString &language)
{
    const QString tidy = tidied(text);
    const NameLetters letters = lettersOf(tidy);
    if (letters == NameLetters::None)
        return tidy.isEmpty() ? RepairedValue::kept(text) : RepairedValue::made(text, tidy);
    static const QRegularExpression foreign(u"[@/\\\\\\d_<>{}|&+]"_s);
    if (letters != NameLetters::Mixed && hasLegalForm(tidy)) {
        const RepairedValue company = repairCompanyCase(text, language);
        return RepairedValue::doubtful(text, RepairText::tr("It looks like the name of a company."),
                                       company.outcome == RepairedValue::Changed ? company.value
                                                                                 : QString());
    }
    if (tidy.contains(foreign))
        return letters == NameLetters::Mixed
            ? RepairedValue::made(text, tidy)
            : RepairedValue::doubtful(text, RepairText::tr("It has signs that names do not have."));
    if (tidy.contains(QChar::ReplacementCharacter))
        return RepairedValue::doubtful(
            text, RepairText::tr("A character was lost before: it has a replacement character."));
    NameCase name(tidy, language);
    if (letters == NameLetters::Mixed && name.isCompany()) // Written as the company wants it.
        return RepairedValue::made(text, tidy);
    const QString made = name.made();
    if (!name.doubt().isEmpty())
        return RepairedValue::doubtful(text, name.doubt());
    return RepairedValue::made(text, made);
}

} // namespace hubkeeper
