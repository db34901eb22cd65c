// SPDX-License-Identifier: MIT
#include "provisioner/model/provisionerfields.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

const QList<ProvisionerField> &provisionerFields()
{
    using B = FieldBlock;
    using T = PropertyType;
    // clang-format off
    static const QList<ProvisionerField> table {
        {"/displayName", B::General, T::String, "", false, QT_TRANSLATE_NOOP("ProvisionerField", "Display name"),
         QT_TRANSLATE_NOOP("ProvisionerField", "What the administration pages of IDM call this connector.")},
        {"/name", B::General, T::String, "", false, QT_TRANSLATE_NOOP("ProvisionerField", "Name"),
         QT_TRANSLATE_NOOP("ProvisionerField", "Letters and digits. Commercial servers take the name from the file name; a community server does nothing without it.")},
        {"/description", B::General, T::String, "", false, QT_TRANSLATE_NOOP("ProvisionerField", "Description"),
         QT_TRANSLATE_NOOP("ProvisionerField", "For people; IDM does not read it.")},
        {"/author", B::General, T::String, "", false, QT_TRANSLATE_NOOP("ProvisionerField", "Author"),
         QT_TRANSLATE_NOOP("ProvisionerField", "For people; IDM does not read it.")},
        {"/excludeUnmodified", B::General, T::Boolean, "true", false, QT_TRANSLATE_NOOP("ProvisionerField", "Leave out what is unmodified"),
         QT_TRANSLATE_NOOP("ProvisionerField", "An update sends only the attributes that differ from what HubSpot has.")},
        {"/producerBufferSize", B::General, T::Integer, "", false, QT_TRANSLATE_NOOP("ProvisionerField", "Producer buffer size"),
         QT_TRANSLATE_NOOP("ProvisionerField", "How many objects a search reads ahead of whoever takes them.")},
        {"/bufferSize", B::General, T::Integer, "", false, QT_TRANSLATE_NOOP("ProvisionerField", "Buffer size (community)"),
         QT_TRANSLATE_NOOP("ProvisionerField", "What the producer buffer size is called on a community server.")},
        {"/connectorPoolingSupported", B::General, T::Boolean, "", false, QT_TRANSLATE_NOOP("ProvisionerField", "Connector pooling supported"),
         QT_TRANSLATE_NOOP("ProvisionerField", "Whether instances of the connector may be pooled; see Pool.")},
        {"/_id", B::RestOnly, T::String, "", false, QT_TRANSLATE_NOOP("ProvisionerField", "REST id"),
         QT_TRANSLATE_NOOP("ProvisionerField", "Part of what IDM answers over REST. A file does without it.")},
        {"/_rev", B::RestOnly, T::String, "", false, QT_TRANSLATE_NOOP("ProvisionerField", "REST revision"),
         QT_TRANSLATE_NOOP("ProvisionerField", "Part of what IDM answers over REST. A file does without it.")},

        {"/connectorRef/bundleName", B::Reference, T::String, "", true, QT_TRANSLATE_NOOP("ProvisionerField", "Bundle name"),
         QT_TRANSLATE_NOOP("ProvisionerField", "The bundle the connector comes in.")},
        {"/connectorRef/bundleVersion", B::Reference, T::String, "", true, QT_TRANSLATE_NOOP("ProvisionerField", "Bundle version"),
         QT_TRANSLATE_NOOP("ProvisionerField", "One version, or a range: [ and ] include their end, ( and ) do not. IDM takes the highest installed version in it, and silently waits while there is none.")},
        {"/connectorRef/connectorName", B::Reference, T::String, "", true, QT_TRANSLATE_NOOP("ProvisionerField", "Connector name"),
         QT_TRANSLATE_NOOP("ProvisionerField", "The connector's class in the bundle.")},
        {"/connectorRef/connectorHostRef", B::Reference, T::String, "\"#LOCAL\"", false, QT_TRANSLATE_NOOP("ProvisionerField", "Connector host"),
         QT_TRANSLATE_NOOP("ProvisionerField", "#LOCAL is the server itself; anything else names a remote connector server or a group of them.")},
        {"/connectorRef/displayName", B::Reference, T::String, "", false, QT_TRANSLATE_NOOP("ProvisionerField", "Display name"),
         QT_TRANSLATE_NOOP("ProvisionerField", "Informative.")},
        {"/connectorRef/systemType", B::Reference, T::String, "", false, QT_TRANSLATE_NOOP("ProvisionerField", "System type"),
         QT_TRANSLATE_NOOP("ProvisionerField", "Informative; provisioner.openicf in shipped files.")},

        {"/poolConfigOption/maxObjects", B::Pool, T::Integer, "10", false, QT_TRANSLATE_NOOP("ProvisionerField", "Maximum objects"),
         QT_TRANSLATE_NOOP("ProvisionerField", "Connector instances at the same time, idle ones included.")},
        {"/poolConfigOption/maxIdle", B::Pool, T::Integer, "10", false, QT_TRANSLATE_NOOP("ProvisionerField", "Maximum idle"),
         QT_TRANSLATE_NOOP("ProvisionerField", "At most as many as there are objects.")},
        {"/poolConfigOption/minIdle", B::Pool, T::Integer, "1", false, QT_TRANSLATE_NOOP("ProvisionerField", "Minimum idle"),
         QT_TRANSLATE_NOOP("ProvisionerField", "So many are kept ready; at most the maximum.")},
        {"/poolConfigOption/maxWait", B::Pool, T::Integer, "150000", false, QT_TRANSLATE_NOOP("ProvisionerField", "Maximum wait (ms)"),
         QT_TRANSLATE_NOOP("ProvisionerField", "How long an operation waits for a free instance, in milliseconds; 0 means no limit.")},
        {"/poolConfigOption/minEvictableIdleTimeMillis", B::Pool, T::Integer, "120000", false, QT_TRANSLATE_NOOP("ProvisionerField", "Evict after idle (ms)"),
         QT_TRANSLATE_NOOP("ProvisionerField", "How long an instance is idle before it is given up, in milliseconds; 0 means no limit.")},

        {"/resultsHandlerConfig/enableNormalizingResultsHandler", B::Handlers, T::Boolean, "true", false, QT_TRANSLATE_NOOP("ProvisionerField", "Normalizing results handler"),
         QT_TRANSLATE_NOOP("ProvisionerField", "Brings attribute values into one form, if the connector has one. The shipped file has it off.")},
        {"/resultsHandlerConfig/enableFilteredResultsHandler", B::Handlers, T::Boolean, "true", false, QT_TRANSLATE_NOOP("ProvisionerField", "Filtered results handler"),
         QT_TRANSLATE_NOOP("ProvisionerField", "Filters once more on the server. Only for systems that cannot filter; HubSpot can, and the shipped file has it off.")},
        {"/resultsHandlerConfig/enableCaseInsensitiveFilter", B::Handlers, T::Boolean, "false", false, QT_TRANSLATE_NOOP("ProvisionerField", "Case-insensitive filter"),
         QT_TRANSLATE_NOOP("ProvisionerField", "The filtered results handler treats upper and lower case as the same.")},
        {"/resultsHandlerConfig/enableAttributesToGetSearchResultsHandler", B::Handlers, T::Boolean, "true", false, QT_TRANSLATE_NOOP("ProvisionerField", "Attributes-to-get handler"),
         QT_TRANSLATE_NOOP("ProvisionerField", "Cuts results down to the attributes that were asked for.")},
    };
    // clang-format on
    return table;
}

