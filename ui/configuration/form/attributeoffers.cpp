// SPDX-License-Identifier: MIT
#include "configuration/form/attributeoffers.h"

#include "configuration/form/attributesdialog.h"
#include "connector/connector.h"
#include "connector/schema.h"
#include "provisioner/document/objecttypeedits.h"
#include "provisioner/model/objecttypes.h"
#include "session/open/session.h"
#include "session/schema/schemamatch.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString describe(const AttributeInfo &info)
{
    QStringList words {info.isMultiValued() ? AttributeOffers::tr("list of %1").arg(info.itemType)
                                            : info.type};
    if (info.required)
        words.append(AttributeOffers::tr("required"));
    words += info.flags();
    return words.join(u", "_s);
}

/// What the class has and the file has not.
QList<AttributeOffer> offersOf(const ObjectClassInfo &info, const DeclaredObjectType &type,
                               const JsonText &text, const QList<PropertyDefinition> &definitions)
{
    const auto labelOf = [&](const QString &name) {
        const auto found =
            std::find_if(definitions.begin(), definitions.end(),
                         [&](const PropertyDefinition &one) { return one.name == name; });
        return found == definitions.end() ? QString() : found->label;
    };
    QList<AttributeOffer> offers;
    for (const AttributeInfo &attribute : info.attributes) {
        const bool isTaken = declaredFor(type, attribute)
            || text.member(type.properties, attribute.name) != JsonText::none;
        if (!isTaken)
            offers.append({attribute.name, describe(attribute), attributeJson(attribute),
                           labelOf(attribute.name)});
    }
    return offers;
}

std::optional<DeclaredObjectType> declaredAt(const Document *document, const QString &pointer)
{
    if (!document)
        return std::nullopt;
    for (const DeclaredObjectType &type : declaredObjectTypes(document->text())) {
        if (document->text().pointerOf(type.node) == pointer)
            return type;
    }
    return std::nullopt;
}

} // namespace

AttributeOffers::AttributeOffers(QWidget *window)
    : QObject(window)
    , m_window(window)
{
}

AttributeOffers::~AttributeOffers()
{
    delete m_liveDialog;
}

void AttributeOffers::setSession(std::shared_ptr<Session> session)
{
    delete m_liveDialog; // With the call it waits for.
    m_live.reset();
    m_session = std::move(session);
}

void AttributeOffers::offerDefault(Document &document, const QString &type)
{
    const Target target {&document, type};
    AttributesDialog *dialog =
        openDialog(target, tr("Add from Default Schema"),
                   tr("What the connector offers while readSchema is off: the attributes of the "
                      "shipped file that this object type has not."));
    const auto declared = declaredAt(&document, type);
    offer(target, dialog, declared ? classNamed(defaultSchema(), declared->nativeType) : nullptr,
          {});
}

void AttributeOffers::offerLive(Document &document, const QString &type)
{
    const Target target {&document, type};
    AttributesDialog *dialog =
        openDialog(target, tr("Add from Live Schema"),
                   tr("What HubSpot defines at the moment and this object type has not. The "
                      "connector serves it while readSchema is on."));
    if (!document.value(u"/configurationProperties/readSchema"_s).toBool())
        dialog->ask(
            tr("&Turn on Read the schema, without which the connector does not serve them"));
    connect(dialog, &AttributesDialog::retryWanted, this,
            [this, target, dialog] { readLive(target, dialog); });
    readLive(target, dialog);
}

AttributesDialog *AttributeOffers::openDialog(const Target &target, const QString &title,
                                              const QString &introduction)
{
    auto *dialog = new AttributesDialog(title, introduction, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, target, dialog] { add(target, *dialog); });
    dialog->open();
    return dialog;
}

void AttributeOffers::add(const Target &target, const AttributesDialog &dialog)
{
    QList<std::pair<QString, QByteArray>> attributes;
    for (const AttributeOffer &offer : dialog.chosen())
        attributes.append({offer.name, offer.json});
    if (attributes.isEmpty() || !target.document)
        return;
    const auto done = addAttributes(*target.document, target.type, attributes,
                                    tr("Add %Ln attribute(s)", nullptr, int(attributes.size())));
    if (!done)
        return emit failed(done.error());
    if (dialog.isAnsweredYes()) {
        const auto turned = target.document->setValue(u"/configurationProperties/readSchema"_s,
                                                      true, tr("Read the schema"));
        if (!turned)
            emit failed(turned.error());
    }
    emit added(target.type + u"/properties"_s + pointerPart(attributes.first().first));
}

void AttributeOffers::offer(const Target &target, AttributesDialog *dialog,
                            const ObjectClassInfo *info,
                            const QList<PropertyDefinition> &definitions)
{
    const auto type = declaredAt(target.document, target.type);
    dialog->setOffers(type && info ? offersOf(*info, *type, target.document->text(), definitions)
                                   : QList<AttributeOffer>());
}

void AttributeOffers::readLive(const Target &target, AttributesDialog *dialog)
{
    if (!m_session)
        return dialog->reject();
    m_liveDialog = dialog;
    if (!m_live)
        m_live = m_session->connectorWith({.readSchema = true});
    m_live->refresh();
    Call<Schema> *call = m_live->schema(dialog);
    dialog->watch(call);
    call->onDone(dialog, [this, target, dialog](const Result<Schema> &schema) {
        if (!schema)
            return dialog->showError(schema.error());
        const auto type = declaredAt(target.document, target.type);
        const ObjectClassInfo *info = type ? classNamed(*schema, type->nativeType) : nullptr;
        const auto records = info ? recordTypeOf(info->objectClass) : std::nullopt;
        if (!records || !m_session)
            return offer(target, dialog, info, {});
        auto *labels = m_session->definitions(*records, false, dialog);
        dialog->watch(labels);
        labels->onDone(
            dialog, [target, dialog, kept = *info](const Result<QList<PropertyDefinition>> &all) {
                // Without labels the list still serves.
                offer(target, dialog, &kept, all ? *all : QList<PropertyDefinition>());
            });
    });
}

} // namespace hubkeeper
