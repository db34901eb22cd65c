// SPDX-License-Identifier: MIT
#include "provisioner/model/entryfields.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

const QList<EntryField> &entryFields()
{
    using E = EntryKind;
    using V = EntryValue;
    using T = PropertyType;
    // clang-format off
    static const QList<EntryField> table {
        {E::ObjectType, "/id", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Schema id"),
         QT_TRANSLATE_NOOP("EntryField", "Informative; the key of the object type in shipped files.")},
        {E::ObjectType, "/$schema", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Schema version"),
         QT_TRANSLATE_NOOP("EntryField", "Informative; draft 03 of JSON Schema in shipped files.")},
        {E::ObjectType, "/type", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Schema type"),
         QT_TRANSLATE_NOOP("EntryField", "Informative; always object.")},

        {E::Attribute, "/default", V::Any, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Default value"),
         QT_TRANSLATE_NOOP("EntryField", "The default of the attribute. A number, true, false and null are taken as such, quotes make a text of them.")},
        {E::Attribute, "/runAsUser", V::Single, T::Boolean, "false", QT_TRANSLATE_NOOP("EntryField", "Run as the end user"),
         QT_TRANSLATE_NOOP("EntryField", "The operation runs with the credentials of the end user, who has to send the password once more.")},
        {E::Attribute, "/key", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Encryption key"),
         QT_TRANSLATE_NOOP("EntryField", "Alias of a key in IDM's key store; IDM keeps the value encrypted with it.")},
        {E::Attribute, "/cipher", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Cipher"),
         QT_TRANSLATE_NOOP("EntryField", "How IDM encrypts the value with that key.")},
        {E::Attribute, "/items/type", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Item type"),
         QT_TRANSLATE_NOOP("EntryField", "What a list holds. Informative, and may be left out.")},
        {E::Attribute, "/items/nativeType", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Native item type"),
         QT_TRANSLATE_NOOP("EntryField", "The connector's type of what a list holds. Informative.")},

        {E::OperationOptions, "/denied", V::Single, T::Boolean, "false", QT_TRANSLATE_NOOP("EntryField", "Denied"),
         QT_TRANSLATE_NOOP("EntryField", "IDM answers 403 instead of running the operation. A community server denies only for the object types listed below.")},
        {E::OperationOptions, "/onDeny", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "On deny"),
         QT_TRANSLATE_NOOP("EntryField", "What a denied operation does: nothing, or an error. A community server does not read it and answers 403.")},
        {E::OperationOptions, "/supportedObjectTypes", V::Names, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Object types"),
         QT_TRANSLATE_NOOP("EntryField", "The object types this holds for, with commas between them.")},
        {E::OperationOptions, "/operationOptionInfo/id", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Schema id of the options"),
         QT_TRANSLATE_NOOP("EntryField", "operationOptionInfo is the schema of the options the operation takes; this names it.")},
        {E::OperationOptions, "/operationOptionInfo/$schema", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Schema version of the options"),
         QT_TRANSLATE_NOOP("EntryField", "Informative; draft 03 of JSON Schema in shipped files.")},
        {E::OperationOptions, "/operationOptionInfo/type", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Schema type of the options"),
         QT_TRANSLATE_NOOP("EntryField", "Always object.")},

        {E::ObjectFeatures, "/denied", V::Single, T::Boolean, "false", QT_TRANSLATE_NOOP("EntryField", "Denied"),
         QT_TRANSLATE_NOOP("EntryField", "IDM answers 403 instead of running the operation on this object type.")},
        {E::ObjectFeatures, "/onDeny", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "On deny"),
         QT_TRANSLATE_NOOP("EntryField", "What a denied operation does: nothing, or an error. A community server does not read it and answers 403.")},
        {E::ObjectFeatures, "/operationOptionInfo/id", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Schema id of the options"),
         QT_TRANSLATE_NOOP("EntryField", "operationOptionInfo is the schema of the options the operation takes; this names it.")},
        {E::ObjectFeatures, "/operationOptionInfo/$schema", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Schema version of the options"),
         QT_TRANSLATE_NOOP("EntryField", "Informative; draft 03 of JSON Schema in shipped files.")},
        {E::ObjectFeatures, "/operationOptionInfo/type", V::Single, T::String, "", QT_TRANSLATE_NOOP("EntryField", "Schema type of the options"),
         QT_TRANSLATE_NOOP("EntryField", "Always object.")},
    };
    // clang-format on
    return table;
}

const QStringList &denialKinds()
{
    static const QStringList kinds {u"DO_NOTHING"_s, u"THROW_EXCEPTION"_s};
    return kinds;
}

const char *meaningOfOperation(const QString &operation)
{
    // clang-format off
    static const QHash<QString, const char *> meanings {
        {u"CREATE"_s, QT_TRANSLATE_NOOP("EntryField", "Making a record")},
        {u"GET"_s, QT_TRANSLATE_NOOP("EntryField", "Reading one record by its id")},
        {u"SEARCH"_s, QT_TRANSLATE_NOOP("EntryField", "Reading records by a filter, as reconciliation does")},
        {u"UPDATE"_s, QT_TRANSLATE_NOOP("EntryField", "Replacing values of a record")},
        {u"DELETE"_s, QT_TRANSLATE_NOOP("EntryField", "Removing a record")},
        {u"SCHEMA"_s, QT_TRANSLATE_NOOP("EntryField", "Reading what the connector offers")},
        {u"TEST"_s, QT_TRANSLATE_NOOP("EntryField", "Testing the connection")},
        {u"VALIDATE"_s, QT_TRANSLATE_NOOP("EntryField", "Checking the configuration when the connector starts")},
        {u"SYNC"_s, QT_TRANSLATE_NOOP("EntryField", "liveSync; not in the HubSpot connector")},
        {u"AUTHENTICATE"_s, QT_TRANSLATE_NOOP("EntryField", "Logging in; not in the HubSpot connector")},
        {u"RESOLVEUSERNAME"_s, QT_TRANSLATE_NOOP("EntryField", "Finding an id by a user name; not in the HubSpot connector")},
        {u"SCRIPT_ON_CONNECTOR"_s, QT_TRANSLATE_NOOP("EntryField", "Running a script of System actions")},
        {u"SCRIPT_ON_RESOURCE"_s, QT_TRANSLATE_NOOP("EntryField", "Running a script on the portal; not in the HubSpot connector")},
    };
    // clang-format on
    return meanings.value(operation, "");
}

} // namespace hubkeeper
