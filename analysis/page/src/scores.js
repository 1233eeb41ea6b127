// How good earlier forecasts were: how many facts lay inside of the intervals, where simple rules did better, and each
// fact beside its forecast. All figures are those of `homeward hindcast`.
import {element} from './element.js';
import {records} from './table.js';
import {parseDay} from './format.js';
import {drawForecasts} from './charts/forecasts.js';
import {blueBand, okabe, paper} from './colours.js';

/** @typedef {import('./types.js').View} View */
/** @typedef {import('./types.js').Scores} Scores */
/** @typedef {import('./figure.js').Chart} Chart */

const rules = /** @type {const} */ (['last_year', 'straight', 'by_area', 'plan']);
const tableNames = ['hindcast_facts', 'hindcast_scores', 'hindcast_coverage', 'hindcast_origins'];

/** "land_released by district" in words. @param {View} view @param {string} group */
export function groupName({words}, group) {
    const [quantity, scope] = group.split(' by ');
    const name = words.quantities[quantity] ?? quantity;
    return scope ? words.scoped({name, scope: words.scopes[scope] ?? scope}) : name;
}

/** The groups that have facts, in the order of the table. @param {Scores} scores @returns {string[]} */
export const groupsOf = scores => records(scores.tables.hindcast_scores).map(row => row.group);

/** The days of which a group has facts. @param {Scores} scores @param {string} group @returns {string[]} */
export const originsOf = (scores, group) => [...new Set(records(scores.tables.hindcast_facts).filter(row => row.group === group).map(row => row.origin))].sort();

/** What was run, by the names of its facts. @param {Scores} scores */
function aboutOf(scores) {
    return Object.fromEntries(records(scores.tables.about).map(row => [row.fact, row.value]));
}

/** @param {View} view @param {Scores} scores */
export function scoresLead(view, scores) {
    const {words, format, result} = view, about = aboutOf(scores);
    const origins = records(scores.tables.hindcast_origins).map(row => format.day(parseDay(row.origin)));
    const all = records(scores.tables.hindcast_coverage).find(row => row.group === 'all');
    return [
        element('p', {class: 'reading'}, words.scoresLead({origins: origins.join(', '), facts: format.number(all?.facts ?? 0)})),
        about['scenario digest'] !== result.digest && element('p', {class: 'reading'}, words.scoresOther({title: view.name(String(about.title)), digest: String(about['scenario digest']).slice(0, 12), file: scores.file})),
    ];
}

/** Which rules did better or worse, group by group. @param {View} view @param {Scores} scores @param {boolean} better */
function comparedRules(view, scores, better) {
    const {words, format} = view;
    return records(scores.tables.hindcast_scores).flatMap(row => {
        const told = rules.filter(rule => typeof row[`of_${rule}`] === 'number' && (better ? row[`of_${rule}`] > 1 : row[`of_${rule}`] <= 1))
            .map(rule => `${words.rules[rule]} (${format.number(row[`of_${rule}`], 2)})`);
        return told.length ? [`${groupName(view, row.group)}: ${told.join(', ')}`] : [];
    });
}

/** Losses come before gains. @param {View} view @param {Scores} scores @returns {string[]} */
export function scoresSentences(view, scores) {
    const {words, format} = view;
    const all = records(scores.tables.hindcast_coverage).find(row => row.group === 'all');
    const lost = comparedRules(view, scores, true), won = comparedRules(view, scores, false);
    return [
        ...all ? [words.covered({facts: format.number(all.facts), inside: format.percent(all.inside_80), before: format.percent(all.inside_80_before), low: format.percent(all.expected_80_low), high: format.percent(all.expected_80_high)})] : [],
        lost.length ? words.lost({list: lost.join('; ')}) : words.lostNowhere,
        won.length ? words.won({list: won.join('; ')}) : words.wonNowhere,
    ];
}

/** A share of a rule's error, with the word for it. @param {View} view @param {number | null} share */
function judged({words, format}, share) {
    return share === null ? '–' : `${format.number(share, 2)}, ${share > 1 ? words.ruleBetter : words.modelBetter}`;
}

/** The score of each group beside the simple rules. @param {View} view @param {Scores} scores */
export function scoreTable(view, scores) {
    const {words, format} = view;
    const facts = records(scores.tables.hindcast_facts);
    const unitsOf = (/** @type {string} */ group) => { const units = facts.find(row => row.group === group)?.units; return units === 'date' ? words.unitDays : words.units[units] ?? units; };
    const head = [words.scoreColumns.group, words.scoreColumns.facts, words.scoreColumns.crps, ...rules.map(rule => words.scoreColumns[rule])];
    const rows = records(scores.tables.hindcast_scores).map(row => element('tr', {}, element('th', {scope: 'row'}, groupName(view, row.group)),
        element('td', {class: 'figure'}, format.number(row.facts)),
        element('td', {class: 'figure'}, row.crps === null ? '–' : `${format.number(row.crps, row.crps < 100 ? 1 : 0)} ${unitsOf(row.group)}`),
        ...rules.map(rule => element('td', {class: 'figure'}, judged(view, row[`of_${rule}`])))));
    return element('div', {class: 'table', id: 'score-table', tabindex: '0', role: 'region', 'aria-label': words.scoreTable},
        element('table', {}, element('caption', {}, words.scoreTable), element('thead', {}, element('tr', {}, ...head.map(text => element('th', {scope: 'col'}, text)))), element('tbody', {}, ...rows)));
}

/** Facts of a group as forecast from a day. @param {View} view @param {Scores} scores @param {string} group @param {string} origin @returns {Chart} */
export function forecastChart(view, scores, group, origin) {
    const {words, format} = view, about = aboutOf(scores);
    const rows = records(scores.tables.hindcast_facts).filter(row => row.group === group && row.origin === origin);
    const inside = rows.filter(row => row.inside_80 === 'yes').length;
    return {
        id: 'forecasts', title: words.forecastTitle({group: groupName(view, group), day: format.day(parseDay(origin))}),
        lead: words.forecastLead({inside: format.number(inside), facts: format.number(rows.length)}),
        legend: [{colour: blueBand, text: words.band}, {colour: okabe.black, shape: 'line', text: words.middle}, {colour: okabe.blue, shape: 'dot', text: words.insideSign}, {colour: paper, shape: 'diamond', text: words.outsideSign}],
        origin: {title: String(about.title), version: String(about['program version']), count: Number(about['replications used']), seed: String(about.seed), digest: String(about['scenario digest'])},
        tables: tableNames.filter(name => scores.tables[name]).map(name => ({name, title: scores.tables[name].title, table: scores.tables[name], button: words.scoreTables[name]})),
        draw: width => drawForecasts(view, rows, width),
    };
}
