// SPDX-License-Identifier: MIT
#include "practice/idm/systems/tableconnector.h"

#include "practice/idm/crest/objectquery.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

using Kind = ConnectorFaultKind;

/// The value of `name='value'` or `name=value` in a text of Groovy settings.
QString setting(const QString &text, const QString &name)
{
    const QRegularExpression pattern(u"(?:^|\\n)%1='?([^'\\n]*)'?"_s.arg(name));
    return pattern.match(text).captured(1);
}

/// What a write of somebody with last name "x-…" throws.
std::optional<ConnectorFault> faultNamed(const QString &lastName)
{
    static const QHash<QString, ConnectorFault> faults {
        {u"x-invalid"_s, {Kind::InvalidAttributeValue, u"invalid"_s}},
        {u"x-cred"_s, {Kind::InvalidCredential, u"cred"_s}},
        {u"x-perm"_s, {Kind::PermissionDenied, u"perm"_s}},
        {u"x-conn"_s, {Kind::ConnectionFailed, u"conn"_s}},
        {u"x-broken"_s, {Kind::ConnectionBroken, u"broken"_s}},
        {u"x-timeout"_s, {Kind::OperationTimeout, u"timeout"_s}},
        {u"x-retry"_s, {Kind::Retryable, u"retry"_s}},
        {u"x-conflict"_s, {Kind::PreconditionFailed, u"conflict"_s}},
        {u"x-precreq"_s, {Kind::PreconditionRequired, u"precreq"_s}},
        {u"x-security"_s, {Kind::ConnectorSecurity, u"security"_s}},
        {u"x-pwexp"_s, {Kind::PasswordExpired, u"pwexp"_s}},
        {u"x-connector"_s, {Kind::Other, u"connector"_s}},
        {u"x-npe"_s, {Kind::Runtime, {}, u"java.lang.NullPointerException"_s}},
        {u"x-unsupp"_s, {Kind::UnsupportedOperation, u"not supported here"_s}},
    };
    if (!lastName.startsWith("x-"_L1) || lastName == "x-nodelete"_L1)
        return std::nullopt;
    return faults.value(lastName, {Kind::InvalidAttributeValue, lastName});
}

QJsonObject withIds(const NativeObject &object)
{
    QJsonObject all = object.attributes;
    all.insert(u"__UID__"_s, object.uid);
    all.insert(u"__NAME__"_s, object.name);
    return all;
}

class TableConnector final : public Connector
{
public:
    TableConnector(std::shared_ptr<ConnectorTable> table, const QJsonObject &properties)
        : m_table(std::move(table))
        , m_token(
              setting(properties.value("customSensitiveConfiguration"_L1).toString(), u"token"_s))
        , m_slow(setting(properties.value("customConfiguration"_L1).toString(), u"slow"_s).toInt())
    {
    }

    ConnectorResult<void> test() override
    {
        if (m_token == "unsupp"_L1)
            return thrown(Kind::UnsupportedOperation, u"test"_s);
        if (m_token == "boom"_L1)
            return tl::unexpected<ConnectorFault>(
                {Kind::Runtime, u"boom"_s, u"java.lang.IllegalStateException"_s});
        return reach();
    }

    ConnectorResult<QList<NativeObject>> search(const QString &type,
                                                const NativeFilter &filter) override
    {
        if (auto reached = reach(); !reached)
            return tl::unexpected(reached.error());
        QList<NativeObject> found;
        for (const NativeObject &object : m_table->objects(type)) {
            if (!filter || objectMatches(*filter, withIds(object)))
                found.append(object);
        }
        return found;
    }

    ConnectorResult<QString> create(const QString &type, const QJsonObject &attributes) override
    {
        m_table->writes.append({u"CREATE"_s, type, {}, attributes});
        if (auto reached = reach(); !reached)
            return tl::unexpected(reached.error());
        if (const auto fault = faultNamed(attributes.value("lastname"_L1).toString()))
            return tl::unexpected(*fault);
        if (auto keyed = checkKey(type, attributes); !keyed)
            return tl::unexpected(keyed.error());
        return m_table->add(type, {}, attributes);
    }

    ConnectorResult<QString> update(const QString &type, const QString &uid,
                                    const QJsonObject &attributes) override
    {
        m_table->writes.append({u"UPDATE"_s, type, uid, attributes});
        if (auto reached = reach(); !reached)
            return tl::unexpected(reached.error());
        const qsizetype index = m_table->indexOf(type, uid);
        if (index < 0)
            return thrown(Kind::UnknownUid, uid);
        if (const auto fault = faultNamed(attributes.value("lastname"_L1).toString()))
            return tl::unexpected(*fault);
        QJsonObject all = m_table->objects(type).at(index).attributes;
        for (auto it = attributes.begin(); it != attributes.end(); ++it) {
            if (it.value().isNull())
                all.remove(it.key());
            else
                all.insert(it.key(), it.value());
        }
        const QString key = ConnectorTable::keyOf(type);
        if (attributes.contains(key) && all.value(key).toString().isEmpty())
            return thrown(Kind::InvalidAttributeValue, u"%1 required"_s.arg(key));
        m_table->replace(type, index, all);
        return uid;
    }

