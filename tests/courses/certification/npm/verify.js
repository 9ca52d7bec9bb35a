// Verifies what the academy signed with verifiers nobody of the academy wrote. A JSON job on stdin, a JSON answer on stdout.
// Job: {contexts: {url: document}, did: DID document, lists: {url: status list}, now: ISO time,
//       items: {name: {embedded: credential} | {token: compact JWT}}}. Offline: an address that was not given is an error.
import {gunzipSync} from 'node:zlib';
import {readFileSync} from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import jsigs from 'jsonld-signatures';
import * as jose from 'jose';

const job = JSON.parse(readFileSync(0, 'utf8'));
const now = new Date(job.now);
const MULTIKEY = 'https://w3id.org/security/multikey/v1';

const documentLoader = jsigs.extendContextLoader(async url => {
  if(job.contexts[url]) return {documentUrl: url, document: job.contexts[url]};
  if(url === job.did.id) return {documentUrl: url, document: job.did};
  const method = job.did.verificationMethod.find(entry => entry.id === url);
  if(method) return {documentUrl: url, document: {'@context': MULTIKEY, ...method}};
  throw new Error(`not at hand: ${url}`);
});
const suite = new DataIntegrityProof({cryptosuite});

async function isRevoked(credential) {
  const {statusListCredential, statusListIndex} = credential.credentialStatus;
  const list = job.lists[statusListCredential];
  const checked = await vc.verifyCredential({credential: list, suite, documentLoader, now});
  if(!checked.verified) throw new Error('the status list does not verify');
  const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'));
  const index = Number(statusListIndex);
  return Boolean(bits[index >> 3] >> (7 - index % 8) & 1);
}

async function embedded(credential) {
  const checkStatus = async ({credential}) => ({verified: !await isRevoked(credential)});
  const result = await vc.verifyCredential({credential, suite, documentLoader, checkStatus, now});
  return {verified: result.verified, error: result.verified ? '' : String(result.error?.errors?.[0] ?? result.error ?? 'status')};
}

async function token(compact) {
  try {
    const {kid} = jose.decodeProtectedHeader(compact);
    const method = job.did.verificationMethod.find(entry => entry.id === kid);
    if(!job.did.assertionMethod.includes(kid)) throw new Error('not a method for assertions');
    const key = await jose.importJWK(method.publicKeyJwk, 'RS256');
    const {payload} = await jose.jwtVerify(compact, key, {algorithms: ['RS256'], issuer: job.did.id, currentDate: now});
    return {verified: true, error: '', name: payload.credentialSubject.name};
  } catch(error) {
    return {verified: false, error: String(error)};
  }
}

const answer = {};
for(const [name, item] of Object.entries(job.items)) {
  answer[name] = item.token ? await token(item.token) : await embedded(item.embedded);
}
process.stdout.write(JSON.stringify(answer));
