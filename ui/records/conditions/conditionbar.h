// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"
#include "records/values/propertynames.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QToolButton;
class QToolButton;

namespace hubkeeper {

class ConditionGroup;
class ConditionRow;
class CrestField;

/// What a view asks for: words that HubSpot searches for, and conditions in rows and groups, which
/// can be seen and typed as CREST as well. Text that rows cannot show is kept as text.
class ConditionBar final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive the bar.
    ConditionBar(ObjectType type, const PropertyNames &names, QWidget *parent);

    /// The definitions or owners became known or changed.
    void namesChanged();
    /// Shows these, as from a view; nothing is emitted.
    void setConditions(const QString &words, const QString &filter);
    /// Why a condition is none, as a translated sentence; empty if all are.
    [[nodiscard]] QString fault() const;
    /// True where there is none. Leaves out what has a fault.
    [[nodiscard]] CrestFilter filter() const;
    /// The filter as a text, to be kept; empty where there is none. What was typed stays as it is.
    [[nodiscard]] QString filterText() const;
    [[nodiscard]] bool isEmpty() const;
    void clear();
    /// Shows what the filter means today, where that is something else.
    void setResolved(const QString &text);
    /// What is to be said of the last search; empty for nothing.
    void setNote(const QString &note);

    [[nodiscard]] QLineEdit *words() const { return m_words; }
    /// Those of the outermost group.
    [[nodiscard]] QList<ConditionRow *> rows() const;
    [[nodiscard]] ConditionGroup *group() const { return m_group; }
    [[nodiscard]] CrestField *crest() const { return m_crest; }
    /// The conditions are a text that rows cannot show.
    [[nodiscard]] bool isText() const { return m_isText; }

signals:
    void searchRequested();
    void edited(); ///< Somebody changed the words or a condition, or took one away.

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeTop(ObjectType type);
    void onBuilt();
    void onTyped();
    void take(const QString &text);
    void showParts();
    void fitRows();

    const PropertyNames &m_names;
    QLineEdit *m_words;
    QPushButton *m_add;
    QPushButton *m_addGroup;
    QToolButton *m_showCrest;
    QScrollArea *m_area;
    ConditionGroup *m_group;
    CrestField *m_crest;
    QLabel *m_asText;
    QLabel *m_note;
    bool m_isText = false;
};

} // namespace hubkeeper
