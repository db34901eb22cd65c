// SPDX-License-Identifier: MIT
#include "repair/recipe/recipekinds.h"

#include "base/similarname.h"
#include "repair/repairtext.h"
#include "repair/values/phonenumber.h"

#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// What a kind of repair has beside what all have.
struct KindFacts
{
    RepairKind kind;
    const char16_t *name;
    QStringList options; ///< It may have.
    QString needed; ///< It must have; empty: none.
    int from = 0; ///< Properties it reads; 0: each by itself, or one.
    int to = 0; ///< And writes; 0: the same.
};

const QList<KindFacts> &kindFacts()
{
    static const QList<KindFacts> facts {
        {RepairKind::Spaces, u"spaces", {u"lines"_s}, {}},
        {RepairKind::Invisible, u"invisible", {}, {}},
        {RepairKind::NameCase, u"name-case", {u"language"_s}, {}},
        {RepairKind::CompanyCase, u"company-case", {u"language"_s}, {}},
        {RepairKind::Phone, u"phone", {u"country"_s}, {}},
        {RepairKind::Email, u"email", {}, {}},
        {RepairKind::Domain, u"domain", {}, {}},
        {RepairKind::Options, u"options", {u"options"_s, u"multiple"_s}, {}},
        {RepairKind::Date, u"date", {u"dates"_s, u"language"_s, u"country"_s}, {}},
        {RepairKind::SplitName, u"split-name", {}, {}, 1, 2},
        {RepairKind::JoinName, u"join-name", {u"with"_s}, {}, 2, 1},
        {RepairKind::Set, u"set", {u"value"_s}, u"value"_s},
        {RepairKind::Clear, u"clear", {}, {}},
        {RepairKind::Copy, u"copy", {}, {}, 1, 1},
        {RepairKind::Pattern, u"regex", {u"find"_s, u"replace"_s, u"ignore-case"_s}, u"find"_s},
        {RepairKind::Script, u"javascript", {u"language"_s, u"country"_s}, {}}};
    return facts;
}

const KindFacts &factsOf(RepairKind kind)
{
    return *std::find_if(kindFacts().begin(), kindFacts().end(),
                         [kind](const KindFacts &facts) { return facts.kind == kind; });
}

tl::unexpected<Error> unfit(const QString &reason, const QString &remedy = {})
{
    return fail(ErrorKind::InvalidInput, reason, remedy);
}

Result<void> checkProperties(const Recipe &recipe, const KindFacts &facts)
{
    if (facts.from > 1 || facts.to > 1 || facts.kind == RepairKind::Copy) {
        if (recipe.from.size() != facts.from || recipe.to.size() != facts.to)
            return unfit(RepairText::tr("\"repair: %1\" needs \"from\" with %2 and \"to\" with %3 "
                                        "properties.")
                             .arg(QString::fromUtf16(facts.name))
                             .arg(facts.from)
                             .arg(facts.to));
    } else if (recipe.from.isEmpty() != recipe.to.isEmpty()
               || (recipe.to.size() > 1 && recipe.kind != RepairKind::Script)
               || (recipe.from.size() > 1 && recipe.kind != RepairKind::Script)) {
        return unfit(RepairText::tr("\"from\" and \"to\" need one property each."));
    }
    for (const QString &property : recipe.to) {
        if (recipe.to.count(property) > 1)
            return unfit(RepairText::tr("\"%1\" is there twice.").arg(property));
        if (recipe.from.contains(property) && recipe.to.size() != recipe.from.size())
            return unfit(RepairText::tr("\"%1\" is both read and written.").arg(property));
    }
    return {};
}

Result<void> checkExpression(const Recipe &recipe)
{
    const QRegularExpression expression(recipe.options.value(u"find"_s));
    if (!expression.isValid())
        return unfit(
            RepairText::tr("The regular expression is wrong: %1.").arg(expression.errorString()));
    if (expression.pattern().isEmpty())
        return unfit(RepairText::tr("\"find\" needs a regular expression."));
    return {};
}

bool isYes(const QString &text)
{
    return text == "yes"_L1;
}

} // namespace

QString nameOf(RepairKind kind)
{
    return QString::fromUtf16(factsOf(kind).name);
}

