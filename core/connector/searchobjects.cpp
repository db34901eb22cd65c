// SPDX-License-Identifier: MIT
#include "connector/searchobjects.h"

#include "connector/connectortext.h"
#include "portal/jsontext.h"
#include "portal/samevalue.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const QString idField = u"_id"_s;

bool isIdField(const QString &field)
{
    return field == idField || field.compare("__UID__"_L1, Qt::CaseInsensitive) == 0;
}

QString describe(const ObjectClassInfo &info, const CrestFilter &filter,
                 const SearchOptions &options)
{
    QString text = info.name() + u'\n' + filter.toString();
    for (const SortKey &key : options.sortKeys)
        text += (key.ascending ? u"\n+"_s : u"\n-"_s) + key.field.toLower();
    return text;
}

} // namespace

SearchObjects::SearchObjects(ConnectorContext &context, ObjectClass objectClass, CrestFilter filter,
                             SearchOptions options, QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_class(objectClass)
    , m_filter(std::move(filter))
    , m_options(std::move(options))
{
    cancelWith(m_context.lifetime());
    then(m_context.schema(this), [this](const Schema &schema) { onSchema(schema); });
}

void SearchObjects::onSchema(const Schema &schema)
{
    m_info = schema.of(m_class);
    auto prepared = prepareFilter(m_filter, [this](const QString &field) {
        return isIdField(field) || m_info.find(field) != nullptr;
    });
    if (!prepared)
        return complete(tl::unexpected(prepared.error()));
    for (const QString &field : fieldsOf(m_filter)) {
        if (!isIdField(field) && !m_info.find(field))
            m_result.warnings.append(
                ConnectorText::tr("%1 has no attribute “%2”, so no object has a value of it.")
                    .arg(m_info.name(), field.left(80)));
    }
    m_filter = std::move(*prepared);
    if (const auto refused = refusal())
        return complete(tl::unexpected(*refused));

    m_key = describe(m_info, m_filter, m_options);
    if (!m_options.cookie.isEmpty()) {
        const auto start = pageCookieFrom(m_options.cookie, m_key);
        if (!start)
            return complete(tl::unexpected(start.error()));
        m_start = *start;
    }
    m_wanted = wantedAttributes(m_info, m_options.fields);
    QStringList names = fieldsOf(m_filter);
    for (const SortKey &key : m_options.sortKeys)
        names.append(key.field);
    for (const AttributeInfo &info : m_wanted)
        names.append(info.name);
    names.append(idField); // An empty list would mean the default attributes.
    m_needed = wantedAttributes(m_info, names);
    loadDefinitions();
}

std::optional<Error> SearchObjects::refusal() const
{
    if (m_options.pageSize < 0 || m_options.offset < 0)
        return fail(ErrorKind::InvalidInput,
                    ConnectorText::tr("Page size and offset cannot be negative."))
            .value();
    if (!m_options.cookie.isEmpty() && m_options.offset > 0)
        return fail(ErrorKind::InvalidInput,
                    ConnectorText::tr("A paging cookie and an offset exclude each other."))
            .value();
    for (const SortKey &key : m_options.sortKeys) {
        const AttributeInfo *info = m_info.find(key.field);
        if (!isIdField(key.field) && (!info || info->isMultiValued()))
            return fail(ErrorKind::InvalidInput,
                        ConnectorText::tr("Objects of type %1 cannot be sorted by “%2”.")
                            .arg(m_info.name(), key.field.left(80)))
                .value();
    }
    return std::nullopt;
}

void SearchObjects::loadDefinitions()
{
    const bool needed = recordTypeOf(m_class) && (!fieldsOf(m_filter).isEmpty() || isSorted());
    if (!needed)
        return loadAccount();
    then(m_context.definitions(*recordTypeOf(m_class), this),
         [this](const QList<PropertyDefinition> &definitions) {
             for (const PropertyDefinition &definition : definitions)
                 m_definitions.insert(definition.name, definition);
             loadAccount();
         });
}

void SearchObjects::loadAccount()
{
    then(m_context.accountFor(m_needed, this), [this](const AccountDetails &account) {
        m_account = account;
        run();
    });
}

/// A literal that is not of the attribute's kind would make every comparison false, which looks as
/// if there were nothing.
std::optional<Error> SearchObjects::faultOfLiterals(const CrestFilter &filter) const
{
    for (const CrestFilter &operand : filter.operands) {
        if (auto fault = faultOfLiterals(operand))
            return fault;
    }
    static const QStringList compares {u"eq"_s, u"lt"_s, u"le"_s, u"gt"_s, u"ge"_s};
    const QString literal = textOf(filter.value);
    if (filter.kind != CrestFilter::Compare || !compares.contains(filter.op) || literal.isEmpty())
        return std::nullopt;
    const QString field = filter.pointer.constFirst();
    const ValueKind kind = fieldValue({}, field).kind;
    const auto wrong = [&](const QString &what, const QString &remedy) {
        return std::optional(fail(ErrorKind::InvalidInput,
                                  ConnectorText::tr("%1 is compared with “%2”, which is not %3.")
                                      .arg(field, literal.left(80), what),
                                  remedy)
                                 .value());
    };
    if (kind == ValueKind::Number && !compareNumbers(literal, literal))
        return wrong(ConnectorText::tr("a number"),
                     ConnectorText::tr("Write it plainly, as 1250 or 12.5."));
    if (kind == ValueKind::Instant && !epochOf(kind, literal))
        return wrong(ConnectorText::tr("an instant"),
                     ConnectorText::tr("Write 2026-11-29 or 2026-11-29T10:00:00Z."));
    if (kind == ValueKind::Day && !epochOf(kind, literal))
        return wrong(ConnectorText::tr("a day"), ConnectorText::tr("Write 2026-11-29."));
    return std::nullopt;
}

void SearchObjects::run()
{
    if (auto fault = faultOfLiterals(m_filter))
        return complete(tl::unexpected(*std::move(fault)));
    if (recordTypeOf(m_class))
        runRecords();
    else if (m_class == ObjectClass::Owner)
        readOwners({});
    else
        readDefinitionObjects();
}

void SearchObjects::runRecords()
{
    const SearchPlan plan = planSearch(
        m_filter, [this](const QStringList &pointer) { return searchField(pointer.constFirst()); });
    m_exact = plan.exact;
    const bool isOfSearches =
        plan.ids.isEmpty() && plan.emails.isEmpty() && !plan.queries.isEmpty();
    m_readsAll = (plan.everything || isOfSearches) && m_options.readAll && m_options.pageSize == 0
        && m_options.offset == 0 && m_options.cookie.isEmpty();
    if (m_readsAll)
        return runAll(plan);
    RecordStream::Start start;
    if (!isSorted()) {
        start = {m_start.after, m_start.lastId, 200};
        if (m_exact && m_options.pageSize > 0)
            start.pageSize = m_options.pageSize + m_options.offset;
    }
    auto *stream = new RecordStream(
        m_context.portal(), *recordTypeOf(m_class), plan, propertiesFor(m_needed), start,
        [this](const Record &record, const QString &after) {
            return accept(objectFrom(m_class, record, m_needed, m_account), after);
        },
        this);
    then<bool>(stream, [this](bool more) { finishStream(more); });
}

void SearchObjects::runAll(const SearchPlan &plan)
{
    m_toRead = plan.queries;
    if (plan.everything)
        m_toRead = {{}};
    m_mayRepeat = m_toRead.size() > 1;
    readNext();
}

void SearchObjects::readNext()
{
    if (m_toRead.isEmpty() || m_stopped || m_overflow)
        return finishStream(false);
    const WantedRecords wanted {*recordTypeOf(m_class), propertiesFor(m_needed),
                                m_toRead.takeFirst()};
    const auto take = [this](const Record &record) {
        if (m_mayRepeat && m_seen.contains(record.id))
            return true;
        if (m_mayRepeat)
            m_seen.insert(record.id);
        return accept(objectFrom(m_class, record, m_needed, m_account), {});
    };
    auto *all = m_options.readAll(wanted, take, this);
    connect(all, &CallBase::progressed, this, &CallBase::progressed);
    then(all, [this] { readNext(); });
}

void SearchObjects::readOwners(const QString &after)
{
    then(m_context.portal().owners(after, false, this), [this, after](const OwnerPage &page) {
        m_owners += page.owners;
        if (!page.after.isEmpty() && page.after != after)
            return readOwners(page.after);
        QList<ConnectorObject> objects;
        for (const Owner &owner : std::as_const(m_owners))
            objects.append(objectFrom(owner, m_needed, m_account));
        deliverAll(std::move(objects));
    });
}

void SearchObjects::readDefinitionObjects()
{
    m_context.forget(); // A search asks the portal, not the memory.
    then(m_context.definitions(*definitionsOf(m_class), this),
         [this](const QList<PropertyDefinition> &definitions) {
             QList<ConnectorObject> objects;
             for (const PropertyDefinition &definition : definitions) {
                 if (!definition.archived)
                     objects.append(objectFrom(m_class, definition, m_needed));
             }
             deliverAll(std::move(objects));
         });
}

void SearchObjects::deliverAll(QList<ConnectorObject> objects)
{
    std::sort(objects.begin(), objects.end(),
              [](const auto &a, const auto &b) { return idLess(a.uid, b.uid); });
    objects.removeIf([this](const ConnectorObject &object) {
        const bool wasDelivered =
            !isSorted() && !m_start.lastId.isEmpty() && !idLess(m_start.lastId, object.uid);
        return wasDelivered || !isMatch(object);
    });
    m_exact = true; // Filtered just now.
    for (qsizetype i = 0; i < objects.size(); ++i) {
        if (!accept(objects[i], {}))
            return finishStream(i + 1 < objects.size());
    }
    finishStream(false);
}

bool SearchObjects::accept(ConnectorObject object, const QString &after)
{
    if (isFinished())
        return false;
    if (!m_exact && !isMatch(object))
        return true;
    if (isSorted()) {
        if (m_toSort.size() == mostSorted) {
            m_overflow =
                fail(ErrorKind::InvalidInput,
                     ConnectorText::tr("More than 10,000 objects match; they cannot be sorted."),
                     ConnectorText::tr("Narrow the filter or leave the order out."))
                    .value();
            return false;
        }
        m_toSort.append(std::move(object));
        return true;
    }
    if (m_skipped < m_options.offset) {
        ++m_skipped;
        return true;
    }
    m_place.after = after;
    m_place.lastId = object.uid;
    return deliver(std::move(object));
}

bool SearchObjects::deliver(ConnectorObject object)
{
    QJsonObject attributes; // Without what only filter or order needed.
    for (const AttributeInfo &info : std::as_const(m_wanted)) {
        const QJsonValue value = object.attributes.value(info.name);
        if (!value.isUndefined())
            attributes[info.name] = value;
    }
    object.attributes = attributes;
    ++m_result.count;
    if (m_result.count % 100 == 0 && !m_readsAll)
        emit progressed(m_result.count, -1);
    if (m_options.handler)
        m_stopped = !m_options.handler(object);
    else
        m_result.objects.append(std::move(object));
    return !m_stopped && (m_options.pageSize == 0 || m_result.count < m_options.pageSize);
}

void SearchObjects::finishStream(bool more)
{
    if (m_overflow)
        return complete(tl::unexpected(*m_overflow));
    if (isSorted())
        return finishSorted();
    if (more && !m_stopped)
        m_result.pagedResultsCookie = m_place.toText(m_key);
    emit progressed(m_result.count, m_result.count);
    complete(std::move(m_result));
}

void SearchObjects::finishSorted()
{
    std::stable_sort(m_toSort.begin(), m_toSort.end(),
                     [this](const auto &a, const auto &b) { return sortsBefore(a, b); });
    qint64 next = m_start.position + m_options.offset;
    while (next < m_toSort.size() && deliver(m_toSort[next++])) { }
    if (next < m_toSort.size() && !m_stopped)
        m_result.pagedResultsCookie = PageCookie {{}, {}, next}.toText(m_key);
    emit progressed(m_result.count, m_result.count);
    complete(std::move(m_result));
}

bool SearchObjects::sortsBefore(const ConnectorObject &a, const ConnectorObject &b) const
{
    for (const SortKey &key : m_options.sortKeys) {
        const FieldValue left = fieldValue(a, key.field);
        const FieldValue right = fieldValue(b, key.field);
        const QString x = textOf(left.value);
        const QString y = textOf(right.value);
        if (x.isEmpty() != y.isEmpty())
            return y.isEmpty(); // Those without value are last in either direction.
        const int order = compareAs(left.kind, x, y).value_or(x.compare(y));
        if (order != 0)
            return key.ascending ? order < 0 : order > 0;
    }
    return false;
}

bool SearchObjects::isMatch(const ConnectorObject &object) const
{
    return matches(m_filter, [&](const QStringList &pointer) {
        return fieldValue(object, pointer.constFirst());
    });
}

FieldValue SearchObjects::fieldValue(const ConnectorObject &object, const QString &field) const
{
    const auto idKind =
        recordTypeOf(m_class) || m_class == ObjectClass::Owner ? ValueKind::Id : ValueKind::Exact;
    if (isIdField(field))
        return {object.uid, idKind};
    const AttributeInfo *info = m_info.find(field);
    if (!info)
        return {};
    return {object.attributes.value(info->name), info->isName() ? idKind : kindOf(*info)};
}

SearchField SearchObjects::searchField(const QString &field) const
{
    const AttributeInfo *info = m_info.find(field);
    if (isIdField(field) || (info && info->source == AttributeSource::RecordId))
        return {u"hs_object_id"_s, ValueKind::Id, false, true};
    if (info && info->source == AttributeSource::Created)
        return {u"createdate"_s, ValueKind::Instant, false, false};
    if (!info || info->source != AttributeSource::Property)
        return {};
    const PropertyDefinition *definition = definitionOf(info->property);
    if (!definition)
        return {};
    const bool presenceOnly = definition->isMultiValued()
        || definition->fieldType == "phonenumber"_L1 || definition->type == "phone_number"_L1;
    const bool isKey = m_class == ObjectClass::Contact && info->property == "email"_L1;
    return {info->property, kindOf(*info), presenceOnly, isKey};
}

ValueKind SearchObjects::kindOf(const AttributeInfo &info) const
{
    if (info.source == AttributeSource::RecordId)
        return ValueKind::Id;
    if (info.source == AttributeSource::Created)
        return ValueKind::Instant;
    if (info.type == "boolean"_L1)
        return ValueKind::Boolean;
    if (info.source != AttributeSource::Property)
        return ValueKind::Text;
    const PropertyDefinition *definition = definitionOf(info.property);
    const QString type = definition ? definition->type : QString();
    if (type == "number"_L1)
        return ValueKind::Number;
    if (type == "datetime"_L1)
        return ValueKind::Instant;
    if (type == "date"_L1)
        return ValueKind::Day;
    if (type == "bool"_L1)
        return ValueKind::Boolean;
    return type == "enumeration"_L1 ? ValueKind::Exact : ValueKind::Text;
}

const PropertyDefinition *SearchObjects::definitionOf(const QString &property) const
{
    const auto found = m_definitions.constFind(property);
    return found == m_definitions.cend() ? nullptr : &*found;
}

} // namespace hubkeeper
