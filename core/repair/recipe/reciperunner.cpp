// SPDX-License-Identifier: MIT
#include "repair/recipe/reciperunner.h"

#include "repair/recipe/recipekinds.h"
#include "repair/recipe/recipescript.h"
#include "repair/repairtext.h"
#include "repair/values/companycase.h"
#include "repair/values/domainname.h"
#include "repair/values/emailaddress.h"
#include "repair/values/namecase.h"
#include "repair/values/phonenumber.h"
#include "repair/values/spaces.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostSlowValues = 3;

/// An expression of a person, which may not look at a value for longer than a moment.
QRegularExpression boundedExpression(const QString &pattern, bool ignoresCase)
{
    QRegularExpression::PatternOptions options = QRegularExpression::UseUnicodePropertiesOption;
    options.setFlag(QRegularExpression::CaseInsensitiveOption, ignoresCase);
    return QRegularExpression(u"(*LIMIT_MATCH=1000000)"_s + pattern, options);
}

RepairedRow rowOf(const RepairedValue &value)
{
    RepairedRow row;
    row.outcome = value.outcome;
    if (value.outcome == RepairedValue::Changed)
        row.values = {value.value};
    row.reason = value.reason;
    row.suggestion = value.suggestion;
    return row;
}

RepairedRow doubtfulRow(const QString &reason, const QString &suggestion = {})
{
    return {RepairedValue::Doubtful, {}, reason, suggestion};
}

} // namespace

class RecipeRunner::Private
{
public:
    Private(const Recipe &recipe, RepairSettings settings)
        : m_recipe(recipe)
        , m_settings(std::move(settings))
        , m_options(m_settings.options, m_settings.isMultiple)
        , m_find(boundedExpression(recipe.options.value(u"find"_s),
                                   recipe.options.value(u"ignore-case"_s) == "yes"_L1))
        , m_match(boundedExpression(recipe.match.text, false))
    {
        if (recipe.kind == RepairKind::Script)
            m_script = std::make_unique<RecipeScript>(recipe, m_settings);
    }

    [[nodiscard]] bool isMatched(const QStringList &given);
    [[nodiscard]] RepairedRow made(const QStringList &given);
    [[nodiscard]] RepairedRow compared(RepairedRow row, const QStringList &present) const;
    [[nodiscard]] const Recipe &recipe() const { return m_recipe; }

    std::optional<Error> fault;
    int mostSlow = mostSlowValues;

private:
    [[nodiscard]] RepairedValue one(const QString &given);
    [[nodiscard]] RepairedValue replaced(const QString &given);
    void countSlow(const QString &what);

    const Recipe m_recipe;
    const RepairSettings m_settings;
    const OptionMatch m_options;
    const QRegularExpression m_find;
    const QRegularExpression m_match;
    std::unique_ptr<RecipeScript> m_script;
    int m_slow = 0;
};

void RecipeRunner::Private::countSlow(const QString &what)
{
    if (++m_slow >= mostSlow)
        fault = fail(ErrorKind::InvalidInput,
                     RepairText::tr("The recipe %1 was stopped: %2").arg(m_recipe.name, what))
                    .value();
}

bool RecipeRunner::Private::isMatched(const QStringList &given)
{
    const bool isEmpty = std::all_of(given.begin(), given.end(), [](const QString &value) {
        return QStringView(value).trimmed().isEmpty();
    });
    switch (m_recipe.match.kind) {
    case RecipeMatch::Any:
        return true;
    case RecipeMatch::Filled:
        return !isEmpty;
    case RecipeMatch::Empty:
        return isEmpty;
    case RecipeMatch::Text:
        return given.contains(m_recipe.match.text);
    case RecipeMatch::Expression:
        return std::any_of(given.begin(), given.end(), [this](const QString &value) {
            return m_match.match(value).hasMatch();
        });
    }
    Q_UNREACHABLE();
}

RepairedValue RecipeRunner::Private::replaced(const QString &given)
{
    const auto match = m_find.match(given);
    if (!match.isValid()) {
        const QString reason = RepairText::tr("The regular expression takes too long.");
        countSlow(reason);
        return RepairedValue::doubtful(given, reason);
    }
    if (!match.hasMatch())
        return RepairedValue::kept(given);
    QString made = given;
    return RepairedValue::made(given, made.replace(m_find, m_recipe.options.value(u"replace"_s)));
}

