// Calls the emulator with @google/genai, unchanged, and fails if an answer is wrong: node genai.mjs URL
import assert from 'node:assert/strict';
import {GoogleGenAI} from '@google/genai';

const url = process.argv[2];
const client = new GoogleGenAI({
  vertexai: true,
  project: 'p',
  location: 'us-central1',
  googleAuthOptions: {authClient: {getRequestHeaders: async () => new Headers({authorization: 'Bearer none'})}},
  httpOptions: {baseUrl: url},
});

const print = (call, ...answer) => console.log(call.padEnd(24), ...answer);

// Lets time pass in the emulator.
async function advance(by) {
  const answer = await fetch(`${url}/_emulator/clock:advance`, {method: 'POST', body: JSON.stringify({by})});
  assert.equal(answer.status, 200);
}

async function all(pager) {
  const jobs = [];
  for await (const job of pager) {
    jobs.push(job);
  }
  return jobs;
}

const tune = name => client.tunings.tune({
  baseModel: 'gemini-2.5-flash',
  trainingDataset: {gcsUri: 'gs://bucket/train.jsonl'},
  config: {tunedModelDisplayName: name},
});

const first = await tune('first');
print('tunings.tune', first.state);
assert.equal(first.state, 'JOB_STATE_PENDING');
assert.match(first.name, /^projects\/p\/locations\/us-central1\/tuningJobs\/[0-9]+$/);

await advance('1m');
const done = await client.tunings.get({name: first.name});
print('tunings.get', done.state, done.tunedModel.model);
assert.equal(done.state, 'JOB_STATE_SUCCEEDED');
assert.ok(done.tunedModel.endpoint);

const second = await tune('second');
await client.tunings.cancel({name: second.name});
const cancelling = await client.tunings.get({name: second.name});
await advance('5s');
const cancelled = await client.tunings.get({name: second.name});
print('tunings.cancel', cancelling.state, cancelled.state);
assert.deepEqual([cancelling.state, cancelled.state], ['JOB_STATE_CANCELLING', 'JOB_STATE_CANCELLED']);

const tunings = await all(await client.tunings.list({config: {pageSize: 1}}));
print('tunings.list', tunings.map(job => job.tunedModelDisplayName).join(' '));
assert.deepEqual(tunings.map(job => job.name), [second.name, first.name]);

const batch = await client.batches.create({
  model: 'gemini-2.5-flash',
  src: 'gs://bucket/in.jsonl',
  config: {dest: 'gs://bucket/out', displayName: 'batch'},
});
print('batches.create', batch.state);
assert.equal(batch.state, 'JOB_STATE_PENDING');
await advance('1m');
const ended = await client.batches.get({name: batch.name});
print('batches.get', ended.state);
assert.equal(ended.state, 'JOB_STATE_SUCCEEDED');
assert.ok(Date.parse(ended.startTime) < Date.parse(ended.endTime));

const other = await client.batches.create({model: 'gemini-2.5-flash', src: 'bq://p.d.in', config: {dest: 'bq://p.d.out'}});
await client.batches.cancel({name: other.name});
await advance('5s');
const otherCancelled = await client.batches.get({name: other.name});
print('batches.cancel', otherCancelled.state);
assert.equal(otherCancelled.state, 'JOB_STATE_CANCELLED');

const batches = await all(await client.batches.list({config: {pageSize: 1}}));
print('batches.list', batches.length);
assert.deepEqual(batches.map(job => job.name), [other.name, batch.name]);

await client.batches.delete({name: batch.name});
const gone = await client.batches.get({name: batch.name}).then(() => null, e => e);
print('batches.delete, get', gone.status, JSON.parse(gone.message).error.message);
assert.equal(gone.status, 404);

const refused = await client.tunings.cancel({name: first.name}).then(() => null, e => e);
print('tunings.cancel', refused.status, JSON.parse(refused.message).error.status);
assert.deepEqual([refused.status, JSON.parse(refused.message).error.status], [400, 'FAILED_PRECONDITION']);

// A state that the client does not know is passed on.
const fault = {on: 'get', state: 'JOB_STATE_ARCHIVED'};
await fetch(`${url}/_emulator/faults`, {method: 'POST', body: JSON.stringify({faults: [fault]})});
const unknown = await client.tunings.get({name: first.name});
print('tunings.get', unknown.state);
assert.equal(unknown.state, 'JOB_STATE_ARCHIVED');
