// SPDX-License-Identifier: MIT
#pragma once

#include "servedportal.h"

#include <functional>

// What each option of `hubkeeper-cli practice` and each order of its control endpoint changes, by
// what a plain client sees.

namespace hubkeeper::test {

using Probe = std::function<QString(ServedPortal &)>;
using Preparation = std::function<void(ServedPortal &)>;

inline const QByteArray contacts = "/crm/v3/objects/contacts";

/// What most rows are started with beside their own option.
inline const QStringList usual {QStringLiteral("--control"), QStringLiteral("--write-provisioner"),
                                QStringLiteral("p.json")};

/// One value of the portal's state.
[[nodiscard]] QString stateOf(ServedPortal &portal, const QString &name);
/// The body of a record with these members.
[[nodiscard]] QByteArray with(const QByteArray &properties);

struct OptionRow
{
    QStringList options;
    QString without;
    QString with;
    Probe probe;
    QStringList base = usual;
};

struct OrderRow
{
    const char *name;
    QJsonObject orders;
    QString before;
    QString after;
    Probe probe;
    Preparation prepare = [](ServedPortal &) {};
};

[[nodiscard]] QList<OptionRow> optionRows();
/// Those of the practice IDM beside it.
[[nodiscard]] QList<OptionRow> idmOptionRows();
[[nodiscard]] QList<OrderRow> orderRows();

} // namespace hubkeeper::test

Q_DECLARE_METATYPE(hubkeeper::test::Probe)
Q_DECLARE_METATYPE(hubkeeper::test::Preparation)
