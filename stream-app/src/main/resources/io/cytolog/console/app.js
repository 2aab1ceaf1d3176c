// Licensed under the Apache License, Version 2.0.
// The live page. Whatever a result says reaches the page as text, never as markup.

const MOST_CARDS = 40;
const MOST_REJECTIONS = 30;
const MOST_SLIDES = 50;
const DRAW_EVERY_MS = 300;
const STATUS_EVERY_MS = 1000;
const ANNOUNCE_EVERY_MS = 6000;
const RECONNECT_MS = 5000;
const COMPACT_FROM_CELLS = 3;
const FIRST_CELLS = 8;

const REASONS = {
  'low-similarity': 'no sentence fits well',
  'low-margin': 'two findings fit almost equally well',
  'low-probability': 'no finding is probable enough',
  'far-from-training': 'unlike any cell it has learned',
  'not-identifiable': 'the picture cannot be identified',
};

const byId = (id) => document.getElementById(id);
const count = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** An element with a class and text or children. */
function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content.map((part) => (part instanceof Node ? part : String(part))));
  return element;
}

const words = (id) => id.toLowerCase().replaceAll(/[_-]/g, ' ');
const percent = (share) => `${Math.round(share * 100)} %`;

// --- one result -------------------------------------------------------------------------------

function picture(cell) {
  const frame = make('div', 'picture');
  const image = make('img');
  image.width = 104;
  image.height = 104;
  image.alt = `Cell: ${cell.display}`;
  image.addEventListener('error', () => frame.replaceChildren(make('span', '', 'no picture kept')));
  image.src = cell.picture;
  frame.append(image);
  return frame;
}

function probability(cell) {
  const fill = make('div', 'fill');
  fill.style.width = `${Math.round(cell.probability * 100)}%`;
  const track = make('div', 'track', fill);
  track.setAttribute('aria-hidden', 'true');
  const nearest = cell.abstained ? `nearest ${words(cell.candidate)}, ` : '';
  return make('span', 'probability', track, make('span', '', `${nearest}${percent(cell.probability)}`));
}

function findingText(cell) {
  if (!cell.abstained) return cell.display;
  return `unidentified – ${REASONS[cell.reason] ?? words(cell.reason ?? 'no reason given')}`;
}

const UNITS = { um: '\u00b5m', um2: '\u00b5m\u00b2', mm: 'mm', 1: '' };
const SHOWN_LENGTHS = { 'cell-diameter': 'cell', 'nucleus-diameter': 'nucleus', 'nucleus-to-cytoplasm-ratio': 'N:C' };

/** Diameters and the ratio with their intervals; nothing where nothing was measured. */
function lengths(cell) {
  const shown = cell.measurements.filter((m) => m.quantity in SHOWN_LENGTHS);
  if (shown.length === 0) return null;
  const spans = shown.map((m) => {
    const text = `${SHOWN_LENGTHS[m.quantity]} ${m.value.toFixed(1)} ${UNITS[m.unit] ?? m.unit}`.trim();
    const span = make('span', '', text);
    span.title = `${m.lower.toFixed(1)} to ${m.upper.toFixed(1)}, 95 % interval found on rendered cells`;
    return span;
  });
  return make('p', 'lengths', ...spans);
}

function cellView(cell) {
  const verdict = make('div', 'verdict', make('span', 'finding', findingText(cell)), probability(cell));
  if (cell.reviewRequired) verdict.append(make('span', 'review', 'for a person to see first'));
  const sentence = make('p', 'sentence', cell.sentences[0]?.text ?? 'No sentence fits.');
  if (cell.sentences.length > 1) {
    sentence.title = `also: ${cell.sentences.slice(1).map((s) => s.text).join(' · ')}`;
  }
  const said = make('div', '', sentence, verdict);
  const measured = lengths(cell);
  if (measured !== null) said.append(measured);
  return make('div', cell.abstained ? 'cell abstained' : 'cell', picture(cell), said);
}

