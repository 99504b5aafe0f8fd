// The page of the emulator. What jobs are called is foreign text: it is only ever set as text.

import {Graph} from '/graph.js';

const MOST_JOBS = 200;
const MOST_CALLS = 50;
const GROUPS = {
  RUNNING: 'going', UPDATING: 'going', SUCCEEDED: 'good', PARTIALLY_SUCCEEDED: 'good',
  FAILED: 'bad', CANCELLED: 'ended', EXPIRED: 'ended', CANCELLING: 'ended',
};

const byId = id => document.getElementById(id);
const group = state => GROUPS[state] ?? 'waiting';
const short = state => state.replace('JOB_STATE_', '');
const clockTime = time => time.replace('T', ' ').replace(/(\.\d{1,3})\d*Z|Z$/, '$1');

const rows = new Map(); // name: row, the newest first when they are shown
let total = 0;
let selected = null;
let shown = null; // what the selected job was last shown as, as JSON
let graph;

function say(message, isBad = false) {
  byId('status').textContent = message;
  byId('status').className = isBad ? 'bad' : '';
}

async function call(verb, path, body) {
  const answer = await fetch(`/_emulator/${path}`, {method: verb, body: body && JSON.stringify(body)});
  const json = await answer.json();
  if (!answer.ok) {
    throw new Error(json.error.message);
  }
  return json;
}

// What goes wrong is said, not thrown.
async function attempt(action) {
  try {
    return await action();
  } catch (e) {
    say(e.message, true);
    return null;
  }
}

function node(name, properties, ...children) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

function stateBadge(state) {
  const badge = node('span', {className: 'state', textContent: short(state)});
  badge.dataset.group = group(short(state));
  return badge;
}

const path = name => name.split('/').map(encodeURIComponent).join('/');
const title = row => row.displayName || row.name.split('/').pop();

function matches(row) {
  const text = byId('search').value.trim().toLowerCase();
  return [row.name, row.displayName, row.kind, short(row.state)].some(each => each.toLowerCase().includes(text));
}

function listItem(row) {
  const item = node('li', {});
  const button = node('button', {type: 'button'});
  button.addEventListener('click', () => select(row.name));
  item.append(button);
  item.dataset.name = row.name;
  return item;
}

// The items of the list are kept, so that the focus stays where it is.
const items = new Map();

function showList() {
  const visible = [...rows.values()].reverse().filter(matches);
  const list = byId('list');
  const wanted = visible.map(row => {
    let item = items.get(row.name);
    if (!item) {
      item = listItem(row);
      items.set(row.name, item);
    }
    const button = item.firstChild;
    const text = JSON.stringify(row);
    if (button.dataset.row !== text) {
      button.dataset.row = text;
      button.replaceChildren(
        node('span', {className: 'title', textContent: title(row)}),
        stateBadge(row.state),
        node('span', {className: 'quiet', textContent: ` ${row.kind}`}));
    }
    button.setAttribute('aria-current', String(row.name === selected));
    return item;
  });
  for (const [name, item] of items) {
    if (!rows.has(name)) {
      item.remove();
      items.delete(name);
    }
  }
  const isSame = list.children.length === wanted.length && wanted.every((item, i) => list.children[i] === item);
  if (!isSame) {
    const focused = document.activeElement;
    list.replaceChildren(...wanted);
    if (list.contains(focused)) {
      focused.focus();
    }
  }
  byId('count').textContent = total > rows.size
    ? `${visible.length} of the newest ${rows.size}; there are ${total} in all`
    : `${visible.length} of ${rows.size}`;
}

async function loadJobs() {
  const answer = await call('GET', `jobs?limit=${MOST_JOBS}`);
  rows.clear();
  answer.jobs.reverse().forEach(row => rows.set(row.name, row));
  total = answer.total;
}

async function select(name) {
  selected = name;
  shown = null;
  showList();
  await showJob();
}

function showEvents(name, events) {
  const box = byId('events');
  const focusedEvent = box.contains(document.activeElement) ? document.activeElement.textContent : null;
  box.replaceChildren(...events.map(event => {
    const button = node('button', {type: 'button', textContent: event});
    button.addEventListener('click', () => fire(name, event));
    return button;
  }));
  if (events.length === 0) {
    box.append(node('span', {className: 'quiet', textContent: 'Nothing can happen to it any more.'}));
  }
  if (focusedEvent) {
    const again = [...box.querySelectorAll('button')].find(button => button.textContent === focusedEvent);
    (again ?? byId('job')).focus();
  }
}

