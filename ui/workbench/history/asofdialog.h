// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/valuesasof.h"
#include "workbench/repairs/stagingdialog.h"

namespace hubkeeper {

class AsOfChoices;

/// The values that records had at a moment beside those of now, with a tick at each change, and
/// what HubSpot does not know any more; then into the staged changes.
class AsOfDialog final : public StagingDialog
{
    Q_OBJECT

public:
    /// Session and names must outlive it.
    AsOfDialog(Session &session, const PropertyNames &names, RecordsSubject subject,
               QWidget *parent);

private:
    void preview() override;
    void showCommand() override;
    void enableChoices(bool isEnabled) override;
    [[nodiscard]] bool mayPreview() const override;
    void onRead(const Result<CheckedAsOf> &checked);

    AsOfChoices *m_choices;
};

} // namespace hubkeeper
