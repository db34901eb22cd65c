// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/form/formsection.h"
#include "provisioner/document/scriptactions.h"

class QLabel;
class QListWidget;

namespace hubkeeper {

class DocumentLine;
class FieldNote;
class ScriptSource;

/// The scripts that IDM runs on the connector by their id: a list, and an editor for the one
/// chosen.
class SystemActionsSection final : public FormSection
{
    Q_OBJECT

public:
    explicit SystemActionsSection(QWidget *parent);

    [[nodiscard]] QListWidget *list() const { return m_list; }
    [[nodiscard]] ScriptSource *source() const { return m_source; }

    void showValues() override;
    bool showField(const QString &pointer) override;

protected:
    QList<Finding> placed(const QList<Finding> &findings) override;

private:
    void build();
    [[nodiscard]] std::optional<ScriptAction> current() const;
    void fillList();
    void showCurrent();
    void add();
    void duplicate();
    void remove();
    void rename();
    void set(const QString &member, const QString &value, const QString &label);
    void setSource(const QString &member, const QString &other, const QString &value);
    [[nodiscard]] QString freeName(const QString &stem) const;

    QList<ScriptAction> m_actions;
    QListWidget *m_list;
    QLabel *m_none; // Below an empty list, which keeps its keys.
    QAction *m_add;
    QAction *m_duplicate;
    QAction *m_remove;
    QWidget *m_detail;
    DocumentLine *m_id;
    FieldNote *m_idNote;
    DocumentLine *m_systemType;
    FieldNote *m_systemTypeNote;
    QComboBox *m_language;
    FieldNote *m_languageNote;
    ScriptSource *m_source;
};

} // namespace hubkeeper
