// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/overlay/preview.h"

#include <QJsonObject>
#include <QStringList>

namespace hubkeeper::test {

/// One case of the recordings.
class RecordedCase
{
public:
    explicit RecordedCase(const QString &file);

    [[nodiscard]] bool isRead() const { return !m_json.isEmpty(); }
    [[nodiscard]] qsizetype runs() const;
    /// recon, reconById or rest.
    [[nodiscard]] QString kindOf(int run) const;

    /// Computes the run from the state that the one before left, and compares everything that
    /// recon-vectors/README.md names: a line for each difference.
    [[nodiscard]] QStringList differences(int run) const;

private:
    QJsonObject m_json;
};

} // namespace hubkeeper::test
