// SPDX-License-Identifier: MIT
#include "workbench/repairs/repairchoices.h"

#include "records/values/propertynames.h"
#include "repair/recipe/recipekinds.h"
#include "repair/recipe/shippedrecipes.h"
#include "repair/values/phonenumber.h"
#include "widgets/wrappedlabel.h"
#include "workbench/subject/subjectchoices.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RepairChoices::RepairChoices(const PropertyNames &names, const RecordsSubject &subject,
                             QWidget *parent)
    : QWidget(parent)
    , m_names(names)
    , m_columns(subject.set->properties())
    , m_recipes(shippedRecipes())
    , m_recipe(new QComboBox(this))
    , m_open(new QPushButton(tr("&Open Recipe…"), this))
    , m_about(new WrappedLabel(this))
    , m_extent(new ExtentBox(subject, this))
    , m_properties(new PropertyChecklist(6, this))
    , m_country(new QLineEdit(this))
    , m_language(new QLineEdit(this))
    , m_dates(new QComboBox(this))
{
    for (const Recipe &recipe : std::as_const(m_recipes))
        m_words.append(recipe.name);
    for (const PropertyDefinition &definition : names.definitions()) {
        if (!definition.readOnlyValue && !m_columns.contains(definition.name))
            m_others.append(definition.name);
    }
    std::sort(m_others.begin(), m_others.end(), [&](const QString &a, const QString &b) {
        return names.label(a).localeAwareCompare(names.label(b)) < 0;
    });
    build();
    showRecipe();
    connect(m_recipe, &QComboBox::currentIndexChanged, this, [this] {
        showRecipe();
        emit changed();
    });
    connect(m_open, &QPushButton::clicked, this, &RepairChoices::recipeFileWanted);
    connect(m_extent, &QComboBox::currentIndexChanged, this, &RepairChoices::changed);
    connect(m_properties, &QListWidget::itemChanged, this, &RepairChoices::changed);
    connect(m_country, &QLineEdit::textChanged, this, &RepairChoices::changed);
    connect(m_language, &QLineEdit::textChanged, this, &RepairChoices::changed);
    connect(m_dates, &QComboBox::currentIndexChanged, this, &RepairChoices::changed);
}

void RepairChoices::build()
{
    m_recipe->setObjectName(u"repairRecipe"_s);
    m_open->setObjectName(u"repairOpenRecipe"_s);
    m_about->setObjectName(u"repairAbout"_s);
    m_extent->setObjectName(u"repairExtent"_s);
    m_properties->setObjectName(u"repairProperties"_s);
    m_country->setObjectName(u"repairCountry"_s);
    m_language->setObjectName(u"repairLanguage"_s);
    m_dates->setObjectName(u"repairDates"_s);
    for (const Recipe &recipe : std::as_const(m_recipes))
        m_recipe->addItem(recipe.title);
    m_recipe->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_recipe->setMinimumContentsLength(30);
    m_country->setPlaceholderText(tr("such as DE"));
    m_country->setMaxLength(2);
    m_language->setPlaceholderText(tr("such as en-GB"));
    m_language->setMaxLength(12);
    m_dates->addItem(tr("Leave 5/11/2026"), QString());
    m_dates->addItem(tr("Day, month, year"), u"dmy"_s);
    m_dates->addItem(tr("Month, day, year"), u"mdy"_s);
    m_properties->setAccessibleName(tr("Properties to repair"));
    layOut();
}