const QStringList &knownBundleVersions()
{
    static const QStringList versions {u"[1.5.0.0,1.6.0.0)"_s, u"[1.5.0.0,1.6.0.0]"_s,
                                       u"[1.4.6.0,1.6.0.0)"_s, u"[1.5.19.0,1.6.0.0]"_s,
                                       u"1.5.20.34"_s};
    return versions;
}

const QStringList &attributeTypes()
{
    static const QStringList types {u"string"_s, u"boolean"_s, u"integer"_s, u"number"_s,
                                    u"object"_s, u"array"_s,   u"any"_s};
    return types;
}

const QStringList &attributeNativeTypes()
{
    static const QStringList types {
        u"string"_s,
        u"boolean"_s,
        u"integer"_s,
        u"object"_s,
        u"JAVA_TYPE_GUARDEDSTRING"_s,
        u"JAVA_TYPE_INT"_s,
        u"JAVA_TYPE_LONG"_s,
        u"JAVA_TYPE_PRIMITIVE_LONG"_s,
        u"JAVA_TYPE_DOUBLE"_s,
        u"JAVA_TYPE_PRIMITIVE_DOUBLE"_s,
        u"JAVA_TYPE_FLOAT"_s,
        u"JAVA_TYPE_BIGDECIMAL"_s,
        u"JAVA_TYPE_BIGINTEGER"_s,
        u"JAVA_TYPE_PRIMITIVE_BOOLEAN"_s,
        u"JAVA_TYPE_BYTE_ARRAY"_s,
        u"JAVA_TYPE_DATE"_s,
    };
    return types;
}

const QStringList &attributeFlags()
{
    static const QStringList flags {
        u"NOT_CREATABLE"_s,
        u"NOT_UPDATEABLE"_s,
        u"NOT_READABLE"_s,
        u"MULTIVALUED"_s,
        u"AUDITED"_s,
        u"NOT_RETURNED_BY_DEFAULT"_s,
        u"NOT_QUERYABLE"_s,
        u"PASSWORD"_s,
        u"IGNORE"_s,
        u"REMOTE"_s,
        u"STORE_IN_REPOSITORY"_s,
    };
    return flags;
}

} // namespace hubkeeper
