// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/form/formsection.h"
#include "configuration/form/objecttypesmodel.h"

class QTreeView;

namespace hubkeeper {

class AttributeOffers;
class EntryDetail;
class Session;

/// The object types of the file as a tree that is edited in place, with keys and a context menu
/// for everything; attributes can be taken from the connector's schema, built in or live.
class ObjectTypesSection final : public FormSection
{
    Q_OBJECT

public:
    explicit ObjectTypesSection(QWidget *parent);

    /// For the live schema; null: not offered.
    void setSession(std::shared_ptr<Session> session);
    [[nodiscard]] QTreeView *tree() const { return m_tree; }
    [[nodiscard]] ObjectTypesModel *model() { return &m_model; }
    /// The fields of the entry the cursor is on.
    [[nodiscard]] EntryDetail *detail() const { return m_detail; }

    void showValues() override;
    bool showField(const QString &pointer) override;

protected:
    void onDocument(Document *document) override;
    QList<Finding> placed(const QList<Finding> &findings) override;

private:
    void build();
    QAction *add(const QString &name, const QString &icon, const QString &text,
                 const QKeySequence &keys, void (ObjectTypesSection::*slot)());
    [[nodiscard]] QStringList selected() const; ///< Pointers, in the order of the file.
    [[nodiscard]] QStringList selectedAttributes() const;
    [[nodiscard]] QString currentType() const; ///< Pointer of the object type the cursor is in.
    void select(const QString &pointer);
    void showCurrent();
    void updateActions();
    void showMenu(const QPoint &position);
    void fillFlags(QMenu *menu);

    void addType();
    void addAttribute();
    void addFromDefault();
    void addFromLive();
    void rename();
    void duplicate();
    void removeSelected();
    void moveUp();
    void moveDown();
    void moveSelected(int by);
    void showInText();
    void askName(const QString &title, const QString &label,
                 const std::function<Result<void>(const QString &)> &then,
                 const QStringList &choices = {});

    ObjectTypesModel m_model;
    QTreeView *m_tree;
    EntryDetail *m_detail;
    AttributeOffers *m_offers;
    QHash<QString, QAction *> m_actions;
};

} // namespace hubkeeper
