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

    /// Computes the run from the state that the one before left, and compares everything that was
    /// recorded but sentences and times: a line for each difference. Of an ordinary write, the
    /// implicit synchronisation that it starts.
    [[nodiscard]] QStringList differences(int run,
                                          PreviewPlace place = PreviewPlace::inMemory()) const;

private:
    QJsonObject m_json;
};

} // namespace hubkeeper::test
