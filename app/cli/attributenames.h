// SPDX-License-Identifier: MIT
#pragma once

#include "connector/schema.h"
#include "filter/crestfilter.h"

#include <QHash>

namespace hubkeeper::cli {

/// What the names that a user types mean: attributes of an object class, in any letter case, or
/// what the provisioner calls them (its objectTypes: "mail" may be "email" in HubSpot).
class AttributeNames
{
public:
    /// `info` as the connector offers the class; names of the provisioner at `file`, if it can be
    /// read.
    AttributeNames(ObjectClassInfo info, const QString &file);

    /// The connector's name; "_id" is itself. InvalidInput, with the nearest name, for one that
    /// does not exist.
    [[nodiscard]] Result<QString> resolve(const QString &name) const;
    /// All of them; "*" stays. The first one that does not exist fails.
    [[nodiscard]] Result<QStringList> resolve(const QStringList &names) const;
    /// The filter with the connector's names. Fails as resolve() for a name that something is
    /// compared with; one that is only asked for (`pr`) stays, for the connector to judge.
    [[nodiscard]] Result<CrestFilter> resolve(CrestFilter filter) const;

    /// HubSpot's property behind a name, which is one of `defined` or an attribute that is a
    /// property. Fails as resolve().
    [[nodiscard]] Result<QString> propertyOf(const QString &name, const QStringList &defined) const;

private:
    [[nodiscard]] tl::unexpected<Error> unknown(const QString &name,
                                                const QStringList &known) const;

    ObjectClassInfo m_info;
    QHash<QString, QString> m_inFile; ///< The provisioner's name, in lower case, to its native one.
};

} // namespace hubkeeper::cli
