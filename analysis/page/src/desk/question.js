// A question: what the cards say, and the scenario text that is made of them.

/** @typedef {{name: string, file: string, title: string | null, question: string | null, bundle: boolean, pulls: string[], on: string | null}} Lever `pulls`: the model's levers that it pulls; `on`: the day, where it is one */
/**
 * @typedef {{
 *   base: string, title: string, question: string | null, start: string, horizon: string, as_of: string | null, seed: string, worlds: number, settings: string[], version: string, report: boolean, language?: string,
 *   streams: {name: string, yearly: boolean, clearance: boolean, factor_since: string | null}[], districts: string[], places: string[], place: string | null, operators: string[],
 *   methods: string[], conditions: string[], rules: string[], rule: string, levers: Lever[], pulls: string[], scores?: import('../types.js').Scores
 * }} Choices
 */
/** @typedef {{stream: string, from: number, percent: number}} Money */
/** @typedef {{giver: string, amount: number, first: number, last: number, district: string, condition: string}} Pledge */
/** @typedef {{count: number, method: string, operator: string, day: string}} Teams */
/** @typedef {{path: string, value: string}} Assumed another value of the base, by its path */
/** @typedef {{money: Money[], pledges: Pledge[], teams: Teams[], levers: string[], days: Record<string, string>, assumptions: Assumed[], rule: string, hand: string | null, name: string, note: string}} Question `days`: of levers that are pulled on another day than their file says */

/** @returns {Question} */
export const nothing = () => ({money: [], pledges: [], teams: [], levers: [], days: {}, assumptions: [], rule: '', hand: null, name: '', note: ''});

/** What has a date of release: places, or districts where there are none. @param {Choices} choices */
export const releasable = choices => choices.places.length ? choices.places : choices.districts;

/** A text of YAML that can hold anything but a line's end. @param {string} text */
export const quoted = text => `'${text.replaceAll('\n', ' ').replaceAll("'", "''")}'`;

/** Entries of one table must differ in their names. @param {string} name @param {Set<string>} taken */
function unlike(name, taken) {
    let free = name.trim() || 'The gift';
    for (let i = 2; taken.has(free.toLowerCase()); i++) free = `${name} ${i}`;
    taken.add(free.toLowerCase());
    return free;
}

/** @typedef {{[key: string]: Tree | string}} Tree sections and their keys; a text is a value as YAML */

/** @param {Tree} tree @param {string[]} path @param {string} value */
function put(tree, path, value) {
    let at = tree;
    for (const key of path.slice(0, -1)) {
        if (typeof at[key] !== 'object') at[key] = {};
        at = /** @type {Tree} */ (at[key]);
    }
    at[path[path.length - 1]] = value;
}

/** @param {Tree} tree @param {string} indent @returns {string[]} */
const linesOf = (tree, indent = '') => Object.entries(tree).flatMap(([key, value]) => {
    const name = /^[a-z_]+$/.test(key) ? key : quoted(key);
    return typeof value === 'string' ? [`${indent}${name}: ${value.replaceAll('\n', ' ')}`] : [`${indent}${name}:`, ...linesOf(value, `${indent}  `)];
});

/** The keys of a path: one with a dot in it stands in double quotes. @param {string} path */
const keysOf = path => [...path.matchAll(/"([^"]*)"|[^."]+/g)].map(([whole, inside]) => inside ?? whole);

/** @param {Tree} tree @param {Money[]} changes @param {Choices} choices */
function putMoney(tree, changes, choices) {
    for (const name of new Set(changes.map(one => one.stream))) {
        const since = choices.streams.find(stream => stream.name === name)?.factor_since;
        // Of two changes in one year the last one counts.
        const years = new Map(changes.filter(one => one.stream === name).sort((a, b) => a.from - b.from).map(one => [one.from, one.percent]));
        put(tree, ['streams', name, 'factor'], `{${[...years].map(([year, percent]) => `${year}: ${since ? `${100 + percent} % of ${since}` : (1 + percent / 100).toFixed(2)}`).join(', ')}}`);
    }
}

