// SPDX-License-Identifier: MIT
#include "provisioner/model/provisionerkeys.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

std::span<const ProvisionerKey> provisionerKeys()
{
    using K = JsonKind;
    // clang-format off
    static constexpr ProvisionerKey keys[] {
        {"_id",                       K::String},
        {"_rev",                      K::String},
        {"author",                    K::String},
        {"bufferSize",                K::Number, false, true},
        {"configurationProperties",   K::Object},
        {"connectorPoolingSupported", K::Boolean},
        {"connectorRef",              K::Object},
        {"description",               K::String},
        {"displayName",               K::String},
        {"enabled",                   K::Boolean},
        {"excludeUnmodified",         K::Boolean},
        {"name",                      K::String},
        {"objectTypes",               K::Object},
        {"operationOptions",          K::Object},
        {"operationRateLimits",       K::Object, true, false},
        {"operationTimeout",          K::Object},
        {"poolConfigOption",          K::Object},
        {"producerBufferSize",        K::Number, true, false},
        {"resultsHandlerConfig",      K::Object},
        {"syncFailureHandler",        K::Object},
        {"systemActions",             K::Array},
    };
    // clang-format on
    return keys;
}

QStringList provisionerKeyNames(ServerProfile profile)
{
    QStringList names;
    for (const ProvisionerKey &key : provisionerKeys()) {
        if (profile == ServerProfile::Commercial ? key.commercial : key.community)
            names.append(QString::fromLatin1(key.name));
    }
    return names;
}

const QStringList &connectorRefKeys()
{
    static const QStringList keys {u"bundleName"_s,       u"bundleVersion"_s, u"connectorName"_s,
                                   u"connectorHostRef"_s, u"displayName"_s,   u"systemType"_s};
    return keys;
}

const QStringList &poolKeys()
{
    static const QStringList keys {u"maxObjects"_s, u"maxIdle"_s, u"maxWait"_s,
                                   u"minEvictableIdleTimeMillis"_s, u"minIdle"_s};
    return keys;
}

const QStringList &resultsHandlerKeys()
{
    static const QStringList keys {
        u"enableNormalizingResultsHandler"_s, u"enableFilteredResultsHandler"_s,
        u"enableCaseInsensitiveFilter"_s, u"enableAttributesToGetSearchResultsHandler"_s};
    return keys;
}

const QStringList &operationNames()
{
    static const QStringList names {u"CREATE"_s,
                                    u"GET"_s,
                                    u"SEARCH"_s,
                                    u"UPDATE"_s,
                                    u"DELETE"_s,
                                    u"SCHEMA"_s,
                                    u"TEST"_s,
                                    u"VALIDATE"_s,
                                    u"SYNC"_s,
                                    u"AUTHENTICATE"_s,
                                    u"RESOLVEUSERNAME"_s,
                                    u"SCRIPT_ON_CONNECTOR"_s,
                                    u"SCRIPT_ON_RESOURCE"_s};
    return names;
}

} // namespace hubkeeper
