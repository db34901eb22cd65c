// SPDX-License-Identifier: MIT
#include "session/workbench/repairrecords.h"

#include "base/poolcall.h"
#include "base/similarname.h"
#include "portal/batch.h"
#include "portal/samevalue.h"
#include "repair/recipe/recipecheck.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "session/sessiontext.h"
#include "session/workbench/readimport.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t recordsPerPortion = 500;

QList<OptionChoice> choicesOf(const PropertyDefinition &definition)
{
    QList<OptionChoice> choices;
    for (const PropertyOption &option : definition.options)
        choices.append({option.value, option.label});
    return choices;
}

Result<void> checkWritable(const QString &property, const DefinitionsByName &definitions)
{
    if (!definitions.contains(property)) {
        const auto near = mostSimilarName(property, definitions.keys());
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("The portal has no property \"%1\".").arg(property),
                    near ? SessionText::tr("Did you mean \"%1\"?").arg(*near) : QString());
    }
    if (definitions[property].readOnlyValue)
        return fail(
            ErrorKind::InvalidInput,
            SessionText::tr("HubSpot sets %1 itself; it cannot be repaired.").arg(property));
    return {};
}

DefinitionsByName definitionsByName(const QList<PropertyDefinition> &definitions)
{
    DefinitionsByName byName;
    for (const PropertyDefinition &definition : definitions)
        byName.insert(definition.name, definition);
    return byName;
}

} // namespace

Result<QStringList> repairedProperties(const RecordRepairRequest &request,
                                       const QStringList &columns,
                                       const QList<PropertyDefinition> &definitions)
{
    const DefinitionsByName byName = definitionsByName(definitions);
    QStringList properties = request.properties;
    if (request.recipe.isBetween())
        properties = request.recipe.to;
    const bool isChosen = !properties.isEmpty();
    for (const QString &column : columns) {
        const PropertyDefinition definition = byName.value(column);
        const bool isText = definition.type == "string"_L1 && !definition.readOnlyValue;
        const bool isMeant = request.recipe.properties.contains(column)
            || (request.recipe.properties.contains(u"*"_s) && isText);
        if (!isChosen && isMeant && byName.contains(column) && !definition.readOnlyValue)
            properties.append(column);
    }
    for (const QString &property : std::as_const(properties)) {
        if (const auto writable = checkWritable(property, byName); !writable)
            return tl::unexpected(writable.error());
    }
    for (const QString &property : request.recipe.from) {
        if (!byName.contains(property))
            return tl::unexpected(checkWritable(property, byName).error());
    }
    if (properties.isEmpty())
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("Nothing says which properties the recipe %1 is for.")
                        .arg(request.recipe.name),
                    SessionText::tr("Choose properties."));
    properties.removeDuplicates();
    return properties;
}

QStringList propertiesReadBy(const RecordRepairRequest &request, const QStringList &repaired,
                             ObjectType type)
{
    QStringList properties =
        repaired + request.recipe.from + request.recipe.to + labelProperties(type);
    properties.removeDuplicates();
    return properties;
}

/// What became of one use of the recipe.
struct RepairRecords::Portion
{
    struct Use
    {
        QString id;
        QList<qsizetype> columns;
        QStringList given;
        QStringList present;
        RepairedRow row;
    };
    std::vector<Use> uses;
    std::vector<RowChange> changes;
};

/// What is known before the first record: constant, for every thread.
class RepairRecords::Plan
{
public:
    Plan(const RecordRepairRequest &request, QStringList properties,
         const QList<PropertyDefinition> &definitions, ObjectType type)
        : m_request(request)
        , m_properties(std::move(properties))
        , m_definitions(definitionsByName(definitions))
        , m_type(type)
    {
    }

    [[nodiscard]] const QStringList &properties() const { return m_properties; }
    [[nodiscard]] Result<Portion> repaired(const QList<Record> &records,
                                           const QSet<QStringList> &staged,
                                           const std::stop_token &stop) const;

private:
    using Runners = std::vector<std::unique_ptr<RecipeRunner>>;

    [[nodiscard]] Result<Runners> runners() const;
    [[nodiscard]] RepairedRow judged(RepairedRow row, const Record &record,
                                     const QStringList &written,
                                     const QSet<QStringList> &staged) const;
    void repair(const Record &record, size_t at, RecipeRunner &runner,
                const QSet<QStringList> &staged, Portion &portion, RowChange &change) const;

    const RecordRepairRequest m_request;
    const QStringList m_properties;
    const DefinitionsByName m_definitions;
    const ObjectType m_type;
};

