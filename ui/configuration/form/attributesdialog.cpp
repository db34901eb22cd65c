// SPDX-License-Identifier: MIT
#include "configuration/form/attributesdialog.h"

#include "widgets/callbar.h"
#include "widgets/emptystate.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/notelabel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

AttributesDialog::AttributesDialog(const QString &title, const QString &introduction,
                                   QWidget *parent)
    : QDialog(parent)
    , m_message(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_filter(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_empty(new EmptyState(this))
    , m_question(new QCheckBox(this))
    , m_all(new QPushButton(tr("&Check All Shown"), this))
    , m_add(new QPushButton(this))
{
    setWindowTitle(title);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new NoteLabel(this, introduction));
    build();
    resize(fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 28);
    connect(&m_items, &QStandardItemModel::itemChanged, this, &AttributesDialog::showCount);
    connect(m_all, &QPushButton::clicked, this, &AttributesDialog::checkShown);
    connect(m_message, &MessageBar::buttonPressed, this, [this] {
        m_message->dismiss();
        emit retryWanted();
    });
    showCount();
}

void AttributesDialog::build()
{
    m_filter->setPlaceholderText(tr("Filter by name, label or type"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_shown.setSourceModel(&m_items);
    m_shown.setFilterCaseSensitivity(Qt::CaseInsensitive);
    connect(m_filter, &QLineEdit::textChanged, &m_shown,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(m_filter, &QLineEdit::textChanged, this, &AttributesDialog::showEmpty);
    m_list->setModel(&m_shown);
    m_list->setAccessibleName(tr("Attributes to add"));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    m_empty->hide();
    m_question->setObjectName(u"question"_s);
    m_question->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_add->setDefault(true);
    buttons->addButton(m_add, QDialogButtonBox::AcceptRole);
    buttons->addButton(m_all, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->addWidget(m_message);
    column->addWidget(m_progress);
    column->addWidget(m_filter);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty, 1);
    column->addWidget(m_question);
    column->addWidget(buttons);
}

void AttributesDialog::setOffers(const QList<AttributeOffer> &offers)
{
    m_offers = offers;
    m_items.clear();
    for (int number = 0; number < offers.size(); ++number) {
        const AttributeOffer &offer = offers[number];
        auto *item = new QStandardItem(
            offer.label.isEmpty()
                //: An attribute in a list: its name, its type and flags.
                ? tr("%1  –  %2").arg(offer.name, offer.detail)
                //: An attribute in a list: its name, HubSpot's label, its type and flags.
                : tr("%1  –  %2  –  %3").arg(offer.name, offer.label, offer.detail));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
        item->setData(number);
        m_items.appendRow(item);
    }
    m_filter->setVisible(!offers.isEmpty());
    showEmpty();
    showCount();
    m_filter->setFocus();
}

void AttributesDialog::showEmpty()
{
    const bool isEmpty = m_shown.rowCount() == 0;
    m_list->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    if (m_offers.isEmpty()) {
        m_empty->setContents(icon(u"dialog-ok"_s), tr("Nothing to add"),
                             tr("The file has every attribute of this object class already."));
    } else if (isEmpty) {
        m_empty->setContents(icon(u"edit-find"_s),
                             //: %1 is what was typed into a filter.
                             tr("None of %Ln attribute(s) fits “%1”", nullptr, int(m_offers.size()))
                                 .arg(m_filter->text()),
                             tr("What the file has already is not listed."));
    }
}

void AttributesDialog::ask(const QString &question)
{
    m_question->setText(question);
    m_question->setVisible(!question.isEmpty());
}

bool AttributesDialog::isAnsweredYes() const
{
    return !m_question->isHidden() && m_question->isChecked();
}

void AttributesDialog::watch(CallBase *call)
{
    m_progress->watch(call, tr("Reading the schema"));
}

void AttributesDialog::showError(const Error &error)
{
    const ErrorText text = errorText(error, Situation::ReadingSchema);
    m_message->showMessage(MessageBar::Failure, text.sentence, text.detail,
                           {{Choice::Retry, tr("&Try Again")}});
}

QList<AttributeOffer> AttributesDialog::chosen() const
{
    QList<AttributeOffer> chosen;
    for (int row = 0; row < m_items.rowCount(); ++row) {
        if (m_items.item(row)->checkState() == Qt::Checked)
            chosen.append(m_offers[row]);
    }
    return chosen;
}

void AttributesDialog::showCount()
{
    const int count = int(chosen().size());
    m_add->setText(count > 0 ? tr("&Add %Ln Attribute(s)", nullptr, count) : tr("&Add"));
    m_add->setEnabled(count > 0);
    m_all->setEnabled(m_items.rowCount() > 0);
}

void AttributesDialog::checkShown()
{
    for (int row = 0; row < m_shown.rowCount(); ++row)
        m_shown.setData(m_shown.index(row, 0), Qt::Checked, Qt::CheckStateRole);
}

} // namespace hubkeeper
