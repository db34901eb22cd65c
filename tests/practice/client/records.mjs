// SPDX-License-Identifier: MIT
import { about, check, refused, same } from './harness.mjs'

// What contacts and companies have in common: create, read, update, archive, list.
async function commonLife(api, type, fields) {
    const { basicApi } = api
    about(`${type} life`)
    const made = await basicApi.create({ properties: fields.create, associations: [] })
    check('create answers an id as text', /^\d+$/.test(made.id), made.id)
    check('create answers the values', Object.entries(fields.create).every(([name, value]) =>
        made.properties[name] === value), made.properties)
    check('createdAt is a date', made.createdAt instanceof Date && !Number.isNaN(+made.createdAt))
    same('a new record is not archived', made.archived, false)
    check('hs_object_id is the id', made.properties.hs_object_id === made.id)

    const read = await basicApi.getById(made.id)
    check('read answers the default properties', 'createdate' in read.properties
        && read.id === made.id)
    const some = await basicApi.getById(made.id, [fields.text, 'no_such_property', 'phone'])
    same('read answers the asked property', some.properties[fields.text], fields.create[fields.text])
    check('unknown names are left out', !('no_such_property' in some.properties))
    same('unset properties are null', some.properties.phone, null)

    const changed = await basicApi.update(made.id, { properties: { [fields.text]: 'Zoë "Ζωή" 🌟' } })
    same('update answers the new value', changed.properties[fields.text], 'Zoë "Ζωή" 🌟')
    const again = await basicApi.getById(made.id, [fields.text], [fields.text])
    same('the new value is stored', again.properties[fields.text], 'Zoë "Ζωή" 🌟')
    same('history has both values', again.propertiesWithHistory[fields.text].map(past => past.value),
        ['Zoë "Ζωή" 🌟', fields.create[fields.text]])
    await basicApi.update(made.id, { properties: { [fields.text]: '' } })
    same('an empty text clears', (await basicApi.getById(made.id, [fields.text]))
        .properties[fields.text], null)

    const wrong = await refused('an unknown property is refused', 400,
        () => basicApi.update(made.id, { properties: { nonsense: 'x', createdate: '1' } }))
    same('both faults are named', wrong.errors.map(error => error.code).sort(),
        ['PROPERTY_DOESNT_EXIST', 'READ_ONLY_VALUE'])
    same('the category is told', wrong.category, 'VALIDATION_ERROR')
    check('a correlation id comes', /^[0-9a-f-]{36}$/.test(wrong.correlationId))

    same('archive answers nothing', await basicApi.archive(made.id), undefined)
    const gone = await refused('an archived record is not found', 404,
        () => basicApi.getById(made.id))
    same('as HubSpot says it', gone.category, 'OBJECT_NOT_FOUND')
    const archived = await basicApi.getById(made.id, undefined, undefined, undefined, true)
    check('archived=true finds it', archived.archived && archived.archivedAt instanceof Date)
    await basicApi.archive(made.id)
    check('archiving twice is no error', true)
    await refused('an unknown id is not found', 404, () => basicApi.getById('1'))
}

async function listing(api, type, count, other) {
    about(`${type} list`)
    const page = await api.basicApi.getPage(7)
    same('a page has the asked size', page.results.length, 7)
    check('a next page is told', typeof page.paging.next.after === 'string')
    const next = await api.basicApi.getPage(7, page.paging.next.after)
    check('pages go on by id', BigInt(next.results[0].id) > BigInt(page.results[6].id))
    const all = await api.getAll()
    same('getAll finds every record', all.length, count)
    same('each once', new Set(all.map(record => record.id)).size, count)
    const linked = await api.getAll(50, undefined, ['phone'], undefined, [other])
    check('associations come with the list', linked.some(record =>
        record.associations?.[other]?.results.length > 0))
    await refused('more than 100 a page are refused', 400, () => api.basicApi.getPage(101))
    await refused('more than 50 with history are refused', 400,
        () => api.basicApi.getPage(51, undefined, undefined, ['phone']))
    const archived = await api.basicApi.getPage(10, undefined, undefined, undefined, undefined, true)
    check('the archived list shows archived ones only',
        archived.results.length > 0 && archived.results.every(record => record.archived))
}

