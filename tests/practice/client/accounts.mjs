// SPDX-License-Identifier: MIT
import { about, check, refused, same } from './harness.mjs'

async function authorize(portal, redirect, scope) {
    const query = new URLSearchParams({
        client_id: portal.clientId, redirect_uri: redirect, scope, state: 'a b&c',
    })
    const reply = await fetch(`${portal.url}/oauth/authorize?${query}`, { redirect: 'manual' })
    return reply.headers.get('location') && new URL(reply.headers.get('location'))
}

export async function oauth({ client, portal, clientWith }) {
    about('OAuth')
    const { tokensApi, accessTokensApi, refreshTokensApi } = client.oauth
    const refresh = (token = portal.refreshToken, secret = portal.clientSecret) =>
        tokensApi.create('refresh_token', undefined, undefined, portal.clientId, secret, token)
    const tokens = await refresh()
    check('an access token comes', tokens.accessToken.length > 100)
    same('for 30 minutes', tokens.expiresIn, 1800)
    same('and the refresh token stays', tokens.refreshToken, portal.refreshToken)
    const own = clientWith(tokens.accessToken)
    check('it opens the portal', (await own.crm.contacts.basicApi.getPage(1)).results.length === 1)
    const info = await accessTokensApi.get(tokens.accessToken)
    check('access token facts', info.hubId === 12345678 && info.scopes.includes('oauth'))
    same('refresh token facts', (await refreshTokensApi.get(portal.refreshToken)).clientId,
        portal.clientId)

    same('an unknown refresh token', (await refused('bad', 400, () => refresh('nonsense'))).status,
        'BAD_REFRESH_TOKEN')
    check('a token of another app', (await refused('foreign', 400,
        () => refresh(portal.foreignRefreshToken))).message.includes('not issued to this client'))
    same('a wrong secret', (await refused('secret', 400,
        () => refresh(undefined, 'wrong'))).status, 'BAD_CLIENT_SECRET')

    const redirect = 'http://localhost:4713/callback'
    const answer = await authorize(portal, redirect, 'crm.objects.contacts.read oauth')
    same('state comes back unchanged', answer.searchParams.get('state'), 'a b&c')
    const exchange = uri => tokensApi.create('authorization_code', answer.searchParams.get('code'),
        uri, portal.clientId, portal.clientSecret)
    same('a different redirect', (await refused('redirect', 400,
        () => exchange('http://localhost:1/x'))).status, 'MISMATCH_REDIRECT_URI_AUTH_CODE')
    const granted = await exchange(redirect)
    check('the code is exchanged', granted.refreshToken !== portal.refreshToken)
    same('but once', (await refused('code', 400, () => exchange(redirect))).status, 'BAD_AUTH_CODE')
    const reader = clientWith(granted.accessToken)
    check('the grant reads', (await reader.crm.contacts.basicApi.getPage(1)).results.length === 1)
    const lacking = await refused('but does not write', 403,
        () => reader.crm.contacts.basicApi.create({ properties: { email: 'x@example.com' } }))
    same('and names the scope', lacking.errors[0].context.requiredGranularScopes,
        ['crm.objects.contacts.write'])
    await refreshTokensApi.archive(granted.refreshToken)
    same('revoked', (await refused('revoked', 400, () => refresh(granted.refreshToken))).status,
        'BAD_REFRESH_TOKEN')

    await portal.control({ clock: { advanceMs: 1801000 } })
    const late = await refused('after 30 minutes', 401, () => own.crm.contacts.basicApi.getPage(1))
    same('it has expired', late.category, 'EXPIRED_AUTHENTICATION')
    const none = await refused('no token', 401, () => clientWith('').crm.contacts.basicApi.getPage(1))
    same('is said so', none.category, 'INVALID_AUTHENTICATION')
    await portal.control({ switches: { oauthV1Gone: true } })
    await refused('v1 after its end', 404, () => refresh())
    await portal.control({ switches: { oauthV1Gone: false } })
    await portal.control({ switches: { rotateRefreshTokens: true } })
    const rotated = await refresh()
    check('rotation gives another token', rotated.refreshToken !== portal.refreshToken)
    same('and ends the old one', (await refused('old', 400, () => refresh())).status, 'BAD_REFRESH_TOKEN')
    await portal.control({ switches: { rotateRefreshTokens: false } })
}

