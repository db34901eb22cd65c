// SPDX-License-Identifier: MIT
#include "provisioner/model/decisiveplaces.h"

#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/provisionerkeys.h"

#include <algorithm>
#include <array>
#include <span>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// `*` is any key or index; `$property`, `$pool`, `$handler` and `$operation` are the names known.
struct DecisivePlace
{
    std::array<const char *, 6> path;
    bool commercial = true;
    bool community = true;
};

// clang-format off
constexpr DecisivePlace places[] {
    {{"enabled"}},
    {{"name"}, false, true},
    {{"bufferSize"}, false, true},
    {{"connectorRef", "bundleName"}},
    {{"connectorRef", "bundleVersion"}},
    {{"connectorRef", "connectorName"}},
    {{"connectorRef", "connectorHostRef"}},
    {{"configurationProperties", "$property"}},
    {{"poolConfigOption", "$pool"}},
    {{"resultsHandlerConfig", "$handler"}},
    {{"operationTimeout", "$operation"}},
    {{"objectTypes", "*", "nativeType"}},
    {{"objectTypes", "*", "properties", "*", "type"}},
    {{"objectTypes", "*", "properties", "*", "nativeType"}},
    {{"objectTypes", "*", "properties", "*", "nativeName"}},
    {{"objectTypes", "*", "properties", "*", "required"}},
    {{"operationOptions", "$operation", "denied"}},
    {{"operationOptions", "$operation", "objectFeatures", "*", "denied"}},
    {{"systemActions", "*", "scriptId"}},
    {{"systemActions", "*", "actions", "*", "systemType"}},
    {{"systemActions", "*", "actions", "*", "actionType"}},
    {{"systemActions", "*", "actions", "*", "actionFile"}},
    {{"syncFailureHandler", "maxRetries"}},
};
// clang-format on

bool fits(QLatin1StringView wanted, const QString &key)
{
    if (wanted == "*"_L1)
        return true;
    if (wanted == "$property"_L1)
        return connectorProperty(key) != nullptr;
    if (wanted == "$pool"_L1)
        return poolKeys().contains(key);
    if (wanted == "$handler"_L1)
        return resultsHandlerKeys().contains(key);
    if (wanted == "$operation"_L1)
        return operationNames().contains(key);
    return key == wanted;
}

/// From the root to the node; an index is an empty text. Empty if it is deeper than any place.
QStringList pathTo(const JsonText &text, int node)
{
    QStringList path;
    for (int at = node; at != text.root() && text.node(at).parent != JsonText::none;
         at = text.node(at).parent) {
        if (path.size() == qsizetype(DecisivePlace {}.path.size()))
            return {};
        path.prepend(text.keyOf(at));
    }
    return path;
}

bool isAt(const DecisivePlace &place, const QStringList &path)
{
    const auto used = std::find(place.path.begin(), place.path.end(), nullptr);
    if (used - place.path.begin() != path.size())
        return false;
    for (qsizetype i = 0; i < path.size(); ++i) {
        if (!fits(QLatin1StringView(place.path[size_t(i)]), path[i]))
            return false;
    }
    return true;
}

} // namespace

bool isDecisive(const JsonText &text, int node, ServerProfile profile)
{
    if (node == JsonText::none)
        return false;
    const QStringList path = pathTo(text, node);
    const bool isCommunity = profile == ServerProfile::Community;
    return !path.isEmpty()
        && std::any_of(std::begin(places), std::end(places), [&](const DecisivePlace &place) {
               return (isCommunity ? place.community : place.commercial) && isAt(place, path);
           });
}

} // namespace hubkeeper