export async function records({ client, contacts, companies }) {
    await listing(client.crm.contacts, 'contacts', contacts, 'companies')
    await listing(client.crm.companies, 'companies', companies, 'contacts')
    await commonLife(client.crm.contacts, 'contact', {
        text: 'firstname',
        create: { email: 'life@example.com', firstname: 'Ada', lifecyclestage: 'lead' },
    })
    await commonLife(client.crm.companies, 'company', {
        text: 'name',
        create: { name: 'Life & Co', domain: 'life.example', industry: 'RETAIL' },
    })
}

export async function specialWrites({ client }) {
    const { contacts, companies } = client.crm
    about('special writes')
    const first = await contacts.basicApi.create({ properties: { email: 'Unique@Example.com' } })
    same('e-mail is stored in lower case', first.properties.email, 'unique@example.com')
    const taken = await refused('a taken address is a conflict', 409,
        () => contacts.basicApi.create({ properties: { email: 'UNIQUE@example.com' } }))
    same('the text names the id', /Existing ID:\s*(\d+)/.exec(taken.message)?.[1], first.id)
    const byMail = await contacts.basicApi.getById('unique@example.com', ['email'], undefined,
        undefined, false, 'email')
    same('read by e-mail', byMail.id, first.id)
    const byMailChanged = await contacts.basicApi.update('unique@example.com',
        { properties: { lifecyclestage: 'customer' } }, 'email')
    same('update by e-mail', byMailChanged.id, first.id)
    await contacts.basicApi.update(first.id, { properties: { lifecyclestage: 'lead' } })
    same('the stage does not move back', (await contacts.basicApi.getById(first.id,
        ['lifecyclestage'])).properties.lifecyclestage, 'customer')
    await refused('a blank contact is refused', 400,
        () => contacts.basicApi.create({ properties: {} }))
    check('a blank company is taken',
        (await companies.basicApi.create({ properties: {} })).id.length > 0)
    const bad = await refused('bad values are refused together', 400, () =>
        contacts.basicApi.create({
            properties: { email: 'nobody', hs_lead_status: 'X', closedate: 'soon' },
        }))
    same('each with its code', bad.errors.map(error => error.code).sort(),
        ['INVALID_EMAIL', 'INVALID_LONG', 'INVALID_OPTION'])

    const second = await contacts.basicApi.create({
        properties: { email: 'second@example.com', jobtitle: 'Buyer' },
    })
    const merged = await contacts.basicApi.merge({
        primaryObjectId: first.id, objectIdToMerge: second.id,
    })
    check('a merge makes a new record', ![first.id, second.id].includes(merged.id))
    const old = await contacts.basicApi.getById(second.id, ['jobtitle', 'hs_merged_object_ids'])
    same('the merged id still answers', old.id, merged.id)
    same('gaps are filled', old.properties.jobtitle, 'Buyer')
    same('the old ids are kept', old.properties.hs_merged_object_ids.split(';').sort(),
        [first.id, second.id].sort())
    await refused('the merged address stays taken', 400,
        () => contacts.basicApi.create({ properties: { email: 'second@example.com' } }))
    const one = await companies.basicApi.create({ properties: { name: 'One' } })
    const two = await companies.basicApi.create({ properties: { name: 'Two' } })
    const joined = await companies.basicApi.merge({
        primaryObjectId: one.id, objectIdToMerge: two.id,
    })
    same('companies merge', (await companies.basicApi.getById(one.id)).id, joined.id)

    const forgotten = await contacts.basicApi.create({ properties: { email: 'forget@example.com' } })
    await contacts.basicApi.purge({ objectId: forgotten.id })
    await refused('a purged contact is gone', 404, () =>
        contacts.basicApi.getById(forgotten.id, undefined, undefined, undefined, true))
    await refused('and cannot come back', 400,
        () => contacts.basicApi.create({ properties: { email: 'forget@example.com' } }))
}