Result<RepairKind> repairKindFrom(const QString &name)
{
    QStringList names;
    for (const KindFacts &facts : kindFacts()) {
        names.append(QString::fromUtf16(facts.name));
        if (names.last() == name)
            return facts.kind;
    }
    const auto near = mostSimilarName(name, names);
    return unfit(RepairText::tr("\"%1\" is not a repair.").arg(name),
                 near ? RepairText::tr("Did you mean \"%1\"?").arg(*near)
                      : RepairText::tr("There are %1.").arg(names.join(u", "_s)));
}

const QStringList &allRecipeOptions()
{
    static const QStringList options = [] {
        QStringList list;
        for (const KindFacts &facts : kindFacts())
            list += facts.options;
        list.removeDuplicates();
        return list;
    }();
    return options;
}

Result<void> checkOptions(const Recipe &recipe)
{
    const KindFacts &facts = factsOf(recipe.kind);
    const QString name = QString::fromUtf16(facts.name);
    for (const QString &option : recipe.options.keys()) {
        if (!facts.options.contains(option))
            return unfit(RepairText::tr("\"repair: %1\" does not have \"%2\".").arg(name, option));
    }
    if (!facts.needed.isEmpty() && !recipe.options.contains(facts.needed))
        return unfit(RepairText::tr("\"repair: %1\" needs \"%2\".").arg(name, facts.needed));
    if (recipe.kind == RepairKind::Script ? recipe.script.trimmed().isEmpty()
                                          : !recipe.script.isEmpty())
        return unfit(
            recipe.script.isEmpty()
                ? RepairText::tr("\"repair: %1\" needs \"%2\".").arg(name, u"script"_s)
                : RepairText::tr("\"repair: %1\" does not have \"%2\".").arg(name, u"script"_s));
    if (recipe.kind == RepairKind::Pattern) {
        if (const auto right = checkExpression(recipe); !right)
            return right;
    }
    if (const auto settings = settingsOf(recipe.options, {}); !settings)
        return tl::unexpected(settings.error());
    return checkProperties(recipe, facts);
}

bool isLanguageCode(const QString &text)
{
    static const QRegularExpression form(u"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"_s);
    static const QRegularExpression rest(u"[-_].*$"_s);
    return form.match(text).hasMatch()
        && QLocale::codeToLanguage(QString(text).remove(rest)) != QLocale::AnyLanguage;
}

Error wrongLanguage(const QString &text)
{
    return unfit(RepairText::tr("\"%1\" is not the code of a language.").arg(text),
                 RepairText::tr("Use the two letters of ISO 639, with a country where it matters: "
                                "de, nl-BE, tr."))
        .value();
}

Result<RepairSettings> settingsOf(const QMap<QString, QString> &options, RepairSettings settings)
{
    for (auto option = options.begin(); option != options.end(); ++option) {
        const QString &name = option.key();
        const QString &value = option.value();
        const bool isFlag = name == "multiple"_L1 || name == "ignore-case"_L1;
        if (isFlag && value != "yes"_L1 && value != "no"_L1)
            return unfit(RepairText::tr("\"%1\" takes yes or no.").arg(name));
        if (name == "lines"_L1 && value != "keep"_L1 && value != "join"_L1)
            return unfit(RepairText::tr("\"%1\" takes keep or join.").arg(name));
        if (name == "country"_L1) {
            if (!value.isEmpty() && !isPhoneCountry(value))
                return unfit(RepairText::tr("\"%1\" is not a country.").arg(value),
                             RepairText::tr("Use the two letters of ISO 3166: DE, GB, US."));
            settings.country = value.toUpper();
        } else if (name == "language"_L1) {
            if (!value.isEmpty() && !isLanguageCode(value))
                return tl::unexpected(wrongLanguage(value));
            settings.language = value;
        } else if (name == "multiple"_L1) {
            settings.isMultiple = isYes(value);
        } else if (name == "dates"_L1) {
            const auto order = dateOrderFrom(value);
            if (!order)
                return tl::unexpected(order.error());
            settings.dates = *order;
        } else if (name == "options"_L1) {
            const auto choices = optionsFromText(value);
            if (!choices)
                return tl::unexpected(choices.error());
            settings.options = *choices;
        }
    }
    return settings;
}

} // namespace hubkeeper
