// Counts the attributes of each object class, and those that cannot be written.
const schema = connector.schema();
const overview = {};
for (const name of Object.keys(schema)) {
    const attributes = Object.values(schema[name].properties);
    const readOnly = attributes.filter((one) => (one.flags || []).includes("NOT_UPDATEABLE"));
    overview[name] = { attributes: attributes.length, readOnly: readOnly.length };
    console.log(name, attributes.length, "attributes,", readOnly.length, "read-only");
}
overview;
