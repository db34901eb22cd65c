// SPDX-License-Identifier: MIT
#pragma once

#include "shell/codeeditor.h"

namespace hubkeeper {

class JsonHighlighter;

/// A code editor for the JSON of a provisioner.
class JsonEditor final : public CodeEditor
{
    Q_OBJECT

public:
    explicit JsonEditor(QWidget *parent);

protected:
    void changeEvent(QEvent *event) override;

private:
    JsonHighlighter *m_highlighter;
};

} // namespace hubkeeper
