// SPDX-License-Identifier: MIT
#include "repair/recipe/recipeparser.h"

#include "base/similarname.h"
#include "repair/recipe/recipekinds.h"
#include "repair/repairtext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int recipeVersion = 1;

/// Reads one recipe, line by line.
class RecipeReader
{
public:
    RecipeReader(const QString &text, QString where)
        : m_lines(text.split(u'\n'))
        , m_where(std::move(where))
    {
        for (QString &line : m_lines) {
            if (line.endsWith(u'\r'))
                line.chop(1);
        }
    }

    [[nodiscard]] Result<Recipe> read();

private:
    [[nodiscard]] tl::unexpected<Error> refusal(const QString &reason,
                                                const QString &remedy = {}) const
    {
        return fail(ErrorKind::InvalidInput,
                    RepairText::tr("%1, line %2: %3").arg(m_where).arg(m_at + 1).arg(reason),
                    remedy);
    }
    [[nodiscard]] static bool isIndented(const QString &line)
    {
        return line.startsWith(u' ') || line.startsWith(u'\t');
    }
    [[nodiscard]] static bool isBlank(const QString &line) { return line.trimmed().isEmpty(); }

    [[nodiscard]] Result<void> readVersion();
    [[nodiscard]] Result<void> readLine(const QString &line);
    [[nodiscard]] Result<void> take(const QString &word, const QString &value);
    [[nodiscard]] Result<void> takeMatch(const QString &value);
    [[nodiscard]] QString block();
    [[nodiscard]] Result<void> readExamples(const QString &heading);
    [[nodiscard]] Result<QMap<QString, QString>> exampleOptions(const QString &heading) const;
    [[nodiscard]] Result<RecipeExample> example(const QString &line) const;
    [[nodiscard]] Result<QStringList> cells(const QString &text, bool *wasQuoted) const;
    [[nodiscard]] Result<QString> quoted(const QString &text) const;
    [[nodiscard]] Result<void> checkWhole() const;

    QStringList m_lines;
    const QString m_where;
    qsizetype m_at = 0;
    QStringList m_seen;
    bool m_hasKind = false;
    Recipe m_recipe;
};

QStringList listIn(const QString &text)
{
    QStringList list;
    for (const QString &entry : text.split(u',', Qt::SkipEmptyParts)) {
        if (!entry.trimmed().isEmpty())
            list.append(entry.trimmed());
    }
    return list;
}

Result<void> RecipeReader::readVersion()
{
    while (m_at < m_lines.size() && (isBlank(m_lines[m_at]) || m_lines[m_at].startsWith(u'#')))
        ++m_at;
    static const QRegularExpression first(u"^hubkeeper-recipe\\s+(\\d{1,6})\\s*$"_s);
    const auto match = first.match(m_lines.value(m_at));
    if (!match.hasMatch())
        return refusal(RepairText::tr("It does not begin with \"hubkeeper-recipe 1\"."),
                       RepairText::tr("Write that in its first line, if it is a recipe."));
    if (match.captured(1).toInt() != recipeVersion)
        return refusal(RepairText::tr("The recipe has version %1; this program reads version %2.")
                           .arg(match.captured(1))
                           .arg(recipeVersion),
                       RepairText::tr("Use a newer Hubkeeper."));
    ++m_at;
    return {};
}

