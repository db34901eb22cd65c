// SPDX-License-Identifier: MIT
#include "workbench/import/formatbar.h"

#include "tables/encoding/codepages.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostOfferedHeaders = 20;

QString separatorName(const QString &separator)
{
    return separator == u','  ? FormatBar::tr("Comma")
        : separator == u';'   ? FormatBar::tr("Semicolon")
        : separator == u'\t'  ? FormatBar::tr("Tab")
        : separator == u'|'   ? FormatBar::tr("Bar |")
        : separator == u' '   ? FormatBar::tr("Blank")
        : separator == u':'   ? FormatBar::tr("Colon")
        : separator.isEmpty() ? FormatBar::tr("None")
                              : separator;
}

QString quoteName(const QString &quote)
{
    return quote.isEmpty() ? FormatBar::tr("None") : quote;
}

QString headerName(qint64 row)
{
    return row > 0 ? FormatBar::tr("Row %1").arg(QLocale().toString(row)) : FormatBar::tr("None");
}

/// The first entry stands for what is found out.
void showFound(QComboBox *box, const QString &found)
{
    //: %1 is what was found out about a file: "UTF-8 (found)".
    box->setItemText(
        0, found.isEmpty() ? FormatBar::tr("Find out") : FormatBar::tr("%1 (found)").arg(found));
}

bool sameOptions(const TableOptions &a, const TableOptions &b)
{
    return a.encoding == b.encoding && a.separator == b.separator && a.quote == b.quote
        && a.hasHeader == b.hasHeader && a.headerRow == b.headerRow && a.sheet == b.sheet;
}

} // namespace

FormatBar::FormatBar(QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_encoding = addBox(u"importEncoding"_s, tr("&Encoding:"));
    m_separator = addBox(u"importSeparator"_s, tr("&Separator:"));
    m_quote = addBox(u"importQuote"_s, tr("&Quote:"));
    m_sheet = addBox(u"importSheet"_s, tr("Shee&t:"));
    m_header = addBox(u"importHeader"_s, tr("&Header:"));
    row->addStretch();
    m_encoding->setEditable(true);
    m_encoding->setInsertPolicy(QComboBox::NoInsert);
    m_separator->setEditable(true);
    m_separator->setInsertPolicy(QComboBox::NoInsert);
    fill();
    connectBoxes();
    reset();
}

QComboBox *FormatBar::addBox(const QString &name, const QString &label)
{
    auto *box = new QComboBox(this);
    box->setObjectName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto *text = new QLabel(label, this);
    text->setBuddy(box);
    box->setAccessibleName(QString(label).remove(u'&').remove(u':'));
    layout()->addWidget(text);
    layout()->addWidget(box);
    return box;
}

void FormatBar::fill()
{
    for (QComboBox *box : {m_encoding, m_separator, m_quote, m_header, m_sheet})
        box->addItem(tr("Find out"));
    for (const QString &name : encodingNames())
        m_encoding->addItem(name, name);
    for (const QString &separator : {u","_s, u";"_s, u"\t"_s, u"|"_s, u":"_s, u" "_s})
        m_separator->addItem(separatorName(separator), separator);
    for (const QString &quote : {u"\""_s, u"'"_s, QString()})
        m_quote->addItem(quoteName(quote), quote.isNull() ? u""_s : quote);
    for (int header = 1; header <= mostOfferedHeaders; ++header)
        m_header->addItem(headerName(header), header);
    m_header->addItem(headerName(0), 0);
}

void FormatBar::connectBoxes()
{
    for (QComboBox *box : {m_encoding, m_separator, m_quote, m_header, m_sheet})
        connect(box, &QComboBox::currentIndexChanged, this, &FormatBar::take);
    for (QComboBox *box : {m_encoding, m_separator}) {
        box->installEventFilter(this); // Its line has the keys from it.
        connect(box->lineEdit(), &QLineEdit::editingFinished, this, [this, box] {
            takeTyped(box);
            take();
        });
    }
}

void FormatBar::take()
{
    if (sameOptions(options(), m_last))
        return;
    m_last = options();
    emit changed();
}

/// Return takes what was typed; it is not the dialog's.
bool FormatBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key != Qt::Key_Return && key != Qt::Key_Enter)
        return QWidget::eventFilter(watched, event);
    takeTyped(static_cast<QComboBox *>(watched));
    take();
    return true;
}

