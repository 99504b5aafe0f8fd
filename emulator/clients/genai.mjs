// Drives npm @google/genai against an emulator, which it resets first: node genai.mjs http://127.0.0.1:9020
// Fails at the first answer that is not the expected one, otherwise prints one line a call.

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {ApiError, GoogleGenAI} from '@google/genai';

const url = process.argv[2];
assert.ok(url, 'expected the REST address of an emulator');

const parent = 'projects/p/locations/us-central1';

// The clock may be so fast that a job goes on before it is answered.
const active = ['JOB_STATE_PENDING', 'JOB_STATE_QUEUED', 'JOB_STATE_RUNNING'];
const ended = ['JOB_STATE_SUCCEEDED', 'JOB_STATE_FAILED', 'JOB_STATE_CANCELLED', 'JOB_STATE_EXPIRED'];

// What the default scenario does not do: jobs that go on until they are cancelled, and one that fails.
const scenarios = [
  {name: 'endless', match: {displayName: 'endless-*'}, steps: ['ENQUEUE', 'START', 'hold']},
  {
    name: 'out of memory',
    match: {displayName: 'large'},
    steps: ['ENQUEUE', 'START', {after: '10s', event: 'FAIL', error: {code: 8, message: 'no memory'}}],
  },
];

function client(apiVersion) {
  return new GoogleGenAI({
    vertexai: true,
    project: 'p',
    location: 'us-central1',
    // Without this the client looks for credentials on the machine.
    googleAuthOptions: {authClient: {getRequestHeaders: async () => new Headers({authorization: 'Bearer none'})}},
    httpOptions: {baseUrl: url, ...(apiVersion && {apiVersion})},
  });
}

// A call that is not the client's: one of the emulator's own, or one that shows what the client does not.
async function http(method, path, body) {
  const response = await fetch(url + path, {method, body});
  assert.equal(response.status, 200, `${method} ${path}`);
  return response.json();
}

const setUp = (faults = []) => http('PUT', '/_emulator/scenarios', JSON.stringify({scenarios, faults}));

const requests = async (method) => (await http('GET', `/_emulator/requests?method=${method}`)).requests;

function say(call, answer) {
  console.log(`${call.padEnd(16)} ${answer}`);
}

// Without the place of the job, which is always the same.
function short(message) {
  const text = message.replaceAll(`${parent}/`, '');
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

async function refused(call, promise, code, status, message) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof ApiError, String(error));
    assert.equal(error.status, code);
    const body = JSON.parse(error.message).error;
    assert.equal(body.code, code);
    assert.equal(body.status, status);
    assert.match(body.message, message);
    say(call, `${code} ${status}: ${short(body.message)}`);
    return true;
  });
}

async function untilEnded(get, name) {
  for (let i = 0; i < 300; i++) {
    const job = await get({name});
    if (ended.includes(job.state)) {
      return job;
    }
    await sleep(100);
  }
  assert.fail(`${name} has not ended`);
}

function isNew(job, collection) {
  assert.match(job.name, new RegExp(`^${parent}/${collection}/[0-9]+$`));
  assert.ok(active.includes(job.state), job.state);
  assert.ok(Date.parse(job.createTime) > 0);
  assert.equal(job.endTime, undefined);
}

function timesAreInOrder(job) {
  assert.ok(job.createTime <= job.startTime, `${job.createTime} ${job.startTime}`);
  assert.ok(job.startTime <= job.endTime, `${job.startTime} ${job.endTime}`);
}

async function allPages(pager) {
  const sizes = [pager.pageLength];
  const jobs = [...pager.page];
  while (pager.hasNextPage()) {
    const page = await pager.nextPage();
    sizes.push(page.length);
    jobs.push(...page);
  }
  return {sizes, jobs};
}

