// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/previewjob.h"

#include <QWidget>

class QLineEdit;

namespace hubkeeper {

/// How many objects a run may delete, create, change and unlink, as numbers or shares: "5", "5%".
class LimitFields final : public QWidget
{
    Q_OBJECT

public:
    /// The fields are named after `name`: "previewMostDeletes".
    LimitFields(const QString &name, QWidget *parent);

    /// InvalidInput for what is neither a number nor a share.
    [[nodiscard]] Result<QList<PreviewThreshold>> thresholds() const;
    /// As options of the command line, to be pasted into a shell.
    [[nodiscard]] QStringList words() const;

signals:
    void changed();

private:
    struct Field
    {
        QLineEdit *edit = nullptr;
        SyncAction action = SyncAction::Delete;
        QString option;
    };
    QList<Field> m_fields;
};

} // namespace hubkeeper
