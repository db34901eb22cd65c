// SPDX-License-Identifier: MIT
#include "configuration/formsection.h"

#include "configuration/findingnotes.h"
#include "configuration/notelabel.h"

#include <QBoxLayout>
#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Letters that menus, tabs and the page's own buttons have taken.
constexpr auto takenKeys = "acdefghprstv"_L1;

/// The label with an access key that no other of the section has, where there is one.
QString withAccessKey(const QString &label, QSet<QChar> &taken)
{
    for (qsizetype at = 0; at < label.size(); ++at) {
        const QChar letter = label.at(at).toLower();
        if (!letter.isLetter() || taken.contains(letter))
            continue;
        taken.insert(letter);
        return label.left(at) + u'&' + label.mid(at);
    }
    return label;
}

} // namespace

bool isAtOrBelow(const QString &pointer, const QString &prefix)
{
    return pointer == prefix || pointer.startsWith(prefix + u'/');
}

FormSection::FormSection(QString title, const QString &introduction, QStringList prefixes,
                         QWidget *parent)
    : QWidget(parent)
    , m_title(std::move(title))
    , m_prefixes(std::move(prefixes))
    , m_body(new QVBoxLayout)
    , m_notes(new FindingNotes(this))
{
    auto *heading = new QLabel(m_title, this);
    QFont font = heading->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.2);
    heading->setFont(font);
    connect(m_notes, &FindingNotes::fixWanted, this, &FormSection::fixWanted);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(heading);
    if (!introduction.isEmpty())
        layout->addWidget(new NoteLabel(this, introduction));
    layout->addWidget(m_notes);
    layout->addLayout(m_body, 1);
}

bool FormSection::covers(const QString &pointer) const
{
    return std::any_of(m_prefixes.begin(), m_prefixes.end(),
                       [&](const QString &prefix) { return isAtOrBelow(pointer, prefix); });
}

void FormSection::setDocument(Document *document)
{
    m_document = document;
    onDocument(document);
    showValues();
}

void FormSection::showFindings(const QList<Finding> &findings)
{
    m_findings = findings;
    placeFindings();
}

void FormSection::placeFindings()
{
    m_notes->setFindings(placed(m_findings));
}

bool FormSection::succeeded(const Result<void> &done)
{
    if (!done)
        emit failed(done.error());
    return done.has_value();
}

FieldsSection::FieldsSection(QString title, const QString &introduction, QStringList prefixes,
                             const QList<FieldSpec> &specs, QWidget *parent)
    : FormSection(std::move(title), introduction, std::move(prefixes), parent)
{
    QSet<QChar> taken;
    for (const char letter : takenKeys)
        taken.insert(QLatin1Char(letter));
    auto *inside = new QWidget(this);
    auto *form = new QFormLayout(inside);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setVerticalSpacing(fontMetrics().height() * 3 / 4);
    for (const FieldSpec &spec : specs) {
        auto *field = new FormField(spec, inside);
        field->setAccessKey(withAccessKey(spec.label, taken));
        connect(field, &FormField::failed, this, &FormSection::failed);
        connect(field, &FormField::fixWanted, this, &FormSection::fixWanted);
        connect(field, &FormField::secretsWanted, this, &FormSection::secretsWanted);
        if (field->label())
            form->addRow(field->label(), field);
        else
            form->addRow(new QLabel(inside), field); // Has its own label, and keeps the column.
        m_fields.append(field);
    }
    inside->setMaximumWidth(fontMetrics().averageCharWidth() * 110);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus); // Its fields take the keyboard.
    scroll->setWidget(inside);
    scroll->viewport()->setAutoFillBackground(false); // That of the tab shows through.
    inside->setAutoFillBackground(false);
    body()->addWidget(scroll, 1);
}

void FieldsSection::onDocument(Document *document)
{
    for (FormField *field : std::as_const(m_fields))
        field->setDocument(document);
}

void FieldsSection::showValues()
{
    for (FormField *field : std::as_const(m_fields))
        field->showValue();
}

bool FieldsSection::showField(const QString &pointer)
{
    for (FormField *field : std::as_const(m_fields)) {
        if (isAtOrBelow(pointer, field->spec().pointer)) {
            field->editor()->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return false;
}

QList<Finding> FieldsSection::placed(const QList<Finding> &findings)
{
    QList<Finding> left = findings;
    for (FormField *field : std::as_const(m_fields)) {
        QList<Finding> own;
        for (const Finding &finding : findings) {
            if (isAtOrBelow(finding.pointer, field->spec().pointer))
                own.append(finding);
        }
        left.removeIf([&](const Finding &finding) {
            return isAtOrBelow(finding.pointer, field->spec().pointer);
        });
        field->showFindings(own);
    }
    return left;
}

} // namespace hubkeeper