function meta(result) {
  const line = make('div', 'meta', make('span', 'slide', result.slide), make('span', 'file', result.file));
  if (result.kind === 'FIELD') line.append(make('span', '', `field, ${count.format(result.cellCount)} cells`));
  if (result.latencyMs !== null) line.append(make('span', '', `${count.format(result.latencyMs)} ms`));
  const time = make('time', '', clock.format(new Date(result.emittedAt)));
  time.dateTime = result.emittedAt;
  line.append(time);
  return line;
}

function card(result) {
  const compact = result.cells.length >= COMPACT_FROM_CELLS;
  const element = make('article', 'result', meta(result));
  if (result.cells.length === 0) {
    element.append(make('p', 'more', 'No cell was found in this image.'));
  } else {
    element.append(cellGrid(result.cells.slice(0, FIRST_CELLS), compact));
  }
  if (result.cells.length > FIRST_CELLS) element.append(furtherCells(result));
  return element;
}

function cellGrid(cells, compact) {
  return make('div', compact ? 'cells many' : 'cells', ...cells.map(cellView));
}

/** The other cells of a field, fetched and drawn when somebody asks. */
function furtherCells(result) {
  const further = result.cells.slice(FIRST_CELLS);
  const unsent = result.cellCount - result.cells.length;
  const fold = make('details', 'more', make('summary', '', `${count.format(further.length)} more cells`));
  fold.addEventListener(
    'toggle',
    () => {
      fold.append(cellGrid(further, true));
      if (unsent > 0) fold.append(make('p', '', `The field holds another ${count.format(unsent)}.`));
    },
    { once: true },
  );
  return fold;
}

// --- the feed ---------------------------------------------------------------------------------

const feed = {
  waiting: [],
  shown: new Set(),
  missed: 0,
  paused: false,
  connected: false,

  add(result) {
    const key = `${result.resultId} ${result.emittedAt}`;
    if (this.shown.has(key)) return;
    this.shown.add(key);
    if (this.shown.size > 1000) this.shown.delete(this.shown.values().next().value);
    this.waiting.push(result);
    if (this.waiting.length > MOST_CARDS) this.waiting.shift();
    if (this.paused) this.missed += 1;
  },

  draw() {
    if (this.paused) return drawPause();
    if (this.waiting.length === 0) return;
    const batch = this.waiting.splice(0);
    const list = byId('feed');
    for (const result of batch) {
      const element = card(result);
      if (batch.length <= 4) element.classList.add('fresh');
      list.prepend(element);
    }
    while (list.children.length > MOST_CARDS) list.lastElementChild.remove();
    byId('empty').hidden = true;
    announce(batch.at(-1));
  },
};

function drawPause() {
  const button = byId('pause');
  button.setAttribute('aria-pressed', String(feed.paused));
  const missed = feed.missed > 0 ? ` (${count.format(feed.missed)} new)` : '';
  button.textContent = feed.paused ? `Resume${missed}` : 'Pause';
}

let announcedAt = 0;

/** Tells screen readers of the newest result now and then: all of them would never end. */
function announce(result) {
  const cell = result.cells[0];
  if (!cell || Date.now() - announcedAt < ANNOUNCE_EVERY_MS) return;
  announcedAt = Date.now();
  byId('announcer').textContent = `${result.slide}: ${findingText(cell)}. ${cell.sentences[0]?.text ?? ''}`;
}

// --- beside the feed --------------------------------------------------------------------------

const slideRows = new Map();

function showSlide(slide) {
  const findings = slide.findings.slice(0, 4).map((f) => `${f.display} ${count.format(f.cells)}`);
  const name = make('td', 'slide', slide.slide, ' ', make('span', 'status', words(slide.status)));
  name.append(make('small', '', findings.join(' · ') || 'no finding yet'));
  const row = make(
    'tr',
    '',
    name,
    make('td', 'number', count.format(slide.cells)),
    make('td', 'number', count.format(slide.abstained)),
  );
  slideRows.get(slide.slide)?.remove();
  slideRows.delete(slide.slide);
  slideRows.set(slide.slide, row);
  byId('slides').prepend(row);
  if (slideRows.size > MOST_SLIDES) {
    const [oldest, oldestRow] = slideRows.entries().next().value;
    oldestRow.remove();
    slideRows.delete(oldest);
  }
  byId('no-slides').hidden = true;
}