/// What was typed is one of the list, or an entry of its own.
void FormatBar::takeTyped(QComboBox *box)
{
    const QString typed = box == m_separator && box->currentText().trimmed().isEmpty()
        ? box->currentText()
        : box->currentText().trimmed();
    if (typed == box->itemText(box->currentIndex()))
        return;
    const QSignalBlocker quiet(box);
    int known = box->findText(typed, Qt::MatchFixedString);
    if (known < 0)
        known = box->findData(typed);
    if (known < 0 && typed.isEmpty())
        known = 0;
    if (known < 0) {
        box->addItem(typed, typed.left(box == m_separator ? 4 : 100));
        known = box->count() - 1;
    }
    box->setCurrentIndex(known);
    box->setEditText(box->itemText(known));
}

void FormatBar::reset()
{
    setOptions({});
    showFormat({});
}

void FormatBar::setOptions(const TableOptions &options)
{
    const auto choose = [](QComboBox *box, const QVariant &value, const QString &name) {
        const QSignalBlocker quiet(box);
        int place = value.isValid() ? box->findData(value) : 0;
        if (place < 0) {
            box->addItem(name, value);
            place = box->count() - 1;
        }
        box->setCurrentIndex(place);
        if (box->isEditable())
            box->setEditText(box->itemText(place));
    };
    const auto text = [](const std::optional<QString> &one) {
        return one ? QVariant(one->isNull() ? u""_s : *one) : QVariant();
    };
    choose(m_encoding, text(options.encoding), options.encoding.value_or(QString()));
    choose(m_separator, text(options.separator), separatorName(options.separator.value_or(u""_s)));
    choose(m_quote, text(options.quote), quoteName(options.quote.value_or(u""_s)));
    choose(m_sheet, text(options.sheet), options.sheet.value_or(QString()));
    const bool hasNone = options.hasHeader && !*options.hasHeader;
    choose(m_header,
           hasNone                 ? QVariant(0)
               : options.headerRow ? QVariant(int(*options.headerRow))
                                   : QVariant(),
           headerName(options.headerRow.value_or(0)));
    m_last = this->options();
}

TableOptions FormatBar::options() const
{
    const auto text = [](const QComboBox *box) {
        return box->currentIndex() > 0 ? std::optional(box->currentData().toString())
                                       : std::nullopt;
    };
    TableOptions options;
    options.encoding = text(m_encoding);
    options.separator = text(m_separator);
    options.quote = text(m_quote);
    options.sheet = text(m_sheet);
    if (m_header->currentIndex() > 0) {
        const int row = m_header->currentData().toInt();
        if (row > 0)
            options.headerRow = row;
        else
            options.hasHeader = false;
    }
    return options;
}

void FormatBar::show(QComboBox *box, bool isShown)
{
    box->setVisible(isShown);
    const QList<QLabel *> labels = findChildren<QLabel *>();
    for (QLabel *label : labels) {
        if (label->buddy() == box)
            label->setVisible(isShown);
    }
}

void FormatBar::showFormat(const TableFormat &format)
{
    const bool isText = format.kind == TableKind::Delimited;
    show(m_encoding, isText);
    show(m_separator, isText);
    show(m_quote, isText);
    show(m_sheet, format.kind == TableKind::Workbook);
    show(m_header, format.kind != TableKind::JsonLines);
    if (m_encoding->currentIndex() == 0)
        showFound(m_encoding, format.encoding);
    const bool isKnown = !format.encoding.isEmpty() || format.firstRow > 0;
    if (m_separator->currentIndex() == 0)
        showFound(m_separator, isKnown ? separatorName(format.separator) : QString());
    if (m_quote->currentIndex() == 0)
        showFound(m_quote, isKnown ? quoteName(format.quote) : QString());
    if (m_header->currentIndex() == 0)
        showFound(m_header, isKnown ? headerName(format.headerRow) : QString());
    const QSignalBlocker quiet(m_sheet);
    const QVariant chosen = m_sheet->currentData();
    if (!format.sheets.isEmpty()) {
        while (m_sheet->count() > 1)
            m_sheet->removeItem(1);
        for (const QString &sheet : format.sheets)
            m_sheet->addItem(sheet, sheet);
        m_sheet->setCurrentIndex(chosen.isValid() ? std::max(0, m_sheet->findData(chosen)) : 0);
    }
    if (m_sheet->currentIndex() == 0)
        showFound(m_sheet, format.sheet);
    for (QComboBox *box : {m_encoding, m_separator})
        box->setEditText(box->itemText(box->currentIndex()));
}

QList<QWidget *> FormatBar::fields() const
{
    return {m_encoding, m_separator, m_quote, m_sheet, m_header};
}

} // namespace hubkeeper
