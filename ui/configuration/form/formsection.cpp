// SPDX-License-Identifier: MIT
#include "configuration/form/formsection.h"

#include "configuration/findings/findingnotes.h"
#include "configuration/findings/jsonpointers.h"
#include "configuration/form/fieldsform.h"
#include "widgets/notelabel.h"
#include "widgets/sizes.h"
#include "widgets/tallcontents.h"

#include <QBoxLayout>
#include <QLabel>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace hubkeeper {

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
    m_notes->setObjectName(u"sectionNotes"_s);
    connect(m_notes, &FindingNotes::fixWanted, this, &FormSection::fixWanted);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(heading);
    if (!introduction.isEmpty())
        layout->addWidget(new NoteLabel(this, introduction));
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
    QList<Finding> notes = placed(m_findings);
    std::stable_sort(notes.begin(), notes.end(), [](const Finding &a, const Finding &b) {
        return a.severity > b.severity; // The worst first: not all of them are shown.
    });
    m_notes->setFindings(notes);
    showNotesArea();
}

void FormSection::keepPlaceForNotes()
{
    auto *inside = new TallContents(TallContents::Everything, this);
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_notes);
    m_noNotes = new NoteLabel(inside, {});
    column->addWidget(m_noNotes);
    column->addStretch(1);
    m_notesArea = scrolling(inside, this);
    m_notesArea->setMinimumHeight(fontMetrics().height() * 2); // Gives way in a low window.
    m_notesArea->setMaximumHeight(fontMetrics().height() * 5);
    layout()->addWidget(m_notesArea);
    showNotesArea();
}

void FormSection::showNotesArea()
{
    if (!m_notesArea)
        return;
    m_notesArea->setVisible(!m_findings.isEmpty());
    m_noNotes->setVisible(m_notes->findings().isEmpty());
    m_noNotes->setText(tr("%Ln finding(s) in this section, marked where they are.", nullptr,
                          int(m_findings.size())));
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
    , m_form(new FieldsForm(specs, this))
{
    connect(m_form, &FieldsForm::failed, this, &FormSection::failed);
    connect(m_form, &FieldsForm::fixWanted, this, &FormSection::fixWanted);
    connect(m_form, &FieldsForm::secretsWanted, this, &FormSection::secretsWanted);
    m_form->addAbove(notes());
    body()->addWidget(m_form, 1);
}

const QList<FormField *> &FieldsSection::fields() const
{
    return m_form->fields();
}

void FieldsSection::onDocument(Document *document)
{
    m_form->setDocument(document);
}

void FieldsSection::showValues()
{
    m_form->showValues();
}

bool FieldsSection::showField(const QString &pointer)
{
    return m_form->showField(pointer);
}

QList<Finding> FieldsSection::placed(const QList<Finding> &findings)
{
    return m_form->placed(findings);
}

} // namespace hubkeeper