/// One for each property, because each has options of its own.
Result<RepairRecords::Plan::Runners> RepairRecords::Plan::runners() const
{
    Runners runners;
    const qsizetype count = m_request.recipe.isBetween() ? 1 : m_properties.size();
    for (qsizetype i = 0; i < count; ++i) {
        RepairSettings settings = m_request.settings;
        if (m_request.recipe.kind == RepairKind::Options && settings.options.isEmpty()) {
            settings.options = choicesOf(m_definitions.value(m_properties[i]));
            settings.isMultiple = m_definitions.value(m_properties[i]).isMultiValued();
        }
        auto runner = RecipeRunner::make(m_request.recipe, settings);
        if (!runner)
            return tl::unexpected(runner.error());
        runners.push_back(*std::move(runner));
    }
    return runners;
}

/// Doubtful, where the new value is one that HubSpot refuses or would go over a staged one.
RepairedRow RepairRecords::Plan::judged(RepairedRow row, const Record &record,
                                        const QStringList &written,
                                        const QSet<QStringList> &staged) const
{
    if (row.outcome != RepairedValue::Changed)
        return row;
    bool isSame = true;
    for (qsizetype i = 0; i < written.size(); ++i) {
        const QString &after = row.values[i];
        if (staged.contains({record.id, written[i]}))
            return {RepairedValue::Doubtful, {}, SessionText::tr("It has a staged change."), after};
        const QString refusal = refusalOf(m_definitions.value(written[i]), after);
        if (!refusal.isEmpty())
            return {RepairedValue::Doubtful, {}, refusal, after};
        isSame &= sameValue(m_definitions, written[i], record.text(written[i]), after);
    }
    return isSame ? RepairedRow() : row;
}

void RepairRecords::Plan::repair(const Record &record, size_t at, RecipeRunner &runner,
                                 const QSet<QStringList> &staged, Portion &portion,
                                 RowChange &change) const
{
    const bool isBetween = m_request.recipe.isBetween();
    const QStringList read =
        isBetween ? m_request.recipe.from : QStringList {m_properties[qsizetype(at)]};
    const QStringList written = isBetween ? m_request.recipe.to : read;
    Portion::Use use {record.id, {}, {}, {}, {}};
    for (const QString &property : read)
        use.given.append(record.text(property));
    for (qsizetype i = 0; i < written.size(); ++i) {
        use.present.append(record.text(written[i]));
        use.columns.append(isBetween ? i : qsizetype(at));
    }
    use.row = judged(runner.repaired(use.given, use.present), record, written, staged);
    for (qsizetype i = 0; i < use.row.values.size(); ++i) {
        if (use.present[i] != use.row.values[i])
            change.cells.insert(written[i], {use.present[i], use.row.values[i]});
    }
    portion.uses.push_back(std::move(use));
}

Result<RepairRecords::Portion> RepairRecords::Plan::repaired(const QList<Record> &records,
                                                             const QSet<QStringList> &staged,
                                                             const std::stop_token &stop) const
{
    const auto each = runners();
    if (!each)
        return tl::unexpected(each.error());
    Portion portion;
    for (const Record &record : records) {
        if (stop.stop_requested())
            break;
        if (record.archived)
            continue;
        RowChange change;
        change.type = m_type;
        change.id = record.id;
        change.label = labelOf(m_type, record.properties, record.id);
        change.basedOn = record.updatedAt;
        for (size_t i = 0; i < each->size(); ++i) {
            repair(record, i, *(*each)[i], staged, portion, change);
            if ((*each)[i]->fault())
                return tl::unexpected(*(*each)[i]->fault());
        }
        if (!change.cells.isEmpty())
            portion.changes.push_back(std::move(change));
    }
    return portion;
}

