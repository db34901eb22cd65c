// SPDX-License-Identifier: MIT
#include "session/workbench/findrecordduplicates.h"

#include "base/poolcall.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"

#include <QTimer>

#include <atomic>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t rowsAtOnce = 500; // Read and compared with each other's keys on the way.

struct ComparedProperty
{
    const char *name;
    MatchField field;
};

constexpr ComparedProperty contactProperties[] = {
    {"firstname", MatchField::FirstName}, {"lastname", MatchField::LastName},
    {"email", MatchField::Email},         {"hs_additional_emails", MatchField::Email},
    {"phone", MatchField::Phone},         {"mobilephone", MatchField::Phone},
    {"company", MatchField::Company},     {"jobtitle", MatchField::JobTitle},
    {"address", MatchField::Street},      {"city", MatchField::City},
    {"zip", MatchField::PostalCode},      {"state", MatchField::State},
    {"country", MatchField::Country},     {"date_of_birth", MatchField::Date},
};

constexpr ComparedProperty companyProperties[] = {
    {"name", MatchField::Company}, {"domain", MatchField::Domain},
    {"phone", MatchField::Phone},  {"address", MatchField::Street},
    {"city", MatchField::City},    {"zip", MatchField::PostalCode},
    {"state", MatchField::State},  {"country", MatchField::Country},
};

} // namespace

MatchColumns comparedProperties(ObjectType type, const QStringList &defined)
{
    MatchColumns columns;
    columns.kind = type == ObjectType::Companies ? MatchKind::Companies : MatchKind::People;
    const auto add = [&columns, &defined](const ComparedProperty &property) {
        const QString name = QLatin1StringView(property.name);
        if (!defined.contains(name))
            return;
        columns.headers.append(name);
        columns.fields.append(property.field);
    };
    if (type == ObjectType::Companies)
        std::for_each(std::begin(companyProperties), std::end(companyProperties), add);
    else
        std::for_each(std::begin(contactProperties), std::end(contactProperties), add);
    return columns;
}

FindRecordDuplicates::FindRecordDuplicates(Session &session, RecordSet &set,
                                           std::vector<qint64> rows, QString rules,
                                           double threshold, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_set(set)
    , m_rows(std::move(rows))
    , m_rulesText(std::move(rules))
{
    m_options.threshold = threshold;
    cancelWith(&m_set);
    then(session.definitions(set.type(), false, this),
         [this](const QList<PropertyDefinition> &definitions) {
             QStringList defined;
             for (const PropertyDefinition &definition : definitions)
                 defined.append(definition.name);
             begin(defined);
         });
}

void FindRecordDuplicates::begin(const QStringList &defined)
{
    m_outcome->columns = comparedProperties(m_set.type(), defined);
    const auto rules = MatchRules::parse(m_rulesText, m_outcome->columns);
    if (!rules)
        return complete(tl::unexpected(rules.error()));
    m_options.rules = *rules;
    m_records = std::make_shared<ComparableRecords>(m_outcome->columns);
    for (const QString &property : std::as_const(m_outcome->columns.headers)) {
        if (!m_set.properties().contains(property))
            m_missing.append(property);
    }
    readMore();
}

void FindRecordDuplicates::readMore()
{
    emit progressed(qint64(m_asked), qint64(m_rows.size()));
    if (m_asked == m_rows.size())
        return compare();
    const auto from = m_rows.begin() + qsizetype(m_asked);
    const size_t count = std::min(rowsAtOnce, m_rows.size() - m_asked);
    m_asked += count;
    then(m_set.read({from, from + qsizetype(count)}, this), [this](QList<Record> records) {
        records.removeIf([](const Record &record) { return record.archived; });
        readMissing(std::move(records));
    });
}

void FindRecordDuplicates::readMissing(QList<Record> records)
{
    if (m_missing.isEmpty() || records.isEmpty()) {
        add(records);
        return readMore();
    }
    const auto all = std::make_shared<QList<Record>>(std::move(records));
    const auto fresh = std::make_shared<QHash<QString, Record>>();
    m_waiting = 0;
    for (qsizetype at = 0; at < all->size(); at += mostBatchInputs) {
        QStringList ids;
        for (const Record &record : all->mid(at, mostBatchInputs))
            ids.append(record.id);
        ++m_waiting;
        then(m_session.portal().batchRead(m_set.type(), ids, m_missing, this),
             [this, all, fresh](const BatchReadOutcome &outcome) {
                 for (const Record &record : outcome.records)
                     fresh->insert(record.id, record);
                 if (--m_waiting > 0)
                     return;
                 for (Record &record : *all)
                     record.properties.insert(fresh->value(record.id).properties);
                 add(*all);
                 readMore();
             });
    }
}

void FindRecordDuplicates::add(const QList<Record> &records)
{
    const QStringList &headers = m_outcome->columns.headers;
    std::vector<std::string> texts(size_t(headers.size()));
    std::vector<std::string_view> cells(texts.size());
    for (const Record &record : records) {
        for (qsizetype i = 0; i < headers.size(); ++i) {
            texts[size_t(i)] = record.text(headers[i]).toStdString();
            cells[size_t(i)] = texts[size_t(i)];
        }
        m_records->add(cells);
        m_labels.append(labelOf(m_set.type(), record.properties, record.id));
        m_outcome->ids.append(record.id);
    }
}

void FindRecordDuplicates::compare()
{
    const auto hundredths = std::make_shared<std::atomic<int>>(0);
    auto *shown = new QTimer(this);
    connect(shown, &QTimer::timeout, this,
            unlessOver([this, hundredths] { emit progressed(hundredths->load(), 100); }));
    shown->start(std::chrono::milliseconds(100));
    DuplicateOptions options = m_options;
    options.progress = [hundredths](double part) { *hundredths = int(part * 100); };
    auto *work = new PoolCall<Duplicates>(
        [options, records = m_records](std::stop_token stop) mutable {
            records->freeze();
            options.stop = std::move(stop);
            return findDuplicates(*records, options);
        },
        this);
    then<Duplicates>(work, [this](const Duplicates &found) {
        m_outcome->records = m_records;
        m_outcome->found = found;
        for (const DuplicateGroup &group : found.groups)
            m_outcome->labels.insert(group.records.front(), m_labels.value(group.records.front()));
        complete(std::shared_ptr<const RecordDuplicates>(m_outcome));
    });
}

} // namespace hubkeeper
