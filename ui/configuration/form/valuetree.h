// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/form/valuetreemodel.h"

#include <QWidget>

class QAction;
class QTreeView;

namespace hubkeeper {

/// What a new member is called and what it holds.
struct NewMember
{
    QString name;
    QByteArray json;
};

/// A ValueTreeModel edited in place: F2 edits, Insert adds a member where the cursor is, Delete
/// removes what is selected.
class ValueTree final : public QWidget
{
    Q_OBJECT

public:
    /// `name` is for those who cannot see the tree. `top` is what Insert adds at the top, or, if
    /// there are fixed names, to one of those.
    ValueTree(const QString &name, const QString &step, const QStringList &fixedNames,
              const NewMember &top, QWidget *parent);

    [[nodiscard]] QTreeView *view() const { return m_view; }
    [[nodiscard]] ValueTreeModel *model() { return &m_model; }

    /// As ValueTreeModel::setPlace().
    void setPlace(Document *document, const QString &base);
    void showValues();
    void showField(const QString &pointer);

signals:
    void failed(const hubkeeper::Error &error);
    void textWanted(const QString &pointer);

private:
    void build();
    QAction *makeAction(const QString &icon, const QString &text, const QKeySequence &keys,
                        void (ValueTree::*slot)());
    [[nodiscard]] QStringList selected() const; ///< Pointers of what is set, in order.
    void add();
    void remove();
    void showInText();
    void updateActions();

    ValueTreeModel m_model;
    const NewMember m_top;
    const bool m_hasFixedNames;
    Document *m_document = nullptr;
    QTreeView *m_view;
    QAction *m_add;
    QAction *m_remove;
    QAction *m_text;
};

} // namespace hubkeeper
