<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>ReconcileText</name>
    <message numerus="yes">
        <source>%Ln link(s) without a source id: every later run of the mapping breaks off until they are deleted.</source>
        <translation>
            <numerusform>%Ln link without a source id: every later run of the mapping breaks off until it is deleted.</numerusform>
            <numerusform>%Ln links without a source id: every later run of the mapping breaks off until they are deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new link(s) to a target that does not exist.</source>
        <translation>
            <numerusform>%Ln new link to a target that does not exist.</numerusform>
            <numerusform>%Ln new links to a target that does not exist.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln target(s) that are linked under another link qualifier are deleted as UNASSIGNED; their links stay.</source>
        <translation>
            <numerusform>%Ln target that is linked under another link qualifier is deleted as UNASSIGNED; its link stays.</numerusform>
            <numerusform>%Ln targets that are linked under another link qualifier are deleted as UNASSIGNED; their links stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln target(s) of another source are deleted (FOUND_ALREADY_LINKED); the links of those sources stay.</source>
        <translation>
            <numerusform>%Ln target of another source is deleted (FOUND_ALREADY_LINKED); the link of that source stays.</numerusform>
            <numerusform>%Ln targets of another source are deleted (FOUND_ALREADY_LINKED); the links of those sources stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln target(s) are deleted as UNASSIGNED while the situation of some source objects could not be found: they may belong to those.</source>
        <translation>
            <numerusform>%Ln target is deleted as UNASSIGNED while the situation of some source objects could not be found: it may belong to those.</numerusform>
            <numerusform>%Ln targets are deleted as UNASSIGNED while the situation of some source objects could not be found: they may belong to those.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln update(s) are sent that change nothing, and will be in every run: a property without a value is sent as null, or its type differs.</source>
        <translation>
            <numerusform>%Ln update is sent that changes nothing, and will be in every run: a property without a value is sent as null, or its type differs.</numerusform>
            <numerusform>%Ln updates are sent that change nothing, and will be in every run: a property without a value is sent as null, or its type differs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln search(es) for a value with an apostrophe, a backslash or a line end: the server never finds managed objects by it, and creates duplicates.</source>
        <translation>
            <numerusform>%Ln search for a value with an apostrophe, a backslash or a line end: the server never finds managed objects by it, and creates duplicates.</numerusform>
            <numerusform>%Ln searches for a value with an apostrophe, a backslash or a line end: the server never finds managed objects by it, and creates duplicates.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln query or queries whose filter the system does not apply as it is written: &quot;pr&quot; finds every object there, and so does its negation. They are computed as the system answers them.</source>
        <translation>
            <numerusform>%Ln query whose filter the system does not apply as it is written: &quot;pr&quot; finds every object there, and so does its negation. It is computed as the system answers it.</numerusform>
            <numerusform>%Ln queries whose filters the system does not apply as they are written: &quot;pr&quot; finds every object there, and so does its negation. They are computed as the system answers them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunText</name>
    <message numerus="yes">
        <source>%Ln object(s) failed.</source>
        <translation>
            <numerusform>%Ln object failed.</numerusform>
            <numerusform>%Ln objects failed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s) came otherwise than the preview said.</source>
        <translation>
            <numerusform>%Ln object came otherwise than the preview said.</numerusform>
            <numerusform>%Ln objects came otherwise than the preview said.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionText</name>
    <message numerus="yes">
        <source>%Ln object(s) of %1 appeared while it was read, and are not in the preview. Read it again.</source>
        <translation>
            <numerusform>%Ln object of %1 appeared while it was read, and is not in the preview. Read it again.</numerusform>
            <numerusform>%Ln objects of %1 appeared while it was read, and are not in the preview. Read it again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln source object(s) have values by role assignments, which are laid over the mapped ones. Values that a role gave and that are gone cannot be seen.</source>
        <translation>
            <numerusform>%Ln source object has values by role assignments, which are laid over the mapped ones. Values that a role gave and that are gone cannot be seen.</numerusform>
            <numerusform>%Ln source objects have values by role assignments, which are laid over the mapped ones. Values that a role gave and that are gone cannot be seen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server does not show lastSync of its %Ln managed object(s): whether a run has to write it is not known; the preview assumes that none has it.</source>
        <translation>
            <numerusform>The server does not show lastSync of its %Ln managed object: whether a run has to write it is not known; the preview assumes that it has none.</numerusform>
            <numerusform>The server does not show lastSync of its %Ln managed objects: whether a run has to write it is not known; the preview assumes that none has it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln record(s) were changed while they were read, and were read again.</source>
        <translation>
            <numerusform>%1: %Ln record was changed while it was read, and was read again.</numerusform>
            <numerusform>%1: %Ln records were changed while they were read, and were read again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln records are too many to be merged at once.</source>
        <translation>
            <numerusform>%Ln record is too many to be merged at once.</numerusform>
            <numerusform>%Ln records are too many to be merged at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Merge %Ln at a time.</source>
        <translation>
            <numerusform>Merge %Ln at a time.</numerusform>
            <numerusform>Merge %Ln at a time.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln record(s) had other values that HubSpot derives, at the same time of change.</source>
        <translation>
            <numerusform>%1: %Ln record had other values that HubSpot derives, at the same time of change.</numerusform>
            <numerusform>%1: %Ln records had other values that HubSpot derives, at the same time of change.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln property(s) that HubSpot sets itself, such as %2, are those of the earlier snapshot where a record&apos;s time of change is the same: one request does not hold them all.</source>
        <translation>
            <numerusform>%1: %Ln property that HubSpot sets itself, such as %2, is that of the earlier snapshot where a record&apos;s time of change is the same: one request does not hold them all.</numerusform>
            <numerusform>%1: %Ln properties that HubSpot sets itself, such as %2, are those of the earlier snapshot where a record&apos;s time of change is the same: one request does not hold them all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ApplyActions</name>
    <message numerus="yes">
        <source>Write %Ln record(s) to “%1”?</source>
        <translation>
            <numerusform>Write %Ln record to “%1”?</numerusform>
            <numerusform>Write %Ln records to “%1”?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln may have been sent.</source>
        <translation>
            <numerusform>%Ln may have been sent.</numerusform>
            <numerusform>%Ln may have been sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run was stopped: %Ln record(s) are waiting.</source>
        <translation>
            <numerusform>The run was stopped: %Ln record is waiting.</numerusform>
            <numerusform>The run was stopped: %Ln records are waiting.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>That was the trial: %Ln record(s) are waiting.</source>
        <translation>
            <numerusform>That was the trial: %Ln record is waiting.</numerusform>
            <numerusform>That was the trial: %Ln records are waiting.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) are left of it.</source>
        <translation>
            <numerusform>%Ln record is left of it.</numerusform>
            <numerusform>%Ln records are left of it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them may have been sent: HubSpot is asked first.</source>
        <translation>
            <numerusform>%Ln of them may have been sent: HubSpot is asked first.</numerusform>
            <numerusform>%Ln of them may have been sent: HubSpot is asked first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::AsOfDialog</name>
    <message numerus="yes">
        <source>HubSpot keeps the last %Ln value(s) of a property. What it does not know any more is listed, not guessed.</source>
        <translation>
            <numerusform>HubSpot keeps the last %Ln value of a property. What it does not know any more is listed, not guessed.</numerusform>
            <numerusform>HubSpot keeps the last %Ln values of a property. What it does not know any more is listed, not guessed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s) were different then.</source>
        <translation>
            <numerusform>%Ln value was different then.</numerusform>
            <numerusform>%Ln values were different then.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>HubSpot does not know %Ln value(s) any more.</source>
        <translation>
            <numerusform>HubSpot does not know %Ln value any more.</numerusform>
            <numerusform>HubSpot does not know %Ln values any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s) are of records that were made later.</source>
        <translation>
            <numerusform>%Ln value is of a record that was made later.</numerusform>
            <numerusform>%Ln values are of records that were made later.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::AttributeOffers</name>
    <message numerus="yes">
        <source>Add %Ln attribute(s)</source>
        <translation>
            <numerusform>Add %Ln attribute</numerusform>
            <numerusform>Add %Ln attributes</numerusform>
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
    <message numerus="yes">
        <source>None of %Ln attribute(s) fits “%1”</source>
        <extracomment>%1 is what was typed into a filter.</extracomment>
        <translation>
            <numerusform>The %Ln attribute does not fit “%1”</numerusform>
            <numerusform>None of %Ln attributes fits “%1”</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::BadWeather</name>
    <message numerus="yes">
        <source>With %Ln Fault(s)</source>
        <translation>
            <numerusform>With %Ln Fault</numerusform>
            <numerusform>With %Ln Faults</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ChangeFileActions</name>
    <message numerus="yes">
        <source>%Ln record(s) are staged already.</source>
        <translation>
            <numerusform>%Ln record is staged already.</numerusform>
            <numerusform>%Ln records are staged already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) were added.</source>
        <translation>
            <numerusform>%Ln record was added.</numerusform>
            <numerusform>%Ln records were added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) were left out: what is staged for them does not go together with the file.</source>
        <translation>
            <numerusform>%Ln record was left out: what is staged for it does not go together with the file.</numerusform>
            <numerusform>%Ln records were left out: what is staged for them does not go together with the file.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed %Ln row(s) that %1 has saved for %2, with the key “%3”.</source>
        <extracomment>%Ln is the number of rows, %1 an account, %2 a portal, %3 the name of a key.</extracomment>
        <translation>
            <numerusform>Signed %Ln row that %1 has saved for %2, with the key “%3”.</numerusform>
            <numerusform>Signed %Ln rows that %1 has saved for %2, with the key “%3”.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ChangesDock</name>
    <message numerus="yes">
        <source>%Ln record(s) waiting</source>
        <translation>
            <numerusform>%Ln record waiting</numerusform>
            <numerusform>%Ln records waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) have changes that were not applied and are not kept.</source>
        <translation>
            <numerusform>%Ln record has changes that were not applied and are not kept.</numerusform>
            <numerusform>%Ln records have changes that were not applied and are not kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) being sent</source>
        <translation>
            <numerusform>%Ln record being sent</numerusform>
            <numerusform>%Ln records being sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paused: %Ln record(s) not sent yet</source>
        <translation>
            <numerusform>Paused: %Ln record not sent yet</numerusform>
            <numerusform>Paused: %Ln records not sent yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln left out</numerusform>
            <numerusform>%Ln left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::CheckStep</name>
    <message numerus="yes">
        <source>%Ln row(s) are refused and left out. Correct them in the file, or save them and import them later.</source>
        <translation>
            <numerusform>%Ln row is refused and left out. Correct it in the file, or save it and import it later.</numerusform>
            <numerusform>%Ln rows are refused and left out. Correct them in the file, or save them and import them later.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) were saved.</source>
        <translation>
            <numerusform>%Ln row was saved.</numerusform>
            <numerusform>%Ln rows were saved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 %Ln association(s) are added.</source>
        <extracomment>%1 is a whole sentence about the rows.</extracomment>
        <translation>
            <numerusform>%1 %Ln association is added.</numerusform>
            <numerusform>%1 %Ln associations are added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 %Ln association(s) are removed.</source>
        <extracomment>%1 is a whole sentence about the rows.</extracomment>
        <translation>
            <numerusform>%1 %Ln association is removed.</numerusform>
            <numerusform>%1 %Ln associations are removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ColumnsStep</name>
    <message numerus="yes">
        <source>%1 of %Ln column(s) are imported</source>
        <translation>
            <numerusform>%1 of %Ln column is imported</numerusform>
            <numerusform>%1 of %Ln columns are imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln column(s) of the mapping do not fit this table.</source>
        <translation>
            <numerusform>%Ln column of the mapping does not fit this table.</numerusform>
            <numerusform>%Ln columns of the mapping do not fit this table.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ConnectionsDialog</name>
    <message numerus="yes">
        <source>Forget %Ln connection(s) and their secrets in the keychain?</source>
        <translation>
            <numerusform>Forget %Ln connection and its secrets in the keychain?</numerusform>
            <numerusform>Forget %Ln connections and their secrets in the keychain?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ConnectorEyeView</name>
    <message numerus="yes">
        <source>%Ln property(s) with a value are not seen by IDM.</source>
        <translation>
            <numerusform>%Ln property with a value is not seen by IDM.</numerusform>
            <numerusform>%Ln properties with a value are not seen by IDM.</numerusform>
        </translation>
    </message>
