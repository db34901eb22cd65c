<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>hubkeeper::DiffText</name>
    <message numerus="yes">
        <source>%Ln unchanged line(s)</source>
        <translation>
            <numerusform>%Ln unchanged line</numerusform>
            <numerusform>%Ln unchanged lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::DiffView</name>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::FindBar</name>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <translation>
            <numerusform>%Ln replaced</numerusform>
            <numerusform>%Ln replaced</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::FixPreview</name>
    <message numerus="yes">
        <source>%Ln finding(s) can be mended without changing what is meant.</source>
        <translation>
            <numerusform>%Ln finding can be mended without changing what is meant.</numerusform>
            <numerusform>%Ln findings can be mended without changing what is meant.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) will remain.</source>
        <translation>
            <numerusform>%Ln finding will remain.</numerusform>
            <numerusform>%Ln findings will remain.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ProblemsDock</name>
    <message numerus="yes">
        <source>%Ln finding(s) do not match the filter.</source>
        <translation>
            <numerusform>%Ln finding does not match the filter.</numerusform>
            <numerusform>%Ln findings do not match the filter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Checked at %1 with %Ln rule(s): nothing was found.</source>
        <translation>
            <numerusform>Checked at %1 with %Ln rule: nothing was found.</numerusform>
            <numerusform>Checked at %1 with %Ln rules: nothing was found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s)</source>
        <translation>
            <numerusform>%Ln finding</numerusform>
            <numerusform>%Ln findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) mended. Undo on the Configuration page takes it back.</source>
        <translation>
            <numerusform>%Ln finding mended. Undo on the Configuration page takes it back.</numerusform>
            <numerusform>%Ln findings mended. Undo on the Configuration page takes it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) copied.</source>
        <translation>
            <numerusform>%Ln finding copied.</numerusform>
            <numerusform>%Ln findings copied.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) by asking the portal</source>
        <translation>
            <numerusform>%Ln finding by asking the portal</numerusform>
            <numerusform>%Ln findings by asking the portal</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s)</source>
        <translation>
            <numerusform>%Ln error</numerusform>
            <numerusform>%Ln errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln warning(s)</source>
        <translation>
            <numerusform>%Ln warning</numerusform>
            <numerusform>%Ln warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln remark(s)</source>
        <comment>findings of severity info</comment>
        <translation>
            <numerusform>%Ln remark</numerusform>
            <numerusform>%Ln remarks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::TextPane</name>
    <message numerus="yes">
        <source>%Ln finding(s) mended</source>
        <translation>
            <numerusform>%Ln finding mended</numerusform>
            <numerusform>%Ln findings mended</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::AttributesDialog</name>
    <message numerus="yes">
        <source>&amp;Add %Ln Attribute(s)</source>
        <translation>
            <numerusform>&amp;Add %Ln Attribute</numerusform>
            <numerusform>&amp;Add %Ln Attributes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ConfigurationPage</name>
    <message numerus="yes">
        <source>%Ln secret(s) did not come back and are empty.</source>
        <translation>
            <numerusform>%Ln secret did not come back and is empty.</numerusform>
            <numerusform>%Ln secrets did not come back and are empty.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s) were changed by both.</source>
        <translation>
            <numerusform>%Ln value was changed by both.</numerusform>
            <numerusform>%Ln values were changed by both.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::FindingNotes</name>
    <message numerus="yes">
        <source>%Ln more, see Problems</source>
        <translation>
            <numerusform>%Ln more, see Problems</numerusform>
            <numerusform>%Ln more, see Problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ObjectTypesModel</name>
    <message numerus="yes">
        <source>%Ln attribute(s)</source>
        <translation>
            <numerusform>%Ln attribute</numerusform>
            <numerusform>%Ln attributes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ObjectTypesSection</name>
    <message numerus="yes">
        <source>Add %Ln attribute(s)</source>
        <translation>
            <numerusform>Add %Ln attribute</numerusform>
            <numerusform>Add %Ln attributes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln entries</source>
        <translation>
            <numerusform>Remove %Ln entry</numerusform>
            <numerusform>Remove %Ln entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::OperationsModel</name>
    <message numerus="yes">
        <source>%Ln object type(s)</source>
        <translation>
            <numerusform>%Ln object type</numerusform>
            <numerusform>%Ln object types</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ProvisionerForm</name>
    <message numerus="yes">
        <source>%Ln finding(s)</source>
        <translation>
            <numerusform>%Ln finding</numerusform>
            <numerusform>%Ln findings</numerusform>
        </translation>
    </message>
</context>
</TS>
