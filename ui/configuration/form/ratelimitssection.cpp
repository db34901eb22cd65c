// SPDX-License-Identifier: MIT
#include "configuration/form/ratelimitssection.h"

#include "configuration/form/valuetree.h"
#include "provisioner/model/provisionerkeys.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto rateLimitsBlock = u"/operationRateLimits"_s;

} // namespace

RateLimitsSection::RateLimitsSection(QWidget *parent)
    : FormSection(
        tr("Rate limits"),
        tr("Limits by operation, for frameworks from 1.5.20.26 on; older ones ignore them, and "
           "there are none by default. Insert adds a limit to the operation the cursor is on, "
           "named "
           "as the documentation of your framework has it; Delete takes away what is selected. "
           "Permits per second holds for the HubSpot connector in any case."),
        QStringList(rateLimitsBlock), parent)
    //: Name of a step; %1 is an operation or a limit.
    , m_tree(
          new ValueTree(title(), tr("Rate limits: %1"), operationNames(), {u"limit"_s, "10"}, this))
{
    connect(m_tree, &ValueTree::failed, this, &FormSection::failed);
    connect(m_tree, &ValueTree::textWanted, this, &FormSection::textWanted);
    body()->addWidget(m_tree, 1);
    keepPlaceForNotes();
}

void RateLimitsSection::onDocument(Document *document)
{
    m_tree->setPlace(document, rateLimitsBlock);
}

void RateLimitsSection::showValues()
{
    m_tree->showValues();
}

bool RateLimitsSection::showField(const QString &pointer)
{
    m_tree->showField(pointer);
    return true;
}

QList<Finding> RateLimitsSection::placed(const QList<Finding> &findings)
{
    m_tree->model()->setFindings(findings);
    return findings; // In words below, with what fixes them.
}

} // namespace hubkeeper
