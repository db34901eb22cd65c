// SPDX-License-Identifier: MIT
#include "changes/reviewbar.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// What each line of the list of states chooses; in its order.
void chooseStates(ReviewFilter &filter, int line)
{
    const QList<RowState> problems {RowState::Failed, RowState::Conflicting, RowState::Unknown};
    switch (line) {
    case 1:
        filter.states = problems;
        break;
    case 2:
        filter.states = QList {RowState::Staged, RowState::Skipped, RowState::Sending} + problems;
        filter.excluded = false;
        break;
    case 3:
        filter.states = {RowState::Applied};
        break;
    case 4:
        filter.excluded = true;
        break;
    case 5:
        filter.withFindings = true;
        break;
    case 6:
        filter.states = {RowState::Failed};
        break;
    case 7:
        filter.states = {RowState::Conflicting};
        break;
    case 8:
        filter.states = {RowState::Unknown};
        break;
    default:
        break;
    }
}

} // namespace

ReviewBar::ReviewBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_states(new QComboBox(this))
    , m_verbs(new QComboBox(this))
{
    m_text->setObjectName(u"changesFilter"_s);
    m_text->setPlaceholderText(tr("Filter"));
    m_text->setAccessibleName(tr("Filter the staged changes"));
    m_text->setToolTip(tr("Records, properties, old and new values that hold this text"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaximumWidth(fontMetrics().averageCharWidth() * 30);
    m_states->setObjectName(u"changesShown"_s);
    m_states->setAccessibleName(tr("Which changes are shown"));
    m_states->addItems({tr("All changes"), tr("Problems"), tr("Waiting"), tr("Applied"),
                        tr("Left out"), tr("With findings"), tr("Failed"), tr("Conflicts"),
                        tr("Unknown outcome")});
    m_verbs->setObjectName(u"changesVerbs"_s);
    m_verbs->setAccessibleName(tr("What the shown changes do"));
    m_verbs->addItem(tr("Any kind"));
    m_verbs->addItem(tr("Updates"), int(ChangeKind::Update));
    m_verbs->addItem(tr("New records"), int(ChangeKind::Create));
    m_verbs->addItem(tr("Archives"), int(ChangeKind::Archive));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_text, 1);
    row->addWidget(m_states);
    row->addWidget(m_verbs);
    connect(m_text, &QLineEdit::textChanged, this, &ReviewBar::filterChanged);
    connect(m_states, &QComboBox::currentIndexChanged, this, &ReviewBar::filterChanged);
    connect(m_verbs, &QComboBox::currentIndexChanged, this, &ReviewBar::filterChanged);
}

ReviewFilter ReviewBar::filter() const
{
    ReviewFilter filter;
    filter.text = m_text->text().trimmed();
    chooseStates(filter, m_states->currentIndex());
    if (const QVariant kind = m_verbs->currentData(); kind.isValid())
        filter.kind = ChangeKind(kind.toInt());
    return filter;
}

} // namespace hubkeeper