    ConnectorResult<void> remove(const QString &type, const QString &uid) override
    {
        m_table->writes.append({u"DELETE"_s, type, uid, {}});
        if (auto reached = reach(); !reached)
            return reached;
        const qsizetype index = m_table->indexOf(type, uid);
        if (index < 0)
            return thrown(Kind::UnknownUid, uid);
        if (m_table->objects(type).at(index).attributes.value("lastname"_L1) == "x-nodelete"_L1)
            return thrown(Kind::PermissionDenied, u"may not delete"_s);
        m_table->remove(type, index);
        return {};
    }

    std::chrono::milliseconds searchTime() const override
    {
        return std::chrono::milliseconds(m_slow);
    }

private:
    ConnectorResult<void> reach() const
    {
        if (m_token == "bad"_L1)
            return thrown(Kind::InvalidCredential, u"wrong token"_s);
        if (m_token == "down"_L1)
            return thrown(Kind::ConnectionFailed, u"no route to \"api\" <host>"_s);
        if (m_token == "conf"_L1)
            return thrown(Kind::Configuration, u"token missing"_s);
        return {};
    }

    /// Of creates; that an update makes two of one key was seen to be taken.
    ConnectorResult<void> checkKey(const QString &type, const QJsonObject &attributes) const
    {
        const QString key = ConnectorTable::keyOf(type);
        const QString value = attributes.value(key).toString();
        if (value.isEmpty())
            return thrown(Kind::InvalidAttributeValue, u"%1 required"_s.arg(key));
        if (m_table->isTaken(type, value))
            return thrown(Kind::AlreadyExists, value);
        return {};
    }

    std::shared_ptr<ConnectorTable> m_table;
    QString m_token;
    int m_slow = 0;
};

QJsonObject stringAttribute(const QString &name, const QStringList &flags = {},
                            bool isRequired = false)
{
    QJsonObject attribute {
        {u"type"_s, u"string"_s}, {u"nativeName"_s, name}, {u"nativeType"_s, u"string"_s}};
    if (!flags.isEmpty())
        attribute.insert(u"flags"_s, QJsonArray::fromStringList(flags));
    if (isRequired)
        attribute.insert(u"required"_s, true);
    return attribute;
}

QJsonObject integerAttribute(const QString &name)
{
    return {{u"type"_s, u"integer"_s}, {u"nativeName"_s, name}, {u"nativeType"_s, u"integer"_s}};
}

QJsonObject objectType(const QString &name, const QJsonObject &properties)
{
    return {{u"$schema"_s, u"http://json-schema.org/draft-03/schema"_s},
            {u"id"_s, name},
            {u"type"_s, u"object"_s},
            {u"nativeType"_s, name},
            {u"properties"_s, properties}};
}

QJsonObject contactType()
{
    QJsonObject properties {
        {u"vid"_s, stringAttribute(u"vid"_s, {u"NOT_CREATABLE"_s, u"NOT_UPDATEABLE"_s})},
        {u"email"_s, stringAttribute(u"email"_s, {}, true)},
        {u"__NAME__"_s, stringAttribute(u"__NAME__"_s, {}, true)},
        {u"age"_s, integerAttribute(u"age"_s)},
        {u"tags"_s,
         QJsonObject {
             {u"type"_s, u"array"_s},
             {u"items"_s, QJsonObject {{u"type"_s, u"string"_s}, {u"nativeType"_s, u"string"_s}}},
             {u"nativeName"_s, u"tags"_s},
             {u"nativeType"_s, u"string"_s}}}};
    for (const QString &name :
         {u"firstname"_s, u"lastname"_s, u"company"_s, u"phone"_s, u"lifecyclestage"_s})
        properties.insert(name, stringAttribute(name));
    return objectType(u"contact"_s, properties);
}

QJsonObject companyType()
{
    return objectType(u"company"_s,
                      {{u"name"_s, stringAttribute(u"name"_s, {}, true)},
                       {u"__NAME__"_s, stringAttribute(u"__NAME__"_s, {}, true)},
                       {u"domain"_s, stringAttribute(u"domain"_s)},
                       {u"city"_s, stringAttribute(u"city"_s)},
                       {u"numberofemployees"_s, integerAttribute(u"numberofemployees"_s)}});
}

QString twoDigits(int number)
{
    return u"%1"_s.arg(number, 2, 10, QChar(u'0'));
}

} // namespace

QString ConnectorTable::keyOf(const QString &type)
{
    return type == "contact"_L1 ? u"email"_s : u"name"_s;
}

const QList<NativeObject> &ConnectorTable::objects(const QString &type) const
{
    static const QList<NativeObject> none;
    const auto found = m_objects.constFind(type);
    return found == m_objects.constEnd() ? none : *found;
}

qsizetype ConnectorTable::indexOf(const QString &type, const QString &uid) const
{
    const QList<NativeObject> &all = objects(type);
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (all[i].uid == uid)
            return i;
    }
    return -1;
}

