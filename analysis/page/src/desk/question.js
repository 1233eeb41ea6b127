// A question: what the cards say, and the scenario text that is made of them.

/** @typedef {{name: string, file: string, title: string | null, question: string | null, bundle: boolean}} Lever */
/**
 * @typedef {{
 *   base: string, title: string, question: string | null, start: string, horizon: string, as_of: string | null, seed: string, worlds: number, settings: string[], version: string, report: boolean, language?: string,
 *   streams: {name: string, yearly: boolean, clearance: boolean, factor_since: string | null}[], districts: string[], places: string[], operators: string[],
 *   methods: string[], conditions: string[], rules: string[], rule: string, levers: Lever[], pulls: string[], scores?: import('../types.js').Scores
 * }} Choices
 */
/** @typedef {{stream: string, from: number, percent: number}} Money */
/** @typedef {{giver: string, amount: number, first: number, last: number, district: string, condition: string}} Pledge */
/** @typedef {{count: number, method: string, operator: string, day: string}} Teams */
/** @typedef {{money: Money[], pledges: Pledge[], teams: Teams[], levers: string[], rule: string, hand: string | null, name: string, note: string}} Question */

/** @returns {Question} */
export const nothing = () => ({money: [], pledges: [], teams: [], levers: [], rule: '', hand: null, name: '', note: ''});

/** A text of YAML that can hold anything but a line's end. @param {string} text */
export const quoted = text => `'${text.replaceAll('\n', ' ').replaceAll("'", "''")}'`;

/** Entries of one table must differ in their names. @param {string} name @param {Set<string>} taken */
function unlike(name, taken) {
    let free = name.trim() || 'The gift';
    for (let i = 2; taken.has(free.toLowerCase()); i++) free = `${name} ${i}`;
    taken.add(free.toLowerCase());
    return free;
}

/** @param {Money[]} changes @param {Choices} choices */
function moneyLines(changes, choices) {
    return [...new Set(changes.map(one => one.stream))].flatMap(name => {
        const since = choices.streams.find(stream => stream.name === name)?.factor_since;
        // Of two changes in one year the last one counts.
        const years = new Map(changes.filter(one => one.stream === name).sort((a, b) => a.from - b.from).map(one => [one.from, one.percent]));
        const factors = [...years].map(([year, percent]) => `${year}: ${since ? `${100 + percent} % of ${since}` : (1 + percent / 100).toFixed(2)}`);
        return [`  ${quoted(name)}:`, `    factor: {${factors.join(', ')}}`];
    });
}

/** Parts of which the last comes before the end, though signing may take long. @param {Pledge} pledge */
function partsOf({first, last}) {
    return last === first ? ['    tranches: 1'] : [];
}

/** @param {Pledge} pledge @param {Set<string>} taken */
function pledgeLines(pledge, taken) {
    const years = pledge.last - pledge.first + 1;
    return [`  ${quoted(unlike(pledge.giver, taken))}:`, '    kind: donor', `    amount: ${pledge.amount} MUSD`, `    pledged: ${pledge.first}-01-01`, `    valid_for: ${years} years`, ...partsOf(pledge),
            ...pledge.district ? [`    only_districts: [${quoted(pledge.district)}]`] : [], ...pledge.condition && pledge.condition !== 'none' ? [`    condition: ${pledge.condition}`] : []];
}

/** @param {Teams[]} teams */
const teamLines = teams => teams.flatMap((one, i) => [`  ${quoted(`Desk: ${one.count} ${one.method.replaceAll('_', ' ')}${i ? ` (${i + 1})` : ''}`)}:`, `    operator: ${quoted(one.operator)}`, `    method: ${one.method}`, `    teams: ${one.count}`, `    on: ${one.day}`]);

/** What is laid over the base and its levers; the name and the note change no number. @param {Question} question @param {Choices} choices @param {boolean} [named] */
export function questionText(question, choices, named = false) {
    if (question.hand !== null) return question.hand;
    const said = named ? [...question.name ? [`name: ${quoted(question.name)}`] : [], ...question.note ? [`question: ${quoted(question.note)}`] : []] : [];
    const taken = new Set(choices.streams.map(stream => stream.name.toLowerCase()));
    const money = [...moneyLines(question.money, choices), ...question.pledges.flatMap(pledge => pledgeLines(pledge, taken))];
    const lines = [...money.length ? ['streams:', ...money] : [], ...question.teams.length ? ['assets:', ...teamLines(question.teams)] : [], ...question.rule ? ['planning:', `  rule: ${question.rule}`] : []];
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
