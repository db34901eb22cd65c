// SPDX-License-Identifier: MIT
import { about, check, refused, same } from './harness.mjs'

export async function properties({ client, portal }) {
    about('properties')
    const { coreApi, groupsApi, batchApi } = client.crm.properties
    const all = await coreApi.getAll('contacts')
    check('the default catalogue is there', all.results.length > 200, all.results.length)
    const email = await coreApi.getByName('contacts', 'email')
    same('one definition', [email.name, email.type, email.fieldType], ['email', 'string', 'text'])
    check('dates are dates', email.createdAt instanceof Date)
    const stage = await coreApi.getByName('companies', 'lifecyclestage')
    check('options are listed', stage.options.some(option => option.value === 'customer'))
    await refused('an unknown one is not found', 404, () => coreApi.getByName('contacts', 'nope'))

    const definition = {
        name: 'favourite_colour', label: 'Favourite colour', type: 'enumeration',
        fieldType: 'checkbox', groupName: 'contactinformation',
        options: [{ label: 'Red', value: 'red', displayOrder: 0, hidden: false },
            { label: 'Blue', value: 'blue', displayOrder: 1, hidden: false }],
    }
    const made = await coreApi.create('contacts', definition)
    same('create', [made.name, made.hubspotDefined, made.options.length], ['favourite_colour', false, 2])
    const taken = await refused('a taken name', 409, () => coreApi.create('contacts', definition))
    same('has its sub-category', taken.subCategory, 'Properties.PROPERTY_WITH_NAME_EXISTS')
    await refused('a taken label', 400,
        () => coreApi.create('contacts', { ...definition, name: 'other_colour' }))
    const changed = await coreApi.update('contacts', 'favourite_colour', { label: 'Best colour' })
    same('update keeps what is not named', [changed.label, changed.options.length], ['Best colour', 2])

    const { basicApi } = client.crm.contacts
    const painter = await basicApi.create({
        properties: { email: 'painter@example.com', favourite_colour: 'red' },
    })
    await basicApi.update(painter.id, { properties: { favourite_colour: ';blue' } })
    same('a leading ; adds to the set', (await basicApi.getById(painter.id, ['favourite_colour']))
        .properties.favourite_colour, 'red;blue')
    await portal.control({ inUse: { contacts: ['favourite_colour'] } })
    const used = await refused('one in use is not archived', 400,
        () => coreApi.archive('contacts', 'favourite_colour'))
    same('and says why', used.subCategory, 'PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE')

    await coreApi.create('companies', {
        name: 'customer_number', label: 'Customer number', type: 'string', fieldType: 'text',
        groupName: 'companyinformation', hasUniqueValue: true,
    })
    const upsert = n => client.crm.companies.batchApi.upsert({
        inputs: [{ id: `K-${n}`, idProperty: 'customer_number', properties: { name: `Kunde ${n}` } }],
    })
    const first = await upsert(1)
    const second = await upsert(1)
    same('upsert by a unique property', first.results[0].id, second.results[0].id)
    const byNumber = await client.crm.companies.basicApi.getById('K-1', ['name'], undefined, undefined,
        false, 'customer_number')
    same('read by a unique property', byNumber.properties.name, 'Kunde 1')
    await refused('domain is no key', 400, () => client.crm.companies.basicApi.getById('life.example',
        undefined, undefined, undefined, false, 'domain'))
    await coreApi.archive('companies', 'customer_number')
    await refused('archived', 404, () => coreApi.getByName('companies', 'customer_number'))
    check('the archived list has it', (await coreApi.getAll('companies', true)).results
        .some(property => property.name === 'customer_number'))
    const revived = await coreApi.create('companies', {
        name: 'customer_number', label: 'Customer number', type: 'string', fieldType: 'text',
        groupName: 'companyinformation',
    })
    same('create brings an archived one back', revived.archived, false)

    const group = await groupsApi.create('contacts', { name: 'extras', label: 'Extras' })
    same('a group is made', group.name, 'extras')
    check('and listed', (await groupsApi.getAll('contacts')).results.some(g => g.name === 'extras'))
    same('and changed', (await groupsApi.update('contacts', 'extras', { label: 'More' })).label, 'More')
    same('and read', (await groupsApi.getByName('contacts', 'extras')).label, 'More')
    await groupsApi.archive('contacts', 'extras')
    await refused('and gone', 404, () => groupsApi.getByName('contacts', 'extras'))
    await refused('a group in use stays', 400,
        () => groupsApi.archive('contacts', 'contactinformation'))

    const batch = await batchApi.create('contacts', {
        inputs: ['one', 'two'].map(n => ({
            name: `batch_${n}`, label: `Batch ${n}`, type: 'number', fieldType: 'number',
            groupName: 'contactinformation',
        })),
    })
    same('batch create', batch.results.length, 2)
    const read = await batchApi.read('contacts', {
        archived: false, inputs: [{ name: 'batch_one' }, { name: 'missing' }],
    })
    same('batch read', [read.results.length, read.errors.length], [1, 1])
    await batchApi.archive('contacts', { inputs: [{ name: 'batch_one' }, { name: 'batch_two' }] })
    await refused('batch archive', 404, () => coreApi.getByName('contacts', 'batch_two'))
}