async function tunings(ai) {
  const trainingDataset = {gcsUri: 'gs://bucket/train.jsonl'};
  const tune = (tunedModelDisplayName, config) =>
    ai.tunings.tune({baseModel: 'gemini-2.5-flash', trainingDataset, config: {tunedModelDisplayName, ...config}});

  let job = await tune('first', {
    description: 'a test',
    epochCount: 2,
    adapterSize: 'ADAPTER_SIZE_FOUR',
    validationDataset: {gcsUri: 'gs://bucket/validate.jsonl'},
    labels: {team: 'ml'},
  });
  isNew(job, 'tuningJobs');
  assert.equal(job.baseModel, 'gemini-2.5-flash');
  assert.equal(job.tunedModelDisplayName, 'first');
  assert.equal(job.description, 'a test');
  assert.deepEqual(job.labels, {team: 'ml'});
  assert.equal(job.supervisedTuningSpec.trainingDatasetUri, 'gs://bucket/train.jsonl');
  assert.equal(job.supervisedTuningSpec.validationDatasetUri, 'gs://bucket/validate.jsonl');
  assert.equal(job.supervisedTuningSpec.hyperParameters.epochCount, '2');
  assert.equal(job.supervisedTuningSpec.hyperParameters.adapterSize, 'ADAPTER_SIZE_FOUR');
  say('tunings.tune', 'created');

  const first = job.name;
  job = await untilEnded(ai.tunings.get, first);
  assert.equal(job.state, 'JOB_STATE_SUCCEEDED');
  assert.equal(job.error, undefined);
  assert.match(job.tunedModel.model, new RegExp(`^${parent}/models/[0-9]+@1$`));
  assert.match(job.tunedModel.endpoint, new RegExp(`^${parent}/endpoints/[0-9]+$`));
  timesAreInOrder(job);
  say('tunings.get', job.state);

  job = await client('v1').tunings.get({name: first});
  assert.equal(job.state, 'JOB_STATE_SUCCEEDED');
  say('tunings.get', `${job.state} in v1`);

  const large = await untilEnded(ai.tunings.get, (await tune('large')).name);
  assert.equal(large.state, 'JOB_STATE_FAILED');
  assert.deepEqual(large.error, {code: 8, message: 'no memory'});
  say('tunings.get', `${large.state}: ${large.error.message}`);

  const endless = (await tune('endless-1')).name;
  const {sizes, jobs} = await allPages(await ai.tunings.list({config: {pageSize: 1}}));
  assert.deepEqual(sizes, [1, 1, 1]);
  assert.deepEqual(jobs.map((each) => each.name), [endless, large.name, first]);
  const asked = (await requests('GenAiTuningService.ListTuningJobs')).map((each) => each.request);
  assert.equal(asked.length, 3);
  assert.deepEqual(asked.map((each) => each.pageSize), [1, 1, 1]);
  assert.deepEqual(asked.map((each) => Boolean(each.pageToken)), [false, true, true]);
  say('tunings.list', `${jobs.length} jobs on ${sizes.length} pages`);

  const names = [];
  for await (const each of await ai.tunings.list({config: {pageSize: 1, filter: 'state!=JOB_STATE_FAILED'}})) {
    names.push(each.name);
  }
  assert.deepEqual(names, [endless, first]);
  say('tunings.list', `${names.length} jobs that have not failed`);

  await ai.tunings.cancel({name: endless});
  job = await untilEnded(ai.tunings.get, endless);
  assert.equal(job.state, 'JOB_STATE_CANCELLED');
  say('tunings.cancel', job.state);

  await refused('tunings.cancel', ai.tunings.cancel({name: first}), 400, 'FAILED_PRECONDITION', /SUCCEEDED/);
  await refused('tunings.get', ai.tunings.get({name: `${parent}/tuningJobs/1`}), 404, 'NOT_FOUND', /tuningJobs\/1"/);
  await refused('tunings.tune', tune('bad', {epochCount: -1}), 400, 'INVALID_ARGUMENT', /epochCount: is -1/);
  await refused('tunings.list', ai.tunings.list({config: {filter: 'color=red'}}), 400, 'INVALID_ARGUMENT', /color/);

  await setUp([{on: 'get', kind: 'TuningJob', answer: 'UNAVAILABLE', times: 1}]);
  await refused('tunings.get', ai.tunings.get({name: first}), 503, 'UNAVAILABLE', /./);
  job = await ai.tunings.get({name: first});
  assert.equal(job.state, 'JOB_STATE_SUCCEEDED');
  say('tunings.get', `${job.state} when asked again`);

  // The client sends a field that it does not know, and shows none that it does not know.
  job = await tune('tomorrow', {httpOptions: {extraBody: {fieldOfTomorrow: {size: 1}}}});
  assert.equal(job.fieldOfTomorrow, undefined);
  assert.deepEqual((await http('GET', `/v1/${job.name}`)).fieldOfTomorrow, {size: 1});
  say('tunings.tune', 'an unknown field is kept');

  await setUp([{on: 'get', state: 'JOB_STATE_OF_TOMORROW', times: 1}]);
  job = await ai.tunings.get({name: first});
  assert.equal(job.state, 'JOB_STATE_OF_TOMORROW');
  say('tunings.get', job.state);

  // A model that was tuned before is tuned again.
  job = await ai.tunings.tune({baseModel: `${parent}/models/1@1`, trainingDataset, config: {}});
  assert.equal(job.preTunedModel.tunedModelName, `${parent}/models/1@1`);
  assert.equal(job.baseModel, undefined);
  say('tunings.tune', 'created, of a tuned model');

  job = await tune('preference', {method: 'PREFERENCE_TUNING', beta: 0.1});
  assert.equal(job.preferenceOptimizationSpec.hyperParameters.beta, 0.1);
  say('tunings.tune', 'created, by preference');
}

async function batches(ai) {
  const get = (parameters) => ai.batches.get(parameters);
  const create = (displayName, src, dest) =>
    ai.batches.create({model: 'gemini-2.5-flash', src, config: {displayName, dest}});

  let job = await create('first', 'gs://bucket/in.jsonl');
  isNew(job, 'batchPredictionJobs');
  assert.equal(job.displayName, 'first');
  assert.equal(job.model, 'publishers/google/models/gemini-2.5-flash');
  assert.deepEqual(job.src, {format: 'jsonl', gcsUri: ['gs://bucket/in.jsonl']});
  assert.deepEqual(job.dest, {format: 'jsonl', gcsUri: 'gs://bucket/in/dest'});
  say('batches.create', 'created');

  const first = job.name;
  job = await untilEnded(get, first.split('/').pop());
  assert.equal(job.name, first);
  assert.equal(job.state, 'JOB_STATE_SUCCEEDED');
  assert.ok(Number(job.completionStats.successfulCount) > 0);
  timesAreInOrder(job);
  say('batches.get', `${job.state}, asked by its id alone`);

  job = await create('endless-1', 'bq://p.dataset.table', 'bq://p.dataset.predictions');
  isNew(job, 'batchPredictionJobs');
  assert.equal(job.src.bigqueryUri, 'bq://p.dataset.table');
  assert.deepEqual(job.dest, {format: 'bigquery', bigqueryUri: 'bq://p.dataset.predictions'});
  say('batches.create', 'created, of a table');

  const endless = job.name;
  const {sizes, jobs} = await allPages(await ai.batches.list({config: {pageSize: 1}}));
  assert.deepEqual(sizes, [1, 1]);
  assert.deepEqual(jobs.map((each) => each.name), [endless, first]);
  say('batches.list', `${jobs.length} jobs on ${sizes.length} pages`);

  const {page} = await ai.batches.list({config: {filter: 'display_name="first"'}});
  assert.deepEqual(page.map((each) => each.name), [first]);
  say('batches.list', '1 job of that name');

  await refused('batches.delete', ai.batches.delete({name: endless}), 400, 'FAILED_PRECONDITION', /cannot be deleted/);
  await ai.batches.cancel({name: endless});
  job = await untilEnded(get, endless);
  assert.equal(job.state, 'JOB_STATE_CANCELLED');
  say('batches.cancel', job.state);

  const operation = await ai.batches.delete({name: endless});
  assert.match(operation.name, new RegExp(`^${parent}/operations/[0-9]+$`));
  assert.equal(operation.done, true);
  assert.equal(operation.error, undefined);
  say('batches.delete', 'done');

  await refused('batches.get', get({name: endless}), 404, 'NOT_FOUND', /does not exist/);
}

const {version} = JSON.parse(readFileSync(new URL('node_modules/@google/genai/package.json', import.meta.url), 'utf8'));
console.log(`@google/genai ${version} on Node.js ${process.versions.node}`);
await http('POST', '/_emulator/reset');
await setUp();
const ai = client();
await tunings(ai);
await batches(ai);
