// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

#include <QDialog>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace hubkeeper {

class CallBar;
class EmptyState;
class MessageBar;

/// An attribute that can be added to an object type.
struct AttributeOffer
{
    QString name;
    QString detail; ///< Type, flags, required: for people.
    QByteArray json; ///< Its entry in the file.
    QString label = {}; ///< HubSpot's, by which people know it; may be empty.
};

/// A list of attributes to choose from by check marks, with a filter. The list may come later, and
/// may fail to come.
class AttributesDialog final : public QDialog
{
    Q_OBJECT

public:
    AttributesDialog(const QString &title, const QString &introduction, QWidget *parent);

    void setOffers(const QList<AttributeOffer> &offers);
    /// Shows progress until `call` ends; the caller gives offers or an error then.
    void watch(CallBase *call);
    void showError(const Error &error);

    [[nodiscard]] QList<AttributeOffer> chosen() const;
    /// Asks something more, below the list: its text; empty asks nothing.
    void ask(const QString &question);
    [[nodiscard]] bool isAnsweredYes() const;

signals:
    /// After an error, the user wants to try again.
    void retryWanted();

private:
    void build();
    void showCount();
    void checkShown();
    void showEmpty();

    QList<AttributeOffer> m_offers;
    QStandardItemModel m_items;
    QSortFilterProxyModel m_shown;
    MessageBar *m_message;
    CallBar *m_progress;
    QLineEdit *m_filter;
    QListView *m_list;
    EmptyState *m_empty;
    QCheckBox *m_question;
    QPushButton *m_all;
    QPushButton *m_add;
};

} // namespace hubkeeper