bool ConnectorTable::isTaken(const QString &type, const QString &value) const
{
    const QList<NativeObject> &all = objects(type);
    return std::any_of(all.cbegin(), all.cend(),
                       [&](const NativeObject &object) { return object.name == value; });
}

void ConnectorTable::complete(const QString &type, NativeObject &object)
{
    object.name = object.attributes.value(keyOf(type)).toString();
    if (type == "contact"_L1)
        object.attributes.insert(u"vid"_s, object.uid);
}

QString ConnectorTable::add(const QString &type, QString uid, QJsonObject attributes)
{
    if (uid.isEmpty())
        uid = QString::number(m_next);
    m_next = std::max(m_next, uid.toLongLong() + 1);
    NativeObject object {uid, {}, std::move(attributes)};
    complete(type, object);
    m_objects[type].append(object);
    return uid;
}

void ConnectorTable::replace(const QString &type, qsizetype index, QJsonObject attributes)
{
    NativeObject &object = m_objects[type][index];
    object.attributes = std::move(attributes);
    complete(type, object);
}

void ConnectorTable::remove(const QString &type, qsizetype index)
{
    m_objects[type].removeAt(index);
}

void ConnectorTable::clear()
{
    m_objects.clear();
    writes.clear();
    m_next = 101;
}

ConnectorTable ConnectorTable::sample()
{
    ConnectorTable table;
    for (int i = 0; i < 3; ++i)
        table.add(u"company"_s, QString::number(51 + i),
                  {{u"name"_s, u"Company %1"_s.arg(i)},
                   {u"city"_s, u"Bergen"_s},
                   {u"domain"_s, u"company%1.example.com"_s.arg(i)},
                   {u"numberofemployees"_s, 10 * (i + 1)}});
    for (int i = 0; i < 25; ++i) {
        table.add(u"contact"_s, QString::number(101 + i),
                  {{u"email"_s, u"c%1@example.com"_s.arg(twoDigits(i))},
                   {u"firstname"_s, u"First"_s + twoDigits(i)},
                   {u"lastname"_s, u"Last"_s + twoDigits(i / 2)},
                   {u"company"_s, u"Biltmore"_s},
                   {u"phone"_s, u"+49 30 00"_s + twoDigits(i)},
                   {u"lifecyclestage"_s, i % 2 == 0 ? u"lead"_s : u"customer"_s},
                   {u"age"_s, 20 + i},
                   {u"tags"_s, i % 4 == 0 ? QJsonArray {u"a"_s, u"b"_s} : QJsonArray {u"c"_s}}});
    }
    return table;
}

TableBundle::TableBundle(std::shared_ptr<ConnectorTable> table)
    : m_table(std::move(table))
{
    bundleName = u"org.openidentityplatform.openicf.connectors.groovy-connector"_s;
    bundleVersion = u"1.8.0"_s;
    connectorName = u"org.forgerock.openicf.connectors.groovy.ScriptedConnector"_s;
    displayName = u"Scripted Groovy Connector"_s;
}

QStringList TableBundle::confidential() const
{
    return {u"customSensitiveConfiguration"_s};
}

QStringList TableBundle::required() const
{
    return {u"scriptRoots"_s};
}

QStringList TableBundle::operations() const
{
    return {u"CREATE"_s,          u"UPDATE"_s,       u"DELETE"_s, u"GET"_s,
            u"RESOLVEUSERNAME"_s, u"AUTHENTICATE"_s, u"SEARCH"_s, u"SYNC"_s};
}

QJsonObject TableBundle::defaults() const
{
    QJsonObject properties {
        {u"warningLevel"_s, 1},
        {u"scriptExtensions"_s, QJsonArray {u"groovy"_s}},
        {u"minimumRecompilationInterval"_s, 100},
        {u"scriptRoots"_s, QJsonArray()},
        {u"tolerance"_s, 10},
        {u"debug"_s, false},
        {u"classpath"_s, QJsonArray()},
        {u"verbose"_s, false},
        {u"sourceEncoding"_s, u"UTF-8"_s},
        {u"recompileGroovySource"_s, false},
    };
    for (const QString &name :
         {u"customSensitiveConfiguration"_s, u"createScriptFileName"_s, u"targetDirectory"_s,
          u"customizerScriptFileName"_s, u"authenticateScriptFileName"_s,
          u"scriptOnResourceScriptFileName"_s, u"deleteScriptFileName"_s, u"scriptBaseClass"_s,
          u"customConfiguration"_s, u"resolveUsernameScriptFileName"_s, u"searchScriptFileName"_s,
          u"updateScriptFileName"_s, u"disabledGlobalASTTransformations"_s,
          u"schemaScriptFileName"_s, u"testScriptFileName"_s, u"syncScriptFileName"_s})
        properties.insert(name, QJsonValue());
    return properties;
}

QJsonObject TableBundle::objectTypes() const
{
    return {{u"contact"_s, contactType()}, {u"company"_s, companyType()}};
}

std::unique_ptr<Connector> TableBundle::open(const QJsonObject &properties) const
{
    return std::make_unique<TableConnector>(m_table, properties);
}

} // namespace hubkeeper::practice
