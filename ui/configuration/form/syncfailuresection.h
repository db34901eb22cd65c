// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/form/formsection.h"

class QSpinBox;

namespace hubkeeper {

class FieldNote;
class ScriptSource;

/// What IDM does with a change it cannot synchronise (idm-connector 2.7): how often it tries
/// again, and what comes then.
class SyncFailureSection final : public FormSection
{
    Q_OBJECT

public:
    explicit SyncFailureSection(QWidget *parent);

    void showValues() override;
    bool showField(const QString &pointer) override;

protected:
    QList<Finding> placed(const QList<Finding> &findings) override;

private:
    enum Action { NoAction, LoggedIgnore, DeadLetterQueue, Script, UnknownAction };

    void build();
    void showRetries();
    void showAction();
    void commitRetries();
    void commitAction(int chosen);
    void set(const QString &member, const QByteArray &json, const QString &label);
    void setScript(const QString &member, const QString &other, const QString &value);
    [[nodiscard]] Action action() const;

    QComboBox *m_mode;
    QSpinBox *m_retries;
    QComboBox *m_action;
    QComboBox *m_language;
    FieldNote *m_retriesNote;
    FieldNote *m_actionNote;
    QWidget *m_script;
    ScriptSource *m_source;
};

} // namespace hubkeeper