RepairRecords::RepairRecords(Session &session, RecordSet &set, RowOrder rows,
                             RecordRepairRequest request, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_set(set)
    , m_rows(std::move(rows))
    , m_request(std::move(request))
    , m_checked(std::make_shared<CheckedRepair>())
{
    cancelWith(&set);
    auto *check = new PoolCall<void>(
        [recipe = m_request.recipe](const std::stop_token &) { return checkRecipe(recipe); }, this);
    then(check, [this] {
        then(m_session.definitions(m_set.type(), false, this),
             [this](const QList<PropertyDefinition> &definitions) { begin(definitions); });
    });
}

RepairRecords::~RepairRecords() = default;

void RepairRecords::begin(const QList<PropertyDefinition> &definitions)
{
    const auto properties = repairedProperties(m_request, m_set.properties(), definitions);
    if (!properties)
        return complete(tl::unexpected(properties.error()));
    const QStringList read = propertiesReadBy(m_request, *properties, m_set.type());
    const bool hasAll = std::all_of(read.begin(), read.end(), [&](const QString &property) {
        const bool isNeeded =
            properties->contains(property) || m_request.recipe.from.contains(property);
        return !isNeeded || m_set.properties().contains(property);
    });
    if (!hasAll)
        m_anew = read;
    auto rows = RepairedRows::make(m_session.recordFolder());
    if (!rows)
        return complete(tl::unexpected(rows.error()));
    m_checked->rows = *rows;
    m_checked->properties = *properties;
    m_checked->counts = RepairCounts(*properties);
    m_checked->name = SessionText::tr("Repair: %1").arg(m_request.recipe.title);
    m_plan = std::make_shared<Plan>(m_request, *properties, definitions, m_set.type());
    readNext();
}

void RepairRecords::readNext()
{
    emit progressed(qint64(m_done), qint64(m_rows.size()));
    if (m_done >= m_rows.size())
        return complete(m_checked);
    const auto first = m_rows.begin() + qsizetype(m_done);
    const size_t count = std::min(recordsPerPortion, m_rows.size() - m_done);
    then(m_set.read({first, first + qsizetype(count)}, this), [this](const QList<Record> &records) {
        if (m_anew.isEmpty())
            repair(records);
        else
            readAnew(records);
    });
    m_done += count;
}

/// Whole records, so that all values of one are of the same moment.
void RepairRecords::readAnew(const QList<Record> &records)
{
    QStringList ids;
    for (const Record &record : records) {
        if (!record.archived)
            ids.append(record.id);
    }
    m_read.clear();
    for (qsizetype at = 0; at < ids.size(); at += mostBatchInputs) {
        ++m_waiting;
        then(m_session.portal().batchRead(m_set.type(), ids.mid(at, mostBatchInputs), m_anew, this),
             [this, records](const BatchReadOutcome &outcome) {
                 for (const Record &record : outcome.records)
                     m_read.insert(record.id, record);
                 if (--m_waiting == 0)
                     onAnew(records);
             });
    }
    if (ids.isEmpty())
        onAnew(records);
}

/// In the order of the rows; a record that another one was merged into counts where it is a row.
void RepairRecords::onAnew(const QList<Record> &records)
{
    QList<Record> found;
    for (const Record &record : records) {
        const auto read = m_read.constFind(record.id);
        if (read != m_read.constEnd())
            found.append(*read);
        else if (!record.archived)
            ++m_checked->gone;
    }
    m_read.clear();
    repair(found);
}

void RepairRecords::repair(const QList<Record> &records)
{
    m_checked->records += records.size();
    QSet<QStringList> staged;
    for (const Record &record : records) {
        const auto row = m_session.changes().contains(m_set.type(), record.id)
            ? m_session.changes().row(m_set.type(), record.id)
            : std::nullopt;
        for (auto cell = row ? row->cells.begin() : CellChanges::const_iterator();
             row && cell != row->cells.end(); ++cell)
            staged.insert({record.id, cell.key()});
    }
    auto *work = new PoolCall<Portion>(
        [plan = m_plan, records, staged, rows = m_checked->rows](const std::stop_token &stop) {
            return plan->repaired(records, staged, stop)
                .and_then([&rows](Portion portion) -> Result<Portion> {
                    if (const auto kept = rows->append(portion.changes); !kept)
                        return tl::unexpected(kept.error());
                    return portion;
                });
        },
        this);
    then(work, [this](const Portion &portion) { take(portion); });
}

void RepairRecords::take(const Portion &portion)
{
    for (const Portion::Use &use : portion.uses) {
        m_checked->counts.add(use.id, use.columns, use.given, use.present, use.row);
        if (m_request.doubtful && use.row.outcome == RepairedValue::Doubtful)
            m_request.doubtful({use.id, m_checked->properties[use.columns.first()],
                                use.given.join(u" | "_s), use.row.reason, use.row.suggestion});
    }
    readNext();
}

namespace {

/// Looks which changes are left, and then stages them.
class StageRepair final : public Call<AddedRows>
{
public:
    StageRepair(Session &session, std::shared_ptr<CheckedRepair> checked,
                const QList<RepairPair> &excluded, QObject *parent)
        : Call(parent)
    {
        auto *work =
            new PoolCall<void>([rows = checked->rows, excluded](
                                   const std::stop_token &) { return rows->exclude(excluded); },
                               this);
        then(work, [this, &session, checked] {
            const qint64 space = 2 * (checked->rows->bytes() + 200 * checked->rows->count());
            if (const auto refusal = refusalOfSpace(session.paths().data, space))
                return complete(tl::unexpected(*refusal));
            auto *add = session.changes().addFrom(checked->rows, checked->name, this);
            connect(add, &CallBase::progressed, this, &CallBase::progressed);
            then(add, [this](const AddedRows &added) { complete(added); });
        });
    }
};

} // namespace

Call<AddedRows> *stageRepair(Session &session, std::shared_ptr<CheckedRepair> checked,
                             const QList<RepairPair> &excluded, QObject *parent)
{
    return new StageRepair(session, std::move(checked), excluded, parent);
}

} // namespace hubkeeper