export async function batches({ client }) {
    const { batchApi, basicApi } = client.crm.contacts
    about('batch')
    const rows = [1, 2, 3].map(n => ({
        properties: { email: `batch${n}@example.com`, firstname: `B${n}` },
        objectWriteTraceId: `row-${n}`, associations: [],
    }))
    const made = await batchApi.create({ inputs: rows })
    same('create is complete', made.status, 'COMPLETE')
    same('create answers every row', made.results.length, 3)
    same('trace ids come back', made.results.map(row => row.objectWriteTraceId).sort(),
        ['row-1', 'row-2', 'row-3'])
    const ids = made.results.map(row => row.id)
    const partly = await batchApi.create({
        inputs: [
            { properties: { email: 'batch1@example.com' }, objectWriteTraceId: 'old', associations: [] },
            { properties: { email: 'batch4@example.com' }, objectWriteTraceId: 'new', associations: [] },
        ],
    })
    same('with trace ids the good row is stored', partly.results.map(row => row.objectWriteTraceId),
        ['new'])
    same('and the bad one named', partly.errors[0].context.objectWriteTraceId, ['old'])
    await refused('without them all fail', 409, () => batchApi.create({
        inputs: [{ properties: { email: 'batch5@example.com' }, associations: [] },
            { properties: { email: 'batch1@example.com' }, associations: [] }],
    }))
    await refused('and nothing is stored', 404, () => basicApi.getById('batch5@example.com',
        undefined, undefined, undefined, false, 'email'))

    const read = await batchApi.read({
        inputs: ids.map(id => ({ id })), properties: ['email'], propertiesWithHistory: [],
    })
    same('read finds all', read.results.map(row => row.properties.email).sort(),
        ['batch1@example.com', 'batch2@example.com', 'batch3@example.com'])
    const missing = await batchApi.read({
        inputs: [{ id: ids[0] }, { id: '98' }, { id: '99' }], properties: [],
        propertiesWithHistory: [],
    })
    same('missing ids are one error', missing.errors.length, 1)
    same('that names them', missing.errors[0].context.ids, ['98', '99'])
    const byMail = await batchApi.read({
        inputs: [{ id: 'batch2@example.com' }], idProperty: 'email', properties: ['firstname'],
        propertiesWithHistory: [],
    })
    same('read by e-mail', byMail.results[0].properties.firstname, 'B2')

    const updated = await batchApi.update({
        inputs: ids.map(id => ({ id, properties: { jobtitle: 'Tester' } })),
    })
    check('update changes all', updated.results.length === 3
        && updated.results.every(row => row.properties.jobtitle === 'Tester'))
    await refused('the same id twice is refused', 400, () => batchApi.update({
        inputs: [{ id: ids[0], properties: {} }, { id: ids[0], properties: {} }],
    }))
    const upserted = await batchApi.upsert({
        inputs: [
            { id: 'batch1@example.com', idProperty: 'email', properties: { lastname: 'Known' } },
            { id: 'batch9@example.com', idProperty: 'email', properties: { lastname: 'New' } },
        ],
    })
    same('upsert tells new from known', Object.fromEntries(upserted.results.map(row =>
        [row.properties.lastname, row._new ?? row['new']])), { Known: false, New: true })
    const hundred = Array.from({ length: 101 }, (_, n) => ({ id: String(n + 1) }))
    const many = await refused('more than 100 are refused', 400, () => batchApi.read({
        inputs: hundred, properties: [], propertiesWithHistory: [],
    }))
    check('with the known text', many.message.includes('supported in a batch is 100'), many.message)
    same('archive answers nothing', await batchApi.archive({ inputs: ids.map(id => ({ id })) }),
        undefined)
    await refused('archived ones are gone', 404, () => basicApi.getById(ids[1]))

    about('batch of companies')
    const companies = client.crm.companies.batchApi
    const two = await companies.create({
        inputs: [{ properties: { name: 'C1' }, associations: [] },
            { properties: { name: 'C2' }, associations: [] }],
    })
    same('create', two.results.length, 2)
    const renamed = await companies.update({
        inputs: two.results.map(row => ({ id: row.id, properties: { name: row.properties.name + '!' } })),
    })
    same('update', renamed.results.map(row => row.properties.name).sort(), ['C1!', 'C2!'])
    const found = await companies.read({
        inputs: two.results.map(row => ({ id: row.id })), properties: ['name'],
        propertiesWithHistory: ['name'],
    })
    same('read with history', found.results.map(row => row.propertiesWithHistory.name.length), [2, 2])
    await companies.archive({ inputs: two.results.map(row => ({ id: row.id })) })
    await refused('archive', 404, () => client.crm.companies.basicApi.getById(two.results[0].id))
}

