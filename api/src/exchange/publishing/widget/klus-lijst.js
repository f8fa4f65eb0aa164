// <klus-lijst>: the newest public klussen, on a page of others. A module without dependencies, for a strict policy:
// no inline style, no markup from text, no cookies. Attributes: src, region, organisation-id, network-id, kind, skill-id,
// search, max (1 to 50), lang (nl, en), heading-level (2 to 6). Colours and sizes: see STYLE; parts: heading, list, item,
// link, organisation, facts, message, retry.

const STYLE = `
:host { display: block; color: var(--klus-color, inherit); background: var(--klus-background, transparent);
  font: var(--klus-font, inherit); }
:host([hidden]) { display: none; }
.heading { margin: 0 0 .5em; font-size: 1.25em; line-height: 1.25; font-weight: 700; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: var(--klus-gap, .75rem); }
li { border: 1px solid var(--klus-border, #767676); border-radius: var(--klus-radius, .25rem); padding: .75rem 1rem;
  overflow-wrap: anywhere; }
a { color: var(--klus-link, #154273); font-weight: 600; text-underline-offset: .15em; }
a:focus-visible, button:focus-visible { outline: 3px solid var(--klus-focus, #c65d00); outline-offset: 2px; }
p { margin: .25rem 0 0; }
button { font: inherit; margin-top: .5rem; padding: .5rem 1rem; min-height: 2.75rem; cursor: pointer;
  color: var(--klus-link, #154273); background: #fff; border: 2px solid currentcolor; border-radius: var(--klus-radius, .25rem); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

const WORDS = {
  nl: {
    heading: 'Klussen', loading: 'Klussen worden geladen.', loaded: (n) => (n === 1 ? '1 klus.' : `${n} klussen.`),
    none: 'Er zijn nu geen openbare klussen die hierbij passen.', failed: 'De klussen konden niet worden geladen.',
    retry: 'Opnieuw proberen', perWeek: (h) => `${h} uur per week`, inAll: (h) => `${h} uur in totaal`,
    until: (d) => `reageren tot ${d}`,
    kinds: { TASK: 'Taak', PROJECT: 'Project', SECONDMENT: 'Detachering', KNOWLEDGE_SESSION: 'Kennissessie',
      TASTER: 'Snuffelstage', LEARNING_ON_LOCATION: 'Leren op locatie', SHADOWING: 'Meelopen', MENTORING: 'Mentorschap',
      JOB_SWAP: 'Banenruil', POOL_ROLE: 'Rol in een pool' },
  },
  en: {
    heading: 'Assignments', loading: 'Assignments are being loaded.',
    loaded: (n) => (n === 1 ? '1 assignment.' : `${n} assignments.`),
    none: 'There are no public assignments like these now.', failed: 'The assignments could not be loaded.',
    retry: 'Try again', perWeek: (h) => `${h} hours a week`, inAll: (h) => `${h} hours in all`,
    until: (d) => `respond until ${d}`,
    kinds: { TASK: 'Task', PROJECT: 'Project', SECONDMENT: 'Secondment', KNOWLEDGE_SESSION: 'Knowledge session',
      TASTER: 'Taster', LEARNING_ON_LOCATION: 'Learning on location', SHADOWING: 'Shadowing', MENTORING: 'Mentoring',
      JOB_SWAP: 'Job swap', POOL_ROLE: 'Role in a pool' },
  },
};

// The attributes that narrow, with their names in the query of the feed.
const CRITERIA = {
  region: 'region', 'organisation-id': 'organisationId', 'network-id': 'networkId', kind: 'kind',
  'skill-id': 'skillId', search: 'search',
};

const FEED = new URL('/feeds/klussen.json', import.meta.url).href;

function element(name, part, text) {
  const made = document.createElement(name);
  if (part) made.setAttribute('part', part);
  if (text !== undefined) made.textContent = text;
  return made;
}

// Only pages: an address of another kind in a feed is not followed.
function pageAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

class KlusLijst extends HTMLElement {
  static observedAttributes = ['src', 'max', 'lang', 'heading-level', ...Object.keys(CRITERIA)];

  #root;
  #status;
  #content;
  #asked;
  #planned = false;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [sheet];
    // Present before it changes: only then is a change of it read out.
    this.#status = element('p');
    this.#status.className = 'hidden';
    this.#status.setAttribute('role', 'status');
    this.#content = element('div');
    this.#root.append(this.#content, this.#status);
  }

  connectedCallback() {
    this.#plan();
  }

  disconnectedCallback() {
    this.#asked?.abort();
  }

  attributeChangedCallback(_name, before, after) {
    if (this.isConnected && before !== after) this.#plan();
  }

  // Several attributes that change together are one change.
  #plan() {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      if (this.isConnected) this.#load();
    });
  }

  get #language() {
    const tag = this.closest('[lang]')?.getAttribute('lang') || 'nl';
    return tag.toLowerCase().startsWith('en') ? 'en' : 'nl';
  }

  get #max() {
    const most = Number.parseInt(this.getAttribute('max') ?? '', 10);
    return Number.isInteger(most) ? Math.min(Math.max(most, 1), 50) : 5;
  }

  #address() {
    const address = new URL(this.getAttribute('src') || FEED, document.baseURI);
    for (const [attribute, name] of Object.entries(CRITERIA)) {
      const value = this.getAttribute(attribute);
      if (value) address.searchParams.set(name, value);
    }
    return address;
  }

  async #load(hadFocus = false) {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    const words = WORDS[this.#language];
    this.#content.setAttribute('aria-busy', 'true');
    this.#status.textContent = words.loading;
    try {
      const answer = await fetch(this.#address(), { signal: asked.signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
      if (!answer.ok) throw new Error(String(answer.status));
      const feed = await answer.json();
      if (asked.signal.aborted) return;
      this.#show(words, feed.items.slice(0, this.#max), hadFocus);
    } catch (error) {
      if (asked.signal.aborted) return;
      this.#fail(words);
    }
    this.#content.removeAttribute('aria-busy');
  }

  #heading(words) {
    const level = Number.parseInt(this.getAttribute('heading-level') ?? '', 10);
    const heading = element(`h${level >= 2 && level <= 6 ? level : 2}`, 'heading');
    heading.className = 'heading';
    heading.tabIndex = -1;
    const own = element('slot', null, words.heading);
    own.name = 'heading';
    heading.append(own);
    return heading;
  }

  #show(words, items, hadFocus) {
    const heading = this.#heading(words);
    if (items.length === 0) {
      this.#content.replaceChildren(heading, element('p', 'message', words.none));
      this.#status.textContent = words.none;
    } else {
      const list = element('ul', 'list');
      // Without this some readers do not tell of a list that shows no bullets.
      list.setAttribute('role', 'list');
      list.append(...items.map((item) => this.#item(words, item)));
      this.#content.replaceChildren(heading, list);
      this.#status.textContent = words.loaded(items.length);
    }
    this.#content.lang = this.#language;
    if (hadFocus) heading.focus();
    this.dispatchEvent(new CustomEvent('klussen-loaded', { detail: { count: items.length }, bubbles: true, composed: true }));
  }

  #item(words, item) {
    const klus = item._klus ?? {};
    const made = element('li', 'item');
    const href = pageAddress(item.url);
    const title = element(href ? 'a' : 'span', 'link', item.title);
    // What people write is Dutch, whatever the language of the page.
    title.lang = item.language || 'nl';
    if (href) {
      title.href = href;
      title.rel = 'noopener';
    }
    const facts = [
      words.kinds[klus.kind],
      klus.minutesPerWeek ? words.perWeek(this.#hours(klus.minutesPerWeek)) : null,
      klus.totalMinutes ? words.inAll(this.#hours(klus.totalMinutes)) : null,
      klus.location || klus.region,
      klus.deadline ? words.until(this.#day(klus.deadline)) : null,
    ].filter(Boolean);
    made.append(title, element('p', 'organisation', klus.organisationName ?? ''), element('p', 'facts', facts.join(', ')));
    return made;
  }

  #fail(words) {
    const message = element('p', 'message', words.failed);
    const retry = element('button', 'retry', words.retry);
    retry.type = 'button';
    retry.addEventListener('click', () => this.#load(true));
    this.#content.replaceChildren(this.#heading(words), message, retry);
    this.#status.textContent = words.failed;
    this.dispatchEvent(new CustomEvent('klussen-failed', { bubbles: true, composed: true }));
  }

  #hours(minutes) {
    return new Intl.NumberFormat(this.#language, { maximumFractionDigits: 2 }).format(minutes / 60);
  }

  #day(moment) {
    return new Intl.DateTimeFormat(this.#language, { dateStyle: 'long', timeZone: 'Europe/Amsterdam' }).format(new Date(moment));
  }
}

if (!customElements.get('klus-lijst')) customElements.define('klus-lijst', KlusLijst);
