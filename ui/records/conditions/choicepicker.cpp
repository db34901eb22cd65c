// SPDX-License-Identifier: MIT
#include "records/conditions/choicepicker.h"

#include "records/values/texteditors.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int valueRole = Qt::UserRole;
constexpr int offeredRole = Qt::UserRole + 1;

} // namespace

ChoicePicker::ChoicePicker(const PropertyDefinition &definition,
                           const QList<PropertyChoice> &choices, QWidget *parent)
    : PropertyEditor(parent)
    , m_button(new QToolButton(this))
    , m_popup(new QFrame(this, Qt::Popup))
    , m_search(new QLineEdit(m_popup))
    , m_list(new QListWidget(m_popup))
{
    m_button->setArrowType(Qt::DownArrow);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_button->setAccessibleName(definition.label);
    fillEditor(this, m_button);
    makeList();
    for (const PropertyChoice &choice : choices)
        addItem(choice.label, choice.value, choice.isOffered);
    connect(m_button, &QToolButton::clicked, this, &ChoicePicker::openList);
    connect(m_search, &QLineEdit::textChanged, this, &ChoicePicker::search);
    connect(m_list, &QListWidget::itemChanged, this, [this] {
        showChoice();
        emit chosen();
    });
}

void ChoicePicker::makeList()
{
    static_cast<QFrame *>(m_popup)->setFrameStyle(QFrame::StyledPanel | QFrame::Plain);
    m_search->setPlaceholderText(tr("Search choices"));
    m_search->setAccessibleName(tr("Search choices"));
    m_search->setClearButtonEnabled(true);
    m_list->setAccessibleName(m_button->accessibleName());
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    auto *layout = new QVBoxLayout(m_popup);
    layout->setContentsMargins(2, 2, 2, 2);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    m_popup->setFocusProxy(m_search);
    m_search->installEventFilter(this);
    m_list->installEventFilter(this);
}

void ChoicePicker::addItem(const QString &label, const QString &value, bool isOffered)
{
    auto *item = new QListWidgetItem(label, m_list);
    item->setData(valueRole, value);
    item->setData(offeredRole, isOffered);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(Qt::Unchecked);
    item->setHidden(!isOffered);
}

void ChoicePicker::openList()
{
    const int most = fontMetrics().lineSpacing() * 14;
    const int shown = std::clamp(m_list->count(), 3, 12) * fontMetrics().lineSpacing() * 3 / 2;
    m_popup->resize(std::max(width(), fontMetrics().averageCharWidth() * 30),
                    std::min(most, shown) + m_search->sizeHint().height());
    QPoint at = mapToGlobal(QPoint(0, height()));
    const QRect room = screen()->availableGeometry();
    if (at.y() + m_popup->height() > room.bottom())
        at.setY(mapToGlobal(QPoint(0, 0)).y() - m_popup->height());
    at.setX(
        std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - m_popup->width())));
    m_popup->move(at);
    m_search->clear();
    m_popup->show();
    m_search->setFocus();
}

void ChoicePicker::search(const QString &text)
{
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        const bool isOpen = item->data(offeredRole).toBool() || item->checkState() == Qt::Checked;
        item->setHidden(!isOpen || !item->text().contains(text.trimmed(), Qt::CaseInsensitive));
    }
}

/// Down goes from the search to the list; Enter ticks what the search has left, or closes.
bool ChoicePicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return PropertyEditor::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const bool isEnter = key == Qt::Key_Return || key == Qt::Key_Enter;
    const auto firstShown = [this] {
        for (int row = 0; row < m_list->count(); ++row) {
            if (!m_list->item(row)->isHidden())
                return row;
        }
        return -1;
    };
    if (watched == m_search && key == Qt::Key_Down) {
        m_list->setCurrentRow(firstShown());
        m_list->setFocus();
        return true;
    }
    if (watched == m_search && isEnter && !m_search->text().trimmed().isEmpty()) {
        if (QListWidgetItem *item = m_list->item(firstShown())) {
            item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
            m_search->clear();
        }
        return true;
    }
    if (isEnter) {
        m_popup->close();
        return true;
    }
    return PropertyEditor::eventFilter(watched, event);
}

void ChoicePicker::fill(const QString &text)
{
    const QSignalBlocker quiet(m_list);
    QStringList values = text.split(u';', Qt::SkipEmptyParts);
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        const bool isChosen = values.removeAll(item->data(valueRole).toString()) > 0;
        item->setCheckState(isChosen ? Qt::Checked : Qt::Unchecked);
    }
    for (const QString &value : std::as_const(values)) { // The portal no longer lists it.
        addItem(value, value, true);
        m_list->item(m_list->count() - 1)->setCheckState(Qt::Checked);
    }
    search({});
    showChoice();
}

QString ChoicePicker::content() const
{
    QStringList values;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            values.append(m_list->item(row)->data(valueRole).toString());
    }
    return values.join(u';');
}

TypedValue ChoicePicker::entered() const
{
    return {content(), {}};
}

void ChoicePicker::showChoice()
{
    QStringList labels;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            labels.append(m_list->item(row)->text());
    }
    const QString text = labels.isEmpty() ? tr("(none)", "no option chosen") : labels.join(u"; "_s);
    m_button->setText(QString(text).replace(u'&', "&&"_L1));
    m_button->setToolTip(text);
    m_button->setAccessibleDescription(text);
}

} // namespace hubkeeper
