// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/form/formsection.h"

namespace hubkeeper {

class ValueTree;

/// operationRateLimits (idm-connector 2.4): a tree of operations and the limits each of them has.
class RateLimitsSection final : public FormSection
{
    Q_OBJECT

public:
    explicit RateLimitsSection(QWidget *parent);

    [[nodiscard]] ValueTree *tree() const { return m_tree; }

    void showValues() override;
    bool showField(const QString &pointer) override;

protected:
    void onDocument(Document *document) override;
    QList<Finding> placed(const QList<Finding> &findings) override;

private:
    ValueTree *m_tree;
};

} // namespace hubkeeper