RepairedValue RecipeRunner::Private::one(const QString &given)
{
    switch (m_recipe.kind) {
    case RepairKind::Spaces:
        return RepairedValue::made(
            given, collapsedSpaces(given, m_recipe.options.value(u"lines"_s) == "join"_L1));
    case RepairKind::Invisible:
        return repairInvisible(given);
    case RepairKind::NameCase:
        return repairNameCase(given, m_settings.language);
    case RepairKind::CompanyCase:
        return repairCompanyCase(given, m_settings.language);
    case RepairKind::Phone:
        return repairPhone(given, m_settings.country);
    case RepairKind::Email:
        return repairEmail(given);
    case RepairKind::Domain:
        return domainFrom(given);
    case RepairKind::Options:
        return m_options.of(given);
    case RepairKind::Date:
        return repairDate(
            given, {m_settings.dates, m_settings.language, m_settings.country, m_settings.today});
    case RepairKind::Set:
        return RepairedValue::made(given, m_recipe.options.value(u"value"_s));
    case RepairKind::Clear:
        return RepairedValue::made(given, QString());
    case RepairKind::Copy:
        return RepairedValue::made({}, given);
    case RepairKind::Pattern:
        return replaced(given);
    case RepairKind::SplitName:
    case RepairKind::JoinName:
    case RepairKind::Script:
        break;
    }
    Q_UNREACHABLE();
}

RepairedRow RecipeRunner::Private::made(const QStringList &given)
{
    if (m_recipe.kind == RepairKind::SplitName)
        return splitName(given.value(0));
    if (m_recipe.kind == RepairKind::JoinName) {
        QStringList parts;
        for (const QString &part : given) {
            if (!part.trimmed().isEmpty())
                parts.append(part.trimmed());
        }
        if (parts.size() < given.size())
            return doubtfulRow(RepairText::tr("One of its parts is missing."));
        return rowOf(
            RepairedValue::made({}, parts.join(m_recipe.options.value(u"with"_s, u" "_s))));
    }
    if (m_recipe.kind == RepairKind::Script) {
        const ScriptRepair repair = m_script->repaired(given);
        if (repair.isOverBounds)
            countSlow(repair.row.reason);
        if (repair.fault)
            fault = repair.fault;
        return repair.row;
    }
    RepairedValue value = one(given.value(0));
    if (m_recipe.isBetween() && value.outcome == RepairedValue::Kept)
        value.outcome = RepairedValue::Changed; // It is right, and not yet there.
    return rowOf(value);
}

/// What was made of other properties, beside what those to be written have.
RepairedRow RecipeRunner::Private::compared(RepairedRow row, const QStringList &present) const
{
    bool isSame = true;
    bool isOther = false;
    for (qsizetype i = 0; i < row.values.size(); ++i) {
        const QString now = present.value(i);
        isSame &= now == row.values[i];
        isOther |= now != row.values[i] && !now.trimmed().isEmpty();
    }
    if (isSame)
        return {};
    if (isOther && !m_recipe.overwrites)
        return doubtfulRow(RepairText::tr("There is another value already."),
                           row.values.join(u" | "_s));
    return row;
}

RecipeRunner::RecipeRunner(std::unique_ptr<Private> parts)
    : d(std::move(parts))
{
}

RecipeRunner::~RecipeRunner() = default;

Result<std::unique_ptr<RecipeRunner>> RecipeRunner::make(const Recipe &recipe,
                                                         const RepairSettings &settings)
{
    auto own = settingsOf(recipe.options, {});
    if (!own)
        return tl::unexpected(own.error());
    if (!settings.country.isEmpty())
        own->country = settings.country;
    if (!settings.language.isEmpty())
        own->language = settings.language;
    if (settings.dates != DateHabits::Unknown)
        own->dates = settings.dates;
    if (!settings.options.isEmpty()) {
        own->options = settings.options;
        own->isMultiple = settings.isMultiple;
    }
    own->today = settings.today;
    if (!own->country.isEmpty() && !isPhoneCountry(own->country))
        return fail(ErrorKind::InvalidInput,
                    RepairText::tr("\"%1\" is not a country.").arg(own->country),
                    RepairText::tr("Use the two letters of ISO 3166: DE, GB, US."));
    return std::unique_ptr<RecipeRunner>(new RecipeRunner(std::make_unique<Private>(recipe, *own)));
}

RepairedRow RecipeRunner::repaired(const QStringList &given, const QStringList &present)
{
    if (!d->isMatched(given))
        return {};
    RepairedRow row = d->made(given);
    if (row.outcome != RepairedValue::Changed)
        return row;
    if (d->recipe().isBetween())
        return d->compared(std::move(row), present);
    return row.values == given ? RepairedRow() : row;
}

void RecipeRunner::setImpatient()
{
    d->mostSlow = 1;
}

const std::optional<Error> &RecipeRunner::fault() const
{
    return d->fault;
}

} // namespace hubkeeper