export async function search({ client, portal }) {
    about('search')
    const { contacts, companies } = client.crm
    const find = request => contacts.searchApi.doSearch({
        filterGroups: [], sorts: [], properties: [], limit: 10, after: '0', ...request,
    })
    const where = (...filters) => ({ filterGroups: [{ filters }] })
    const made = await contacts.basicApi.create({
        properties: {
            email: 'needle@example.org', firstname: 'Nadia', lastname: "O'Needle",
            lifecyclestage: 'evangelist', phone: '+49 30 424242',
        },
    })
    const eq = await find(where({ propertyName: 'email', operator: 'EQ', value: 'NEEDLE@example.org' }))
    same('EQ ignores case', eq.results.map(row => row.id), [made.id])
    same('total is told', eq.total, 1)
    const stage = await find(where({ propertyName: 'lifecyclestage', operator: 'EQ', value: 'evangelist' }))
    same('EQ on options', stage.total, 1)
    const inList = await find(where({
        propertyName: 'lifecyclestage', operator: 'IN', values: ['evangelist', 'other'],
    }))
    same('IN', inList.total, 1)
    const token = await find(where({
        propertyName: 'email', operator: 'CONTAINS_TOKEN', value: 'needle@*',
    }))
    same('CONTAINS_TOKEN with a wildcard', token.results[0].id, made.id)
    const between = await find(where({
        propertyName: 'hs_object_id', operator: 'BETWEEN', value: made.id, highValue: made.id,
    }))
    same('BETWEEN on ids', between.total, 1)
    const has = await find(where({ propertyName: 'email', operator: 'HAS_PROPERTY' }))
    const hasNot = await find(where({ propertyName: 'email', operator: 'NOT_HAS_PROPERTY' }))
    const all = await find({})
    same('set and unset are all', has.total + hasNot.total, all.total)
    const words = await find({ query: 'nad' })
    check('query finds the beginning of a word', words.results.some(row => row.id === made.id))
    const digits = await find(where({
        propertyName: 'hs_searchable_calculated_phone_number', operator: 'EQ', value: '30424242',
    }))
    same('phone numbers without country code', digits.total, 1)
    const either = await find({
        filterGroups: [
            { filters: [{ propertyName: 'email', operator: 'EQ', value: 'needle@example.org' }] },
            { filters: [{ propertyName: 'lastname', operator: 'EQ', value: "o'needle" }] },
        ],
    })
    same('groups are alternatives', either.total, 1)
    const sorted = await find({ sorts: ['-createdate'], limit: 5 })
    check('sorted newest first', sorted.results.every((row, i) =>
        i === 0 || row.createdAt <= sorted.results[i - 1].createdAt))
    const page = await find({ limit: 3 })
    const next = await find({ limit: 3, after: page.paging.next.after })
    check('pages do not overlap', !next.results.some(row =>
        page.results.some(before => before.id === row.id)))
    await refused('more than 200 a page', 400, () => find({ limit: 201 }))
    await refused('beyond 10,000', 400, () => find({ limit: 100, after: '9950' }))
    await refused('too many groups', 400, () => find({
        filterGroups: Array.from({ length: 6 }, () => ({
            filters: [{ propertyName: 'email', operator: 'HAS_PROPERTY' }],
        })),
    }))
    await refused('an unknown property', 400, () =>
        find(where({ propertyName: 'nonsense', operator: 'HAS_PROPERTY' })))
    const firm = await companies.searchApi.doSearch({
        filterGroups: [], sorts: ['name'], properties: ['name'], limit: 2, after: '0',
    })
    check('companies are searched', firm.total > 0 && firm.results.length === 2)

    await portal.control({ indexDelayMs: 60000 })
    await contacts.basicApi.update(made.id, { properties: { firstname: 'Later' } })
    const name = { propertyName: 'firstname', operator: 'EQ', value: 'Later' }
    same('the index lags behind', (await find(where(name))).total, 0)
    await portal.control({ clock: { advanceMs: 60001 }, indexDelayMs: 0 })
    same('and catches up', (await find(where(name))).total, 1)
}
