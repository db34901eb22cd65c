// SPDX-License-Identifier: MIT
#include "configuration/file/newprovisionerdialog.h"

#include "base/savefile.h"
#include "provisioner/document/newprovisioner.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/notelabel.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

NewProvisionerDialog::NewProvisionerDialog(QByteArray current, const QString &folder,
                                           QWidget *parent)
    : QDialog(parent)
    , m_current(std::move(current))
    , m_message(new MessageBar(this))
    , m_name(new QLineEdit(u"hubspot"_s, this))
    , m_folder(new QLineEdit(QDir::toNativeSeparators(folder), this))
    , m_fromSample(new QRadioButton(tr("The shipped &sample: all object types, disabled"), this))
    , m_fromCurrent(new QRadioButton(tr("A &copy of the open file, without its secrets"), this))
    , m_preview(new NoteLabel(this))
    , m_create(new QPushButton(tr("C&reate"), this))
{
    setWindowTitle(tr("New Provisioner"));
    build();
    connect(m_name, &QLineEdit::textChanged, this, &NewProvisionerDialog::showPath);
    connect(m_folder, &QLineEdit::textChanged, this, &NewProvisionerDialog::showPath);
    m_name->selectAll();
    showPath();
}

void NewProvisionerDialog::build()
{
    m_name->setObjectName(u"name"_s);
    m_folder->setObjectName(u"folder"_s);
    m_folder->setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    m_fromSample->setChecked(true);
    m_fromCurrent->setEnabled(!m_current.isEmpty());
    auto *browseButton = new QToolButton(this);
    browseButton->setIcon(hubkeeper::icon(u"document-open"_s));
    browseButton->setAccessibleName(tr("Choose a folder"));
    browseButton->setToolTip(tr("Choose a folder"));
    browseButton->setFocusPolicy(Qt::StrongFocus);
    connect(browseButton, &QToolButton::clicked, this, &NewProvisionerDialog::browse);
    auto *folderRow = new QHBoxLayout;
    folderRow->addWidget(m_folder, 1);
    folderRow->addWidget(browseButton);

    auto *form = new QFormLayout;
    form->addRow(tr("&Name:"), m_name);
    auto *folderLabel = new QLabel(tr("&Folder:"), this);
    folderLabel->setBuddy(m_folder);
    form->addRow(folderLabel, folderRow);
    form->addRow(tr("Start from:"), m_fromSample);
    form->addRow(QString(), m_fromCurrent);
    form->addRow(QString(), m_preview);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_create->setDefault(true);
    buttons->addButton(m_create, QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &NewProvisionerDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_message);
    layout->addLayout(form);
    layout->addStretch(1);
    layout->addWidget(buttons);
}

void NewProvisionerDialog::browse()
{
    auto *dialog = new QFileDialog(this, tr("Folder"), m_folder->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &folder) { m_folder->setText(QDir::toNativeSeparators(folder)); });
    dialog->open();
}

QString NewProvisionerDialog::wantedPath() const
{
    const auto name = provisionerFileName(m_name->text().trimmed());
    const QString folder = QDir::fromNativeSeparators(m_folder->text().trimmed());
    return name && !folder.isEmpty() ? QDir(folder).absoluteFilePath(*name) : QString();
}

void NewProvisionerDialog::showPath()
{
    m_message->dismiss(); // It was about another path.
    const QString path = wantedPath();
    m_create->setEnabled(!path.isEmpty());
    m_preview->setText(path.isEmpty() ? tr("A name has letters and digits only, as in hubspotEu.")
                                      : QDir::toNativeSeparators(path));
}

void NewProvisionerDialog::accept()
{
    const QString path = wantedPath();
    if (path.isEmpty())
        return;
    if (QFileInfo::exists(path)) {
        m_message->showMessage(MessageBar::Warning, tr("There is a file of this name already."),
                               tr("Choose another name, or open that file."));
        return;
    }
    const auto bytes = m_fromCurrent->isChecked() ? copyOfProvisioner(m_current)
                                                  : Result<QByteArray>(sampleProvisioner());
    const auto written = bytes.and_then([&](const QByteArray &content) {
        return saveFile(path, content, FileMode::KeepOrPrivate);
    });
    if (!written)
        return m_message->showError(written.error(), Situation::SavingFile);
    m_path = path;
    QDialog::accept();
}

} // namespace hubkeeper