const rejectionsShown = new Set();

function showRejection(rejection) {
  if (rejectionsShown.has(rejection.position)) return;
  rejectionsShown.add(rejection.position);
  if (rejectionsShown.size > 1000) rejectionsShown.delete(rejectionsShown.values().next().value);
  const list = byId('rejections');
  const what = make(
    'div',
    'what',
    make('span', 'file', rejection.file || 'unreadable record'),
    make('span', 'why', words(rejection.reason)),
  );
  list.prepend(make('li', '', what, make('div', 'detail', `${words(rejection.stage)}: ${rejection.detail}`)));
  while (list.children.length > MOST_REJECTIONS) list.lastElementChild.remove();
  byId('no-rejections').hidden = true;
}

// --- the tiles --------------------------------------------------------------------------------

function figure(id, value, unit) {
  byId(id).replaceChildren(value, ...(unit ? [make('small', '', unit)] : []));
}

function duration(seconds) {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

function showMilliseconds(id, ms, prefix) {
  if (ms === null) byId(id).textContent = prefix ? '' : '–';
  else if (prefix) byId(id).textContent = `${prefix}${count.format(ms)} ms`;
  else figure(id, count.format(ms), 'ms');
}

function showStatus(status) {
  byId('release').textContent = status.releaseId?.slice(0, 12) ?? 'loading';
  byId('release').title = status.releaseId ?? '';
  figure('rate', status.imagesPerSecond.toFixed(status.imagesPerSecond < 100 ? 1 : 0));
  byId('images').textContent = `${count.format(status.images)} annotated`;
  if (status.lagRecords === null) figure('lag', '–');
  else figure('lag', count.format(status.lagRecords), status.lagRecords === 1 ? 'image' : 'images');
  byId('time-lag').textContent = status.timeLagSeconds === null ? 'broker silent' : `oldest waits ${status.timeLagSeconds.toFixed(1)} s`;
  showMilliseconds('p50', status.p50Ms, '');
  showMilliseconds('p99', status.p99Ms, 'p99 ');
  figure('cells', count.format(status.cells));
  byId('uptime').textContent = `up ${duration(status.uptimeSeconds)}`;
  figure('abstained', status.cells === 0 ? '–' : (status.abstainedShare * 100).toFixed(1), status.cells === 0 ? '' : '%');
  byId('abstained-count').textContent = `${count.format(status.abstained)} unidentified`;
  figure('rejected', count.format(status.rejected));
  showLink(status.ready ? 'live' : 'starting');
}

function showLink(state) {
  const link = byId('link');
  const shown = state === 'live' && !feed.connected ? 'connecting' : state;
  link.textContent = shown;
  link.className = `link ${shown}`;
}

async function pollStatus() {
  try {
    const response = await fetch('/api/status', { signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error(response.statusText);
    showStatus(await response.json());
  } catch {
    showLink('lost');
  }
  setTimeout(pollStatus, STATUS_EVERY_MS);
}

function connect() {
  const events = new EventSource('/api/feed');
  const on = (kind, show) => events.addEventListener(kind, (event) => show(JSON.parse(event.data)));
  on('annotated', (result) => feed.add(result));
  on('rejected', showRejection);
  on('summarised', showSlide);
  events.addEventListener('open', () => { feed.connected = true; });
  events.addEventListener('error', () => {
    feed.connected = false;
    // The browser comes back by itself unless it was turned away.
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, RECONNECT_MS);
  });
}

byId('pause').addEventListener('click', () => {
  feed.paused = !feed.paused;
  feed.missed = 0;
  drawPause();
  feed.draw();
});

setInterval(() => feed.draw(), DRAW_EVERY_MS);
connect();
pollStatus();