export async function owners({ client }) {
    about('owners')
    const { ownersApi } = client.crm.owners
    const page = await ownersApi.getPage()
    same('live owners', page.results.length, 9)
    check('with teams', page.results.some(owner => owner.teams?.some(team => team.primary)))
    const gone = await ownersApi.getPage(undefined, undefined, undefined, true)
    check('archived ones have no user', gone.results.length === 3
        && gone.results.every(owner => owner.userId == null && owner.archived))
    const first = page.results[0]
    same('one by id', (await ownersApi.getById(Number(first.id), 'id', false)).email, first.email)
    same('one by user', (await ownersApi.getById(first.userId, 'userId', false)).id, first.id)
    same('one by e-mail', (await ownersApi.getPage(first.email)).results.map(o => o.id), [first.id])
    const part = await ownersApi.getPage(undefined, undefined, 4)
    same('paged', part.results.length, 4)
    const rest = await ownersApi.getPage(undefined, part.paging.next.after, 100)
    same('to the end', [rest.results.length, rest.paging], [5, undefined])
    await refused('an unknown owner', 404, () => ownersApi.getById(1, 'id', false))
}

/** The batches and types of v3, which scripts still use. */
async function associationsOfV3({ client }, contact, company) {
    const { batchApi, schema } = client.crm.associations
    const inputs = [{ _from: { id: contact }, to: { id: company }, type: 'contact_to_company' }]
    const made = await batchApi.create('contacts', 'companies', { inputs })
    same('v3 create', made.results[0].type, 'contact_to_company')
    const read = await batchApi.read('contacts', 'companies', { inputs: [{ id: contact }] })
    check('v3 read', read.results[0].to.every(to => to.id === company))
    await batchApi.archive('contacts', 'companies', {
        inputs: [{ ...inputs[0], type: 'contact_to_company_unlabeled' }],
    })
    const gone = await batchApi.read('contacts', 'companies', { inputs: [{ id: contact }] })
    same('v3 archive', gone.errors[0].subCategory, 'crm.associations.NO_ASSOCIATIONS_FOUND')
    const types = await schema.typesApi.getAll('contacts', 'companies')
    check('v3 types', types.results.some(type => type.id === '279'))
}