export async function accountAndLimits({ clientWith, portal }) {
    about('account')
    const client = clientWith(portal.staticToken)
    const details = await (await client.apiRequest({ path: '/account-info/v3/details' })).json()
    same('details', [details.portalId, details.uiDomain], [12345678, 'app.hubspot.com'])
    const usage = await (await client.apiRequest({
        path: '/account-info/v3/api-usage/daily/private-apps',
    })).json()
    check('usage is counted', usage.results[0].currentUsage > 0)
    const limits = await (await client.apiRequest({ path: '/crm/v3/limits/records' })).json()
    check('limits of records', limits.hubspotDefinedObjectTypes.some(row => row.objectTypeId === '0-1' && row.usage > 0))
    for (const version of ['2026-03', '2026-09']) {
        const reply = await client.apiRequest({ path: `/crm/objects/${version}/contacts?limit=3` })
        same(`records in ${version}`, (await reply.json()).results.length, 3)
    }
    const unknown = await fetch(`${portal.url}/crm/objects/2027-03/contacts`,
        { headers: { Authorization: `Bearer ${portal.staticToken}` } })
    same('an unknown version', unknown.status, 404)
    check('answers with a page', unknown.headers.get('content-type').startsWith('text/html'))
}

export async function retries({ hubspot, portal, clientWith }) {
    about('retries of the library')
    const patient = clientWith(portal.staticToken, { numberOfApiCallRetries: 3 })
    const path = '/crm/v3/objects/contacts'
    const counted = async method => (await portal.requests()).counts[`${method} ${path}`] ?? 0
    await portal.control({
        clearRequests: true,
        faults: [{ kind: 'status', status: 502, method: 'GET', path: '/contacts$', times: 2 }],
    })
    same('502 twice, then an answer', (await patient.crm.contacts.basicApi.getPage(1)).results.length, 1)
    same('three calls were made', await counted('GET'), 3)
    await portal.control({
        clearRequests: true,
        faults: [{ kind: 'rateSecondly', method: 'GET', path: '/contacts$', times: 1 }],
    })
    same('429 secondly is waited out', (await patient.crm.contacts.basicApi.getPage(1)).results.length, 1)
    same('with two calls', await counted('GET'), 2)
    await portal.control({
        clearRequests: true,
        faults: [{ kind: 'rateDaily', method: 'GET', path: '/contacts$', times: -1 }],
    })
    const daily = await refused('429 daily is not repeated', 429,
        () => patient.crm.contacts.basicApi.getPage(1))
    same('its policy', daily.policyName, 'DAILY')
    same('one call', await counted('GET'), 1)
    await portal.control({
        clearRequests: true,
        faults: [{ kind: 'statusAfterWork', status: 500, method: 'POST', path: '/contacts$' }],
    })
    await refused('a repeated create meets its own record', 409, () =>
        patient.crm.contacts.basicApi.create({ properties: { email: 'twice@example.com' } }))
    same('the library sent it twice', await counted('POST'), 2)
    await portal.control({ faults: [] })

    about('limits')
    await portal.control({ clearRequests: true, limits: { staticPerWindow: 20 } })
    const hasty = clientWith(portal.staticToken, { numberOfApiCallRetries: 0 })
    let limited = null
    for (let i = 0; i < 25 && !limited; ++i)
        await hasty.crm.contacts.basicApi.getPage(1).catch(error => { limited = error })
    same('over the budget', limited?.code, 429)
    same('the rolling policy', limited?.body.policyName, 'TEN_SECONDLY_ROLLING')
    same('the header says so', limited?.headers['x-hubspot-ratelimit-remaining'], '0')
    await portal.control({ clock: { advanceMs: 10001 }, limits: { staticPerWindow: 190, searchPerSecond: 5 } })

    about('limiter of the library')
    const plain = clientWith(portal.staticToken, { limiterOptions: hubspot.DEFAULT_LIMITER_OPTIONS })
    const begin = Date.now()
    await Promise.all(Array.from({ length: 10 }, () => plain.crm.contacts.basicApi.getPage(1)))
    check('keeps 111 ms between calls', Date.now() - begin >= 900, Date.now() - begin)
    const seeker = clientWith(portal.staticToken, { limiterOptions: hubspot.SEARCH_LIMITER_OPTIONS })
    const results = await Promise.all(Array.from({ length: 6 }, () =>
        seeker.crm.contacts.searchApi.doSearch({
            filterGroups: [], sorts: [], properties: [], limit: 1, after: '0',
        })))
    check('stays under five searches a second', results.every(found => found.total > 0))
}
