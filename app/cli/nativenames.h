// SPDX-License-Identifier: MIT
#pragma once

#include "attributeinput.h"
#include "filter/crestfilter.h"
#include "session/connections/provisionerfacts.h"

namespace hubkeeper::cli {

class Output;

/// Takes attributes by the names that the provisioner's object types give them, too, and says once
/// for each what it is in HubSpot.
class NativeNames
{
public:
    /// The facts and the output must outlive it.
    NativeNames(const ProvisionerFacts &facts, QString objectClass, Output &output);

    [[nodiscard]] QString of(const QString &name);
    [[nodiscard]] QStringList of(const QStringList &names);
    [[nodiscard]] CrestFilter of(CrestFilter filter);
    void rename(QList<GivenAttribute> &attributes);

private:
    const ProvisionerFacts &m_facts;
    const QString m_class;
    Output &m_output;
    QStringList m_said;
};

} // namespace hubkeeper::cli