/** @param {Tree} tree @param {Pledge} pledge @param {Set<string>} taken */
function putPledge(tree, {giver, amount, first, last, district, condition}, taken) {
    const name = unlike(giver, taken);
    /** @type {[string, string | false][]} */
    const terms = [['kind', 'donor'], ['amount', `${amount} MUSD`], ['pledged', `${first}-01-01`], ['valid_for', `${last - first + 1} years`],
                   ['tranches', last === first && '1'], // the last part comes before the end, though signing may take long
                   ['only_districts', district !== '' && `[${quoted(district)}]`], ['condition', condition !== '' && condition !== 'none' && condition]];
    for (const [key, value] of terms) if (value) put(tree, ['streams', name, key], value);
}

/** @param {Tree} tree @param {Teams} one @param {number} i */
function putTeams(tree, {count, method, operator, day}, i) {
    const name = `Desk: ${count} ${method.replaceAll('_', ' ')}${i ? ` (${i + 1})` : ''}`;
    for (const [key, value] of [['operator', quoted(operator)], ['method', method], ['teams', String(count)], ['on', day]]) put(tree, ['assets', name, key], value);
}

/** @param {Tree} tree @param {Question} question @param {Choices} choices */
function putDays(tree, {levers, days}, choices) {
    for (const {name, pulls} of choices.levers) if (levers.includes(name) && Object.hasOwn(days, name)) for (const pulled of pulls) put(tree, ['levers', pulled, 'on'], days[name]);
}

/** What is laid over the base and its levers; the name and the note change no number. @param {Question} question @param {Choices} choices @param {boolean} [named] */
export function questionText(question, choices, named = false) {
    if (question.hand !== null) return question.hand;
    const said = named ? [...question.name ? [`name: ${quoted(question.name)}`] : [], ...question.note ? [`question: ${quoted(question.note)}`] : []] : [];
    const taken = new Set(choices.streams.map(stream => stream.name.toLowerCase()));
    /** @type {Tree} */
    const tree = {};
    putMoney(tree, question.money, choices);
    for (const pledge of question.pledges) putPledge(tree, pledge, taken);
    question.teams.forEach((one, i) => putTeams(tree, one, i));
    putDays(tree, question, choices);
    if (question.rule) put(tree, ['planning', 'rule'], question.rule);
    for (const {path, value} of question.assumptions) put(tree, keysOf(path), value);
    const lines = linesOf(tree);
    return lines.length || said.length ? [...said, ...lines.length ? ['source: a question asked at the desk'] : [], ...lines].join('\n') + '\n' : '';
}

/** A path from the folder of the base. @param {string} path @param {Choices} choices */
function besideBase(path, choices) {
    const folder = choices.base.includes('/') ? choices.base.slice(0, choices.base.lastIndexOf('/') + 1) : '';
    return path.startsWith(folder) ? path.slice(folder.length) : path;
}

/** The file that the command line takes. @param {Question} question @param {Choices} choices */
export function questionFile(question, choices) {
    const files = [choices.base, ...question.levers.map(name => choices.levers.find(lever => lever.name === name)?.file ?? name)].map(path => besideBase(path, choices));
    return `include: [${files.join(', ')}]\n${questionText(question, choices, true)}`;
}

/** Reads a file as it is written above, or any text that includes nothing else. @param {string} text @param {Choices} choices @returns {{levers: string[], hand: string}} */
export function readFile(text, choices) {
    const found = /^include: *\[([^\]\n]*)\] *\r?\n?/m.exec(text);
    if (!found) return {levers: [], hand: text};
    const files = found[1].split(',').map(file => file.trim().replace(/^['"]|['"]$/g, '')).filter(file => file !== '');
    const names = files.map(file => file === besideBase(choices.base, choices) ? '' : choices.levers.find(lever => besideBase(lever.file, choices) === file)?.name);
    if (names.some(name => name === undefined)) return {levers: [], hand: text}; // the desk says what it does not know
    return {levers: /** @type {string[]} */ (names).filter(name => name !== ''), hand: text.slice(0, found.index) + text.slice(found.index + found[0].length)};
}
