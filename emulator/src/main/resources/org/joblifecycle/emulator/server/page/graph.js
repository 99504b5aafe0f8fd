// Draws the graph of the lifecycle, and the path that a job took through it. States and transitions come from the emulator;
// only the places of the states are chosen here, so that the lines are easy to follow.

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 150;
const HEIGHT = 34;
const PLACES = {
  UNSPECIFIED: [80, 200],
  QUEUED: [265, 115],
  PENDING: [265, 285],
  PAUSED: [470, 30],
  RUNNING: [470, 200],
  UPDATING: [470, 370],
  CANCELLING: [670, 285],
  EXPIRED: [870, 30],
  SUCCEEDED: [870, 115],
  PARTIALLY_SUCCEEDED: [870, 200],
  FAILED: [870, 285],
  CANCELLED: [870, 370],
};

function element(name, attributes, parent) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, value);
  }
  parent.append(node);
  return node;
}

// Where the line from the middle of a box towards a point leaves the box.
function border([x, y], [toX, toY]) {
  const dx = toX - x;
  const dy = toY - y;
  const scale = Math.min((WIDTH / 2 + 3) / Math.abs(dx || 1e-9), (HEIGHT / 2 + 3) / Math.abs(dy || 1e-9));
  return [x + dx * scale, y + dy * scale];
}

function marker(definitions, id, className) {
  const arrow = element('marker', {
    id, class: className, viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 9, markerHeight: 9,
    markerUnits: 'userSpaceOnUse', orient: 'auto',
  }, definitions);
  element('path', {d: 'M0 0L10 5L0 10z'}, arrow);
}

export class Graph {
  constructor(svg, graph) {
    this.title = svg.querySelector('title');
    const definitions = element('defs', {}, svg);
    marker(definitions, 'arrow', '');
    marker(definitions, 'taken-arrow', 'taken');
    const lines = element('g', {}, svg);
    const nodes = element('g', {}, svg);
    this.labels = element('g', {}, svg);
    this.edges = new Map(graph.transitions.map(edge => [`${edge.source} ${edge.event}`, Graph.#line(edge, lines)]));
    this.nodes = new Map(graph.states.map(state => [state.name, Graph.#node(state, nodes)]));
  }

  static #line(edge, parent) {
    const from = PLACES[edge.source];
    const to = PLACES[edge.target];
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    // Bent to its right, so that the two lines between two states lie apart.
    const bend = 22;
    const middle = [
      (from[0] + to[0]) / 2 - (to[1] - from[1]) / length * bend,
      (from[1] + to[1]) / 2 + (to[0] - from[0]) / length * bend,
    ];
    const start = border(from, middle);
    const end = border(to, middle);
    const path = element('path', {
      class: 'edge', d: `M${start}Q${middle} ${end}`, 'marker-end': 'url(#arrow)', 'data-edge': `${edge.source} ${edge.event}`,
    }, parent);
    element('title', {}, path).textContent = `${edge.source} ${edge.event} ${edge.target}`;
    const isSteep = Math.abs(to[1] - from[1]) > 2 * Math.abs(to[0] - from[0]);
    return {
      path,
      at: [0, 1].map(i => (start[i] + 2 * middle[i] + end[i]) / 4),
      // Beside a steep line, on the side to which it is bent.
      anchor: !isSteep ? 'middle' : to[1] > from[1] ? 'end' : 'start',
    };
  }

  static #node(state, parent) {
    const [x, y] = PLACES[state.name];
    const node = element('g', {class: 'node', 'data-state': state.name}, parent);
    element('rect', {x: x - WIDTH / 2, y: y - HEIGHT / 2, width: WIDTH, height: HEIGHT, rx: state.terminal ? 17 : 5}, node);
    const text = element('text', {x, y}, node);
    text.textContent = state.name;
    if (state.name.length > 15) {
      text.setAttribute('textLength', WIDTH - 14);
      text.setAttribute('lengthAdjust', 'spacingAndGlyphs');
    }
    return node;
  }

  // Shows the path of a history: entries with an event and the state that it led to.
  show(history, group) {
    const taken = [];
    let last = 'UNSPECIFIED';
    for (const entry of history) {
      if (entry.event) {
        taken.push(`${last} ${entry.event}`);
      }
      last = entry.state;
    }
    const visited = new Set(['UNSPECIFIED', ...history.map(entry => entry.state)]);
    this.labels.replaceChildren();
    for (const [key, edge] of this.edges) {
      const isTaken = taken.includes(key);
      edge.path.classList.toggle('taken', isTaken);
      edge.path.setAttribute('marker-end', isTaken ? 'url(#taken-arrow)' : 'url(#arrow)');
      if (isTaken) {
        const label = element('text', {class: 'label', x: edge.at[0], y: edge.at[1], 'text-anchor': edge.anchor}, this.labels);
        label.textContent = key.split(' ')[1];
      }
    }
    for (const [state, node] of this.nodes) {
      node.setAttribute('class', ['node', visited.has(state) ? 'visited' : '', state === last ? 'current' : ''].join(' ').trim());
      node.dataset.group = group(state);
    }
    const steps = history.map(entry => entry.event ? `by ${entry.event} ${entry.state}` : entry.state);
    this.title.textContent = `Path of the job: UNSPECIFIED, ${steps.join(', ')}`;
  }
}
