// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace hubkeeper::practice::test {

/// A request that the recording left out; what it did shows in the answers that follow.
struct LeftOutStep
{
    QString before; ///< The label it comes before.
    QByteArray method;
    QByteArray path; ///< Below /openidm/.
    QJsonObject provisioner {}; ///< Merged into the provisioner, which is then the body.
    QByteArray body {};
    QList<QByteArray> headers {};
    QString learns {}; ///< The recorded id that the answer's `_id` (or its first row's) stands for.
};

[[nodiscard]] QList<LeftOutStep> leftOutSteps();

/// What a label changes in the provisioner, as a JSON merge patch.
[[nodiscard]] QJsonObject provisionerChange(const QString &label);

/// The object with a merge patch applied: nested objects are merged, null removes.
[[nodiscard]] QJsonObject merged(QJsonObject object, const QJsonObject &patch);

/// Recorded answers that the practice IDM does not give, with the reason.
struct Disagreement
{
    QString label;
    QString why;
};
[[nodiscard]] QList<Disagreement> knownDisagreements();

/// What differs between a recorded body and ours, by pointer; empty if they agree. Both must have
/// the same keys, types and values, but for values that change from run to run.
[[nodiscard]] QStringList differences(const QJsonValue &recorded, const QJsonValue &own,
                                      const QString &pointer = {});

} // namespace hubkeeper::practice::test
