// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/rules/fixes.h"

#include <QDialog>

namespace hubkeeper {

/// What fixing would change in a text, as a comparison, before it is done. Accepted: do it.
class FixPreview final : public QDialog
{
    Q_OBJECT

public:
    FixPreview(const QByteArray &before, const FixOutcome &outcome, QWidget *parent);
};

} // namespace hubkeeper