function fire(name, event) {
  return attempt(async () => {
    const answer = await call('POST', `jobs/${path(name)}:fire`, {event});
    say(`${event}: the job is ${answer.state} now.`);
    if (name === selected) {
      show(answer);
    }
  });
}

function showHistory(history) {
  const end = Date.parse(byId('time').dateTime) || Date.parse(history.at(-1).time);
  byId('history').replaceChildren(...history.map(entry => node(
    'li', {},
    node('time', {textContent: clockTime(entry.time), dateTime: entry.time}),
    node('span', {textContent: entry.event ?? 'fields set'}),
    stateBadge(entry.state))));
  byId('bar').replaceChildren(...history.map((entry, i) => {
    const until = i + 1 < history.length ? Date.parse(history[i + 1].time) : end;
    const part = node('span', {title: entry.state});
    part.dataset.group = group(entry.state);
    // The root makes short states visible beside long ones.
    part.style.flexGrow = String(1 + Math.sqrt(Math.max(0, until - Date.parse(entry.time))));
    return part;
  }));
}

function show(answer) {
  const text = JSON.stringify(answer);
  if (text === shown) {
    return;
  }
  shown = text;
  const {job, permittedEvents, history} = answer;
  byId('empty').hidden = true;
  byId('details').hidden = false;
  byId('job-title').textContent = job.displayName || job.tunedModelDisplayName || job.name.split('/').pop();
  byId('job-name').textContent = job.name;
  const state = byId('state');
  state.textContent = answer.state;
  state.dataset.group = group(answer.state);
  byId('error').textContent = answer.error ?? '';
  showEvents(job.name, permittedEvents);
  graph.show(history, group);
  showHistory(history);
  byId('json').textContent = JSON.stringify(job, null, 2);
}

async function showJob() {
  if (selected === null) {
    return;
  }
  try {
    show(await call('GET', `jobs/${path(selected)}`));
  } catch (e) {
    selected = null;
    shown = null;
    byId('job-title').textContent = 'No job';
    byId('empty').hidden = false;
    byId('details').hidden = true;
  }
}

async function showCalls() {
  const {requests} = await call('GET', `requests?limit=${MOST_CALLS}`);
  byId('no-calls').hidden = requests.length > 0;
  byId('calls').closest('table').hidden = requests.length === 0;
  byId('calls').replaceChildren(...requests.reverse().map(request => node(
    'tr', {},
    node('td', {textContent: clockTime(request.time)}),
    node('td', {textContent: `${request.method} ${request.version}`}),
    node('td', {textContent: request.code, className: request.code === 'OK' ? '' : 'bad'}),
    node('td', {textContent: JSON.stringify(request.request)}))));
}

function showClock({time, scale}) {
  byId('time').textContent = clockTime(time);
  byId('time').dateTime = time;
  byId('speed').textContent = scale === 0 ? 'stands still until it is advanced' : scale === 1 ? '' : `${scale} times as fast`;
}

// Changes are worked off one after the other.
let work = Promise.resolve();
let seen = {change: -1, requests: -1};

function onMessage(message) {
  work = work.then(() => attempt(async () => {
    showClock(message);
    if (message.areRemoved || seen.change < 0 || message.change - seen.change > MOST_JOBS) {
      await loadJobs();
    } else {
      for (const row of message.jobs) {
        total += rows.has(row.name) ? 0 : 1;
        rows.set(row.name, row);
      }
      while (rows.size > MOST_JOBS) {
        rows.delete(rows.keys().next().value);
      }
    }
    if (message.change !== seen.change) {
      if (selected === null && rows.size > 0) {
        selected = [...rows.keys()].at(-1);
      }
      showList();
      await showJob();
    }
    if (message.requests !== seen.requests) {
      await showCalls();
    }
    seen = message;
  }));
}

function listen() {
  const source = new EventSource('/_emulator/events');
  source.addEventListener('message', event => onMessage(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    seen = {change: -1, requests: -1};
    say('The emulator does not answer. Trying again.', true);
  });
  source.addEventListener('open', () => say(''));
}

byId('clock').addEventListener('submit', event => event.preventDefault());
byId('clock').addEventListener('click', event => {
  const by = event.target.value;
  if (by) {
    attempt(async () => {
      showClock(await call('POST', 'clock:advance', {by}));
      say(`The clock was advanced by ${by}.`);
    });
  }
});
byId('search').addEventListener('input', showList);

attempt(async () => {
  graph = new Graph(byId('graph'), await call('GET', 'graph'));
  listen();
});
