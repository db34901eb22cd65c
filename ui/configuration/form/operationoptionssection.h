// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/form/formsection.h"
#include "configuration/form/operationoptionsmodel.h"

class QAction;
class QLabel;
class QStackedWidget;
class QTreeView;

namespace hubkeeper {

class ValueTree;

/// What is denied, for which object types, and which options operations take: the operations with
/// their object types as a tree, and every value of the entry chosen there in fields.
class OperationOptionsSection final : public FormSection
{
    Q_OBJECT

public:
    explicit OperationOptionsSection(QWidget *parent);

    [[nodiscard]] QTreeView *tree() const { return m_tree; }
    [[nodiscard]] OperationOptionsModel *model() { return &m_model; }
    /// The fields of the chosen entry.
    [[nodiscard]] FieldsForm *fields() const;
    [[nodiscard]] ValueTree *options() const { return m_options; }

    void showValues() override;
    bool showField(const QString &pointer) override;

protected:
    void onDocument(Document *document) override;
    QList<Finding> placed(const QList<Finding> &findings) override;

private:
    void build();
    [[nodiscard]] QWidget *makeList();
    [[nodiscard]] QWidget *makeDetail();
    QAction *makeAction(const QString &icon, const QString &text, const QKeySequence &keys,
                        void (OperationOptionsSection::*slot)());
    [[nodiscard]] QString current() const; ///< Pointer of the chosen entry.
    void select(const QString &pointer);
    void showCurrent();
    void updateActions();
    void add();
    void remove();
    void showInText();

    OperationOptionsModel m_model;
    QTreeView *m_tree;
    QAction *m_add;
    QAction *m_remove;
    QAction *m_text;
    FieldsForm *m_operationFields;
    FieldsForm *m_typeFields;
    QStackedWidget *m_fields;
    QLabel *m_name;
    ValueTree *m_options;
};

} // namespace hubkeeper