void RepairChoices::layOut()
{
    const auto labelled = [this](QBoxLayout &line, const QString &text, QWidget *field) {
        auto *caption = new QLabel(text, this);
        caption->setBuddy(field);
        line.addWidget(caption);
        line.addWidget(field, 1);
    };
    auto *recipe = new QHBoxLayout;
    labelled(*recipe, tr("&Recipe:"), m_recipe);
    recipe->addWidget(m_open);
    auto *records = new QHBoxLayout;
    labelled(*records, tr("R&ecords:"), m_extent);
    auto *settings = new QHBoxLayout;
    labelled(*settings, tr("Co&untry:"), m_country);
    labelled(*settings, tr("&Language:"), m_language);
    labelled(*settings, tr("&Dates:"), m_dates);
    auto *left = new QVBoxLayout;
    left->addLayout(records);
    left->addLayout(settings);
    left->addStretch();
    auto *right = new QVBoxLayout;
    labelled(*right, tr("&Properties:"), m_properties);
    auto *row = new QHBoxLayout;
    row->addLayout(left, 3);
    row->addLayout(right, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(recipe);
    layout->addWidget(m_about);
    layout->addLayout(row);
}

/// Offers the properties that it may be for, with a tick at those it names.
void RepairChoices::showRecipe()
{
    const QSignalBlocker quiet(m_properties);
    m_properties->clear();
    const Recipe recipe = m_recipes.value(m_recipe->currentIndex());
    m_about->setText(QString(recipe.about).replace(u'\n', u' '));
    if (recipe.isBetween()) {
        for (const QString &property : recipe.from + recipe.to) {
            auto *item = new QListWidgetItem(m_names.label(property), m_properties);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
            item->setToolTip(property);
        }
        return;
    }
    for (const bool areMeant : {true, false}) { // Those with a tick first.
        for (const QString &column : m_columns) {
            if (isMeant(recipe, column, true) == areMeant && !m_names.isReadOnly(column))
                offer(column, true, areMeant);
        }
        for (const QString &property : std::as_const(m_others)) {
            if (isMeant(recipe, property, false) == areMeant)
                offer(property, false, areMeant);
        }
    }
}

/// Whether the recipe is for the property unless somebody says otherwise.
bool RepairChoices::isMeant(const Recipe &recipe, const QString &property, bool isColumn) const
{
    const PropertyDefinition *definition = m_names.definition(property);
    const bool isText = definition && definition->type == "string"_L1;
    return recipe.properties.contains(property)
        || (isColumn && isText && recipe.properties.contains(u"*"_s)
            && recipe.kind != RepairKind::Clear);
}

void RepairChoices::offer(const QString &property, bool isColumn, bool isTicked)
{
    const QString label = m_names.label(property);
    //: The label of a property that is read from HubSpot for the repair.
    m_properties->add(property, isColumn ? label : tr("%1 (not a column)").arg(label), isTicked);
}

Result<RecordRepairRequest> RepairChoices::request() const
{
    RecordRepairRequest request;
    request.recipe = m_recipes.value(m_recipe->currentIndex());
    request.settings.country = m_country->text().trimmed().toUpper();
    if (!request.settings.country.isEmpty() && !isPhoneCountry(request.settings.country))
        return fail(ErrorKind::InvalidInput,
                    tr("“%1” is not a country.").arg(request.settings.country),
                    tr("Use the two letters of ISO 3166: DE, GB, US."));
    request.settings.language = m_language->text().trimmed();
    if (!request.settings.language.isEmpty() && !isLanguageCode(request.settings.language))
        return tl::unexpected(wrongLanguage(request.settings.language));
    const QString dates = m_dates->currentData().toString();
    request.settings.dates = dates == "dmy"_L1 ? DateHabits::DayMonthYear
        : dates == "mdy"_L1                    ? DateHabits::MonthDayYear
                                               : DateHabits::Unknown;
    if (request.recipe.isBetween())
        return request;
    request.properties = m_properties->ticked();
    if (request.properties.isEmpty())
        return fail(ErrorKind::InvalidInput, tr("No property is chosen."),
                    tr("Tick those that the recipe is to repair."));
    return request;
}

RecordsSubject::Extent RepairChoices::extent() const
{
    return m_extent->extent();
}

void RepairChoices::addRecipe(const Recipe &recipe, const QString &path)
{
    m_recipes.append(recipe);
    m_words.append(path);
    m_recipe->addItem(recipe.title);
    m_recipe->setCurrentIndex(m_recipe->count() - 1);
}

void RepairChoices::choose(const QString &recipe, const QStringList &properties)
{
    m_recipe->setCurrentIndex(std::max(0, int(m_words.indexOf(recipe))));
    m_extent->setExtent(RecordsSubject::Selected);
    m_properties->tickOnly(properties);
}

QString RepairChoices::recipeWord() const
{
    return m_words.value(m_recipe->currentIndex());
}

void RepairChoices::setHabits(const RepairHabits &habits)
{
    m_country->setText(habits.country);
    m_language->setText(habits.language);
    m_dates->setCurrentIndex(std::max(0, m_dates->findData(habits.dates)));
}

RepairHabits RepairChoices::habits() const
{
    return {m_country->text().trimmed().toUpper(), m_language->text().trimmed(),
            m_dates->currentData().toString()};
}

void RepairChoices::setBusy(bool isBusy)
{
    setEnabled(!isBusy);
}

} // namespace hubkeeper