</context>
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
    <name>hubkeeper::DiskChanges</name>
    <message numerus="yes">
        <source>Of comments and layout that both changed, yours stay in %Ln place(s).</source>
        <translation>
            <numerusform>Of comments and layout that both changed, yours stay in %Ln place.</numerusform>
            <numerusform>Of comments and layout that both changed, yours stay in %Ln places.</numerusform>
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
    <name>hubkeeper::DraftOffer</name>
    <message numerus="yes">
        <source>%Ln secret(s) did not come back and are empty.</source>
        <translation>
            <numerusform>%Ln secret did not come back and is empty.</numerusform>
            <numerusform>%Ln secrets did not come back and are empty.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::DuplicatesDialog</name>
    <message numerus="yes">
        <source>%Ln record(s) of this view will be compared. Nothing is sent.</source>
        <translation>
            <numerusform>%Ln record of this view will be compared. Nothing is sent.</numerusform>
            <numerusform>%Ln records of this view will be compared. Nothing is sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) of records that may be one. Look at each before you merge it.</source>
        <translation>
            <numerusform>%Ln group of records that may be one. Look at it before you merge it.</numerusform>
            <numerusform>%Ln groups of records that may be one. Look at each before you merge it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s) staged. Nothing was sent.</source>
        <translation>
            <numerusform>%Ln value is staged. Nothing was sent.</numerusform>
            <numerusform>%Ln values are staged. Nothing was sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This group has %Ln record(s): a common value rather than one person or company?</source>
        <translation>
            <numerusform>This group has %Ln record: a common value rather than one person or company?</numerusform>
            <numerusform>This group has %Ln records: a common value rather than one person or company?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln of them are shown. Rules can keep them apart.</source>
        <translation>
            <numerusform>The first %Ln of them is shown. Rules can keep them apart.</numerusform>
            <numerusform>The first %Ln of them are shown. Rules can keep them apart.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::DurationText</name>
    <message numerus="yes">
        <source>%Ln second(s)</source>
        <translation>
            <numerusform>%Ln second</numerusform>
            <numerusform>%Ln seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln minute</numerusform>
            <numerusform>%Ln minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ErrorText</name>
    <message numerus="yes">
        <source>Try again in %Ln second(s).</source>
        <translation>
            <numerusform>Try again in %Ln second.</numerusform>
            <numerusform>Try again in %Ln seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ExportDialog</name>
    <message numerus="yes">
        <source>%Ln &amp;selected</source>
        <comment>records</comment>
        <translation>
            <numerusform>%Ln &amp;selected</numerusform>
            <numerusform>%Ln &amp;selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln s&amp;hown in the grid</source>
        <comment>records</comment>
        <translation>
            <numerusform>%Ln s&amp;hown in the grid</numerusform>
            <numerusform>%Ln s&amp;hown in the grid</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln and the record ID</source>
        <comment>properties</comment>
        <translation>
            <numerusform>%Ln and the record ID</numerusform>
            <numerusform>%Ln and the record ID</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) would be changed by a spreadsheet.</source>
        <translation>
            <numerusform>%Ln cell would be changed by a spreadsheet.</numerusform>
            <numerusform>%Ln cells would be changed by a spreadsheet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) could be run as a formula.</source>
        <translation>
            <numerusform>%Ln cell could be run as a formula.</numerusform>
            <numerusform>%Ln cells could be run as a formula.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) get an apostrophe.</source>
        <translation>
            <numerusform>%Ln cell gets an apostrophe.</numerusform>
            <numerusform>%Ln cells get an apostrophe.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ExtentBox</name>
    <message numerus="yes">
        <source>%Ln selected record(s)</source>
        <translation>
            <numerusform>%Ln selected record</numerusform>
            <numerusform>%Ln selected records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln record(s) shown</source>
        <translation>
            <numerusform>The %Ln record shown</numerusform>
            <numerusform>All %Ln records shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::FileStep</name>
    <message numerus="yes">
        <source>The first %Ln row(s) are shown.</source>
        <translation>
            <numerusform>The first row is shown.</numerusform>
            <numerusform>The first %Ln rows are shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) so far</source>
        <translation>
            <numerusform>%Ln row so far</numerusform>
            <numerusform>%Ln rows so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln column(s)</source>
        <translation>
            <numerusform>%Ln column</numerusform>
            <numerusform>%Ln columns</numerusform>
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
    <name>hubkeeper::FindReplaceDialog</name>
    <message numerus="yes">
        <source>%Ln &amp;selected cell(s)</source>
        <translation>
            <numerusform>%Ln &amp;selected cell</numerusform>
            <numerusform>%Ln &amp;selected cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) are replaced.</source>
        <translation>
            <numerusform>%Ln cell is replaced.</numerusform>
            <numerusform>%Ln cells are replaced.</numerusform>
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
    <name>hubkeeper::FixPreview</name>
    <message numerus="yes">
        <source>%Ln finding(s) can be fixed without changing what is meant.</source>
        <translation>
            <numerusform>%Ln finding can be fixed without changing what is meant.</numerusform>
            <numerusform>%Ln findings can be fixed without changing what is meant.</numerusform>
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
    <name>hubkeeper::FormSection</name>
    <message numerus="yes">
        <source>%Ln finding(s) in this section, marked where they are.</source>
        <translation>
            <numerusform>%Ln finding in this section, marked where it is.</numerusform>
            <numerusform>%Ln findings in this section, marked where they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::GridBar</name>
    <message numerus="yes">
        <source>%L1 of %Ln record(s)</source>
        <translation>
            <numerusform>%L1 of %Ln record</numerusform>
            <numerusform>%L1 of %Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %Ln record(s) read</source>
        <translation>
            <numerusform>%L1 of %Ln record read</numerusform>
            <numerusform>%L1 of %Ln records read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %Ln record(s), not all read</source>
        <translation>
            <numerusform>%L1 of %Ln record, not all read</numerusform>
            <numerusform>%L1 of %Ln records, not all read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s), not all read</source>
        <translation>
            <numerusform>%Ln record, not all read</numerusform>
            <numerusform>%Ln records, not all read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::HistoryStrip</name>
    <message numerus="yes">
        <source>Last %Ln test(s), oldest first</source>
        <translation>
            <numerusform>Last test</numerusform>
            <numerusform>Last %Ln tests, oldest first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>: %Ln failed, last on %1</source>
        <extracomment>Goes on from &quot;Last 12 tests, oldest first&quot;; %1 is a date with time.</extracomment>
        <translation>
            <numerusform>: %Ln failed, last on %1</numerusform>
            <numerusform>: %Ln failed, last on %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::HistoryView</name>
    <message numerus="yes">
        <source>HubSpot keeps the last %Ln value(s) of a property; there may have been more.</source>
        <translation>
            <numerusform>HubSpot keeps the last value of a property; there may have been more.</numerusform>
            <numerusform>HubSpot keeps the last %Ln values of a property; there may have been more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ImportDialog</name>
    <message numerus="yes">
        <source>&amp;Stage %Ln Change(s)</source>
        <translation>
            <numerusform>&amp;Stage %Ln Change</numerusform>
            <numerusform>&amp;Stage %Ln Changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) were left out: they are being sent, or what is staged for them does not go together with the table.</source>
        <translation>
            <numerusform>%Ln record was left out: it is being sent, or what is staged for it does not go together with the table.</numerusform>
            <numerusform>%Ln records were left out: they are being sent, or what is staged for them does not go together with the table.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::JournalRunsModel</name>
    <message numerus="yes">
        <source>%Ln applied</source>
        <translation>
            <numerusform>%Ln applied</numerusform>
            <numerusform>%Ln applied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed meanwhile</source>
        <translation>
            <numerusform>%Ln changed meanwhile</numerusform>
            <numerusform>%Ln changed meanwhile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of unknown outcome</source>
        <translation>
            <numerusform>%Ln of unknown outcome</numerusform>
            <numerusform>%Ln of unknown outcome</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln wait</source>
        <translation>
            <numerusform>%Ln waits</numerusform>
            <numerusform>%Ln wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them not proven</source>
        <translation>
            <numerusform>%Ln of them not proven</numerusform>
            <numerusform>%Ln of them not proven</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::LimitsView</name>
    <message numerus="yes">
        <source>%Ln call(s) a second</source>
        <translation>
            <numerusform>%Ln call a second</numerusform>
            <numerusform>%Ln calls a second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s)</source>
        <comment>in ten seconds</comment>
        <translation>
            <numerusform>%Ln call</numerusform>
            <numerusform>%Ln calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln search(es)</source>
        <comment>in ten seconds</comment>
        <translation>
            <numerusform>%Ln search</numerusform>
            <numerusform>%Ln searches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::LinkedView</name>
    <message numerus="yes">
        <source>%1 is linked with %Ln object(s) on %2.</source>
        <translation>
            <numerusform>%1 is linked with %Ln object on %2.</numerusform>
            <numerusform>%1 is linked with %Ln objects on %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::LinksView</name>
    <message numerus="yes">
        <source>%Ln more associated record(s) are not shown.</source>
        <translation>
            <numerusform>%Ln more associated record is not shown.</numerusform>
            <numerusform>%Ln more associated records are not shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::MainWindow</name>
    <message numerus="yes">
        <source>%Ln may have been sent.</source>
        <translation>
            <numerusform>%Ln may have been sent.</numerusform>
            <numerusform>%Ln may have been sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were applied.</source>
        <translation>
            <numerusform>%Ln was applied.</numerusform>
            <numerusform>%Ln were applied.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) are waiting.</source>
        <translation>
            <numerusform>%Ln record is waiting.</numerusform>
            <numerusform>%Ln records are waiting.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::MappingsModel</name>
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
</context>
<context>
    <name>hubkeeper::MergeGroupDialog</name>
    <message numerus="yes">
        <source>Reading %Ln record(s)…</source>
        <translation>
            <numerusform>Reading %Ln record…</numerusform>
            <numerusform>Reading %Ln records…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) go into %1, one after the other. HubSpot cannot separate them again.</source>
        <extracomment>%1 is the record that stays.</extracomment>
        <translation>
            <numerusform>%Ln record goes into %1. HubSpot cannot separate them again.</numerusform>
            <numerusform>%Ln records go into %1, one after the other. HubSpot cannot separate them again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln association(s) of the second record move to the merged one.</source>
        <translation>
            <numerusform>%Ln association of the second record moves to the merged one.</numerusform>
            <numerusform>%Ln associations of the second record move to the merged one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln merge(s) staged. Nothing was sent.</source>
        <translation>
            <numerusform>%Ln merge staged. Nothing was sent.</numerusform>
            <numerusform>%Ln merges staged. Nothing was sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Merge %Ln record(s) into %1 in “%2”?</source>
        <translation>
            <numerusform>Merge %Ln record into %1 in “%2”?</numerusform>
            <numerusform>Merge %Ln records into %1 in “%2”?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) merged into %1.</source>
        <extracomment>%1 is the id of the record that stays.</extracomment>
        <translation>
            <numerusform>%Ln record merged into %1.</numerusform>
            <numerusform>%Ln records merged into %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) merged before.</source>
        <translation>
            <numerusform>%Ln record merged before.</numerusform>
            <numerusform>%Ln records merged before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Merge %Ln Record(s)</source>
        <translation>
            <numerusform>&amp;Merge %Ln Record</numerusform>
            <numerusform>&amp;Merge %Ln Records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more record(s) of the group are too many for once. Check whether they really are one; merge the next ones afterwards.</source>
        <translation>
            <numerusform>%Ln more record of the group is too many for once. Check whether they really are one; merge the next ones afterwards.</numerusform>
            <numerusform>%Ln more records of the group are too many for once. Check whether they really are one; merge the next ones afterwards.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::MergeRecordsDialog</name>
    <message numerus="yes">
        <source>%Ln association(s) of the second record move to the merged one.</source>
        <translation>
            <numerusform>%Ln association of the second record moves to the merged one.</numerusform>
            <numerusform>%Ln associations of the second record move to the merged one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::NoProblems</name>
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
</context>
<context>
    <name>hubkeeper::ObjectTypesModel</name>
    <message numerus="yes">
        <source>%Ln attribute(s)</source>
        <extracomment>Of an object type: how many attributes it has.</extracomment>
        <translation>
            <numerusform>%Ln attribute</numerusform>
            <numerusform>%Ln attributes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ObjectTypesSection</name>
    <message numerus="yes">
        <source>Remove %Ln entries</source>
        <translation>
            <numerusform>Remove %Ln entry</numerusform>
            <numerusform>Remove %Ln entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::OverviewPage</name>
    <message numerus="yes">
        <source>%1, in %Ln day(s)</source>
        <extracomment>%1 is a date.</extracomment>
        <translation>
            <numerusform>%1, in %Ln day</numerusform>
            <numerusform>%1, in %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln day(s) ago</source>
        <translation>
            <numerusform>%1, %Ln day ago</numerusform>
            <numerusform>%1, %Ln days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more, on the Problems panel</source>
        <translation>
            <numerusform>%Ln more, on the Problems panel</numerusform>
            <numerusform>%Ln more, on the Problems panel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In %Ln second(s):</source>
        <translation>
            <numerusform>In one second:</numerusform>
            <numerusform>In %Ln seconds:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s) per second</source>
        <translation>
            <numerusform>%Ln request per second</numerusform>
            <numerusform>%Ln requests per second</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::PlanView</name>
    <message numerus="yes">
        <source>%Ln value(s) would change on the server.</source>
        <translation>
            <numerusform>%Ln value would change on the server.</numerusform>
            <numerusform>%Ln values would change on the server.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::PreviewTab</name>
    <message numerus="yes">
        <source>%Ln object(s) fail.</source>
        <translation>
            <numerusform>%Ln object fails.</numerusform>
            <numerusform>%Ln objects fail.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ProblemsDock</name>
    <message numerus="yes">
        <source>%Ln finding(s)</source>
        <translation>
            <numerusform>%Ln finding</numerusform>
            <numerusform>%Ln findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) fixed. Undo on the Configuration page takes it back.</source>
        <translation>
            <numerusform>%Ln finding fixed. Undo on the Configuration page takes it back.</numerusform>
            <numerusform>%Ln findings fixed. Undo on the Configuration page takes it back.</numerusform>
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
</context>
<context>
    <name>hubkeeper::ProjectLine</name>
    <message numerus="yes">
        <source>%Ln finding(s) known before are not listed.</source>
        <translation>
            <numerusform>%Ln finding known before is not listed.</numerusform>
            <numerusform>%Ln findings known before are not listed.</numerusform>
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
<context>
    <name>hubkeeper::Readiness</name>
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
        <source>%Ln thing(s) to do before the connector can go live.</source>
        <translation>
            <numerusform>%Ln thing to do before the connector can go live.</numerusform>
            <numerusform>%Ln things to do before the connector can go live.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ReadingNotice</name>
    <message numerus="yes">
        <source>and %Ln other(s)</source>
        <translation>
            <numerusform>and %Ln other</numerusform>
            <numerusform>and %Ln others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) did not take the new value and are as before.</source>
        <translation>
            <numerusform>%Ln cell did not take the new value and is as before.</numerusform>
            <numerusform>%Ln cells did not take the new value and are as before.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::RecordTable</name>
    <message numerus="yes">
        <source>%Ln row(s) copied</source>
        <comment>cells of that many rows</comment>
        <translation>
            <numerusform>%Ln row copied</numerusform>
            <numerusform>%Ln rows copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) pasted</source>
        <translation>
            <numerusform>%Ln cell pasted</numerusform>
            <numerusform>%Ln cells pasted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be edited</source>
        <translation>
            <numerusform>%Ln could not be edited</numerusform>
            <numerusform>%Ln could not be edited</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln beyond the end of the grid</source>
        <translation>
            <numerusform>%Ln beyond the end of the grid</numerusform>
            <numerusform>%Ln beyond the end of the grid</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::RecordsActions</name>
    <message numerus="yes">
        <source>Stage the archiving of %Ln record(s)?</source>
        <translation>
            <numerusform>Stage the archiving of %Ln record?</numerusform>
            <numerusform>Stage the archiving of %Ln records?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::RecordsAsOf</name>
    <message numerus="yes">
        <source>%Ln record(s) are staged. Nothing was sent; Undo takes it back.</source>
        <translation>
            <numerusform>%Ln record is staged. Nothing was sent; Undo takes it back.</numerusform>
            <numerusform>%Ln records are staged. Nothing was sent; Undo takes it back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::RecordsExport</name>
    <message numerus="yes">
        <source>%Ln record(s) exported</source>
        <translation>
            <numerusform>%Ln record exported</numerusform>
            <numerusform>%Ln records exported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln had been deleted meanwhile</source>
        <comment>records</comment>
        <translation>
            <numerusform>%Ln had been deleted meanwhile</numerusform>
            <numerusform>%Ln had been deleted meanwhile</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::RecordsImport</name>
    <message numerus="yes">
        <source>%Ln record(s) are staged. Nothing was sent; Undo takes the import back.</source>
        <translation>
            <numerusform>%Ln record is staged. Nothing was sent; Undo takes the import back.</numerusform>
            <numerusform>%Ln records are staged. Nothing was sent; Undo takes the import back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::RecordsRepair</name>
    <message numerus="yes">
        <source>%Ln record(s) are staged. Nothing was sent; Undo takes the repair back.</source>
        <translation>
            <numerusform>%Ln record is staged. Nothing was sent; Undo takes the repair back.</numerusform>
            <numerusform>%Ln records are staged. Nothing was sent; Undo takes the repair back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::RehearsalText</name>
    <message numerus="yes">
        <source>%Ln applied</source>
        <comment>rows of a rehearsal</comment>
        <translation>
            <numerusform>%Ln applied</numerusform>
            <numerusform>%Ln applied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln already so</source>
        <comment>rows of a rehearsal</comment>
        <translation>
            <numerusform>%Ln already so</numerusform>
            <numerusform>%Ln already so</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <comment>rows of a rehearsal</comment>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln in conflict</source>
        <comment>rows of a rehearsal</comment>
        <translation>
            <numerusform>%Ln in conflict</numerusform>
            <numerusform>%Ln in conflict</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unknown</source>
        <comment>rows of a rehearsal</comment>
        <translation>
            <numerusform>%Ln unknown</numerusform>
            <numerusform>%Ln unknown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not sent</source>
        <comment>rows of a rehearsal</comment>
        <translation>
            <numerusform>%Ln not sent</numerusform>
            <numerusform>%Ln not sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s)</source>
        <translation>
            <numerusform>%Ln call</numerusform>
            <numerusform>%Ln calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) hold something else than was asked for.</source>
        <translation>
            <numerusform>%Ln row holds something else than was asked for.</numerusform>
            <numerusform>%Ln rows hold something else than was asked for.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::RepairDialog</name>
    <message numerus="yes">
        <source>%Ln value(s) would change.</source>
        <translation>
            <numerusform>%Ln value would change.</numerusform>
            <numerusform>%Ln values would change.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln doubtful value(s) are left.</source>
        <translation>
            <numerusform>%Ln doubtful value is left.</numerusform>
            <numerusform>%Ln doubtful values are left.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ReportDialog</name>
    <message numerus="yes">
        <source>%Ln record(s) looked at.</source>
        <translation>
            <numerusform>%Ln record looked at.</numerusform>
            <numerusform>%Ln records looked at.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Something is wrong with %Ln of them.</source>
        <translation>
            <numerusform>Something is wrong with %Ln of them.</numerusform>
            <numerusform>Something is wrong with %Ln of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) exported.</source>
        <translation>
            <numerusform>%Ln finding exported.</numerusform>
            <numerusform>%Ln findings exported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::RunResultView</name>
    <message numerus="yes">
        <source>Only %Ln of them are here; Export has all.</source>
        <translation>
            <numerusform>Only %Ln of them is here; Export has all.</numerusform>
            <numerusform>Only %Ln of them are here; Export has all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::RunReverts</name>
    <message numerus="yes">
        <source>%Ln record(s) staged as new.</source>
        <translation>
            <numerusform>%Ln record staged as new.</numerusform>
            <numerusform>%Ln records staged as new.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) staged as new, without what HubSpot sets itself (%1).</source>
        <translation>
            <numerusform>%Ln record staged as new, without what HubSpot sets itself (%1).</numerusform>
            <numerusform>%Ln records staged as new, without what HubSpot sets itself (%1).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln other(s)</source>
        <translation>
            <numerusform>and %Ln other</numerusform>
            <numerusform>and %Ln others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) cannot be reverted.</source>
        <translation>
            <numerusform>%Ln row cannot be reverted.</numerusform>
            <numerusform>%Ln rows cannot be reverted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln property definition(s) cannot be reverted.</source>
        <translation>
            <numerusform>%Ln property definition cannot be reverted.</numerusform>
            <numerusform>%Ln property definitions cannot be reverted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run changed %Ln property definition(s). They are not staged: they are written to “%1” at once.</source>
        <translation>
            <numerusform>The run changed %Ln property definition. It is not staged: it is written to “%1” at once.</numerusform>
            <numerusform>The run changed %Ln property definitions. They are not staged: they are written to “%1” at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln property definition(s) reverted.</source>
        <translation>
            <numerusform>%Ln property definition reverted.</numerusform>
            <numerusform>%Ln property definitions reverted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::RunTab</name>
    <message numerus="yes">
        <source>Run %1 on %2 for %Ln object(s), one after the other?</source>
        <translation>
            <numerusform>Run %1 on %2 for %Ln object?</numerusform>
            <numerusform>Run %1 on %2 for %Ln objects, one after the other?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s) came to the end, and nothing failed.</source>
        <translation>
            <numerusform>%Ln run came to the end, and nothing failed.</numerusform>
            <numerusform>%Ln runs came to the end, and nothing failed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s) did not do what the preview said.</source>
        <translation>
            <numerusform>%Ln run did not do what the preview said.</numerusform>
            <numerusform>%Ln runs did not do what the preview said.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s) had failures.</source>
        <translation>
            <numerusform>%Ln run had failures.</numerusform>
            <numerusform>%Ln runs had failures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What %Ln run(s) did is not known.</source>
        <translation>
            <numerusform>What %Ln run did is not known.</numerusform>
            <numerusform>What %Ln runs did is not known.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries are in the file.</source>
        <translation>
            <numerusform>%Ln entry is in the file.</numerusform>
            <numerusform>%Ln entries are in the file.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::RunText</name>
    <message numerus="yes">
        <source>%Ln call(s) to HubSpot</source>
        <translation>
            <numerusform>%Ln call to HubSpot</numerusform>
            <numerusform>%Ln calls to HubSpot</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Each record that HubSpot refuses may add %Ln call(s).</source>
        <translation>
            <numerusform>Each record that HubSpot refuses may add %Ln call.</numerusform>
            <numerusform>Each record that HubSpot refuses may add %Ln calls.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s)</source>
        <translation>
            <numerusform>%Ln call</numerusform>
            <numerusform>%Ln calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) applied and proven.</source>
        <translation>
            <numerusform>%Ln record applied and proven.</numerusform>
            <numerusform>%Ln records applied and proven.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln written but not proven.</source>
        <translation>
            <numerusform>%Ln written but not proven.</numerusform>
            <numerusform>%Ln written but not proven.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not written.</source>
        <translation>
            <numerusform>%Ln not written.</numerusform>
            <numerusform>%Ln not written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused.</source>
        <translation>
            <numerusform>%Ln refused.</numerusform>
            <numerusform>%Ln refused.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed meanwhile.</source>
        <translation>
            <numerusform>%Ln changed meanwhile.</numerusform>
            <numerusform>%Ln changed meanwhile.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of unknown outcome.</source>
        <translation>
            <numerusform>%Ln of unknown outcome.</numerusform>
            <numerusform>%Ln of unknown outcome.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not sent.</source>
        <translation>
            <numerusform>%Ln not sent.</numerusform>
            <numerusform>%Ln not sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to be changed</source>
        <translation>
            <numerusform>%Ln to be changed</numerusform>
            <numerusform>%Ln to be changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to be created</source>
        <translation>
            <numerusform>%Ln to be created</numerusform>
            <numerusform>%Ln to be created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to be archived</source>
        <translation>
            <numerusform>%Ln to be archived</numerusform>
            <numerusform>%Ln to be archived</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out: kept and not sent.</source>
        <translation>
            <numerusform>%Ln left out: kept and not sent.</numerusform>
            <numerusform>%Ln left out: kept and not sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::SchemaModel</name>
    <message numerus="yes">
        <source>%Ln attribute(s)</source>
        <translation>
            <numerusform>%Ln attribute</numerusform>
            <numerusform>%Ln attributes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln option(s)</source>
        <translation>
            <numerusform>%Ln option</numerusform>
            <numerusform>%Ln options</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::SchemaPage</name>
    <message numerus="yes">
        <source>The app was not granted %Ln scope(s)</source>
        <translation>
            <numerusform>The app was not granted %Ln scope</numerusform>
            <numerusform>The app was not granted %Ln scopes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln differ(s)</source>
        <comment>attributes</comment>
        <translation>
            <numerusform>%Ln differs</numerusform>
            <numerusform>%Ln differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln only in the file</source>
        <comment>attributes</comment>
        <translation>
            <numerusform>%Ln only in the file</numerusform>
            <numerusform>%Ln only in the file</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not in the file</source>
        <comment>attributes</comment>
        <translation>
            <numerusform>%Ln not in the file</numerusform>
            <numerusform>%Ln not in the file</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ScriptRunner</name>
    <message numerus="yes">
        <source>Running for %Ln second(s)…</source>
        <translation>
            <numerusform>Running for %Ln second…</numerusform>
            <numerusform>Running for %Ln seconds…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln write(s) staged, none sent.</source>
        <translation>
            <numerusform>%Ln write staged, none sent.</numerusform>
            <numerusform>%Ln writes staged, none sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::SecretsDialog</name>
    <message numerus="yes">
        <source>Looked for %Ln secret(s)</source>
        <comment>first half of: in 12 files, 3 MB.</comment>
        <translation>
            <numerusform>Looked for %Ln secret</numerusform>
            <numerusform>Looked for %Ln secrets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> in %Ln file(s), %1.</source>
        <extracomment>Second half of: &quot;Looked for 3 secrets in 12 files, 3 MB.&quot;</extracomment>
        <translation>
            <numerusform> in %Ln file, %1.</numerusform>
            <numerusform> in %Ln files, %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Found %Ln secret(s) in a file.</source>
        <translation>
            <numerusform>Found %Ln secret in a file.</numerusform>
            <numerusform>Found %Ln secrets in a file.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::SelectionEdits</name>
    <message numerus="yes">
        <source>%1: %Ln cell(s)</source>
        <extracomment>%1 is what was done: &quot;Fill down&quot;.</extracomment>
        <translation>
            <numerusform>%1: %Ln cell</numerusform>
            <numerusform>%1: %Ln cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be edited</source>
        <translation>
            <numerusform>%Ln could not be edited</numerusform>
            <numerusform>%Ln could not be edited</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ServerRollback</name>
    <message numerus="yes">
        <source>Put %Ln link(s) on %1 back as before the run?</source>
        <translation>
            <numerusform>Put %Ln link on %1 back as before the run?</numerusform>
            <numerusform>Put %Ln links on %1 back as before the run?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln link(s) are as they were before.</source>
        <translation>
            <numerusform>%Ln link is as it was before.</numerusform>
            <numerusform>%Ln links are as they were before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only %Ln link(s) of %1 are as they were before.</source>
        <translation>
            <numerusform>Only %Ln link of %1 is as it was before.</numerusform>
            <numerusform>Only %Ln links of %1 are as they were before.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ServersDialog</name>
    <message numerus="yes">
        <source>Forget %Ln server(s) and their secrets in the keychain?</source>
        <translation>
            <numerusform>Forget %Ln server and its secret in the keychain?</numerusform>
            <numerusform>Forget %Ln servers and their secrets in the keychain?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::SetValueDialog</name>
    <message numerus="yes">
        <source>%Ln cell(s) of “%1” get this value:</source>
        <extracomment>%1 is a property: &quot;Country/Region&quot;.</extracomment>
        <translation>
            <numerusform>%Ln cell of “%1” gets this value:</numerusform>
            <numerusform>%Ln cells of “%1” get this value:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) get this value, each as its property reads it:</source>
        <translation>
            <numerusform>%Ln cell gets this value, as its property reads it:</numerusform>
            <numerusform>%Ln cells get this value, each as its property reads it:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::SnapshotGrid</name>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::SnapshotListModel</name>
    <message numerus="yes">
        <source>%Ln contact(s)</source>
        <translation>
            <numerusform>%Ln contact</numerusform>
            <numerusform>%Ln contacts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln company(s)</source>
        <translation>
            <numerusform>%Ln company</numerusform>
            <numerusform>%Ln companies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::SnapshotsPage</name>
    <message numerus="yes">
        <source>%Ln record(s) staged. Nothing was sent.</source>
        <translation>
            <numerusform>%Ln record staged. Nothing was sent.</numerusform>
            <numerusform>%Ln records staged. Nothing was sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::StagingDialog</name>
    <message numerus="yes">
        <source>%Ln record(s) looked at.</source>
        <translation>
            <numerusform>%Ln record looked at.</numerusform>
            <numerusform>%Ln records looked at.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) are not there any more.</source>
        <translation>
            <numerusform>%Ln record is not there any more.</numerusform>
            <numerusform>%Ln records are not there any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) were left out: they are being sent.</source>
        <translation>
            <numerusform>%Ln record was left out: it is being sent.</numerusform>
            <numerusform>%Ln records were left out: they are being sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Stage %Ln Value(s)</source>
        <translation>
            <numerusform>&amp;Stage %Ln Value</numerusform>
            <numerusform>&amp;Stage %Ln Values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::StatusLine</name>
    <message numerus="yes">
        <source>%Ln staged</source>
        <comment>records with changes that are not applied yet</comment>
        <translation>
            <numerusform>%Ln staged</numerusform>
            <numerusform>%Ln staged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::TextPane</name>
    <message numerus="yes">
        <source>%Ln finding(s) fixed</source>
        <translation>
            <numerusform>%Ln finding fixed</numerusform>
            <numerusform>%Ln findings fixed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %Ln more)</source>
        <extracomment>%1 is a finding; more of them concern the same place.</extracomment>
        <translation>
            <numerusform>%1 (and %Ln more)</numerusform>
            <numerusform>%1 (and %Ln more)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::UsageChart</name>
    <message numerus="yes">
        <source>at most %Ln in ten seconds.</source>
        <translation>
            <numerusform>at most %Ln in ten seconds.</numerusform>
            <numerusform>at most %Ln in ten seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them search(es)</source>
        <translation>
            <numerusform>%Ln of them search</numerusform>
            <numerusform>%Ln of them searches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s) in the last ten minutes</source>
        <translation>
            <numerusform>%Ln call in the last ten minutes</numerusform>
            <numerusform>%Ln calls in the last ten minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hit the rate limit</source>
        <comment>calls</comment>
        <translation>
            <numerusform>%Ln hit the rate limit</numerusform>
            <numerusform>%Ln hit the rate limit</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::ValueTreeModel</name>
    <message numerus="yes">
        <source>%Ln member(s)</source>
        <translation>
            <numerusform>%Ln member</numerusform>
            <numerusform>%Ln members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::VerdictText</name>
    <message numerus="yes">
        <source>and %Ln other range(s)</source>
        <translation>
            <numerusform>and %Ln other range</numerusform>
            <numerusform>and %Ln other ranges</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The journal is sealed and intact: %Ln entries checked.</source>
        <translation>
            <numerusform>The journal is sealed and intact: %Ln entry checked.</numerusform>
            <numerusform>The journal is sealed and intact: %Ln entries checked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The journal&apos;s chain is intact (%Ln entries), but not all of it is sealed.</source>
        <translation>
            <numerusform>The journal&apos;s chain is intact (%Ln entry), but not all of it is sealed.</numerusform>
            <numerusform>The journal&apos;s chain is intact (%Ln entries), but not all of it is sealed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hubkeeper::WriteMappingDialog</name>
    <message numerus="yes">
        <source>There are %Ln warning(s) about it.</source>
        <translation>
            <numerusform>There is %Ln warning about it.</numerusform>
            <numerusform>There are %Ln warnings about it.</numerusform>
        </translation>
    </message>
</context>
</TS>
