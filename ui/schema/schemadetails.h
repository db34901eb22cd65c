// SPDX-License-Identifier: MIT
#pragma once

#include "portal/property.h"
#include "session/schema/mappinguse.h"
#include "session/schema/schemasides.h"

#include <QTabWidget>

class QLabel;
class QStackedWidget;
class QTreeWidget;

namespace hubkeeper {

class CodeEditor;
class JsonHighlighter;

/// Everything about one class or attribute: facts, options, the definitions as JSON, and who uses
/// it.
class SchemaDetails final : public QTabWidget
{
    Q_OBJECT

public:
    explicit SchemaDetails(QWidget *parent);

    void clear();
    void showClass(const ClassSides &sides);
    /// `definition` may be null. `fileJson` is the attribute as it is in the file, or empty.
    void showAttribute(const ClassSides &sides, const AttributeSides &attribute,
                       const PropertyDefinition *definition, const QList<MappingUse> &uses,
                       const QByteArray &fileJson);

    [[nodiscard]] QTreeWidget *facts() const { return m_facts; }

signals:
    /// The user wants to see the place in the provisioner.
    void pointerChosen(const QString &pointer);

protected:
    void changeEvent(QEvent *event) override;

private:
    void addFact(const QString &name, const QString &value, const QString &pointer = {});
    void addDefinition(const PropertyDefinition &definition);
    void showOptions(const QList<PropertyOption> &options, const QString &otherwise);

    QTreeWidget *m_facts;
    QTreeWidget *m_options;
    QLabel *m_noOptions;
    QStackedWidget *m_optionsStack;
    CodeEditor *m_json;
    JsonHighlighter *m_highlighter;
};

} // namespace hubkeeper