export async function associations({ client }) {
    about('associations')
    const { basicApi, batchApi, schema } = client.crm.associations.v4
    const contact = await client.crm.contacts.basicApi.create({ properties: { email: 'link@example.com' } })
    const [one, two] = await Promise.all(['L1', 'L2'].map(name =>
        client.crm.companies.basicApi.create({ properties: { name } })))
    const links = async () => (await basicApi.getPage('contacts', contact.id, 'companies')).results
    same('none at first', await links(), [])
    const made = await basicApi.createDefault('contacts', contact.id, 'companies', one.id)
    same('the default one', made.status, 'COMPLETE')
    const first = (await links())[0]
    check('the id is a number', first.toObjectId === one.id || first.toObjectId === Number(one.id))
    same('the first company is primary', first.associationTypes.map(t => t.typeId).sort((a, b) => a - b),
        [1, 279])
    const labelled = await basicApi.create('contacts', contact.id, 'companies', two.id,
        [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 }])
    same('a labelled one', labelled.labels, ['Primary'])
    const primary = (await links()).filter(link => link.associationTypes.some(t => t.typeId === 1))
    same('one primary only', primary.map(link => String(link.toObjectId)), [two.id])
    same('mirrored on the contact', (await client.crm.contacts.basicApi.getById(contact.id,
        ['associatedcompanyid'])).properties.associatedcompanyid, two.id)
    same('counted on the company', (await client.crm.companies.basicApi.getById(one.id,
        ['num_associated_contacts'])).properties.num_associated_contacts, '1')
    await basicApi.archive('contacts', contact.id, 'companies', two.id)
    same('removed', (await links()).length, 1)

    const label = await schema.definitionsApi.create('contacts', 'companies',
        { name: 'advisor', label: 'Advisor', inverseLabel: 'Advised by' })
    check('a label has both directions', label.results.length === 2)
    const typeId = label.results[0].typeId
    check('and is listed', (await schema.definitionsApi.getAll('contacts', 'companies')).results
        .some(entry => entry.typeId === typeId && entry.label === 'Advisor'))
    await schema.definitionsApi.update('contacts', 'companies',
        { associationTypeId: typeId, label: 'Counsel' })
    const types = [{ associationCategory: 'USER_DEFINED', associationTypeId: typeId }]
    const batch = await batchApi.create('contacts', 'companies', {
        inputs: [{ _from: { id: contact.id }, to: { id: two.id }, types }],
    })
    same('batch create', batch.results[0].labels, ['Counsel'])
    const read = await batchApi.getPage('contacts', 'companies', { inputs: [{ id: contact.id }] })
    same('batch read', read.results[0].to.length, 2)
    await batchApi.archiveLabels('contacts', 'companies', {
        inputs: [{ _from: { id: contact.id }, to: { id: two.id }, types }],
    })
    check('labels go alone', (await links()).some(link => String(link.toObjectId) === two.id
        && link.associationTypes.every(t => t.typeId !== typeId)))
    const asPrimary = {
        inputs: [{
            _from: { id: contact.id }, to: { id: two.id },
            types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 }],
        }],
    }
    const primaries = async () => (await links())
        .filter(link => link.associationTypes.some(t => t.typeId === 1))
        .map(link => String(link.toObjectId))
    await batchApi.create('contacts', 'companies', asPrimary)
    same('a batch moves the primary one', await primaries(), [two.id])
    await batchApi.archiveLabels('contacts', 'companies', asPrimary)
    same('nobody is primary', await primaries(), [])
    same('and the link stays', (await links()).length, 2)
    const unknown = await batchApi.create('contacts', 'companies', {
        inputs: [{
            _from: { id: contact.id }, to: { id: '999' },
            types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
        }],
    })
    same('a record that is not there', unknown.errors[0].category, 'OBJECT_NOT_FOUND')
    const plain = await batchApi.createDefault('companies', 'contacts', {
        inputs: [{ _from: { id: one.id }, to: { id: contact.id } }],
    })
    same('batch default', plain.results.length, 2)
    await batchApi.archive('contacts', 'companies', {
        inputs: [{ _from: { id: contact.id }, to: [{ id: one.id }, { id: two.id }] }],
    })
    same('batch archive', await links(), [])
    await schema.definitionsApi.remove('contacts', 'companies', typeId)
    check('the label is gone', !(await schema.definitionsApi.getAll('contacts', 'companies')).results
        .some(entry => entry.typeId === typeId))
    await associationsOfV3({ client }, contact.id, one.id)
    const born = await client.crm.contacts.basicApi.create({
        properties: { email: 'born@example.com' },
        associations: [{
            to: { id: one.id },
            types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
        }],
    })
    const seen = await client.crm.contacts.basicApi.getById(born.id, undefined, undefined, ['companies'])
    same('made with the record', seen.associations.companies.results[0].id, one.id)
}