/// The indented lines that follow, without their common indent. Blank ones inside are of it.
QString RecipeReader::block()
{
    QStringList lines;
    while (m_at + 1 < m_lines.size()
           && (isIndented(m_lines[m_at + 1]) || isBlank(m_lines[m_at + 1])))
        lines.append(m_lines[++m_at]);
    qsizetype indent = -1;
    for (const QString &line : std::as_const(lines)) {
        const qsizetype own = line.size() - QStringView(line).trimmed().size();
        if (!isBlank(line)) {
            qsizetype leading = 0;
            while (leading < own && (line[leading] == u' ' || line[leading] == u'\t'))
                ++leading;
            indent = indent < 0 ? leading : std::min(indent, leading);
        }
    }
    for (QString &line : lines)
        line = isBlank(line) ? QString() : line.mid(std::max<qsizetype>(indent, 0));
    while (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines.join(u'\n');
}

Result<void> RecipeReader::readLine(const QString &line)
{
    if (isIndented(line))
        return refusal(RepairText::tr("An indented line needs a word with a colon before it."));
    static const QRegularExpression form(u"^([a-z][a-z-]*)([^:]*):(?:\\s+(.*))?$"_s);
    const auto match = form.match(line);
    if (!match.hasMatch())
        return refusal(RepairText::tr("It is not a word with a colon and a value."),
                       RepairText::tr("Begin comments with #."));
    const QString word = match.captured(1);
    const QString value = match.captured(3).trimmed();
    if (word == "examples"_L1)
        return readExamples(match.captured(2).trimmed() + value);
    if (!match.captured(2).isEmpty())
        return refusal(RepairText::tr("It is not a word with a colon and a value."));
    if (m_seen.contains(word))
        return refusal(RepairText::tr("\"%1\" is there twice.").arg(word));
    m_seen.append(word);
    if (word == "script"_L1) {
        if (!value.isEmpty())
            return refusal(RepairText::tr("A script is in indented lines below \"script:\"."));
        m_recipe.scriptLine = int(m_at) + 2;
        m_recipe.script = block();
        return {};
    }
    if (word == "about"_L1) {
        const QString more = block();
        m_recipe.about = value.isEmpty() ? more : more.isEmpty() ? value : value + u'\n' + more;
        return {};
    }
    return take(word, value);
}

Result<void> RecipeReader::take(const QString &word, const QString &value)
{
    static const QRegularExpression name(u"^[a-z0-9][a-z0-9-]{0,59}$"_s);
    const auto text = value.startsWith(u'"') ? quoted(value) : Result<QString>(value);
    if (!text)
        return tl::unexpected(text.error());
    if (word == "name"_L1) {
        m_recipe.name = *text;
        if (!name.match(*text).hasMatch())
            return refusal(RepairText::tr("A name has small letters, digits and hyphens only."));
    } else if (word == "title"_L1) {
        m_recipe.title = *text;
    } else if (word == "properties"_L1) {
        m_recipe.properties = listIn(value);
    } else if (word == "from"_L1) {
        m_recipe.from = listIn(value);
    } else if (word == "to"_L1) {
        m_recipe.to = listIn(value);
    } else if (word == "overwrite"_L1) {
        if (value != "yes"_L1 && value != "no"_L1)
            return refusal(RepairText::tr("\"%1\" takes yes or no.").arg(word));
        m_recipe.overwrites = value == "yes"_L1;
    } else if (word == "match"_L1) {
        return takeMatch(value);
    } else if (word == "repair"_L1) {
        const auto kind = repairKindFrom(value);
        if (!kind)
            return refusal(kind.error().what, kind.error().remedy);
        m_recipe.kind = *kind;
        m_hasKind = true;
    } else if (allRecipeOptions().contains(word)) {
        m_recipe.options.insert(word, *text);
    } else {
        const auto near =
            mostSimilarName(word,
                            allRecipeOptions()
                                + QStringList {u"name"_s, u"title"_s, u"about"_s, u"properties"_s,
                                               u"from"_s, u"to"_s, u"match"_s, u"repair"_s,
                                               u"overwrite"_s, u"script"_s, u"examples"_s});
        return refusal(RepairText::tr("\"%1\" is not a word of recipes.").arg(word),
                       near ? RepairText::tr("Did you mean \"%1\"?").arg(*near) : QString());
    }
    return {};
}

Result<void> RecipeReader::takeMatch(const QString &value)
{
    RecipeMatch &match = m_recipe.match;
    if (value == "any"_L1 || value == "filled"_L1 || value == "empty"_L1) {
        match.kind = value == "any"_L1 ? RecipeMatch::Any
            : value == "filled"_L1     ? RecipeMatch::Filled
                                       : RecipeMatch::Empty;
        return {};
    }
    if (value.size() > 2 && value.startsWith(u'/') && value.endsWith(u'/')) {
        match = {RecipeMatch::Expression, value.mid(1, value.size() - 2)};
        const QRegularExpression expression(match.text);
        if (!expression.isValid())
            return refusal(RepairText::tr("The regular expression is wrong: %1.")
                               .arg(expression.errorString()));
        return {};
    }
    if (value.startsWith(u'"')) {
        const auto text = quoted(value);
        if (!text)
            return tl::unexpected(text.error());
        match = {RecipeMatch::Text, *text};
        return {};
    }
    return refusal(
        RepairText::tr("\"match\" takes any, filled, empty, \"a text\" or /an expression/."));
}

/// A text in quotes with the escapes of JSON.
Result<QString> RecipeReader::quoted(const QString &text) const
{
    const QJsonDocument document = QJsonDocument::fromJson((u'[' + text + u']').toUtf8());
    const QJsonArray list = document.array();
    if (list.size() != 1 || !list[0].isString())
        return refusal(
            RepairText::tr("The text in quotes is not closed, or has wrong escapes: %1").arg(text),
            RepairText::tr("Write a quote inside it as \\\" and a backslash as \\\\."));
    return list[0].toString();
}

Result<QStringList> RecipeReader::cells(const QString &text, bool *wasQuoted) const
{
    QStringList result;
    static const QRegularExpression cell(
        u"\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^|\"][^|]*|)\\s*(?:\\||$)"_s);
    qsizetype at = 0;
    *wasQuoted = false;
    while (at <= text.size()) {
        const auto match = cell.match(text, at, QRegularExpression::NormalMatch,
                                      QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch())
            return refusal(
                RepairText::tr("The text in quotes is not closed, or has wrong escapes: %1")
                    .arg(text.mid(at)));
        const QString found = match.captured(1).trimmed();
        *wasQuoted |= found.startsWith(u'"');
        const auto value = found.startsWith(u'"') ? quoted(found) : Result<QString>(found);
        if (!value)
            return tl::unexpected(value.error());
        result.append(*value);
        at = match.capturedEnd();
        if (at >= text.size() && !match.captured().endsWith(u'|'))
            break;
    }
    return result;
}

Result<QMap<QString, QString>> RecipeReader::exampleOptions(const QString &heading) const
{
    QMap<QString, QString> options;
    if (heading.isEmpty())
        return options;
    if (!heading.startsWith("for "_L1))
        return refusal(RepairText::tr("Write \"examples:\" or \"examples for country DE:\"."));
    for (const QString &entry : listIn(heading.mid(4))) {
        const QString word = entry.section(u' ', 0, 0);
        if (!allRecipeOptions().contains(word))
            return refusal(RepairText::tr("\"%1\" is not a word of recipes.").arg(word));
        options.insert(word, entry.section(u' ', 1).trimmed());
    }
    return options;
}

Result<RecipeExample> RecipeReader::example(const QString &line) const
{
    const qsizetype arrow = line.indexOf("=>"_L1);
    if (arrow < 0)
        return refusal(RepairText::tr("An example is a value, \"=>\" and what becomes of it."));
    RecipeExample example;
    bool wasQuoted = false;
    const auto given = cells(line.left(arrow).trimmed(), &wasQuoted);
    if (!given)
        return tl::unexpected(given.error());
    example.given = *given;
    const auto wanted = cells(line.mid(arrow + 2).trimmed(), &wasQuoted);
    if (!wanted)
        return tl::unexpected(wanted.error());
    example.line = int(m_at) + 1;
    const QString word = wasQuoted ? QString() : wanted->join(QString());
    if (word == "kept"_L1)
        example.outcome = RepairedValue::Kept;
    else if (word == "doubtful"_L1)
        example.outcome = RepairedValue::Doubtful;
    else
        example.wanted = *wanted;
    return example;
}

Result<void> RecipeReader::readExamples(const QString &heading)
{
    const auto options = exampleOptions(heading);
    if (!options)
        return tl::unexpected(options.error());
    while (m_at + 1 < m_lines.size()
           && (isIndented(m_lines[m_at + 1]) || isBlank(m_lines[m_at + 1]))) {
        const QString line = m_lines[++m_at].trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        auto one = example(line);
        if (!one)
            return tl::unexpected(one.error());
        one->options = *options;
        m_recipe.examples.append(*one);
        if (m_recipe.examples.size() > mostExamples)
            return refusal(RepairText::tr("A recipe has at most %1 examples.").arg(mostExamples));
    }
    return {};
}

Result<void> RecipeReader::checkWhole() const
{
    if (m_recipe.name.isEmpty() || m_recipe.title.isEmpty() || !m_hasKind)
        return fail(
            ErrorKind::InvalidInput,
            RepairText::tr("%1: A recipe needs \"name\", \"title\" and \"repair\".").arg(m_where));
    if (const auto fits = checkOptions(m_recipe); !fits)
        return fail(ErrorKind::InvalidInput, m_where + u": "_s + fits.error().what,
                    fits.error().remedy);
    for (const RecipeExample &example : m_recipe.examples) {
        const qsizetype wanted = std::max<qsizetype>(1, m_recipe.to.size());
        const qsizetype given = std::max<qsizetype>(1, m_recipe.from.size());
        const bool isRight = example.given.size() == given
            && (example.outcome != RepairedValue::Changed || example.wanted.size() == wanted);
        if (!isRight)
            return fail(ErrorKind::InvalidInput,
                        RepairText::tr("%1, line %2: The example has another number of values than "
                                       "\"from\" and \"to\" name.")
                            .arg(m_where)
                            .arg(example.line),
                        RepairText::tr("Separate values with |."));
    }
    return {};
}

Result<Recipe> RecipeReader::read()
{
    if (const auto version = readVersion(); !version)
        return tl::unexpected(version.error());
    for (; m_at < m_lines.size(); ++m_at) {
        const QString &line = m_lines[m_at];
        if (isBlank(line) || line.startsWith(u'#'))
            continue;
        if (const auto taken = readLine(line); !taken)
            return tl::unexpected(taken.error());
    }
    if (const auto whole = checkWhole(); !whole)
        return tl::unexpected(whole.error());
    return std::move(m_recipe);
}

} // namespace

Result<Recipe> parseRecipe(const QByteArray &text, const QString &where)
{
    if (text.size() > largestRecipe)
        return fail(ErrorKind::InvalidInput,
                    RepairText::tr("%1 is larger than recipes are (%2 KB).")
                        .arg(where)
                        .arg(largestRecipe >> 10));
    const QByteArray plain = text.startsWith("\xEF\xBB\xBF") ? text.mid(3) : text;
    if (!QUtf8StringView(plain.constData(), plain.size()).isValidUtf8() || plain.contains('\0'))
        return fail(ErrorKind::InvalidInput, RepairText::tr("%1 is not text in UTF-8.").arg(where));
    return RecipeReader(QString::fromUtf8(plain), where).read();
}

} // namespace hubkeeper
