// For tests only: an OpenID Connect provider of one client on this machine, which checks what the standard says it must check, and which
// lies on demand (GET /lie?as=…). Prints its port.
import { createHash, createSign, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer } from 'node:http';

const client = { id: 'koshi', secret: 's3cret+/', redirect: 'http://127.0.0.1/sign-in/callback' };
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const codes = new Map();
const state = { lie: 'none', subject: 'person-1', algorithm: 'RS256', acr: '' };
let issuer = '';

const base64url = (value) => Buffer.from(value).toString('base64url');
const jwk = (key, kid, alg) => ({ ...key.export({ format: 'jwk' }), kid, alg, use: 'sig' });

function signed(header, claims, key) {
  const text = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  const signature =
    header.alg === 'ES256' ? sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }) : createSign('sha256').update(text).sign(key);
  return `${text}.${signature.toString('base64url')}`;
}

function idToken(nonce) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, sub: state.subject, aud: client.id, iat: now, exp: now + 300, nonce };
  if (state.acr) claims.acr = state.acr;
  if (state.lie === 'nonce') claims.nonce = 'another';
  if (state.lie === 'audience') claims.aud = 'somebody-else';
  if (state.lie === 'issuer') claims.iss = 'https://evil.example';
  if (state.lie === 'expired') Object.assign(claims, { iat: now - 400, exp: now - 100 });
  if (state.lie === 'none-algorithm') return `${base64url('{"alg":"none"}')}.${base64url(JSON.stringify(claims))}.`;
  const header = { alg: state.algorithm, kid: state.algorithm };
  const key = state.lie === 'signature' ? stranger.privateKey : state.algorithm === 'ES256' ? ec.privateKey : rsa.privateKey;
  return signed(header, claims, key);
}

function authorize(query, response) {
  const right =
    query.get('response_type') === 'code' && query.get('client_id') === client.id && query.get('redirect_uri') === client.redirect &&
    (query.get('scope') ?? '').split(' ').includes('openid') && query.get('code_challenge_method') === 'S256' &&
    /^[A-Za-z0-9_-]{43}$/.test(query.get('code_challenge') ?? '') && query.get('state') && query.get('nonce');
  if (!right) return send(response, 400, { error: 'invalid_request' });
  const back = new URL(client.redirect);
  back.searchParams.set('state', query.get('state'));
  back.searchParams.set('iss', issuer);
  if (state.lie === 'denied') {
    back.searchParams.set('error', 'access_denied');
  } else {
    const code = randomBytes(16).toString('hex');
    codes.set(code, { challenge: query.get('code_challenge'), nonce: query.get('nonce') });
    back.searchParams.set('code', code);
  }
  response.writeHead(302, { location: back.href }).end();
}

function exchange(request, body, response) {
  const fields = new URLSearchParams(body);
  const [user, password] = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString().split(':');
  if (decodeURIComponent(user) !== client.id || decodeURIComponent(password ?? '') !== client.secret) return send(response, 401, { error: 'invalid_client' });
  const granted = codes.get(fields.get('code'));
  codes.delete(fields.get('code')); // once
  const challenge = createHash('sha256').update(fields.get('code_verifier') ?? '').digest('base64url');
  const right = granted && fields.get('grant_type') === 'authorization_code' && fields.get('redirect_uri') === client.redirect &&
    challenge === granted.challenge;
  if (!right) return send(response, 400, { error: 'invalid_grant' });
  return send(response, 200, { access_token: randomBytes(8).toString('hex'), token_type: 'Bearer', expires_in: 60, id_token: idToken(granted.nonce) });
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

const server = createServer((request, response) => {
  const url = new URL(request.url, issuer);
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    if (url.pathname === '/.well-known/openid-configuration') {
      send(response, 200, { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` });
    } else if (url.pathname === '/keys') {
      send(response, 200, { keys: [jwk(rsa.publicKey, 'RS256', 'RS256'), jwk(ec.publicKey, 'ES256', 'ES256')] });
    } else if (url.pathname === '/auth') {
      authorize(url.searchParams, response);
    } else if (url.pathname === '/token' && request.method === 'POST') {
      exchange(request, body, response);
    } else if (url.pathname === '/lie') {
      state.lie = url.searchParams.get('as') ?? 'none';
      state.subject = url.searchParams.get('subject') ?? 'person-1';
      state.algorithm = url.searchParams.get('algorithm') ?? 'RS256';
      state.acr = url.searchParams.get('acr') ?? '';
      send(response, 200, state);
    } else {
      send(response, 404, {});
    }
  });
});
server.listen(0, '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  console.log(issuer);
});
