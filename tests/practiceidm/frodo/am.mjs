// SPDX-License-Identifier: MIT
// A tenant of the cloud in front of the practice IDM: hands out tokens for assertions of one service
// account, whose signature it checks, and passes on what comes for /openidm with one of them.
import { generateKeyPairSync, randomUUID, verify } from 'node:crypto'
import { createServer, request as httpRequest } from 'node:http'

const tokenPath = '/am/oauth2/access_token'
const account = { id: '449d7e27-7889-47af-a736-83b6bbf97ec5', name: 'Practice' }

const part = text => JSON.parse(Buffer.from(text, 'base64url').toString())

function json(response, status, body) {
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(body))
}

function bodyOf(request) {
    return new Promise(resolve => {
        const chunks = []
        request.on('data', chunk => chunks.push(chunk))
        request.on('end', () => resolve(Buffer.concat(chunks)))
    })
}

class Tenant {
    constructor(idm, idmToken) {
        this.idm = new URL(idm)
        this.idmToken = idmToken
        this.key = generateKeyPairSync('rsa', { modulusLength: 2048 })
        this.assertions = []
        this.refusals = []
        this.tokens = new Set()
        this.ids = new Set()
        this.passed = []
    }

    // Of a tenant, whose port is the usual one, this is its address with the port; frodo-lib puts the
    // port after whatever the address is.
    get audience() {
        return `${this.url}:${new URL(this.url).port}${tokenPath}`
    }

    get jwk() {
        return { ...this.key.privateKey.export({ format: 'jwk' }), alg: 'RS256' }
    }

    // What is wrong with the assertion; undefined if nothing is.
    faultOf(assertion) {
        const [head, claims, signature] = assertion.split('.')
        const isSigned = verify('RSA-SHA256', Buffer.from(`${head}.${claims}`),
            this.key.publicKey, Buffer.from(signature ?? '', 'base64url'))
        if (!isSigned)
            return 'signature'
        const said = part(claims)
        const left = said.exp - Date.now() / 1000
        const isNew = said.jti && !this.ids.has(said.jti)
        this.ids.add(said.jti)
        this.assertions.push(said)
        return part(head).alg !== 'RS256' ? 'alg'
            : said.iss !== account.id || said.sub !== account.id ? 'iss, sub'
            : said.aud !== this.audience ? 'aud'
            : left <= 0 || left > 180 ? 'exp'
            : !isNew ? 'jti'
            : undefined
    }

    token(form, response) {
        const fault = form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer'
            ? 'grant_type'
            : form.get('client_id') !== 'service-account' ? 'client_id'
            : !form.get('scope')?.split(' ').includes('fr:idm:*') ? 'scope'
            : this.faultOf(form.get('assertion') ?? '')
        if (fault) {
            this.refusals.push(fault)
            return json(response, 400, { error: 'invalid_grant', error_description: fault })
        }
        const token = randomUUID()
        this.tokens.add(token)
        json(response, 200, {
            access_token: token, scope: form.get('scope'), token_type: 'Bearer', expires_in: 899,
        })
    }

    am(path, response) {
        if (path === '/am/json/serverinfo/*')
            return json(response, 200, { cookieName: 'made-up', realm: '/' })
        if (path === '/am/json/serverinfo/version')
            return json(response, 200, { version: '7.5.0', fullVersion: 'AM 7.5.0', revision: '0' })
        json(response, 404, { code: 404, reason: 'Not Found', message: path })
    }

    openidm(request, body, response) {
        const token = (request.headers.authorization ?? '').replace('Bearer ', '')
        if (!this.tokens.has(token))
            return json(response, 401,
                { code: 401, reason: 'Unauthorized', message: 'Access Denied' })
        this.passed.push(`${request.method} ${request.url}`)
        const headers = { ...request.headers, authorization: `Bearer ${this.idmToken}` }
        const onward = httpRequest({
            host: this.idm.hostname, port: this.idm.port, path: request.url,
            method: request.method, headers,
        }, answer => {
            response.writeHead(answer.statusCode, answer.headers)
            answer.pipe(response)
        })
        onward.on('error', error => json(response, 502, { code: 502, message: error.message }))
        onward.end(body)
    }

    async answer(request, response) {
        const path = request.url.split('?')[0]
        const body = await bodyOf(request)
        if (path === tokenPath && request.method === 'POST')
            return this.token(new URLSearchParams(body.toString()), response)
        // The account itself is a managed object of the cloud.
        if (path === `/openidm/managed/svcacct/${account.id}`)
            return json(response, 200, { _id: account.id, ...account })
        if (path.startsWith('/openidm'))
            return this.openidm(request, body, response)
        this.am(decodeURI(path), response)
    }
}

export async function startTenant(idm, idmToken) {
    const tenant = new Tenant(idm, idmToken)
    const server = createServer((request, response) => tenant.answer(request, response))
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
    tenant.url = `http://127.0.0.1:${server.address().port}`
    tenant.account = account.id
    tenant.stop = () => server.close()
    return tenant
}
